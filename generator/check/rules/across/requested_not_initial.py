"""XRF005: the amount applied for against the initial budget of the self-evaluation."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    amount_spot,
    beside_declaration,
    by_project_and_year,
    in_full_yuan,
    is_of_the_year,
    place_in,
    relate,
    said,
    why_unknown_amount,
)
from generator.check.arithmetic import Relation
from generator.check.outcome import Calculation, Verdict, failed, insufficient, passed, rounded
from generator.check.rule import FORM, MEASURES_2020, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import EXACT, in_yuan


@cross_rule(
    "XRF005",
    "requested-not-initial-budget",
    group_by=by_project_and_year,
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, MEASURES_2020),
    formula="自评表的年初预算数 = 申报表的年度资金申请总额（都换算成元）",
    otherwise="没有同一项目同一年度的申报表与自评表可比；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def requested_not_initial(group: Sequence[Subject]) -> Iterator[Verdict]:
    """申报表的年度资金申请总额与自评表的年初预算数不符。

    绩效目标申报表通常随预算一起批复，申请总额就是年初预算数；两处不同，预算调整就没有了起点。
    批复时核减而申报表没有改，也会这样，所以要的是一个说明。
    两份表的金额单位不同时先换算成元；按印出的位数计算区间，能够相合的不算错。
    申报表另印有批复数的，与批复数相符也算相符。

    反例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目资金: {单位: 元, 年度资金申请总额: 950000.00}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 90.00, 全年预算数: 90.00, 全年执行数: 90.00}
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目资金: {单位: 元, 年度资金申请总额: 950000.00}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目资金:
          单位: 万元
          年度资金总额: {年初预算数: 95.00, 全年预算数: 90.00, 全年执行数: 90.00}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    requested, initial = declaration.amounts.requested, evaluation.amounts.initial_budget
    spot = amount_spot(evaluation, "initial_budget")
    one, other = in_full_yuan(requested), in_full_yuan(initial)
    if requested is None or one is None or not is_of_the_year(declaration):
        yield insufficient(spot, "申报表没有印出可用的年度资金申请总额")
        return
    if initial is None or other is None:
        unknown = why_unknown_amount(evaluation, "initial_budget")
        yield insufficient(spot, unknown or "自评表没有印出可用的年初预算数")
        return
    calculation = Calculation(
        "申报与年初预算之差（元）",
        f"{said(initial)} − {said(requested)}",
        "",
        EXACT.subtract(initial.yuan, requested.yuan),
    )
    relation = relate(one, other)
    if relation is Relation.EQUAL or _equals_approved(declaration, evaluation):
        yield passed(calculation)
    elif relation is Relation.ROUNDING:
        yield rounded(spot, "两份表印出的位数不同，按可能的真值计算，申请总额与年初预算数相符", calculation=calculation)
    else:
        yield failed(
            spot,
            f"自评表的年初预算数 {said(initial)} 与申报表的年度资金申请总额 {said(requested)} 不符，相差 {abs(initial.yuan - requested.yuan):,f} 元",
            found=said(initial),
            expected=f"与申报的年度资金申请总额一致：{said(requested)}",
            hint="核对批复的年初预算；批复数与申报数不同的，公开的申报表应随批复更正",
            calculation=calculation,
            related=(
                place_in(
                    declaration, amount_spot(declaration, "requested", "amount"), f"年度资金申请总额 {said(requested)}"
                ),
            ),
        )


def _equals_approved(declaration: Subject, evaluation: Subject) -> bool:
    row, initial = declaration.total_row, evaluation.amounts.initial_budget
    approved = row.cells["approved"].number if row and "approved" in row.cells else None
    return approved is not None and initial is not None and in_yuan(approved, declaration.money_unit) == initial.yuan
