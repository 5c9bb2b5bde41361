"""Take corrections back: from the figures printed now to those that were printed before each of them."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.model.figure_groups import (
    EXTRA,
    FUNDING,
    INDICATORS,
    STEP,
    TABLES,
    Group,
    Table,
    TableLine,
    Value,
    is_whole_table,
    table_of,
)
from generator.model.figure_lines import PARENT, Line
from generator.model.figure_search import (
    POSITION,
    DiffersError,
    Figure,
    NamesNothingError,
    OneSidedError,
    UndoingError,
    figure_of,
    row_of,
)
from generator.model.figure_sheet import Sheet
from generator.model.records import ABSENT, Correction, Record, Side
from generator.text import folded
from generator.vocabulary import term_for

_LEVELS = frozenset({"level1", "level2", "level4"})
"""Columns that a row may be listed with but that are its way, no cells of it."""

UNIT = "unit"
"""Key of the unit of money, which stands beside the cells of the first row."""

Touched = list[tuple[Figure, Correction]]


class Former(Struct, frozen=True):
    """What a figure of the form was before a correction."""

    block: str
    """funding, indicators, total, level1_weights, extra, or `tables/` and the position of the table."""
    row: int
    """Position of the row in its block as the form has it now."""
    key: str
    """Of the cell: an identifier, UNIT, `extra/` and a title, a title, or the position in a row of a table."""
    number: int
    """Of the correction, from 1, in the order in which they were made."""
    text: str


class Undone(Struct, frozen=True):
    """How the figures were before and after each correction."""

    digests: tuple[str, ...]
    """Of the figures: first before any correction, last as they are now."""
    corrections: tuple[Correction, ...]
    """In the order in which they were made."""


def in_order(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return corrections in the order in which they were made; those of one day as they are written."""
    return tuple(sorted(corrections, key=lambda one: one.date))


def undo_all(record: Record) -> Undone:
    """Take back all corrections of a record, the newest first; raise UndoingError where one does not fit."""
    sheet, ordered = Sheet(record), in_order(record.corrections)
    digests = [sheet.digest()]
    touched: Touched = []
    for correction in reversed(ordered):
        undo(sheet, correction, touched)
        digests.append(sheet.digest())
    return Undone(tuple(reversed(digests)), ordered)


def former_figures(record: Record) -> tuple[Former, ...]:
    """Return what the single figures of a record's form were before each correction, the oldest first.

    Nothing where the corrections do not fit: what they say of the form is not to be believed then.
    """
    sheet, ordered = Sheet(record), in_order(record.corrections)
    rows = {id(line): (block, n) for block in (FUNDING, INDICATORS) for n, line in enumerate(sheet.list_of(block))}
    rows[id(sheet.unit)] = (FUNDING, 0)
    named = {id(sheet.total): "total", id(sheet.weights): "level1_weights", id(sheet.extra): "extra"}
    tables = [(table, list(table.rows)) for table in sheet.tables]
    rows |= {id(row): (f"{TABLES}/{m}", n) for m, (_, found) in enumerate(tables) for n, row in enumerate(found)}
    rows |= {name: (block, 0) for name, block in named.items()}
    touched: Touched = []
    try:
        for correction in reversed(ordered):
            undo(sheet, correction, touched)
    except UndoingError:
        return ()
    found = []
    for figure, correction in reversed(touched):
        group = figure.group
        place = rows.get(id(group.row) if isinstance(group, TableLine) else id(group))
        if place is not None:
            number = next(n for n, one in enumerate(ordered, 1) if one is correction)
            found.append(Former(*place, figure.key, number, correction.old.text))
    return tuple(found)


def undo(sheet: Sheet, correction: Correction, touched: Touched | None = None) -> None:
    """Take back one correction; `touched` remembers which figures were, and by which correction."""
    known = [] if touched is None else touched
    if not correction.is_about_row:
        _undo_figure(sheet, correction, known)
    elif _is_absent(correction.old) and correction.new.cells:
        _undo_added(sheet, correction)
    elif _is_absent(correction.new) and correction.position:
        _undo_removed(sheet, correction)
    else:
        raise OneSidedError(correction)


def _is_absent(side: Side) -> bool:
    return side.text == ABSENT and not side.cells


def _undo_figure(sheet: Sheet, correction: Correction, touched: Touched) -> None:
    found = figure_of(sheet, correction)
    group = found.group
    if found.key == POSITION and isinstance(group, Line):
        _undo_move(sheet, group, correction)
        return
    printed = group.get(found.key)
    if _plain(printed) != _plain(correction.new.text):
        later = next((other for one, other in reversed(touched) if one.way == found.way), None)
        raise DiffersError(correction, printed, later=later)
    touched.append((found, correction))
    if isinstance(group, Line) and found.key == PARENT:
        _set_parent(sheet, group, correction.old.text, correction)
    else:
        group.set(found.key, correction.old.text)
    if isinstance(group, Table) or (isinstance(group, Line) and found.key in group.words):
        sheet.call_rows()


def _set_parent(sheet: Sheet, line: Line, words: str, correction: Correction) -> None:
    parent = sheet.line_called(words, line.block)
    if words and (parent is None or parent is line):
        raise NamesNothingError(correction, [STEP.join(one.way[1:]) for one in sheet.list_of(line.block)])
    line.parent = parent


def _undo_move(sheet: Sheet, line: Line, correction: Correction) -> None:
    lines = sheet.list_of(line.block)
    here = next(number for number, one in enumerate(lines) if one is line)
    if correction.new.text != str(here + 1):
        raise DiffersError(correction, str(here + 1), later=None)
    old = correction.old.text
    if not (old.isascii() and old.isdigit()) or not 1 <= int(old) <= len(lines):
        raise DiffersError(correction, str(here + 1), later=None)
    lines.insert(int(old) - 1, lines.pop(here))  # type: ignore[arg-type]  # what comes out goes in again
    sheet.call_rows()


def _undo_added(sheet: Sheet, correction: Correction) -> None:
    row = row_of(sheet, correction)
    printed = row.all()
    if not _is_same(row, correction.new.cells):
        raise DiffersError(correction, shown_cells(printed), later=None)
    if isinstance(row, TableLine):
        del row.table.rows[row.number]
    elif isinstance(row, Line | Table):
        lines = sheet.list_of(row.block)
        del lines[next(number for number, one in enumerate(lines) if one is row)]
        sheet.call_rows()


def _undo_removed(sheet: Sheet, correction: Correction) -> None:
    way = tuple(part.strip() for part in correction.item.split("›") if part.strip())
    block, way = _block_of_removed(sheet, way)
    cells, place = correction.old.cells, correction.position - 1
    if block == TABLES:
        _put_back_in_table(sheet, way, correction)
        return
    line = sheet.new_line(way, block)
    for title, shown in cells.items():
        key = line.key_of(title)
        if key == PARENT:
            _set_parent(sheet, line, shown, correction)
        elif not _is_level(line, title):
            line.set(key or f"{EXTRA}{title}", shown)
    lines = sheet.list_of(block)
    if place > len(lines):
        raise DiffersError(correction, f"只有 {len(lines)} 行", later=None)
    lines.insert(place, line)  # type: ignore[arg-type]  # a row of its block
    sheet.call_rows()


def _put_back_in_table(sheet: Sheet, way: tuple[str, ...], correction: Correction) -> None:
    """Put back a row of a table, or the whole table where its columns are told."""
    cells, place = correction.old.cells, correction.position - 1
    if is_whole_table(cells):
        sheet.tables.insert(place, table_of(way, cells))
        sheet.call_rows()
        return
    words = set(map(folded, way))
    tables = [table for table in sheet.tables if folded(table.way[-1]) in words]
    if len(tables) != 1:
        raise NamesNothingError(correction, [STEP.join(table.way) for table in sheet.tables])
    table, number = tables[0], min(place, len(tables[0].rows))
    table.rows.insert(number, [Value("")] * len(table.columns))
    line = TableLine(table, number)
    for title, shown in cells.items():
        key = line.key_of(title)
        if key is None:
            raise NamesNothingError(correction, list(table.columns))
        line.set(key, shown)


def _block_of_removed(sheet: Sheet, way: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the block that a row stood in; a way that does not name it is that of an indicator or a group of money."""
    block = sheet.block_of(way[0]) if way else None
    if block is not None:
        return block, way
    groups = {folded(part) for line in sheet.funding for part in line.way[1:-1]}
    return (FUNDING if way and folded(way[0]) in groups else INDICATORS), way


def _is_same(row: Group, cells: Mapping[str, str]) -> bool:
    """Tell whether cells as listed are what a row prints; its words and its name may be left out."""
    said = {row.key_of(title) or f"{EXTRA}{title}": text for title, text in cells.items() if not _is_level(row, title)}
    if isinstance(row, Table):
        printed = row.all()
        return cells.keys() <= printed.keys() and all(
            _plain(cells.get(one, "")) == _plain(printed[one]) for one in printed
        )
    needed = row.counted() if isinstance(row, Line) else frozenset(map(str, range(len(row.all()))))
    return all(_plain(row.get(key)) == _plain(said.get(key, "")) for key in needed | said.keys())


def _is_level(row: Group, title: str) -> bool:
    term = term_for(row.place, title) if row.place else None
    return term is not None and term.identifier in _LEVELS


def _plain(text: str) -> str:
    return " ".join(text.split())


def shown_cells(cells: Mapping[str, str]) -> str:
    """Return what a row prints in one string."""
    return "，".join(f"{title} {' '.join(text.split()) or '空白'}" for title, text in cells.items()) or "空白"
