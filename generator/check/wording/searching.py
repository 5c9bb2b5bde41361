"""Look for a pattern in every string of a record; one search over all of them tells whether to look closer."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.check.outcome import PASSED, Spot, Verdict
from generator.check.subject import Subject
from generator.check.wording.texts import Piece
from generator.check.wording.whole_text import WholeText, whole_text
from generator.patterns import lazy_pattern

AROUND = 12

# A message must not repeat what may be the number of a person.
_LONG_NUMBER = lazy_pattern(r"\d{11,}[Xx]?")


class Hit(Struct, frozen=True):
    """A pattern found in one string."""

    piece: Piece
    match: re.Match[str]

    @property
    def around(self) -> str:
        """Return the words around it, for a message."""
        return excerpt(self.piece.text, self.match.start(), self.match.end())


def excerpt(text: str, start: int, end: int, around: int = AROUND) -> str:
    """Return a part of a text with a few characters on both sides, on one line."""
    first, last = max(0, start - around), min(len(text), end + around)
    text = _LONG_NUMBER.sub(lambda match: match[0][:3] + "*" * (len(match[0]) - 5) + match[0][-2:], text)
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"


def hits(
    subject: Subject,
    pattern: re.Pattern[str],
    keep: Callable[[Piece], bool] | None = None,
    *,
    may_hold: Callable[[WholeText], bool] = lambda _: True,
) -> Iterator[Hit]:
    """Yield the first match in each string that has one.

    `may_hold` is a quick look at the whole record, which must not miss anything: most patterns are slow to search for.
    """
    words = whole_text(subject)
    if not may_hold(words) or not pattern.search(words.everything):
        return
    for piece in subject.pieces:
        if keep is None or keep(piece):
            match = pattern.search(piece.text)
            if match:
                yield Hit(piece, match)


def verdicts(subject: Subject, found: Iterator[Hit], make: Callable[[Hit, Spot], Verdict]) -> Iterator[Verdict]:
    """Yield a verdict for each hit, and that the record is right where there is none."""
    hit = None
    for hit in found:
        yield make(hit, subject.piece_spot(hit.piece, hit.match.start()))
    if hit is None and whole_text(subject).everything:
        yield PASSED
