"""The printed execution rate: what it says, and how a computed one is shown beside a limit."""

from decimal import Decimal

from generator.check.arithmetic import Figure, Relation, compare_rate, measured, places_of, round_to
from generator.check.money.funding import amount_of, budget_column, cell_of, unit_of
from generator.check.subject import Subject
from generator.model.records import Cell, FundingRow
from generator.text import half_width
from generator.vocabulary import Place


def rate_of(row: FundingRow) -> Figure | None:
    """Return the printed execution rate as it stands, or None where it is blank or cannot be read."""
    cell = row.cells.get("execution_rate")
    return None if cell is None or cell.unreadable or row.unreadable else measured(cell)


def is_percentage(subject: Subject, printed: Cell) -> bool:
    """Tell whether a rate says that it is in percent, by its own sign or by its column's."""
    label = subject.record.label(Place.FUNDING_ROW, "execution_rate")
    return "%" in half_width(printed.text) or "%" in half_width(label)


def rate_columns(row: FundingRow) -> tuple[str, str]:
    """Return the columns whose quotient the execution rate of a row is: what was spent, and what was planned."""
    return "executed" if "executed" in row.cells else "executed_to_date", budget_column(row) or "initial_budget"


def is_share(subject: Subject, row: FundingRow) -> bool:
    """Tell whether a rate is printed as a share, 0.95 for 95 %.

    It is where nothing says percent and the amounts of its row, as far as they are printed, do not say so either.
    """
    rate = rate_of(row)
    if rate is None or not 0 < rate.number <= 1 or is_percentage(subject, cell_of(row, "execution_rate")):
        return False
    executed, budget = (amount_of(row, column, unit_of(subject)) for column in rate_columns(row))
    if executed is None or budget is None or budget.number <= 0:
        return True
    return compare_rate(rate, executed, budget) is Relation.CONTRADICTION


def percent_of(subject: Subject, row: FundingRow) -> Figure | None:
    """Return the printed execution rate in percent, or None where it is blank or cannot be read."""
    rate = rate_of(row)
    if rate is None or not is_share(subject, row):
        return rate
    return Figure(rate.number.scaleb(_PLACES), rate.radius.scaleb(_PLACES))


_PLACES = 2


def shown_beside(number: Decimal, limit: Decimal) -> Decimal:
    """Round to two places for display, or to as many as show that a number is not the limit itself."""
    like = Decimal("0.01")
    shown = round_to(number, like)
    while shown == limit != number and places_of(like) < _MOST_PLACES:
        like = like.scaleb(-1)
        shown = round_to(number, like)
    return shown


_MOST_PLACES = 12
