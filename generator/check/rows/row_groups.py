"""The rows of a record sorted by what rules look for, once for all of them."""

from functools import lru_cache

from msgspec import Struct

from generator.check.subject import Row, Subject
from generator.model.values import Quantity


class RowGroups(Struct, frozen=True):
    """Rows that count, each group in the order of the form."""

    named: tuple[Row, ...]
    """With a name of their own."""
    unread: tuple[Row, ...]
    """Whose target or result cannot be read."""
    numbers: tuple[Row, ...]
    """Whose target is a number."""
    dated: tuple[Row, ...]
    """Whose target or result is a date or a span of time."""
    rates: tuple[Row, ...]
    """With a name of their own that ends in 率."""
    shares: tuple[Row, ...]
    """Whose name stands for a part of a whole."""
    satisfaction: tuple[Row, ...]
    columns: frozenset[str]
    """Identifiers of the columns that any row has."""


@lru_cache(maxsize=8)
def row_groups(subject: Subject) -> RowGroups:
    """Sort the rows of a record; the rules ask for them one after the other."""
    named: list[Row] = []
    unread: list[Row] = []
    numbers: list[Row] = []
    dated: list[Row] = []
    rates: list[Row] = []
    shares: list[Row] = []
    satisfaction: list[Row] = []
    for row in subject.scored:
        words = row.words
        if words.is_named:
            named.append(row)
            if words.is_rate:
                rates.append(row)
        if words.is_share:
            shares.append(row)
        if words.is_satisfaction:
            satisfaction.append(row)
        if row.target.__class__ is Quantity:
            numbers.append(row)
        if row.values.is_dated:
            dated.append(row)
        if not row.is_readable:
            unread.append(row)
    columns = frozenset[str]().union(*[row.indicator.cells for row in subject.scored])
    return RowGroups(
        tuple(named), tuple(unread), tuple(numbers), tuple(dated), tuple(rates), tuple(shares), tuple(satisfaction), columns
    )  # fmt: skip
