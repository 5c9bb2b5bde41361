"""BUD006: a budget adjustment rate used as an indicator against the money block."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import Figure, Relation, compare_rate, round_to
from generator.check.money.funding import RESULT_FORMS, main_money, why_unknown
from generator.check.money.percentages import percentage_of
from generator.check.outcome import Calculation, Verdict, failed, insufficient, not_applicable, passed, rounded
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.money import EXACT
from generator.patterns import lazy_pattern
from generator.text import folded

_NAME = lazy_pattern(r"(?:部门|单位|整体|年度|项目|支出)*预算调整率")


@rule(
    "BUD006",
    "adjustment-indicator-mismatch",
    reads="funding.adjusted_budget funding.initial_budget indicator.actual",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(FORM, PRACTICE),
    formula="预算调整率 = |全年预算数 − 年初预算数| ÷ 年初预算数 × 100",
    otherwise="没有以预算调整率作指标的行，或实际完成值不是一个百分数",
    record_types=RESULT_FORMS,
)
def adjustment_indicator_mismatch(subject: Subject) -> Iterator[Verdict]:
    """作为指标填报的预算调整率与资金表的预算变动不符。

    资金表同时印出年初预算数和全年预算数时，变动了多少一算便知。
    计算预算调整率常常可以扣除政策性调整，所以这里只提出疑问；该行写了说明的不问。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 100000.00, 全年预算数: 125000.00, 全年执行数: 125000.00}
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 预算调整率, 年度指标值: ≤10%, 实际完成值: 0%}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {年初预算数: 100000.00, 全年预算数: 125000.00, 全年执行数: 125000.00}
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 预算调整率, 年度指标值: ≤10%, 实际完成值: 25%}
    """
    for row in subject.rows:
        if "调整" not in row.name or not _NAME.fullmatch(folded(row.name)):
            continue
        printed = percentage_of(row)
        if printed is not None:
            yield _judged(subject, row, printed)


def _judged(subject: Subject, row: Row, printed: Figure) -> Verdict:
    money, unknown = main_money(subject), why_unknown(subject, "initial_budget", "adjusted_budget")
    if unknown:
        return insufficient(row.spot("actual"), unknown)
    if money is None or money.initial is None or money.budget is None or money.initial.number <= 0:
        return not_applicable("资金表没有同时印出年初预算数和全年预算数，预算调整率无从复算")
    initial, budget = money.initial, money.budget
    change = Figure(abs(EXACT.subtract(budget.number, initial.number)), EXACT.add(budget.radius, initial.radius))
    computed = change.number / initial.number * 100
    formula = f"|{budget.number:,f} − {initial.number:,f}| ÷ {initial.number:,f} × 100"
    calculation = Calculation(f"指标“{row.name}”（%）", formula, row.actual_cell.text, computed)
    # A reduction is printed as a negative rate in some forms and as a positive one in others.
    relation = compare_rate(Figure(abs(printed.number), printed.radius), change, initial)
    if relation is Relation.EQUAL:
        return passed(calculation)
    if relation is Relation.ROUNDING:
        return rounded(row.spot("actual"), "金额印出前已四舍五入，预算调整率相符", calculation=calculation)
    if row.reason:
        return not_applicable(f"“{row.name}”与资金表的变动不同，该行已有说明")
    right = round_to(computed, Decimal("0.01"))
    return failed(
        row.spot("actual"),
        f"“{row.name}”填 {row.actual_cell.text}，资金表的预算却变动了 {right:f}%，是不是扣除了政策性调整",
        found=row.actual_cell.text,
        expected=f"{right:f}%（{formula}），或者写明扣除了什么",
        hint="按资金表改正实际完成值；扣除了政策性调整的，在该行写明",
        calculation=calculation,
    )
