"""Sums over many records, kept apart by kind of form: a whole-unit form contains the projects beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.model.amounts import percentage
from generator.money import exact_sum
from generator.plan.rows import RecordRow

_KINDS = (
    ("SelfEvaluation", "项目支出自评"),
    ("DepartmentEvaluation", "整体支出自评"),
    ("TargetDeclaration", "绩效目标申报"),
    ("Other", "其他表"),
)


@dataclass(frozen=True, slots=True)
class Totals:
    """The records of one kind and their money; sums in yuan, exact."""

    label: str
    records: int
    budget: Decimal | None
    """Sum of adjusted budgets, or of the amounts applied for; None where no record prints one."""
    executed: Decimal | None
    rate: Decimal | None
    """Executed over budget in percent, over the records that print both."""
    without: int
    """How many records print no amount and are missing from the sum."""


def totals_by_kind(rows: Iterable[RecordRow]) -> tuple[Totals, ...]:
    """Sum up the records kind by kind; kinds without a record are left out."""
    rows = tuple(rows)
    return tuple(
        _totals(label, group) for kind, label in _KINDS if (group := [row for row in rows if row.record_type == kind])
    )


def project_totals(rows: Iterable[RecordRow]) -> Totals | None:
    """Sum up the self-evaluations of projects alone, or return None where there are none."""
    kind, label = _KINDS[0]
    group = [row for row in rows if row.record_type == kind]
    return _totals(label, group) if group else None


def _totals(label: str, rows: list[RecordRow]) -> Totals:
    budgets = [row.budget.yuan for row in rows if row.budget]
    executed = [row.amounts.executed.yuan for row in rows if row.amounts.executed]
    both = [
        (row.amounts.adjusted_budget.yuan, row.amounts.executed.yuan)
        for row in rows
        if row.amounts.adjusted_budget and row.amounts.executed
    ]
    return Totals(
        label=label,
        records=len(rows),
        budget=exact_sum(budgets) if budgets else None,
        executed=exact_sum(executed) if executed else None,
        rate=percentage(exact_sum(x for _, x in both), exact_sum(b for b, _ in both)) if both else None,
        without=len(rows) - len(budgets),
    )
