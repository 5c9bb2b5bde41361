"""The only door from printed text to numbers: `Decimal`, never float."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from functools import lru_cache

from generator.patterns import lazy_pattern
from generator.text import half_width

# Grouping is either absent or complete groups of three: 1,2345 is a slip of the pen, not a number.
_NUMBER = lazy_pattern(r"[+-]?(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<places>[0-9]+))?")

MOST_DIGITS, MOST_PLACES = 18, 10
"""Digits a figure may have before and behind its point: more than any budget, few enough to compute exactly."""

EXACT = Context(prec=100)
"""For every sum, product and rounding: wide enough that no result of figures loses a digit unseen."""

BLANK_MARKS = frozenset({"", "-", "—", "——", "–", "/", "／", "－"})
"""What forms print where they print no number; each is kept as it is, none of them is zero."""

MONEY_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""Units of money and what each is worth in yuan."""


# A corpus prints the same few thousand figures over and over.
@lru_cache(maxsize=16_384)
def decimal_of(text: str) -> Decimal | None:
    """Return the number a cell prints, or None where it prints none.

    A thousands separator and a trailing percent sign are read; `99.77%` is 99.77.
    Blanks and dashes are no number, so they give None, not zero; nor are digits beyond what any form prints.
    """
    number = _number(text)
    return None if number is None or _is_too_long(number) else Decimal(number[0].replace(",", ""))


def is_too_long(text: str) -> bool:
    """Tell whether a cell holds a number of more digits than any figure has."""
    number = _number(text)
    return number is not None and _is_too_long(number)


def _number(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(half_width(text).strip().removesuffix("%").strip())


def _is_too_long(number: re.Match[str]) -> bool:
    return len(number["whole"].replace(",", "")) > MOST_DIGITS or len(number["places"] or "") > MOST_PLACES


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a number or one of the marks that forms print instead of one."""
    return text.strip() in BLANK_MARKS or decimal_of(text) is not None


def in_yuan(amount: Decimal, unit: str) -> Decimal | None:
    """Convert an amount in a printed unit (元, 万元, ...) to yuan, or None where the unit is not known."""
    factor = MONEY_UNITS.get(unit)
    return None if factor is None else EXACT.multiply(amount, factor)


def exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers up without rounding; nothing gives zero."""
    total, add = Decimal(0), EXACT.add
    for number in numbers:
        total = add(total, number)
    return total
