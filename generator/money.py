"""The only door from printed text to numbers: `Decimal`, never float."""

import re
from decimal import Decimal
from functools import lru_cache

from generator.text import half_width

# Grouping is either absent or complete groups of three: 1,2345 is a slip of the pen, not a number.
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")

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
@lru_cache(maxsize=65_536)
def decimal_of(text: str) -> Decimal | None:
    """Return the number a cell prints, or None where it prints none.

    A thousands separator and a trailing percent sign are read; `99.77%` is 99.77.
    Blanks and dashes are no number, so they give None, not zero.
    """
    candidate = half_width(text).strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(candidate):
        return None
    return Decimal(candidate.replace(",", ""))


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a number or one of the marks that forms print instead of one."""
    return text.strip() in BLANK_MARKS or decimal_of(text) is not None


def in_yuan(amount: Decimal, unit: str) -> Decimal | None:
    """Convert an amount in a printed unit (元, 万元, ...) to yuan, or None where the unit is not known."""
    factor = MONEY_UNITS.get(unit)
    return None if factor is None else amount * factor
