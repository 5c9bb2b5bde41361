"""The main amounts of a record, as printed and in yuan, whatever its form calls them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from generator.model.records import BLANK, Cell, Funding, FundingRow, Record
from generator.money import BLANK_MARKS, EXACT, exact_sum, in_yuan
from generator.text import folded

TOTAL_LABELS = ("年度资金总额", "年度资金申请总额", "资金总额", "项目资金总额", "合计", "总计", "年度预算")
"""What forms call the row that is the sum of the others, the yearly one first."""

SOURCE_GROUPS = ("资金来源", "按收入性质分", "收入")
"""The cut that is added up where a form prints no total."""


class Amount(Struct, frozen=True, array_like=True, gc=False):
    """One amount of a record's money as a whole."""

    printed: str
    """As printed; empty where the form prints no total and this is our sum."""
    number: Decimal
    """In the unit of the form."""
    unit: str
    yuan: Decimal
    parts: tuple[Decimal, ...] = ()
    """The printed amounts that make up our sum; empty where the amount is printed itself."""

    @property
    def computed(self) -> bool:
        """Tell whether it is our sum of printed amounts, not a printed amount."""
        return bool(self.parts)


class MainAmounts(Struct, frozen=True, array_like=True, gc=False):
    """The money of a record as a whole; None where the form has no such column or leaves it blank."""

    initial_budget: Amount | None = None
    adjusted_budget: Amount | None = None
    executed: Amount | None = None
    requested: Amount | None = None
    execution_rate: Cell | None = None
    """As printed in the total row."""
    execution_points: Cell | None = None
    execution_score: Cell | None = None
    adjustment_reason: Cell | None = None
    """Why the budget was adjusted or not executed, where the total row has such a column."""
    anchor_row: int | None = None
    """Position of the total row in `Funding.rows`."""
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Where the form prints no total: by column, the sources without a number that its sum would need."""
    unusable: Mapping[str, Cell] = field(default_factory=dict)
    """Cells of the total row that stand where an amount should and are none: blank, a dash, unreadable."""

    @property
    def adjustment(self) -> Decimal | None:
        """Adjusted minus initial budget in yuan, or None where either is missing."""
        if self.initial_budget is None or self.adjusted_budget is None:
            return None
        return EXACT.subtract(self.adjusted_budget.yuan, self.initial_budget.yuan)

    @property
    def adjustment_rate(self) -> Decimal | None:
        """Adjustment in percent of the initial budget, unrounded; None where nothing was budgeted at first."""
        return percentage(self.adjustment, self.initial_budget.yuan if self.initial_budget else None)

    @property
    def initial_execution_rate(self) -> Decimal | None:
        """Executed over initial budget in percent, unrounded; None where nothing was budgeted at first."""
        return percentage(
            self.executed.yuan if self.executed else None, self.initial_budget.yuan if self.initial_budget else None
        )

    @property
    def computed_execution_rate(self) -> Decimal | None:
        """Executed over adjusted budget in percent, unrounded; None where nothing was budgeted."""
        return percentage(
            self.executed.yuan if self.executed else None, self.adjusted_budget.yuan if self.adjusted_budget else None
        )


def percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return part over whole in percent, unrounded, or None where either is missing or the whole is not positive."""
    if part is None or whole is None or whole <= 0:
        return None
    # At the usual 28 digits, for a rate is published as it comes; its size alone never needs more.
    return part / whole * 100


def main_amounts(record: Record) -> MainAmounts:
    """Return the amounts of the total row, or the sums of the sources where the form prints no total.

    A sum that lacks one of its sources is no sum at all: there is no amount then.
    """
    funding = record.funding
    if funding is None:
        return MainAmounts()
    position = _total_row(funding)
    if position is None:
        return _summed(funding)
    row = funding.rows[position]
    initial = _amount(row, "initial_budget", funding.unit.text)
    adjusted = _amount(row, "adjusted_budget", funding.unit.text) or _amount(row, "budget", funding.unit.text)
    executed = _amount(row, "executed", funding.unit.text)
    return MainAmounts(
        initial_budget=initial,
        adjusted_budget=adjusted,
        executed=executed,
        requested=_amount(row, "requested", funding.unit.text) or _amount(row, "amount", funding.unit.text),
        execution_rate=row.cells.get("execution_rate"),
        execution_points=row.cells.get("points"),
        execution_score=row.cells.get("score"),
        adjustment_reason=row.cells.get("adjustment_reason"),
        anchor_row=position,
        unusable=dict(_unusable(row, initial_budget=initial, adjusted_budget=adjusted, executed=executed)),
    )


def _unusable(row: FundingRow, **amounts: Amount | None) -> Iterator[tuple[str, Cell]]:
    """Yield the cells that hold no amount; of a row that cannot be read as a whole they say why."""
    for column, amount in amounts.items():
        cell = row.cells.get(column) or (row.cells.get("budget") if column == "adjusted_budget" else None)
        if amount is None and (cell is not None or row.unreadable):
            shown = cell or BLANK
            yield column, Cell(shown.text, shown.span, shown.unreadable or row.unreadable)


def _total_row(funding: Funding) -> int | None:
    if len(funding.rows) == 1:
        return 0
    for wanted in TOTAL_LABELS:
        for position, row in enumerate(funding.rows):
            if folded(row.label) == wanted and row.parent is None:
                return position
    return None


def _amount(row: FundingRow, identifier: str, unit: str) -> Amount | None:
    cell = row.cells.get(identifier)
    number = cell.number if cell and not (cell.unreadable or row.unreadable) else None
    yuan = in_yuan(number, unit) if number is not None else None
    if cell is None or number is None or yuan is None:
        return None
    return Amount(cell.text, number, unit, yuan)


def _summed(funding: Funding) -> MainAmounts:
    """Add the rows of the sources; a source that is blank in every column is no money at all, as on the form."""
    group = next((group for group in SOURCE_GROUPS if any(row.group == group for row in funding.rows)), None)
    if group is None:
        return MainAmounts()
    rows = [row for row in filled_sources(funding) if row.group == group]
    unit = funding.unit.text
    sums = {column: _sum(rows, column, unit) for column in _SUMMED}
    return MainAmounts(
        initial_budget=sums["initial_budget"],
        adjusted_budget=sums["adjusted_budget"],
        executed=sums["executed"],
        execution_rate=rows[0].cells.get("execution_rate") if len(rows) == 1 else None,
        missing={column: labels for column in _SUMMED if (labels := _missing(rows, column, unit))},
    )


_SUMMED = ("initial_budget", "adjusted_budget", "executed")

_BESIDE = frozenset({"points", "score", "review_score", "adjustment_reason"})
"""Columns that a source may fill without saying that it has any money."""


def filled_sources(funding: Funding) -> Iterator[FundingRow]:
    """Yield the sources of which the form says anything, be it that it cannot be read."""
    for position, row in enumerate(funding.rows):
        if row.group in SOURCE_GROUPS and row.parent is None and _is_filled(funding.rows, position):
            yield row


def _is_filled(rows: Sequence[FundingRow], position: int) -> bool:
    row = rows[position]
    return (
        bool(row.unreadable)
        or any(_prints(cell) for column, cell in row.cells.items() if column not in _BESIDE)
        or any(part.parent == position and _is_filled(rows, place) for place, part in enumerate(rows))
    )


def _prints(cell: Cell) -> bool:
    return bool(cell.unreadable) or cell.text.strip() not in BLANK_MARKS


def _missing(rows: Sequence[FundingRow], column: str, unit: str) -> tuple[str, ...]:
    """Return the labels of the sources that lack a number in a column that the form fills."""
    if not any(_prints(row.cells.get(column, BLANK)) for row in rows) and not all(row.unreadable for row in rows):
        return ()
    return tuple(row.label for row in rows if _amount(row, column, unit) is None)


def _sum(rows: Sequence[FundingRow], column: str, unit: str) -> Amount | None:
    amounts = [amount for row in rows if (amount := _amount(row, column, unit)) is not None]
    if not amounts or len(amounts) < len(rows):
        return None
    if len(amounts) == 1:
        return amounts[0]
    number, yuan = exact_sum(amount.number for amount in amounts), exact_sum(amount.yuan for amount in amounts)
    return Amount("", number, unit, yuan, tuple(amount.number for amount in amounts))
