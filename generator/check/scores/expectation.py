"""What a row should score, before its printed score is looked at."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from generator.check.arithmetic import Figure
from generator.model.achievement import Outcome as Achieved


class Method(StrEnum):
    """How a row is scored, by the kind of its target."""

    EXECUTION = "execution"
    AT_LEAST = "at_least"
    """≥ and >."""
    AT_MOST = "at_most"
    """≤ and <."""
    EQUAL = "equal"
    RANGE = "range"
    COUNT = "count"
    """A frequency, or a count with its list."""
    DEADLINE = "deadline"
    """A date, or a span of time."""
    QUALITATIVE = "qualitative"
    UNDECIDED = "undecided"


METHOD_LABELS = {
    Method.EXECUTION: "按预算执行率",
    Method.AT_LEAST: "不低于目标（≥、>）",
    Method.AT_MOST: "不高于目标（≤、<）",
    Method.EQUAL: "等于目标（=）",
    Method.RANGE: "在区间之内",
    Method.COUNT: "频次或计数",
    Method.DEADLINE: "按期完成",
    Method.QUALITATIVE: "定性分档",
    Method.UNDECIDED: "不能判定",
}


class Rate(NamedTuple):
    """Points in proportion: part over whole."""

    part: Figure
    whole: Figure


class Expected(NamedTuple):
    """What a row should score, and how that comes about."""

    method: Method
    formula: str = ""
    """With its numbers, in Chinese; empty where nothing is computed."""
    low: Decimal | None = None
    """Lowest score; None where it cannot be computed."""
    high: Decimal | None = None
    """Highest score; without a lowest one it is only a limit."""
    high_included: bool = True
    achieved: Achieved = Achieved.UNDECIDED
    is_numeric: bool = False
    """Whether reaching or missing the target was decided by numbers, and beyond what their printing leaves open."""
    is_only_said: bool = False
    """Whether a word says that a measured target was reached, so that full points cannot be followed by hand."""
    rate: Rate | None = None
    """Where the score is a proportion of printed figures."""
    reason: str = ""
    """Why it cannot be computed; empty where it can."""
    remark: str = ""
    """What the rule pack decides, and what else a reader should know."""


def undecided(method: Method, reason: str, *, remark: str = "") -> Expected:
    """Return that nothing can be expected, and why."""
    return Expected(method, reason=reason, remark=remark)


def full(method: Method, points: Decimal, formula: str, *, is_numeric: bool, remark: str = "") -> Expected:
    """Return that the target was reached and earns all points."""
    return Expected(
        method,
        f"{formula}，得满分 {points:f}",
        points,
        points,
        achieved=Achieved.MET,
        is_numeric=is_numeric,
        remark=remark,
    )


def below_full(method: Method, points: Decimal, reason: str, *, is_numeric: bool, remark: str = "") -> Expected:
    """Return that the target was missed, which cannot earn all points, and no more."""
    return Expected(
        method,
        high=points,
        high_included=False,
        achieved=Achieved.MISSED,
        is_numeric=is_numeric,
        reason=reason,
        remark=remark,
    )
