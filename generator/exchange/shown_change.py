"""What a field said before and after, as reports show it: of a long text only the sentences around the change."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

_LONG = 40
"""Characters up to which a text is shown as a whole."""
_SENTENCE = re.compile(r"[^。；！？;!?\n]*(?:[。；！？;!?]+|\n|$)")
_LEFT_OUT = "……"
_BLANKS = {
    " ": "〔空格〕",
    "\n": "〔换行〕\n",
    "\t": "〔制表符〕",
    "\u3000": "〔全角空格〕",
    "\xa0": "〔不换行空格〕",
}


def shown(before: str, after: str) -> tuple[str, str]:
    """Return two texts, each on one line, so that a reader sees what differs; empty where there is none.

    Blanks are named only where nothing else differs.
    """
    if before != after and _look(before) == _look(after):
        before, after = _with_named_blanks(before), _with_named_blanks(after)
    sides = _sentences(before), _sentences(after)
    if max(map(len, (before, after))) <= _LONG:
        return _line(before), _line(after)
    return _around_changes(*sides)


def _line(text: str) -> str:
    return " ".join(text.split())


def _look(text: str) -> str:
    return _line("".join(sign for sign in text if not _is_invisible(sign)))


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf"


def _with_named_blanks(text: str) -> str:
    return "".join(
        _BLANKS.get(sign, f"〔U+{ord(sign):04X}〕") if sign.isspace() or _is_invisible(sign) else sign for sign in text
    )


def _sentences(text: str) -> Sequence[str]:
    return [line for part in _SENTENCE.findall(text) if (line := _line(part))]


def _around_changes(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Return the sentences that differ; where one side has none, with the one beside them."""
    kept: tuple[set[int], set[int]] = (set(), set())
    for what, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        here = range(*ends[:2]), range(*ends[2:])
        for side, places in zip(kept, here, strict=True):
            side |= {*places}
        if not all(here):
            is_first = not all(places.start for places in here)
            for side, places in zip(kept, here, strict=True):
                side.add(places.stop if is_first else places.start - 1)
    one, other = (_with_gaps(*side) for side in zip((old, new), kept, strict=True))
    return one, other


def _with_gaps(sentences: Sequence[str], kept: set[int]) -> str:
    words = ""
    for place, sentence in enumerate(sentences):
        if place in kept:
            # Latin words of two lines stand apart.
            joint = " " if words[-1:].isascii() and sentence[:1].isascii() and words else ""
            words += joint + sentence
        elif not words.endswith(_LEFT_OUT):
            words += _LEFT_OUT
    return words
