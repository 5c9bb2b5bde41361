"""XRF018: the budget changed from one year to the next, the targets did not."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    Stage,
    amount_spot,
    by_project,
    in_full_yuan,
    place_in,
    relate,
    said,
    same_stage_years,
    title_of,
    why_unknown_amount,
)
from generator.check.across.promises import Recurrence, match_years
from generator.check.across.targets import Change, compare_targets
from generator.check.arithmetic import Relation
from generator.check.outcome import PASSED, Verdict, about, failed, insufficient, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.amounts import Amount
from generator.model.values import Quantity


@cross_rule(
    "XRF018",
    "targets-ignore-budget",
    group_by=by_project,
    reads="indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="年初预算数（申请数）比上年变动超过界限时，计数的指标值至少有一个变动",
    otherwise="没有同一项目上一年度同一种表可比；结论写在后一年度的表上",
    record_types=PROJECT_RECORDS,
)
def targets_ignore_budget(group: Sequence[Subject]) -> Iterator[Verdict]:
    """预算变了，数量目标一个没变。

    数量目标应当随钱走；预算增减而数量照抄，说明目标或预算有一个没有认真编。
    比较相邻两年同一种表的年初预算数（申报表用年度资金申请总额）；变动的界限由规则包设定（通行 10%）。
    只看计数的指标（百分比不随预算变），而且要有多于规则包所定个数（通行 3 个）的相同指标才提问。

    反例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 100.00}}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次}
              - {三级指标: 参训人数, 年度指标值: ≥300人}
              - {三级指标: 印发教材, 年度指标值: ≥300册}
              - {三级指标: 聘请教师, 年度指标值: ≥6人}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 150.00, 全年预算数: 150.00, 全年执行数: 150.00}}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次}
              - {三级指标: 参训人数, 年度指标值: ≥300人}
              - {三级指标: 印发教材, 年度指标值: ≥300册}
              - {三级指标: 聘请教师, 年度指标值: ≥6人}
    正例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 100.00}}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次}
              - {三级指标: 参训人数, 年度指标值: ≥300人}
              - {三级指标: 印发教材, 年度指标值: ≥300册}
              - {三级指标: 聘请教师, 年度指标值: ≥6人}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 150.00, 全年预算数: 150.00, 全年执行数: 150.00}}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥18次}
              - {三级指标: 参训人数, 年度指标值: ≥450人}
              - {三级指标: 印发教材, 年度指标值: ≥450册}
              - {三级指标: 聘请教师, 年度指标值: ≥6人}
    """
    for stage in (Stage.DECLARATION, Stage.EVALUATION):
        for earlier, later in same_stage_years(group, stage):
            yield about(later.id, _judged(earlier, later))


def _judged(earlier: Subject, later: Subject) -> Verdict:
    before, after = _asked(earlier), _asked(later)
    one, other = in_full_yuan(before), in_full_yuan(after)
    spot = amount_spot(later, "initial_budget", "requested", "amount")
    unknown = why_unknown_amount(earlier, "initial_budget") or why_unknown_amount(later, "initial_budget")
    if unknown:
        return insufficient(spot, unknown)
    if before is None or after is None or one is None or other is None:
        return insufficient(spot, f"本表或{title_of(earlier)}没有印出可用的年初预算数或申请总额")
    if not before.yuan or relate(one, other) is not Relation.CONTRADICTION:
        return PASSED
    change = (after.yuan - before.yuan) / before.yuan * 100
    if abs(change) <= later.pack.thresholds.budget_change:
        return PASSED
    counts = [pair for pair in match_years(earlier, later) if _is_count(pair)]
    if len(counts) <= later.pack.thresholds.fewest_rows:
        return not_applicable("两年相同的计数指标太少，看不出是否照抄")
    if not all(_is_same(pair) for pair in counts):
        return PASSED
    return failed(
        spot,
        f"预算从 {said(before)} {_direction(change)}到 {said(after)}（{change:+.2f}%），为什么 {len(counts)} 个计数的指标值一个没变？",
        found=f"{said(after)}；“{counts[0].later.name}”等 {len(counts)} 个指标值与 {earlier.record.year} 年相同",
        expected="数量目标随预算调整，或说明单价、标准的变化",
        hint="按新的预算重定数量目标；单价变了的，在成本指标或备注里写明",
        related=(
            place_in(
                earlier,
                amount_spot(earlier, "initial_budget", "requested", "amount"),
                f"{earlier.record.year} 年 {said(before)}",
            ),
        ),
    )


def _asked(subject: Subject) -> Amount | None:
    return subject.amounts.initial_budget or subject.amounts.requested


def _direction(change: Decimal) -> str:
    return "增加" if change > 0 else "减少"


def _is_count(pair: Recurrence) -> bool:
    one, other = pair.earlier.target, pair.later.target
    readable = not (pair.earlier.target_cell.unreadable or pair.later.target_cell.unreadable)
    # A price per head does not follow the budget, nor does a share.
    return readable and all(
        isinstance(value, Quantity)
        and value.normalised_unit
        and value.normalised_unit[0] not in "%‰元"
        and "/" not in value.normalised_unit
        for value in (one, other)
    )


def _is_same(pair: Recurrence) -> bool:
    return compare_targets(pair.earlier.target, pair.later.target) is Change.KEPT
