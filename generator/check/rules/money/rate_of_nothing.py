"""BUD004: a rate printed for a row without a budget."""

from collections.abc import Iterator

from generator.check.money.funding import RESULT_FORMS, amount_of, budget_column, cell_of, unit_of
from generator.check.money.rates import rate_of
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD004",
    "rate-of-nothing",
    reads="funding.execution_rate",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM, PRACTICE),
    formula="全年预算数 = 0 时，执行率留空或印“—”",
    otherwise="表中没有印出执行率",
    record_types=RESULT_FORMS,
)
def rate_of_nothing(subject: Subject) -> Iterator[Verdict]:
    """全年预算数是 0 的一行印出了执行率。

    零除以零没有结果。印 0.00 像是“有钱没有花”，印 100.00 像是“花完了”，都会让读者误会；应当留空或印“—”。
    全年预算数空白的不在此列：空白不是 0。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00}
          其他资金: {全年预算数: 0.00, 全年执行数: 0.00, 执行率: 0.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 执行率: 100.00}
          其他资金: {全年预算数: 0.00, 全年执行数: 0.00, 执行率: "—"}
    """
    unit = unit_of(subject)
    for row in subject.funding_rows():
        if rate_of(row) is None:
            continue
        budget = amount_of(row, budget_column(row), unit)
        if budget is None:
            if cell_of(row, budget_column(row)).unreadable:
                yield insufficient(subject.funding_spot(row, budget_column(row)), f"“{row.label}”的全年预算数无法辨认")
            continue
        if budget.number:
            yield PASSED
            continue
        printed = row.cells["execution_rate"].text
        yield failed(
            subject.funding_spot(row, "execution_rate"),
            f"“{row.label}”的全年预算数是 0，却印出执行率 {printed}",
            found=printed,
            expected="空白或“—”",
            hint="预算是 0 就没有执行率，把这一格留空或改为“—”",
        )
