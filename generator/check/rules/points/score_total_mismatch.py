"""SCO003: the printed total score against the scores of the rows."""

from collections.abc import Iterator

from generator.check.outcome import Verdict
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import total_verdict
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO003",
    "score-total-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="总得分 = 各项指标的得分 + 预算执行率的得分（资金栏印出时）",
    otherwise="表中没有同时印出各项得分和总得分",
)
def score_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的总得分与各项得分相加不符。

    总得分是公开后最常被引用的数，等级也由它决定。
    满分、零分和整分当作确数；带小数的得分可能是四舍五入来的，按可能的真值计算区间，
    区间能够相合的只记为“四舍五入可解释”。有得分无法辨认或空白时不下结论。
    不符时给出最小的改法；恰有一行的得分等于差额的，指出那一行。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 76人, 分值: 40, 得分: 38}
        总分: {分值: 100, 得分: 99}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 76人, 分值: 40, 得分: 38}
        总分: {分值: 100, 得分: 98}
    """
    yield from total_verdict(subject, "score", "总得分")
