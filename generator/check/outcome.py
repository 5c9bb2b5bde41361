"""What a rule decides about one figure, and what that makes of the rule for the whole record."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from generator.finding import Related
from generator.origin import START, Span


class Outcome(StrEnum):
    """The seven ways a rule can end."""

    PASS = "pass"  # noqa: S105  the word every checker uses
    FAIL = "fail"
    ROUNDING = "explained_by_rounding"
    """Not equal, but the figures are rounded and their true values may be."""
    NOT_APPLICABLE = "not_applicable"
    INSUFFICIENT = "insufficient_data"
    """Something needed is blank, unreadable or of a kind that cannot be compared."""
    WAIVED = "waived"
    """A fault that the record itself says is known, with a reason."""
    ERROR = "error"
    """The rule itself broke down."""


OUTCOME_LABELS = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "不通过",
    Outcome.ROUNDING: "四舍五入可解释",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.INSUFFICIENT: "数据不足",
    Outcome.WAIVED: "已豁免",
    Outcome.ERROR: "规则出错",
}

_GRAVEST_FIRST = (
    Outcome.ERROR,
    Outcome.FAIL,
    Outcome.INSUFFICIENT,
    Outcome.WAIVED,
    Outcome.ROUNDING,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)

DECIDED = frozenset({Outcome.PASS, Outcome.ROUNDING, Outcome.NOT_APPLICABLE, Outcome.FAIL, Outcome.WAIVED})
"""Outcomes that leave no question open."""


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of a whole from those of its parts; of nothing, not applicable."""
    found = set(outcomes)
    return next((outcome for outcome in _GRAVEST_FIRST if outcome in found), Outcome.NOT_APPLICABLE)


class Spot(NamedTuple):
    """A place in a record, as an author and a reader find it."""

    span: Span = START
    field: str = ""
    """The field's path in the form's own words, joined by › ."""
    anchor: str = ""
    """The row's address on the record's page; empty where it is not a row."""


class Calculation(Struct, frozen=True, array_like=True, gc=False):
    """A printed figure with ours beside it, so that a reader can follow by hand."""

    title: str
    """What is computed, in Chinese."""
    formula: str
    """How, with its numbers, in Chinese."""
    printed: str
    """As printed; empty where the form prints none."""
    computed: Decimal | None
    """Unrounded; None where data is insufficient."""


class Verdict(NamedTuple):
    """What a rule decided about one place."""

    outcome: Outcome
    message: str = ""
    """One Chinese sentence: what is wrong, which data is missing, or why the rule does not apply."""
    spot: Spot = Spot()
    found: str = ""
    expected: str = ""
    hint: str = ""
    calculation: Calculation | None = None
    related: tuple[Related, ...] = ()
    record: str = ""
    """Id of the record it is about; rules over single records leave it empty."""
    reason: str = ""
    """Where it is waived: why, who agreed and until when."""


PASSED = Verdict(Outcome.PASS)
"""One figure examined and found right; the same value every time, for a corpus has millions."""


def passed(calculation: Calculation) -> Verdict:
    """Return that a figure is right, with the calculation that shows it."""
    return Verdict(Outcome.PASS, calculation=calculation)


def failed(
    spot: Spot,
    message: str,
    *,
    found: str,
    expected: str,
    hint: str,
    calculation: Calculation | None = None,
    related: tuple[Related, ...] = (),
) -> Verdict:
    """Return a fault: what is wrong, what stands there, what was expected and what to do."""
    return Verdict(Outcome.FAIL, message, spot, found, expected, hint, calculation, related)


def rounded(spot: Spot, message: str, *, calculation: Calculation) -> Verdict:
    """Return that two figures differ by no more than their printing explains."""
    return Verdict(Outcome.ROUNDING, message, spot, calculation=calculation)


def insufficient(spot: Spot, message: str, *, calculation: Calculation | None = None) -> Verdict:
    """Return that nothing can be said, and which data is missing."""
    return Verdict(Outcome.INSUFFICIENT, message, spot, calculation=calculation)


def not_applicable(message: str) -> Verdict:
    """Return that the rule does not fit what stands at a place, and why."""
    return Verdict(Outcome.NOT_APPLICABLE, message)


def about(record: str, verdict: Verdict) -> Verdict:
    """Return the verdict as one about a record, as rules across records give it."""
    return verdict._replace(record=record)
