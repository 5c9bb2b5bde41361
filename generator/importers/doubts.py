"""What a draft lists as to be confirmed: one entry for each value, or one for many that have the same doubt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.importers.draft import Certainty, Filled

_STEP = " › "
_WHOLE = "表样"
_OF_THE_FORM = ("title", "period", "fiscal_year")
"""Fields that say which form it is; they stand above the table and are read without it."""
_MANY = 4
"""Values of one doubt that are worth one entry."""


class Doubt(NamedTuple):
    """One entry."""

    path: str
    """Of a value, of a block of the record, or of the form's name where it is about the whole form."""
    why: str


def doubts_of(filled: Sequence[Filled]) -> tuple[Doubt, ...]:
    """Return what a person must confirm, in the order of the form."""
    inside = [value for value in filled if value.field not in _OF_THE_FORM]
    common = _common(inside)
    if common:
        return (Doubt(_WHOLE, f"{common}；整份表的每一格都要核对"), *_single(filled, common))
    doubts: list[Doubt] = []
    for block, group in groupby(filled, key=lambda value: value.path.partition(_STEP)[0]):
        values = list(group)
        shared = _common(values) if any(value.path != block for value in values) else ""
        if shared:
            doubts.append(Doubt(block, f"{shared}；这一栏的每一格都要核对"))
        doubts += _single(values, shared)
    return tuple(doubts)


def _common(values: Sequence[Filled]) -> str:
    """Return the reason that most of the values share where every one of them is in doubt; empty otherwise."""
    if any(value.certainty is not Certainty.INFERRED for value in values):
        return ""
    reasons = Counter(value.why for value in values).most_common(1)
    return reasons[0][0] if reasons and reasons[0][1] >= _MANY else ""


def _single(values: Iterable[Filled], told: str) -> list[Doubt]:
    return [
        Doubt(value.path, value.why)
        for value in values
        if value.certainty is Certainty.INFERRED and not (told and value.why == told)
    ]
