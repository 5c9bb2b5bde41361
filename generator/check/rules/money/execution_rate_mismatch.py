"""BUD001: the printed execution rate against the printed amounts."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import Figure, Relation, compare_rate, cut_to, quotient, round_to
from generator.check.money.funding import (
    RESULT_FORMS,
    amount_of,
    cell_of,
    main_row,
    title_of,
    unit_of,
)
from generator.check.money.rates import is_share, rate_columns, rate_of
from generator.check.outcome import Calculation, Verdict, failed, insufficient, not_applicable, passed, rounded
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow
from generator.money import BLANK_MARKS


@rule(
    "BUD001",
    "execution-rate-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="执行率 = 全年执行数 ÷ 全年预算数 × 100，四舍五入到印出的位数",
    otherwise="表中没有印出执行率",
    record_types=RESULT_FORMS,
)
def execution_rate_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的执行率与同一行的执行数、全年预算数不符。

    执行率是读者最先看的数，也是预算执行得分的依据。
    用同一行印出的两个金额重算；金额本身是四舍五入来的（例如以万元计、印两位小数），
    就按它们可能的真值计算区间，区间能够相合的只记为“四舍五入可解释”，不算错。
    表中没有全年预算数一栏的，用年初预算数试算，不相符时不下结论。
    执行率栏没有百分号、印成 0.95 的，也按 95% 认。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 95.00}
    """
    main = main_row(subject)
    for row in subject.funding_rows():
        printed = row.cells.get("execution_rate")
        if printed is None or (printed.text.strip() in BLANK_MARKS and not printed.unreadable):
            continue
        title = "预算执行率（%）" if row is main else f"{row.label}的执行率（%）"
        yield _judged(subject, row, title)


def _judged(subject: Subject, row: FundingRow, title: str) -> Verdict:
    unit, printed = unit_of(subject), cell_of(row, "execution_rate")
    spent, planned = rate_columns(row)
    executed, budget, rate = amount_of(row, spent, unit), amount_of(row, planned, unit), rate_of(row)
    if executed is None or budget is None or budget.number <= 0:
        return _not_computed(subject, row, title, budget)
    formula = f"{executed.number:,f} ÷ {budget.number:,f} × 100"
    computed = quotient(executed.number, budget.number, Decimal(100))
    calculation = Calculation(title, formula, printed.text, computed)
    relation = None
    if rate is not None:
        relation = compare_rate(rate, executed, budget, times=Decimal(1 if is_share(subject, row) else 100))
    if relation is Relation.EQUAL:
        return passed(calculation)
    spot = subject.funding_spot(row, "execution_rate")
    if rate is None:
        return insufficient(spot, f"“{row.label}”的执行率无法辨认", calculation=calculation)
    if relation is Relation.ROUNDING:
        return rounded(spot, "金额印出前已四舍五入，按其可能的真值计算，执行率相符", calculation=calculation)
    if planned == "initial_budget":
        return insufficient(spot, f"“{row.label}”没有印出全年预算数，只有年初预算数", calculation=calculation)
    right = round_to(computed, rate.number)
    return failed(
        spot,
        f"“{row.label}”的执行率与金额不符：印作 {printed.text}，按同一行的金额计算是 {right:f}%",
        found=printed.text,
        expected=f"{right:f}（{formula}）",
        hint=f"把执行率改为 {right:f}，或核对两个金额有没有抄错{_cause(subject, row, rate, executed, budget)}",
        calculation=calculation,
    )


def _not_computed(subject: Subject, row: FundingRow, title: str, budget: Figure | None) -> Verdict:
    spent, planned = (title_of(subject, column) for column in rate_columns(row))
    blank = Calculation(title, f"{spent} ÷ {planned}", cell_of(row, "execution_rate").text, None)
    if budget is not None and budget.number <= 0:
        why = not_applicable(f"“{row.label}”的{planned}不大于零，没有执行率可算")
        return why._replace(calculation=blank) if row is main_row(subject) else why
    return insufficient(
        subject.funding_spot(row, "execution_rate"),
        f"“{row.label}”的{spent}或{planned}没有印出可用的数字",
        calculation=blank,
    )


def _cause(subject: Subject, row: FundingRow, rate: Figure, executed: Figure, budget: Figure) -> str:
    """Say how the printed rate may have come about, where that is plain."""
    initial = amount_of(row, "initial_budget", unit_of(subject))
    if cut_to(quotient(executed.number, budget.number, Decimal(100)), rate.number) == rate.number:
        return "；印出的数像是去尾得来，不是四舍五入"
    if initial is not None and initial.number > 0 and compare_rate(rate, executed, initial) is Relation.EQUAL:
        return "；印出的数像是用年初预算数算的"
    if executed.number > 0 and compare_rate(rate, budget, executed) is Relation.EQUAL:
        return "；印出的数像是把预算数除以执行数了"
    return ""
