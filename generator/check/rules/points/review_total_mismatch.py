"""SCO012: the printed total of review scores against the rows."""

from collections.abc import Iterator

from generator.check.outcome import Verdict
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import total_verdict
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO012",
    "review-total-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="复核总得分 = 各项复核得分之和",
    otherwise="表中没有同时印出各项复核得分和它的合计",
)
def review_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """复核总得分与各项复核得分相加不符。

    判断方法与总得分相同；有复核得分无法辨认或空白时不下结论。

    反例：
        表样: 项目支出绩效自评复核表
        绩效指标:
          - {指标名称: 清理次数, 分值: 60, 自评得分: 60, 复核得分: 40}
          - {指标名称: 清理质量, 分值: 40, 自评得分: 40, 复核得分: 40}
        总分: {分值: 100, 自评得分: 100, 复核得分: 90}
    正例：
        表样: 项目支出绩效自评复核表
        绩效指标:
          - {指标名称: 清理次数, 分值: 60, 自评得分: 60, 复核得分: 40}
          - {指标名称: 清理质量, 分值: 40, 自评得分: 40, 复核得分: 40}
        总分: {分值: 100, 自评得分: 100, 复核得分: 80}
    """
    yield from total_verdict(subject, "review_score", "复核总得分")
