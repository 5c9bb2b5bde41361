"""What a row should score where target and actual value are numbers."""

from decimal import Decimal

from generator.check.arithmetic import Figure, quotient, shown
from generator.check.levels import Level1, Level2
from generator.check.pack import Excess, Pack
from generator.check.scores.case import Case
from generator.check.scores.expectation import Expected, Method, Rate, below_full, full, undecided
from generator.check.scores.number_pairs import Actual, Target, actual_of, is_bound
from generator.check.subject import Row
from generator.model.achievement import Outcome as Achieved
from generator.model.achievement import judge
from generator.model.comparable import measure_of, why_not_comparable
from generator.model.values import Comparator, Quantity, Range
from generator.money import EXACT

_NONE = Decimal(0)
_COST, _ALSO_COST = Level1.COST, Level2.COST


def by_number(case: Case, points: Decimal, pack: Pack) -> Expected | None:
    """Return what a row should score by its numbers, or None where its target or actual value is none."""
    if isinstance(case.target, Range) and isinstance(case.actual, Quantity):
        return _in_range(points, case.target, case.actual)
    pair = case.values.pair
    if pair is None:
        return None
    target, actual = pair.target, pair.actual
    if pair.why_not_comparable:
        return undecided(target.method, pair.why_not_comparable)
    if isinstance(case.actual, Quantity) and is_bound(case.actual):
        return _by_bound(case, points, target, actual)
    remark = _remark(case, target, actual)
    match target.comparator:
        case Comparator.GE | Comparator.GT:
            found = _at_least(points, target, actual)
        case Comparator.LE | Comparator.LT:
            found = _at_most(points, target, actual, pack)
        case Comparator.EQ:
            found = _equal(case, points, target, actual)
    return found._replace(remark="；".join(part for part in (found.remark, remark) if part)) if remark else found


def _remark(case: Case, target: Target, actual: Actual) -> str:
    adjusted = "按调整后的指标值计" if case.is_adjusted else ""
    if not target.unit or actual.unit:
        return adjusted
    unit = f"完成值没有写单位，按目标的单位“{target.unit}”计"
    return f"{adjusted}；{unit}" if adjusted else unit


def _proportion(points: Decimal, target: Target, actual: Actual) -> Expected:
    """Return points times actual over target, for a target that was missed from below."""
    figure, remark = actual.figure, ""
    if figure.number < 0:
        figure, remark = Figure(Decimal(0)), "完成值为负，按 0 计"
    score = quotient(figure.number, target.amount, points)
    reached = "0" if remark else actual.text
    return Expected(
        target.method, f"{points:f} × {reached} ÷ {target.text} = {shown(score, 2)}", score, score,
        achieved=Achieved.MISSED, is_numeric=_is_below(actual.figure, target.amount), rate=Rate(figure, Figure(target.amount)),
        remark=remark,
    )  # fmt: skip


def _is_below(figure: Figure, bound: Decimal) -> bool:
    """Tell whether the true value is below a bound, whatever was rounded in printing it."""
    return figure.high <= bound if figure.radius else figure.number < bound


def _at_least(points: Decimal, target: Target, actual: Actual) -> Expected:
    reached, bound = actual.figure.number, target.amount
    sign = target.comparator.value
    if reached > bound or (reached == bound and target.comparator is Comparator.GE):
        return full(
            target.method, points, f"完成 {actual.text} {sign} 目标 {target.text}，达到目标", is_numeric=True
        )  # fmt: skip
    if reached == bound:
        remark = f"完成值恰好等于“{sign}”的界限，按比例计算仍为满分"
        return Expected(
            target.method,
            f"{points:f} × {actual.text} ÷ {target.text} = {points:f}",
            points,
            points,
            remark=remark,
        )
    if bound <= 0:
        return below_full(target.method, points, "目标不大于零，没有比例可算", is_numeric=False)
    return _proportion(points, target, actual)


def _at_most(points: Decimal, target: Target, actual: Actual, pack: Pack) -> Expected:
    figure, bound = actual.figure, target.amount
    sign = target.comparator.value
    if figure.number < bound or (figure.number == bound and target.comparator is Comparator.LE):
        return full(target.method, points, f"完成 {actual.text} {sign} 目标 {target.text}，达到目标", is_numeric=True)
    if figure.number == bound:
        return _by_rule(target.method, f"完成值恰好等于“{sign}”的界限，是否扣分由评分办法规定")
    # Rounded up in printing, the true value may still lie below the bound.
    certain = not figure.radius or figure.low > bound
    # 1 － (actual － bound) ÷ bound is what is left of twice the bound, over the bound.
    left = max(Decimal(0), EXACT.subtract(EXACT.add(bound, bound), figure.number))
    by_ratio = quotient(bound, figure.number, points) if bound > 0 else Decimal(0)
    by_excess = quotient(left, bound, points) if bound > 0 else Decimal(0)
    ratio = f"{points:f} × {target.text} ÷ {actual.text} = {shown(by_ratio, 2)}"
    excess = f"{points:f} × [1 － ({actual.text} － {target.text}) ÷ {target.text}] = {shown(by_excess, 2)}"
    if pack.excess is Excess.UNDECIDED or bound < 0:
        remark = f"超出上限怎样计分有两种算法：{ratio}；{excess}" if bound > 0 else ""
        reason = "超出上限怎样扣分由评分办法规定，只知不能得满分"
        return below_full(target.method, points, reason, is_numeric=certain, remark=remark)
    is_ratio = pack.excess is Excess.TARGET_OVER_ACTUAL
    score, formula = (by_ratio, ratio) if is_ratio else (by_excess, excess)
    rate = (
        Rate(Figure(bound), figure) if is_ratio else Rate(Figure(left, figure.radius if left else _NONE), Figure(bound))
    )
    return Expected(
        target.method, formula if bound > 0 else "目标为零而超出，得 0 分", score, score,
        achieved=Achieved.MISSED, is_numeric=certain,
        rate=rate if bound > 0 else None,
        remark=f"超出上限的算法由规则包“{pack.title}”选定",
    )  # fmt: skip


def _equal(case: Case, points: Decimal, target: Target, actual: Actual) -> Expected:
    reached, bound = actual.figure.number, target.amount
    if reached == bound:
        return full(
            target.method, points, f"完成 {actual.text} = 目标 {target.text}，达到目标", is_numeric=True
        )  # fmt: skip
    if reached > bound:
        return _by_rule(target.method, "完成值高于“等于”型目标，是否扣分由评分办法规定")
    if case.is_lower_better:
        return _by_rule(target.method, "成本或差错一类的指标低于“等于”型目标，是否扣分由评分办法规定")
    if bound <= 0:
        return below_full(target.method, points, "目标不大于零，没有比例可算", is_numeric=False)
    return _proportion(points, target, actual)


def _by_rule(method: Method, reason: str) -> Expected:
    """Return that numbers could be compared, and that only the scoring rules say what follows."""
    return undecided(method, reason)._replace(is_numeric=True)


def is_lower_better(row: Row) -> bool:
    """Tell whether a row is about costs or faults, of which less is better."""
    return row.level1 is _COST or row.level2 is _ALSO_COST or row.words.is_burden


def _by_bound(case: Case, points: Decimal, target: Target, actual: Actual) -> Expected:
    """Return what follows from an actual value that is itself a bound, such as >85%."""
    wanted, reached = case.printed.target, case.printed.actual
    remark = f"完成值印成“{reached}”，是界限，不是实际数"
    achieved = case.values.achieved
    if achieved is Achieved.MET:
        formula = f"完成值的范围“{reached}”都达到目标“{wanted}”"
        return full(target.method, points, formula, is_numeric=True, remark=remark)
    reason = "完成值是界限，不是实际数，算不出得分"
    if achieved is not Achieved.MISSED:
        return undecided(target.method, reason, remark=remark)
    if target.method is not Method.AT_LEAST or target.amount <= 0 or actual.figure.number < 0:
        return below_full(target.method, points, reason, is_numeric=True, remark=remark)
    high = quotient(actual.figure.number, target.amount, points)
    return Expected(
        target.method, f"至多 {points:f} × {actual.text} ÷ {target.text} = {shown(high, 2)}", None, high, high < points,
        achieved, is_numeric=True, reason=reason, remark=remark,
    )  # fmt: skip


def _in_range(points: Decimal, target: Range, actual: Quantity) -> Expected:
    reached = actual_of(actual)
    figure = reached.figure
    reason = why_not_comparable(measure_of(target), measure_of(actual))
    if reason:
        return undecided(Method.RANGE, reason)
    achieved = judge(target, actual)
    if achieved is Achieved.MET:
        formula = f"完成 {reached.text} 在目标 {target.text.strip()} 之内"
        return full(Method.RANGE, points, formula, is_numeric=True)
    if achieved is Achieved.MISSED:
        lower, upper = target.amounts
        certain = _is_below(figure, lower) or figure.low > upper
        reason = "在区间之外怎样扣分由评分办法规定，只知不能得满分"
        return below_full(Method.RANGE, points, reason, is_numeric=certain and not is_bound(actual))
    return undecided(Method.RANGE, "完成值是界限，看不出是否在区间之内")


def beats_by(row: Row) -> Decimal | None:
    """Return by how many percent an actual value exceeds a target that more is better for; None where it does not.

    More than an exact target of costs or faults is no success and not counted.
    """
    values = row.values
    return None if values.excess is None or (values.wants_exactly and is_lower_better(row)) else values.excess
