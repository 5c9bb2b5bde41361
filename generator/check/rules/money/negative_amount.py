"""BUD032: a negative amount."""

from collections.abc import Iterator

from generator.check.money.funding import amount_columns, title_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD032",
    "negative-amount",
    reads="funding.adjusted_budget funding.amount funding.budget funding.executed funding.executed_to_date funding.execution_rate funding.forecast funding.initial_budget funding.prior_year",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, PRACTICE),
    formula="金额和执行率 ≥ 0",
    otherwise="表中没有印出金额",
)
def negative_amount(subject: Subject) -> Iterator[Verdict]:
    """金额或执行率是负数。

    预算数、执行数和执行率没有负的。退回以前年度支出、冲账造成的负数要写明，别的负数多半是多写了一个短横。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: -5000.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 5000.00}
    """
    columns = (*amount_columns(subject), "execution_rate")
    for row in subject.funding_rows():
        for column in columns:
            cell = row.cells.get(column)
            number = cell.number if cell is not None and not cell.unreadable else None
            if cell is None or number is None:
                continue
            if number >= 0:
                yield PASSED
                continue
            yield failed(
                subject.funding_spot(row, column),
                f"“{row.label}”的{title_of(subject, column)}是负数 {cell.text}",
                found=cell.text,
                expected="不小于 0",
                hint="核对有没有多写一个短横；确是退回或冲账的，写明原因",
            )
