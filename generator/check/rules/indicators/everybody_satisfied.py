"""IND053: satisfaction of exactly 100 %."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_units import is_percent
from generator.check.rows.row_facts import is_bound
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Quantity

_ALL = Decimal(100)


@rule(
    "IND053",
    "everybody-satisfied",
    reads="indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="满意度的指标值和实际完成值不是恰好 100%",
    otherwise="没有一行满意度以 % 计",
)
def everybody_satisfied(subject: Subject) -> Iterator[Verdict]:
    """满意度恰好 100%，是否经过调查。

    有一定样本的调查，很难人人满意。实际完成值恰好 100% 的，多是没有调查、照目标填写。
    这是疑问，不是错误：样本很小、确实人人满意的，在完成情况里写明调查了多少人即可。目标定为 100% 而还没有结果的、完成值印作界限（≥100%）的不提。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 社区满意度, 年度指标值: =100%, 实际完成值: 100%}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 社区满意度, 年度指标值: ≥90%, 实际完成值: 96.4%}
    """
    for row in row_groups(subject).satisfaction:
        actual = row.actual
        if row.actual_cell.unreadable:
            yield insufficient(row.spot("actual"), f"“{row.name}”的实际完成值无法辨认")
        elif not isinstance(actual, Quantity) or not is_percent(actual):
            continue
        elif actual.number != _ALL or is_bound(actual):
            yield PASSED
        else:
            yield failed(
                row.spot("actual"),
                f"“{row.name}”恰好 100%，是否经过调查、调查了多少人",
                found=row.actual_cell.text,
                expected="调查所得的百分比",
                hint="按调查结果填写；人人满意属实的，写明调查人数",
            )
