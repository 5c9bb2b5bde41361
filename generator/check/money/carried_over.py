"""Whether a budget changed during the year only by what was left of the year before."""

from generator.check.money.funding import cell_of, main_money
from generator.check.subject import Subject
from generator.money import EXACT


def is_change_carried_over(subject: Subject) -> bool:
    """Tell whether the change of the budget is just that of the row for 上年结转: the table itself explains it."""
    money = main_money(subject)
    if money is None or money.initial is None or money.budget is None:
        return False
    change = EXACT.subtract(money.budget.number, money.initial.number)
    for row in subject.funding_rows():
        if "结转" not in row.label or row is money.row:
            continue
        initial, budget = cell_of(row, "initial_budget").number, cell_of(row, "adjusted_budget").number
        if initial is not None and budget is not None and initial != budget:
            return EXACT.subtract(budget, initial) == change
    return False
