"""Percentages that rows report as their actual value."""

from generator.check.arithmetic import Figure, half_unit
from generator.check.subject import Row
from generator.model.values import Comparator, Quantity, Range


def percentage_of(row: Row) -> Figure | None:
    """Return the percentage a row reports, or None where it reports a bound, no percentage or nothing readable."""
    actual = row.actual
    if row.actual_cell.unreadable or not isinstance(actual, Quantity) or actual.magnitude:
        return None
    if actual.comparator not in (None, Comparator.EQ) or (actual.normalised_unit or _unit_of_target(row)) != "%":
        return None
    return Figure(actual.number, half_unit(actual.number))


def _unit_of_target(row: Row) -> str:
    """Return the unit that an actual value without one shares with its target."""
    target = row.target
    if isinstance(target, Quantity):
        return target.normalised_unit
    return target.unit if isinstance(target, Range) else ""
