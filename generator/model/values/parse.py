"""Read a target or an actual value into its class."""

from collections.abc import Callable
from functools import lru_cache

from generator.model.values.dates import read_deadline, read_period
from generator.model.values.notation import Printed, printed
from generator.model.values.phrases import read_achievement, read_blank, read_budget_bound, read_words
from generator.model.values.quantities import read_counted_list, read_frequency, read_quantity, read_range
from generator.model.values.types import FreeText, Value
from generator.patterns import lazy_pattern

LONGEST = 200
"""Longer texts are prose, never a value; the limit also bounds the work on hostile input."""

_REMEMBERED = 16_384
_DIGIT = lazy_pattern("[0-9]")

Reader = Callable[[Printed], Value | None]

_WITH_DIGITS: tuple[Reader, ...] = (
    read_quantity,
    read_deadline,
    read_period,
    read_range,
    read_frequency,
    read_counted_list,
)
_WITHOUT_DIGITS: tuple[Reader, ...] = (
    read_blank,
    read_achievement,
    read_budget_bound,
    read_period,
    read_deadline,
    read_frequency,
    read_counted_list,
    read_words,
)


def parse_value(text: str) -> Value:
    """Return what a printed target or actual value says.

    Never fails: what is no known pattern is free text, and no figure is taken from it.
    """
    return FreeText(text) if len(text) > LONGEST else _parsed(text)


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str) -> Value:
    shapes = printed(text)
    for reader in _WITH_DIGITS if _DIGIT.search(shapes.folded) else _WITHOUT_DIGITS:
        value = reader(shapes)
        if value is not None:
            return value
    return FreeText(text)
