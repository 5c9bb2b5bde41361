"""IND022: a result given as a bound instead of a number."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_names import is_lifetime
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.row_facts import is_bound
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Frequency, Quantity, Range


@rule(
    "IND022",
    "actual-is-a-bound",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(
        FORM,
        PRACTICE,
    ),
    formula="实际完成值不带 ≥、≤、＞、＜，也不是区间",
    otherwise="没有一行的实际完成值是数",
)
def actual_is_a_bound(subject: Subject) -> Iterator[Verdict]:
    """实际完成值写成了一个范围，不是实际的数。

    目标可以是“不少于”，结果只能是一个数：年底了，办了多少次、来了多少人是已经发生的事。
    写“≤1500人”看不出完成了多少，也无法按比例算分。检测限（例如 <0.01mg/L）除外；
    使用年限要到将来才知道，也除外。
    与指标值一字不差的由 IND023 判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人数, 年度指标值: ">2000人", 实际完成值: ≤1500人}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与人数, 年度指标值: ">2000人", 实际完成值: 1486人}
    """
    for row in subject.scored:
        actual = row.actual
        if row.actual_cell.unreadable:
            yield insufficient(row.spot("actual"), f"“{row.name}”的实际完成值无法辨认")
            continue
        if not isinstance(actual, (Quantity, Range, Frequency)):
            continue
        if not is_bound(actual) or _is_detection_limit(actual) or is_lifetime(row.name):
            yield PASSED
        elif row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认，看不出完成值是不是照抄的")
        elif row.values.repeats_target:
            yield not_applicable(f"“{row.name}”照抄了指标值，由 IND023 判断")
        else:
            yield failed(
                row.spot("actual"),
                f"“{row.name}”的实际完成值是一个范围，看不出实际完成了多少",
                found=row.actual_cell.text,
                expected="一个实际的数，不带比较符号",
                hint="查原始记录，填实际完成的数；没有统计的，在偏差原因里说明",
            )


def _is_detection_limit(actual: Quantity | Range | Frequency) -> bool:
    return isinstance(actual, Quantity) and actual.comparator is Comparator.LT and "g/" in actual.normalised_unit
