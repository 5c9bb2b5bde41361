"""SCO019: points of zero or below."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import counted
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO019",
    "points-not-positive",
    reads="indicator.points",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="分值 > 0",
    otherwise="表中没有印出分值",
)
def points_not_positive(subject: Subject) -> Iterator[Verdict]:
    """分值是零或者负数。

    分值为零的指标，完成与否都不影响自评结果；负的分值多半是抄错。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 0, 得分: 0}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 10, 得分: 10}
    """
    for row in counted(subject):
        if row.points is None:
            continue
        if row.points > 0:
            yield PASSED
        else:
            yield failed(
                row.spot("points"),
                f"“{row.name}”的分值是 {row.cell('points').text}",
                found=row.cell("points").text,
                expected="大于 0",
                hint="核对这一行的分值；不计分的分项，写到所属指标的“其中”里",
            )
