"""Figures as intervals: what a printed number may truly be, and whether two of them can be the same.

A number printed with two places stands for everything that rounds to it, half up: from 0.005 below, inclusive,
to 0.005 above, exclusive. Two figures that differ contradict each other only where no true values could agree;
this is how Calculations 1.1 of XBRL decides, and it needs no tolerance. Source: XBRL International, Calculations 1.1.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from generator.model.records import Cell
from generator.money import EXACT, MONEY_UNITS, decimal_of, exact_sum

_HALF = Decimal("0.5")
_FEN = Decimal("0.01")
_REMEMBERED = 16_384


class Relation(StrEnum):
    """How a printed figure and ours compare."""

    EQUAL = "equal"
    ROUNDING = "rounding"
    """Not equal, but true values exist that agree and are printed so."""
    CONTRADICTION = "contradiction"


class Figure(Struct, frozen=True):
    """A number as printed and how far the true one may be from it."""

    number: Decimal
    radius: Decimal = Decimal(0)
    """Half a unit of the last printed place; zero where the number is exact."""
    label: str = ""
    """What to call it in a formula."""

    @property
    def low(self) -> Decimal:
        """Smallest true value."""
        return EXACT.subtract(self.number, self.radius)

    @property
    def high(self) -> Decimal:
        """Where the true values end; the end itself is excluded unless the number is exact."""
        return EXACT.add(self.number, self.radius)


def places_of(number: Decimal) -> int:
    """Return how many decimal places a number is printed with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_unit(number: Decimal) -> Decimal:
    """Return half a unit of the last printed place."""
    return _HALF.scaleb(-places_of(number))


def money(cell: Cell, unit: str) -> Figure | None:
    """Return a printed amount in its own unit, or None where no number is printed.

    An amount printed to the fen or finer is exact: there is no smaller money.
    """
    return _money(cell.text, unit)


def exact(cell: Cell) -> Figure | None:
    """Return a figure that somebody fixed, such as points: it is what it says, to any number of places."""
    return _exact(cell.text)


def measured(cell: Cell) -> Figure | None:
    """Return a figure that was computed and then printed, such as a rate."""
    return _measured(cell.text)


def awarded(score: Cell, points: Cell | None) -> Figure | None:
    """Return a score; full points, none and round numbers were given as they are, others may be rounded.

    8.00 of 10 was decided; 9.97 of 10 was computed from a rate, so its true value may be 9.9683.
    """
    return _awarded(score.text, points.text if points is not None else "")


# Rule after rule reads the same cells, and a corpus prints the same few thousand figures over and over.
@lru_cache(maxsize=_REMEMBERED)
def _money(text: str, unit: str) -> Figure | None:
    number = decimal_of(text)
    if number is None:
        return None
    worth = MONEY_UNITS.get(unit, Decimal(1))
    smallest = worth.scaleb(-places_of(number))
    return Figure(number, Decimal(0) if smallest <= _FEN else half_unit(number))


@lru_cache(maxsize=_REMEMBERED)
def _exact(text: str) -> Figure | None:
    number = decimal_of(text)
    return None if number is None else Figure(number)


@lru_cache(maxsize=_REMEMBERED)
def _measured(text: str) -> Figure | None:
    number = decimal_of(text)
    return None if number is None else Figure(number, half_unit(number))


@lru_cache(maxsize=_REMEMBERED)
def _awarded(score: str, points: str) -> Figure | None:
    number = decimal_of(score)
    if number is None:
        return None
    is_round = not number.as_tuple().digits[-1] or not places_of(number)
    return Figure(number, Decimal(0) if is_round or decimal_of(points) == number else half_unit(number))


def round_to(number: Decimal, like: Decimal) -> Decimal:
    """Round half up to the places another number is printed with."""
    return number.quantize(Decimal(1).scaleb(-places_of(like)), rounding=ROUND_HALF_UP, context=EXACT)


def cut_to(number: Decimal, like: Decimal) -> Decimal:
    """Cut off, without rounding, what is behind the places another number is printed with."""
    return number.quantize(Decimal(1).scaleb(-places_of(like)), rounding=ROUND_DOWN, context=EXACT)


def shown(number: Decimal, places: int) -> str:
    """Write a computed figure with some places, rounded half up as forms round; `:.2f` would round ties to even."""
    return f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=EXACT):f}"


def quotient(part: Decimal, whole: Decimal, times: Decimal = Decimal(1)) -> Decimal:
    """Return part times a factor over a whole; multiplied first, so that a tie stays a tie: 5 × 3 ÷ 24 is 0.625."""
    return EXACT.multiply(part, times) / whole


def total_of(parts: Iterable[Figure]) -> Figure:
    """Add figures up with what each of them may be off."""
    listed = tuple(parts)
    return Figure(
        exact_sum([part.number for part in listed]), exact_sum([part.radius for part in listed if part.radius])
    )  # fmt: skip


def compare_total(printed: Figure, parts: Sequence[Figure]) -> Relation:
    """Compare a printed sum with its printed parts."""
    computed = total_of(parts)
    if printed.number == computed.number:
        return Relation.EQUAL
    # Where no part is rounded and the sum fits the places printed, there was nothing to round in the total either.
    fits = not computed.radius and round_to(computed.number, printed.number) == computed.number
    return _related(Figure(printed.number) if fits else printed, computed)


def compare_rate(printed: Figure, part: Figure, whole: Figure, *, times: Decimal = Decimal(100)) -> Relation:
    """Compare a printed rate with part over whole times a factor; the whole must be above zero.

    Equal where the quotient of the printed figures rounds to the printed rate. Nothing is divided: 5 ÷ 24 has no last
    digit, and a tie such as 5 × 3 ÷ 24 would be missed.
    """
    if _rounds_to(EXACT.multiply(part.number, times), whole.number, printed.number):
        return Relation.EQUAL
    shared = _begins_below(printed, part, whole, times) and _ends_above(printed, part, whole, times)
    return Relation.ROUNDING if shared else Relation.CONTRADICTION


def _rounds_to(part: Decimal, whole: Decimal, printed: Decimal) -> bool:
    """Tell whether part over whole, rounded half up, is what is printed; halves are rounded away from zero."""
    if part < 0:
        part, printed = -part, -printed
    radius = half_unit(printed)
    low, high = EXACT.subtract(printed, radius), EXACT.add(printed, radius)
    return EXACT.multiply(low, whole) <= part < EXACT.multiply(high, whole)


def _begins_below(printed: Figure, part: Figure, whole: Figure, times: Decimal) -> bool:
    """Tell whether the lower end of a printed rate lies below the upper end of part over whole."""
    divisor = whole.low if part.high >= 0 else whole.high
    if divisor <= 0:
        return True
    end, begin = EXACT.multiply(part.high, times), EXACT.multiply(printed.low, divisor)
    return begin < end or (begin == end and not part.radius and not (whole.radius and part.high < 0))


def _ends_above(printed: Figure, part: Figure, whole: Figure, times: Decimal) -> bool:
    """Tell whether the upper end of a printed rate lies above the lower end of part over whole."""
    divisor = whole.high if part.low >= 0 else whole.low
    if divisor <= 0:
        return True
    begin, end = EXACT.multiply(part.low, times), EXACT.multiply(printed.high, divisor)
    # An upper end that was rounded is excluded, and so is the quotient by a whole's.
    return begin < end or (begin == end and not printed.radius and not (whole.radius and part.low >= 0))


def _related(one: Figure, other: Figure) -> Relation:
    """Tell whether two intervals share a value; each holds its lower end and, unless it is exact, not its upper."""
    if one.radius and other.radius:
        shared = one.low < other.high and other.low < one.high
    elif one.radius:
        shared = one.low <= other.number < one.high
    else:
        shared = other.low <= one.number < other.high
    return Relation.ROUNDING if shared else Relation.CONTRADICTION
