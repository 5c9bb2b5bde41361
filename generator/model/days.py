"""Days as forms print them: a day, a month or a year."""

from calendar import monthrange
from datetime import date

from msgspec import Struct

from generator.patterns import lazy_pattern
from generator.text import folded

_DATE = lazy_pattern(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|年(?:(\d{1,2})月(?:(\d{1,2})日)?)?)")


class Days(Struct, frozen=True):
    """All days that a text may mean."""

    first: date
    last: date


def days_of(text: str) -> Days | None:
    """Return the days of what a text names, a day, a month or a year; None where there is no such thing."""
    match = _DATE.fullmatch(folded(text))
    if not match:
        return None
    year, month, day = int(match[1]), match[2] or match[4], match[3] or match[5]
    try:
        if day:
            named = date(year, int(month), int(day))
            return Days(named, named)
        last = int(month or 12)
        return Days(date(year, int(month or 1), 1), date(year, last, monthrange(year, last)[1]))
    except ValueError:
        return None
