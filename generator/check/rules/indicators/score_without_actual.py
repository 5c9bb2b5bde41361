"""IND029: points given to a row that reports no result."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import NOTHING, expects_results, named_rows
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Blank


@rule(
    "IND029",
    "score-without-actual",
    reads="indicator.adjusted_target indicator.initial_target indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="得分 ＞ 0 时，实际完成值不应空白",
    otherwise="表样没有实际完成值一栏，或没有一行得了分",
    record_types=frozenset({"SelfEvaluation", "DepartmentEvaluation", "Other"}),
)
def score_without_actual(subject: Subject) -> Iterator[Verdict]:
    """给了分，实际完成值却是空白。

    得分要有完成情况作依据；没有填完成值，分数无从核对。
    只判断有指标值的行；没有实际完成值一栏的评分表（例如只印评分标准的）不适用。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次, 实际完成值: , 分值: 10, 得分: 10}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次, 实际完成值: 12次, 分值: 10, 得分: 10}
    """
    if not expects_results(subject):
        return
    for row in named_rows(subject):
        if isinstance(row.target, Blank) or row.score is None or row.score <= 0:
            continue
        if row.actual_cell.unreadable:
            yield insufficient(row.spot("actual"), f"“{row.name}”的实际完成值无法辨认")
        elif not isinstance(row.actual, Blank):
            yield PASSED
        else:
            yield failed(
                row.spot("actual"),
                f"“{row.name}”得了 {row.score:f} 分，没有填实际完成值",
                found=row.actual_cell.text or NOTHING,
                expected=f"与指标值 {row.target_cell.text} 对应的实际完成值",
                hint="补填实际完成值；没有完成的，改正得分并说明原因",
            )
