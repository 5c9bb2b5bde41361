"""BUD007: a low execution rate without a word on it."""

from collections.abc import Iterator

from generator.check.money.explanations import is_money_explained, why_unexplained
from generator.check.money.funding import RESULT_FORMS, is_interim, main_money, why_unknown
from generator.check.money.rates import percent_of, shown_beside
from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD007",
    "low-execution-unexplained",
    reads="funding.adjusted_budget funding.executed",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="全年执行数 ÷ 全年预算数 < 规则包的界限（通行 90%）时，表中有说明",
    otherwise="表中没有印出执行数",
    record_types=RESULT_FORMS,
)
def low_execution_unexplained(subject: Subject) -> Iterator[Verdict]:
    """预算执行率偏低，全表没有一处说明原因。

    钱没有花出去，是预算编多了、工作没有做，还是付款晚了，读者只能从说明里知道。
    界限是惯例（通行 90%），由规则包设定；某省的表注要求低于 90% 说明原因。
    调整原因、偏差原因、存在问题、改进措施、自评结论等任何一处提到预算或资金的，都算有说明。
    监控表未到年底，不适用；印出的执行率并不低、只是与金额不符的，由 BUD001 判断。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 62000.00, 执行率: 62.00%}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 92000.00, 执行率: 92.00%}
    """
    money = main_money(subject)
    if money is None:
        return
    if is_interim(subject):
        yield not_applicable("监控表未到年底，执行率不能与全年比")
        return
    unknown = why_unknown(subject, "adjusted_budget", "executed")
    if money.executed is None or money.budget is None:
        if unknown:
            yield insufficient(money.spot(subject, "executed"), unknown)
        elif money.executed is not None:
            yield insufficient(money.spot(subject, "executed"), f"“{money.label}”没有印出可用的全年预算数")
        return
    if money.executed.number < 0:
        yield insufficient(money.spot(subject, "executed"), f"“{money.label}”的全年执行数是负数，算不出执行率")
        return
    if money.budget.number <= 0:
        yield not_applicable(f"“{money.label}”的全年预算数不大于零，没有执行率可算")
        return
    rate, limit = money.executed.number / money.budget.number * 100, subject.pack.thresholds.low_execution
    if rate >= limit or is_money_explained(subject):
        yield PASSED
        return
    printed = percent_of(subject, money.row) if money.row is not None else None
    if printed is not None and printed.number >= limit:
        # One of the figures is wrong, which BUD001 says; how much was spent is not sure before that is put right.
        yield insufficient(money.spot(subject, "executed"), f"“{money.label}”印出的执行率与金额不符，要先核对")
        return
    unexplained = why_unexplained(subject)
    if unexplained:
        yield insufficient(money.spot(subject, "executed"), unexplained)
        return
    yield failed(
        money.spot(subject, "executed"),
        f"“{money.label}”的执行率只有 {shown_beside(rate, limit):f}%，低于 {limit:f}%，表中没有说明原因",
        found=money.printed("executed") or f"{money.executed.number:,f}",
        expected=f"不低于 {limit:f}%，或者写明原因（{money.executed.number:,f} ÷ {money.budget.number:,f} × 100）",
        hint="在偏差原因或存在问题中写明钱为什么没有花出去，下一年度预算如何安排",
    )
