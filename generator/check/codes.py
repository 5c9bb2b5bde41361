"""Codes of rules as people mistype them."""

from collections.abc import Collection

from generator.text import CLOSE, nearest

_LOOK_ALIKE = str.maketrans("OIL", "011")
_LETTERS = 3


def nearest_code(word: str, known: Collection[str]) -> str | None:
    """Return the code most likely meant, or None; a letter for the digit it looks like comes first."""
    code = word.strip().upper()
    plain = code[:_LETTERS] + code[_LETTERS:].translate(_LOOK_ALIKE)
    return plain if plain in known else nearest(code, known, cutoff=CLOSE)
