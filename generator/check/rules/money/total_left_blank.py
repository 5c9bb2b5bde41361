"""BUD014: a total left blank while all its sources are filled."""

from collections.abc import Iterator

from generator.check.money.funding import amount_columns, breakdowns, cell_of, title_of, unit_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.money.funding_sums import Term, add_up, terms_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow


@rule(
    "BUD014",
    "total-left-blank",
    reads="funding.adjusted_budget funding.amount funding.budget funding.executed funding.initial_budget",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="各项来源有金额的一栏，总额也有数字",
    otherwise="资金表没有总额，或没有各项来源",
)
def total_left_blank(subject: Subject) -> Iterator[Verdict]:
    """各项来源都有金额，总额却空着。

    总额是全表最要紧的数：执行率、得分、汇总都从它来。空着就只能由读者自己加，也无从核对。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: , 全年执行数: 90000.00}
          当年财政拨款: {全年预算数: 80000.00, 全年执行数: 80000.00}
          上年结转资金: {全年预算数: 10000.00, 全年执行数: 10000.00}
          其他资金: {全年预算数: 0.00, 全年执行数: 0.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 90000.00, 全年执行数: 90000.00}
          当年财政拨款: {全年预算数: 80000.00, 全年执行数: 80000.00}
          上年结转资金: {全年预算数: 10000.00, 全年执行数: 10000.00}
          其他资金: {全年预算数: 0.00, 全年执行数: 0.00}
    """
    unit = unit_of(subject)
    for breakdown in breakdowns(subject):
        whole = breakdown.whole
        if whole.unreadable or not _is_total(whole):
            continue
        for column in amount_columns(subject):
            cell = whole.cells.get(column)
            if cell is None or cell.unreadable:
                continue
            terms = terms_of(breakdown.parts, column, unit)
            if all(term.figure is None for term in terms):
                continue
            if cell.number is not None:
                yield PASSED
            elif any(term.figure is not None and term.figure.number for term in terms):
                yield _blank(subject, whole, column, terms)


def _is_total(row: FundingRow) -> bool:
    return source_of(row.label) is Source.TOTAL


def _blank(subject: Subject, whole: FundingRow, column: str, terms: tuple[Term, ...]) -> Verdict:
    sum_ = add_up(None, terms)
    computed = f"{sum_.computed:,f}（{sum_.formula}）" if sum_.computed is not None else "各项来源之和"
    return failed(
        subject.funding_spot(whole, column),
        f"“{whole.label}”的{title_of(subject, column)}没有数字，各项来源却有金额",
        found=cell_of(whole, column).text or "空白",
        expected=computed,
        hint="补上总额，并与各项来源核对",
    )
