"""IND002: a missed target whose score is not in proportion."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import places_of, round_to
from generator.check.outcome import Outcome, Verdict, failed, not_applicable, passed, rounded
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import Scored, calculation_of, missed_rows
from generator.check.scores.scoring import Scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved


@rule(
    "IND002",
    "score-not-in-proportion",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.points indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="得分 = 分值 × 完成值 ÷ 目标值，四舍五入到印出的位数",
    otherwise="没有一行的数字目标没有达到而得了部分的分",
)
def score_not_in_proportion(subject: Subject) -> Iterator[Verdict]:
    """没有达到数字目标，得分不是按完成比例计算的。

    定量指标没有完成时，通行办法是按完成值与目标值之比给分；多扣少扣都要有说明。
    比较到印出的位数为止：得分印作 0.9，真值可能是 0.85 至 0.95；也承认先把比例四舍五入成百分数再乘的算法，
    以及全表得分都以 0.5 分为一档、就近取整的做法。
    完成值印成界限（例如 ≤1500）的，只看得分有没有超过按界限算出的上限。
    “不超过”型目标超出时怎样扣分，没有读到全国性规定，规则包没有选定算法就不算。
    得满分的由另一条规则判断。

    反例：
        绩效指标:
          成本指标:
            经济成本指标:
              - {三级指标: 津贴发放标准, 年度指标值: ≥300.00(元/人/月), 实际完成值: 296.00(元/人/月), 分值: 5.00, 得分: 4.00}
    正例：
        绩效指标:
          成本指标:
            经济成本指标:
              - {三级指标: 津贴发放标准, 年度指标值: ≥300.00(元/人/月), 实际完成值: 296.00(元/人/月), 分值: 5.00, 得分: 4.93}
    """
    for scored, scoring in missed_rows(subject):
        if scored.score < scored.points and scoring.achieved is Achieved.MISSED:
            yield _judged(subject, scored, scoring)


def _judged(subject: Subject, scored: Scored, scoring: Scoring) -> Verdict:
    row = scored.row
    calculation = calculation_of(scoring)
    if scoring.outcome is Outcome.PASS:
        return passed(calculation)
    if scoring.outcome is Outcome.FAIL and _by_halves(scored, scoring) and _scores_by_halves(subject):
        return rounded(row.spot("score"), "全表得分都以 0.5 分为一档，取整后与比例相符", calculation=calculation)
    if scoring.outcome is Outcome.ROUNDING:
        return rounded(row.spot("score"), "按可能的真值计算，得分与比例相符", calculation=calculation)
    if scoring.outcome is not Outcome.FAIL:
        return not_applicable(f"“{row.name}”：{scoring.reason}")
    is_more = scoring.high is not None and scored.score > scoring.high
    return failed(
        row.spot("score"),
        f"“{row.name}”的目标是 {row.target_cell.text}，完成 {row.actual_cell.text}，"
        f"得 {row.cell('score').text} 分，{'高于' if is_more else '低于'}按比例应得的分",
        found=row.cell("score").text,
        expected=f"{scoring.expected}（{scoring.formula}）",
        hint="按比例改正得分；评分办法另有规定的，在偏差原因一栏写明怎样扣分",
        calculation=calculation,
    )


def _by_halves(scored: Scored, scoring: Scoring) -> bool:
    """Tell whether a score with half a point is the nearest half to what is expected."""
    if scoring.low is None or scoring.low != scoring.high or places_of(scored.score) == 0:
        return False
    return scored.score == round_to(scoring.low * 2, Decimal(1)) / 2


def _scores_by_halves(subject: Subject) -> bool:
    """Tell whether every score of the form is whole or ends in half a point."""
    return all(row.score % _HALF == 0 for row in subject.scored if row.score is not None)


_HALF = Decimal("0.5")
