"""What several rules about indicators ask of a row: whether it explains itself, and where its target stands."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from generator.check.arithmetic import quotient, shown
from generator.check.levels import Level1, Level2
from generator.check.outcome import Spot, Verdict, insufficient
from generator.check.rows.indicator_dates import is_late
from generator.check.rows.indicator_names import (
    is_about_execution,
    is_headcount,
    names_a_cost,
    wants_ceiling,
)
from generator.check.rows.row_facts import is_bound, wants_a_number
from generator.check.rows.row_groups import row_groups
from generator.check.subject import EVALUATIONS, REASON_COLUMNS, Row, Subject, is_said
from generator.finding import Related
from generator.model.achievement import Outcome as Achieved
from generator.model.targets import TARGET_COLUMNS
from generator.model.values import Comparator, Quantity
from generator.money import EXACT
from generator.origin import Origin

_ALL = Decimal(100)
_REASON_WORDS = ("原因", "说明", "偏差", "整改", "措施", "保障")
NOTHING = "空白"
"""What to say stands in a cell where nothing stands."""


def target_key(row: Row) -> str:
    """Return the column of the target that counts."""
    cells = row.indicator.cells
    return next((key for key in TARGET_COLUMNS if key in cells and cells[key] is row.target_cell), "target")


def target_spot(row: Row) -> Spot:
    """Return where the target that counts stands."""
    return row.spot(target_key(row))


def unreadable_value(row: Row) -> Verdict | None:
    """Return that nothing can be said where the target or the actual value of a row cannot be read."""
    if row.target_cell.unreadable:
        return insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
    if row.actual_cell.unreadable:
        return insufficient(row.spot("actual"), f"“{row.name}”的实际完成值无法辨认")
    return None


def expects_reasons(subject: Subject) -> bool:
    """Tell whether the form has a place for the reasons of deviations."""
    return subject.record_type in EVALUATIONS or any(row.has("deviation_reason") for row in subject.rows)


def expects_results(subject: Subject) -> bool:
    """Tell whether the form has a column for results; lists of standards and monitoring forms have none."""
    return subject.record_type in EVALUATIONS or any(row.has("actual") for row in subject.rows)


def reason_spot(row: Row, otherwise: str) -> Spot:
    """Return where a reason belongs, or another cell of the row where the author wrote no such column."""
    return row.spot("deviation_reason" if row.has("deviation_reason") else otherwise)


def named_rows(subject: Subject) -> tuple[Row, ...]:
    """Return the rows that count and have a name of their own."""
    return row_groups(subject).named


@lru_cache(maxsize=8)
def have_own_names(subject: Subject) -> bool:
    """Tell whether no two named rows of a record share a name."""
    rows = named_rows(subject)
    return len({row.words.whole_name for row in rows}) == len(rows)


def is_missed(row: Row, fiscal_year: int) -> bool:
    """Tell whether a row certainly fell short: by its numbers, its own words or its dates."""
    return is_missed_by_value(row) or (row.is_readable and is_late(row, fiscal_year))


def is_missed_by_value(row: Row) -> bool:
    """Tell whether a row certainly fell short by its numbers or its own words."""
    return row.achieved is Achieved.MISSED and row.is_readable and not _may_be_better_below(row)


def _may_be_better_below(row: Row) -> bool:
    """Tell whether less than an exact number may be what was wished for: of money, of days, of accidents."""
    target, actual = row.target, row.actual
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity):
        return False
    if target.comparator not in (None, Comparator.EQ) or actual.amount >= target.amount:
        return False
    is_cost = row.level1 is Level1.COST or row.level2 is Level2.COST or names_a_cost(row.name)
    return is_cost or row.level2 is Level2.TIMELINESS or wants_ceiling(row.name) or is_headcount(row.name)


def is_explained(subject: Subject, row: Row) -> bool:
    """Tell whether the row, one of its parts, a column of another name or the form as a whole gives a reason."""
    if row.reason or subject.explanation:
        return True
    extra = row.indicator.extra.items()
    if any(is_said(cell.text) and any(word in title for word in _REASON_WORDS) for title, cell in extra):
        return True
    return any(part.reason for part in _parts(subject).get(row.position, ()))


@lru_cache(maxsize=8)
def _parts(subject: Subject) -> dict[int, list[Row]]:
    """Return the rows that are parts of others, by the position of the row they belong to."""
    parts: dict[int, list[Row]] = {}
    for row in subject.rows:
        if row.indicator.parent is not None:
            parts.setdefault(row.indicator.parent, []).append(row)
    return parts


def has_unreadable_reason(subject: Subject, row: Row) -> bool:
    """Tell whether a cell that would give the reason, of the row or of one of its parts, cannot be read."""
    rows = (row, *_parts(subject).get(row.position, ()))
    if any(one.cell(key).unreadable for one in rows for key in REASON_COLUMNS):
        return True
    extra = row.indicator.extra.items()
    return any(cell.unreadable and any(word in title for word in _REASON_WORDS) for title, cell in extra)


def unreadable_reason(row: Row) -> Verdict:
    """Return that nothing can be said of a row whose reason cannot be read."""
    return insufficient(reason_spot(row, ""), f"“{row.name}”的偏差原因无法辨认")


def is_near_full_execution(subject: Subject, row: Row) -> bool:
    """Tell whether a row is an execution rate so high that no reason is asked by convention."""
    return (
        is_about_execution(row.name)
        and isinstance(row.actual, Quantity)
        and row.actual.number >= subject.pack.thresholds.low_execution
    )


def excess_over(row: Row) -> tuple[Quantity, Quantity] | None:
    """Return target and actual value where both are numbers of one unit and the target is above zero."""
    target, actual = row.target, row.actual
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity) or target.amount <= 0:
        return None
    return (target, actual) if row.values.is_one_unit else None


def percent_above(target: Quantity, actual: Quantity) -> str:
    """Return by how many percent a result lies above its target, without places."""
    above = quotient(EXACT.subtract(actual.amount, target.amount), target.amount, _ALL)
    return f"{shown(above, 0)}%"


def listed(rows: Sequence[Row], most: int = 3) -> str:
    """Return the names of some rows for a sentence."""
    names = "、".join(f"“{row.name}”" for row in rows[:most])
    return f"{names}等" if len(rows) > most else names


def related(rows: Sequence[Row], identifier: str = "") -> tuple[Related, ...]:
    """Return rows as other places a finding is about; the target where no column is named."""
    return tuple(
        Related(Origin(row.record.path, *row.spot(identifier or target_key(row)).span), f"“{row.name}”", row.record.id)
        for row in rows
    )


@lru_cache(maxsize=8)
def numeric_rows(subject: Subject) -> tuple[Row, ...]:
    """Return the rows whose target and result are numbers of one unit; 0 and 100 %, the natural ends, are left out."""
    return tuple([row for row in subject.scored if row.values.is_numeric and row.is_readable])


def unread_numbers(subject: Subject) -> list[Row]:
    """Return the rows that `numeric_rows` might hold if the print of their target or result could be read."""
    return [
        row
        for row in row_groups(subject).unread
        if (row.actual_cell.unreadable and (row.target_cell.unreadable or wants_a_number(row.target)))
        or (row.target_cell.unreadable and isinstance(row.actual, Quantity) and not is_bound(row.actual))
    ]
