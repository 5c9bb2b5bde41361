"""IND003: a target met by numbers that loses points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import has_unreadable_reason, is_explained, unreadable_reason
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import NUMBERS, Scored, met_its_number, scored_rows
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved

_MET = Achieved.MET


@rule(
    "IND003",
    "met-target-loses-points",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.points indicator.score indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="完成值达到数字目标时，得分 = 分值，或者写明扣分的原因",
    otherwise="没有一行的目标和完成值都是数字",
)
def met_target_loses_points(subject: Subject) -> Iterator[Verdict]:
    """达到了数字目标，却没有得满分，也没有说明。

    定量指标完成了就得满分。扣了分而完成值又达标，要么完成值不实，要么另有没写出来的原因。
    本行或全表共用的偏差原因写了的不算。得零分的、目标或完成值是文字的，由别的规则判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 场馆开放率, 年度指标值: 100%, 实际完成值: 100%, 分值: 5, 得分: 4}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 场馆开放率, 年度指标值: 100%, 实际完成值: 100%, 分值: 5, 得分: 5}
    """
    for scored in scored_rows(subject):
        row = scored.row
        if not row.values.is_counted or not scored.score:
            continue
        if row.actual_cell.unreadable:
            if scored.score < scored.points:
                yield insufficient(row.spot("actual"), f"“{row.name}”的完成值无法辨认，看不出为什么扣分")
        elif isinstance(row.actual, NUMBERS):
            if scored.score != scored.points:
                yield from _judged(subject, scored)
            elif row.achieved is _MET:
                yield PASSED


def _judged(subject: Subject, scored: Scored) -> Iterator[Verdict]:
    row = scored.row
    if not met_its_number(row, subject.pack):
        return
    if is_explained(subject, row):
        yield PASSED
        return
    if has_unreadable_reason(subject, row):
        yield unreadable_reason(row)
        return
    yield failed(
        row.spot("score"),
        f"“{row.name}”的目标是 {row.target_cell.text}，完成 {row.actual_cell.text}，达到目标，"
        f"却只得 {row.cell('score').text} 分（满分 {row.cell('points').text}），没有写原因",
        found=row.cell("score").text,
        expected=row.cell("points").text,
        hint="核对完成值和得分；确有扣分的理由时，写在偏差原因一栏",
    )
