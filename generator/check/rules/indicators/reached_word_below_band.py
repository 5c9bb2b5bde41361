"""IND005: a qualitative target said to be reached that scores below the upper band."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Outcome, Verdict, failed, insufficient
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import scored_rows
from generator.check.scores.scored_words import degree_of
from generator.check.scores.scoring import explain_scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Degree


@rule(
    "IND005",
    "reached-word-below-band",
    reads="indicator.points indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="定性指标达成时，得分 ≥ 分值 × 80%（由规则包设定）",
    otherwise="没有一行定性指标写明达成",
)
def reached_word_below_band(subject: Subject) -> Iterator[Verdict]:
    """定性指标写明达成，得分却低于“达成”一档。

    定性指标通常分三档给分：达成为分值的 80% 至 100%，部分达成为 60% 至 80%，未达成在 60% 以下。
    完成值说达成、得分却落到下一档，两者必有一错。得零分的由另一条规则判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 10.00, 得分: 7.00}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 党员参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 10.00, 得分: 8.00}
    """
    for scored in scored_rows(subject):
        row = scored.row
        if not row.is_qualitative or not scored.score:
            continue
        if row.actual_cell.unreadable:
            yield insufficient(row.spot("actual"), f"“{row.name}”的完成值无法辨认")
            continue
        if degree_of(row) is not Degree.MET:
            continue
        if scored.score == scored.points:
            yield PASSED
            continue
        scoring = explain_scoring(row, subject.pack)
        if scoring.outcome is not Outcome.FAIL:
            yield PASSED
            continue
        yield failed(
            row.spot("score"),
            f"“{row.name}”的完成值是“{row.actual_cell.text}”，得 {row.cell('score').text} 分，低于“达成”一档",
            found=row.cell("score").text,
            expected=f"{scoring.expected}（{scoring.formula}）",
            hint="核对完成值和得分：没有完全达成的改写完成值，达成的改正得分",
        )
