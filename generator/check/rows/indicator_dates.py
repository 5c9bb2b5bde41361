"""Dates of indicators: when a deadline ends at the latest, when a result came at the earliest."""

import calendar
from collections.abc import Iterator
from datetime import date

from generator.check.subject import Row, Subject
from generator.model.records import FundingRow
from generator.model.values import Deadline, Moment, Part, Period, Value, parse_value

_AMOUNTS = ("initial_budget", "adjusted_budget", "budget", "executed", "requested", "amount")
_PART_ENDS = {Part.EARLY: 10, Part.MIDDLE: 20}
_PART_STARTS = {Part.MIDDLE: 11, Part.LATE: 21}
_LAST_MONTH = 12
_IN_A_QUARTER, _IN_A_HALF = 3, 6
_SEVERAL_YEARS = (
    "跨年",
    "中期",
    "长期",
    "年期",
    "规划",
    "一期",
    "二期",
    "三期",
    "年至",
    "周期",
    "五年",
    "三年",
    "两年",
    "结转",
    "滚动",
)


def years_of(value: Value) -> Iterator[int]:
    """Yield the years a date or a period prints."""
    moments: tuple[Moment, ...] = ()
    if isinstance(value, Deadline):
        moments = (value.moment,)
    elif isinstance(value, Period):
        moments = (value.first, value.last)
    yield from (moment.year for moment in moments if moment.year is not None)


def latest_day(value: Value, fiscal_year: int) -> date | None:
    """Return the last day that a date or period allows, read as generously as it can be; None where it has no month.

    12月前 may mean before or within December; the later reading counts.
    """
    if isinstance(value, Period):
        return _last_of(value.last, None, fiscal_year) if value.last.month else None
    if not isinstance(value, Deadline):
        return None
    return _last_of(_month_of(value, first=False), value.part, fiscal_year)


def earliest_day(value: Value, fiscal_year: int) -> date | None:
    """Return the first day that a reported date can mean; None where it has no month."""
    if isinstance(value, Period):
        # What took a span of time was done at its end.
        month, year = value.last.month, value.last.year or fiscal_year
        return _day(year, month, value.last.day or 1) if month else None
    if not isinstance(value, Deadline) or value.limit is not None:
        return None
    moment = _month_of(value, first=True)
    if moment.month is None:
        return None
    return _day(moment.year or fiscal_year, moment.month, _day_in(moment, _first_day(value.part)))


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has no such day: nothing can be said of 29 February 2023."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_late(row: Row, fiscal_year: int) -> bool:
    """Tell whether a row reports a date that is certainly behind the one it was to be ready by."""
    if not row.values.is_dated:
        return False
    limit, reached = latest_day(row.target, fiscal_year), earliest_day(row.actual, fiscal_year)
    return limit is not None and reached is not None and reached > limit


def has_two_dates(row: Row, fiscal_year: int) -> bool:
    """Tell whether target and actual value are dates that can be compared."""
    if not row.values.is_dated:
        return False
    return latest_day(row.target, fiscal_year) is not None and earliest_day(row.actual, fiscal_year) is not None


def head_date(subject: Subject, identifier: str) -> Moment | None:
    """Return a date of the head, or None where it is blank or cannot be read."""
    value = parse_value(subject.head(identifier).text)
    return value.moment if isinstance(value, Deadline) and value.moment.year is not None else None


def spans_years(subject: Subject) -> bool:
    """Tell whether anything on the form says that the project takes more than the one year."""
    record = subject.record
    start, end = head_date(subject, "planned_start"), head_date(subject, "planned_end")
    if any(moment is not None and moment.year != record.fiscal_year for moment in (start, end)):
        return True
    if any(row.indicator.horizon != "annual" for row in subject.rows):
        return True
    if "project_goal" in record.prose and record.prose["project_goal"].text.strip():
        return True
    if any(_has_money(row) for row in subject.funding_rows() if "结转" in row.label):
        return True
    words = f"{record.name}{record.form}{record.text('project_nature')}{record.text('project_category')}"
    return any(word in words for word in _SEVERAL_YEARS)


def _has_money(row: FundingRow) -> bool:
    """Tell whether a row of the money block has an amount, or one that cannot be read."""
    if row.unreadable and any(cell.number for cell in row.printed_cells):
        return True
    return any(cell.unreadable or cell.number for key, cell in row.cells.items() if key in _AMOUNTS)


def _month_of(value: Deadline, *, first: bool) -> Moment:
    """Return a deadline's date with the months that a quarter or a half stand for."""
    moment = value.moment
    if moment.month is not None:
        return moment
    span, size = (value.quarter, _IN_A_QUARTER) if value.quarter else (value.half, _IN_A_HALF)
    if span:
        return Moment(moment.year, size * (span - 1) + 1 if first else size * span)
    # 年底前 without a month is the year's end; 年初 is some time early in it.
    if value.part is Part.START:
        return Moment(moment.year)
    if moment.year is None and value.part is None:
        return Moment()
    return Moment(moment.year, 1 if first and value.part is None else _LAST_MONTH)


def _last_of(moment: Moment, part: Part | None, fiscal_year: int) -> date | None:
    if moment.month is None:
        return None
    year = moment.year or fiscal_year
    last = calendar.monthrange(year, moment.month)[1]
    day = moment.day or (_PART_ENDS.get(part, last) if part else last)
    return date(year, moment.month, min(day, last))


def _first_day(part: Part | None) -> int:
    return _PART_STARTS.get(part, 1) if part else 1


def _day_in(moment: Moment, otherwise: int) -> int:
    return moment.day if moment.day is not None else otherwise
