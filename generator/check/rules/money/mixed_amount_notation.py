"""BUD031: amounts of one form in several notations."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.check.arithmetic import places_of
from generator.check.money.funding import amount_columns
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import Cell, FundingRow
from generator.money import decimal_of

_SEPARATED = 1000
"""From here on a thousands separator can be told from none."""


@rule(
    "BUD031",
    "mixed-amount-notation",
    reads="funding.adjusted_budget funding.amount funding.budget funding.executed",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM, PRACTICE),
    formula="一张表的金额只用一种写法：小数位数相同，千分位要么都有要么都没有",
    otherwise="表中的金额不足两个",
)
def mixed_amount_notation(subject: Subject) -> Iterator[Verdict]:
    """同一张表的金额写法不一。

    有的带千分位、有的不带，有的两位小数、有的一位，读者对数时容易看错位，也说明数字是从几处抄来的。
    单独的 0 不计；不满 1000 的数看不出有没有千分位，只比小数位；
    全表都只印需要的小数位（700 与 715.5）也是一种写法。每张表只指出一次，指在第一个与开头不同的金额上。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 2734138.40, 全年执行数: "2,734,138.4"}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 2734138.40, 全年执行数: 2734138.40}
    """
    amounts = [
        (row, column, row.cells[column])
        for row in subject.funding_rows()
        for column in amount_columns(subject)
        if column in row.cells and row.cells[column].number and not row.cells[column].unreadable
    ]
    if len(amounts) <= 1:
        return
    notations = [_notation(cell.text) for _, _, cell in amounts]
    places = {notation.places for notation in notations}
    separators = {notation.is_separated for notation in notations if notation.is_separated is not None}
    if not any(notation.is_padded for notation in notations):
        # 700 beside 715.5: places as needed are one notation, that of a spreadsheet.
        places = {0}
    if len(places) == 1 and len(separators) <= 1:
        yield PASSED
        return
    yield _mixed(subject, amounts, places, separators)


class _Notation(Struct, frozen=True):
    """How an amount is printed."""

    places: int
    is_separated: bool | None
    """None where it is too small for a separator."""
    is_padded: bool
    """Whether it has zeros behind its point that it does not need."""


# The few thousand figures of a corpus come again and again.
@lru_cache(maxsize=16_384)
def _notation(text: str) -> _Notation:
    number = decimal_of(text) or Decimal(0)
    places = places_of(number)
    is_separated = "," in text if abs(number) >= _SEPARATED else None
    return _Notation(places, is_separated, places > 0 and format(number, "f").endswith("0"))


def _mixed(
    subject: Subject, amounts: list[tuple[FundingRow, str, Cell]], places: set[int], separators: set[bool]
) -> Verdict:
    first = amounts[0][2]
    texts = [cell.text for _, _, cell in amounts]
    row, column, odd = next(entry for entry in amounts if _differs(entry[2].text, texts))
    kinds = [f"小数位有{'、'.join(str(number) for number in sorted(places))}位的"] if len(places) > 1 else []
    kinds += ["有的带千分位，有的不带"] if len(separators) > 1 else []
    return failed(
        subject.funding_spot(row, column),
        f"金额写法不一：{'；'.join(kinds)}",
        found=f"{first.text} 与 {odd.text}",
        expected="全表一种写法",
        hint="照一种写法重印全部金额，例如都不带千分位、都印两位小数",
    )


def _differs(text: str, texts: list[str]) -> bool:
    """Tell whether an amount is printed otherwise than the first."""
    own, first = _notation(text), _notation(texts[0])
    if own.places != first.places:
        return True
    telling = next((one for one in map(_notation, texts) if one.is_separated is not None), first)
    return own.is_separated is not None and own.is_separated != telling.is_separated
