"""Whether a budget changed during the year only by what was left of the year before."""

from decimal import Decimal

from generator.check.money.funding import cell_of, main_money, main_row
from generator.check.subject import Subject
from generator.model.records import FundingRow
from generator.money import EXACT

_COLUMNS = ("initial_budget", "adjusted_budget")


def is_change_carried_over(subject: Subject) -> bool:
    """Tell whether the change of the budget is just that of the row for 上年结转: the table itself explains it."""
    change, main = _change_of_whole(subject), main_row(subject)
    if not change:
        return False
    first = next((own for row in subject.funding_rows() if _is_carried(row, main) and (own := _change(row))), None)
    return first == change


def why_carried_unknown(subject: Subject) -> str:
    """Say which amount of 上年结转 cannot be read, so that nobody can tell whether it is the change; or else empty.

    Where another source changed by just as much, 上年结转 is not what changed.
    """
    change, main = _change_of_whole(subject), main_row(subject)
    rows = [row for row in subject.funding_rows() if row is not main]
    if change and any(_change(row) == change for row in rows if not _is_carried(row, main)):
        return ""
    dark = (
        row.label
        for row in rows
        if _is_carried(row, main) and (row.unreadable or any(cell_of(row, column).unreadable for column in _COLUMNS))
    )
    label = next(dark, "")
    return f"“{label}”的预算数无法辨认，看不出变动是不是上年结转" if label else ""


def _is_carried(row: FundingRow, main: FundingRow | None) -> bool:
    return "结转" in row.label and row is not main


def _change_of_whole(subject: Subject) -> Decimal | None:
    money = main_money(subject)
    if money is None or money.initial is None or money.budget is None:
        return None
    return EXACT.subtract(money.budget.number, money.initial.number)


def _change(row: FundingRow) -> Decimal | None:
    cells = [cell_of(row, column) for column in _COLUMNS]
    initial, budget = (None if row.unreadable or cell.unreadable else cell.number for cell in cells)
    return None if initial is None or budget is None else EXACT.subtract(budget, initial)
