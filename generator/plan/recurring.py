"""Indicators of a project that recur from year to year, and how each differs from the year before."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from generator.check.across.promises import follow_rows
from generator.check.across.targets import Change, compare_targets
from generator.check.across.wishes import floor_is_promised, more_is_better
from generator.check.subject import Row, Subject
from generator.model.records import BLANK, Cell
from generator.model.values import Blank, Comparator, Deadline, Period, Quantity
from generator.plan.promises import beside_target
from generator.plan.urls import record_url


class IndicatorYear(Struct, frozen=True, gc=False):
    """An indicator in one year."""

    year: str
    url: str
    name: str
    """Where it is written differently from the latest; empty otherwise."""
    target: Cell
    beside: tuple[tuple[str, Cell], ...]
    actual: Cell
    points: Cell
    score: Cell
    changes: tuple[str, ...]
    """How it differs from the year before, in words."""


class IndicatorCourse(Struct, frozen=True, gc=False):
    """An indicator that recurs."""

    name: str
    levels: tuple[str, ...]
    years: tuple[IndicatorYear, ...]


def since(before: Subject | None, one: Subject) -> str:
    """Return the words that begin a comparison with an earlier record; empty where there is none."""
    if before is None:
        return ""
    year = before.record.fiscal_year
    return "比上年" if year + 1 == one.record.fiscal_year else f"比 {year} 年"


def direction(before: Decimal, after: Decimal, more: str, less: str) -> str:
    """Return the word for the way from one figure to another."""
    return more if after > before else less


def indicator_courses(clear: Sequence[Subject]) -> tuple[IndicatorCourse, ...]:
    """Follow the indicators of a project through its records of one kind, the oldest first."""
    found = []
    for lane in follow_rows(clear):
        latest = next(row for row in reversed(lane) if row is not None)
        years = []
        before: tuple[Subject, Row] | None = None
        for subject, row in zip(clear, lane, strict=True):
            if row is not None:
                changes = _changes(before[1], row, since(before[0], subject)) if before else ()
                years.append(_indicator_year(subject, row, latest, changes))
                before = (subject, row)
        found.append(IndicatorCourse(latest.name, latest.indicator.path, tuple(years)))
    return tuple(found)


def _indicator_year(subject: Subject, row: Row, latest: Row, changes: tuple[str, ...]) -> IndicatorYear:
    record, cells = subject.record, row.indicator.cells
    return IndicatorYear(
        year=record.year,
        url=f"{record_url(record)}#{row.indicator.anchor}",
        name=row.name if row.name != latest.name else "",
        target=row.target_cell,
        beside=beside_target(row, record),
        actual=row.actual_cell,
        points=cells.get("points", BLANK),
        score=cells.get("score", BLANK),
        changes=changes,
    )


def _changes(before: Row, after: Row, since: str) -> tuple[str, ...]:
    years = after.record.fiscal_year - before.record.fiscal_year
    words = [_target_change(before, after, years), _result_change(before, after), _points_change(before, after)]
    return (f"{since}：{'；'.join(filter(None, words))}",) if any(words) else ()


_TARGETS = {
    Change.KEPT: "指标值相同",
    Change.LOWERED: "要求降低",
    Change.RAISED: "要求提高",
    Change.CHANGED: "指标值有改动",
    Change.UNDECIDED: "指标值无法比较",
}


def _target_change(before: Row, after: Row, years: int) -> str:
    if before.target_cell.unreadable or after.target_cell.unreadable:
        return _TARGETS[Change.UNDECIDED]
    # One text is read once, so that the same target is the same value.
    if before.target is after.target and not isinstance(before.target, Blank):
        return _TARGETS[Change.KEPT]
    better, floor = more_is_better(before), floor_is_promised(before)
    change = compare_targets(before.target, after.target, more_is_better=better, floor_is_promised=floor)
    if change is not Change.UNDECIDED and _is_dated(before) and _is_dated(after):
        # A date of the next year is no later promise.
        return _TARGETS[change] if change is Change.KEPT else _date_change(before, after, years)
    return _TARGETS[change]


def _is_dated(row: Row) -> bool:
    return isinstance(row.target, Deadline | Period)


def _date_change(before: Row, after: Row, years: int) -> str:
    one, other = before.target, after.target
    moved = isinstance(one, Deadline) and isinstance(other, Deadline) and one.moment.year and other.moment.year
    if not moved or not isinstance(one, Deadline) or not isinstance(other, Deadline):
        return "日期写法不同"
    same = (one.moment.year or 0) + years == other.moment.year and _within_year(one) == _within_year(other)
    return "日期逐年顺延" if same else "日期有改动"


def _within_year(date: Deadline) -> tuple[object, ...]:
    return (date.moment.month, date.moment.day, date.half, date.quarter, date.part)


def _result_change(before: Row, after: Row) -> str:
    """Say whether more or less was reached; only exact numbers of one unit compare."""
    one, other = _exact_number(before), _exact_number(after)
    if one is None or other is None or one.normalised_unit != other.normalised_unit:
        return ""
    if one.amount == other.amount:
        return "完成值相同"
    return "完成值" + direction(one.amount, other.amount, "上升", "下降")


def _exact_number(row: Row) -> Quantity | None:
    value = row.actual
    if row.actual_cell.unreadable or not isinstance(value, Quantity):
        return None
    return value if value.comparator in (None, Comparator.EQ) else None


def _points_change(before: Row, after: Row) -> str:
    if before.points is None or after.points is None or before.points == after.points:
        return ""
    return f"分值由 {before.cell('points').text} 改为 {after.cell('points').text}"
