"""The table of the first letters of Chinese characters' readings, worked out from pypinyin."""

import unicodedata
from collections import Counter

FIRST, LAST = 0x4E00, 0x9FFF
"""The characters of the table: CJK Unified Ideographs."""

_WIDTH = 128
_SELDOM = 0.03
"""A reading that fewer of the phrases with a character have is nobody's first thought when typing its initial."""


def format_initials() -> str:
    """Return the table: rows of first letters, one for each character, then those with further ones."""
    # Takes a fifth of a second; only whoever generates files needs it.
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415

    heard: dict[str, Counter[str]] = {}
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) == len(readings):
            for character, reading in zip(phrase, readings, strict=True):
                heard.setdefault(character, Counter())[_letter(reading[0])] += 1
    rows, others = [], []
    for code in range(FIRST, LAST + 1):
        letters = _letters(PINYIN_DICT.get(code, ""), heard.get(chr(code), Counter()))
        rows.append(letters[:1] or "-")
        if len(letters) > 1:
            others.append(chr(code) + letters)
    lines = ["".join(rows[start : start + _WIDTH]) for start in range(0, len(rows), _WIDTH)]
    return "\n".join([*lines, "", *others, ""])


def _letters(readings: str, heard: Counter[str]) -> str:
    """Return the first letters of a character, the usual one first."""
    known = dict.fromkeys(_letter(reading) for reading in readings.split(",") if reading)
    first = next(iter(known), "")
    total = heard.total()
    return "".join(letter for letter in known if letter == first or (total and heard[letter] / total >= _SELDOM))


def _letter(reading: str) -> str:
    """Return the first letter of a reading without its mark: ān is a."""
    return unicodedata.normalize("NFD", reading)[0]
