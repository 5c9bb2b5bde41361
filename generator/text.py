"""Small tools for printed Chinese text; none of them changes what is shown."""

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.patterns import lazy_pattern

_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_FULL_WIDTH = lazy_pattern("[\u3000\uff01-\uff5e]")


def half_width(text: str) -> str:
    """Return the text with full-width ASCII (（％：，) folded to half width, for comparison only."""
    # Few characters of a text are full width; `str.translate` would look at each of them.
    for sign in dict.fromkeys(_FULL_WIDTH.findall(text)):
        text = text.replace(sign, _HALF_WIDTH[sign])
    return text


def folded(text: str) -> str:
    """Return the text as a key for comparison: half width, without blanks, without a closing colon."""
    return "".join(half_width(text).split()).rstrip(":")


def printable(name: str) -> str:
    """Return a file's name so that it can be printed: bytes that are no UTF-8 become a replacement sign."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


# Reading asks twice for each text: for characters that nobody can see, and for what may mislead a parser.
@lru_cache(maxsize=1)
def is_printable(text: str) -> bool:
    """Tell whether every character can be seen or is a space, a full-width blank or a line end."""
    return text.replace("\n", "").replace("\u3000", "").isprintable()


_BLANKS = lazy_pattern(r"[ \t\r\n\f\v]+")
_JOINTS = lazy_pattern(
    r"""(?<=[@#!~&%$])(?=[\w{"`])|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=:)(?=[\w+-]+:)""", re.ASCII | re.IGNORECASE
)
"""Where hosts see a name, a number, an address or a picture begin, in what Markdown has made of a text."""
_FIRST = lazy_pattern(r"^(?:[0-9]+(?=[.)](?: |$))|(?=[-+](?: |$)|[-= ]+$))")
"""What at the beginning of a line makes it part of a list, or a heading of the line before."""
_MARKS = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_{}[]<>|#~&"} | {"$": "&#36;", "\N{ZERO WIDTH SPACE}": "&#8203;"}
)


def as_markdown(text: str) -> str:
    """Return a line so that it says the same in Markdown, and nothing in it acts there."""
    line = _JOINTS.sub("\N{ZERO WIDTH SPACE}", _BLANKS.sub(" ", text).strip(" "))
    return _FIRST.sub(r"\g<0>\\", line.translate(_MARKS))


def as_xml(text: str) -> str:
    """Return a text so that it says the same between the tags of XML and HTML."""
    # These two give what `html.escape` does; loading `html` takes longer than escaping what a small change prints.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_html(text: str) -> str:
    """Return a text so that it says the same in HTML, between quotes too."""
    return as_xml(text).replace('"', "&quot;").replace("'", "&#x27;")


_SHORT = 3

CLOSE = 0.8
"""How alike two words must be where a wrong guess would mislead, as with codes."""


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word most like this one, or None where none is alike."""
    # Most runs find nothing wrong and never compare a word.
    import difflib  # noqa: PLC0415

    # One wrong character of two or three is still a slip: 得份 for 得分.
    likeness = min(cutoff, 0.5) if len(word) <= _SHORT else cutoff
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return close[0] if close else None


def heading_slug(title: str) -> str:
    """Return a heading's address on its page: its own words, blanks and punctuation as hyphens."""
    kept = "".join(character if character.isalnum() else "-" for character in title.lower())
    return "-".join(part for part in kept.split("-") if part) or "section"
