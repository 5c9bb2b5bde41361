"""IND007: a target met, and no point for it."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import scored_rows
from generator.check.scores.scoring import explain_scoring
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved


@rule(
    "IND007",
    "met-target-scores-zero",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.points indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="完成值达到目标时，得分 > 0",
    otherwise="没有一行看得出达到了目标",
)
def met_target_scores_zero(subject: Subject) -> Iterator[Verdict]:
    """达到了目标，却得零分。

    完成值说完成了，得分说一分没有，两者必有一错；也可能是把空白录成了零。写了偏差原因的同样要核对。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 8, 得分: 0}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 8, 得分: 8}
    """
    for scored in scored_rows(subject):
        row = scored.row
        if scored.score:
            if row.achieved is Achieved.MET:
                yield PASSED
            continue
        if explain_scoring(row, subject.pack).achieved is not Achieved.MET:
            continue
        yield failed(
            row.spot("score"),
            f"“{row.name}”的目标是 {row.target_cell.text}，完成值是 {row.actual_cell.text}，达到目标，却得零分",
            found=row.cell("score").text,
            expected=f"大于 0，至多 {row.cell('points').text}",
            hint="核对完成值和得分；原表得分空白的，保持空白，不写 0",
        )
