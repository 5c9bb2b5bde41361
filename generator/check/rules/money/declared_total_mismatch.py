"""BUD011: the total applied for against its sources."""

from collections.abc import Iterator

from generator.check.money.funding import breakdowns
from generator.check.money.funding_sums import judge_total
from generator.check.outcome import Verdict
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD011",
    "declared-total-mismatch",
    reads="funding.amount",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="年度资金申请总额 = 当年财政拨款 + 上年结转资金 + 其他资金；项目资金总额 = 财政资金 + 其他资金",
    otherwise="资金表没有总额，或总额之下没有列全来源",
    record_types=frozenset({"TargetDeclaration"}),
)
def declared_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """申报的资金总额不等于各项来源之和。

    目标申报表左右两半各有一个总额：整个项目的和本年度的，各自与自己的来源相加比较。
    空着的一半不判断；有一项没有印出数字就不下结论，除非已印出的各项已经超过总额。

    反例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          年度资金:
            年度资金申请总额: 300,000.00
            当年财政拨款: 290,000.00
            上年结转资金: 0.00
            其他资金: 0.00
    正例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          年度资金:
            年度资金申请总额: 300,000.00
            当年财政拨款: 290,000.00
            上年结转资金: 10,000.00
            其他资金: 0.00
    """
    for breakdown in breakdowns(subject):
        if breakdown.is_complete:
            yield from judge_total(subject, breakdown)
