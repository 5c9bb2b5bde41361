"""IND008: a target said to be partly reached or not reached that scores above its band."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Outcome, Verdict, failed
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import scored_rows
from generator.check.scores.scoring import explain_scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Achievement, Degree


@rule(
    "IND008",
    "unreached-word-scores-high",
    reads="indicator.actual indicator.points indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="部分达成时得分 < 分值 × 80%，未达成时得分 < 分值 × 60%（由规则包设定）；目标是数字或日期的，得分 < 分值",
    otherwise="没有一行的完成值写明部分达成或未达成",
)
def unreached_word_scores_high(subject: Subject) -> Iterator[Verdict]:
    """完成值写的是部分达成或未达成，得分却在更高的一档。

    定性指标按达成的程度分档给分，得分要与完成值的说法一致。
    “基本达成”有的表样与“全部达成”同归上档，有的归中档，不判断。
    目标是数字或日期、完成值只写了“部分达成”“未达成”的，算不出比例，只看是不是满分。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 部分达成指标, 分值: 10.00, 得分: 10.00}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 部分达成指标, 分值: 10.00, 得分: 7.00}
    """
    for scored in scored_rows(subject):
        row = scored.row
        if not isinstance(row.actual, Achievement) or row.actual.degree is Degree.MET:
            continue
        scoring = explain_scoring(row, subject.pack)
        if scoring.high is None:
            continue
        # Below its band a score may have any reason; above it contradicts the word.
        if scored.score < scoring.high or scoring.outcome is not Outcome.FAIL:
            yield PASSED
            continue
        yield failed(
            row.spot("score"),
            f"“{row.name}”的完成值是“{row.actual_cell.text}”，却得 {row.cell('score').text} 分"
            f"（满分 {row.cell('points').text}）",
            found=row.cell("score").text,
            expected=scoring.expected,
            hint="核对完成值和得分，使两者一致，并写明没有达成的原因",
        )
