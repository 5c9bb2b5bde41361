"""IND036: a share that is above 100 % or below 0."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import target_spot, unreadable_value
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity, Range

_NONE, _ALL = Decimal(0), Decimal(100)


@rule(
    "IND036",
    "share-beyond-hundred-percent",
    reads="indicator.target",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="0 ≤ 占比 ≤ 100%",
    otherwise="没有一行是不能超出 0 至 100% 的占比",
)
def share_beyond_hundred_percent(subject: Subject) -> Iterator[Verdict]:
    """满意度、合格率一类的占比超出了 0 至 100%。

    部分不会多于全体，满意的人不会比被调查的人多：这样的数一定印错了或算错了。
    只判断名称明确是占比的（满意度、合格率、覆盖率、知晓率、及时率等）；增长、成本、执行率、完成率等可以超过 100% 的不判断。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 925%}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 92.5%}
    """
    for row in row_groups(subject).shares:
        unread = None if row.is_readable else unreadable_value(row)
        if unread is not None:
            yield unread
        for is_target, value in row.values.percentages:
            if not _is_beyond(value):
                yield PASSED
                continue
            yield failed(
                target_spot(row) if is_target else row.spot("actual"),
                f"“{row.name}”是占比，不可能超出 0 至 100%",
                found=value.text,
                expected="0 至 100% 之间的数",
                hint="核对原始数据，看小数点或位数是否抄错",
            )


def _is_beyond(value: Quantity | Range) -> bool:
    if isinstance(value, Range):
        return value.lower < 0 or value.upper > _ALL
    if _NONE < value.number < _ALL:
        return False
    above = value.number > _ALL or (value.number == _ALL and value.comparator is Comparator.GT)
    below = value.number < 0 or (value.number == 0 and value.comparator is Comparator.LT)
    return above or below
