"""SCO022: one indicator with a great share of all points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.scores.points import SCORED_FORMS, counted, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO022",
    "indicator-dominates",
    reads="indicator.points indicator.score",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="一项指标的分值不超过满分的 20%（由规则包设定）",
    otherwise="表中没有印出各项分值",
    record_types=SCORED_FORMS,
)
def indicator_dominates(subject: Subject) -> Iterator[Verdict]:
    """单独一项指标的分值过大。

    一项指标占去满分的五分之一以上，自评结果就由它一项决定，别的指标成了陪衬。界限是审核惯例。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 30, 得分: 30}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 20, 得分: 20}
    """
    if not is_evaluation(subject):
        return
    pack = subject.pack
    whole = subject.total("points").number or pack.total_points
    if whole <= 0:
        return
    most = whole * pack.thresholds.largest_indicator / pack.total_points
    for row in counted(subject):
        if row.points is None:
            continue
        if row.points <= most:
            yield PASSED
        else:
            yield failed(
                row.spot("points"),
                f"“{row.name}”一项占 {row.cell('points').text} 分，满分是 {whole:f}",
                found=row.cell("points").text,
                expected=f"不超过 {most:f}",
                hint="把这一项拆成几项能分别考核的指标，或减少它的分值",
            )
