"""BUD021: money spent in a row that has no budget."""

from collections.abc import Iterator

from generator.check.money.funding import RESULT_FORMS, amount_of, budget_column, cell_of, title_of, unit_of
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD021",
    "executed-without-budget",
    reads="funding.executed",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, PRACTICE),
    formula="每一行：全年执行数 > 0 时，全年预算数 > 0",
    otherwise="没有印出执行数（大于零）的行",
    record_types=RESULT_FORMS,
)
def executed_without_budget(subject: Subject) -> Iterator[Verdict]:
    """有执行数的一行，全年预算数是 0 或空白。

    花了钱就要有预算：或者钱记错了来源，或者年中追加没有写进全年预算数。
    表样没有预算数一栏的不判断，预算数无法辨认的不下结论。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}
          上年结转资金: {全年预算数: 0.00, 全年执行数: 20000.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}
          上年结转资金: {全年预算数: 20000.00, 全年执行数: 20000.00}
    """
    unit = unit_of(subject)
    for row in subject.funding_rows():
        executed, column = amount_of(row, "executed", unit), budget_column(row)
        if executed is None or executed.number <= 0 or not column:
            continue
        printed = cell_of(row, column)
        if printed.number and not printed.unreadable:
            yield PASSED
            continue
        spot = subject.funding_spot(row, column)
        if printed.unreadable:
            yield insufficient(spot, f"“{row.label}”的{title_of(subject, column)}无法辨认")
        elif printed.number is None and printed.text.strip(" 　-—–/／－"):
            yield insufficient(spot, f"“{row.label}”的{title_of(subject, column)}不是数字")
        else:
            yield failed(
                spot,
                f"“{row.label}”没有{title_of(subject, column)}，却执行了 {executed.number:,f}",
                found=printed.text or "空白",
                expected=f"不小于全年执行数 {executed.number:,f}",
                hint="核对这笔支出属于哪一项来源；年中追加的，写进全年预算数",
            )
