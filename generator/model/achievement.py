"""Whether an actual value reaches its target, decided only where both say so plainly."""

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from generator.model.comparable import measure_of, why_not_comparable
from generator.model.records import BLANK, Indicator
from generator.model.targets import Printed, actual_of, printed_of, target_cell, target_of
from generator.model.values import Achievement, Blank, Comparator, Degree, Quantity, Range, Value
from generator.money import EXACT


class Outcome(StrEnum):
    """What comparing a target and an actual value gives."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"
    """Words, dates, units that differ or are left open, bounds that overlap: no verdict."""


class _Interval(Struct, frozen=True):
    """All numbers a quantity allows; None is without end."""

    lower: Decimal | None
    lower_open: bool
    upper: Decimal | None
    upper_open: bool


def judge(target: Value, actual: Value) -> Outcome:
    """Compare an actual value with its target.

    An actual value that is itself a bound (>85%) decides only where the whole of it lies inside or outside the target.
    More than an exact target (=28人) is left undecided: whether that is good depends on what is counted.
    """
    if isinstance(target, Blank):
        return Outcome.UNDECIDED
    if isinstance(actual, Achievement):
        return Outcome.MET if actual.degree is Degree.MET else Outcome.MISSED
    if not isinstance(actual, Quantity) or not isinstance(target, Quantity | Range):
        return Outcome.UNDECIDED
    if why_not_comparable(measure_of(target), measure_of(actual)):
        return Outcome.UNDECIDED
    wanted, reached = _interval(target), _interval(actual)
    if _within(reached, wanted):
        return Outcome.MET
    if not _apart(reached, wanted):
        return Outcome.UNDECIDED
    exact = isinstance(target, Quantity) and target.comparator in (None, Comparator.EQ)
    return Outcome.UNDECIDED if exact and _above(reached, wanted) else Outcome.MISSED


class Comparison(NamedTuple):
    """The two values of a row, and what comparing them gives."""

    target: Value
    actual: Value
    outcome: Outcome


# Forms repeat their words: the same target is met by the same value in row after row.
@lru_cache(maxsize=16_384)
def compared(printed: Printed) -> Comparison:
    """Parse the printed target and actual value of one row, and compare them."""
    target, actual = target_of(printed), actual_of(printed)
    return Comparison(target, actual, judge(target, actual))


def outcome_of(indicator: Indicator) -> Outcome:
    """Compare the printed target and actual value of one row."""
    return compared(printed_of(indicator, target_cell(indicator))).outcome


def lost_points(indicator: Indicator) -> Decimal | None:
    """Return points minus score, or None where either is not a number."""
    cells = indicator.cells
    points, score = cells.get("points", BLANK).number, cells.get("score", BLANK).number
    return None if points is None or score is None else EXACT.subtract(points, score)


def _interval(value: Quantity | Range) -> _Interval:
    if isinstance(value, Range):
        lower, upper = value.amounts
        return _Interval(lower, value.lower_included is False, upper, value.upper_included is False)
    amount = value.amount
    match value.comparator:
        case Comparator.GE:
            return _Interval(amount, False, None, True)
        case Comparator.GT:
            return _Interval(amount, True, None, True)
        case Comparator.LE:
            return _Interval(None, True, amount, False)
        case Comparator.LT:
            return _Interval(None, True, amount, True)
        case _:
            return _Interval(amount, False, amount, False)


def _within(inner: _Interval, outer: _Interval) -> bool:
    above = outer.lower is None or (
        inner.lower is not None
        and (inner.lower > outer.lower or (inner.lower == outer.lower and (inner.lower_open or not outer.lower_open)))
    )
    below = outer.upper is None or (
        inner.upper is not None
        and (inner.upper < outer.upper or (inner.upper == outer.upper and (inner.upper_open or not outer.upper_open)))
    )
    return above and below


def _apart(one: _Interval, other: _Interval) -> bool:
    return _above(one, other) or _above(other, one)


def _above(one: _Interval, other: _Interval) -> bool:
    """Tell whether all of one lies above all of the other."""
    if one.lower is None or other.upper is None:
        return False
    return one.lower > other.upper or (one.lower == other.upper and (one.lower_open or other.upper_open))
