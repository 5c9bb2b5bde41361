"""Stands among the rows of a table that a reader may pick: with or without a reason, changed or not."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct


class Option(Struct, frozen=True):
    """Some of the rows."""

    token: str
    """What its rows carry in `data-is`; empty for all rows."""
    title: str
    count: int


class Choice(Struct, frozen=True):
    """One question by which rows are told apart; the page tells the counts, the script makes buttons of them."""

    name: str
    """In the address: deviations.html#reason=missing."""
    title: str
    options: tuple[Option, ...]

    @property
    def id(self) -> str:
        """Its id on the page, by which a table names it in `data-choices`."""
        return f"choice-{self.name}"


def choice(name: str, title: str, titles: Mapping[str, str], tokens: Iterable[Iterable[str]]) -> Choice:
    """Return a choice; `titles` are those of the tokens, `tokens` are those of each row.

    A row may have several tokens or none, so the counts need not add up.
    """
    found = [tuple(one) for one in tokens]
    counts = Counter(token for one in found for token in one)
    options = (Option(token, title, counts[token]) for token, title in titles.items())
    return Choice(name, title, (Option("", "全部", len(found)), *options))
