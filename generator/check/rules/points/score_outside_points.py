"""SCO004: a row's score against its points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import named
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO004",
    "score-outside-points",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="0 ≤ 得分 ≤ 分值",
    otherwise="没有一行同时印出分值和得分",
)
def score_outside_points(subject: Subject) -> Iterator[Verdict]:
    """得分高于分值，或者低于零。

    分值是一行最多能得的分。得分超出分值，多半是两栏抄反、小数点错位或串了行，总得分也随之不可信。
    分值无法辨认的行不下结论。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 8.00, 得分: 80.0}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 8.00, 得分: 8.00}
    """
    unread: list[str] = []
    for row in subject.scored:
        points, score = row.points, row.score
        if score is None:
            if points is not None and row.cell("score").unreadable:
                unread.append(row.name)
        elif score < 0:
            yield failed(
                row.spot("score"),
                f"“{row.name}”的得分是负数",
                found=row.cell("score").text,
                expected="不低于 0",
                hint="核对这一行的得分",
            )
        elif points is None:
            if row.cell("points").unreadable:
                unread.append(row.name)
        elif points < 0:
            continue
        elif score > points:
            yield failed(
                row.spot("score"),
                f"“{row.name}”得 {row.cell('score').text} 分，高于分值 {row.cell('points').text}",
                found=row.cell("score").text,
                expected=f"不高于 {row.cell('points').text}",
                hint="核对这一行的分值和得分，看是否抄反、串行或小数点错位",
            )
        else:
            yield PASSED
    if unread:
        yield insufficient(subject.block_spot("indicators"), f"{named(unread)}的分值或得分无法辨认")
