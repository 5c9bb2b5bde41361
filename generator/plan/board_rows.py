"""The rows of boards: what their pages show of a record and no more, so that nothing else makes these pages anew."""

from decimal import Decimal

from msgspec import Struct

from generator.model.amounts import MainAmounts
from generator.model.full_marks import FullMarks
from generator.model.records import Cell
from generator.model.shortfall import Miss
from generator.plan.budget_change import has_budget
from generator.plan.listed import ListedRecord
from generator.plan.rows import IndicatorRow, Link


class BudgetRow(Struct, frozen=True, array_like=True, gc=False):
    """A record in the list of budgets."""

    name: str
    url: str
    unit: Link
    year: Link
    record_type: str
    amounts: MainAmounts


class FullMarksRow(Struct, frozen=True, array_like=True, gc=False):
    """A record in the list of full marks; see `RecordRow`."""

    name: str
    url: str
    unit: Link
    year: Link
    amounts: MainAmounts
    total_points: Cell
    total_score: Cell
    lost: Decimal | None
    lost_unknown: int
    contradictions: int
    missed: int
    full_marks: FullMarks


class MissedRow(Struct, frozen=True, array_like=True, gc=False):
    """An indicator in the list of targets missed; see `IndicatorRow`."""

    record: Link
    unit: Link
    year: Link
    url: str
    levels: tuple[str, ...]
    name: str
    actual: Cell
    points: Cell
    score: Cell
    reason: Cell
    lost: Decimal | None
    miss: Miss | None
    is_explained: bool
    is_unpunished: bool


def budget_rows(one: ListedRecord) -> tuple[BudgetRow, ...]:
    """Return the row of a record whose budget can have changed."""
    row = one.row
    return (BudgetRow(row.name, row.url, row.unit, row.year, row.record_type, row.amounts),) if has_budget(row) else ()


def full_marks_rows(one: ListedRecord) -> tuple[FullMarksRow, ...]:
    """Return the row of a record with full marks."""
    row = one.row
    if not row.full_marks:
        return ()
    return (
        FullMarksRow(
            name=row.name,
            url=row.url,
            unit=row.unit,
            year=row.year,
            amounts=row.amounts,
            total_points=row.total_points,
            total_score=row.total_score,
            lost=row.lost,
            lost_unknown=row.lost_unknown,
            contradictions=row.contradictions,
            missed=row.missed,
            full_marks=row.full_marks,
        ),
    )


def missed_rows(one: ListedRecord) -> tuple[MissedRow, ...]:
    """Return the rows of a record that missed their target for certain."""
    return tuple(_missed_row(row) for row in one.deviations if row.miss)


def _missed_row(row: IndicatorRow) -> MissedRow:
    return MissedRow(
        record=Link(row.record.name, row.record.url),
        unit=row.record.unit,
        year=row.record.year,
        url=row.url,
        levels=row.levels,
        name=row.name,
        actual=row.actual,
        points=row.points,
        score=row.score,
        reason=row.reason,
        lost=row.lost,
        miss=row.miss,
        is_explained=row.is_explained,
        is_unpunished=row.is_unpunished,
    )
