"""Numbers that belong to one person: how to know them, and how to speak of them without repeating them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from generator.check.outcome import Spot
from generator.check.subject import Subject
from generator.check.wording.texts import Part, Piece
from generator.check.wording.whole_text import LONG_NUMBER, whole_text
from generator.patterns import lazy_pattern
from generator.text import half_width

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_EARLIEST, _LATEST = 1900, 2099
_LONG_ID, _SHORT_ID = 18, 15
_CARD_PREFIXES = ("62", "4", "51", "52", "53", "54", "55")

ID_NUMBER = lazy_pattern(r"(?<![\dA-Za-z])(?P<number>\d{6}[ \-]?\d{8}[ \-]?\d{3}[\dXx]|\d{15})(?![\dA-Za-z])")
MOBILE_NUMBER = lazy_pattern(
    r"(?<![\d.A-Za-z_=\-])(?:\+?86[ \-]?)?(?P<number>1[3-9]\d(?P<gap>[ \-]?)\d{4}(?P=gap)\d{4})"
    r"(?![\dA-Za-z_]|\.\d| ?(?:元|万|亿|%|％))"
)
CARD_NUMBER = lazy_pattern(
    r"(?<![\dA-Za-z.])(?P<number>\d{4}(?P<gap>[ \-]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{1,3})?)(?![\dA-Za-z.])"
)


class Found(NamedTuple):
    """A number found in one string."""

    piece: Piece
    match: re.Match[str]
    number: str
    """Bare of blanks and hyphens."""
    spot: Spot

    @property
    def masked(self) -> str:
        """Return it as findings show it."""
        return masked(self.number)


def masked(number: str) -> str:
    """Return a number with all but its first three and last two characters hidden."""
    return number[:3] + "*" * max(3, len(number) - 5) + number[-2:]


def is_id_number(number: str) -> bool:
    """Tell whether a number is that of a citizen: region, day of birth and, in the long form, the check digit."""
    if number[:2] not in _REGIONS:
        return False
    if len(number) == _SHORT_ID:
        return _is_birthday("19" + number[6:12])
    if len(number) != _LONG_ID or not _is_birthday(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def _is_birthday(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return _EARLIEST <= year <= _LATEST


def is_card_number(number: str) -> bool:
    """Tell whether a number is that of a bank card: a prefix in use and the check digit of Luhn."""
    if not number.startswith(_CARD_PREFIXES) or is_id_number(number):
        return False
    # Visa and Mastercard numbers have 16 digits; only those of UnionPay may be longer.
    if not number.startswith("62") and len(number) != 16:  # noqa: PLR2004
        return False
    if len(set(number)) < 4:  # noqa: PLR2004  0000 1111: a sample, no card
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2])  # noqa: PLR2004  two digits, added
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_money(piece: Piece) -> bool:
    """Tell whether a string is an amount or points, whose digits stand for nothing else."""
    return piece.part in (Part.FUNDING, Part.FIGURE) and piece.key not in ("label", "adjustment_reason")


def long_numbers(subject: Subject, pattern: re.Pattern[str]) -> Iterator[Found]:
    """Yield every match of a pattern for long numbers in the strings of a record, full-width digits read too."""
    for piece in _with_long_numbers(subject):
        for match in pattern.finditer(half_width(piece.text)):
            number = match["number"].replace(" ", "").replace("-", "")
            yield Found(piece, match, number, subject.piece_spot(piece, match.start()))


@lru_cache(maxsize=8)
def _with_long_numbers(subject: Subject) -> tuple[Piece, ...]:
    """Return the strings of a record that have a long number; three rules ask for them one after the other."""
    if not whole_text(subject).has_long_number:
        return ()
    return tuple(piece for piece in subject.pieces if LONG_NUMBER.search(piece.text))
