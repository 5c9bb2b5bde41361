"""BUD005: an execution rate used as an indicator against the money block."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import Figure, Relation, compare_rate, places_of, round_to
from generator.check.money.funding import (
    RESULT_FORMS,
    MainMoney,
    amount_of,
    budget_column,
    main_money,
    unit_of,
    why_unknown,
)
from generator.check.money.funding_labels import Source, source_of
from generator.check.money.percentages import percentage_of
from generator.check.outcome import Calculation, Verdict, failed, insufficient, not_applicable, passed, rounded
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import folded

_NAME = lazy_pattern(
    r"(?:部门|单位|整体|全年|年度|项目|支出|总体?|资金|财政)*预算(?:资金)?(?:总体)?执行(?:完成)?率(?:指标)?|资金执行率"
)
_PART = lazy_pattern(r"(?:部门|单位|年度)*(基本|项目)支出(?:预算)?执行(?:完成)?率")


@rule(
    "BUD005",
    "execution-indicator-mismatch",
    reads="indicator.actual",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="“预算执行率”指标的实际完成值 = 资金表的全年执行数 ÷ 全年预算数 × 100",
    otherwise="没有以预算执行率作指标的行，或实际完成值不是一个百分数",
    record_types=RESULT_FORMS,
)
def execution_indicator_mismatch(subject: Subject) -> Iterator[Verdict]:
    """作为指标填报的预算执行率与资金表算出的执行率不符。

    同一张表里同一个率只能有一个值。
    名称里写明“基本支出”“项目支出”的，与资金表的对应行比；名称是“预算执行率”的，与总额比；其他名称不比。
    四舍五入到指标印出的位数相等的，记为“四舍五入可解释”；实际完成值带“≥”“≤”的不比。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 92000.00, 执行率: 92.00%}
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 预算执行率, 年度指标值: ≥90%, 实际完成值: 98%}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 92000.00, 执行率: 92.00%}
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 预算执行率, 年度指标值: ≥90%, 实际完成值: 92.00%}
    """
    for row in subject.rows:
        if "执行" not in row.name:
            continue
        name = folded(row.name)
        part, is_whole = _PART.fullmatch(name), _NAME.fullmatch(name)
        printed = percentage_of(row) if part or is_whole else None
        if printed is None:
            continue
        money = _part_money(subject, f"{part[1]}支出") if part else None
        if money is None and (is_whole or subject.record_type == "SelfEvaluation"):
            money = main_money(subject)
        yield _judged(subject, row, printed, money)


def _part_money(subject: Subject, label: str) -> MainMoney | None:
    wanted, unit = Source.BASIC if label == "基本支出" else Source.PROJECT, unit_of(subject)
    row = next((row for row in subject.funding_rows() if source_of(row.label) is wanted), None)
    if row is None:
        return None
    initial, budget = amount_of(row, "initial_budget", unit), amount_of(row, budget_column(row), unit)
    return MainMoney(row, row.label, initial, budget, amount_of(row, "executed", unit))


def _judged(subject: Subject, row: Row, printed: Figure, money: MainMoney | None) -> Verdict:
    spot, title = row.spot("actual"), f"指标“{row.name}”（%）"
    if money is None or money.budget is None or money.executed is None:
        blank = Calculation(title, "全年执行数 ÷ 全年预算数", row.actual_cell.text, None)
        is_whole = money is not None and money == main_money(subject)
        unknown = why_unknown(subject, "adjusted_budget", "executed") if is_whole else ""
        reason = unknown or "资金表没有印出对应的全年预算数和全年执行数"
        return insufficient(spot, reason, calculation=blank)
    if money.budget.number <= 0:
        return not_applicable(f"“{money.label}”的全年预算数不大于零，没有执行率可算")
    computed = money.executed.number / money.budget.number * 100
    formula = f"{money.executed.number:,f} ÷ {money.budget.number:,f} × 100"
    calculation = Calculation(title, formula, row.actual_cell.text, computed)
    relation = compare_rate(printed, money.executed, money.budget)
    if relation is not Relation.CONTRADICTION:
        is_close = places_of(printed.number) > 0 or printed.number == computed
        if relation is Relation.EQUAL and is_close:
            return passed(calculation)
        return rounded(spot, "实际完成值四舍五入后与资金表相符", calculation=calculation)
    if _is_of_initial(printed, money):
        return not_applicable(f"“{row.name}”是按年初预算数计算的，与全年预算数的执行率不是同一个数")
    right = round_to(computed, Decimal("0.01"))
    return failed(
        spot,
        f"“{row.name}”的实际完成值是 {row.actual_cell.text}，按资金表“{money.label}”计算是 {right:f}%",
        found=row.actual_cell.text,
        expected=f"{right:f}%（{formula}）",
        hint="改正实际完成值或资金表；两处口径不同的，在指标名称或备注中写明",
        calculation=calculation,
    )


def _is_of_initial(printed: Figure, money: MainMoney) -> bool:
    if money.initial is None or money.executed is None or money.initial.number <= 0:
        return False
    return compare_rate(printed, money.executed, money.initial) is not Relation.CONTRADICTION
