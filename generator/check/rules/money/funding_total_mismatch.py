"""BUD010: the total of the money block against its sources."""

from collections.abc import Iterator

from generator.check.money.funding import RESULT_FORMS, breakdowns
from generator.check.money.funding_sums import judge_total
from generator.check.outcome import Verdict
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD010",
    "funding-total-mismatch",
    reads="funding.adjusted_budget funding.executed funding.initial_budget",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="每一栏：年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金",
    otherwise="资金表没有总额，或总额之下没有列全来源",
    record_types=RESULT_FORMS,
)
def funding_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """资金总额不等于各项来源之和。

    年初预算数、全年预算数、全年执行数逐栏相加。
    只在各项来源列全时判断，即除了财政资金，还有“其他资金”一类兜底的行，或者基本支出、项目支出两项都在；
    “其中”只列了一部分的，不要求相等。
    空白不当作零：有一项没有印出数字就不下结论，除非已印出的各项已经超过总额。
    辨不清是不是来源的行，计入、不计入都不相等才不放过，但仍记为“数据不足”，不算错。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 95000.00}
          当年财政拨款: {年初预算数: 80000.00}
          上年结转资金: {年初预算数: 10000.00}
          其他资金: {年初预算数: 0.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 90000.00}
          当年财政拨款: {年初预算数: 80000.00}
          上年结转资金: {年初预算数: 10000.00}
          其他资金: {年初预算数: 0.00}
    """
    for breakdown in breakdowns(subject):
        if breakdown.is_complete:
            yield from judge_total(subject, breakdown)
