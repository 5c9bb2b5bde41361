"""BUD002: the printed score of budget execution against points times rate."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.check.arithmetic import Figure, Relation, compare_rate, cut_to, exact, half_unit, places_of, round_to
from generator.check.money.funding import (
    RESULT_FORMS,
    amount_of,
    budget_column,
    cell_of,
    main_row,
    scores_are_whole,
    unit_of,
)
from generator.check.money.rates import is_share, percent_of
from generator.check.outcome import Calculation, Verdict, failed, insufficient, not_applicable, passed, rounded
from generator.check.pack import ExecutionMethod
from generator.check.rule import FORM, MEASURES_2020, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow
from generator.money import EXACT

_TITLE = "预算执行率得分"


class _Share(NamedTuple):
    """The share of the points that was earned, at most one, with its true bounds."""

    number: Decimal
    low: Decimal
    high: Decimal
    formula: str
    is_over: bool
    """Whether more was spent than budgeted."""
    is_doubtful: bool = False
    """Whether nothing but its size says that the printed rate is a share and not a percentage."""


@rule(
    "BUD002",
    "execution-score-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM, MEASURES_2020),
    formula="预算执行率得分 = 分值 × 执行率，执行率超过 100% 的按 100% 计",
    otherwise="资金总额一行没有印出预算执行率的分值和得分",
    record_types=RESULT_FORMS,
)
def execution_score_mismatch(subject: Subject) -> Iterator[Verdict]:
    """预算执行率的得分不等于分值乘以执行率。

    通行的办法是按比例计分：执行率 95% 的，10 分得 9.5 分，满分封顶。
    用同一行的金额重算；得分像是从印出的（已四舍五入的）执行率算来的，记为“四舍五入可解释”。
    全表得分都只印整数的，四舍五入到整数也算可解释；去尾得来的得分没有多得，也不算错。
    得分与印出的执行率相符、而执行率本身与金额不符的，只由 BUD001 指出一次。
    当地另有计分办法（例如分段计分）的，由规则包写明，本规则就不适用。
    预算大于零而执行数超过预算时如何扣分，各地不一，不作判断。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 分值: 10, 执行率: 95.00, 得分: 10.00}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 分值: 10, 执行率: 95.00, 得分: 9.50}
    """
    row = main_row(subject)
    if row is None:
        return
    score, points = cell_of(row, "score"), cell_of(row, "points")
    if score.number is None and points.number is None and not score.unreadable:
        return
    if subject.pack.execution_method is not ExecutionMethod.PROPORTION:
        yield not_applicable(f"“{subject.pack.title}”不按比例计算预算执行率的得分")
        return
    yield _judged(subject, row)


def _judged(subject: Subject, row: FundingRow) -> Verdict:
    spot = subject.funding_spot(row, "score")
    printed, points_cell = cell_of(row, "score"), cell_of(row, "points")
    blank = Calculation(_TITLE, "分值 × 执行率", printed.text, None)
    points = None if points_cell.unreadable else exact(points_cell)
    if points is None:
        return insufficient(spot, f"“{row.label}”没有印出预算执行率的分值", calculation=blank)
    budget = amount_of(row, budget_column(row), unit_of(subject))
    if budget is not None and budget.number <= 0:
        return not_applicable(f"“{row.label}”的全年预算数不大于零，没有执行率可算")._replace(calculation=blank)
    share = _share(subject, row)
    if share is None:
        return insufficient(spot, f"“{row.label}”没有印出可用的金额和执行率", calculation=blank)
    computed = EXACT.multiply(points.number, share.number)
    calculation = Calculation(_TITLE, f"{points.number:f} × {share.formula}", printed.text, computed)
    if printed.unreadable or printed.number is None:
        reason = "无法辨认" if printed.unreadable else "没有印出"
        return insufficient(spot, f"“{row.label}”的得分{reason}", calculation=calculation)
    return _compared(subject, row, points.number, share, calculation)


def _share(subject: Subject, row: FundingRow) -> _Share | None:
    """Return the share by the amounts, or by the printed rate where the amounts cannot be used."""
    unit = unit_of(subject)
    executed, budget = amount_of(row, "executed", unit), amount_of(row, budget_column(row), unit)
    if executed is not None and budget is not None:
        low = executed.low / budget.high
        high = executed.high / budget.low if budget.low > 0 else Decimal(1)
        formula = f"{executed.number:,f} ÷ {budget.number:,f}"
        return _capped(Figure(executed.number / budget.number), low, high, formula)
    rate = percent_of(subject, row)
    if rate is None:
        return None
    share = _capped(Figure(rate.number / 100), rate.low / 100, rate.high / 100, f"{rate.number:f}%")
    return share._replace(is_doubtful=is_share(subject, row))


def _capped(share: Figure, low: Decimal, high: Decimal, formula: str) -> _Share:
    is_over = share.number > 1
    shown = f"100%（{formula} 超过 100%）" if is_over else formula
    return _Share(_bounded(share.number), _bounded(low), _bounded(high), shown, is_over)


def _bounded(share: Decimal) -> Decimal:
    return max(Decimal(0), min(share, Decimal(1)))


def _compared(subject: Subject, row: FundingRow, points: Decimal, share: _Share, calculation: Calculation) -> Verdict:
    printed, spot = cell_of(row, "score"), subject.funding_spot(row, "score")
    score, computed = printed.number or Decimal(0), calculation.computed or Decimal(0)
    if score == computed:
        return passed(calculation)
    is_whole = places_of(score) == 0
    radius = Decimal(0) if is_whole and not scores_are_whole(subject) else half_unit(score)
    if radius and round_to(computed, score) == score:
        whole = rounded(spot, "得分只印整数，四舍五入后相符", calculation=calculation)
        return whole if is_whole else passed(calculation)
    low, high = EXACT.multiply(points, share.low), EXACT.multiply(points, share.high)
    if EXACT.subtract(score, radius) <= high and low <= EXACT.add(score, radius):
        return rounded(spot, "金额印出前已四舍五入，按其可能的真值计算，得分相符", calculation=calculation)
    if cut_to(computed, score) == score and radius:
        return rounded(spot, "得分像是去尾得来，没有四舍五入", calculation=calculation)
    if share.is_over and score < points:
        return not_applicable("执行数超过预算时如何计分，各地不一")._replace(calculation=calculation)
    if _follows_rate(subject, row, points, score, radius):
        return _by_rate(subject, row, calculation)
    if cell_of(row, "execution_rate").unreadable:
        return insufficient(
            spot, "得分与金额不符，印出的执行率又无法辨认，看不出是不是按它计算的", calculation=calculation
        )
    if share.is_doubtful:
        reason = f"印出的执行率 {cell_of(row, 'execution_rate').text} 没有百分号，又没有金额，看不出是不是百分数"
        return insufficient(spot, reason, calculation=calculation)
    right = round_to(computed, Decimal("0.01") if is_whole else score)
    return failed(
        spot,
        _message(score, points, right),
        found=printed.text,
        expected=f"{right:f}（{calculation.formula}）",
        hint=f"把得分改为 {right:f}，并相应改正总分；当地另有计分办法的，在规则包中写明",
        calculation=calculation,
    )


def _follows_rate(subject: Subject, row: FundingRow, points: Decimal, score: Decimal, radius: Decimal) -> bool:
    """Tell whether a score is the points times the printed, already rounded rate."""
    rate = percent_of(subject, row)
    if rate is None:
        return False
    by_rate = EXACT.multiply(points, min(rate.number / 100, Decimal(1)))
    return by_rate == score or (bool(radius) and round_to(by_rate, score) == score)


def _by_rate(subject: Subject, row: FundingRow, calculation: Calculation) -> Verdict:
    """Say what a score is worth that follows from the printed rate and not from the amounts."""
    spot, unit, rate = subject.funding_spot(row, "score"), unit_of(subject), percent_of(subject, row)
    executed, budget = amount_of(row, "executed", unit), amount_of(row, budget_column(row), unit)
    agrees = (
        rate is None
        or executed is None
        or budget is None
        or compare_rate(rate, executed, budget) is not Relation.CONTRADICTION
    )
    if agrees:
        return rounded(spot, "得分是按印出的执行率计算的，执行率已四舍五入", calculation=calculation)
    return insufficient(
        spot, "得分与印出的执行率相符，但执行率与金额不符，须先改正执行率或金额", calculation=calculation
    )


def _message(score: Decimal, points: Decimal, right: Decimal) -> str:
    if score == points:
        return f"预算没有全部执行，预算执行率却得满分 {score:f}，按比例是 {right:f}"
    if score > points:
        return f"预算执行率的得分 {score:f} 超过分值 {points:f}"
    return f"预算执行率的得分印作 {score:f}，分值乘以执行率是 {right:f}"
