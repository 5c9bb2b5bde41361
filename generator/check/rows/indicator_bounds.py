"""Bounds that contradict each other: 100%-95%, ≥95%≤90%."""

from decimal import Decimal
from functools import lru_cache

from generator.model.values import Comparator, Quantity, parse_value
from generator.patterns import lazy_pattern
from generator.text import folded

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,8})?"
_UNIT = r"[^0-9(),;、年月日号周期时点.><=≥≤~—至到-]{0,6}"
_REVERSED = lazy_pattern(
    rf"(?P<first>{_NUMBER})(?P<unit>{_UNIT})(?:-|——?|~|至|到)(?P<last>{_NUMBER})(?P<last_unit>{_UNIT})"
)
_SIGN = r"(?:>=|<=|[≥≤><≧≦])"
_TWO = lazy_pattern(rf"(?P<one>{_SIGN}{_NUMBER}{_UNIT}?)[,、且]?(?P<other>{_SIGN}{_NUMBER}{_UNIT})")
_DOUBLED = lazy_pattern(rf"{_SIGN}{{2,}}{_NUMBER}{_UNIT}")
_FLOORS = frozenset({Comparator.GE, Comparator.GT})


@lru_cache(maxsize=4_096)
def contradiction_in(text: str) -> str:
    """Return what contradicts itself in a target that could not be read as one value; empty where nothing does."""
    words = folded(text)
    match = _REVERSED.fullmatch(words)
    # Without a unit 12-3 may be the third of December, a room or a form's number.
    if match is not None and match["last_unit"] and match["unit"] in ("", match["last_unit"]):
        return "下限大于上限" if Decimal(match["first"]) > Decimal(match["last"]) else ""
    match = _TWO.fullmatch(words)
    if match is not None:
        return _between(parse_value(match["one"]), parse_value(match["other"]))
    return "写了两个比较符号" if _DOUBLED.fullmatch(words) else ""


def _between(one: object, other: object) -> str:
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return ""
    if (one.comparator in _FLOORS) is (other.comparator in _FLOORS):
        return "写了两个同方向的界限"
    floor, ceiling = (one, other) if one.comparator in _FLOORS else (other, one)
    return "下限大于上限" if floor.amount > ceiling.amount else ""
