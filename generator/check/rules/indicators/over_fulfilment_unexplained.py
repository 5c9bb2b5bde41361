"""IND006: a result far above its target without an explanation."""

from collections.abc import Iterator

from generator.check.arithmetic import shown
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import has_unreadable_reason, is_explained, unreadable_reason
from generator.check.rule import MEASURES_2020, PRACTICE, Nature, rule
from generator.check.scores.scored_numbers import beats_by
from generator.check.subject import EVALUATIONS, Subject
from generator.finding import Severity


@rule(
    "IND006",
    "over-fulfilment-unexplained",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020, PRACTICE),
    formula="（完成值 － 目标值）÷ 目标值 < 30%（由规则包设定），或者写明原因",
    otherwise="没有一行的完成值高于数字目标",
    record_types=EVALUATIONS | {"Other"},
)
def over_fulfilment_unexplained(subject: Subject) -> Iterator[Verdict]:
    """完成值远高于目标，没有说明原因。

    大幅超额多半说明目标定低了，应当分析原因。30% 是审核惯例，规定原文没有百分比；超额本身不扣分。
    “不超过”型的目标、成本和差错一类的指标不看；本行、“其中”各行或全表共用的偏差原因写了的，不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 主题活动次数, 年度指标值: ≥2次, 实际完成值: 4次, 分值: 8, 得分: 8}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 主题活动次数, 年度指标值: ≥2次, 实际完成值: 4次, 分值: 8, 得分: 8, 偏差原因: 年中新增两个活动点位}
    """
    limit = subject.pack.thresholds.over_fulfilment
    for row in subject.scored:
        excess = beats_by(row) if row.values.is_counted else None
        if excess is None:
            continue
        if excess < limit or is_explained(subject, row):
            yield PASSED
            continue
        if has_unreadable_reason(subject, row):
            yield unreadable_reason(row)
            continue
        yield failed(
            row.spot("actual"),
            f"“{row.name}”的目标是 {row.target_cell.text}，完成 {row.actual_cell.text}，"
            f"高出目标 {shown(excess, 0)}%，没有说明原因",
            found=row.actual_cell.text,
            expected=f"高出目标不到 {limit:f}%，或写明原因",
            hint="在偏差原因一栏写明为什么超额；目标定低了的，下一年提高",
        )
