"""XRF019: what a form prints for the year before is not what that year's own form prints."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    Stage,
    in_full_yuan,
    joined_key,
    place_in,
    relate,
    said,
    stage_of,
    title_of,
    why_unknown_amount,
)
from generator.check.arithmetic import Figure, Relation, money
from generator.check.outcome import PASSED, Verdict, about, failed, insufficient
from generator.check.rule import FORM, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.amounts import Amount
from generator.money import EXACT, MONEY_UNITS

_PRINTED = {
    "prior_year": ("initial_budget", "adjusted_budget", "executed"),
    "prior_year_budget": ("initial_budget", "adjusted_budget"),
    "prior_year_executed": ("executed",),
}
"""Columns for the year before, and which amounts of that year's form each may stand for."""


def _by_projects_evaluations(subject: Subject) -> Iterator[str]:
    # Other stages of the later year may print the column too, so every record with a project takes part.
    yield joined_key(subject.record.unit, subject.record.project_key)


@cross_rule(
    "XRF019",
    "prior-year-mismatch",
    group_by=_by_projects_evaluations,
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="上年预算数、上年执行数 = 上年自评表印出的数",
    otherwise="没有印出上年数，或没有同一项目上一年度的自评表",
    record_types=PROJECT_RECORDS,
)
def prior_year_mismatch(group: Sequence[Subject]) -> Iterator[Verdict]:
    """表中的上年数与上年自评表不符。

    同一个数在两份公开的表里不一样，必有一处不对。
    上年预算数与上年表的年初或全年预算数之一相符即可；只写“上年数”的，与预算数、执行数之一相符即可。
    金额换算成元，按印出的位数计算区间。

    反例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 100000.00, 全年预算数: 90000.00, 全年执行数: 85000.00}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {上年执行数: 9.50, 年初预算数: 10.00, 全年预算数: 10.00, 全年执行数: 10.00}}
    正例：
        # content/records/2023/shili/peixun.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 100000.00, 全年预算数: 90000.00, 全年执行数: 85000.00}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {上年执行数: 8.50, 年初预算数: 10.00, 全年预算数: 10.00, 全年执行数: 10.00}}
    """
    years: dict[int, list[Subject]] = {}
    for subject in group:
        if stage_of(subject) is Stage.EVALUATION:
            years.setdefault(subject.record.fiscal_year, []).append(subject)
    for later in group:
        before = years.get(later.record.fiscal_year - 1, [])
        if len(before) == 1:
            for verdict in _judged(before[0], later):
                yield about(later.id, verdict)


def _judged(earlier: Subject, later: Subject) -> Iterator[Verdict]:
    row = later.total_row
    for identifier, meant in _PRINTED.items():
        cell = row.cells.get(identifier) if row else None
        if row is None or cell is None or not (cell.text or cell.unreadable):
            continue
        spot = later.funding_spot(row, identifier)
        printed, factor = money(cell, later.money_unit), MONEY_UNITS.get(later.money_unit)
        known = [amount for amount in (getattr(earlier.amounts, name) for name in meant) if amount is not None]
        if printed is None or factor is None or len(known) < len(meant):
            if printed is not None or cell.unreadable:
                unknown = why_unknown_amount(earlier, *meant)
                yield insufficient(spot, unknown or f"本表的上年数或{title_of(earlier)}的金额没有印出可用的数字")
            continue
        figure = Figure(EXACT.multiply(printed.number, factor), EXACT.multiply(printed.radius, factor))
        if any(_agrees(figure, amount) for amount in known):
            yield PASSED
            continue
        label = spot.field.rsplit("›", 1)[-1].strip()
        words = "、".join(dict.fromkeys(said(amount) for amount in known))
        yield failed(
            spot,
            f"{label} {cell.text}{later.money_unit}，{title_of(earlier)}印的是 {words}",
            found=f"{cell.text}{later.money_unit}",
            expected=f"与上年自评表一致：{words}",
            hint="核对两份表，改正写错的一份；上年数经过调整的，在备注里说明",
            related=(place_in(earlier, earlier.block_spot("funding"), f"{earlier.record.year} 年自评表：{words}"),),
        )


def _agrees(figure: Figure, amount: Amount) -> bool:
    other = in_full_yuan(amount)
    return other is not None and relate(figure, other) is not Relation.CONTRADICTION
