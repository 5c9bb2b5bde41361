"""Text that is safe to show on a terminal, and how many columns it takes there."""

import re
import unicodedata

from generator.patterns import lazy_pattern

# Controls move the cursor or colour the screen; marks of direction make a line read otherwise than it is written.
_UNSEEN = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_PICTURES = 0x2400
_BLANK = 0x20
_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def plain(text: str) -> str:
    """Return a text on one line with whatever cannot be seen made visible."""
    return _UNSEEN.sub(_named, text.replace("\t", " ").replace("\n", "⏎"))


def _named(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_PICTURES + code) if code < _BLANK else f"<U+{code:04X}>"


def escaped(json_text: str) -> str:
    """Return JSON with whatever cannot be seen escaped, so that it can be shown on a terminal as it is."""
    return "\n".join(_UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", line) for line in json_text.split("\n"))


def width(text: str) -> int:
    """Return how many columns a text takes: a full-width character two, a combining one none."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in _WIDE:
        return 2
    return 0 if unicodedata.category(character) in _NO_WIDTH else 1


def clipped(text: str, columns: int) -> str:
    """Return as much of the beginning of a text as fits, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    taken, used = "", 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        taken += character
    return taken + "…"
