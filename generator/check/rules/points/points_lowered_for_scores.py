"""SCO025: points cut down instead of scores."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.scores.points import SCORED_FORMS, column_of, counted, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO025",
    "points-lowered-for-scores",
    reads="funding.points funding.score indicator.points indicator.score total.points",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="分值合计印作 100（由规则包设定）而各项分值相加不足时，各行得分不全等于分值",
    otherwise="没有印出分值合计，或者有的行没有印出分值和得分",
    record_types=SCORED_FORMS,
)
def points_lowered_for_scores(subject: Subject) -> Iterator[Verdict]:
    """各项分值相加不足满分，而每一项又都得满分：扣的像是分值，不是得分。

    有的表扣分时把分值改小，得分照印满分：各项分值相加只有八十几分，分值合计仍印 100。
    这样读者看不出哪一项没有完成，分值也不再是年初批复的分值。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 3次, 分值: 43, 得分: 43}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 40}
        总分: {分值: 100, 得分: 83}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 3次, 分值: 60, 得分: 45}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 40}
        总分: {分值: 100, 得分: 85}
    """
    if not is_evaluation(subject):
        return
    points, scores = column_of(subject, "points"), column_of(subject, "score")
    printed, wanted = subject.total("points"), subject.pack.total_points
    if points is None or scores is None or points.missing or scores.missing or printed.number != wanted:
        return
    total = subject.total("score").number
    rows = counted(subject)
    is_full = all(row.points == row.score for row in rows) and points.total == scores.total
    if not is_full or points.total >= wanted or total != scores.total:
        yield PASSED
        return
    yield failed(
        subject.total_spot("points"),
        f"{len(rows)} 项指标都得满分，分值相加却只有 {points.total:f}，总得分也是 {total:f}，扣的是否是分值而不是得分",
        found=f"{points.total:f}",
        expected=f"各项分值相加 {wanted:f}，没有完成的扣得分",
        hint="恢复年初批复的分值，把没有完成的部分从得分中扣除",
    )
