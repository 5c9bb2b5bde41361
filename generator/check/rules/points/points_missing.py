"""SCO017: a row that has neither points nor a score, among rows that have them."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import SCORED_FORMS, counted, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO017",
    "points-missing",
    reads="indicator.points indicator.score",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="表中有分值栏时，填写了目标的每一行都有分值",
    otherwise="表中没有分值栏",
    record_types=SCORED_FORMS,
)
def points_missing(subject: Subject) -> Iterator[Verdict]:
    """别的行都有分值，这一行既没有分值，也没有得分。

    不计分的指标不影响自评结果，等于没有考核。
    印了短横的行、只印了序号没有填写的行、“其中”的分项，都不算；只有得分的行另有规则。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 100, 得分: 100}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: , 得分: }
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 40}
    """
    if not is_evaluation(subject):
        return
    rows = counted(subject)
    with_points = sum(1 for row in rows if row.points is not None)
    if not with_points:
        return
    for row in rows:
        if row.points is not None:
            yield PASSED
        elif row.score is None and not (row.cell("points").unreadable or row.cell("score").unreadable):
            yield failed(
                row.spot("points"),
                f"“{row.name}”没有分值，别的 {with_points} 行都有",
                found=row.cell("points").text or "空白",
                expected="这一行的分值",
                hint="照原表补上分值；不计分的分项，写到所属指标的“其中”里",
            )
