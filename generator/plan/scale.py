"""From an exact figure to a place in a drawing, in tenths of a percent of its width or height: less than a dot on paper."""

from decimal import Decimal

from msgspec import Struct

from generator.money import EXACT

WHOLE = 1000
"""The whole width or height."""

_TEXTS = tuple(f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%" for tenths in range(WHOLE + 1))


class Scale(Struct, frozen=True, array_like=True, gc=False):
    """An axis from a low figure to a high one; see `scale_of`."""

    low: Decimal
    high: Decimal
    start: Decimal
    """Where the low figure stands."""
    factor: Decimal
    """Which place belongs to a figure of one: rounded far below what a drawing shows."""

    def at(self, number: Decimal) -> int:
        """Return where a figure stands."""
        return int((number - self.low) * self.factor + self.start)


def scale_of(low: Decimal, high: Decimal, start: int = 0, end: int = WHOLE) -> Scale:
    """Return an axis from one place to another; where all figures are equal, they stand in the middle."""
    span = EXACT.subtract(high, low)
    if not span:
        return Scale(low, high, Decimal(start + end) / 2, span)
    return Scale(low, high, start + _HALF, (end - start) / span)


_HALF = Decimal("0.5")


def percent(tenths: int) -> str:
    """Return a place or a length as a drawing writes it."""
    return _TEXTS[tenths]
