"""XRF017: a target lies below what was reached the year before."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.across.kinship import PROJECT_RECORDS, by_project, following_years, place_in
from generator.check.across.promises import match_years
from generator.check.outcome import PASSED, Verdict, about, failed, insufficient
from generator.check.rows.indicator_rows import target_spot
from generator.check.rule import MEASURES_2020, PRACTICE, Nature, cross_rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved
from generator.model.values import Comparator, Quantity

_FLOORS = (Comparator.GE, Comparator.GT)
_ALL = Decimal(100)


@cross_rule(
    "XRF017",
    "target-below-last-result",
    group_by=by_project,
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(MEASURES_2020, PRACTICE),
    formula="本年“≥”的指标值：上年已达到的，不低于上年指标值；上年完成值 ≤ 本年指标值 ×（1 + 界限）",
    otherwise="没有同一项目上一年度的自评表，或没有相同的“≥”指标可比；结论写在后一年度的表上",
    record_types=PROJECT_RECORDS,
)
def target_below_last_result(group: Sequence[Subject]) -> Iterator[Verdict]:
    """本年的指标值低于上年已经达到的水平。

    比上年做到的还低的目标不用努力就能完成。
    只比较同一项目相邻两年名称、单位都相同的“≥”“>”指标，而且只在两种明显的情形提出：
    上年的目标已经达到，本年的目标却定得比上年的目标低；或者上年的完成值超出本年目标的比例大于规则包的界限（通行 30%）。
    略低于上年结果的（例如满意度目标 90%、上年 95%）不提出。

    反例：
        # content/records/2023/shili/peixun.yaml
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 14次}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥10次, 实际完成值: 12次}
    正例：
        # content/records/2023/shili/peixun.yaml
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 14次}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 12次}
    """
    for earlier, later in following_years(group):
        right = about(later.id, PASSED)
        for before, after in match_years(earlier, later):
            verdict = _judged(before, after, earlier, later)
            if verdict is not None:
                yield right if verdict is PASSED else about(later.id, verdict)


def _judged(before: Row, after: Row, earlier: Subject, later: Subject) -> Verdict | None:
    if before.target_cell.unreadable or before.actual_cell.unreadable or after.target_cell.unreadable:
        return insufficient(target_spot(after), f"“{after.name}”上年的指标值、完成值或本年的指标值无法辨认")
    target, aim, reached = after.target, before.target, before.actual
    if not isinstance(target, Quantity) or target.comparator not in _FLOORS or not isinstance(reached, Quantity):
        return None
    # An actual value that is itself a bound says nothing of how much was reached.
    if reached.comparator not in (None, Comparator.EQ) or reached.normalised_unit != target.normalised_unit:
        return None
    if not isinstance(aim, Quantity) or aim.normalised_unit != target.normalised_unit or aim.comparator not in _FLOORS:
        return None
    wanted = target.amount
    lowered = wanted < aim.amount and before.achieved is Achieved.MET
    if not lowered and reached.amount <= wanted * (1 + later.pack.thresholds.over_fulfilment / _ALL):
        return PASSED
    year = earlier.record.year
    why = f"，而 {year} 年的指标值是“{before.target_cell.text}”" if lowered else ""
    return failed(
        target_spot(after),
        f"“{after.name}”{year} 年完成“{before.actual_cell.text}”{why}，为什么 {later.record.year} 年的指标值是“{after.target_cell.text}”？",
        found=after.target_cell.text,
        expected=f"不明显低于上年的完成值“{before.actual_cell.text}”，或说明理由",
        hint="按上年的结果重定指标值；任务减少的，说明理由",
        related=(
            place_in(
                earlier,
                before.spot("actual"),
                f"{year} 年：指标值“{before.target_cell.text}”，完成值“{before.actual_cell.text}”",
            ),
        ),
    )
