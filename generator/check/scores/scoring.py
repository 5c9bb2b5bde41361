"""Scoring explained: how a row's score comes about, what it should be, and whether the printed one agrees.

What no rule pack and no printed figure decides is left open with its reason; nothing is guessed. More than the target
never costs points here: it only asks for an explanation.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from generator.check.arithmetic import (
    Figure,
    Relation,
    compare_rate,
    measured,
    money,
    places_of,
    quotient,
    round_to,
    shown,
)
from generator.check.outcome import Outcome
from generator.check.pack import ExecutionMethod, Pack
from generator.check.scores.case import Case, Parts
from generator.check.scores.expectation import METHOD_LABELS, Expected, Method, Rate, full, undecided
from generator.check.scores.points import execution_of
from generator.check.scores.scored_numbers import by_number, is_lower_better
from generator.check.scores.scored_words import by_word, method_of
from generator.check.subject import EVALUATIONS, Row, Subject
from generator.model.achievement import Outcome as Achieved
from generator.model.records import BLANK, Cell, FundingRow
from generator.model.values import Blank, Deadline
from generator.money import EXACT

__all__ = [
    "METHOD_LABELS", "Method", "Scoring", "explain_execution", "explain_scoring", "explanation_of", "scorings_of",
]  # fmt: skip


class Scoring(Struct, frozen=True, array_like=True, gc=False):
    """How the score of one row, or of the execution rate, comes about."""

    name: str
    """Of the row, as printed."""
    anchor: str
    """The row's address on the record's page; empty where it is not a row."""
    method: Method
    points: Decimal | None
    formula: str
    """With its numbers, in Chinese; empty where nothing is computed."""
    low: Decimal | None
    """Lowest score expected; None where it cannot be computed."""
    high: Decimal | None
    """Highest score expected; without a lowest one it is only a limit."""
    high_included: bool
    printed: str
    """The score as printed."""
    score: Decimal | None
    outcome: Outcome
    achieved: Achieved
    """Whether the target was reached."""
    is_numeric: bool
    """Whether numbers decide that beyond what their printing leaves open."""
    reason: str
    """Why nothing is expected or compared; empty where something is."""
    remark: str
    """What the rule pack decides, and what else a reader should know."""

    @property
    def method_label(self) -> str:
        """The method in Chinese."""
        return METHOD_LABELS[self.method]

    @property
    def expected(self) -> str:
        """The expected score or band in figures; empty where there is none."""
        if self.high is None:
            return ""
        if self.low is None:
            return f"{'不高于' if self.high_included else '低于'} {shown(self.high, 2)}"
        if self.low == self.high:
            return shown(self.high, 2)
        return f"{shown(self.low, 2)} 至 {shown(self.high, 2)}{'' if self.high_included else '（不含）'}"


class Explanation(NamedTuple):
    """All of a `Scoring` but whose it is, in its order."""

    method: Method
    points: Decimal | None
    formula: str
    low: Decimal | None
    high: Decimal | None
    high_included: bool
    printed: str
    score: Decimal | None
    outcome: Outcome
    achieved: Achieved
    is_numeric: bool
    reason: str
    remark: str


_MUCH = "完成值高出目标 {excess}%，应说明原因；超额完成不自动扣分"


def explain_scoring(row: Row, pack: Pack) -> Scoring:
    """Explain the score of one row."""
    return Scoring(row.name, row.indicator.anchor, *explanation_of(row, pack))


def explanation_of(row: Row, pack: Pack) -> Explanation:
    """Explain the score of one row, whatever it is called and wherever it stands."""
    cells = row.indicator.cells
    points, score = cells.get("points", BLANK), cells.get("score", BLANK)
    return _explanation(
        pack,
        row.values,
        "" if row.is_readable else "目标" if row.target_cell.unreadable else "完成值",
        points.text,
        points.unreadable,
        score.text,
        score.unreadable,
        "adjusted_target" in cells and row.target_cell is cells["adjusted_target"],
        # Of costs and faults only a target of one number asks.
        row.values.wants_exactly and is_lower_better(row),
        row.record.fiscal_year if isinstance(row.target, Deadline) else 0,
    )


# Forms repeat their words: row after row prints the same target, result, points and score.
@lru_cache(maxsize=1_024)
def _explanation(pack: Pack, *parts: *Parts) -> Explanation:
    """Explain a score; the parts are those of a `Case`, which need not be made where the answer is known."""
    case = Case(*parts)
    points = Cell(case.points, unreadable=case.points_unreadable)
    score = Cell(case.score, unreadable=case.score_unreadable)
    expected = _expected(case, points, pack)
    excess = None if case.is_lower_better else case.values.excess
    if excess is not None and excess >= pack.thresholds.over_fulfilment:
        much = _MUCH.format(excess=shown(excess, 0))
        expected = expected._replace(remark=f"{expected.remark}；{much}" if expected.remark else much)
    return _explain(expected, points.number, score)


def scorings_of(subject: Subject) -> tuple[Scoring, ...]:
    """Explain the scores of a record, execution first; nothing for forms without scores."""
    if subject.record_type not in EVALUATIONS:
        return ()
    execution = explain_execution(subject)
    rows = [explain_scoring(row, subject.pack) for row in subject.scored if row.has("score")]
    return (execution, *rows) if execution else tuple(rows)


def explain_execution(subject: Subject) -> Scoring | None:
    """Explain the score of the execution rate, or return None where the form gives no points for it."""
    execution = execution_of(subject)
    if execution is None or execution.row is None:
        return None
    row = execution.row
    points, score = execution.points.number, execution.score
    return Scoring("预算执行率", "", *_explain(_execution(subject, row, points), points, score))


def _expected(case: Case, points: Cell, pack: Pack) -> Expected:
    method, number = method_of(case.target), points.number
    if case.unreadable:
        return undecided(method, f"{case.unreadable}无法辨认")
    if isinstance(case.target, Blank):
        return undecided(method, "没有印出目标")
    if isinstance(case.actual, Blank):
        return undecided(method, "没有印出完成值")
    if number is None or number < 0:
        return undecided(method, _why_no_number(points, "分值"))
    return by_number(case, number, pack) or by_word(case, number, pack)


def _execution(subject: Subject, row: FundingRow, points: Decimal | None) -> Expected:
    method = Method.EXECUTION
    executed = money(row.cells.get("executed", BLANK), subject.money_unit)
    budget = money(row.cells.get("adjusted_budget") or row.cells.get("budget") or BLANK, subject.money_unit)
    if points is None or points < 0:
        return undecided(method, "没有印出预算执行率的分值")
    if row.unreadable:
        return undecided(method, f"“{row.label}”的金额无法辨认")
    if executed is None or budget is None:
        return undecided(method, "没有印出可用的全年预算数和全年执行数")
    if subject.pack.execution_method is ExecutionMethod.UNDECIDED:
        return undecided(method, f"规则包“{subject.pack.title}”按区间计分，不重算")
    if budget.number <= 0:
        return undecided(method, "全年预算数不大于零，没有执行率可算")
    if executed.number >= budget.number:
        formula = f"执行 {executed.number:,f} 不少于预算 {budget.number:,f}"
        capped = "执行率超过 100%，以满分为限" if executed.number > budget.number else ""
        return full(method, points, formula, is_numeric=True, remark=capped)
    score = quotient(executed.number, budget.number, points)
    formula = f"{points:f} × {executed.number:,f} ÷ {budget.number:,f} = {shown(score, 2)}"
    return Expected(method, formula, score, score, is_numeric=True, rate=Rate(executed, budget))


def _explain(expected: Expected, points: Decimal | None, score: Cell) -> Explanation:
    reason, number = expected.reason, score.number
    if not reason and number is None:
        reason = _why_no_number(score, "得分")
    # By position, for millions are made; in the order of the fields.
    return Explanation(
        expected.method,
        points,
        expected.formula,
        expected.low,
        expected.high,
        expected.high_included,
        score.text,
        number,
        _told(expected, _outcome(expected, score, points)),
        expected.achieved,
        expected.is_numeric,
        reason,
        expected.remark,
    )


def _why_no_number(cell: Cell, name: str) -> str:
    if cell.unreadable:
        return f"{name}无法辨认"
    return f"{name}不是可用的数" if cell.number is not None else f"没有印出{name}"


def _told(expected: Expected, outcome: Outcome) -> Outcome:
    """Return that nothing was verified where a score only agrees with a word."""
    return Outcome.INSUFFICIENT if expected.is_only_said and outcome is not Outcome.FAIL else outcome


def _outcome(expected: Expected, cell: Cell, points: Decimal | None) -> Outcome:
    """Compare the printed score with what is expected, at the precision printed."""
    printed = measured(cell)
    if printed is None or expected.high is None or points is None:
        return Outcome.INSUFFICIENT
    number, low, high = printed.number, expected.low, expected.high
    radius = printed.radius
    reaches_up = number < high or (expected.high_included and number == high)
    if low is None:
        # Only the limit is known: keeping it says nothing about the score itself.
        is_rounded_up = expected.high_included and places_of(number) > 0 and round_to(high, number) == number
        return Outcome.INSUFFICIENT if reaches_up or is_rounded_up else Outcome.FAIL
    if expected.rate is not None:
        share = quotient(expected.rate.part.number, expected.rate.whole.number)
        if number == points and not places_of(number) and share < _ALMOST_ALL:
            return Outcome.FAIL
        relation = compare_rate(printed, *expected.rate, times=points)
        by_percent = relation is Relation.CONTRADICTION and _by_rounded_percent(printed, points, expected.rate)
        return Outcome.ROUNDING if by_percent else _OUTCOMES[relation]
    if reaches_up and low <= number:
        return Outcome.PASS
    if number < low:
        touches = low < EXACT.add(number, radius)
    else:
        lowest = EXACT.subtract(number, radius)
        touches = lowest < high or (expected.high_included and lowest == high)
    return Outcome.ROUNDING if touches and number != high else Outcome.FAIL


def _by_rounded_percent(printed: Figure, points: Decimal, rate: Rate) -> bool:
    """Tell whether a score was computed from a percentage that had been rounded to two places, as forms print it."""
    share = round_to(quotient(rate.part.number, rate.whole.number), _PERCENT_TO_TWO_PLACES)
    return round_to(EXACT.multiply(points, share), printed.number) == printed.number


_PERCENT_TO_TWO_PLACES = Decimal("0.0001")

_ALMOST_ALL = Decimal("0.995")
"""Share that is all of it in whole percent: full marks without decimals are no rounding of anything less."""

_OUTCOMES = {
    Relation.EQUAL: Outcome.PASS,
    Relation.ROUNDING: Outcome.ROUNDING,
    Relation.CONTRADICTION: Outcome.FAIL,
}
