"""Boards: what to look at first — changed budgets, full marks, targets missed."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.model.amounts import Amount
from generator.model.full_marks import FullMarks
from generator.model.records import BLANK, Cell
from generator.model.shortfall import Shortfall
from generator.plan import urls
from generator.plan.board_rows import BudgetRow, FullMarksRow, MissedRow, budget_rows, full_marks_rows, missed_rows
from generator.plan.budget_change import Change, change_number, change_of, is_halved_and_spent
from generator.plan.choices import Choice, choice
from generator.plan.contexts import Entry
from generator.plan.figures import format_change, format_decimal, format_percent, format_signed
from generator.plan.listed import ListedRecord
from generator.plan.long_list import Extent, LongList
from generator.plan.plain_words import spaced
from generator.plan.planned import key_of
from generator.plan.rows import Link
from generator.plan.totals import KIND_LABELS

_WHOLE = 100


class Money(Struct, frozen=True):
    """One amount of a line: what is printed, be it no amount."""

    amount: Amount | None
    cell: Cell | None
    """What stands in its place where it is no amount; None where the form has nothing there."""


class Rate(Struct, frozen=True):
    """A percentage that is ours."""

    number: Decimal | None
    """To sort by; None where it cannot be computed."""
    text: str
    """The same in words, where rounding neither makes nor takes away anything; empty for want of data."""


class BudgetLine(Struct, frozen=True):
    """A record's budget from first to last."""

    record: BudgetRow
    kind: str
    """Which kind of form, in Chinese."""
    initial: Money
    adjusted: Money
    executed: Money
    change: str
    """With sign and the unit of the form; empty where it cannot be computed."""
    change_yuan: Decimal | None
    change_rate: Rate
    """In percent of the initial budget."""
    rate: Rate
    """Executed in percent of the adjusted budget."""
    initial_rate: Rate
    """Executed in percent of the initial budget."""
    reason: Cell
    is_halved: bool
    """Whether half was taken away and the rest executed almost in full."""
    tokens: tuple[str, ...]


class BudgetChangesContext(Struct, frozen=True):
    """pages/budget-changes.html: the budget of each evaluation, first, adjusted and executed."""

    heading: str
    lines: tuple[BudgetLine, ...]
    """Largest change first; where it cannot be computed, last."""
    parts: tuple[Entry, ...]
    total: int
    halved: int
    choices: tuple[Choice, ...]
    files: tuple[Link, ...]


class FullMarksLine(Struct, frozen=True):
    """A record with full marks, and what speaks against them."""

    record: FullMarksRow
    basis: str
    """How the full marks are known."""
    rate: Rate
    """Executed in percent of the adjusted budget."""
    tokens: tuple[str, ...]


class FullMarksContext(Struct, frozen=True):
    """pages/full-marks.html: every record that gives itself all points."""

    heading: str
    lines: tuple[FullMarksLine, ...]
    parts: tuple[Entry, ...]
    total: int
    missed: int
    """How many of them have a row that missed its target."""
    choices: tuple[Choice, ...]
    files: tuple[Link, ...]


class MissedLine(Struct, frozen=True):
    """A row that missed its target."""

    row: MissedRow
    gap: str
    """By how much, in words; empty where numbers do not tell."""
    share: Decimal | None
    """The same in percent of the target, to sort by."""
    tokens: tuple[str, ...]


class MissedTargetsContext(Struct, frozen=True):
    """pages/missed-targets.html: every row whose result plainly missed its target."""

    heading: str
    lines: tuple[MissedLine, ...]
    parts: tuple[Entry, ...]
    total: int
    unpunished: int
    """How many of them got all their points all the same."""
    choices: tuple[Choice, ...]
    files: tuple[Link, ...]


_CHANGES = {
    "halved": "调减一半以上且基本执行完",
    Change.DOWN: "调减",
    Change.UP: "调增",
    Change.SAME: "没有变动",
    Change.UNKNOWN: "数据不足",
}


def _budget_changes(extent: Extent, rows: tuple[BudgetRow, ...], parts: tuple[Entry, ...]) -> BudgetChangesContext:
    lines = sorted(map(budget_line, rows), key=_size_of_change)
    tally = extent.tally
    choices = (choice("change", "预算变动", _CHANGES, (line.tokens for line in lines)),) if rows else ()
    return BudgetChangesContext(extent.heading, tuple(lines), parts, tally.budgets, tally.halved, choices, extent.files)


def _size_of_change(line: BudgetLine) -> tuple[bool, Decimal]:
    # Sorting keeps the order of those that are equal: newest year first.
    size = Decimal(0) if line.change_yuan is None else line.change_yuan.copy_abs().copy_negate()
    return line.change_yuan is None, size


def budget_line(record: BudgetRow) -> BudgetLine:
    """Return the line of a record."""
    amounts = record.amounts
    number, is_halved = change_number(amounts), is_halved_and_spent(amounts)
    unit = amounts.initial_budget.unit if amounts.initial_budget else ""
    return BudgetLine(
        record=record,
        kind=KIND_LABELS[record.record_type],
        initial=Money(amounts.initial_budget, amounts.unusable.get("initial_budget")),
        adjusted=Money(amounts.adjusted_budget, amounts.unusable.get("adjusted_budget")),
        executed=Money(amounts.executed, amounts.unusable.get("executed")),
        change="" if number is None else f"{format_signed(number)} {unit}",
        change_yuan=amounts.adjustment,
        change_rate=rate_of(amounts.adjustment_rate, amounts.initial_budget, format_change),
        rate=rate_of(amounts.computed_execution_rate, amounts.adjusted_budget, format_percent),
        initial_rate=rate_of(amounts.initial_execution_rate, amounts.initial_budget, format_percent),
        reason=amounts.adjustment_reason or BLANK,
        is_halved=is_halved,
        tokens=(change_of(amounts).value, *(("halved",) if is_halved else ())),
    )


def rate_of(number: Decimal | None, whole: Amount | None, written: Callable[[Decimal], str]) -> Rate:
    """Return a percentage of an amount: of nothing, and of less than nothing, there is none."""
    if number is not None:
        return Rate(number, written(number))
    return Rate(None, "无法计算" if whole is not None and whole.yuan <= 0 else "")


_AGAINST = {
    "missed": "有未达目标的",
    "contradiction": "有矛盾的",
    "execution": "执行率不足 100%",
    "none": "以上都没有",
}


def _full_marks(extent: Extent, rows: tuple[FullMarksRow, ...], parts: tuple[Entry, ...]) -> FullMarksContext:
    lines = tuple(map(full_marks_line, rows))
    tally = extent.tally
    choices = (choice("against", "另有", _AGAINST, (line.tokens for line in lines)),) if rows else ()
    return FullMarksContext(
        extent.heading, lines, parts, tally.full_marks, tally.full_marks_missed, choices, extent.files
    )


def full_marks_line(record: FullMarksRow) -> FullMarksLine:
    """Return the line of a record with full marks."""
    rate = record.amounts.computed_execution_rate
    printed = record.amounts.execution_rate.number if record.amounts.execution_rate else None
    against = (
        ("missed", record.missed > 0),
        ("contradiction", record.contradictions > 0),
        ("execution", any(one is not None and one < _WHOLE for one in (rate, printed))),
    )
    basis = "总分" if record.full_marks is FullMarks.TOTAL else "各行"
    tokens = tuple(token for token, holds in against if holds)
    shown = rate_of(rate, record.amounts.adjusted_budget, format_percent)
    return FullMarksLine(record, basis, shown, tokens or ("none",))


_POINTS = {"full": "未达目标仍得满分", "lost": "被扣分", "open": "分值或得分不是数字"}


def _missed(extent: Extent, rows: tuple[MissedRow, ...], parts: tuple[Entry, ...]) -> MissedTargetsContext:
    lines = tuple(map(missed_line, rows))
    tally = extent.tally
    titles = {"given": "有原因", "missing": "无原因"}
    choices = (
        choice("points", "得分", _POINTS, (line.tokens for line in lines)),
        choice("reason", "填报的原因", titles, (line.tokens for line in lines)),
    )
    return MissedTargetsContext(
        extent.heading, lines, parts, tally.missed, tally.missed_unpunished, choices if rows else (), extent.files
    )


def missed_line(row: MissedRow) -> MissedLine:
    """Return the line of a row that missed its target."""
    points = "full" if row.is_unpunished else "lost" if row.lost is not None and row.lost > 0 else "open"
    gap = row.miss.shortfall if row.miss else None
    return MissedLine(
        row,
        gap_text(gap) if gap else "",
        gap.share if gap else None,
        (points, "given" if row.is_explained else "missing"),
    )


def gap_text(gap: Shortfall) -> str:
    """Return in words how far a result is from its target: 少 20 人（差 20.00%）."""
    if gap.number == 0:
        return "刚到界限，没有超过" if gap.is_below else "刚到界限，没有低于"
    unit = "个百分点" if gap.unit == "%" else gap.unit
    way = f"{'少' if gap.is_below else '多'} {format_decimal(gap.number)} {unit}".rstrip()
    return way if gap.share is None or gap.unit == "%" else f"{way}（差{spaced(format_percent(gap.share))}）"


BUDGET_CHANGES = LongList(
    urls.BUDGET_CHANGES, "预算变动", "每份自评表的年初预算、全年预算和全年执行，变动大的在前。", "budget-changes", "rows",
    budget_rows, _budget_changes, is_by_itself=True,
)  # fmt: skip
"""The list of budgets."""

FULL_MARKS = LongList(
    urls.FULL_MARKS, "满分", "自评得满分的表，连同与满分不相称的地方。", "full-marks", "full_marks",
    full_marks_rows, _full_marks, is_by_itself=True,
)  # fmt: skip
"""The list of records with full marks."""

MISSED_TARGETS = LongList(
    urls.MISSED_TARGETS, "未达目标", "完成值明确没有达到指标值的每一行，差多少，扣了多少分，填报的原因。", "missed-targets",
    "missed", missed_rows, _missed, is_by_itself=True,
)  # fmt: skip
"""The list of rows that missed their target."""

BOARDS: tuple[LongList[BudgetRow] | LongList[FullMarksRow] | LongList[MissedRow], ...] = (
    BUDGET_CHANGES,
    FULL_MARKS,
    MISSED_TARGETS,
)
"""All of them."""


def board_digests(found: Sequence[ListedRecord]) -> dict[str, bytes]:
    """Return the digests of the rows that boards have of some records, by section of the menu."""
    return {pages.section: key_of([pages.rows_of(one) for one in found]) for pages in BOARDS}
