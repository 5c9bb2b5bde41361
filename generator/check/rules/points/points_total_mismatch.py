"""SCO001: the printed total of points against the points of the rows."""

from collections.abc import Iterator

from generator.check.outcome import Verdict
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import total_verdict
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO001",
    "points-total-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="分值合计 = 各项指标的分值 + 预算执行率的分值（资金栏印出时）",
    otherwise="表中没有同时印出各项分值和分值合计",
)
def points_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的分值合计与各项分值相加不符。

    分值是人定的，没有四舍五入，相加必须等于印出的合计；资金栏给预算执行率印了分值的，一并计入。
    其中有无法辨认或空白的分值，就不下结论，并写明缺哪几项。不单独计分的“其中”项不计入。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 50, 得分: 50}
        总分: {分值: 100, 得分: 110}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 40}
        总分: {分值: 100, 得分: 100}
    """
    yield from total_verdict(subject, "points", "分值合计")
