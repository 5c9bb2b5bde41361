"""Raised, lowered and struck-out characters: what plain text would lose, kept so that no figure is misread.

Readers mark them while they put a cell's text together and settle the marks at its end.
"""

import re
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """Where characters stand."""

    LINE = ""
    RAISED = "上标"
    LOWERED = "下标"


class Settled(NamedTuple):
    """A text without marks."""

    text: str
    notes: tuple[str, ...] = ()
    """What the text alone does not say, in Chinese."""


# Code points that Unicode reserves for use within a program: no document has them.
_STRUCK, _STRUCK_END, _END = "\ufdd0", "\ufdd1", "\ufdd4"
_BEGIN = {Level.RAISED: "\ufdd2", Level.LOWERED: "\ufdd3"}
_ALL = re.compile("[\ufdd0-\ufdd4]")
_STRUCK_PART = re.compile(f"{_STRUCK}([^{_STRUCK_END}]*){_STRUCK_END}")
_MOVED_PART = re.compile(f"([{''.join(_BEGIN.values())}])[^{_END}]*{_END}(?:\\1[^{_END}]*{_END})*")
_SHAPES = {
    Level.RAISED: str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"),
    Level.LOWERED: str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def shaped(text: str, level: Level) -> str:
    """Return characters in the shape Unicode has for them above or below the line, so that no digit joins a figure."""
    return text.translate(_SHAPES[level]) if level else text


def level_note(text: str, level: Level) -> str:
    """Return what to say of raised or lowered characters."""
    written = shaped(text, level)
    return f"有{level.value}“{text}”" + (f"，写作“{written}”" if written != text else "")


def marked(text: str, *, struck: bool = False, level: Level = Level.LINE) -> str:
    """Return a text with marks around it that `settled` understands."""
    if not text.strip():
        return text
    text = _ALL.sub("", text)
    if level:
        text = f"{_BEGIN[level]}{text}{_END}"
    return f"{_STRUCK}{text}{_STRUCK_END}" if struck else text


def settled(text: str) -> Settled:
    """Return a text without its marks: struck-out parts left out where others stand beside them, digits in shape."""
    if not _ALL.search(text):
        return Settled(text)
    text = text.replace(_STRUCK_END + _STRUCK, "")
    notes: dict[str, None] = {}
    struck = [_ALL.sub("", match[1]).strip() for match in _STRUCK_PART.finditer(text)]
    rest = _STRUCK_PART.sub("", text)
    if struck and _ALL.sub("", rest).strip():
        notes[f"画了删除线的“{'”“'.join(struck)}”没有取"] = None
        text = rest
    elif struck:
        notes["全部文字画了删除线，照录"] = None

    def moved(match: re.Match[str]) -> str:
        level = Level.RAISED if match[1] == _BEGIN[Level.RAISED] else Level.LOWERED
        plain = _ALL.sub("", match[0])
        notes[level_note(plain, level)] = None
        return shaped(plain, level)

    text = _MOVED_PART.sub(moved, text)
    return Settled(_ALL.sub("", text), tuple(notes))
