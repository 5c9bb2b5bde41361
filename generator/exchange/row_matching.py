"""Which row of one record is which row of another: by their words, then by what else they have in common."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Generic, NamedTuple, TypeVar

from generator.model.records import FundingRow, Indicator
from generator.text import folded

Row = TypeVar("Row")

ALIKE = 0.7
"""How alike two names must be to be taken for one that was reworded."""


class Pair(NamedTuple, Generic[Row]):
    """One row of each record; None where one of them has no such row."""

    before: Row | None
    after: Row | None


def indicator_pairs(before: Sequence[Indicator], after: Sequence[Indicator]) -> tuple[Pair[Indicator], ...]:
    """Pair the indicator rows of two records, in the order of the first, with new rows where they stand."""
    matching = Matching(before, after)
    several = {words for rows in (before, after) for words, number in Counter(map(_words, rows)).items() if number > 1}
    # Numbers of rows of the same words shift where one of them goes: what they hold says better which is which.
    matching.alike(lambda row: words if (words := _words(row)) in several else None, _in_common)
    # An anchor is made of horizon, levels, name, and the number of the row among those of the same words.
    matching.by(lambda row: row.anchor or (row.horizon, row.path, row.name))
    matching.by(lambda row: (row.horizon, tuple(map(folded, row.path)), folded(row.name)))
    matching.by(lambda row: (row.horizon, folded(row.name)) if row.name else None)
    matching.reworded(lambda row: (row.horizon, row.path), lambda row: row.name)
    return matching.pairs()


def funding_pairs(before: Sequence[FundingRow], after: Sequence[FundingRow]) -> tuple[Pair[FundingRow], ...]:
    """Pair the funding rows of two records, in the order of the first, with new rows where they stand."""
    matching = Matching(before, after)
    chains = {id(row): _chain(row, rows) for rows in (before, after) for row in rows}
    matching.by(lambda row: (row.group, chains[id(row)], row.label))
    matching.by(lambda row: (folded(row.group), folded(row.label)))
    # The same label often stands in two groups, and then says too little.
    lone = _once(folded(row.label) for row in before) & _once(folded(row.label) for row in after)
    matching.by(lambda row: label if (label := folded(row.label)) in lone else None)
    return matching.pairs()


def _words(row: Indicator) -> Hashable:
    return row.horizon, row.path, row.name


def _in_common(one: Indicator, other: Indicator) -> tuple[float, bool]:
    """Return how much of two rows is the same, from 0 to 1, and whether they have one anchor."""
    old, new = (
        {
            (key, cell.text, cell.unreadable)
            for key, cell in (*row.cells.items(), *row.extra.items())
            if cell.text or cell.unreadable
        }
        for row in (one, other)
    )
    return len(old & new) / max(len(old), len(new), 1), one.anchor == other.anchor


def level_of(row: Indicator) -> str:
    """Return the innermost level a row stands under."""
    return row.path[-1] if row.path else ""


def _once(labels: Iterable[str]) -> set[str]:
    """Return the labels that stand once alone."""
    return {label for label, number in Counter(labels).items() if number == 1}


def _chain(row: FundingRow, rows: Sequence[FundingRow]) -> tuple[str, ...]:
    """Return the labels of the rows that a row is a part of."""
    labels: list[str] = []
    while row.parent is not None and len(labels) < len(rows):
        row = rows[row.parent]
        labels.append(row.label)
    return tuple(labels)


class Matching(Generic[Row]):
    """Rows paired so far, by their positions."""

    def __init__(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        self._before, self._after = before, after
        self._found: dict[int, int] = {}

    def by(self, key: Callable[[Row], Hashable]) -> None:
        """Pair the rows left over that have one key, the first with the first; rows without a key stay."""
        there: dict[Hashable, list[int]] = {}
        for position in self._left_after():
            there.setdefault(key(self._after[position]), []).append(position)
        for position in self._left_before():
            same = there.get(name) if (name := key(self._before[position])) is not None else None
            if same:
                self._found[position] = same.pop(0)

    def alike(self, key: Callable[[Row], Hashable], likeness: Callable[[Row, Row], tuple[float, bool]]) -> None:
        """Pair the rows left over that have one key and something in common, the most alike first."""
        found = [
            (*likeness(self._before[old], self._after[new]), old, new)
            for old in self._left_before()
            if (name := key(self._before[old])) is not None
            for new in self._left_after()
            if key(self._after[new]) == name
        ]
        for alike, _, old, new in sorted(found, key=lambda one: (-one[0], not one[1], one[2], one[3])):
            if alike and old not in self._found and new not in self._found.values():
                self._found[old] = new

    def reworded(self, place: Callable[[Row], Hashable], name: Callable[[Row], str]) -> None:
        """Pair rows left over at the same place whose names are much alike, the most alike first."""
        found = [
            (likeness(name(self._before[old]), name(self._after[new])), old, new)
            for old in self._left_before()
            for new in self._left_after()
            if place(self._before[old]) == place(self._after[new])
        ]
        for alike, old, new in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
            if alike >= ALIKE and old not in self._found and new not in self._found.values():
                self._found[old] = new

    def pairs(self) -> tuple[Pair[Row], ...]:
        """Return all rows of both."""
        added = self._left_after()
        pairs: list[Pair[Row]] = []
        for position, row in enumerate(self._before):
            new = self._found.get(position)
            if new is not None:
                pairs += self._added(added, until=new)
            pairs.append(Pair(row, self._after[new] if new is not None else None))
        return (*pairs, *self._added(added, until=len(self._after)))

    def _added(self, positions: list[int], until: int) -> Iterable[Pair[Row]]:
        """Take from the new rows those that stand before a place."""
        taken = [position for position in positions if position < until]
        positions[:] = positions[len(taken) :]
        return [Pair(None, self._after[position]) for position in taken]

    def _left_before(self) -> list[int]:
        return [position for position in range(len(self._before)) if position not in self._found]

    def _left_after(self) -> list[int]:
        used = set(self._found.values())
        return [position for position in range(len(self._after)) if position not in used]


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; a blank is like nothing."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0
