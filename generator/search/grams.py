"""Grams: the short runs of characters by which texts are found.

Every two characters that follow each other are a gram, and so is every run of four of the characters that figures and
Latin words are written with, for any two digits stand in nearly every record. No gram reaches from one piece into another.
"""

import re
import sys
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from operator import add

from generator.search.fold import PIECE_END, fold_all
from generator.search.initials import Initials

Bits = dict[str, int]
"""Which records of a unit have each gram: bit 0 stands for the first."""

LONG = 4
"""Characters of a gram of figures."""
_LONG_RUNS = re.compile(r"[0-9a-z.%]{4,}")
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def grams_of(pieces: Iterable[str]) -> set[str]:
    """Return the grams of folded pieces."""
    folded = PIECE_END.join(pieces)
    return {gram for gram in map(add, folded, folded[1:]) if PIECE_END not in gram}.union(_long_grams(folded))


def _long_grams(folded: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for run in _LONG_RUNS.findall(folded):
        if len(run) == LONG:
            found[run] = None
        else:
            for start in range(len(run) - LONG + 1):
                found[run[start : start + LONG]] = None
    return found


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
    pairs: dict[int, int] = {}
    others: Bits = {}
    paired, known = pairs.get, others.get
    for bits, texts in together.items():
        folded = PIECE_END.join(texts)
        units = folded.encode(_UTF_16, "surrogatepass")
        if len(units) == 2 * len(folded):
            for pair in _pairs(units):
                pairs[pair] = paired(pair, 0) | bits
            grams: Iterable[str] = _long_grams(folded)
        else:
            grams = sorted(grams_of(texts))
        for gram in grams:
            others[gram] = known(gram, 0) | bits
    found = _spelled(pairs)
    for gram, bits in others.items():
        found[gram] = found.get(gram, 0) | bits
    return found


def _spelled(pairs: dict[int, int]) -> Bits:
    """Return pairs that are numbers as texts, without those in which a piece ends."""
    text = array("I", pairs).tobytes().decode(_UTF_16, "surrogatepass")
    found = dict(zip(map(add, text[::2], text[1::2]), pairs.values(), strict=True))
    for character in set(text):
        found.pop(character + PIECE_END, None)
        found.pop(PIECE_END + character, None)
    return found


def _pairs(units: bytes) -> set[int]:
    """Return every two units of UTF-16 that follow each other as one number: numbers take half the time of texts."""
    if not units:
        return set()
    end = bytes(2)
    whole = units + end if len(units) % 4 else units
    found = set(memoryview(whole).cast("I"))
    found.update(memoryview(whole[2:] + end).cast("I"))
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
