"""What became of a budget from its first printing to what was executed of it."""

from decimal import Decimal
from enum import StrEnum

from generator.model.amounts import MainAmounts
from generator.money import EXACT
from generator.plan.rows import RecordRow

BUDGETED = frozenset({"SelfEvaluation", "DepartmentEvaluation"})
"""Kinds of forms that report a whole year's budget and what was executed of it."""

HALF = 2
FULLY = 95
"""Percent of the adjusted budget from which on it counts as executed almost in full."""

_ALL = 100


class Change(StrEnum):
    """Which way the adjusted budget went."""

    DOWN = "down"
    UP = "up"
    SAME = "same"
    UNKNOWN = "unknown"
    """One of the two budgets is no readable amount."""


def has_budget(row: RecordRow) -> bool:
    """Tell whether a record is one of those whose budget can have changed."""
    return row.record_type in BUDGETED


def change_of(amounts: MainAmounts) -> Change:
    """Tell which way the adjusted budget went."""
    adjustment = amounts.adjustment
    if adjustment is None:
        return Change.UNKNOWN
    return Change.DOWN if adjustment < 0 else Change.UP if adjustment > 0 else Change.SAME


def is_halved_and_spent(amounts: MainAmounts) -> bool:
    """Tell whether half of the initial budget or more was taken away and the rest reported as executed almost in full.

    Compared exactly, on the amounts and not on rounded rates; False where one of them is missing.
    """
    initial, adjusted, executed = amounts.initial_budget, amounts.adjusted_budget, amounts.executed
    if initial is None or adjusted is None or executed is None or adjusted.yuan <= 0:
        return False
    is_halved = EXACT.multiply(adjusted.yuan, Decimal(HALF)) <= initial.yuan
    return is_halved and EXACT.multiply(executed.yuan, Decimal(_ALL)) >= EXACT.multiply(adjusted.yuan, Decimal(FULLY))


def change_number(amounts: MainAmounts) -> Decimal | None:
    """Return the change in the unit of the form, or None where one of the two budgets is missing."""
    initial, adjusted = amounts.initial_budget, amounts.adjusted_budget
    return None if initial is None or adjusted is None else EXACT.subtract(adjusted.number, initial.number)
