"""BUD015: a year's money that is more than that of the whole project."""

from collections.abc import Iterator

from generator.check.arithmetic import Figure
from generator.check.money.funding import amount_of, unit_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow
from generator.text import folded

_COLUMNS = ("requested", "amount")
_PROJECT, _YEAR = frozenset({"项目资金总额", "项目总投资", "总投资"}), frozenset({"年度资金申请总额", "年度资金总额"})


@rule(
    "BUD015",
    "year-exceeds-project",
    reads="funding.amount",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="年度资金申请总额 ≤ 项目资金总额",
    otherwise="表中没有同时印出整个项目和本年度的资金总额",
    record_types=frozenset({"TargetDeclaration", "Other"}),
)
def year_exceeds_project(subject: Subject) -> Iterator[Verdict]:
    """本年度申请的资金超过整个项目的资金。

    项目资金总额是各年度之和，任何一年都不能超过它。只在两处都印出数字时判断；项目总额空着或是 0 的不判断。

    反例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          项目总资金: {项目资金总额: "200,000.00", 财政资金: "200,000.00", 其他资金: 0.00}
          年度资金: {年度资金申请总额: "300,000.00", 当年财政拨款: "300,000.00", 上年结转资金: 0.00, 其他资金: 0.00}
    正例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          项目总资金: {项目资金总额: "900,000.00", 财政资金: "900,000.00", 其他资金: 0.00}
          年度资金: {年度资金申请总额: "300,000.00", 当年财政拨款: "300,000.00", 上年结转资金: 0.00, 其他资金: 0.00}
    """
    project, year = _total(subject, _PROJECT), _total(subject, _YEAR)
    if project is None or year is None or project[2].number <= 0:
        return
    whole, (row, column, figure) = project[2], year
    if figure.low < whole.high or figure.number <= whole.number:
        yield PASSED
        return
    yield failed(
        subject.funding_spot(row, column),
        f"“{row.label}”{figure.number:,f} 超过“{project[0].label}”{whole.number:,f}",
        found=row.cells[column].text,
        expected=f"不超过 {whole.number:,f}",
        hint="核对两个总额；项目总额已经调增的，改正项目总额",
    )


def _total(subject: Subject, labels: frozenset[str]) -> tuple[FundingRow, str, Figure] | None:
    for row in subject.funding_rows():
        if source_of(row.label) is not Source.TOTAL or folded(row.label) not in labels:
            continue
        for column in _COLUMNS:
            figure = amount_of(row, column, unit_of(subject))
            if figure is not None:
                return row, column, figure
    return None
