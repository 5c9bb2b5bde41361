"""BUD025: an amount so small or so large that its unit looks wrong."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.money.funding import amount_of, cell_of, main_money, main_row, title_of, why_unknown
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow
from generator.money import EXACT, MONEY_UNITS

_COLUMNS = ("adjusted_budget", "budget", "executed", "requested", "amount", "initial_budget")


@rule(
    "BUD025",
    "unit-implausible",
    reads="funding.adjusted_budget funding.amount funding.executed funding.initial_budget",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="规则包的下限 ≤ 资金总额（折成元）≤ 上限；通行 1 万元和 10 亿元",
    otherwise="表中没有印出资金总额，或总额是 0",
)
def unit_implausible(subject: Subject) -> Iterator[Verdict]:
    """资金总额小得或大得不像，金额单位可能写错。

    元和万元写反，金额就差一万倍，汇总时一张表就能让全部数字作废。
    折成元不到 1 万元的，像是以万元计的数写成了元；单位大于元、折成元又超过 10 亿元的，像是以元计的数写成了万元。
    界限由规则包设定。单位是元的大数不问：位数已经写全；部门（单位）整体支出表只看下限。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 470.26, 全年执行数: 468.77}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 470.26, 全年执行数: 468.77}
    """
    factor = MONEY_UNITS.get(subject.money_unit)
    unknown = _why_unknown(subject) if factor is not None else ""
    if unknown:
        yield insufficient(subject.block_spot("funding"), unknown)
        return
    found = _amount(subject)
    if found is None or factor is None:
        return
    (row, column), number = found[:2], found[2]
    yuan, limits = EXACT.multiply(number, factor), subject.pack.thresholds
    is_small = yuan < limits.smallest_amount
    is_large = factor > 1 and yuan > limits.largest_amount and subject.record_type != "DepartmentEvaluation"
    if not (is_small or is_large):
        yield PASSED
        return
    unit = subject.money_unit
    printed = cell_of(row, column).text if row is not None else f"{number:,f}"
    spot = subject.funding_spot(row, column) if row is not None else subject.block_spot("funding")
    yield failed(
        spot,
        f"资金总额 {printed} {unit}，折合 {yuan:,f} 元，{'小' if is_small else '大'}得不像，金额单位有没有写错",
        found=f"{printed} {unit}",
        expected=f"折合 {limits.smallest_amount:,f} 元至 {limits.largest_amount:,f} 元之间，或者核实单位无误",
        hint=f"对照原件核对单位；{'可能应是万元' if is_small else '可能应是元'}",
    )


def _why_unknown(subject: Subject) -> str:
    """Say why the amount to look at cannot be read; empty where it can, or where the form leaves it blank."""
    row = main_row(subject)
    if row is None:
        return why_unknown(subject, "adjusted_budget")
    if row.unreadable:
        return f"“{row.label}”的金额无法辨认"
    first = next((column for column in _COLUMNS if cell_of(row, column).number or cell_of(row, column).unreadable), "")
    return f"“{row.label}”的{title_of(subject, first)}无法辨认" if first and cell_of(row, first).unreadable else ""


def _amount(subject: Subject) -> tuple[FundingRow | None, str, Decimal] | None:
    row = main_row(subject)
    if row is not None:
        for column in _COLUMNS:
            figure = amount_of(row, column, subject.money_unit)
            if figure is not None and figure.number > 0:
                return row, column, figure.number
        return None
    money = main_money(subject)
    if money is None or money.budget is None or money.budget.number <= 0:
        return None
    return None, "", money.budget.number
