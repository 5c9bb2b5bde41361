"""What a row should score where target or actual value is a word or a date."""

from decimal import Decimal
from functools import lru_cache

from generator.check.arithmetic import quotient, shown
from generator.check.pack import Pack
from generator.check.rows.indicator_dates import earliest_day, latest_day
from generator.check.scores.case import Case
from generator.check.scores.expectation import Expected, Method, below_full, full, undecided
from generator.check.subject import Row
from generator.model.achievement import Outcome as Achieved
from generator.model.achievement import compared
from generator.model.targets import Printed
from generator.model.values import (
    Achievement,
    BudgetBound,
    CountedList,
    Deadline,
    Degree,
    FreeText,
    Frequency,
    Period,
    Quantity,
    Range,
    Value,
    Words,
)
from generator.model.values.terms import Comparator
from generator.text import folded

_REMEMBERED = 16_384

_HUNDRED = Decimal(100)
_IN_TIME = frozenset({"及时", "按时", "按期", "如期", "准时", "及时完成", "按时完成", "按期完成", "如期完成"})
_WITHIN_BUDGET = frozenset({"未超预算", "未超支", "预算内", "在预算内"})


def method_of(target: Value) -> Method:
    """Return how a row is scored, by its target alone."""
    match target:
        case Quantity(comparator=Comparator.GE | Comparator.GT):
            return Method.AT_LEAST
        case Quantity(comparator=Comparator.LE | Comparator.LT):
            return Method.AT_MOST
        case Quantity():
            return Method.EQUAL
        case Range():
            return Method.RANGE
        case Frequency() | CountedList():
            return Method.COUNT
        case Deadline() | Period():
            return Method.DEADLINE
        case Words() | BudgetBound():
            return Method.QUALITATIVE
        case _:
            return Method.UNDECIDED


def by_word(case: Case, points: Decimal, pack: Pack) -> Expected:
    """Return what a row should score by what its words say."""
    method, target, actual = method_of(case.target), case.target, case.actual
    wanted, said, degree = case.printed.target, case.printed.actual, _degree(case.printed)
    if method is Method.QUALITATIVE and degree is Degree.PARTLY and folded(said).startswith("基本"):
        return undecided(method, f"“{said}”有的归“达成”一档，有的归“部分达成”一档")
    if method is Method.QUALITATIVE:
        return _band(said, points, pack, degree)
    if method is Method.DEADLINE and isinstance(target, Deadline) and isinstance(actual, Deadline):
        return _by_date(case.year, points, target, actual)
    if degree is Degree.MET and method is not Method.UNDECIDED:
        formula = f"完成值“{said}”说明达到目标“{wanted}”"
        remark = "完成值是文字，没有实际的数或日期可以核对"
        return full(method, points, formula, is_numeric=False, remark=remark)._replace(is_only_said=True)
    if degree is not None and method is not Method.UNDECIDED:
        return below_full(method, points, f"完成值是“{said}”，没有数可算", is_numeric=False)
    if isinstance(target, FreeText):
        return undecided(method, "年度指标值是一段文字，看不出怎样计分")
    return undecided(method, f"完成值“{said}”不能与目标“{wanted}”比较")


def degree_of(row: Row) -> Degree | None:
    """Return how far the words of an actual value say the target was reached; None where they do not say so plainly."""
    return _degree(row.values.printed)


@lru_cache(maxsize=_REMEMBERED)
def _degree(printed: Printed) -> Degree | None:
    target, actual, _ = compared(printed)
    if isinstance(actual, Achievement):
        return actual.degree
    if isinstance(actual, Words) and isinstance(target, Words) and set(actual.words) == set(target.words):
        return Degree.MET if actual.words else None
    words = folded(printed.actual)
    if isinstance(target, BudgetBound):
        return Degree.MET if isinstance(actual, BudgetBound) or words in _WITHIN_BUDGET else None
    if isinstance(target, Deadline | Period | Frequency | CountedList) and words == folded(printed.target):
        return Degree.MET
    if words in _IN_TIME and not isinstance(target, Words | FreeText):
        return Degree.MET
    return None


def _band(said: str, points: Decimal, pack: Pack, degree: Degree | None) -> Expected:
    """Return the band of a qualitative result: half-open, only the best one holds its upper end."""
    bands = pack.bands
    if degree is None:
        return undecided(Method.QUALITATIVE, f"看不出完成值“{said}”属于哪一档")
    lower, upper, label = {
        Degree.MET: (bands.met, Decimal(100), "达成"),
        Degree.PARTLY: (bands.partly, bands.met, "部分达成"),
        Degree.NOT_MET: (Decimal(0), bands.partly, "未达成"),
    }[degree]
    low, high = quotient(lower, _HUNDRED, points), quotient(upper, _HUNDRED, points)
    is_top = degree is Degree.MET
    end = "（含）" if is_top else "（不含）"
    return Expected(
        Method.QUALITATIVE,
        f"{label}：{points:f} × {lower:f}% = {shown(low, 2)} 至 {points:f} × {upper:f}% = {shown(high, 2)}{end}",
        low,
        high,
        is_top,
        Achieved.MET if is_top else Achieved.MISSED,
        remark=f"分档界限由规则包“{pack.title}”设定",
    )


def _by_date(year: int, points: Decimal, target: Deadline, actual: Deadline) -> Expected:
    due, first, last = latest_day(target, year), earliest_day(actual, year), latest_day(actual, year)
    if due is None or first is None or last is None:
        return undecided(Method.DEADLINE, "日期不全，不能比较先后")
    said = f"完成值“{actual.text.strip()}”，目标“{target.text.strip()}”"
    if last <= due:
        return full(Method.DEADLINE, points, f"{said}，没有迟于目标", is_numeric=False)
    if first > due:
        reason = f"{said}，迟于目标；迟延怎样扣分由评分办法规定，只知不能得满分"
        return below_full(Method.DEADLINE, points, reason, is_numeric=False)
    return undecided(Method.DEADLINE, f"{said}，印得不够细，看不出先后")
