"""The sums and rates a form prints, computed again from its own figures; the print is never replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from generator.model.amounts import MainAmounts
from generator.model.records import Cell, Indicator, Record
from generator.money import EXACT, exact_sum


class Agreement(StrEnum):
    """How a printed figure and ours compare."""

    EQUAL = "equal"
    ROUNDED = "rounded"
    """Equal once ours is rounded to the places printed."""
    DIFFERENT = "different"
    INSUFFICIENT = "insufficient"
    """Something needed is blank, unreadable or not printed."""


@dataclass(frozen=True, slots=True)
class Recomputation:
    """One printed figure with ours beside it."""

    title: str
    """What is computed, in Chinese."""
    formula: str
    """How, with its numbers, in Chinese."""
    printed: str
    computed: Decimal | None
    """Unrounded; None where data is insufficient."""
    agreement: Agreement
    reason: str = ""
    """What is missing, in Chinese, where data is insufficient."""


_PARTS = ("当年财政拨款", "上年结转资金", "其他资金")
_COLUMNS = (
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("amount", "申请数"),
)


def recomputations(record: Record, amounts: MainAmounts) -> tuple[Recomputation, ...]:
    """Compute again what the form prints: the execution rate, the sums of its money, points and scores."""
    return (*_execution_rate(amounts), *_funding_sums(record, amounts), *_totals(record, amounts))


def compare(printed: Cell, computed: Decimal) -> Agreement:
    """Compare a printed figure with ours at the precision printed."""
    number = printed.number
    if number is None:
        return Agreement.INSUFFICIENT
    if number == computed:
        return Agreement.EQUAL
    places = Decimal(1).scaleb(_exponent(number))
    rounded = computed.quantize(places, rounding=ROUND_HALF_UP, context=EXACT)
    return Agreement.ROUNDED if rounded == number else Agreement.DIFFERENT


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _execution_rate(amounts: MainAmounts) -> Iterable[Recomputation]:
    printed = amounts.execution_rate
    if printed is None or not (printed.text or printed.unreadable):
        return
    executed, budget, rate = amounts.executed, amounts.adjusted_budget, amounts.computed_execution_rate
    if executed is None or budget is None or rate is None:
        reason = "全年预算数不大于零" if budget and budget.number <= 0 else "全年执行数或全年预算数没有印出数字"
        yield Recomputation(
            "预算执行率（%）", "全年执行数 ÷ 全年预算数", printed.text, None, Agreement.INSUFFICIENT, reason
        )
        return
    formula = f"{executed.number:,f} ÷ {budget.number:,f} × 100"
    yield Recomputation("预算执行率（%）", formula, printed.text, rate, compare(printed, rate))


def _funding_sums(record: Record, amounts: MainAmounts) -> Iterable[Recomputation]:
    funding, position = record.funding, amounts.anchor_row
    if funding is None or position is None:
        return
    total = funding.rows[position]
    parts = [row for row in funding.rows if row.group == total.group and row.label in _PARTS]
    for identifier, title in _COLUMNS:
        printed = total.cells.get(identifier)
        if printed is None or not parts:
            continue
        cells = [(row.label, row.cells.get(identifier), row.unreadable) for row in parts]
        yield _sum(f"{total.label}的{title}", printed, cells)


def _totals(record: Record, amounts: MainAmounts) -> Iterable[Recomputation]:
    scored = [row for row in record.indicators if row.parent is None]
    for identifier, title, extra in (
        ("points", "分值合计", amounts.execution_points),
        ("score", "总得分", amounts.execution_score),
    ):
        printed = record.total.get(identifier)
        if printed is None or not any(identifier in row.cells for row in scored):
            continue
        cells: list[tuple[str, Cell | None, str]] = [(_name(row), row.cells.get(identifier), "") for row in scored]
        if extra is not None:
            cells.append(("预算执行率", extra, ""))
        yield _sum(title, printed, cells)


def _name(row: Indicator) -> str:
    return row.name or "（无名称）"


def _sum(title: str, printed: Cell, cells: Sequence[tuple[str, Cell | None, str]]) -> Recomputation:
    """Add the cells; one that is not a number leaves the sum undecided, for a blank need not be a zero."""
    missing = [label for label, cell, unreadable in cells if cell is None or cell.number is None or unreadable]
    if missing:
        named = "、".join(missing[:3]) + (f"等 {len(missing)} 项" if len(missing) > 3 else "")  # noqa: PLR2004  three names tell enough
        return Recomputation(
            title, "各项相加", printed.text, None, Agreement.INSUFFICIENT, f"{named}没有印出可用的数字"
        )
    numbers = [cell.number for _, cell, _ in cells if cell is not None and cell.number is not None]
    total = exact_sum(numbers)
    few = len(numbers) <= 4  # noqa: PLR2004  longer sums are not read term by term
    formula = " + ".join(f"{number:,f}" for number in numbers) if few else f"{len(numbers)} 项相加"
    if printed.number is None:
        return Recomputation(title, formula, printed.text, total, Agreement.INSUFFICIENT, "原表没有印出合计")
    return Recomputation(title, formula, printed.text, total, compare(printed, total))
