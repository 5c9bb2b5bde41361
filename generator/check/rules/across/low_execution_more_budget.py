"""XRF016: a project that spent little gets more the year after."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    amount_spot,
    by_project,
    following_years,
    in_full_yuan,
    place_in,
    said,
    surely_above,
    title_of,
    why_unknown_amount,
)
from generator.check.arithmetic import shown
from generator.check.outcome import PASSED, Calculation, Verdict, about, failed, insufficient
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF016",
    "low-execution-more-budget",
    group_by=by_project,
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="上年执行率低于界限时，本年的年初预算数（申请数）不多于上年预算数",
    otherwise="没有同一项目上一年度的自评表可比；结论写在后一年度的表上",
    record_types=PROJECT_RECORDS,
)
def low_execution_more_budget(group: Sequence[Subject]) -> Iterator[Verdict]:
    """上年没有花完，本年预算反而增加。

    上年的结果应当用于下年的预算；执行率低而预算增加，需要说明理由。
    比较本年的年度资金申请总额（没有申报表时用自评表的年初预算数）与上年的年初、全年预算数中较大的一个；
    执行率按金额重算，界限由规则包设定（通行 90%）。这是疑问，不是错误：跨年支付、任务增加都可能是理由。

    反例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 60.00}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 120.00, 全年预算数: 120.00, 全年执行数: 120.00}}
    正例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 60.00}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {年初预算数: 60.00, 全年预算数: 60.00, 全年执行数: 60.00}}
    """
    for earlier, later in following_years(group):
        yield about(later.id, _judged(earlier, later))


def _judged(earlier: Subject, later: Subject) -> Verdict:
    rate = earlier.amounts.computed_execution_rate
    asked = later.amounts.requested or later.amounts.initial_budget
    spot = amount_spot(later, "requested", "amount", "initial_budget")
    amounts = [amount for amount in (earlier.amounts.adjusted_budget, earlier.amounts.initial_budget) if amount]
    before = max(amounts, key=lambda amount: amount.yuan, default=None)
    spent = earlier.amounts.executed
    unknown = why_unknown_amount(earlier, "adjusted_budget", "executed", "initial_budget")
    unknown = unknown or ("" if later.amounts.requested else why_unknown_amount(later, "initial_budget"))
    if unknown:
        return insufficient(spot, unknown)
    if rate is None or before is None or spent is None:
        return insufficient(spot, f"{title_of(earlier)}没有印出可用的全年预算数和全年执行数")
    one, other = in_full_yuan(asked), in_full_yuan(before)
    if asked is None or one is None or other is None:
        return insufficient(spot, "没有印出可用的年初预算数或年度资金申请总额")
    if rate >= later.pack.thresholds.low_execution or not surely_above(one, other):
        return PASSED
    year = earlier.record.year
    return failed(
        spot,
        f"{year} 年只执行了 {shown(rate, 2)}%，为什么 {later.record.year} 年的预算从 {said(before)} 增加到 {said(asked)}？",
        found=said(asked),
        expected=f"执行率低于 {later.pack.thresholds.low_execution}% 的项目，预算不多于上年的 {said(before)}，或说明理由",
        hint="在项目概况或备注里说明增加的理由，例如跨年支付、任务增加",
        calculation=Calculation("上年执行率（%）", f"{said(spent)} ÷ {_budget(earlier)} × 100", "", rate),
        related=(
            place_in(
                earlier, amount_spot(earlier, "executed"), f"{year} 年执行 {said(spent)}，执行率 {shown(rate, 2)}%"
            ),
        ),
    )


def _budget(earlier: Subject) -> str:
    amount = earlier.amounts.adjusted_budget
    return said(amount) if amount else ""
