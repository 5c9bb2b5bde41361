"""What differs between two records, field by field, in the form's own words.

Printed values are compared, not files: neither the order of keys nor quotes nor comments count, and a cell that is not
there prints as blank as one that is. Blank, 0, -, — and / stay different.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import zip_longest

from msgspec import Struct

from generator.exchange.printed_prose import is_printed_alike, printed_prose, prose_key
from generator.exchange.row_matching import Pair, funding_pairs, indicator_pairs, level_of
from generator.exchange.row_places import funding_levels, indicator_levels, moved_level, moved_rows
from generator.exchange.shown_change import shown
from generator.model.records import BLANK, Cell, FreeTable, FundingRow, Indicator, Prose, Record
from generator.vocabulary import TERMS, Place, term_of

STEP = " › "
ORDER = "各行的次序"


class Change(StrEnum):
    """What became of a field or a row."""

    CHANGED = "changed"
    ADDED = "added"
    """A row that only the later record has."""
    REMOVED = "removed"
    """A row that only the earlier record has."""


class Difference(Struct, frozen=True):
    """One field or row that differs."""

    path: tuple[str, ...]
    """From the outside in, in the form's own words: 绩效指标, 产出指标, 开展培训次数, 得分."""
    change: Change
    before: str = ""
    """As printed; empty for a blank, and for a row that is not there."""
    after: str = ""
    name: str = ""
    """Stable name of the field as in `forms.grid.Field.name`; empty where several fields are meant."""
    cell_before: Cell | Prose | None = None
    """What the earlier record has there, with its place; None where it has no such field."""
    cell_after: Cell | Prose | None = None
    is_blank: bool = False
    """Whether it is a row that prints nothing but its label."""

    def __str__(self) -> str:
        return format_difference(self)


def format_difference(difference: Difference) -> str:
    """Return a difference on one line: 绩效指标 › 产出指标 › 开展培训次数 › 得分：8.00 → 7.00."""
    path = STEP.join(difference.path)
    before, after = shown(difference.before, difference.after)
    if difference.change is Change.CHANGED:
        return f"{path}：{before or '空白'} → {after or '空白'}"
    if difference.change is Change.ADDED:
        return f"{path}：增加{f'（{after}）' if after else ''}"
    return f"{path}：删去{f'（{before}）' if before else ''}"


def record_differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return every printed field and row in which two records differ, in the order of the form."""
    return tuple(_Comparison(before, after).all())


def printed(cell: Cell | Prose | None) -> str:
    """Return what a field prints: its text, or why it cannot be read."""
    if cell is None:
        return ""
    if isinstance(cell, Prose):
        return printed_prose(cell.text)
    return f"无法辨认：{cell.unreadable}" if cell.unreadable else cell.text


class _Comparison:
    """Two records of one form."""

    def __init__(self, before: Record, after: Record) -> None:
        self.before, self.after = before, after

    def all(self) -> Iterator[Difference]:
        """Yield every difference in the order of the form."""
        yield from self._identity()
        yield from self._cells((), "head", self.before.head, self.after.head, Place.RECORD)
        yield from self._extra((), "head_extra", self.before.extra, self.after.extra)
        yield from self._funding()
        yield from self._prose()
        yield from self._weights()
        yield from self._indicators()
        total = (self._label(Place.RECORD, "total"),)
        yield from self._cells(total, "total", self.before.total, self.after.total, Place.TOTAL)
        yield from self._tables()
        source = (self._label(Place.RECORD, "source"),)
        yield from self._cells(source, "source", self.before.source, self.after.source, Place.SOURCE)

    def _label(self, place: Place, identifier: str) -> str:
        """Return the earlier record's own word for a field, the later one's where only that has it."""
        key = f"{place}.{identifier}"
        return self.before.labels.get(key) or self.after.labels.get(key) or term_of(place, identifier).label

    def _is_named(self, place: Place, identifier: str) -> bool:
        key = f"{place}.{identifier}"
        return key in self.before.labels or key in self.after.labels

    def _identity(self) -> Iterator[Difference]:
        pairs = (
            ("form", self.before.form, self.after.form, "title"),
            ("layout", self.before.layout, self.after.layout, ""),
            ("fiscal_year", str(self.before.fiscal_year), str(self.after.fiscal_year), ""),
        )
        for identifier, before, after, name in pairs:
            if before != after:
                path = (self._label(Place.RECORD, identifier),)
                yield Difference(path, Change.CHANGED, before, after, name)

    def _cells(
        self, path: tuple[str, ...], name: str, before: Mapping[str, Cell], after: Mapping[str, Cell], place: Place
    ) -> Iterator[Difference]:
        for identifier in _in_order(before, after, place):
            # A row of one amount alone is written without the column's name.
            is_lone = place is Place.FUNDING_ROW and identifier == "amount" and not self._is_named(place, identifier)
            steps = path if is_lone else (*path, self._label(place, identifier))
            field = "period" if identifier == "period" and place is Place.RECORD else f"{name}.{identifier}"
            yield from _compared(steps, field, before.get(identifier), after.get(identifier))

    def _extra(
        self, path: tuple[str, ...], name: str, before: Mapping[str, Cell], after: Mapping[str, Cell]
    ) -> Iterator[Difference]:
        for label in dict.fromkeys((*before, *after)):
            yield from _compared((*path, label), f"{name}.{label}", before.get(label), after.get(label))

    def _prose(self) -> Iterator[Difference]:
        before, after = self.before.prose, self.after.prose
        objective = [term.identifier for term in TERMS[Place.OBJECTIVE]]
        block = self._label(Place.RECORD, "objective")
        for identifier in objective:
            path = (block, self._label(Place.OBJECTIVE, identifier))
            yield from _compared_prose(path, f"objective.{identifier}", before.get(identifier), after.get(identifier))
        for identifier in dict.fromkeys((*before, *after)):
            if identifier not in objective:
                label = self._label(Place.RECORD, identifier)
                yield from _compared_prose(
                    (label,), f"prose.{identifier}", before.get(identifier), after.get(identifier)
                )

    def _funding(self) -> Iterator[Difference]:
        block = self._label(Place.RECORD, "funding")
        old, new = self.before.funding, self.after.funding
        unit_path = (block, self._label(Place.FUNDING, "unit"))
        yield from _compared(unit_path, "funding.unit", old.unit if old else None, new.unit if new else None)
        rows = old.rows if old else (), new.rows if new else ()
        pairs = funding_pairs(*rows)
        for pair in pairs:
            row = pair.before or pair.after
            if row is not None:
                path = (block, *([row.group] if row.group else []), row.label)
                if pair.before is not None and pair.after is not None:
                    levels = funding_levels(pair.before, rows[0]), funding_levels(pair.after, rows[1])
                    yield from _moved((*path, "所在层次"), moved_level(*levels))
                yield from self._funding_row(path, pair)
        yield from _moved((block, ORDER), moved_rows(pairs, rows[1], lambda row: row.label))

    def _funding_row(self, path: tuple[str, ...], pair: Pair[FundingRow]) -> Iterator[Difference]:
        before, after = pair
        if before is None or after is None:
            yield from _whole_row(path, before, after)
            return
        if before.label != after.label:
            yield Difference(path, Change.CHANGED, before.label, after.label)
        yield from self._cells(path, "", before.cells, after.cells, Place.FUNDING_ROW)
        yield from self._extra(path, "", before.extra, after.extra)
        old, new = ([printed(cell) for cell in row.printed_cells] for row in (before, after))
        if old != new:
            printed_path = (*path, self._label(Place.FUNDING_ROW, "printed_cells"))
            yield Difference(printed_path, Change.CHANGED, "、".join(old), "、".join(new))
        if before.unreadable != after.unreadable:
            yield Difference((*path, "无法辨认"), Change.CHANGED, before.unreadable, after.unreadable)

    def _weights(self) -> Iterator[Difference]:
        path = (self._label(Place.RECORD, "level1_weights"),)
        yield from self._extra(path, "weight", self.before.level1_weights, self.after.level1_weights)

    def _indicators(self) -> Iterator[Difference]:
        pairs = indicator_pairs(self.before.indicators, self.after.indicators)
        for pair in pairs:
            yield from self._indicator(pair)
        path = (self._label(Place.RECORD, "indicators"), ORDER)
        called = moved_rows(pairs, self.after.indicators, lambda row: row.name or level_of(row))
        yield from _moved(path, called)

    def _indicator(self, pair: Pair[Indicator]) -> Iterator[Difference]:
        before, after = pair
        row = before or after
        if row is None:
            return
        block = "long_term_indicators" if row.horizon == "long_term" else "indicators"
        path = (self._label(Place.RECORD, block), *row.path, *([row.name] if row.name else []))
        if before is None or after is None:
            yield from _whole_row(path, before, after)
            return
        levels = indicator_levels(before, self.before.indicators), indicator_levels(after, self.after.indicators)
        yield from _moved((*path, "所在层次"), moved_level(*levels))
        if before.name != after.name:
            label = self._label(Place.INDICATOR, "name")
            yield Difference(
                (*path, label), Change.CHANGED, before.name, after.name, f"{before.anchor}.name"
            )  # fmt: skip
        yield from self._cells(path, before.anchor, before.cells, after.cells, Place.INDICATOR)
        yield from self._extra(path, before.anchor, before.extra, after.extra)

    def _tables(self) -> Iterator[Difference]:
        block = self._label(Place.RECORD, "tables")
        for number, (before, after) in enumerate(zip_longest(self.before.tables, self.after.tables), 1):
            table = before or after
            path = (block, (table.title if table else "") or str(number))
            if before is None or after is None:
                yield Difference(path, Change.ADDED if before is None else Change.REMOVED)
            else:
                yield from _table(path, number, before, after)


def _in_order(before: Mapping[str, Cell], after: Mapping[str, Cell], place: Place) -> Iterator[str]:
    """Yield the fields of either in the order of the vocabulary, which is that of forms."""
    return (term.identifier for term in TERMS[place] if term.identifier in before or term.identifier in after)


def _compared(path: tuple[str, ...], name: str, before: Cell | None, after: Cell | None) -> Iterator[Difference]:
    texts = printed(before), printed(after)
    if texts[0] != texts[1]:
        yield Difference(path, Change.CHANGED, *texts, name.removeprefix("."), before, after)


def _compared_prose(
    path: tuple[str, ...], name: str, before: Prose | None, after: Prose | None
) -> Iterator[Difference]:
    old, new = before.text if before else "", after.text if after else ""
    if is_printed_alike(old, new):
        return
    texts = printed(before), printed(after)
    # What Markdown marks otherwise is seen in its marks alone.
    said = texts if prose_key(old) != prose_key(new) else (old.strip(), new.strip())
    yield Difference(path, Change.CHANGED, *said, name, before, after)


def _moved(path: tuple[str, ...], places: tuple[str, str] | None) -> Iterator[Difference]:
    if places is not None:
        yield Difference(path, Change.CHANGED, *places)


def _whole_row(
    path: tuple[str, ...], before: FundingRow | Indicator | None, after: FundingRow | Indicator | None
) -> Iterator[Difference]:
    """Yield a row that only one of the records has."""
    row = before or after
    if row is None:
        return
    texts = [printed(cell) for cell in (*row.cells.values(), *row.extra.values())]
    if isinstance(row, FundingRow):
        texts += [printed(cell) for cell in row.printed_cells]
        texts.append(printed(Cell("", unreadable=row.unreadable)) if row.unreadable else "")
    words = "，".join(text for text in texts if text)
    is_blank = not words and not (isinstance(row, Indicator) and row.name)
    if after is None:
        yield Difference(path, Change.REMOVED, words, "", is_blank=is_blank)
    else:
        yield Difference(path, Change.ADDED, "", words, is_blank=is_blank)


def _table(path: tuple[str, ...], number: int, before: FreeTable, after: FreeTable) -> Iterator[Difference]:
    if before.title != after.title:
        yield Difference((*path, "标题"), Change.CHANGED, before.title, after.title)
    if before.columns != after.columns:
        yield Difference((*path, "表头"), Change.CHANGED, "、".join(before.columns), "、".join(after.columns))
    for line, (old, new) in enumerate(zip_longest(before.rows, after.rows), 1):
        here = (*path, f"第 {line} 行")
        if old is None or new is None:
            words = "，".join(text for text in map(printed, old or new or ()) if text)
            change = Change.ADDED if old is None else Change.REMOVED
            yield Difference(here, change, "" if old is None else words, words if old is None else "")
            continue
        yield from _table_row(here, f"table.{number}.{line}", old, new, before.columns)


def _table_row(
    path: tuple[str, ...], name: str, before: Sequence[Cell], after: Sequence[Cell], columns: Sequence[str]
) -> Iterator[Difference]:
    further = (*before[len(after) :], *after[len(before) :])
    if further and not any(map(printed, further)):
        yield Difference((*path, "栏数"), Change.CHANGED, str(len(before)), str(len(after)))
    for number, (old, new) in enumerate(zip_longest(before, after, fillvalue=BLANK), 1):
        column = columns[number - 1] if number <= len(columns) and columns[number - 1] else f"第 {number} 栏"
        yield from _compared((*path, column), f"{name}.{number}", old, new)
