"""The corrections that a change of figures asks for, ready to be pasted into the record; proved by taking them back."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.exchange.row_matching import funding_pairs, indicator_pairs
from generator.load.corrections import BLANK_WORD
from generator.load.quoting import yaml_text
from generator.model.figure_groups import FUNDING, UNREADABLE, Group, Line, Table, TableLine
from generator.model.figure_search import POSITION, STEP, UndoingError
from generator.model.figure_sheet import Sheet
from generator.model.records import ABSENT, Correction, Record, Side
from generator.model.undoing import in_order, undo
from generator.vocabulary import Place, term_of

TO_WRITE = "……"
"""Stands where only the author can say something."""

_GONE = Side(ABSENT)
_Lines = list[tuple[Line | None, Line | None]]


class Entries(NamedTuple):
    """What is to be written."""

    corrections: tuple[Correction, ...]
    """In the order in which they are to stand."""
    is_proved: bool
    """Whether taking them back gives the figures as they were, to the digit."""


def entries_between(before: Record, after: Record) -> Entries:
    """Return the corrections that lead from one version of a record to the next, but for those the next one has."""
    known = [one for one in in_order(after.corrections) if not _is_in(one, before.corrections)]
    old, new, trial = Sheet(before), Sheet(after), Sheet(after)
    rows = (*after.indicators, *(after.funding.rows if after.funding else ()))
    sources = {id(line): row for line, row in zip((*new.indicators, *new.funding), rows, strict=True)}
    try:
        for one in reversed(known):
            undo(new, one)
            undo(trial, one)
        found = (*_cells(old, new, blocks := _blocks(before, after, old, new, sources)), *_tables(old, new))
        for lines, pairs in zip((new.funding, new.indicators), blocks, strict=True):
            found = (*found, *_rows(lines, pairs))
        for one in reversed(found):
            undo(trial, one)
    except UndoingError:
        # Whoever reads the check is told what is wrong with the corrections there are.
        return Entries((), is_proved=False)
    return Entries(found, trial.digest() == old.digest())


def format_entries(entries: Entries) -> str:
    """Return the corrections as they stand in a record's file."""
    label = term_of(Place.RECORD, "corrections").label
    if not entries.corrections:
        return f"# 数字有变化，而文件里已有的“{label}”对不上；先照 jixiao check 的提示改正它们。\n"
    lines = [f"{label}:"]
    for one in entries.corrections:
        lines += [f"  - {_label('item')}: {yaml_text(one.item)}", *_side("old", one.old), *_side("new", one.new)]
        lines += [f"    {_label('position')}: {one.position}"] if one.position else []
        lines += [f"    {_label(name)}: {TO_WRITE}" for name in ("reason", "decided_by", "date")]
    if not entries.is_proved:
        lines.append("# 这些更正撤销之后与原来的数字不完全相同，请逐项核对。")
    return "\n".join(lines) + "\n"


def _label(identifier: str) -> str:
    return term_of(Place.CORRECTION, identifier).label


def _side(identifier: str, side: Side) -> Iterator[str]:
    if not side.cells:
        yield f"    {_label(identifier)}: {_value(side.text)}"
        return
    yield f"    {_label(identifier)}:"
    yield from (f"      {yaml_text(title)}: {_value(text)}" for title, text in side.cells.items())


def _value(text: str) -> str:
    if not text:
        return BLANK_WORD
    if text.startswith(UNREADABLE):
        return f"{{{UNREADABLE[:-1]}: {yaml_text(text.removeprefix(UNREADABLE))}}}"
    if "\n" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return yaml_text(text)


def _is_in(correction: Correction, others: Sequence[Correction]) -> bool:
    return any((one.item, one.old, one.new) == (correction.item, correction.old, correction.new) for one in others)


def _made(group: Group, title: str, old: str, new: str) -> Correction:
    return Correction(STEP.join((*group.way, title)), Side(old), Side(new), 0, "", "", "")


def _blocks(
    before: Record, after: Record, old: Sheet, new: Sheet, sources: Mapping[int, object]
) -> tuple[_Lines, _Lines]:
    """Pair the rows of money, and those of the indicators."""
    money = [one.funding.rows if one.funding else () for one in (before, after)]
    return (
        _paired(old.funding, money[0], new.funding, sources, funding_pairs(*money)),
        _paired(
            old.indicators,
            before.indicators,
            new.indicators,
            sources,
            indicator_pairs(before.indicators, after.indicators),
        ),
    )


def _paired(
    old: Sequence[Line],
    old_rows: Sequence[object],
    new: Sequence[Line],
    sources: Mapping[int, object],
    pairs: Sequence[tuple[object, object]],
) -> _Lines:
    """Pair lines as their rows are; what a correction put back is paired by its words."""
    later = {id(row): line for line in new if (row := sources.get(id(line))) is not None}
    partner = {id(one): later.get(id(other)) for one, other in pairs if one is not None}
    put_back = [line for line in new if id(line) not in sources]
    found: _Lines = []
    for line, row in zip(old, old_rows, strict=True):
        other = partner.get(id(row))
        if other is None:
            other = next((one for one in put_back if one.way == line.way), None)
            put_back = [one for one in put_back if one is not other]
        found.append((line, other))
    taken = {id(other) for _, other in found}
    return [*found, *((None, line) for line in new if id(line) not in taken)]


def _cells(old: Sheet, new: Sheet, blocks: Sequence[_Lines]) -> Iterator[Correction]:
    groups = [(old.year, new.year), (old.unit, new.unit)]
    rows = [(one, other) for pairs in blocks for one, other in pairs if one is not None and other is not None]
    groups += [*rows, (old.weights, new.weights), (old.total, new.total), (old.extra, new.extra)]
    for one, other in groups:
        keys = dict.fromkeys((*other.cells, *one.cells))
        if isinstance(one, Line) and isinstance(other, Line):
            keys = {key: None for key in keys if key in one.counted() | other.counted()}
            keys |= dict.fromkeys(["printed_cells"] if one.printed or other.printed else [])
        for key in keys:
            if one.get(key) != other.get(key):
                yield _made(other, other.title_of(key), one.get(key), other.get(key))


def _tables(old: Sheet, new: Sheet) -> Iterator[Correction]:
    """Yield what became of the tables that fit no block, place by place."""
    pairs = list(zip_longest(old.tables, new.tables))
    for one, other in pairs:
        if one is not None and other is not None:
            yield from _table(one, other)
    for number in range(len(new.tables), len(old.tables)):
        yield _came_or_went(old.tables[number], old=old.tables[number].all(), position=number + 1)
    for table in new.tables[len(old.tables) :]:
        yield _came_or_went(table, new=table.all())


def _table(old: Table, new: Table) -> Iterator[Correction]:
    for title in ("标题", "表头"):
        if old.get(title) != new.get(title):
            yield _made(new, title, old.get(title), new.get(title))
    both = min(len(old.rows), len(new.rows))
    for number in range(both):
        one, other = TableLine(old, number), TableLine(new, number)
        for key in map(str, range(max(len(one.row), len(other.row)))):
            if one.get(key) != other.get(key):
                yield _made(other, other.title_of(key), one.get(key), other.get(key))
    for number in reversed(range(both, len(old.rows))):
        row = TableLine(old, number)
        titles = TableLine(Table(new.way, "", new.columns, [[]]), 0)
        cells = {titles.title_of(key): row.get(key) for key in map(str, range(len(row.row)))}
        yield _came_or_went(row, old=cells, position=number + 1)
    for number in range(both, len(new.rows)):
        row = TableLine(new, number)
        yield _came_or_went(row, new=row.all())


def _rows(new: Sequence[Line], pairs: _Lines) -> Iterator[Correction]:
    """Yield what became of whole rows: those moved, then those taken out, the last first, then those added."""
    old_number = {
        id(other): number for number, (one, other) in enumerate(pairs) if one is not None and other is not None
    }
    order = [old_number[id(line)] for line in new if id(line) in old_number]
    removed = [(number, one) for number, (one, other) in enumerate(pairs) if one is not None and other is None]
    for number, _ in removed:
        order.insert(number, number)
    ways = {number: (other or one).way for number, (one, other) in enumerate(pairs) if one is not None}
    moves = []
    for number, here, there in _moves(order):
        sides = Side(str(there + 1)), Side(str(here + 1))
        moves.append(Correction(STEP.join((*ways[number], POSITION)), *sides, 0, "", "", ""))
    yield from reversed(moves)
    for number, one in reversed(removed):
        yield _came_or_went(one, old=_cells_of(one), position=number + 1)
    for added in (other for one, other in pairs if one is None):
        if added is not None:
            yield _came_or_went(added, new=_cells_of(added))


def _moves(order: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield what puts numbers in order, as few as do: which one, from where, to where; `order` is changed."""
    placed = set(_longest_run(order))
    for number in sorted(set(order) - placed):
        here = order.index(number)
        order.pop(here)
        there = max((place + 1 for place, one in enumerate(order) if one in placed and one < number), default=0)
        order.insert(there, number)
        placed.add(number)
        if here != there:
            yield number, here, there


def _longest_run(order: Sequence[int]) -> tuple[int, ...]:
    """Return the longest part of a sequence that is in order already."""
    best: list[tuple[int, ...]] = []
    for number in order:
        before = max((run for run in best if run[-1] < number), key=len, default=())
        best.append((*before, number))
    return max(best, key=len, default=())


def _cells_of(line: Line) -> Mapping[str, str]:
    """Return what counts of a row, by title; its name where nothing does."""
    found = {line.title_of(key): line.get(key) for key in line.cells if key in line.counted() and line.get(key)}
    if line.printed:
        found[line.title_of("printed_cells")] = line.get("printed_cells")
    return found or {line.title_of("label" if line.block == FUNDING else "name"): line.way[-1]}


def _came_or_went(
    group: Group, *, old: Mapping[str, str] | None = None, new: Mapping[str, str] | None = None, position: int = 0
) -> Correction:
    sides = (Side("", old) if old else _GONE), (Side("", new) if new else _GONE)
    return Correction(STEP.join(group.way), *sides, position, "", "", "")
