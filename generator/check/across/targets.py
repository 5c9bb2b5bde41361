"""Whether one target is weaker than another."""

from enum import StrEnum
from fractions import Fraction

from generator.check.across.sizes import rounds_a_year, size_of, times_a_year
from generator.model.values import (
    Blank,
    Comparator,
    CountedList,
    Deadline,
    Frequency,
    Quantity,
    Range,
    Value,
    Words,
    canonical,
)
from generator.text import folded


class Change(StrEnum):
    """What became of an indicator between two records."""

    KEPT = "kept"
    LOWERED = "lowered"
    """The later target is weaker."""
    RAISED = "raised"
    CHANGED = "changed"
    """Both are printed and differ, but neither is plainly weaker."""
    REWORDED = "reworded"
    """The target was kept under a name that is nearly the same."""
    DROPPED = "dropped"
    ADDED = "added"
    UNDECIDED = "undecided"
    """Something needed is blank or unreadable, or several rows could be meant."""


_FLOORS = frozenset({Comparator.GE, Comparator.GT})
_CEILINGS = frozenset({Comparator.LE, Comparator.LT})


def compare_targets(
    before: Value, after: Value, *, more_is_better: bool = False, floor_is_promised: bool = False
) -> Change:
    """Compare an earlier target with a later one.

    Less is weaker for a floor, more for a ceiling; an exact target is lowered only where more is plainly better, a
    range only where its floor is what is promised. Units of one kind are converted where that is exact.
    """
    if isinstance(before, Blank) or isinstance(after, Blank):
        return Change.UNDECIDED
    if folded(before.text) == folded(after.text):
        return Change.KEPT
    match before, after:
        case Quantity(), Quantity():
            return _compare_quantities(before, after, more_is_better=more_is_better)
        case Range(), Range():
            return _compare_ranges(before, after, floor_is_promised=floor_is_promised)
        case Words(), Words():
            return Change.KEPT if set(before.words) == set(after.words) else Change.CHANGED
        case Frequency(), Frequency():
            return _compare_frequencies(before, after)
        case CountedList(), CountedList():
            if before.unit == after.unit and after.number < before.number and before.comparator not in _CEILINGS:
                return Change.LOWERED
            return Change.KEPT if canonical(before) == canonical(after) else Change.CHANGED
        case Deadline(), Deadline():
            return _compare_deadlines(before, after)
        case _:
            return Change.KEPT if canonical(before) == canonical(after) else Change.CHANGED


def _compare_quantities(before: Quantity, after: Quantity, *, more_is_better: bool) -> Change:
    first, second = (size_of(value.amount, value.normalised_unit) for value in (before, after))
    units = {first.kind, second.kind}
    earlier, later = first.number, second.number
    one, other = before.comparator, after.comparator
    same_side = _side(one) == _side(other)
    if len(units) > 1 and "" not in units:
        return Change.CHANGED
    if len(units) > 1:
        # Beside a number without a unit nothing is converted.
        earlier, later = Fraction(before.amount), Fraction(after.amount)
    # ≥100% and =100% promise the same number.
    if earlier == later:
        return Change.CHANGED if {_side(one), _side(other)} == {"floor", "ceiling"} else Change.KEPT
    if len(units) > 1:
        return Change.CHANGED
    if same_side and one in _FLOORS:
        return Change.LOWERED if later < earlier else Change.RAISED
    if same_side and one in _CEILINGS:
        return Change.LOWERED if later > earlier else Change.RAISED
    if more_is_better and one not in _CEILINGS and other not in _CEILINGS:
        return Change.LOWERED if later < earlier else Change.RAISED
    return Change.CHANGED


def _side(comparator: Comparator | None) -> str:
    if comparator in _FLOORS:
        return "floor"
    return "ceiling" if comparator in _CEILINGS else "exact"


def _compare_ranges(before: Range, after: Range, *, floor_is_promised: bool) -> Change:
    (low, high), (later_low, later_high) = (
        [size_of(amount, value.unit) for amount in value.amounts] for value in (before, after)
    )
    if (low, high) == (later_low, later_high):
        return Change.KEPT
    # Where the ceiling moved too, the promise is another one.
    if not floor_is_promised or high != later_high:
        return Change.CHANGED
    return Change.LOWERED if later_low.number < low.number else Change.RAISED


def _compare_frequencies(before: Frequency, after: Frequency) -> Change:
    sides = {_side(before.comparator), _side(after.comparator)}
    if before.unit != after.unit or sides == {"floor", "ceiling"}:
        return Change.CHANGED
    same_rounds = (before.cycle, before.every) == (after.cycle, after.every)
    if same_rounds and before.number == after.number:
        return Change.KEPT
    if "ceiling" in sides and len(sides) > 1:
        return Change.CHANGED
    earlier, later = times_a_year(before), times_a_year(after)
    is_less, is_more = later.most < earlier.fewest, later.fewest > earlier.most
    if same_rounds:
        is_less, is_more = after.number < before.number, after.number > before.number
    if is_less or is_more:
        return Change.LOWERED if is_less is not (sides == {"ceiling"}) else Change.RAISED
    # "每月1次" also says when: 12 times a year are the same only where it is an average.
    finer = max(before, after, key=rounds_a_year)
    is_exact = earlier == later and earlier.fewest == earlier.most
    return Change.KEPT if is_exact and finer.average else Change.CHANGED


def _compare_deadlines(before: Deadline, after: Deadline) -> Change:
    """Compare two dates of one precision; a later one is weaker."""
    if canonical(before) == canonical(after):
        return Change.KEPT
    precise = (before.half, before.quarter, before.part, before.limit) == (
        after.half,
        after.quarter,
        after.part,
        after.limit,
    )
    earlier, later = before.moment, after.moment
    if not precise or [part is None for part in earlier] != [part is None for part in later]:
        return Change.CHANGED
    one, other = [part or 0 for part in earlier], [part or 0 for part in later]
    if one == other:
        return Change.KEPT
    return Change.LOWERED if other > one else Change.RAISED
