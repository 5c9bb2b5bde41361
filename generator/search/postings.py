"""Which records of a unit have a gram, written down short: a posting, and read back.

A posting is digits and a closing sign. `*` alone: all records. `.` after digits: the numbers of records, each as one digit
in a unit of up to 64 records, as two up to 4,096, else as three. `,` after digits: six records a digit, the first is its highest
bit; what is not written is 0. Digits are those of Base64.
"""

from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from functools import cache
from operator import getitem

from generator.search.grams import Bits

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ALL, LISTED, MAPPED = "*", ".", ","

_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_BASE = len(DIGITS)
_PER_DIGIT = 6
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits in the other order: Base64 has the first bit highest."""


def digits_for(count: int) -> int:
    """Return how many digits tell one of this many apart."""
    return 1 if count <= _BASE else 2 if count <= _BASE**2 else 3


def posting_of(bits: int, records: int) -> str:
    """Return the posting of some of the records of a unit; empty where it is none."""
    return _posting(bits, (1 << records) - 1, digits_for(records)) if bits else ""


def _posting(bits: int, everything: int, width: int) -> str:
    if bits == everything:
        return ALL
    last = bits.bit_length() - 1
    if bits.bit_count() * width > last // _PER_DIGIT:
        data = bits.to_bytes(last // 24 * 3 + 3, "little").translate(_TURNED)
        return b2a_base64(data, newline=False)[: last // _PER_DIGIT + 1].decode("ascii") + MAPPED
    if width == 1:
        return "".join(map(getitem, _digits_of_bytes(), bits.to_bytes(_BASE // 8, "little"))) + LISTED
    return _listed(bits, width)


@cache
def _digits_of_bytes() -> tuple[tuple[str, ...], ...]:
    """Return the digits of the numbers in each byte, by its place and its value: a loop over bits takes ten times as long."""
    numbers = range(256)
    return tuple(
        tuple("".join(DIGITS[8 * place + bit] for bit in range(8) if number >> bit & 1) for number in numbers)
        for place in range(_BASE // 8)
    )


def _listed(bits: int, width: int) -> str:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(number_of(lowest.bit_length() - 1, width))
        bits ^= lowest
    return "".join(found) + LISTED


def number_of(value: int, width: int) -> str:
    """Return a number as so many digits."""
    text = ""
    for _ in range(width):
        value, digit = divmod(value, _BASE)
        text = DIGITS[digit] + text
    return text


def bits_of(posting: str, records: int) -> int:
    """Return the records that a posting stands for."""
    kind, digits = posting[-1:], posting[:-1]
    if kind == ALL:
        return (1 << records) - 1
    if kind == LISTED:
        width = digits_for(records)
        bits = 0
        for start in range(0, len(digits), width):
            value = 0
            for digit in digits[start : start + width]:
                value = value * _BASE + _VALUES[digit]
            bits |= 1 << value
        return bits
    if not digits:
        return 0
    data = a2b_base64(digits + "A" * (-len(digits) % 4))
    return int.from_bytes(data.translate(_TURNED), "little")


def postings_of(bits: Bits, records: int) -> dict[str, str]:
    """Return the postings of all grams."""
    # The same few sets of records come again and again.
    known = {0: ""}
    found = {}
    everything, width = (1 << records) - 1, digits_for(records)
    for gram, one in bits.items():
        posting = known.get(one)
        if posting is None:
            posting = known[one] = _posting(one, everything, width)
        found[gram] = posting
    return found


def patched(former: Mapping[str, str], records: int, fresh: Mapping[int, set[str]]) -> dict[str, str]:
    """Return postings after some records, by their number, have other grams than before."""
    mask = sum(1 << number for number in fresh)
    bits = {}
    known: dict[str, int] = {}
    kept = {}
    for gram, posting in former.items():
        one = known.get(posting)
        if one is None:
            one = known[posting] = bits_of(posting, records)
        if one & mask:
            bits[gram] = one & ~mask
        else:
            kept[gram] = posting
    for number, grams in fresh.items():
        for gram in grams:
            before = bits.get(gram)
            if before is None:
                before = bits_of(kept.pop(gram), records) if gram in kept else 0
            bits[gram] = before | 1 << number
    kept |= {gram: posting for gram, posting in postings_of(bits, records).items() if posting}
    return kept
