"""BUD020: more spent than budgeted."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.money.funding import RESULT_FORMS, amount_of, budget_column, main_row, title_of, unit_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import EXACT


@rule(
    "BUD020",
    "executed-exceeds-budget",
    reads="funding.adjusted_budget funding.budget funding.executed",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, PRACTICE),
    formula="每一行：全年执行数 ≤ 全年预算数",
    otherwise="没有同时印出预算数（大于零）和执行数的行",
    record_types=RESULT_FORMS,
)
def executed_exceeds_budget(subject: Subject) -> Iterator[Verdict]:
    """全年执行数超过全年预算数。

    无预算不得支出。执行数超过全年预算数，不是超预算，就是全年预算数没有更新或抄错。
    逐行比较；来源行超出的数与总额超出的数相同的，只在总额一行指出。
    两数之差在四舍五入的范围之内的不算。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 105000.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 105000.00, 全年执行数: 105000.00}
    """
    unit, main = unit_of(subject), main_row(subject)
    of_total: Decimal | None = None
    # The total comes first, whatever its place on the form, so that its parts can be left out.
    for row in sorted(subject.funding_rows(), key=lambda row: row is not main):
        column = budget_column(row)
        budget, executed = amount_of(row, column, unit), amount_of(row, "executed", unit)
        if budget is None or executed is None or budget.number <= 0:
            continue
        excess = EXACT.subtract(executed.number, budget.number)
        if (
            excess <= 0
            or excess < EXACT.add(executed.radius, budget.radius)
            or (row is not main and excess == of_total)
        ):
            yield PASSED
            continue
        of_total = excess if row is main else of_total
        yield failed(
            subject.funding_spot(row, "executed"),
            f"“{row.label}”的全年执行数 {executed.number:,f} 超过{title_of(subject, column)} {budget.number:,f}，多出 {excess:,f}",
            found=row.cells["executed"].text,
            expected=f"不超过 {budget.number:,f}",
            hint=f"核对两个数；预算年中有追加的，{title_of(subject, column)}要填调整后的数；确实超支的，说明原因和依据",
        )
