"""One line for each record in the file of the page that sifts them: short, for scripts load the lines of all records.

A figure stands there as printed. Where a script would not read the number that we read, that number stands beside it.
"""

from decimal import Decimal

from generator.model.amounts import Amount
from generator.model.catalog import Catalog
from generator.model.records import Cell
from generator.money import MONEY_UNITS
from generator.patterns import lazy_pattern
from generator.plan.figures import format_decimal
from generator.plan.rows import Lines, RecordRow
from generator.plan.script_data import script_value

_PLAIN = lazy_pattern(r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
"""What scripts read as a number by themselves, with or without a percent sign."""


def explore_line(lines: Lines, catalog: Catalog) -> bytes:
    """Return the line of a record: an array whose places `generator/browser/src/explore_rows.ts` names."""
    row, amounts = lines.row, lines.row.amounts
    unit = row.budget or amounts.executed or amounts.initial_budget
    titles = catalog.form_of(lines.record).titles
    found = (
        row.id,
        row.name,
        lines.record.layout,
        unit.unit if unit else "",
        _amount(amounts.initial_budget),
        _amount(row.budget),
        _basis(row),
        _amount(amounts.executed),
        _figure(amounts.execution_rate),
        _figure(row.total_points),
        _figure(row.total_score),
        row.grade.text,
        "" if row.lost is None else format_decimal(row.lost),
        row.lost_unknown,
        row.deviations,
        row.findings,
        row.contradictions,
        " ".join(sorted({one.code for one in lines.findings if not one.is_waived})),
        # Many titles may be printed above one layout; most records have its own.
        "" if titles and row.form.title == titles[0] else row.form.title,
    )
    return script_value(_without_blank_end(found))


def _without_blank_end(values: tuple[object, ...]) -> tuple[object, ...]:
    end = len(values)
    while end and not values[end - 1]:
        end -= 1
    return values[:end]


def _basis(row: RecordRow) -> int:
    """Tell what the budget is: 0 the adjusted budget or none, 1 the amount applied for, 2 the initial budget."""
    if row.amounts.adjusted_budget or not row.budget:
        return 0
    return 1 if row.amounts.requested else 2


def _amount(amount: Amount | None) -> object:
    """Return an amount as printed, with its yuan where a script could not tell them; empty where there is none."""
    if amount is None:
        return ""
    yuan = format_decimal(amount.yuan)
    # What we add up is printed nowhere.
    if amount.computed:
        return ["", yuan]
    return (
        amount.printed
        if _is_plain(amount.printed, amount.number) and amount.unit in MONEY_UNITS
        else [amount.printed, yuan]
    )


def _figure(cell: Cell | None) -> object:
    if cell is None:
        return ""
    number = None if cell.unreadable else cell.number
    if number is None:
        # Words and dashes are no number to a script either.
        return [cell.text, ""] if _PLAIN.fullmatch(cell.text.removesuffix("%")) else cell.text
    return cell.text if _is_plain(cell.text.removesuffix("%"), number) else [cell.text, format_decimal(number)]


def _is_plain(text: str, number: Decimal) -> bool:
    return _PLAIN.fullmatch(text) is not None and Decimal(text.replace(",", "")) == number
