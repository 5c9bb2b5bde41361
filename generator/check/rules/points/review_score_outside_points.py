"""SCO011: a row's review score against its points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO011",
    "review-score-outside-points",
    reads="indicator.review_score",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="0 ≤ 复核得分 ≤ 分值",
    otherwise="没有一行同时印出分值和复核得分",
)
def review_score_outside_points(subject: Subject) -> Iterator[Verdict]:
    """复核得分高于分值，或者低于零。

    复核得分同自评得分一样，最多得到分值。

    反例：
        表样: 项目支出绩效自评复核表
        绩效指标:
          - {指标名称: 清理次数, 分值: 60, 年度指标值: 3次, 自评值: 3次, 自评得分: 60, 复核值: 3次, 复核得分: 90}
    正例：
        表样: 项目支出绩效自评复核表
        绩效指标:
          - {指标名称: 清理次数, 分值: 60, 年度指标值: 3次, 自评值: 3次, 自评得分: 60, 复核值: 2次, 复核得分: 40}
    """
    for row in subject.scored:
        cell = row.indicator.cells.get("review_score")
        if cell is None or cell.number is None:
            continue
        if row.points is None:
            if row.cell("points").unreadable:
                yield insufficient(row.spot("review_score"), f"“{row.name}”的分值无法辨认")
        elif 0 <= cell.number <= row.points:
            yield PASSED
        else:
            yield failed(
                row.spot("review_score"),
                f"“{row.name}”的复核得分 {cell.text} 不在 0 至 {row.cell('points').text} 分之间",
                found=cell.text,
                expected=f"0 至 {row.cell('points').text}",
                hint="核对这一行的分值和复核得分",
            )
