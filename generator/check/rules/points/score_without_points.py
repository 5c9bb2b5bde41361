"""SCO016: a score in a row without points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import SCORED_FORMS, counted, is_evaluation, named
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO016",
    "score-without-points",
    reads="indicator.points indicator.score",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="表中有分值栏时，有得分的行都有分值",
    otherwise="表中没有分值栏，或者没有得分",
    record_types=SCORED_FORMS,
)
def score_without_points(subject: Subject) -> Iterator[Verdict]:
    """有得分，没有分值。

    没有分值，就不知道这一行得的是满分还是零头，分值合计也算不出来。整张表都没有分值栏的不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: , 得分: 40}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 40, 得分: 40}
    """
    if not is_evaluation(subject):
        return
    rows = [row for row in counted(subject) if row.score is not None]
    if not any(row.points is not None for row in rows):
        return
    unread: list[str] = []
    for row in rows:
        if row.points is not None:
            yield PASSED
        elif row.cell("points").unreadable:
            unread.append(row.name)
        else:
            yield failed(
                row.spot("points"),
                f"“{row.name}”得 {row.cell('score').text} 分，没有分值",
                found=row.cell("points").text or "空白",
                expected="这一行的分值",
                hint="照原表补上分值；原表确实没有印时保持空白",
            )
    if unread:
        yield insufficient(subject.block_spot("indicators"), f"{named(unread)}的分值无法辨认")
