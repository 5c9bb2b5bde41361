"""Change a record's file field by field and row by row: a line for a field, and nothing else."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import yaml
from msgspec.structs import replace

from generator.exchange.existing import Present, read_again
from generator.exchange.importing import is_sound
from generator.exchange.printed_prose import is_printed_alike
from generator.exchange.record_difference import printed, record_differences
from generator.exchange.record_fields import RecordFields
from generator.exchange.record_writing import RecordWriting
from generator.exchange.updating import RefusedError, Replacement, Updated, front_matter, with_cells
from generator.exchange.yaml_lines import YamlLines
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Indicator, Prose, Record


class SetField(NamedTuple):
    """Write a field."""

    name: str
    """As in `forms.grid.Field.name`, such as head.grade, i-1f2e3d4c.score or total.score."""
    text: str
    """As printed; empty for a blank."""


class AddRow(NamedTuple):
    """Write one more indicator behind another one, or as the last of its levels."""

    behind: str
    """Anchor of a row; empty where `path` says where the row belongs."""
    cells: Mapping[str, str]
    """By identifier of the vocabulary, the name among them."""
    path: tuple[str, ...] = ()
    """Levels, outermost first; those that are not there yet are written too."""


class RemoveRow(NamedTuple):
    """Take an indicator out, with the levels that have no other."""

    anchor: str


Edit = SetField | AddRow | RemoveRow

UNLIKE = "改动之后读不回同样的内容，请在文件里修改"


def edited(present: Present, edits: Sequence[Edit], forms: FormLibrary) -> Updated:
    """Return the text of a record's file after some edits, or why that cannot be done.

    Fields that follow each other are written at once, each called as it was before the first of them; everything else is
    made one after the other. A file with errors can be edited as far as it can be read; what the edits make of it is
    read again and compared.
    """
    for are_fields, run in groupby(edits, lambda edit: isinstance(edit, SetField)):
        together = list(run)
        for step in [together] if are_fields else [[edit] for edit in together]:
            if present.record is None:
                return Updated("", "现有的文件读不出来，请先照 jixiao check 改正")
            try:
                present = _after(present, present.record, step, forms)
            except (RefusedError, yaml.YAMLError) as refusal:
                return Updated("", str(refusal))
    return Updated(present.text)


def _after(present: Present, record: Record, step: Sequence[Edit], forms: FormLibrary) -> Present:
    """Return a file after one step; raise RefusedError where it does not come out as meant."""
    fields = {edit.name: edit.text for edit in step if isinstance(edit, SetField)}
    if fields:
        after = _with_fields(present, fields, forms)
        if not _holds(after, fields) or not _is_all(record, after, rows_with(record, fields), _count(present, fields)):
            raise RefusedError(_culprit(present, record, fields, forms))
        return after
    (edit,) = step
    writing = _writing(present, forms)
    match edit:
        case AddRow():
            after = _read(present, writing.add_row(edit.behind, edit.cells, edit.path), forms)
        case RemoveRow():
            after = _read(present, writing.remove_row(edit.anchor), forms)
        case _:
            return present
    if not _is_all(record, after, _rows_after(record, edit, writing), 0):
        raise RefusedError(UNLIKE)
    return after


def _writing(present: Present, forms: FormLibrary) -> RecordWriting:
    if present.record is None:
        raise RefusedError(UNLIKE)
    return RecordWriting(present, present.record, forms)


def _read(present: Present, text: str, forms: FormLibrary) -> Present:
    record, findings = read_again(text, present.file, forms)
    if record is None:
        raise RefusedError(UNLIKE)
    return present._replace(text=text, record=record, is_sound=is_sound(findings))


def _with_fields(present: Present, fields: Mapping[str, str], forms: FormLibrary) -> Present:
    """Return a file with some fields written: those that need lines of their own first, then all others at once."""
    filled: set[str] = set()
    for name, text in fields.items():
        writing = _writing(present, forms)
        level = writing.blank_level_of(name)
        if level and level not in filled:
            filled.add(level)
            cells = {key.removeprefix(f"{level}."): to for key, to in fields.items() if key.startswith(f"{level}.")}
            present = _read(present, writing.add_row(level, {"name": "", **cells}), forms)
        elif not level and not _is_done_by(name, filled) and not writing.is_value(name):
            present = _read(present, writing.with_field(name, text), forms)
    found = _fields_of(present)
    replacements = []
    for name, text in fields.items():
        cell = found.find(name).cell if not _is_done_by(name, filled) and found.has(name) else None
        if isinstance(cell, Cell) and printed(cell) != text:
            replacements.append(Replacement(cell, Cell(text), name))
    return _read(present, with_cells(present, replacements), forms) if replacements else present


def _is_done_by(name: str, filled: set[str]) -> bool:
    return name.rpartition(".")[0] in filled


def _fields_of(present: Present) -> RecordFields:
    if present.record is None:
        raise RefusedError(UNLIKE)
    return RecordFields(present.record, YamlLines(present.text, front_matter(present)))


def _culprit(present: Present, record: Record, fields: Mapping[str, str], forms: FormLibrary) -> str:
    """Return why several fields cannot be written: which of them cannot be written alone."""
    if len(fields) > 1:
        for name, text in fields.items():
            try:
                _after(present, record, [SetField(name, text)], forms)
            except RefusedError as refusal:
                return str(refusal)
    return f"{UNLIKE}：{'、'.join(fields)}"


class PrintedRow(NamedTuple):
    """What an indicator prints."""

    horizon: str
    path: tuple[str, ...]
    name: str
    is_part: bool
    cells: Mapping[str, str]
    """Without blanks."""

    def key(self) -> Hashable:
        """Return the same for rows that print the same."""
        return (*self[:4], frozenset(self.cells.items()))


def _rows_of(rows: Sequence[Indicator]) -> list[PrintedRow]:
    return [_row_of(row, {}) for row in rows]


def _row_of(row: Indicator, fields: Mapping[str, str]) -> PrintedRow:
    cells = {key: printed(cell) for key, cell in (*row.cells.items(), *row.extra.items())}
    mine = {name.removeprefix(f"{row.anchor}."): to for name, to in fields.items() if name.startswith(f"{row.anchor}.")}
    cells |= mine
    name = cells.pop("name", row.name)
    texts = {key: text for key, text in cells.items() if text}
    return PrintedRow(row.horizon, row.path, name.strip(), row.parent is not None, texts)


def rows_with(record: Record, fields: Mapping[str, str]) -> list[PrintedRow]:
    """Return what the indicators print with some fields written; `fields` by name as in `SetField`."""
    return [_row_of(row, fields) for row in record.indicators]


def _rows_after(record: Record, edit: Edit, writing: RecordWriting) -> list[PrintedRow]:
    """Return the rows that adding or taking one out is to give."""
    rows = _rows_of(record.indicators)
    anchors = [row.anchor for row in record.indicators]
    if isinstance(edit, RemoveRow):
        del rows[anchors.index(edit.anchor)]
    elif isinstance(edit, AddRow):
        cells = {key: text for key, text in edit.cells.items() if text and key != "name"}
        if edit.behind:
            behind = rows[place := anchors.index(edit.behind)]
            first = place if writing.is_blank_level(edit.behind) else _behind(record, place)
            path, horizon = behind.path, behind.horizon
        else:
            path, horizon = edit.path, "annual"
            first = _last_of(rows, path)
        new = PrintedRow(horizon, path, edit.cells.get("name", "").strip(), is_part=False, cells=cells)
        rows[first : first + writing.fills_level(edit.behind, edit.path)] = [new]
    return rows


def _behind(record: Record, place: int) -> int:
    """Return the place behind a row and its parts."""
    parents = [row.parent for row in record.indicators]
    place += 1
    while place < len(parents) and parents[place] is not None:
        place += 1
    return place


def _last_of(rows: Sequence[PrintedRow], path: tuple[str, ...]) -> int:
    """Return where a row of some levels belongs: behind the last one of as many of these levels as there are."""
    for depth in range(len(path), -1, -1):
        places = [
            place for place, row in enumerate(rows) if row.horizon == "annual" and row.path[:depth] == path[:depth]
        ]
        if places:
            # A level that nobody filled in gives way.
            is_blank = depth == len(path) and rows[places[-1]] == PrintedRow(
                "annual", path, "", is_part=False, cells={}
            )
            return places[-1] + (not is_blank)
    return len(rows)


def _holds(after: Present, fields: Mapping[str, str]) -> bool:
    """Tell whether a file has what was written into it; rows are compared apart, for their names may be others now."""
    found = _fields_of(after)
    for name, text in fields.items():
        if name.startswith("i-") or (not text and not found.has(name)):
            continue
        cell = found.find(name).cell
        if isinstance(cell, Prose):
            if cell.text.rstrip() != text.strip("\n").rstrip():
                return False
        elif printed(cell) != text:
            return False
    return True


def _count(present: Present, fields: Mapping[str, str]) -> int:
    """Return in how many places outside the indicators a file prints something else with some fields written."""
    return len(set(_changing(_fields_of(present), fields)))


def _changing(found: RecordFields, fields: Mapping[str, str]) -> Iterator[str]:
    for name, text in fields.items():
        if name.startswith("i-"):
            continue
        if not found.has(name):
            # A row of money that is not there yet comes as a whole.
            yield from [name.rpartition(".")[0]] if text else []
            continue
        cell = found.find(name).cell
        if isinstance(cell, Prose):
            if not is_printed_alike(cell.text, text):
                yield name
        elif printed(cell) != text:
            yield name


def _is_all(before: Record, after: Present, rows: Sequence[PrintedRow], differences: int) -> bool:
    """Tell whether the indicators are as they are to be, and just as many other fields differ."""
    if after.record is None or _rows_of(after.record.indicators) != rows:
        return False
    old, new = (_without_rows(record) for record in (before, after.record))
    return len(record_differences(old, new)) == differences


def _without_rows(record: Record) -> Record:
    return replace(record, indicators=())
