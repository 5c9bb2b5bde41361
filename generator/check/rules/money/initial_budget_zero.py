"""BUD024: a budget that came from nothing during the year, without a word on it."""

from collections.abc import Iterator

from generator.check.money.explanations import is_money_explained, why_unexplained
from generator.check.money.funding import RESULT_FORMS, main_money, why_unknown
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD024",
    "initial-budget-zero",
    reads="funding.adjusted_budget funding.initial_budget",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="全年预算数 > 0 而年初预算数 = 0 时，表中有说明",
    otherwise="表中没有同时印出年初预算数和全年预算数",
    record_types=RESULT_FORMS,
)
def initial_budget_zero(subject: Subject) -> Iterator[Verdict]:
    """年初预算数是 0，全年预算数却有钱，全表没有一处说明。

    年中新增的项目可以如此，但要写明是追加的、谁批的；也可能是年初预算数漏填，按惯例填了 0。
    年初预算数空白的不在此列，由 BUD030 提示。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 0.00, 全年预算数: 120.00, 全年执行数: 118.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 120.00, 全年预算数: 120.00, 全年执行数: 118.00}
    """
    money = main_money(subject)
    if money is None:
        return
    if money.initial is None or money.budget is None:
        unknown = why_unknown(subject, "initial_budget", "adjusted_budget")
        if unknown:
            yield insufficient(money.spot(subject, "initial_budget"), unknown)
        return
    if money.budget.number <= 0:
        return
    if money.initial.number or is_money_explained(subject):
        yield PASSED
        return
    unexplained = why_unexplained(subject)
    if unexplained:
        yield insufficient(money.spot(subject, "initial_budget"), unexplained)
        return
    yield failed(
        money.spot(subject, "initial_budget"),
        f"“{money.label}”的年初预算数是 0，全年预算数是 {money.budget.number:,f}，是年中追加的还是年初预算数漏填",
        found=money.printed("initial_budget") or "0",
        expected="年初批复的预算数，或者写明年中追加的原因",
        hint="查年初批复的预算；年中新增的项目，写明追加的原因和批复",
    )
