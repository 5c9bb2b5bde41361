"""IND021: a target not reached, and nothing said about why."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_dates import has_two_dates
from generator.check.rows.indicator_rows import (
    NOTHING,
    expects_reasons,
    has_unreadable_reason,
    is_explained,
    is_missed,
    is_near_full_execution,
    reason_spot,
    unreadable_reason,
    unreadable_value,
)
from generator.check.rule import FORM, MEASURES_2020, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved

_MET = Achieved.MET


@rule(
    "IND021",
    "missed-target-without-reason",
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(
        FORM,
        MEASURES_2020,
    ),
    formula="实际完成值未达到指标值时，偏差原因不应空白",
    otherwise="没有一行的指标值和实际完成值可以直接比较，或表样没有偏差原因栏",
    record_types=frozenset({"SelfEvaluation", "DepartmentEvaluation", "Other"}),
)
def missed_target_without_reason(subject: Subject) -> Iterator[Verdict]:
    """没有达到指标值，却没有写偏差原因。

    未完成的指标要说明原因和改进措施，这是自评表设这一栏的用意。
    只有指标值和实际完成值都能直接比较（同单位的数、区间、日期，或完成值自己写明未达成）才判断；区间重叠、说不清的不判断。
    日期从宽：“12月前”算到十二月底。
    成本、天数、编制一类少于“等于”的目标，未必不好，也不判断。
    本行、“其中”各行或全表共用的说明都算；预算执行率达到惯例界限的行不要求说明。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 特色活动次数, 年度指标值: =10次, 实际完成值: 8次, 分值: 10, 得分: 8, 偏差原因: }
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 特色活动次数, 年度指标值: =10次, 实际完成值: 8次, 分值: 10, 得分: 8, 偏差原因: 两场改到下一年度}
    """
    if not expects_reasons(subject):
        return
    year = subject.record.fiscal_year
    for row in subject.scored:
        unread = None if row.is_readable else unreadable_value(row)
        if unread is not None:
            yield unread
        elif row.achieved is _MET:  # dates decide nothing of this kind
            yield PASSED
        elif not is_missed(row, year):
            if has_two_dates(row, year):
                yield PASSED
        elif is_explained(subject, row):
            yield PASSED
        elif is_near_full_execution(subject, row):
            yield not_applicable("预算执行率不低于惯例界限，不要求说明原因")
        elif has_unreadable_reason(subject, row):
            yield unreadable_reason(row)
        else:
            yield failed(
                reason_spot(row, "actual"),
                f"“{row.name}”没有达到指标值，没有说明原因",
                found=NOTHING,
                expected=f"实际完成 {row.actual_cell.text}、未达到 {row.target_cell.text} 的原因",
                hint="在“偏差原因”一栏写明没有完成的原因和改进措施；如抄错了数，改正实际完成值",
            )
