"""The small terms that values are made of."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

Data = dict[str, str | bool | list[str] | dict[str, str]]
"""Plain data for the published interface; numbers are strings, absent entries are left out."""


class Comparator(StrEnum):
    """How a result relates to a number; a number without one means "equal"."""

    GE = "≥"
    LE = "≤"
    EQ = "="
    GT = ">"
    LT = "<"


class Degree(StrEnum):
    """How far a general word of achievement says the target was reached."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class Part(StrEnum):
    """Which part of a month, quarter or year is meant."""

    START = "start"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    END = "end"


class Limit(StrEnum):
    """Whether a date is one to be ready before (前) or a span to be ready within (内)."""

    BEFORE = "before"
    WITHIN = "within"


class Cycle(StrEnum):
    """What a frequency counts by."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    TERM = "term"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


class Brackets(StrEnum):
    """How a unit is bracketed in print."""

    NONE = "none"
    HALF = "half"
    FULL = "full"
    MIXED = "mixed"


MAGNITUDES = {
    "百": Decimal(100),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "十亿": Decimal(1_000_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
    "十万亿": Decimal(10_000_000_000_000),
    "百万亿": Decimal(100_000_000_000_000),
    "千万亿": Decimal(1_000_000_000_000_000),
}
"""Magnitude signs and their factors."""


class Layout(Struct, frozen=True):
    """Everything printed in a quantity besides its number, magnitude and unit."""

    lead: str = ""
    """Blanks before everything."""
    symbol: str = ""
    """The comparator as printed: `>=`, `≧`, `不少于`."""
    symbol_gap: str = ""
    """Blanks behind the comparator."""
    number_gap: str = ""
    """Blanks behind the number."""
    magnitude_gap: str = ""
    """Blanks behind the magnitude."""
    opening: str = ""
    """The opening bracket and the blanks inside it."""
    closing: str = ""
    """The blanks before the closing bracket and the bracket."""
    suffix: str = ""
    """Words behind the unit (以上) and closing blanks."""
    magnitude_in_brackets: bool = False
    """Whether the magnitude stands in the brackets, as in 50.00(万元)."""

    @property
    def brackets(self) -> Brackets:
        """Tell how the unit is bracketed."""
        pair = self.opening.strip() + self.closing.strip()
        known = {"": Brackets.NONE, "()": Brackets.HALF, "（）": Brackets.FULL}
        return known.get(pair, Brackets.MIXED)


PLAIN = Layout()
"""A number with its unit and nothing else."""


class Moment(NamedTuple):
    """A year, month or day; what is not printed is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def to_data(self) -> dict[str, str]:
        """Return plain data."""
        return {name: str(value) for name, value in self._asdict().items() if value is not None}


ANY_TIME = Moment()
"""No year, month or day."""


def plain(number: Decimal) -> str:
    """Return a number in plain digits, never with an exponent."""
    return format(number, "f")


def present(**entries: str | bool | list[str]) -> Data:
    """Return the entries that say something."""
    return {name: value for name, value in entries.items() if value}


def term(value: StrEnum | int | None) -> str:
    """Return a term as plain data, empty where there is none."""
    return "" if value is None else str(value)
