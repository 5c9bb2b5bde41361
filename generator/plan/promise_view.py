"""Promise and result as a project's page shows them."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.check.across.kinship import in_full_yuan, relate
from generator.check.across.targets import Change
from generator.check.arithmetic import Relation
from generator.model.amounts import Amount, percentage
from generator.money import EXACT
from generator.plan.figures import format_amount, format_decimal, format_yuan
from generator.plan.plain_words import say_percent
from generator.plan.promises import CHANGES, ORDER, Comparison, PromisedMoney, PromiseRow, YearPromises, count_changes
from generator.plan.rows import Link

_ALWAYS = (Change.KEPT, Change.LOWERED, Change.DROPPED, Change.ADDED)
"""What a summary counts even where there is none."""


class ChangeCount(Struct, frozen=True):
    """How many indicators ended one way."""

    label: str
    sign: str
    count: int


class ComparisonView(Struct, frozen=True):
    """A declaration and a self-evaluation on their project's page."""

    declaration: Link
    evaluation: Link
    rows: tuple[PromiseRow, ...]
    """What was not kept first."""
    missing: str
    counts: tuple[ChangeCount, ...]
    amounts: tuple[tuple[str, str, str], ...]
    """Title, amount as printed, and the same in yuan where the forms print different units."""
    money: tuple[str, ...]
    """What comparing the amounts gives, in sentences."""


class YearPromisesView(Struct, frozen=True):
    """Promise and result of one year on a project's page."""

    year: str
    anchor: str
    declarations: tuple[Link, ...]
    several: int
    comparisons: tuple[ComparisonView, ...]


def promises_view(years: Iterable[YearPromises]) -> tuple[YearPromisesView, ...]:
    """Return promise and result of a project as its page shows them."""
    return tuple(
        YearPromisesView(
            one.year, one.anchor, one.declarations, one.several, tuple(_comparison(each) for each in one.comparisons)
        )
        for one in years
    )


def _comparison(one: Comparison) -> ComparisonView:
    return ComparisonView(
        declaration=one.declaration,
        evaluation=one.evaluation,
        rows=broken_first(one.rows),
        missing=one.missing,
        counts=change_counts(count_changes(one.rows)),
        amounts=_amounts(one.money),
        money=tuple(_money_sentences(one.money)),
    )


def broken_first(rows: Sequence[PromiseRow]) -> tuple[PromiseRow, ...]:
    """Order rows by what became of them, each kind as it was."""
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.change)))


def change_counts(counts: dict[Change, int]) -> tuple[ChangeCount, ...]:
    """Count the changes for a summary, those that are always told first."""
    shown = (*_ALWAYS, *(change for change in ORDER if change not in _ALWAYS and change in counts))
    return tuple(ChangeCount(*CHANGES[change], counts.get(change, 0)) for change in shown)


def _named_amounts(money: PromisedMoney) -> tuple[tuple[str, Amount | None], ...]:
    asked = "年度资金申请总额（申报表）" if money.is_of_the_year else "项目资金总额（申报表）"
    return (
        (asked, money.requested),
        ("年初预算数（自评表）", money.initial_budget),
        ("全年预算数（自评表）", money.adjusted_budget),
        ("全年执行数（自评表）", money.executed),
    )


def _amounts(money: PromisedMoney) -> tuple[tuple[str, str, str], ...]:
    known = [(title, amount) for title, amount in _named_amounts(money) if amount is not None]
    differ = len({amount.unit for _, amount in known}) > 1
    return tuple(
        (title, format_amount(amount), format_yuan(amount.yuan) if differ and amount.unit != "元" else "")
        for title, amount in known
    )


def _money_sentences(money: PromisedMoney) -> Iterable[str]:
    requested, executed = money.requested, money.executed
    if requested is None:
        yield "申报表没有印出可用的申请总额，不与预算和执行比较。"
    elif not money.is_of_the_year:
        yield "申报表印的是整个项目的资金总额，不是本年度的，不与预算和执行比较。"
    else:
        yield _against("年初预算数", money.initial_budget, requested)
        share = percentage(executed.yuan if executed else None, requested.yuan)
        if executed is None:
            yield "自评表没有印出可用的全年执行数。"
        elif share is not None:
            words = say_percent(share)
            yield f"全年执行数是申请数的{words if words[0] in '约不略' else f' {words}'}。"


def _against(title: str, amount: Amount | None, requested: Amount) -> str:
    """Say how an amount of the self-evaluation differs from what was applied for, as the rules compare them."""
    one, other = in_full_yuan(requested), in_full_yuan(amount)
    if amount is None or one is None or other is None:
        return f"自评表没有印出可用的{title}。"
    relation = relate(one, other)
    if relation is Relation.EQUAL:
        return f"{title}与申请数相同。"
    if relation is Relation.ROUNDING:
        return f"{title}与申请数印出的位数不同，按印出的位数看相符。"
    difference = EXACT.subtract(amount.yuan, requested.yuan)
    word = "多" if difference > 0 else "少"
    if amount.unit == requested.unit:
        size = EXACT.subtract(amount.number, requested.number).copy_abs()
        return f"{title}比申请数{word} {format_decimal(size)} {amount.unit}。"
    return f"{title}比申请数{word} {format_yuan(difference.copy_abs())}。"
