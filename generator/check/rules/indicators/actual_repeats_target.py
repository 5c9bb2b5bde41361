"""IND023: a result that is the target written again, comparator and all."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import is_lifetime
from generator.check.rows.indicator_rows import unreadable_value
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Frequency, Quantity, Range

_NUMBERS = (Quantity, Range, Frequency)


@rule(
    "IND023",
    "actual-repeats-target",
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="指标值是不等式或区间时，实际完成值 ≠ 指标值的原文",
    otherwise="没有一行的指标值是不等式或区间而实际完成值是数",
)
def actual_repeats_target(subject: Subject) -> Iterator[Verdict]:
    """实际完成值照抄了指标值。

    目标“>600人”，结果也写“>600人”：看不出实际来了多少人，得分也就没有依据。
    只判断指标值是不等式、区间或“不少于每月几次”一类的行；使用年限要到将来才知道，不判断；比较时不计全角半角、空格和“1万”与“10000”的写法之别。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人数, 年度指标值: ">600人", 实际完成值: ＞600 人}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人数, 年度指标值: ">600人", 实际完成值: 655人}
    """
    for row in subject.scored:
        target, actual = row.target, row.actual
        if not row.is_readable:
            unread = unreadable_value(row)
            if unread is not None:
                yield unread
            continue
        if not row.values.target_is_bound or not isinstance(actual, _NUMBERS) or not isinstance(target, _NUMBERS):
            continue
        if not row.values.repeats_target or is_lifetime(row.name):
            yield PASSED
            continue
        yield failed(
            row.spot("actual"),
            f"“{row.name}”的实际完成值照抄了指标值",
            found=row.actual_cell.text,
            expected="一个实际的数，不带比较符号",
            hint=f"查原始记录，填实际完成的数，再与指标值 {row.target_cell.text} 比较",
        )
