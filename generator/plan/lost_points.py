"""The points a record lost row by row, execution of the budget among them, and where nobody can tell."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from generator.model.amounts import MainAmounts
from generator.model.records import BLANK, Cell, Record
from generator.money import EXACT, exact_sum


class Scored(NamedTuple):
    """What a row prints as its points and its score."""

    points: Cell
    score: Cell

    @property
    def lost(self) -> Decimal | None:
        """Points minus score; None where either is no number."""
        points, score = self.points.number, self.score.number
        return None if points is None or score is None else EXACT.subtract(points, score)

    @property
    def is_unknown(self) -> bool:
        """Tell whether the row is scored and nobody can tell what it lost; one without points and score is not."""
        if self.points.unreadable or self.score.unreadable:
            return True
        return (self.points.number is None) is not (self.score.number is None)


def execution_of(record: Record, amounts: MainAmounts, columns: Collection[str]) -> Scored | None:
    """Return what execution of the budget prints; None where the form, with these columns of money, scores none."""
    row = None if amounts.anchor_row is None or record.funding is None else record.funding.rows[amounts.anchor_row]
    if row is not None and row.unreadable and "score" in columns:
        unread = Cell("", row.span, row.unreadable)
        return Scored(unread, unread)
    points, score = amounts.execution_points, amounts.execution_score
    if (points is None and "points" not in columns) or (score is None and "score" not in columns):
        return None
    return None if points is None and score is None else Scored(points or BLANK, score or BLANK)


class Lost(Struct, frozen=True):
    """What a record lost as a whole."""

    points: Decimal | None
    """At least so many where some rows are unknown; None where nothing is known, and for a form without scores."""
    unknown: int
    """How many scored rows do not tell."""


def lost_of(record: Record, execution: Scored | None, rows: Sequence[Decimal | None]) -> Lost:
    """Add up the points lost by single rows, execution among them; the printed total is compared elsewhere."""
    if not record.total:
        return Lost(None, 0)
    scored = [
        Scored(row.cells.get("points", BLANK), row.cells["score"]) for row in record.indicators if "score" in row.cells
    ]
    unknown = sum([1 for one in scored if one.is_unknown]) + (execution is not None and execution.is_unknown)
    known = [lost for lost in (*rows, execution.lost if execution else None) if lost is not None]
    points = exact_sum(known) if known else None
    # Nothing lost, as far as can be read, is no nought.
    return Lost(None if unknown and points is not None and points <= 0 else points, unknown)
