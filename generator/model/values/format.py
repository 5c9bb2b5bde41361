"""Write values: exactly as printed, or in one notation for comparison."""

from functools import singledispatch

from generator.model.values.notation import printed
from generator.model.values.terms import Cycle, Degree, Limit, Moment, Part, plain
from generator.model.values.types import (
    Achievement,
    Blank,
    BudgetBound,
    CountedList,
    Deadline,
    FreeText,
    Frequency,
    Period,
    Quantity,
    Range,
    Value,
    Words,
)
from generator.model.values.units import is_unit

_DEGREES = {Degree.MET: "达成指标", Degree.PARTLY: "部分达成指标", Degree.NOT_MET: "未达成指标"}
_PARTS = {Part.START: "初", Part.EARLY: "上旬", Part.MIDDLE: "中旬", Part.LATE: "下旬", Part.END: "底"}
_LIMITS = {None: "", Limit.BEFORE: "前", Limit.WITHIN: "内"}
_QUARTERS = "一二三四"
_HALVES = {1: "上半年", 2: "下半年"}
_HALF_YEARS = {(1, 12): "全年", (1, 6): "上半年", (7, 12): "下半年"}
_CYCLES = {
    Cycle.YEAR: "年",
    Cycle.HALF_YEAR: "半年",
    Cycle.TERM: "学期",
    Cycle.QUARTER: "季度",
    Cycle.MONTH: "月",
    Cycle.WEEK: "周",
    Cycle.DAY: "日",
}
_INCLUDED = {None: "", True: "(含)", False: "(不含)"}


def format_value(value: Value) -> str:
    """Return the value exactly as it was printed."""
    return value.text


@singledispatch
def canonical(value: Value) -> str:
    """Return the value in one notation, so that two spellings of one value can be compared.

    Decimals stay as printed: 5.00 and 5 are compared as numbers, by `amount`.
    """
    raise TypeError(value)


@canonical.register
def _(value: Quantity) -> str:
    figure = f"{value.comparator or ''}{plain(value.number)}{value.magnitude}"
    unit = value.normalised_unit
    # Only a known unit can be told from a remark without its brackets.
    return f"{figure}{unit}" if not unit or is_unit(unit) else f"{figure}({unit})"


@canonical.register
def _(value: Range) -> str:
    unit = value.magnitude + value.unit
    lower, upper = plain(value.lower), plain(value.upper)
    return f"{lower}{unit}{_INCLUDED[value.lower_included]}-{upper}{unit}{_INCLUDED[value.upper_included]}"


@canonical.register
def _(value: Deadline) -> str:
    date = _moment(value.moment)
    if value.half:
        date += _HALVES[value.half]
    if value.quarter:
        date += f"第{_QUARTERS[value.quarter - 1]}季度"
    bound = (_PARTS[value.part] if value.part else "") + _LIMITS[value.limit]
    # Without a bound a year or half-year alone would read as a span of time.
    if not bound and value.moment.month is None and not value.quarter:
        bound = "完成"
    return f"{date or '年'}{bound}{_detail(value.detail)}"


@canonical.register
def _(value: Period) -> str:
    first, last = value.first, value.last
    whole = _HALF_YEARS.get((first.month or 0, last.month or 0))
    if whole and first.year == last.year and first.day is None:
        year = _moment(Moment(first.year))
        text = year if year and whole == "全年" else year + whole
    else:
        text = f"{_moment(first)}-{_moment(last)}"
    return text + _detail(value.detail)


@canonical.register
def _(value: Frequency) -> str:
    average = "平均" if value.average else ""
    every = "" if value.every == 1 else f"{value.every}{'个' if value.cycle is Cycle.MONTH else ''}"
    return f"{average}每{every}{_CYCLES[value.cycle]}{value.comparator or ''}{plain(value.number)}{value.unit}"


@canonical.register
def _(value: CountedList) -> str:
    return f"{value.comparator or ''}{plain(value.number)}{value.unit}({'、'.join(value.items)})"


@canonical.register
def _(value: Words) -> str:
    words = "、".join(value.words)
    if not value.marked:
        return words
    return f"定性:{words}" if words else "定性"


@canonical.register
def _(value: Achievement) -> str:
    return _DEGREES[value.degree]


@canonical.register
def _(_: BudgetBound) -> str:
    return "控制在预算内"


@canonical.register
def _(value: Blank) -> str:
    return value.mark


@canonical.register
def _(value: FreeText) -> str:
    return " ".join(printed(value.text).folded.split())


def _moment(moment: Moment) -> str:
    signs = zip(moment, "年月日", strict=True)
    return "".join(f"{number}{sign}" for number, sign in signs if number is not None)


def _detail(detail: str) -> str:
    return f"({detail})" if detail else ""
