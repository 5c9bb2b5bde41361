"""The columns of points and scores, with the execution rate's where a form prints them, and their sums."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.check.arithmetic import Figure, Relation, awarded, compare_total, exact, measured
from generator.check.outcome import Calculation, Spot, Verdict, failed, insufficient, passed, rounded
from generator.check.subject import EVALUATIONS, JOIN, Row, Subject
from generator.model.records import BLANK, Cell, FundingRow
from generator.money import BLANK_MARKS, EXACT, exact_sum

EXECUTION = "预算执行率"

_REMEMBERED = 8
"""Several rules ask the same of one record, one after the other; more is never needed."""

_TOTAL_ENDINGS = ("总额", "总量", "合计", "总计", "总预算", "年度预算")


SCORED_FORMS = EVALUATIONS | {"Other"}
"""Forms that may print scores: those of no layout of their own may be anything, see `is_evaluation`."""


def is_evaluation(subject: Subject) -> bool:
    """Tell whether a form reports scores, and is no list of targets and no half-year monitoring."""
    return subject.record_type in EVALUATIONS or any(row.score is not None for row in subject.scored)


class Execution(Struct, frozen=True):
    """The points and the score of the execution rate."""

    row: FundingRow | None
    """None where several rows print different ones, so that none can be told to count."""
    points: Cell
    score: Cell


@lru_cache(maxsize=_REMEMBERED)
def execution_of(subject: Subject) -> Execution | None:
    """Return the points and the score of the execution rate, or None where the form gives none."""
    total = subject.total_row
    if total is not None and _prints(total):
        return _execution(total)
    found = [row for row in subject.funding_rows() if _prints(row)]
    if not found:
        return None
    named = [row for row in found if row.label.rstrip("：:").endswith(_TOTAL_ENDINGS) and row.parent is None]
    if len(found) == 1 or len(named) == 1:
        return _execution(found[0] if len(found) == 1 else named[0])
    return Execution(None, BLANK, BLANK)


def _prints(row: FundingRow) -> bool:
    cells = (row.cells.get("points", BLANK), row.cells.get("score", BLANK))
    return any(cell.number is not None or cell.unreadable for cell in cells)


def _execution(row: FundingRow) -> Execution:
    return Execution(row, row.cells.get("points", BLANK), row.cells.get("score", BLANK))


@lru_cache(maxsize=_REMEMBERED)
def counted(subject: Subject) -> tuple[Row, ...]:
    """Return the rows of the year that are to carry points: no part of another row, no filler, none marked by a dash.

    A filler is a line that a form prints and nobody filled in, such as 指标2: without anything behind it.
    """
    rows = [
        row
        for row in subject.scored
        if row.indicator.horizon == "annual"
        and (row.points is not None or row.score is not None or not _is_unscored(row))
    ]
    # A form's 其中 rows may be authored as a level of their own below the row that carries the points.
    bearing = {row.name for row in rows if row.points is not None}
    return tuple(
        [
            row
            for row in rows
            if row.points is not None
            or row.score is not None
            or not (row.indicator.path and row.indicator.path[-1] in bearing)
        ]
    )


def _is_unscored(row: Row) -> bool:
    """Tell whether a row without points and score says itself that it is not scored, or says nothing at all."""
    points, score = row.cell("points"), row.cell("score")
    if points.unreadable or score.unreadable:
        return False
    if points.text in BLANK_MARKS and points.text:
        return True
    is_empty = not (row.target_cell.text or row.target_cell.unreadable or row.actual_cell.text)
    return is_empty or not row.name


class Term(Struct, frozen=True, gc=False):
    """One figure of a sum."""

    name: str
    group: str
    """Level 1, or the name of the execution rate."""
    cell: Cell
    figure: Figure | None


class Column(Struct, frozen=True, gc=False):
    """One column of figures that a form may sum up."""

    terms: tuple[Term, ...]
    figures: tuple[Figure, ...]
    """Those that can be read."""
    total: Decimal
    """Sum of those that can be read."""
    missing: str
    """Which figures cannot be read, in words; empty where all can."""


def _column(terms: Sequence[Term], unclear: str = "") -> Column:
    figures = tuple([term.figure for term in terms if term.figure is not None])
    missing = unclear or (missing_words(terms) if len(figures) < len(terms) else "")
    return Column(tuple(terms), figures, exact_sum([figure.number for figure in figures]), missing)


_UNCLEAR = "资金栏有几行印出分值或得分，看不出哪一行计入"


@lru_cache(maxsize=_REMEMBERED)
def column_of(subject: Subject, identifier: str) -> Column | None:
    """Return the points, scores or review scores that make up a total; None where the table has no such column."""
    rows = counted(subject)
    if not any(row.has(identifier) for row in rows):
        return None
    terms = _terms(rows, identifier)
    execution = execution_of(subject)
    if execution is None or _is_printed_again(execution, rows):
        return _column(terms)
    if execution.row is None:
        return _column(terms, _UNCLEAR)
    cell = execution.row.cells.get(identifier, BLANK)
    if identifier == "review_score" and cell is BLANK:
        return _column(terms)
    points = execution.points
    figure = exact(cell) if identifier == "points" else awarded(cell, points)
    return _column((*terms, Term(EXECUTION, EXECUTION, cell, figure)))


_ITS_NAMES = frozenset({"预算执行率", "资金执行率", "执行率", "项目预算执行率", "预算执行情况", "全年预算执行率"})


def _is_printed_again(execution: Execution, rows: Sequence[Row]) -> bool:
    """Tell whether a row of the table is the execution rate of the money block, printed a second time."""
    points = [row.points for row in rows if row.name in _ITS_NAMES and row.points is not None]
    return execution.points.number in points


def _terms(rows: Sequence[Row], identifier: str) -> list[Term]:
    cells = [row.indicator.cells.get(identifier, BLANK) for row in rows]
    if identifier == "points":
        figures = [exact(cell) for cell in cells]
    else:
        figures = [awarded(cell, row.indicator.cells.get("points")) for cell, row in zip(cells, rows, strict=True)]
    return [
        Term(row.name, row.indicator.path[0] if row.indicator.path else "", cell, figure)
        for row, cell, figure in zip(rows, cells, figures, strict=True)
    ]


_FEW = 3


def named(names: Sequence[str]) -> str:
    """Name the first three of several things and how many there are."""
    shown = "、".join(f"“{name}”" for name in names[:_FEW])
    return f"{shown}等 {len(names)} 项" if len(names) > _FEW else shown


def missing_words(terms: Sequence[Term]) -> str:
    """Name the figures that are unreadable and those that are not printed; empty where there are none."""
    unreadable = [term.name for term in terms if term.figure is None and term.cell.unreadable]
    blank = [term.name for term in terms if term.figure is None and not term.cell.unreadable]
    parts = (
        f"{named(unreadable)}无法辨认" if unreadable else "",
        f"{named(blank)}没有印出数字" if blank else "",
    )
    return "，".join(part for part in parts if part)


def formula_of(column: Column) -> str:
    """Write a sum so that it can be followed by hand: term by term, or by level 1 where there are many."""
    terms = [(term.name, term.group, term.figure.number) for term in column.terms if term.figure is not None]
    if len(terms) <= _SHORT:
        return " + ".join(f"{number:f}" for _, _, number in terms)
    groups: dict[str, list[Decimal]] = {}
    for _, group, number in terms:
        groups.setdefault(group, []).append(number)
    if len(groups) == 1:
        return f"{len(terms)} 项相加"
    return " + ".join(f"{group or '其余'} {_added(numbers)}" for group, numbers in groups.items())


_SHORT = 4


def _added(numbers: Sequence[Decimal]) -> str:
    total = exact_sum(numbers)
    return f"{total:f}（{len(numbers)} 项）" if len(numbers) > 1 else f"{total:f}"


def total_verdict(subject: Subject, identifier: str, title: str) -> Iterator[Verdict]:
    """Compare a printed total with the sum of its column; one calculation whatever comes of it."""
    printed, column = subject.total(identifier), column_of(subject, identifier)
    if column is None or identifier not in subject.record.total or printed.text in BLANK_MARKS - {""}:
        return
    spot = subject.total_spot(identifier)
    label = spot.field.rpartition(JOIN)[2]
    # Points were fixed by somebody; a total of scores may have been rounded for print.
    found = exact(printed) if identifier == "points" else measured(printed)
    missing = f"{title}无法辨认" if printed.unreadable else "" if found is not None else f"没有印出{title}的数字"
    if column.missing or missing:
        gaps = f"各行的{label}：{column.missing}" if column.missing else ""
        computed = None if column.missing else column.total
        formula = "各行相加" if column.missing else formula_of(column)
        yield insufficient(
            spot,
            "；".join(part for part in (gaps, missing) if part),
            calculation=Calculation(title, formula, printed.text, computed),
        )
        return
    if found is None:
        return
    yield _compared(spot, title, printed, found, column)


def _compared(spot: Spot, title: str, printed: Cell, figure: Figure, column: Column) -> Verdict:
    label = spot.field.rpartition(JOIN)[2]
    calculation = Calculation(title, formula_of(column), printed.text, column.total)
    is_equal = figure.number == column.total
    relation = Relation.EQUAL if is_equal else compare_total(figure, column.figures)
    if relation is Relation.EQUAL:
        return passed(calculation)
    if relation is Relation.ROUNDING:
        return rounded(spot, f"各行的{label}印出前已四舍五入，{title}与之相符", calculation=calculation)
    difference = EXACT.subtract(column.total, figure.number)
    return failed(
        spot,
        f"{title}印作 {printed.text}，各行{_with_execution(column)}的{label}相加是 {column.total:f}，相差 {abs(difference):f}",
        found=printed.text,
        expected=f"{column.total:f}（{calculation.formula}）",
        hint=reconciled(title, label, difference, column),
        calculation=calculation,
    )


def _with_execution(column: Column) -> str:
    return f"和{EXECUTION}" if any(term.group == EXECUTION for term in column.terms) else ""


def reconciled(title: str, label: str, difference: Decimal, column: Column) -> str:
    """Say the smallest change that would reconcile a total; a single row that equals the difference is named."""
    size, is_less = abs(difference), difference > 0
    alike = [term.name for term in column.terms if term.figure is not None and term.figure.number == size]
    change = "减少" if is_less else "增加"
    hint = f"把{title}改为 {column.total:f}"
    # A row can hardly be wrong by more than the greatest of them.
    if any(figure.number >= size for figure in column.figures):
        hint += f"，或核对各行，某一行的{label}{change} {size:f}"
    if len(alike) != 1:
        return hint
    return f"{hint}；“{alike[0]}”的{label}正好是 {size:f}，看是否{'漏加' if is_less else '重复加'}了这一行"
