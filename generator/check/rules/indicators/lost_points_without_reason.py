"""IND020: points lost on a row that says nothing about why."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_rows import (
    NOTHING,
    expects_reasons,
    has_unreadable_reason,
    is_explained,
    is_missed,
    is_near_full_execution,
    reason_spot,
    unreadable_reason,
)
from generator.check.rule import FORM, MEASURES_2020, Nature, rule
from generator.check.scores.row_scores import met_its_number
from generator.check.subject import Subject
from generator.finding import Severity

_NONE = Decimal(0)


@rule(
    "IND020",
    "lost-points-without-reason",
    reads="indicator.deviation_reason",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(
        FORM,
        MEASURES_2020,
    ),
    formula="得分 ＜ 分值时，偏差原因不应空白",
    otherwise="表中没有印出可比的分值和得分，或表样没有偏差原因栏",
    record_types=frozenset({"SelfEvaluation", "DepartmentEvaluation", "Other"}),
)
def lost_points_without_reason(subject: Subject) -> Iterator[Verdict]:
    """扣了分，却没有写偏差原因。

    自评表设“偏差原因分析”一栏，就是要说明为什么扣分。读者看到扣分而看不到原因，无法判断问题出在哪里、有没有改进。
    本行、本行的“其中”各行，或全表共用的偏差原因、存在问题、改进措施里写了的，都算说明；只写“无”或横线的不算。
    未达目标的行由 IND021 判断，达到数字目标的由 IND003 判断，不重复提示；预算执行率达到惯例界限的行不要求说明。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 6, 得分: 5, 偏差原因: }
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 参与度提升情况, 年度指标值: 提升, 实际完成值: 达成指标, 分值: 6, 得分: 5, 偏差原因: 青年参与偏少}
    """
    if not expects_reasons(subject):
        return
    year = subject.record.fiscal_year
    for row in subject.scored:
        # Most rows lose nothing; that needs no subtraction.
        lost = _NONE if row.points is not None and row.points == row.score else row.lost
        if lost is None:
            if row.cell("points").unreadable or row.cell("score").unreadable:
                yield insufficient(row.spot("score"), f"“{row.name}”的分值或得分无法辨认")
        elif lost <= 0 or is_explained(subject, row):
            yield PASSED
        elif is_missed(row, year):
            yield not_applicable(f"“{row.name}”未达目标，由 IND021 判断")
        elif is_near_full_execution(subject, row):
            yield not_applicable("预算执行率不低于惯例界限，不要求说明原因")
        elif has_unreadable_reason(subject, row):
            yield unreadable_reason(row)
        elif subject.pack.is_on("IND003") and met_its_number(row, subject.pack):
            yield not_applicable(f"“{row.name}”达到了数字目标，由 IND003 判断")
        else:
            yield failed(
                reason_spot(row, "score"),
                f"“{row.name}”扣了 {lost:f} 分，没有说明原因",
                found=NOTHING,
                expected=f"分值 {row.points:f}、得分 {row.score:f} 之差的原因",
                hint="在“偏差原因”一栏写明为什么扣分、怎样改进；如不应扣分，改正得分",
            )
