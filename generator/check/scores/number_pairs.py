"""Target and actual value of a row as two numbers, where both are."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from generator.check.arithmetic import Figure, half_unit, quotient
from generator.check.scores.expectation import Method
from generator.model.achievement import compared
from generator.model.comparable import BY_SHARE, Measure, why_not_comparable
from generator.model.targets import Printed
from generator.model.values import MAGNITUDES, Comparator, CountedList, Frequency, Quantity, Value
from generator.money import EXACT


class Target(Struct, frozen=True):
    """A target as one number."""

    comparator: Comparator
    amount: Decimal
    unit: str
    text: str
    """The number as printed, with its magnitude."""
    scaled: bool
    """Whether a magnitude (万) is printed with it."""
    method: Method


class Actual(Struct, frozen=True):
    """An actual value as one number."""

    figure: Figure
    unit: str
    text: str
    scaled: bool


class Pair(NamedTuple):
    """What a row prints, as two numbers."""

    target: Target
    actual: Actual
    why_not_comparable: str
    """Empty where they can be compared."""


@lru_cache(maxsize=4_096)
def pair_of(printed: Printed) -> Pair | None:
    """Return target and actual value as numbers of one kind, or None where they are not."""
    target, actual, _ = compared(printed)
    numbers = _numbers(target, actual)
    if numbers is None:
        return None
    wanted, reached = numbers
    why = why_not_comparable(
        Measure(wanted.amount, wanted.unit, wanted.text, wanted.scaled),
        Measure(reached.figure.number, reached.unit, reached.text, reached.scaled),
    )
    return Pair(wanted, reached, why)


def _numbers(target: Value, actual: Value) -> tuple[Target, Actual] | None:
    if isinstance(target, Frequency):
        if not isinstance(actual, Frequency) or (target.cycle, target.every) != (actual.cycle, actual.every):
            return None
        wanted = Target(
            target.comparator or Comparator.EQ, target.number, target.unit, f"{target.number:f}", False, Method.COUNT
        )
        return wanted, Actual(Figure(actual.number), actual.unit, f"{actual.number:f}", False)
    if isinstance(actual, CountedList):
        reached = Actual(Figure(actual.number), actual.unit, f"{actual.number:f}", False)
    elif isinstance(actual, Quantity):
        reached = actual_of(actual)
    else:
        return None
    if isinstance(target, CountedList):
        wanted = Target(
            target.comparator or Comparator.EQ, target.number, target.unit, f"{target.number:f}", False, Method.COUNT
        )
        return wanted, reached
    if not isinstance(target, Quantity):
        return None
    comparator = target.comparator or Comparator.EQ
    wanted = Target(
        comparator, target.amount, target.normalised_unit, _shown(target), bool(target.magnitude), _METHODS[comparator]
    )
    return wanted, reached


_METHODS = {
    Comparator.GE: Method.AT_LEAST,
    Comparator.GT: Method.AT_LEAST,
    Comparator.LE: Method.AT_MOST,
    Comparator.LT: Method.AT_MOST,
    Comparator.EQ: Method.EQUAL,
}


def _shown(value: Quantity) -> str:
    return f"{value.number_text}{value.magnitude}"


_HUNDRED = Decimal(100)


def excess_of(printed: Printed) -> Decimal | None:
    """Return by how many percent what a row prints exceeds its target; None where it does not."""
    wanted, reached, _ = compared(printed)
    # Most rows are not above their target: do not look any closer at them.
    if isinstance(wanted, Quantity) and isinstance(reached, Quantity) and reached.amount <= wanted.amount:
        return None
    pair = pair_of(printed)
    if pair is None:
        return None
    target, actual = pair.target, pair.actual
    bad = target.comparator in (Comparator.LE, Comparator.LT) or pair.why_not_comparable
    if bad or target.amount <= 0 or actual.figure.number <= target.amount:
        return None
    if isinstance(reached, Quantity) and reached.comparator in (Comparator.LE, Comparator.LT):
        return None
    return quotient(EXACT.subtract(actual.figure.number, target.amount), target.amount, _HUNDRED)


def is_bound(value: Quantity) -> bool:
    """Tell whether an actual value is printed as a bound, such as >85%."""
    return value.comparator not in (None, Comparator.EQ)


def actual_of(value: Quantity) -> Actual:
    """Return an actual value with its unit as one number."""
    return Actual(_figure(value), value.normalised_unit, _shown(value), bool(value.magnitude))


def _figure(value: Quantity) -> Figure:
    """Return an actual value with what its printing leaves open: counts are exact, shares and sums may be rounded."""
    whole = value.number == value.number.to_integral_value() and not value.magnitude
    if whole and value.normalised_unit not in BY_SHARE:
        return Figure(value.amount)
    factor = MAGNITUDES[value.magnitude] if value.magnitude else Decimal(1)
    return Figure(value.amount, EXACT.multiply(half_unit(value.number), factor))
