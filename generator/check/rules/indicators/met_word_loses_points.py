"""IND004: a target said to be reached that loses points without a reason."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import has_unreadable_reason, is_explained, unreadable_reason
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import NUMBERS, scored_rows
from generator.check.scores.scored_words import degree_of
from generator.check.scores.scoring import explain_scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved
from generator.model.values import Degree


@rule(
    "IND004",
    "met-word-loses-points",
    reads="indicator.actual indicator.points indicator.score indicator.target",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="完成值说明达到目标时，得分 = 分值，或者写明扣分的原因",
    otherwise="没有一行的完成值用文字说明达到目标",
)
def met_word_loses_points(subject: Subject) -> Iterator[Verdict]:
    """完成值写的是达成，得分却少于分值，没有说明。

    定性指标达成时可以在上档之内给分，不必满分；但扣了分而不写原因，读者无从知道差在哪里。
    低于上档的、得零分的，由别的规则判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 6.00, 得分: 5.00}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 6.00, 得分: 5.00, 偏差原因: 两个支部没有开展活动}
    """
    for scored in scored_rows(subject):
        row = scored.row
        if not scored.score or (row.values.is_counted and isinstance(row.actual, NUMBERS)):
            continue
        if degree_of(row) is not Degree.MET:
            continue
        if scored.score == scored.points or is_explained(subject, row):
            yield PASSED
            continue
        scoring = explain_scoring(row, subject.pack)
        is_below = scoring.low is None or (row.is_qualitative and scored.score < scoring.low)
        if is_below or scoring.achieved is not Achieved.MET:
            continue
        if has_unreadable_reason(subject, row):
            yield unreadable_reason(row)
            continue
        yield failed(
            row.spot("score"),
            f"“{row.name}”的完成值是“{row.actual_cell.text}”，得 {row.cell('score').text} 分"
            f"（满分 {row.cell('points').text}），没有写扣分的原因",
            found=row.cell("score").text,
            expected=f"{row.cell('points').text}，或写明扣分的原因",
            hint="在偏差原因一栏写明为什么扣分，或改正得分",
        )
