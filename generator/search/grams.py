"""Grams: the short runs of characters by which texts are found.

Every two characters that follow each other are a gram, and so is every run of four of the characters that figures and
Latin words are written with, for any two digits stand in nearly every record. No gram reaches from one piece into another.
"""

import sys
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from operator import add

from generator.patterns import lazy_pattern
from generator.search.fold import PIECE_END, fold_all
from generator.search.initials import Initials

Bits = dict[str, int]
"""Which records of a unit have each gram: bit 0 stands for the first."""

LONG = 4
"""Characters of a gram of figures."""
_RUN = "0123456789abcdefghijklmnopqrstuvwxyz.%"
"""Characters that figures and Latin words are written with."""
_LONG_RUNS = lazy_pattern(f"[{_RUN}]{{{LONG},}}")
_RUNS_ALONE = bytes(code if chr(code) in _RUN else ord(" ") for code in range(256))
"""Blanks for all other characters."""
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def grams_of(pieces: Iterable[str]) -> set[str]:
    """Return the grams of folded pieces."""
    folded = PIECE_END.join(pieces)
    pairs = {gram for gram in map(add, folded, folded[1:]) if PIECE_END not in gram}
    return pairs.union(*map(_grams_of_run, _LONG_RUNS.findall(folded)))


def _grams_of_run(run: str) -> list[str]:
    return [run[start : start + LONG] for start in range(len(run) - LONG + 1)]


def text_grams(records: Iterable[Iterable[str]]) -> Bits:
    """Return the grams of the texts of each record, one after the other."""
    holders: dict[str, int] = {}
    get = holders.get
    bit = 1
    for texts in records:
        for text in texts:
            holders[text] = get(text, 0) | bit
        bit <<= 1
    # Most texts are those of one record alone, and many stand in the same few: each set of records is gone through once.
    together: dict[int, list[str]] = {}
    for folded, bits in zip(fold_all(holders), holders.values(), strict=True):
        together.setdefault(bits, []).append(folded)
    groups = {bits: PIECE_END.join(texts) for bits, texts in together.items()}
    whole = PIECE_END.join(groups.values())
    units = whole.encode(_UTF_16, "surrogatepass")
    if len(units) == 2 * len(whole):
        return _grams_of_groups(groups, whole, units)
    # Characters beyond U+FFFF are rare enough for a slower way.
    found: Bits = {}
    for bits, text in groups.items():
        for gram in sorted(grams_of([text])):
            found[gram] = found.get(gram, 0) | bits
    return found


def _grams_of_groups(groups: Mapping[int, str], whole: str, units: bytes) -> Bits:
    """Return the grams of texts by the records that have them; all are gone through as one text, a part for each set."""
    numbers = _numbered_pairs(units)
    letters = whole.encode("ascii", "replace").translate(_RUNS_ALONE)
    pairs: dict[int, int] = {}
    runs: dict[bytes, int] = {}
    paired, known = pairs.get, runs.get
    start = 0
    for bits, text in groups.items():
        end = start + len(text) + 1
        for pair in set(numbers[start:end]):
            pairs[pair] = paired(pair, 0) | bits
        for run in letters[start:end].split():
            if len(run) >= LONG:
                runs[run] = known(run, 0) | bits
        start = end
    found = _spelled(pairs)
    for run, bits in runs.items():
        for gram in _grams_of_run(run.decode("ascii")):
            found[gram] = found.get(gram, 0) | bits
    return found


def _numbered_pairs(text: bytes) -> "array[int]":
    """Return every two units of UTF-16 that follow each other as one number: numbers take half the time of texts."""
    units = array("H", text)
    doubled = array("H", bytes(2 * len(text)))
    doubled[::2] = units
    units.append(0)
    doubled[1::2] = units[1:]
    return array("I", doubled.tobytes())


def _spelled(pairs: Mapping[int, int]) -> Bits:
    """Return pairs that are numbers as texts, without those in which a piece ends."""
    text = array("I", pairs).tobytes().decode(_UTF_16, "surrogatepass")
    found = dict(zip(map(add, text[::2], text[1::2]), pairs.values(), strict=True))
    for character in set(text):
        found.pop(character + PIECE_END, None)
        found.pop(PIECE_END + character, None)
    return found


def initials_grams(records: Iterable[Iterable[Initials]]) -> Bits:
    """Return the grams of the initials of the names of each record."""
    found: Bits = {}
    bit = 1
    for names in records:
        for name in names:
            for gram in _grams_of_initials(name):
                found[gram] = found.get(gram, 0) | bit
        bit <<= 1
    return found


@lru_cache(maxsize=4096)
def _grams_of_initials(name: Initials) -> set[str]:
    letters = [choice for choice in name if choice]
    if all(len(choice) == 1 for choice in letters):
        return grams_of(["".join(letters)])
    return {
        "".join(one)
        for length in (2, LONG)
        for start in range(len(letters) - length + 1)
        for one in product(*letters[start : start + length])
    }
