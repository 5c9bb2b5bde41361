"""Indicators that several projects of a unit share."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct

from generator.check.across.kinship import project_name
from generator.check.levels import Level1, Level2
from generator.check.subject import Row, Subject
from generator.model.values import Blank

_MOST = 10
"""Projects that are looked at for one indicator: what more of them share is no longer news."""


class Shared(Struct, frozen=True):
    """The indicators that one project shares with the project it shares most with."""

    subject: Subject
    other: Subject | None
    """None where it shares none."""
    rows: tuple[Row, ...]
    """Of the subject: name and target are the same in the other."""
    places: tuple[Row, ...]
    """The same rows of the other."""
    comparable: int
    """How many indicators of the subject can be compared at all."""
    is_whole_table: bool
    """Whether the two tables have no other indicators."""


class _Overlap(NamedTuple):
    """`Shared` without the subjects: what is kept must not keep them."""

    other: int | None
    """Position in the group."""
    rows: tuple[Row, ...]
    places: tuple[Row, ...]
    comparable: int
    is_whole_table: bool


_KNOWN: WeakKeyDictionary[Subject, tuple[tuple[str, ...], tuple[_Overlap, ...]]] = WeakKeyDictionary()


def shared_indicators(group: Sequence[Subject]) -> Iterator[Shared]:
    """Yield, for each project, the other project that shares most indicators with it.

    Satisfaction is left out, for it is asked in much the same words everywhere.
    The result is kept, for several rules ask for it.
    """
    members = tuple(subject.id for subject in group)
    known = _KNOWN.get(group[0])
    if known is None or known[0] != members:
        known = (members, tuple(_overlaps(group)))
        _KNOWN[group[0]] = known
    for subject, overlap in zip(group, known[1], strict=True):
        yield Shared(subject, None if overlap.other is None else group[overlap.other], *overlap[1:])


def _overlaps(group: Sequence[Subject]) -> Iterator[_Overlap]:
    tables = {subject.id: _by_key(subject) for subject in group}
    positions = {subject.id: position for position, subject in enumerate(group)}
    projects = {subject.id: (subject.record.project_key, project_name(subject)) for subject in group}
    holders: dict[tuple[str, str], list[Subject]] = {}
    for subject in group:
        for key in tables[subject.id]:
            found = holders.setdefault(key, [])
            if len(found) < _MOST:
                found.append(subject)
    for subject in group:
        table = tables[subject.id]
        candidates = {other.id: other for key in table for other in holders[key] if other is not subject}
        others = {
            identifier: other
            for identifier, other in candidates.items()
            if _are_two(projects[subject.id], projects[identifier])
        }
        common = Counter(other.id for key in table for other in holders[key] if other.id in others)
        best = min(common, key=lambda identifier: (-common[identifier], identifier), default=None)
        if best is None:
            yield _Overlap(None, (), (), len(table), is_whole_table=False)
            continue
        theirs = tables[best]
        keys = [key for key in table if key in theirs]
        rows, places = tuple(table[key] for key in keys), tuple(theirs[key] for key in keys)
        whole = len(rows) == len(table) == len(theirs)
        yield _Overlap(positions[best], rows, places, len(table), whole)


def _are_two(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether two projects differ both in what joins their years and in name."""
    return one[0] != other[0] and bool(one[1] and other[1]) and one[1] != other[1]


def _by_key(subject: Subject) -> dict[tuple[str, str], Row]:
    rows: dict[tuple[str, str], Row] = {}
    for row in subject.scored:
        generic = row.level1 is Level1.SATISFACTION or row.level2 is Level2.SATISFACTION or "满意" in row.name
        if row.name and not generic and not row.target_cell.unreadable and not isinstance(row.target, Blank):
            rows.setdefault((row.words.key, row.values.folded_target), row)
    return rows
