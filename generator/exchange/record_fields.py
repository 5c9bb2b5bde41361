"""Where each field of a record stands in its file, or would stand, by the field's stable name."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.exchange.updating import RefusedError
from generator.exchange.yaml_lines import YamlLines, entries_of
from generator.model.records import BLANK, Cell, FundingRow, Indicator, Prose, Record
from generator.origin import Span
from generator.plan.form_view import funding_anchor
from generator.vocabulary import TERMS, Kind, Place, term_for, term_of


class FieldPlace(NamedTuple):
    """Where a field stands, or would stand."""

    cell: Cell | Prose | None
    """None where its key is not there."""
    span: Span | None
    """Of the mapping that has it, or of that mapping's key; None for the record itself, or where there is no such key."""
    place: Place
    identifier: str
    block: str = ""
    """Identifier of the record's block that has it; empty for the record itself and for rows."""
    label: str = ""
    """Its key where the vocabulary has no word for it."""

    @property
    def is_prose(self) -> bool:
        """Tell whether it holds a text in Markdown."""
        return not self.label and term_of(self.place, self.identifier).kind is Kind.PROSE


class RecordFields:
    """The fields of one record as its file has them."""

    def __init__(self, record: Record, lines: YamlLines) -> None:
        self._record = record
        self._lines = lines
        self.indicators: Mapping[str, Indicator] = {row.anchor: row for row in record.indicators}
        self.funding: Mapping[str, FundingRow] = dict(anchored(record))

    def find(self, name: str) -> FieldPlace:
        """Return the place of a field; raise RefusedError where it is none that can be written."""
        found = self._found(name)
        if found is None:
            raise RefusedError(f"这一栏不能在这里修改：{name}")
        return found

    def has(self, name: str) -> bool:
        """Tell whether there is a place for a field."""
        return self._found(name) is not None

    def _found(self, name: str) -> FieldPlace | None:
        group, _, rest = name.partition(".")
        found = self._of_block(group, rest) if name != "period" else self._of_block("head", "period")
        return found or self._of_row(name) or self._of_table(group, rest)

    def _of_block(self, group: str, rest: str) -> FieldPlace | None:
        record, keys = self._record, self._record.keys
        match group:
            case "head":
                return _known(FieldPlace(record.head.get(rest), None, Place.RECORD, rest))
            case "prose":
                return _known(FieldPlace(record.prose.get(rest), None, Place.RECORD, rest))
            case "objective":
                prose = record.prose.get(rest)
                return _known(FieldPlace(prose, keys.get("objective"), Place.OBJECTIVE, rest, "objective"))
            case "total":
                return _known(FieldPlace(record.total.get(rest), keys.get("total"), Place.TOTAL, rest, "total"))
            case "source":
                return _known(FieldPlace(record.source.get(rest), keys.get("source"), Place.SOURCE, rest, "source"))
            case "weight":
                weight = record.level1_weights.get(rest)
                return FieldPlace(weight, keys.get("level1_weights"), Place.RECORD, "", "level1_weights", rest)
            case "funding" if rest == "unit":
                cell = record.funding.unit if record.funding else None
                # Where no unit is written, the reader gives it the place of the whole block.
                cell = None if cell and record.funding and cell.span == record.funding.span else cell
                return FieldPlace(cell, keys.get("funding"), Place.FUNDING, rest, "funding")
            case "head_extra" if rest in record.extra:
                return FieldPlace(record.extra[rest], keys.get("extra"), Place.RECORD, "", "extra", rest)
        return None

    def _of_row(self, name: str) -> FieldPlace | None:
        anchors = (anchor for anchor in (*self.indicators, *self.funding) if name.startswith(f"{anchor}."))
        anchor = max(anchors, key=len, default="")
        identifier = name[len(anchor) + 1 :]
        row = self.indicators.get(anchor) or self.funding.get(anchor)
        if row is None or identifier == "label":
            return None
        place = Place.INDICATOR if isinstance(row, Indicator) else Place.FUNDING_ROW
        if isinstance(row, Indicator) and identifier == "name":
            return FieldPlace(self._name_of(row), row.span, place, identifier)
        if identifier in row.extra:
            return FieldPlace(row.extra[identifier], row.span, place, "", label=identifier)
        if isinstance(row, FundingRow) and identifier.startswith("printed."):
            number = int(identifier.removeprefix("printed.")) - 1
            cells = row.printed_cells
            return FieldPlace(cells[number], row.span, place, "", label=identifier) if number < len(cells) else None
        return _known(FieldPlace(row.cells.get(identifier), row.span, place, identifier))

    def _of_table(self, group: str, rest: str) -> FieldPlace | None:
        if group != "table":
            return None
        try:
            table, row, column = (int(number) - 1 for number in rest.split("."))
            cell = self._record.tables[table].rows[row][column]
        except (ValueError, IndexError):
            return None
        return FieldPlace(cell, None, Place.TABLE, "", label=rest)

    def _name_of(self, row: Indicator) -> Cell | None:
        mapping = self._lines.mapping_at(row.span)
        entries = entries_of(mapping) if mapping is not None else []
        # Where a row has a level 4, that is its name.
        for identifier in ("level4", "name"):
            for entry in entries:
                term = term_for(Place.INDICATOR, entry.key.value)
                if term is not None and term.identifier == identifier:
                    mark = entry.value.start_mark
                    return Cell(row.name, Span(mark.line + 1, mark.column + 1))
        return BLANK if row.name else None


def _known(field: FieldPlace) -> FieldPlace | None:
    return field if any(term.identifier == field.identifier for term in TERMS[field.place]) else None


def anchored(record: Record) -> Iterator[tuple[str, FundingRow]]:
    """Yield the rows of money by the anchors that layouts give them, those of equal label told apart."""
    seen: dict[str, int] = {}
    for row in record.funding.rows if record.funding else ():
        anchor = funding_anchor(row.group, row.label)
        seen[anchor] = seen.get(anchor, 0) + 1
        yield (anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"), row
