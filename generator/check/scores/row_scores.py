"""What rules about the score of one row share: which rows to look at, and what to say of them."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.check.outcome import Calculation, Verdict, insufficient
from generator.check.pack import Pack
from generator.check.scores.scoring import Scoring, explain_scoring, explanation_of
from generator.check.subject import Row, Subject
from generator.model.achievement import Outcome as Achieved
from generator.model.values import CountedList, Frequency, Quantity

NUMBERS = (Quantity, CountedList, Frequency)
"""What an actual value can be that is a number."""


_NONE = Decimal(0)
_MET = Achieved.MET


class Scored(NamedTuple):
    """A row that prints points and a score."""

    row: Row
    points: Decimal
    score: Decimal


@lru_cache(maxsize=8)
def scored_rows(subject: Subject) -> tuple[Scored, ...]:
    """Return the rows with positive points and a score between none and all of them."""
    return tuple(
        [
            Scored(row, row.points, row.score)
            for row in subject.scored
            if row.points is not None
            and row.score is not None
            and row.points > _NONE
            and _NONE <= row.score <= row.points
        ]
    )


def met_its_number(row: Row, pack: Pack) -> bool:
    """Tell whether a row that scored reached its target by numbers, beyond what their printing leaves open."""
    if row.points is None or row.score is None or not 0 < row.score <= row.points:
        return False
    if not row.values.is_counted or not isinstance(row.actual, NUMBERS):
        return False
    explanation = explanation_of(row, pack)
    return explanation.achieved is Achieved.MET and explanation.is_numeric


@lru_cache(maxsize=8)
def missed_rows(subject: Subject) -> tuple[tuple[Scored, Scoring], ...]:
    """Return the rows whose target is a number and not plainly met, with what is to be said of their score."""
    return tuple(
        (scored, explain_scoring(scored.row, subject.pack))
        for scored in scored_rows(subject)
        if scored.row.achieved is not _MET and scored.row.values.is_counted
    )


def calculation_of(scoring: Scoring) -> Calculation:
    """Return the score as a calculation."""
    return Calculation(f"“{scoring.name}”的得分", scoring.formula, scoring.printed, scoring.high)


def unclear(scored: Scored, scoring: Scoring) -> Verdict:
    """Return that a row's result cannot be compared, and why."""
    return insufficient(scored.row.spot("actual"), f"“{scored.row.name}”：{scoring.reason}")
