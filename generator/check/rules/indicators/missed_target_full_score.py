"""IND001: a target missed by numbers, and yet full marks."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Outcome, Verdict, failed, not_applicable, rounded
from generator.check.rule import FORM, MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import Scored, calculation_of, missed_rows, unclear
from generator.check.scores.scoring import Method, Scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved


@rule(
    "IND001",
    "missed-target-full-score",
    reads="indicator.adjusted_target indicator.initial_target indicator.points indicator.score indicator.target",
    severity=Severity.ERROR,
    nature=Nature.CONTRADICTION,
    basis=(FORM, MEASURES_2020),
    formula="完成值没有达到数字目标时，得分 < 分值",
    otherwise="没有一行的数字目标没有达到",
)
def missed_target_full_score(subject: Subject) -> Iterator[Verdict]:
    """没有达到数字目标，却得了满分。

    这是最伤公信力的一种错：同一行里目标和完成值明摆着不够，得分却是满分。
    只在两边都是数字、单位相同、差距超出四舍五入的余地时才判错；
    按比例计算、四舍五入到印出的位数后恰为满分的（例如 99.97% 对 100%），记为“四舍五入可解释”。
    完成值是文字、单位不同或无法辨认的，不下结论。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥10次, 实际完成值: 8次, 分值: 9.00, 得分: 9.00}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥10次, 实际完成值: 8次, 分值: 9.00, 得分: 7.20}
    """
    for scored, scoring in missed_rows(subject):
        if scoring.achieved is Achieved.MISSED:
            yield _judged(scored, scoring)
        elif scoring.achieved is Achieved.UNDECIDED and scoring.high is None:
            reason = f"“{scored.row.name}”：{scoring.reason}"
            yield not_applicable(reason) if scoring.is_numeric else unclear(scored, scoring)


def _judged(scored: Scored, scoring: Scoring) -> Verdict:
    row = scored.row
    if scored.score < scored.points:
        return PASSED
    if scoring.outcome is Outcome.PASS or scoring.outcome is Outcome.ROUNDING:
        message = f"“{row.name}”按比例计算，四舍五入到印出的位数恰为满分"
        return rounded(row.spot("score"), message, calculation=calculation_of(scoring))
    if not scoring.is_numeric:
        return unclear(scored, scoring)._replace(
            message=f"“{row.name}”的完成值“{row.actual_cell.text}”看不出确切的数，不能判断该不该得满分"
        )
    target, actual = row.target_cell.text, row.actual_cell.text
    wanted = scoring.formula if scoring.low is not None else f"低于 {row.cell('points').text}"
    done = f"完成 {actual}，超出目标" if scoring.method is Method.AT_MOST else f"完成 {actual}，没有达到"
    return failed(
        row.spot("score"),
        f"“{row.name}”的目标是 {target}，{done}，却得满分 {row.cell('score').text}",
        found=row.cell("score").text,
        expected=wanted,
        hint="核对完成值；没有达到目标的按比例或按评分办法扣分，并说明原因",
        calculation=calculation_of(scoring) if scoring.low is not None else None,
    )
