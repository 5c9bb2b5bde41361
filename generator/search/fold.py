"""Text as it is compared when searching; `search_index.ts` folds in the very same way."""

import re
import unicodedata
from collections.abc import Iterable

PIECE_END = "\0"
"""Stands between pieces that are folded in one go; no text holds it."""

# In most texts these alone are not yet as NFKC has them, and normalizing costs as much as all else together.
_FULL_WIDTH = tuple(zip("（），：；％？！～／＋＝", "(),:;%?!~/+=", strict=True))
_PLAIN = "\0-\x7f\u4e00-\u9fff\u3001-\u3003\u3007-\u3011\u2018\u2019\u201c\u201d\u2014\u203a\u2264\u2265\u00d7\u00b7"
_UNUSUAL = re.compile(f"[^{_PLAIN}]")
_BLANK = "\\s\x1c-\x1f\x85\xad\u200b-\u200d\u2060\ufeff"
"""White space, and characters that nobody can see."""
_BLANKS = re.compile(f"[{_BLANK}]+")
_SEEN_BY_SPLIT = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")
_QUOTATION_MARKS = "\"'\u2018\u2019\u201c\u201d\u300c\u300d\u300e\u300f"
"""One form prints them straight and another curved, and whoever types takes what the keyboard has."""
_SEPARATOR = re.compile("(?<=[0-9]),(?=[0-9])")


def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, lower case, without blanks, quotation marks and commas inside numbers."""
    for full, half in _FULL_WIDTH:
        text = text.replace(full, half)
    if _UNUSUAL.search(text):
        text = unicodedata.normalize("NFKC", text)
        text = _SEEN_BY_SPLIT.sub("", text)
    for mark in _QUOTATION_MARKS:
        text = text.replace(mark, "")
    return _SEPARATOR.sub("", "".join(text.split()).lower().replace("ς", "σ"))


def fold_all(texts: Iterable[str]) -> list[str]:
    """Fold several texts at once, which is several times as fast."""
    found = list(texts)
    if not found:
        return []
    joined = PIECE_END.join(found)
    for full, half in _FULL_WIDTH:
        joined = joined.replace(full, half)
    if _UNUSUAL.search(joined):
        # Text by text, for few are unusual.
        joined = PIECE_END.join(
            unicodedata.normalize("NFKC", one) if _UNUSUAL.search(one) else one for one in joined.split(PIECE_END)
        )
        joined = _SEEN_BY_SPLIT.sub("", joined)
    for mark in _QUOTATION_MARKS:
        joined = joined.replace(mark, "")
    return _SEPARATOR.sub("", "".join(joined.split()).lower().replace("ς", "σ")).split(PIECE_END)


_COMMA_AT_END = re.compile("^,(?=[0-9])|(?<=[0-9]),$")


def query_terms(query: str) -> tuple[str, ...]:
    """Return the folded terms of a query, each once; a comma that a number begins or ends with is dropped."""
    folded = (_COMMA_AT_END.sub("", fold(term)) for term in _BLANKS.split(query))
    return tuple(dict.fromkeys(term for term in folded if term))
