"""Sums of the money block: whether a row is the sum of its parts, and what a rule says of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.check.arithmetic import Figure, Relation, compare_total, total_of
from generator.check.money.funding import Breakdown, amount_columns, amount_of, cell_of, title_of, unit_of
from generator.check.outcome import Calculation, Verdict, failed, insufficient, passed, rounded
from generator.check.subject import Subject
from generator.model.records import FundingRow
from generator.money import EXACT, exact_sum

_READ_TERM_BY_TERM = 4
"""Terms that a reader still adds up by hand."""

_NAMED = 3
"""Rows named before the rest is only counted."""


class Term(Struct, frozen=True, gc=False):
    """One term of a sum."""

    label: str
    figure: Figure | None
    """None where no number can be read."""
    is_unreadable: bool = False
    """Whether the author says that it cannot be read, so that nothing may be concluded of it."""


class Sum(Struct, frozen=True, gc=False):
    """A printed whole with the sum of its parts."""

    relation: Relation | None
    """None where that cannot be decided."""
    computed: Decimal | None
    """Of what is printed; None where a part is missing and what is printed settles nothing."""
    formula: str
    missing: tuple[str, ...] = ()
    """Labels of the parts without a number."""


def terms_of(rows: Sequence[FundingRow], column: str, unit: str) -> tuple[Term, ...]:
    """Return the terms of one column."""
    return tuple(
        [
            Term(row.label, amount_of(row, column, unit), bool(row.unreadable or cell_of(row, column).unreadable))
            for row in rows
        ]
    )


def add_up(whole: Figure | None, terms: Sequence[Term]) -> Sum:
    """Compare a whole with its parts.

    A blank is no zero, but it cannot bring a sum down that is already too large, and there is nothing left for it to
    hold where the other parts are the whole already.
    """
    figures = [term.figure for term in terms if term.figure is not None]
    missing = tuple([term.label for term in terms if term.figure is None])
    computed = exact_sum([figure.number for figure in figures])
    if not missing:
        return Sum(_compared(whole, figures, computed), computed, formula_of(figures))
    formula = f"{formula_of(figures)}（{named(missing)}未计）"
    if whole is not None and figures and whole.number == computed and not any(term.is_unreadable for term in terms):
        return Sum(Relation.EQUAL, computed, formula, missing)
    if whole is not None and figures and exceeds(whole, figures):
        return Sum(Relation.CONTRADICTION, computed, formula, missing)
    return Sum(None, None, "各项相加", missing)


def _compared(whole: Figure | None, figures: Sequence[Figure], computed: Decimal) -> Relation | None:
    if whole is None:
        return None
    return Relation.EQUAL if whole.number == computed else compare_total(whole, figures)


def exceeds(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether parts are beyond doubt more than their whole."""
    if any(part.number < 0 for part in parts) or total_of(parts).number <= whole.number:
        return False
    return compare_total(whole, parts) is Relation.CONTRADICTION


def formula_of(figures: Sequence[Figure]) -> str:
    """Write a sum term by term where it is short enough to be read so."""
    if len(figures) > _READ_TERM_BY_TERM:
        return f"{len(figures)} 项相加"
    return " + ".join(f"{figure.number:,f}" for figure in figures)


def named(labels: Sequence[str]) -> str:
    """Name the first few rows and count the rest."""
    return "、".join(labels[:_NAMED]) + (f"等 {len(labels)} 项" if len(labels) > _NAMED else "")


def lacking(sum_: Sum) -> str:
    """Say which data a sum lacks."""
    return f"{named(sum_.missing)}没有印出可用的数字" if sum_.missing else "原表没有印出合计"


def judge_total(subject: Subject, breakdown: Breakdown) -> Iterator[Verdict]:
    """Yield what to say of a total row in each column where it and its parts print anything."""
    unit = unit_of(subject)
    for column in amount_columns(subject):
        printed = breakdown.whole.cells.get(column)
        if printed is None:
            continue
        whole = amount_of(breakdown.whole, column, unit)
        terms = terms_of(breakdown.parts, column, unit)
        if whole is None and all(term.figure is None for term in terms):
            continue
        yield _judged(subject, breakdown, column, whole, terms)


def _judged(
    subject: Subject, breakdown: Breakdown, column: str, whole: Figure | None, terms: Sequence[Term]
) -> Verdict:
    row, unit = breakdown.whole, unit_of(subject)
    sum_ = add_up(whole, terms)
    if sum_.relation is Relation.CONTRADICTION and breakdown.doubtful and not sum_.missing:
        sum_ = _with_doubtful(whole, terms, terms_of(breakdown.doubtful, column, unit), sum_)
    title = f"{row.label}的{column_title(subject, row, column)}"
    printed = cell_of(row, column)
    calculation = Calculation(title, sum_.formula, printed.text, sum_.computed)
    if whole is not None and sum_.relation is Relation.EQUAL:
        return passed(calculation)
    spot = subject.funding_spot(row, column)
    if sum_.relation is Relation.ROUNDING:
        return rounded(spot, "各项印出前已四舍五入，按其可能的真值计算，合计相符", calculation=calculation)
    if whole is None or sum_.relation is None:
        doubt = f"分不清“{named([row.label for row in breakdown.doubtful])}”是否计入合计"
        reason = lacking(sum_) if whole is None or sum_.missing else doubt
        return insufficient(spot, reason, calculation=calculation)
    computed = total_of(term.figure for term in terms if term.figure is not None).number
    return failed(
        spot,
        _message(title, whole.number, computed, sum_),
        found=printed.text,
        expected=f"{computed:,f}（{sum_.formula}）" if not sum_.missing else f"不小于 {computed:,f}（{sum_.formula}）",
        hint=reconciled(row.label, whole.number, computed, terms),
        calculation=calculation,
    )


def column_title(subject: Subject, row: FundingRow, column: str) -> str:
    """Return what to call a column; the only one of a form is what its total says."""
    if column == "amount" and "申请" in row.label:
        return title_of(subject, "requested")
    return title_of(subject, column)


def _with_doubtful(whole: Figure | None, terms: Sequence[Term], others: Sequence[Term], without: Sum) -> Sum:
    """Count the rows in that may be parts; a contradiction stands only where neither reading holds."""
    figures = [term.figure for term in terms if term.figure is not None]
    if whole is not None and exceeds(whole, figures):
        return without
    if all(term.figure is None or not term.figure.number for term in others):
        return without if all(term.figure is not None for term in others) else Sum(None, None, "各项相加")
    together = add_up(whole, (*terms, *others))
    if together.relation in (Relation.EQUAL, Relation.ROUNDING):
        return together
    return Sum(None, None, "各项相加")


def _message(title: str, whole: Decimal, computed: Decimal, sum_: Sum) -> str:
    if not whole:
        return f"{title}是 0，各项来源相加却有 {computed:,f}"
    if sum_.missing:
        return f"{title}是 {whole:,f}，小于已印出的各项之和 {computed:,f}"
    return f"{title}是 {whole:,f}，各项来源相加是 {computed:,f}，不相等"


def reconciled(label: str, whole: Decimal, computed: Decimal, terms: Sequence[Term]) -> str:
    """Say the smallest changes that would make a sum right."""
    difference = EXACT.subtract(whole, computed)
    change = f"增加 {difference:,f}" if difference > 0 else f"减少 {-difference:,f}"
    hint = f"核对原始数据：把“{label}”改为 {computed:,f}，或把其中一行{change}"
    same = [term.label for term in terms if term.figure is not None and term.figure.number == abs(difference)]
    if same:
        return f"{hint}；差额正好等于“{same[0]}”，可能漏加或重复"
    if whole != computed and sorted(_digits(whole)) == sorted(_digits(computed)):
        return f"{hint}；两数的数字相同、次序不同，可能抄颠倒了"
    return hint


def _digits(number: Decimal) -> str:
    return "".join(character for character in f"{number.normalize():f}" if character.isdigit())
