"""What was promised beside what is reported: indicators of two records of one project, row by row."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct

from generator.check.across.kinship import is_legible
from generator.check.across.likeness import difference
from generator.check.across.rewording import OPPOSED, says_the_same
from generator.check.across.targets import Change, compare_targets
from generator.check.across.wishes import floor_is_promised, more_is_better
from generator.check.rows.indicator_names import name_key
from generator.check.subject import Row, Subject
from generator.model.values import Blank, Quantity, parse_value
from generator.patterns import lazy_pattern


class Promise(Struct, frozen=True):
    """One indicator of a target declaration with the row of the self-evaluation that answers it."""

    change: Change
    declared: Row | None
    """None where the indicator was added, or where a row of the self-evaluation cannot be matched."""
    reported: Row | None
    """None where the indicator was dropped, or where a row of the declaration cannot be matched."""
    reworded: bool = False
    """Whether the two names differ by more than notation."""

    @property
    def is_reweighted(self) -> bool:
        """Tell whether both rows print points, and not the same."""
        if self.declared is None or self.reported is None:
            return False
        before, after = self.declared.points, self.reported.points
        return before is not None and after is not None and before != after


class Recurrence(NamedTuple):
    """One indicator of a project in two records."""

    earlier: Row
    later: Row


class _Matching(Struct, frozen=True):
    """Rows of two records that answer each other, and those that do not."""

    pairs: list[tuple[Row, Row]]
    earlier: list[Row]
    """Rows without an answer."""
    later: list[Row]
    unclear: list[tuple[Row | None, Row | None]]
    """Rows that could answer several."""


_KNOWN: WeakKeyDictionary[Subject, tuple[Subject, tuple[Promise, ...]]] = WeakKeyDictionary()


def compare_promises(declaration: Subject, evaluation: Subject) -> tuple[Promise, ...]:
    """Match the indicators of a declaration with those of the self-evaluation; in the order of the declaration.

    Rows are matched by name and level, then by name alone, and last, where only one row is left to answer and its
    target is of the same kind, by a name that is nearly the same or an ordinary rewording. The result is kept, for several rules ask for it.
    """
    known = _KNOWN.get(evaluation)
    if known is None or known[0] is not declaration:
        known = (declaration, tuple(_compared(declaration, evaluation)))
        _KNOWN[evaluation] = known
    return known[1]


def rows_compared(subject: Subject) -> list[Row]:
    """Return the rows that are compared with those of another record: named, of the year, and no part of another."""
    return [row for row in subject.scored if row.name and row.indicator.horizon == "annual"]


def match_years(earlier: Subject, later: Subject) -> tuple[Recurrence, ...]:
    """Return the indicators that two records of one project share, by name and level, else by name; none reworded."""
    return tuple(Recurrence(*pair) for pair in _match(rows_compared(earlier), rows_compared(later)).pairs)


def follow_rows(subjects: Sequence[Subject]) -> tuple[tuple[Row | None, ...], ...]:
    """Return the rows that recur in records of one project, each with its row of every record or None.

    Each record is matched with the one before as `match_years` does; what is left of it, with rows that were missing
    there but stood in an earlier one. The rows come in the order in which they first appear.
    """
    lanes: list[list[Row | None]] = []
    for number, subject in enumerate(subjects):
        rows = rows_compared(subject)
        recent = [lane for lane in lanes if lane[-1] is not None]
        dormant = [lane for lane in lanes if lane[-1] is None]
        rest, unclear = _extended(recent, rows)
        if dormant and rest:
            rest, others = _extended(dormant, rest)
            unclear += others
        for lane in lanes:
            lane.extend([None] * (number + 1 - len(lane)))
        lanes += [[*[None] * number, row] for row in sorted((*rest, *unclear), key=attrgetter("position"))]
    return tuple(tuple(lane) for lane in lanes if sum(row is not None for row in lane) > 1)


def _extended(lanes: Sequence[list[Row | None]], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Append to each lane the row that continues it; return the rows that continue none, and those of several."""
    last = {id(row): (row, lane) for lane in lanes if (row := next(filter(None, reversed(lane)), None)) is not None}
    matching = _match([row for row, _ in last.values()], rows)
    for before, after in matching.pairs:
        last[id(before)][1].append(after)
    return matching.later, [row for _, row in matching.unclear if row is not None]


def _compared(declaration: Subject, evaluation: Subject) -> Iterable[Promise]:
    matching = _match(rows_compared(declaration), rows_compared(evaluation))
    reworded = _reworded(matching, declaration.pack.thresholds.similar_text)
    paired = [(before, after, False) for before, after in matching.pairs] + [(*pair, True) for pair in reworded]
    taken = {id(row) for pair in reworded for row in pair}
    promises = [_promise(before, after, reworded=is_reworded) for before, after, is_reworded in paired]
    # Where a name cannot be read, it may be the one that is missed on the other side.
    lost = Change.DROPPED if all(is_legible(row.name) for row in matching.later) else Change.UNDECIDED
    new = Change.ADDED if all(is_legible(row.name) for row in matching.earlier) else Change.UNDECIDED
    promises += [
        Promise(lost if is_legible(row.name) else Change.UNDECIDED, row, None)
        for row in matching.earlier
        if id(row) not in taken
    ]
    promises += [
        Promise(new if is_legible(row.name) else Change.UNDECIDED, None, row)
        for row in matching.later
        if id(row) not in taken
    ]
    promises += [Promise(Change.UNDECIDED, before, after) for before, after in matching.unclear]
    return sorted(promises, key=_reading_order)


def _reading_order(promise: Promise) -> tuple[bool, int]:
    row = promise.declared or promise.reported
    return promise.declared is None, row.position if row else 0


def _promise(before: Row, after: Row, *, reworded: bool) -> Promise:
    change = _target_change(before, after)
    return Promise(Change.REWORDED if reworded and change is Change.KEPT else change, before, after, reworded)


def _target_change(before: Row, after: Row) -> Change:
    if before.target_cell.unreadable or after.target_cell.unreadable:
        return Change.UNDECIDED
    # One text is read once, so that the same target is the same value.
    if before.target is after.target and not isinstance(before.target, Blank):
        return Change.KEPT
    better, floor = more_is_better(before), floor_is_promised(before)
    cells = after.indicator.cells
    # A form that prints the target before and after its adjustment shows openly what was changed.
    if "initial_target" in cells and "adjusted_target" in cells:
        first = compare_targets(
            before.target, parse_value(cells["initial_target"].text), more_is_better=better, floor_is_promised=floor
        )
        if first is Change.KEPT:
            return first
    return compare_targets(before.target, after.target, more_is_better=better, floor_is_promised=floor)


def _place_key(row: Row) -> tuple[str, ...]:
    # Words of levels vary (效果 for 效益), so what they stand for comes before how they are printed.
    level1, level2, name = row.level1, row.level2, row.words.key
    if level1 or level2:
        return (level1._value_ if level1 else "", level2._value_ if level2 else "", name)
    return (*map(name_key, row.indicator.path), name)


def _name_only(row: Row) -> tuple[str, ...]:
    return (row.words.key,)


def _match(earlier: Sequence[Row], later: Sequence[Row]) -> _Matching:
    matching = _matched_by(_place_key, _Matching([], list(earlier), list(later), []))
    return _matched_by(_name_only, matching) if matching.earlier and matching.later else matching


def _matched_by(key: Callable[[Row], tuple[str, ...]], so_far: _Matching) -> _Matching:
    before, after = _by_key(key, so_far.earlier), _by_key(key, so_far.later)
    pairs, unclear = list(so_far.pairs), list(so_far.unclear)
    taken: set[int] = set()
    for name, ours in before.items():
        theirs = after.get(name)
        if theirs is None:
            continue
        if len(ours) == len(theirs) == 1 and key is _place_key:
            pairs.append((ours[0], theirs[0]))
            taken |= {id(ours[0]), id(theirs[0])}
            continue
        found, left, right = _paired(ours, theirs, place_matters=key is _name_only)
        pairs += found
        unclear += [(row, None) for row in left] + [(None, row) for row in right]
        taken.update(id(row) for row in (*ours, *theirs))
    return _Matching(
        pairs,
        [row for row in so_far.earlier if id(row) not in taken],
        [row for row in so_far.later if id(row) not in taken],
        unclear,
    )


def _by_key(key: Callable[[Row], tuple[str, ...]], rows: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    keys = [key(row) for row in rows]
    found = {one: [row] for one, row in zip(keys, rows, strict=True)}
    if len(found) < len(keys):
        found = {}
        for one, row in zip(keys, rows, strict=True):
            found.setdefault(one, []).append(row)
    return found


def _paired(
    ours: Sequence[Row], theirs: Sequence[Row], *, place_matters: bool
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair rows of one name: those with the same target first, then the last one on each side."""
    pairs: list[tuple[Row, Row]] = []
    left, right = list(ours), list(theirs)
    if len(left) > 1 or len(right) > 1:
        for row in ours:
            same = next((other for other in right if other.target_cell.text == row.target_cell.text), None)
            if same is not None:
                pairs.append((row, same))
                left.remove(row)
                right.remove(same)
    # A count and a deadline of one name at different levels are two indicators, not one that changed.
    if len(left) == 1 and len(right) == 1 and not (place_matters and type(left[0].target) is not type(right[0].target)):
        pairs.append((left.pop(), right.pop()))
    return pairs, left, right


_NUMERALS = lazy_pattern(r"[0-9一二三四五六七八九十两百千万]+")

_MOST_COMPARED = 2_500
"""Pairs of names beyond which two tables have so little in common that none of them is a reworded one."""


def _reworded(matching: _Matching, lowest: Decimal) -> list[tuple[Row, Row]]:
    """Return leftover rows whose names are nearly the same or say the same, where neither could answer another."""
    if len(matching.earlier) * len(matching.later) > _MOST_COMPARED:
        return []
    possible = [
        (before, after) for before in matching.earlier for after in matching.later if _may_be_one(before, after)
    ]
    alike = [pair for pair in possible if _are_alike(*pair, lowest)]
    taken = {id(row) for pair in alike for row in pair}
    reworded = [pair for pair in possible if not taken & {id(row) for row in pair} and _say_the_same(*pair)]
    return [*_only_ones(alike), *_only_ones(reworded)]


def _only_ones(pairs: Sequence[tuple[Row, Row]]) -> list[tuple[Row, Row]]:
    used = Counter(id(row) for pair in pairs for row in pair)
    return [pair for pair in pairs if all(used[id(row)] == 1 for row in pair)]


def _may_be_one(before: Row, after: Row) -> bool:
    """Tell whether two rows stand at the same level and have targets of one kind and unit."""
    if before.level2 is not after.level2 or type(before.target) is not type(after.target):
        return False
    one, other = before.target, after.target
    return not (isinstance(one, Quantity) and isinstance(other, Quantity)) or (
        one.normalised_unit == other.normalised_unit
    )


def _say_the_same(before: Row, after: Row) -> bool:
    one, other = before.target, after.target
    if not isinstance(one, Quantity) and getattr(one, "unit", "") != getattr(other, "unit", ""):
        return False
    # Without a level that is known, the printed ones must be the same.
    if before.level2 is None and before.indicator.path != after.indicator.path:
        return False
    first, second = before.words.key, after.words.key
    return is_legible(first) and is_legible(second) and says_the_same(first, second)


def _are_alike(before: Row, after: Row, lowest: Decimal) -> bool:
    first, second = before.words.key, after.words.key
    if not (is_legible(first) and is_legible(second)) or _NUMERALS.findall(first) != _NUMERALS.findall(second):
        return False
    found = difference(first, second, lowest)
    if found.percent < lowest:
        return False
    return not any(OPPOSED.search(change) for change in found.changes)
