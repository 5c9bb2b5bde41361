"""Join two changes of one list of lines."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Hunk(NamedTuple):
    """A stretch of the outcome: as ours has it and as theirs has it."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to choose between."""
        return self.ours == self.theirs


class _Change(NamedTuple):
    """Lines of the base from `start` to `end` that one side has otherwise."""

    start: int
    end: int
    lines: tuple[str, ...]
    is_ours: bool


def merged_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[Hunk, ...]:
    """Return the outcome stretch by stretch; only what both sides changed, and not alike, is left to choose."""
    changes = sorted((*_changes(base, ours, is_ours=True), *_changes(base, theirs, is_ours=False)))
    hunks = []
    done = 0
    for cluster in _clusters(changes):
        start, end = cluster[0].start, max(change.end for change in cluster)
        hunks += _same(base[done:start])
        one, other = (_applied(base, start, end, [c for c in cluster if c.is_ours is side]) for side in (True, False))
        if all(change.is_ours for change in cluster):
            hunks += _same(one)
        elif not any(change.is_ours for change in cluster):
            hunks += _same(other)
        else:
            hunks.append(Hunk(one, other))
        done = end
    return tuple(hunk for hunk in (*hunks, *_same(base[done:])) if hunk.ours or hunk.theirs)


def _same(lines: Sequence[str]) -> list[Hunk]:
    return [Hunk(tuple(lines), tuple(lines))]


def _changes(base: Sequence[str], side: Sequence[str], *, is_ours: bool) -> Iterator[_Change]:
    for what, start, end, first, last in SequenceMatcher(None, base, side, autojunk=False).get_opcodes():
        if what != "equal":
            yield _Change(start, end, tuple(side[first:last]), is_ours)


def _clusters(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Yield changes that touch the same lines together."""
    cluster: list[_Change] = []
    for change in changes:
        if cluster and not any(_meet(one, change) for one in cluster):
            yield cluster
            cluster = []
        cluster.append(change)
    if cluster:
        yield cluster


def _meet(one: _Change, other: _Change) -> bool:
    """Tell whether two changes are about the same lines; what is put in between two lines belongs to both."""
    if one.start < other.end and other.start < one.end:
        return True
    inserts = one.start == one.end or other.start == other.end
    return inserts and (other.start in (one.start, one.end) or other.end == one.start)


def _applied(base: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> tuple[str, ...]:
    lines: list[str] = []
    for change in changes:
        lines += [*base[start : change.start], *change.lines]
        start = change.end
    return (*lines, *base[start:end])
