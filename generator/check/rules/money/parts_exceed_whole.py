"""BUD013: parts of a row that are more than the row."""

from collections.abc import Iterator

from generator.check.arithmetic import Figure
from generator.check.money.funding import Breakdown, amount_columns, amount_of, breakdowns, title_of, unit_of
from generator.check.money.funding_sums import Term, exceeds, formula_of, terms_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "BUD013",
    "parts-exceed-whole",
    reads="funding.adjusted_budget funding.budget funding.executed funding.initial_budget",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="每一栏：“其中”各行之和 ≤ 所属的行",
    otherwise="资金表没有只列了一部分的“其中”行",
)
def parts_exceed_whole(subject: Subject) -> Iterator[Verdict]:
    """“其中”各行超过所属的行。

    “其中”往往只列一部分，少于总体不算错，多于总体就一定有错。
    几行的钱可能重复的（例如既按级次又按性质列），只逐行比较，不相加。
    来源已经列全的总额由 BUD010、BUD011 按相等判断，这里不重复。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 90000.00}
          当年财政拨款:
            全年预算数: 90000.00
            其中:
              一般公共预算: {全年预算数: 80000.00}
              政府性基金: {全年预算数: 20000.00}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 90000.00}
          当年财政拨款:
            全年预算数: 90000.00
            其中:
              一般公共预算: {全年预算数: 70000.00}
    """
    unit = unit_of(subject)
    for breakdown in breakdowns(subject):
        if breakdown.is_complete:
            continue
        for column in amount_columns(subject):
            whole = amount_of(breakdown.whole, column, unit)
            terms = [term for term in terms_of(breakdown.parts, column, unit) if term.figure is not None]
            if whole is not None and terms:
                yield _judged(subject, breakdown, column, whole, terms)


def _judged(subject: Subject, breakdown: Breakdown, column: str, whole: Figure, terms: list[Term]) -> Verdict:
    row = breakdown.whole
    groups = [terms] if breakdown.is_disjoint else [[term] for term in terms]
    for group in groups:
        figures = [term.figure for term in group if term.figure is not None]
        if not exceeds(whole, figures):
            continue
        names = "、".join(term.label for term in group)
        return failed(
            subject.funding_spot(row, column),
            f"“{row.label}”的{title_of(subject, column)}是 {whole.number:,f}，小于其中的“{names}” {formula_of(figures)}",
            found=row.cells[column].text,
            expected=f"不小于 {formula_of(figures)}",
            hint=f"核对“{row.label}”和它的“其中”各行，部分不能大于总体",
        )
    return PASSED
