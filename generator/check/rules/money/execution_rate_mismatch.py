"""BUD001: the printed execution rate against the printed amounts."""

from collections.abc import Iterator

from generator.check.arithmetic import Relation, compare_rate, cut_to, measured, money
from generator.check.outcome import Calculation, Verdict, failed, insufficient, not_applicable, passed, rounded
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import EVALUATIONS, Subject
from generator.finding import Severity
from generator.model.records import BLANK


@rule(
    "BUD001",
    "execution-rate-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="执行率 = 全年执行数 ÷ 全年预算数 × 100，四舍五入到印出的位数",
    otherwise="表中没有印出执行率",
    record_types=EVALUATIONS,
)
def execution_rate_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的执行率与同一行的执行数、全年预算数不符。

    执行率是读者最先看的数，也是预算执行得分的依据。
    用同一行印出的两个金额重算；金额本身是四舍五入来的（例如以万元计、印两位小数），
    就按它们可能的真值计算区间，区间能够相合的只记为“四舍五入可解释”，不算错。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 95.00}
    """
    unit = subject.money_unit
    for row in subject.funding_rows():
        printed = row.cells.get("execution_rate", BLANK)
        if not printed.text and not printed.unreadable:
            continue
        spot = subject.funding_spot(row, "execution_rate")
        executed = money(row.cells.get("executed", BLANK), unit)
        budget = money(row.cells.get("adjusted_budget", BLANK), unit)
        title = f"{row.label}的执行率（%）"
        rate = measured(printed)
        if rate is None:
            continue
        if executed is None or budget is None:
            message = f"“{row.label}”没有印出可用的全年预算数和全年执行数"
            yield insufficient(
                spot, message, calculation=Calculation(title, "全年执行数 ÷ 全年预算数", printed.text, None)
            )
            continue
        if budget.number <= 0:
            yield not_applicable(f"“{row.label}”的全年预算数不大于零，没有执行率可算")
            continue
        computed = executed.number / budget.number * 100
        formula = f"{executed.number:,f} ÷ {budget.number:,f} × 100"
        calculation = Calculation(title, formula, printed.text, computed)
        relation = compare_rate(rate, executed, budget)
        if relation is Relation.EQUAL:
            yield passed(calculation)
        elif relation is Relation.ROUNDING:
            yield rounded(spot, "金额印出前已四舍五入，按其可能的真值计算，执行率相符", calculation=calculation)
        else:
            cut = "；印出的数像是去尾得来，不是四舍五入" if cut_to(computed, rate.number) == rate.number else ""
            yield failed(
                spot,
                f"“{row.label}”的执行率与金额不符",
                found=printed.text,
                expected=f"{computed:.2f}（{formula}）",
                hint=f"核对执行率和两个金额，改正抄错的那个{cut}",
                calculation=calculation,
            )
