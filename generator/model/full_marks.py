"""Whether a form gives itself every point there is."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from generator.model.records import BLANK, Cell, Record
from generator.money import BLANK_MARKS, exact_sum


class FullMarks(StrEnum):
    """How it is known that a form has full marks."""

    NONE = ""
    """It has not, or what is printed does not tell."""
    TOTAL = "total"
    """The printed total equals the printed points."""
    ROWS = "rows"
    """The total is not printed whole, and every row that is scored has all its points."""


def full_marks(record: Record) -> FullMarks:
    """Tell whether a form has full marks; a single cell that cannot be read leaves that open."""
    points, score = record.total.get("points", BLANK), record.total.get("score", BLANK)
    if not (_is_open(points) and _is_open(score)):
        return FullMarks.NONE
    if points.number is not None and score.number is not None:
        return FullMarks.TOTAL if score.number == points.number > 0 else FullMarks.NONE
    return FullMarks.ROWS if _has_all_points(record, (points, score)) else FullMarks.NONE


def _is_open(cell: Cell) -> bool:
    """Tell whether a total is a number or not printed."""
    return not cell.unreadable and (cell.number is not None or cell.text.strip() in BLANK_MARKS)


def _has_all_points(record: Record, totals: tuple[Cell, Cell]) -> bool:
    rows = tuple(_scored(record))
    points = [cell.number for cell, _ in rows]
    if not rows or any(number is None for number in points):
        return False
    if any(score.unreadable or score.number != number for number, (_, score) in zip(points, rows, strict=True)):
        return False
    whole = exact_sum(number for number in points if number is not None)
    return whole > Decimal(0) and all(cell.number in (None, whole) for cell in totals)


def _scored(record: Record) -> Iterator[tuple[Cell, Cell]]:
    """Yield points and score of each row that prints either, execution of the budget among them."""
    cells = [row.cells for row in record.indicators]
    cells += [row.cells for row in record.funding.rows] if record.funding else []
    for of_row in cells:
        points, score = of_row.get("points", BLANK), of_row.get("score", BLANK)
        if points.text or points.unreadable or score.text or score.unreadable:
            yield points, score
