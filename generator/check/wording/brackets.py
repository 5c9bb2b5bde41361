"""Brackets and quotation marks of a text: which are left open, and which are closed by another kind."""

import re
from functools import lru_cache
from typing import NamedTuple

from generator.patterns import lazy_pattern

_CLOSING = {"(": ")", "（": "）", "《": "》", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_FOLDED = {"（": "(", "）": ")"}
_ANY = lazy_pattern("[()（）《》【】〔〕「」『』]")
# 1) and a） number an item; nothing opens them.
_NUMBERING = lazy_pattern(r"(?:^|[\s，。；、：:;,.])(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")
_LONGEST_NUMBERING = 5
# What holds no other bracket and no line end: nearly every pair there is.
_PAIRS = tuple(
    (opening, closing, lazy_pattern(f"{re.escape(opening)}[^()（）《》【】〔〕「」『』\\n]*{re.escape(closing)}"))
    for opening, closing in _CLOSING.items()
)
_INTERVAL = lazy_pattern(r"[(（\[]\s*[-\d.%∞]+\s*[,，]\s*[-+\d.%∞]+\s*[)）\]]")


class BracketFault(NamedTuple):
    """A bracket without its other half, or with one of another kind."""

    offset: int
    mark: str
    is_mixed: bool
    """Whether it has a half, only not of its own width."""


def are_paired(text: str) -> bool:
    """Tell whether all brackets of a text stand in plain pairs, so that no line of it can have a faulty one.

    Brackets in brackets and the square ones, which may begin an interval, need a closer look.
    """
    if "[" in text or "]" in text:
        return False
    for opening, closing, pair in _PAIRS:
        if opening in text or closing in text:
            number = text.count(opening)
            if number != text.count(closing) or number != len(pair.findall(text)):
                return False
    return True


@lru_cache(maxsize=16_384)
def bracket_faults(text: str) -> tuple[BracketFault, ...]:
    """Return the faulty brackets of a text, in order."""
    if not _ANY.search(text):
        return ()
    masked = _INTERVAL.sub(_blanked, text)
    faults: list[BracketFault] = []
    open_marks: list[tuple[str, int]] = []
    for match in _ANY.finditer(masked):
        mark, offset = match[0], match.start()
        if mark in _CLOSING:
            open_marks.append((mark, offset))
        elif open_marks and _fits(open_marks[-1][0], mark):
            opening, _ = open_marks.pop()
            if _CLOSING[opening] != mark:
                faults.append(BracketFault(offset, f"{opening}…{mark}", is_mixed=True))
        elif not _NUMBERING.search(masked[max(0, offset - _LONGEST_NUMBERING) : offset]):
            faults.append(BracketFault(offset, mark, is_mixed=False))
    faults += [BracketFault(offset, mark, is_mixed=False) for mark, offset in open_marks]
    return tuple(sorted(faults))


def _fits(opening: str, closing: str) -> bool:
    own = _OPENING[closing]
    return _FOLDED.get(opening, opening) == _FOLDED.get(own, own)


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])
