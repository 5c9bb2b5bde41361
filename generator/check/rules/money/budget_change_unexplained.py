"""BUD022: a large change of the budget without a word on it."""

from collections.abc import Iterator

from generator.check.money.carried_over import is_change_carried_over, why_carried_unknown
from generator.check.money.explanations import is_money_explained, why_unexplained
from generator.check.money.funding import RESULT_FORMS, budget_column, main_money, why_unknown
from generator.check.money.rates import shown_beside
from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import EXACT


@rule(
    "BUD022",
    "budget-change-unexplained",
    reads="funding.adjusted_budget funding.initial_budget",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="|全年预算数 − 年初预算数| ÷ 年初预算数 > 规则包的界限（通行 10%）时，表中有说明",
    otherwise="表中没有同时印出年初预算数和全年预算数",
    record_types=RESULT_FORMS,
)
def budget_change_unexplained(subject: Subject) -> Iterator[Verdict]:
    """预算年中变动较大，全表没有一处说明原因。

    年初预算是人大批准的数，变动大就要说清为什么变、谁批的。界限是惯例（通行 10%），由规则包设定。
    调整原因、偏差原因、存在问题、改进措施、自评结论等任何一处提到预算或资金的，都算有说明；
    变动恰好是上年结转一行的变动的，表格本身就是说明。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 60.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 94.60, 全年预算数: 91.05, 全年执行数: 90.00}
    """
    money = main_money(subject)
    if money is None:
        return
    if money.initial is None or money.budget is None:
        unknown = why_unknown(subject, "initial_budget", "adjusted_budget")
        if unknown:
            yield insufficient(money.spot(subject, "adjusted_budget"), unknown)
        return
    initial, budget = money.initial.number, money.budget.number
    if initial <= 0:
        yield not_applicable("年初预算数不大于零，没有变动率可算")
        return
    change, limit = EXACT.subtract(budget, initial), subject.pack.thresholds.budget_change
    share = abs(change) / initial * 100
    if share <= limit or is_money_explained(subject) or is_change_carried_over(subject):
        yield PASSED
        return
    column = budget_column(money.row) if money.row is not None else "adjusted_budget"
    doubt = why_unexplained(subject) or why_carried_unknown(subject)
    if doubt:
        yield insufficient(money.spot(subject, column), doubt)
        return
    direction = "调增" if change > 0 else "调减"
    yield failed(
        money.spot(subject, column),
        f"预算由年初的 {initial:,f} {direction}到 {budget:,f}，变动 {shown_beside(share, limit):f}%，表中没有说明原因",
        found=money.printed(column) or f"{budget:,f}",
        expected=f"变动不超过 {limit:f}%，或者写明原因（|{budget:,f} − {initial:,f}| ÷ {initial:,f} × 100）",
        hint="写明预算为什么调整、何时由谁批准；表中没有这一栏的，写在偏差原因或备注中",
    )
