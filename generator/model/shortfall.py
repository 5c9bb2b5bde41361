"""By how much an actual value missed its target, where both are plain numbers."""

from decimal import Decimal

from msgspec import Struct

from generator.model.achievement import Outcome, compared
from generator.model.amounts import percentage
from generator.model.records import Indicator
from generator.model.targets import printed_of, target_cell
from generator.model.values import Comparator, Quantity, Range
from generator.money import EXACT


class Shortfall(Struct, frozen=True, array_like=True, gc=False):
    """The way from an actual value to the nearest bound of the target it missed."""

    number: Decimal
    """Exact and never negative; 0 where a bound had to be passed and was only reached."""
    unit: str
    """Of the target, in its usual spelling; empty where none is printed."""
    is_below: bool
    """Whether the actual value is below the target, not above it."""
    bound: Decimal
    """The bound it missed."""

    @property
    def share(self) -> Decimal | None:
        """How far in percent of the bound, unrounded; None where the bound is not positive."""
        return percentage(self.number, self.bound)


class Miss(Struct, frozen=True, array_like=True, gc=False):
    """A target that was missed."""

    target: str
    """The target that counts, with the operator and the unit of their own columns, as printed."""
    shortfall: Shortfall | None
    """By how much; None where words or bounds leave that open."""


def miss_of(indicator: Indicator) -> Miss:
    """Return what a row missed, of which it is known that it did."""
    printed = printed_of(indicator, target_cell(indicator))
    parts = (printed.nature, printed.target, printed.unit)
    return Miss("".join(part.strip() for part in parts if part), shortfall_of(indicator))


def shortfall_of(indicator: Indicator) -> Shortfall | None:
    """Return by how much a row missed its target; None where it did not, or words or bounds leave that open."""
    target, actual, outcome = compared(printed_of(indicator, target_cell(indicator)))
    if outcome is not Outcome.MISSED or not isinstance(actual, Quantity) or not _is_exact(actual):
        return None
    if isinstance(target, Range):
        lower, upper = target.amounts
        unit = target.unit
    elif isinstance(target, Quantity):
        lower = upper = target.amount
        unit = target.normalised_unit
    else:
        return None
    if actual.amount <= lower and _bounds_below(target):
        return Shortfall(EXACT.subtract(lower, actual.amount), unit, is_below=True, bound=lower)
    return Shortfall(EXACT.subtract(actual.amount, upper), unit, is_below=False, bound=upper)


def _is_exact(value: Quantity) -> bool:
    return value.comparator in (None, Comparator.EQ)


def _bounds_below(target: Quantity | Range) -> bool:
    return isinstance(target, Range) or target.comparator not in (Comparator.LE, Comparator.LT)
