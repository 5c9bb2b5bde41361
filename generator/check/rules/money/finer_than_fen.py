"""BUD035: an amount finer than a fen."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.check.money.funding import amount_columns, title_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import EXACT, MONEY_UNITS, decimal_of

_FEN_PER_YUAN = 100


@rule(
    "BUD035",
    "finer-than-fen",
    reads="funding.adjusted_budget funding.amount funding.budget funding.executed funding.executed_to_date funding.forecast funding.initial_budget funding.prior_year",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="金额印到分为止：元最多两位小数，万元最多六位",
    otherwise="表中没有印出金额",
)
def finer_than_fen(subject: Subject) -> Iterator[Verdict]:
    """金额细过一分钱。

    没有比一分更小的钱。元后面印出三位不为零的小数，不是单位写错，就是把算出来的数没有取舍就填了进去。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 815826.173, 全年执行数: 815826.17}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 815826.17, 全年执行数: 815826.17}
    """
    if subject.money_unit not in MONEY_UNITS:
        return
    for row in subject.funding_rows():
        for column in amount_columns(subject):
            cell = row.cells.get(column)
            number = cell.number if cell is not None and not cell.unreadable else None
            if cell is None or number is None:
                continue
            if _is_whole_fen(cell.text, subject.money_unit):
                yield PASSED
                continue
            yield failed(
                subject.funding_spot(row, column),
                f"“{row.label}”的{title_of(subject, column)} {cell.text} {subject.money_unit}细过一分钱",
                found=cell.text,
                expected="印到分为止",
                hint="核对金额单位；单位无误的，按原始凭证印到分",
            )


# The few thousand figures of a corpus come again and again.
@lru_cache(maxsize=16_384)
def _is_whole_fen(text: str, unit: str) -> bool:
    fen = EXACT.multiply(EXACT.multiply(decimal_of(text) or Decimal(0), MONEY_UNITS[unit]), _FEN_PER_YUAN)
    return fen == fen.to_integral_value()
