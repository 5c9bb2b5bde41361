"""Where many values lie between the lowest and the highest, drawn as one line of dots; the numbers stand beside it."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from generator.money import EXACT

LEFT, RIGHT = 12, 988
"""Between which places dots stand, of a drawing 1000 wide."""

_STEP = 8
"""Values nearer to each other than this stand above each other."""

_FLOOR, _TOP = 40, 6
_PITCH = 7


def place(number: Decimal, low: Decimal, high: Decimal) -> int:
    """Return where a number stands; `high` is above `low`."""
    return _place(number, low, EXACT.subtract(high, low))


def _place(number: Decimal, low: Decimal, whole: Decimal) -> int:
    return LEFT + round(EXACT.divide(EXACT.subtract(number, low), whole) * (RIGHT - LEFT))


def strip(numbers: Iterable[Decimal], low: Decimal, high: Decimal) -> str:
    """Return dots as a path of strokes without length, which round ends make into dots; empty where all are equal."""
    if low == high:
        return ""
    whole = EXACT.subtract(high, low)
    stacks = Counter([_column(_place(number, low, whole)) for number in numbers])
    pitch = min(Decimal(_PITCH), Decimal(_FLOOR - _TOP) / max(stacks.values()))
    return "".join(
        f"M{x} {height}h.1"
        for x, count in sorted(stacks.items())
        for height in dict.fromkeys(int(_FLOOR - pitch * level) for level in range(count))
    )


def _column(x: int) -> int:
    """Return the place that a dot takes: the ends stay where they are."""
    return x if x in (LEFT, RIGHT) else min(max((x + _STEP // 2) // _STEP * _STEP, LEFT), RIGHT)
