"""Whether one target is weaker than another."""

from enum import StrEnum

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


def compare_targets(before: Value, after: Value, *, more_is_better: bool = False) -> Change:
    """Compare an earlier target with a later one.

    Less is weaker for a floor, more for a ceiling; an exact target is lowered only where more is plainly better.
    """
    if isinstance(before, Blank) or isinstance(after, Blank):
        return Change.UNDECIDED
    if folded(before.text) == folded(after.text):
        return Change.KEPT
    match before, after:
        case Quantity(), Quantity():
            return _compare_quantities(before, after, more_is_better=more_is_better)
        case Range(), Range():
            same = before.unit == after.unit and before.amounts == after.amounts
            return Change.KEPT if same else Change.CHANGED
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
    earlier, later = before.amount, after.amount
    one, other = before.comparator, after.comparator
    same_side = _side(one) == _side(other)
    units = {before.normalised_unit, after.normalised_unit}
    if len(units) > 1 and "" not in units:
        return Change.CHANGED
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


def _compare_frequencies(before: Frequency, after: Frequency) -> Change:
    if (before.unit, before.cycle, before.every) != (after.unit, after.cycle, after.every):
        return Change.CHANGED
    if before.comparator in _CEILINGS or after.comparator in _CEILINGS:
        return Change.KEPT if before.number == after.number else Change.CHANGED
    if before.number == after.number:
        return Change.KEPT
    return Change.LOWERED if after.number < before.number else Change.RAISED


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
