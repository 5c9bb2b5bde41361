"""XRF015: the projects of a unit cost more than its form as a whole says."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    Stage,
    amount_spot,
    in_full_yuan,
    in_stage,
    joined_key,
    place_in,
    project_name,
    said,
    stage_of,
    surely_above,
)
from generator.check.arithmetic import Figure, total_of
from generator.check.money.funding import amount_of
from generator.check.outcome import Calculation, Verdict, about, failed, insufficient, not_applicable, passed, rounded
from generator.check.rule import FORM, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Related, Severity
from generator.model.amounts import Amount
from generator.model.records import FundingRow
from generator.money import EXACT, MONEY_UNITS
from generator.text import folded


def _by_year_of_unit(subject: Subject) -> Iterator[str]:
    if stage_of(subject) in (Stage.EVALUATION, Stage.WHOLE_UNIT):
        yield joined_key(subject.record.unit, subject.record.year)


_COLUMNS = (("adjusted_budget", "全年预算数"), ("executed", "全年执行数"))


@cross_rule(
    "XRF015",
    "projects-exceed-department",
    group_by=_by_year_of_unit,
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="各项目自评表的全年预算数（执行数）之和 ≤ 整体支出表的项目支出",
    otherwise="没有同一单位同一年度的整体支出表与项目自评表可比；结论写在整体支出表上",
)
def projects_exceed_department(group: Sequence[Subject]) -> Iterator[Verdict]:
    """各项目金额之和超过整体支出表的项目支出。

    项目支出包括这个单位的全部项目，公开的几个项目加起来不可能比它更多；必有一份表的金额或口径不对。
    项目不一定全部公开，所以加起来较少不算错，也不说明相符，记为“不适用”；正好相等的才记为通过。
    只计实施单位就是整体支出表所评单位的项目，同一项目只计一次；金额换算成元，按印出的位数计算区间。

    反例：
        # content/records/2024/shili/zhengti.yaml
        表样: 部门（单位）整体支出绩效自评表
        整体支出规模: {单位: 元, 资金结构: {项目支出: {全年预算数: 500000.00, 全年执行数: 450000.00}}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {全年预算数: 60.00, 全年执行数: 40.00}}
    正例：
        # content/records/2024/shili/zhengti.yaml
        表样: 部门（单位）整体支出绩效自评表
        整体支出规模: {单位: 元, 资金结构: {项目支出: {全年预算数: 500000.00, 全年执行数: 450000.00}}}
        ---
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 万元, 年度资金总额: {全年预算数: 50.00, 全年执行数: 45.00}}
    """
    names = {folded(name) for name in (group[0].unit.name, *group[0].unit.aliases)}
    # A project that another unit carries out may stand in this one's folder and is none of its spending.
    published = in_stage(group, Stage.EVALUATION)
    projects = [one for one in published if folded(one.record.text("implementing_unit")) in names]
    amounts = {identifier: _once_each(projects, identifier) for identifier, _ in _COLUMNS}
    for whole in in_stage(group, Stage.WHOLE_UNIT) if published else ():
        evaluated = folded(whole.record.text("evaluated_department"))
        row = next(
            (row for row in whole.funding_rows() if folded(row.label) == "项目支出" and row.parent is None), None
        )
        if row is None:
            yield about(whole.id, not_applicable("整体支出表没有“项目支出”一行"))
        elif not projects or (evaluated and evaluated not in names):
            yield about(whole.id, not_applicable("公开的项目的实施单位不是整体支出表所评的单位"))
        else:
            for identifier, title in _COLUMNS:
                for verdict in _judged(whole, row, amounts[identifier], (identifier, title)):
                    yield about(whole.id, verdict)


_Counted = tuple[Subject, Amount, Figure]


def _judged(whole: Subject, row: FundingRow, amounts: Sequence[_Counted], column: tuple[str, str]) -> Iterator[Verdict]:
    identifier, title = column
    cell = row.cells.get(identifier)
    spot = whole.funding_spot(row, identifier)
    if cell is None:
        return
    printed, factor = amount_of(row, identifier, whole.money_unit), MONEY_UNITS.get(whole.money_unit)
    if printed is None or factor is None:
        yield insufficient(spot, f"项目支出的{title}没有印出可用的数字")
        return
    if not amounts:
        yield insufficient(spot, f"项目自评表没有印出可用的{title}")
        return
    limit = Figure(EXACT.multiply(printed.number, factor), EXACT.multiply(printed.radius, factor))
    total = total_of([figure for _, _, figure in amounts])
    terms = [said(amount) for _, amount, _ in amounts]
    formula = " + ".join(terms) if len(terms) <= _SHOWN else f"{len(terms)} 个项目相加"
    calculation = Calculation(f"公开项目的{title}之和（元），不超过项目支出", formula, cell.text, total.number)
    if total.number == limit.number:
        yield passed(calculation)
    elif total.number < limit.number:
        why = f"各项目的{title}加起来比项目支出少；项目不一定全部公开，不算错，也不说明相符"
        yield not_applicable(why)._replace(calculation=calculation)
    elif not surely_above(total, limit):
        message = f"金额印出前已四舍五入，按可能的真值计算，项目的{title}之和不超过项目支出"
        yield rounded(spot, message, calculation=calculation)
    else:
        over = EXACT.subtract(total.number, limit.number)
        yield failed(
            spot,
            f"{len(amounts)} 个项目的{title}之和超过整体支出表的项目支出 {over:,.2f} 元",
            found=f"{cell.text}{whole.money_unit}",
            expected=f"不少于各项目之和 {total.number:,.2f} 元（{formula}）",
            hint="核对项目支出的口径和各项目自评表的金额、单位",
            calculation=calculation,
            related=_places(amounts, column),
        )


_SHOWN, _MOST = 4, 20
"""Terms written out in the formula, and places pointed at."""


def _places(amounts: Sequence[_Counted], column: tuple[str, str]) -> tuple[Related, ...]:
    identifier, title = column
    return tuple(
        place_in(one, amount_spot(one, identifier), f"“{one.record.name}”{title} {said(amount)}")
        for one, amount, _ in amounts[:_MOST]
    )


def _once_each(projects: Sequence[Subject], identifier: str) -> list[_Counted]:
    """Return the amount of every project; where several forms print one, the smallest counts."""
    found: dict[str, _Counted] = {}
    for project in projects:
        amount: Amount | None = getattr(project.amounts, identifier)
        figure = in_full_yuan(amount)
        if amount is None or figure is None:
            continue
        key = project_name(project) or project.record.project_key
        if key not in found or figure.number < found[key][2].number:
            found[key] = (project, amount, figure)
    return list(found.values())
