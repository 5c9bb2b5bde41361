"""Sums over many records, kept apart by kind of form: a whole-unit form contains the projects beside it."""

from decimal import Decimal

from msgspec import Struct

from generator.model.amounts import percentage
from generator.plan.tally import Money, Tally

_KINDS = (
    ("SelfEvaluation", "项目支出自评"),
    ("DepartmentEvaluation", "整体支出自评"),
    ("TargetDeclaration", "绩效目标申报"),
    ("Other", "其他表"),
)

KIND_LABELS = dict(_KINDS)
"""What kinds of forms are called."""


class Totals(Struct, frozen=True):
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


def totals_by_kind(tally: Tally) -> tuple[Totals, ...]:
    """Return the money kind by kind; kinds without a record are left out."""
    return tuple(_totals(label, tally.money[kind]) for kind, label in _KINDS if kind in tally.money)


def project_totals(tally: Tally) -> Totals | None:
    """Return the money of the self-evaluations of projects alone, or None where there are none."""
    kind, label = _KINDS[0]
    return _totals(label, tally.money[kind]) if kind in tally.money else None


def _totals(label: str, money: Money) -> Totals:
    return Totals(
        label=label,
        records=money.records,
        budget=money.budget if money.budgets else None,
        executed=money.executed if money.executions else None,
        rate=percentage(money.both_executed, money.both_budget) if money.both else None,
        without=money.records - money.budgets,
    )
