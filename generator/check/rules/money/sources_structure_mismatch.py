"""BUD012: the cut by sources against the cut by spending."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.check.arithmetic import Figure, Relation, compare_total, total_of
from generator.check.money.funding import amount_columns, claims_to_be_all, cuts, title_of, unit_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.money.funding_sums import Term, exceeds, formula_of, named, reconciled, terms_of
from generator.check.outcome import Calculation, Spot, Verdict, failed, insufficient, passed, rounded
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow


@rule(
    "BUD012",
    "sources-structure-mismatch",
    reads="funding.adjusted_budget funding.executed",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="财政拨款 + 其他资金 = 基本支出 + 项目支出，预算和执行两栏都要相等",
    otherwise="资金表没有同时按来源和按支出列示",
)
def sources_structure_mismatch(subject: Subject) -> Iterator[Verdict]:
    """按来源列示的合计与按支出列示的合计不相等。

    部门（单位）整体支出表把同一笔钱列两遍：从哪里来，用到哪里去，两边的合计必须相等。
    空白不当作零：有一项没有印出数字就不下结论，除非其余各项已经正好相等，或已印出的一边已经超过列全的另一边。
    另有总额一行的，两边各自与总额比较，由 BUD010 判断；看不出是否列全的，不下结论。

    反例：
        表样: 部门（单位）整体支出绩效自评表
        整体支出规模:
          单位: 元
          资金来源:
            财政拨款: {全年预算数: 3000000.00}
            其他资金: {全年预算数: 0.00}
          资金结构:
            基本支出: {全年预算数: 1000000.00}
            项目支出: {全年预算数: 1990000.00}
    正例：
        表样: 部门（单位）整体支出绩效自评表
        整体支出规模:
          单位: 元
          资金来源:
            财政拨款: {全年预算数: 3000000.00}
            其他资金: {全年预算数: 0.00}
          资金结构:
            基本支出: {全年预算数: 1000000.00}
            项目支出: {全年预算数: 2000000.00}
    """
    if subject.record.funding is None:
        return
    if any(source_of(row.label) is Source.TOTAL and not row.group for row in subject.funding_rows()):
        return
    sources, spending = cuts(subject.record.funding)
    unit = unit_of(subject)
    for column in amount_columns(subject):
        one, other = terms_of(sources, column, unit), terms_of(spending, column, unit)
        if _figures(one) and _figures(other):
            yield _judged(subject, column, (sources, one), (spending, other))


def _judged(
    subject: Subject,
    column: str,
    one: tuple[Sequence[FundingRow], Sequence[Term]],
    other: tuple[Sequence[FundingRow], Sequence[Term]],
) -> Verdict:
    (sources, given), (spending, spent) = one, other
    from_where, to_where = total_of(_figures(given)), total_of(_figures(spent))
    names = f"{sources[0].group}与{spending[0].group}"
    printed = sources[0].cells[column].text if len(_figures(given)) == 1 and column in sources[0].cells else ""
    formula = f"{formula_of(_figures(given))} 对 {formula_of(_figures(spent))}"
    calculation = Calculation(f"{names}的{title_of(subject, column)}", formula, printed, to_where.number)
    missing = [term.label for term in (*given, *spent) if term.figure is None]
    spot = _spot(subject, spending, column)
    relation = _related(given, spent)
    if relation is None:
        blank = replace(calculation, computed=None)
        return insufficient(spot, f"{named(missing)}没有印出可用的数字", calculation=blank)
    if relation is Relation.CONTRADICTION and not (claims_to_be_all(sources) and claims_to_be_all(spending)):
        return insufficient(spot, "看不出两边是否都列全了，不能要求相等", calculation=calculation)
    if relation is Relation.EQUAL:
        return passed(calculation)
    if relation is Relation.ROUNDING:
        return rounded(spot, "各项印出前已四舍五入，按其可能的真值计算，两边相符", calculation=calculation)
    left, right = from_where.number, to_where.number
    return failed(
        spot,
        f"{title_of(subject, column)}：{sources[0].group}合计 {left:,f}，{spending[0].group}合计 {right:,f}，不相等",
        found=f"{right:,f}（{formula_of(_figures(spent))}）",
        expected=f"{left:,f}（{formula_of(_figures(given))}）",
        hint=reconciled(f"{sources[0].group}合计", left, right, spent),
        calculation=calculation,
    )


def _related(given: Sequence[Term], spent: Sequence[Term]) -> Relation | None:
    """Compare both sums; one with a blank can only be too large already, or leave nothing for the blank to hold."""
    one, other = _figures(given), _figures(spent)
    is_full, other_is_full = len(one) == len(given), len(other) == len(spent)
    if is_full and other_is_full:
        return compare_total(total_of(one), other)
    is_legible = not any(term.is_unreadable for term in (*given, *spent))
    if is_legible and total_of(one).number == total_of(other).number and (is_full or other_is_full):
        return Relation.EQUAL
    is_over = (other_is_full and exceeds(total_of(other), one)) or (is_full and exceeds(total_of(one), other))
    return Relation.CONTRADICTION if is_over else None


def _figures(terms: Sequence[Term]) -> list[Figure]:
    return [term.figure for term in terms if term.figure is not None]


def _spot(subject: Subject, rows: Sequence[FundingRow], column: str) -> Spot:
    filled = (row for row in rows if column in row.cells and row.cells[column].number is not None)
    return subject.funding_spot(next(filled, rows[0]), column)
