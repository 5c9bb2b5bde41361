"""Where the rows of two records stand: below which levels and rows, and in which order."""

from collections.abc import Callable, Sequence

from generator.exchange.row_matching import Pair, Row
from generator.model.figure_groups import STEP
from generator.model.records import FundingRow, Indicator

OUTERMOST = "最上一层"
"""What a row stands below that stands below nothing."""

_Words = tuple[str, ...]
_Places = tuple[int, ...]


def indicator_levels(row: Indicator, rows: Sequence[Indicator]) -> _Words:
    """Return the words that an indicator stands below, outermost first: its levels and the rows it is a part of."""
    return (*row.path, *(rows[place].name for place in _places_above(row, rows)))


def funding_levels(row: FundingRow, rows: Sequence[FundingRow]) -> _Words:
    """Return the words that a row of money stands below, outermost first: its group and the rows it is a part of."""
    return (row.group, *(rows[place].label for place in _places_above(row, rows)))


def _places_above(row: Indicator | FundingRow, rows: Sequence[Indicator] | Sequence[FundingRow]) -> _Places:
    """Return the positions of the rows that a row is a part of, outermost first."""
    places: _Places = ()
    place = row.parent
    while place is not None:
        places = (place, *places)
        place = rows[place].parent
    return places


def moved_level(before: _Words, after: _Words) -> tuple[str, str] | None:
    """Return what a row stood below and what it stands below now; None where that is the same."""
    if before == after:
        return None
    one, other = (STEP.join(word for word in words if word) or OUTERMOST for words in (before, after))
    return one, other


def moved_rows(
    pairs: Sequence[Pair[Row]], after: Sequence[Row], called: Callable[[Row], str]
) -> tuple[str, str] | None:
    """Return the rows of both records that stand in another order, as they stood and as they stand; None without any.

    `after` is all rows of the later record.
    """
    places = {id(row): place for place, row in enumerate(after)}
    kept = [pair.after for pair in pairs if pair.before is not None and pair.after is not None]
    ordered = sorted(kept, key=lambda row: places[id(row)])
    moved = [number for number, (row, other) in enumerate(zip(kept, ordered, strict=True)) if row is not other]
    if not moved:
        return None
    one, other = ("、".join(called(rows[number]) for number in moved) for rows in (kept, ordered))
    return one, other
