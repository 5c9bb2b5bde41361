"""BUD026: a form for fiscal projects without fiscal money."""

from collections.abc import Iterator

from generator.check.arithmetic import Figure
from generator.check.money.funding import Breakdown, amount_of, breakdowns, cell_of, unit_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.money.funding_sums import column_title
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import PROJECT_FORMS, Subject
from generator.finding import Severity

_COLUMNS = ("requested", "amount", "adjusted_budget", "budget")
_FISCAL = (Source.CURRENT, Source.FISCAL, Source.CARRIED)


@rule(
    "BUD026",
    "project-without-fiscal-money",
    reads="funding.adjusted_budget funding.amount",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(FORM, PRACTICE),
    formula="当年财政拨款 + 上年结转资金 > 0",
    otherwise="表中没有同时印出总额和各项来源",
    record_types=PROJECT_FORMS,
)
def project_without_fiscal_money(subject: Subject) -> Iterator[Verdict]:
    """财政项目的表里没有财政资金。

    表样是为财政项目设的。当年财政拨款和上年结转资金都印作 0、钱全部列在其他资金的，
    或者钱记错了行（例如财政专户的钱列成其他资金），或者不该填这张表，需要说明。
    有一项空白的不判断。

    反例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          年度资金: {年度资金申请总额: "100,000.00", 当年财政拨款: 0.00, 上年结转资金: 0.00, 其他资金: "100,000.00"}
    正例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          年度资金: {年度资金申请总额: "100,000.00", 当年财政拨款: "60,000.00", 上年结转资金: 0.00, 其他资金: "40,000.00"}
    """
    for breakdown in breakdowns(subject):
        column = next((column for column in _COLUMNS if column in breakdown.whole.cells), "")
        if column:
            yield from _judged(subject, breakdown, column)


def _judged(subject: Subject, breakdown: Breakdown, column: str) -> Iterator[Verdict]:
    unit = unit_of(subject)
    total = amount_of(breakdown.whole, column, unit)
    rows = [row for row in (*breakdown.parts, *breakdown.doubtful) if source_of(row.label) in _FISCAL]
    amounts: list[Figure | None] = [amount_of(row, column, unit) for row in rows]
    if total is None or total.number <= 0 or not rows or any(amount is None for amount in amounts):
        return
    # A row that cannot be told may be fiscal money by another name.
    if any(amount is not None and amount.number for amount in amounts) or _may_be_fiscal(breakdown, column, unit):
        yield PASSED
        return
    names = "、".join(row.label for row in rows)
    yield failed(
        subject.funding_spot(rows[0], column),
        f"“{names}”都是 0，{breakdown.whole.label} {total.number:,f} 全部来自其他资金，这是财政项目吗",
        found=cell_of(rows[0], column).text,
        expected=f"{names}的{column_title(subject, breakdown.whole, column)}大于 0，或者写明资金的来历",
        hint="核对资金来源；财政专户等资金列入其他资金的，在表中写明；不是财政资金的，核对是否该填本表",
    )


def _may_be_fiscal(breakdown: Breakdown, column: str, unit: str) -> bool:
    rest = [row for row in (*breakdown.parts, *breakdown.doubtful) if source_of(row.label) not in _FISCAL]
    for row in rest:
        amount = amount_of(row, column, unit)
        is_other = source_of(row.label) in (Source.REST, Source.OWN)
        if not is_other and (amount is None or amount.number):
            return True
    return False
