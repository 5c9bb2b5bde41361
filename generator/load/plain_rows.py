"""Rows in the usual layout, taken whole: one expression matches all lines of a row whose columns are known.

A record has few shapes of rows and many rows of each. A row is taken only where nothing can be wrong with it:
every column is known, every figure is one, no value is blank or anything but a text of one line.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from generator.load.tree import Shape, Slot
from generator.money import MOST_DIGITS, MOST_PLACES
from generator.patterns import lazy_pattern
from generator.vocabulary import Kind, Place, Term, term_for

# What a key and a value may be made of here: no sign of YAML's own, no blank at an end. The other dashes that a key
# may begin with are slips for the dash of a list. Signs beyond Latin 1 in one set would take long to compile.
WORD = r"(?![–—])(?!－)[^\s\-?:#,{}\[\]&*!|>'\"%@`=<][^\s:#{}\[\]'\"`]*"
VALUE = r"(?:[^\s\-?:#,{}\[\]&*!|>'\"%@`]|-(?=[0-9]))[^ \n:#{}]*+(?:(?: |:(?!\s))[^ \n:#{}]++)*+"
QUOTED = r"\"[^\"\\\n]+\"|'[^'\n]+'"

# No value that stands for none, and no blanks in quotes.
_TEXT = rf"(?!(?:~|null)\n){VALUE}|(?![\"']\s*+[\"'])(?:{QUOTED})"
_DIGITS = rf"[0-9]{{1,{MOST_DIGITS}}}+|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{MOST_DIGITS // 3 - 1}}}"
_FIGURE = rf"-?+(?:{_DIGITS})(?:\.[0-9]{{1,{MOST_PLACES}}}+)?+%?+|\"-\""
_LINE = lazy_pattern(rf"(?P<column> *(?:- )?)(?P<key>{WORD}): [^\n]+\n")
_MOST_KEYS = 40

KINDS = (Kind.TEXT, Kind.FIGURE, Kind.VALUE)
"""Kinds of columns that hold one text each."""

_ELSEWHERE = {
    Place.INDICATOR: ("level1", "level2", "level4"),
    Place.FUNDING_ROW: ("label", "printed_cells", "unreadable"),
}
"""Columns that mean more than a cell."""


class RowPattern(NamedTuple):
    """How to take rows of one shape."""

    shape: Shape
    match: Callable[[str, int], re.Match[str] | None]
    """Match a whole row at a place of the text and capture its values."""


@lru_cache(maxsize=1024)
def row_pattern(place: Place, head: str, keys: tuple[str, ...]) -> RowPattern | None:
    """Return the pattern of the rows that have these keys, the first one behind blanks and perhaps a dash.

    None where such rows are not taken whole.
    """
    terms = [term for key in keys if (term := term_for(place, key)) and _is_cell(term, place)]
    identifiers = tuple(term.identifier for term in terms)
    if len({*identifiers}) != len(keys) or not _is_row(place, head, identifiers):
        return None
    blank = " " * len(head)
    lines = [
        f"{re.escape(key)}: ({_FIGURE if term.kind is Kind.FIGURE else _TEXT})\n"
        for key, term in zip(keys, terms, strict=True)
    ]
    # No further column may follow, not even behind empty lines and comments.
    expression = re.compile(f"{head}{blank.join(lines)}(?!(?: *+(?:#[^\n]*+)?\n)*+ {{{len(head)}}})")
    slots = tuple(
        Slot(identifier, key, number, len(head) + len(key) + 3)
        for number, (identifier, key) in enumerate(zip(identifiers, keys, strict=True))
    )
    name = identifiers.index("name") if "name" in identifiers else -1
    cells = tuple(slot for slot in slots if slot.number != name)
    return RowPattern(Shape(place, len(head) + 1, slots, cells, name), expression.match)


def _is_row(place: Place, head: str, identifiers: tuple[str, ...]) -> bool:
    """Tell whether decoding takes such a mapping for a row: an item of a list with a name, or a kind of money."""
    is_item = head.endswith("- ")
    return is_item and "name" in identifiers if place is Place.INDICATOR else not is_item


def _is_cell(term: Term, place: Place) -> bool:
    return term.kind in KINDS and term.identifier not in _ELSEWHERE[place]


def pattern_at(text: str, position: int, place: Place) -> RowPattern | None:
    """Return the pattern that the row at a place of the text may have, as its keys tell."""
    line = _LINE.match(text, position)
    if line is None:
        return None
    head = line["column"]
    keys = [line["key"]]
    blank = " " * len(head)
    while len(keys) < _MOST_KEYS and (line := _LINE.match(text, line.end())) and line["column"] == blank:
        keys.append(line["key"])
    return row_pattern(place, head, tuple(keys))
