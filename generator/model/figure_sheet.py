"""The figures of a record by the words of its form, so that a change of one can be taken back.

What a sheet says of its figures is what `printed.figures_of` says of the record's, to the letter: only so a digest
proves that a record with its corrections undone is what was once published.
"""

from collections.abc import Iterable, Iterator, Mapping

from generator.model.figure_groups import (
    EXTRA,
    FUNDING,
    INDICATORS,
    TABLES,
    Group,
    Line,
    Table,
    Value,
    cell_value,
    row_title,
)
from generator.model.printed import Content, digest_of_content, escaped, without_blanks
from generator.model.records import FreeTable, FundingRow, Indicator, Record
from generator.text import folded
from generator.vocabulary import Place, term_for


class Sheet:
    """All figures of a record; changed in place while corrections are undone."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.unit = self._group(("funding",), Place.FUNDING, {"unit": record.label(Place.FUNDING, "unit")})
        self.year = Group((), None, {"fiscal_year": record.label(Place.RECORD, "fiscal_year")})
        self.year.cells["fiscal_year"] = Value(str(record.fiscal_year) if record.fiscal_year else "")
        self.total = self._group(("total",), Place.TOTAL, self._labels(Place.TOTAL)).add(record.total)
        self.weights = self._group(("level1_weights",), None, {}).add(record.level1_weights)
        self.extra = self._group(("extra",), None, {}).add(record.extra)
        self.funding: list[Line] = []
        self.indicators = list(self._indicators(record.indicators))
        self.tables = [self._table(number, table) for number, table in enumerate(record.tables, 1)]
        if record.funding is not None:
            self.unit.add({"unit": record.funding.unit})
            self.funding = [self._money(row) for row in record.funding.rows]
        for lines in (self.funding, self.indicators):
            _tell_apart(lines)

    def _group(self, block: tuple[str], place: Place | None, labels: Mapping[str, str]) -> Group:
        return Group((self._record.label(Place.RECORD, block[0]),), place, labels)

    def _labels(self, place: Place) -> Mapping[str, str]:
        start = f"{place}."
        labels = self._record.labels
        return {key.removeprefix(start): label for key, label in labels.items() if key.startswith(start)}

    def _money(self, row: FundingRow) -> Line:
        block = self._record.label(Place.RECORD, "funding")
        labels = self._labels(Place.FUNDING_ROW)
        line = Line((block, *([row.group] if row.group else []), row.label), Place.FUNDING_ROW, labels)
        line.add(row.cells).add(row.extra, EXTRA)
        line.block = FUNDING
        line.printed = tuple(map(cell_value, row.printed_cells))
        line.is_lone = row.cells.keys() == {"amount"}
        if row.unreadable:
            line.cells["unreadable"] = Value(row.unreadable)
        return line

    def _indicators(self, rows: Iterable[Indicator]) -> Iterator[Line]:
        labels = self._labels(Place.INDICATOR)
        for number, row in enumerate(rows, 1):
            block = "long_term_indicators" if row.horizon == "long_term" else "indicators"
            way = (self._record.label(Place.RECORD, block), *row.path, row.name or row_title(number))
            line = Line(way, Place.INDICATOR, labels)
            line.add(row.cells).add(row.extra, EXTRA)
            line.block, line.anchor = INDICATORS, row.anchor
            yield line

    def _table(self, number: int, table: FreeTable) -> Table:
        way = (self._record.label(Place.RECORD, "tables"), table.title or str(number))
        return Table(way, table.title, table.columns, ([cell_value(cell) for cell in row] for row in table.rows))

    def groups(self) -> Iterator[Group]:
        """Yield all cells, group by group, in the order of the form."""
        yield from (self.year, self.unit, *self.funding, self.weights, *self.indicators, self.total)
        for table in self.tables:
            yield table
            yield from table.lines()
        yield self.extra

    def list_of(self, block: str) -> list[Line] | list[Table]:
        """Return the rows of a block, to be changed."""
        return {FUNDING: self.funding, INDICATORS: self.indicators, TABLES: self.tables}[block]  # type: ignore[return-value]  # lists do not vary

    def new_line(self, way: tuple[str, ...], block: str) -> Line:
        """Return a blank row of the money or the indicators."""
        place = Place.FUNDING_ROW if block == FUNDING else Place.INDICATOR
        line = Line(way, place, self._labels(place))
        line.block = block
        return line

    def block_of(self, word: str) -> str | None:
        """Return which block a word names, if any."""
        for block in ("funding", "indicators", "long_term_indicators", "tables"):
            term = term_for(Place.RECORD, word)
            if folded(word) == folded(self._record.label(Place.RECORD, block)) or (term and term.identifier == block):
                return INDICATORS if block == "long_term_indicators" else block
        return None

    def digest(self) -> str:
        """Return what `printed.figures_digest` says of a record with these figures."""
        return digest_of_content(self.figures())

    def figures(self) -> Content:
        """Return what `printed.figures_of` says of a record with these figures."""
        unit = self.unit.cells.get("unit", Value(""))
        year = self.year.cells["fiscal_year"].text
        why = {"money_unit": unit.unreadable}
        why |= {f"total_{escaped(key)}": value.unreadable for key, value in self.total.cells.items()}
        found: Content = {"fiscal_year": int(year) if year.isascii() and year.isdigit() else year}
        found["money_unit"] = unit.text
        found |= {f"total_{key}": value.text for key, value in self.total.cells.items()}
        for name, group in (("level1_weights", self.weights), ("extra", self.extra)):
            found[name] = without_blanks({key: value.text for key, value in group.cells.items()})
            why |= {f"{name}/{escaped(key)}": value.unreadable for key, value in group.cells.items()}
        found["funding"] = [line.figures() for line in self.funding]
        found["indicators"] = [line.figures() for line in self.indicators]
        found["tables"] = [
            {
                "title": table.title,
                "columns": list(table.columns),
                "rows": [[value.text for value in row] for row in table.rows],
            }
            for table in self.tables
        ]
        for number, table in enumerate(self.tables):
            cells = ((m, n, value) for m, row in enumerate(table.rows) for n, value in enumerate(row))
            why |= {f"tables/{number}/rows/{m}/{n}": value.unreadable for m, n, value in cells}
        found["unreadable"] = without_blanks({**why})
        return without_blanks(found)


def _tell_apart(lines: Iterable[Line]) -> None:
    """Give rows that are called alike a number each."""
    same: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        same.setdefault(tuple(map(folded, line.way)), []).append(line)
    for found in same.values():
        for number, line in enumerate(found, 1) if len(found) > 1 else ():
            line.way = (*line.way[:-1], f"{line.way[-1]}（第 {number} 处）")
