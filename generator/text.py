"""Small tools for printed Chinese text; none of them changes what is shown."""

import difflib
from collections.abc import Iterable

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Return the text with full-width ASCII (（％：，) folded to half width, for comparison only."""
    return text.translate(_HALF_WIDTH)


def folded(text: str) -> str:
    """Return the text as a key for comparison: half width, without blanks, without a closing colon."""
    return "".join(half_width(text).split()).rstrip(":")


def printable(name: str) -> str:
    """Return a file's name so that it can be printed: bytes that are no UTF-8 become a replacement sign."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_SHORT = 3

CLOSE = 0.8
"""How alike two words must be where a wrong guess would mislead, as with codes."""


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word most like this one, or None where none is alike."""
    # One wrong character of two or three is still a slip: 得份 for 得分.
    likeness = min(cutoff, 0.5) if len(word) <= _SHORT else cutoff
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return close[0] if close else None


def heading_slug(title: str) -> str:
    """Return a heading's address on its page: its own words, blanks and punctuation as hyphens."""
    kept = "".join(character if character.isalnum() else "-" for character in title.lower())
    return "-".join(part for part in kept.split("-") if part) or "section"
