"""BUD023: a full-year budget that is just what was spent."""

from collections.abc import Iterator

from generator.check.money.carried_over import is_change_carried_over, why_carried_unknown
from generator.check.money.explanations import is_money_explained, why_unexplained
from generator.check.money.funding import RESULT_FORMS, budget_column, main_money, why_unknown
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD023",
    "budget-set-to-spent",
    reads="funding.adjusted_budget funding.executed funding.initial_budget",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="年初预算数 ≠ 全年预算数时，全年预算数 ≠ 全年执行数",
    otherwise="表中没有印出年初预算数、全年预算数和全年执行数，或预算没有变动",
    record_types=RESULT_FORMS,
)
def budget_set_to_spent(subject: Subject) -> Iterator[Verdict]:
    """全年预算数像是照执行数填的。

    预算调整过，调整后的数又与花掉的钱分毫不差，执行率必然是 100%，这个 100% 就什么也说明不了。
    年初预算是 0 的新增项目，以及只因年中转入上年结转资金而变动的，不在此列。
    这可能是年底按实际支出调整了预算，也可能是把执行数抄进了预算栏，所以只是提问；表中有说明的不问。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 925000.00, 全年预算数: 815826.17, 全年执行数: 815826.17}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 925000.00, 全年预算数: 820000.00, 全年执行数: 815826.17}
    """
    money = main_money(subject)
    if money is None:
        return
    if money.initial is None or money.budget is None or money.executed is None:
        unknown = why_unknown(subject, "initial_budget", "adjusted_budget", "executed")
        if unknown:
            yield insufficient(money.spot(subject, "adjusted_budget"), unknown)
        return
    initial, budget, executed = money.initial.number, money.budget.number, money.executed.number
    if initial <= 0 or budget <= 0 or initial == budget:
        return
    if budget != executed or is_money_explained(subject) or is_change_carried_over(subject):
        yield PASSED
        return
    column = budget_column(money.row) if money.row is not None else "adjusted_budget"
    doubt = why_unexplained(subject) or why_carried_unknown(subject)
    if doubt:
        yield insufficient(money.spot(subject, column), doubt)
        return
    yield failed(
        money.spot(subject, column),
        f"预算由年初的 {initial:,f} 调整到 {budget:,f}，与全年执行数分毫不差，是不是照执行数填的",
        found=money.printed(column) or f"{budget:,f}",
        expected="批准调整的预算数，或者写明年底按实际支出调整了预算",
        hint="查调整预算的批复；年底按实际支出调减的，写明何时由谁批准",
    )
