"""Where a field or a row is not in a record's file yet: the lines it takes there, and the ones it gives up."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.exchange.existing import Present
from generator.exchange.key_order import key_order
from generator.exchange.record_fields import FieldPlace, RecordFields
from generator.exchange.updating import RefusedError, front_matter, written_scalar
from generator.exchange.yaml_lines import Entry, YamlLines, block_lines, entries_of
from generator.load.quoting import yaml_text
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Indicator, Prose, Record
from generator.plan.form_view import funding_anchor
from generator.vocabulary import Place, term_for, term_of

_UPPER_LEVELS = ("level1", "level2")


class RecordWriting:
    """One change of one record's file, as text."""

    def __init__(self, present: Present, record: Record, forms: FormLibrary) -> None:
        self._present = present
        self._record = record
        self._form = forms.by_identifier(record.layout) if record.layout else forms.definitions[0]
        self._lines = YamlLines(present.text, front_matter(present))
        self._fields = RecordFields(record, self._lines)

    def is_value(self, name: str) -> bool:
        """Tell whether a field is a value of its own in the file, written or blank."""
        return self._is_known(name) and isinstance(self._fields.find(name).cell, Cell)

    def _is_known(self, name: str) -> bool:
        return self._missing_row(name) is None

    def with_field(self, name: str, text: str) -> str:
        """Return the text with a field that is none yet, or a text of several lines."""
        row = self._missing_row(name)
        if row is not None:
            return self._with_funding_row(*row, text) if text else self._present.text
        field = self._fields.find(name)
        if isinstance(field.cell, Prose):
            return self._with_prose(field, field.cell, text)
        if not text:
            return self._present.text
        if self._present.file.is_markdown and field.is_prose:
            return _with_section(self._present.text, self._label(field), text)
        return self._with_key(field, text)

    def _with_prose(self, field: FieldPlace, prose: Prose, text: str) -> str:
        if prose.text == text:
            return self._present.text
        if prose.span.line > self._lines.end:
            return _with_section_text(self._present.text, prose, text)
        for mapping, entry in self._lines.entries_to(prose.span)[-1:]:
            return self._lines.with_value(mapping, entry.key.value, _value(text, is_prose=True))
        raise RefusedError(f"这段文字在文件里没有自己的一栏，请在文件里修改：{self._label(field)}")

    def _with_key(self, field: FieldPlace, text: str) -> str:
        """Return the text with a key that is not there yet, and the block it belongs to where that is missing too."""
        mapping = self._lines.root if field.span is None else self._lines.mapping_at(field.span)
        value = _value(text, is_prose=field.is_prose)
        if field.block and (field.span is None or mapping is None):
            return self._with_block(field, value)
        if mapping is None or not entries_of(mapping):
            raise RefusedError(f"这一栏在文件里没有位置，请在文件里加上：{self._label(field)}")
        order = [] if field.label else self._order(field.place)
        return self._lines.with_entry(
            mapping, self._label(field), value, _entry_before(mapping, field.place, field.identifier, order)
        )

    def _with_block(self, field: FieldPlace, value: Sequence[str]) -> str:
        """Return the text with a field as the first of its block."""
        lines = ["", f"  {self._label(field)}: {value[0]}", *(f"  {line}" for line in value[1:])]
        if field.span is not None:
            entry = next((one for one in entries_of(self._lines.root) if _is_named(one, field.block)), None)
            if entry is None or entry.value.value:
                raise RefusedError(f"这一栏在文件里没有位置，请在文件里加上：{self._label(field)}")
            return self._lines.with_value(self._lines.root, entry.key.value, lines)
        root, order = self._lines.root, self._order(Place.RECORD)
        label = term_of(Place.RECORD, field.block).label
        return self._lines.with_entry(root, label, lines, _entry_before(root, Place.RECORD, field.block, order))

    def _missing_row(self, name: str) -> tuple[str, str, str] | None:
        """Return group, label and column of a row of money that the layout prints and the file does not have."""
        for row in self._form.funding_rows:
            anchor = funding_anchor(row.group, row.label)
            if name.startswith(f"{anchor}.") and anchor not in self._fields.funding:
                return row.group, row.label, name.removeprefix(f"{anchor}.")
        return None

    def _with_funding_row(self, group: str, label: str, column: str, text: str) -> str:
        key = self._record.keys.get("funding")
        mapping = self._lines.mapping_at(key) if key else None
        for entry in entries_of(mapping) if mapping is not None and group else ():
            if entry.key.value == group:
                mapping = entry.value if getattr(entry.value, "value", None) else None
                break
        else:
            mapping = None if group else mapping
        if mapping is None or mapping.flow_style:
            raise RefusedError(f"文件里没有“{label}”这一行，请在文件里加上")
        names = [row.label for row in self._form.funding_rows if row.group == group]
        before = [entry.key.value for entry in entries_of(mapping) if entry.key.value in names[: names.index(label)]]
        value = [written_scalar(text)] if column == "amount" else [
            "", f"  {self._label(FieldPlace(None, None, Place.FUNDING_ROW, column))}: {written_scalar(text)}",
        ]  # fmt: skip
        behind = before[-1] if before else entries_of(mapping)[0].key.value
        return self._lines.with_entry(mapping, yaml_text(label), value, behind)

    # Rows

    def is_blank_level(self, anchor: str) -> bool:
        """Tell whether an indicator is a level that nobody filled in, so that the file has no row of its own for it."""
        row = self._fields.indicators.get(anchor)
        return row is not None and not row.name and not row.cells and self._item(row) is None

    def blank_level_of(self, name: str) -> str:
        """Return the anchor of the level that a field's row is, where nobody filled it in; otherwise nothing."""
        anchor = name.rpartition(".")[0]
        return anchor if anchor in self._fields.indicators and self.is_blank_level(anchor) else ""

    def fills_level(self, behind: str, path: tuple[str, ...]) -> bool:
        """Tell whether a new row takes the place of a level that nobody filled in."""
        if behind:
            return self.is_blank_level(behind)
        last = [row for row in self._record.indicators if row.path == path and row.horizon == "annual"][-1:]
        return bool(last) and self.is_blank_level(last[0].anchor)

    def add_row(self, behind: str, cells: Mapping[str, str], path: tuple[str, ...] = ()) -> str:
        """Return the text with one more row."""
        if not behind:
            return self._with_row_of(path, cells)
        row = self._indicator(behind)
        item = self._item(row)
        if item is None:
            return self._with_first_row(row, cells)
        sequence, number = item
        return self._lines.with_item(sequence, number + 1, [*self._levels_of(row), *self._row(cells, row)])

    def remove_row(self, anchor: str) -> str:
        """Return the text without a row, and without the levels that have no other."""
        row = self._indicator(anchor)
        item = self._item(row)
        if item is not None and len(item[0].value) > 1:
            return self._lines.without_item(*item)
        start = item[0].start_mark if item is not None else None
        span = row.span if start is None else row.span._replace(line=start.line + 1, column=start.column + 1)
        blocks = {self._record.keys.get(key) for key in ("indicators", "long_term_indicators")}
        for mapping, entry in reversed(self._lines.entries_to(span)):
            mark = entry.key.start_mark
            if any(key is not None and (key.line, key.column) == (mark.line + 1, mark.column + 1) for key in blocks):
                break
            if len(entries_of(mapping)) > 1:
                return self._lines.without_entry(mapping, entry.key.value)
        raise RefusedError("这是表里仅有的一行指标，不能删去")

    def _indicator(self, anchor: str) -> Indicator:
        row = self._fields.indicators.get(anchor)
        if row is None:
            raise RefusedError(f"找不到这一行：{anchor}")
        return row

    def _item(self, row: Indicator) -> tuple[Any, int] | None:
        found = self._lines.sequence_around(row.span)
        if found is not None and found[0].flow_style:
            raise RefusedError(f"这一行写在方括号里，请在文件里增减：{row.name}")
        return found

    def _with_first_row(self, row: Indicator, cells: Mapping[str, str]) -> str:
        """Return the text with a row below a level that has none."""
        for mapping, entry in self._lines.entries_to(row.span)[-1:]:
            if not mapping.flow_style:
                return self._lines.with_value(mapping, entry.key.value, ["", *_as_item(self._row(cells, None))])
        raise RefusedError(f"这一级在文件里没有位置，请在文件里加上：{' › '.join(row.path)}")

    def _with_row_of(self, path: tuple[str, ...], cells: Mapping[str, str]) -> str:
        """Return the text with a row as the last one of its levels."""
        entry = next((one for one in entries_of(self._lines.root) if _is_named(one, "indicators")), None)
        if entry is None:
            raise RefusedError("文件里没有“绩效指标”这一栏，请在文件里加上")
        mapping, row = self._lines.root, self._row(cells, None)
        for depth, level in enumerate(path):
            if not entry.value.value:
                return self._lines.with_value(mapping, entry.key.value, ["", *_nested(path[depth:], row)])
            mapping = entry.value
            if not _is_block_mapping(mapping):
                raise RefusedError("这份表的指标不是一级一级写的，请在文件里加上这一级")
            below = next((one for one in entries_of(mapping) if one.key.value == level), None)
            if below is None:
                first, *others = _nested(path[depth:], row)
                last = entries_of(mapping)[-1].key.value
                below_it = [line.removeprefix("  ") for line in others]
                return self._lines.with_entry(mapping, first.strip().removesuffix(":"), ["", *below_it], last)
            entry = below
        if not entry.value.value:
            return self._lines.with_value(mapping, entry.key.value, ["", *_as_item(row)])
        if _is_block_mapping(entry.value):
            raise RefusedError(f"“{path[-1]}”下面还有分级，请写明哪一级")
        return self._lines.with_item(entry.value, len(entry.value.value), row)

    def _levels_of(self, row: Indicator) -> list[str]:
        """Return the lines of the levels that a row has in columns of its own, as a flat list of rows has them."""
        mapping = self._lines.mapping_at(row.span)
        entries = entries_of(mapping) if mapping is not None else []
        terms = {term.identifier: entry for entry in entries if (term := term_for(Place.INDICATOR, entry.key.value))}
        wanted = (*_UPPER_LEVELS, *(("name",) if "level4" in terms else ()))
        return [
            f"{yaml_text(terms[key].key.value)}: {written_scalar(terms[key].value.value)}"
            for key in wanted
            if key in terms
        ]

    def _row(self, cells: Mapping[str, str], beside: Indicator | None) -> list[str]:
        order = ["name", *(one for one in self._order(Place.INDICATOR) if one != "name")]
        ordered = sorted(cells.items(), key=lambda cell: order.index(cell[0]) if cell[0] in order else len(order))
        mapping = self._lines.mapping_at(beside.span) if beside is not None else None
        known = {
            term.identifier
            for entry in (entries_of(mapping) if mapping is not None else ())
            if (term := term_for(Place.INDICATOR, entry.key.value))
        }
        lines = []
        for key, text in ordered:
            identifier = "level4" if key == "name" and "level4" in known else key
            label = self._label(FieldPlace(None, None, Place.INDICATOR, identifier))
            lines.append(f"{label}: {_one_line(text)}".rstrip())
        return lines

    # Names

    def _order(self, place: Place) -> Sequence[str]:
        return key_order(self._form).get(place, ())

    def _label(self, field: FieldPlace) -> str:
        """Return how this file calls a field: as it does elsewhere, as its form prints it, or by the usual word."""
        if field.label:
            return yaml_text(field.label)
        place, identifier = field.place, field.identifier
        term = term_of(place, identifier)
        titles = {Place.INDICATOR: self._form.indicator_columns, Place.FUNDING_ROW: self._form.funding_columns}
        for label in (self._record.labels.get(f"{place}.{identifier}", ""), titles.get(place, {}).get(identifier, "")):
            if label and term_for(place, label) == term and yaml_text(label) == label:
                return label
        return term.label


def _entry_before(mapping: Any, place: Place, identifier: str, order: Sequence[str]) -> str:  # noqa: ANN401  PyYAML publishes no types of its nodes
    """Return the key of a mapping behind which another one belongs: as the form has them, or the last."""
    entries = entries_of(mapping)
    if not order:
        return str(entries[-1].key.value)
    rank = order.index(identifier) if identifier in order else len(order)
    behind = entries[0].key.value
    for entry in entries:
        term = term_for(place, entry.key.value)
        if term is not None and term.identifier in order and order.index(term.identifier) < rank:
            behind = entry.key.value
    return str(behind)


def _is_named(entry: Entry, identifier: str) -> bool:
    return term_for(Place.RECORD, entry.key.value) == term_of(Place.RECORD, identifier)


def _is_block_mapping(node: Any) -> bool:  # noqa: ANN401
    return getattr(node, "flow_style", True) is False and node.tag.endswith(":map")


def _as_item(row: Sequence[str]) -> list[str]:
    return [("    " if number else "  - ") + line for number, line in enumerate(row)]


def _nested(path: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return the lines of a row below levels that are not there yet, indented from the key above the first."""
    lines = [f"{'  ' * (depth + 1)}{yaml_text(level)}:" for depth, level in enumerate(path)]
    return [*lines, *("  " * len(path) + line for line in _as_item(row))]


def _with_section(text: str, title: str, new: str) -> str:
    """Return a Markdown record with one more section."""
    return f"{text.rstrip()}\n\n## {title}\n\n{_trimmed(new)}\n"


def _trimmed(text: str) -> str:
    # Blanks before the first word say that it is code.
    return text.strip("\n").rstrip()


def _with_section_text(text: str, prose: Prose, new: str) -> str:
    """Return a Markdown record with another text in a section."""
    lines = text.split("\n")
    # A blank section is known by its heading.
    first = prose.first_line - 1 if prose.first_line else prose.span.line
    old = prose.text.split("\n") if prose.first_line else []
    gap = [""] if not prose.first_line else []
    lines[first : first + len(old)] = [*gap, *_trimmed(new).split("\n")] if new.strip() else []
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return written_scalar(" ".join(text.split("\n")))


def _value(text: str, *, is_prose: bool) -> list[str]:
    """Return the lines of a value behind its key."""
    if "\n" not in text and not (is_prose and text):
        return [written_scalar(text)]
    return block_lines(text)
