"""SCO018: points without a score, among rows that have both."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import SCORED_FORMS, counted, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO018",
    "score-missing",
    reads="indicator.points indicator.score",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="表中有得分栏时，有分值的每一行都有得分",
    otherwise="表中没有得分",
    record_types=SCORED_FORMS,
)
def score_missing(subject: Subject) -> Iterator[Verdict]:
    """有分值，没有得分。

    空白不是零分。漏填一行得分，总得分就无从核对。整张表都没有得分的（例如只报目标的表）不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: }
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 0}
    """
    if not is_evaluation(subject):
        return
    rows = [row for row in counted(subject) if row.points is not None]
    if not any(row.score is not None for row in rows):
        return
    for row in rows:
        if row.score is not None:
            yield PASSED
        elif not row.cell("score").unreadable:
            yield failed(
                row.spot("score"),
                f"“{row.name}”有分值 {row.cell('points').text}，没有得分",
                found=row.cell("score").text or "空白",
                expected=f"0 至 {row.cell('points').text} 之间的得分",
                hint="照原表补上得分；没有得分的写 0，不留空白",
            )
