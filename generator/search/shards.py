"""The index in shards: small files of which a query loads a few.

A shard is an object: for each of its grams the postings in the texts, in the names and in the initials of names, parted by
`|`, without what is empty at the end. The postings of a gram follow each other unit by unit, each behind the number of its
unit; the pages that belong to no unit come last, as if they were a unit of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Self

from msgspec import Struct
from msgspec.json import Decoder

from generator.plan.script_data import script_ends, script_value
from generator.search.fold import PIECE_END
from generator.search.postings import ALL, LISTED, MAPPED

_PER_SHARD = 10
_FEWEST = 64
_UNIT_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class UnitPostings(Struct, frozen=True, array_like=True):
    """The grams of one unit: posting by gram, as `postings` writes it."""

    texts: dict[str, str]
    names: dict[str, str]
    initials: dict[str, str]

    @property
    def kinds(self) -> tuple[dict[str, str], ...]:
        """The three of them as they follow each other in a shard."""
        return self.texts, self.names, self.initials


class WrittenPostings(Struct, frozen=True, array_like=True, gc=False):
    """The grams of one unit as they are kept: one long text is written and read ten times as fast as thousands of short ones."""

    texts: str
    names: str
    initials: str

    @classmethod
    def of(cls, postings: UnitPostings) -> Self:
        """Write postings."""
        return cls(*(PIECE_END.join(chain.from_iterable(kind.items())) for kind in postings.kinds))

    def read(self) -> UnitPostings:
        """Return the postings; raise ValueError where some of them are missing."""
        return UnitPostings(_read(self.texts), _read(self.names), _read(self.initials))


def _read(written: str) -> dict[str, str]:
    parts = written.split(PIECE_END) if written else []
    return dict(zip(parts[::2], parts[1::2], strict=True))


Shard = dict[str, str]


class PostingChange(NamedTuple):
    """What becomes of the posting of a gram in one unit."""

    kind: int
    """Position in `UnitPostings.kinds`."""
    gram: str
    unit: int
    posting: str
    """Empty where the unit no longer has it."""


def shard_count(records: int) -> int:
    """Return how many shards there are; the number changes only when the site grows to about twice its size."""
    return max(_FEWEST, 1 << (max(records - 1, 1) // _PER_SHARD).bit_length())


def shard_of(gram: str, shards: int) -> int:
    """Return the number of the shard that has a gram."""
    number = 0
    for character in gram:
        number = number * 31 + ord(character)
    return (number * 0x9E3779B1 & 0xFFFFFFFF) >> (33 - shards.bit_length())


def shard_name(number: int) -> str:
    """Return the name by which scripts load a shard."""
    return f"search/{number:x}"


def unit_digits(units: int) -> int:
    """Return how many digits tell one of so many units, and the pages behind them, apart."""
    width = 1
    while len(_UNIT_DIGITS) ** width < units + 1:
        width += 1
    return width


def unit_number(number: int, width: int) -> str:
    """Return the number of a unit as it stands before its postings; text order is the order of numbers."""
    text = ""
    for _ in range(width):
        number, digit = divmod(number, len(_UNIT_DIGITS))
        text = _UNIT_DIGITS[digit] + text
    return text


def merged(units: Sequence[UnitPostings], shards: int, wanted: Iterable[int] | None = None) -> dict[int, Shard]:
    """Return shards put together from the postings of all units; all of them, or those that are wanted."""
    width = unit_digits(len(units) - 1)
    lists: tuple[defaultdict[str, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for number, unit in enumerate(units):
        before = unit_number(number, width)
        for found, postings in zip(lists, unit.kinds, strict=True):
            for gram, posting in postings.items():
                found[gram] += (before, posting)
    texts, names, initials = lists
    # Most grams stand in texts alone.
    lines = dict(zip(texts, map("".join, texts.values()), strict=True))
    for gram in names.keys() | initials.keys():
        lines[gram] = _line(*["".join(found.get(gram, ())) for found in lists])
    made: dict[int, Shard] = {number: {} for number in (range(shards) if wanted is None else wanted)}
    for gram in sorted(lines):
        shard = made.get(shard_of(gram, shards))
        if shard is not None:
            shard[gram] = lines[gram]
    return made


def _line(*postings: str) -> str:
    return "|".join(postings).rstrip("|")


def patch(shard: Shard, changes: Iterable[PostingChange], width: int) -> Shard:
    """Return a shard after postings of some units changed; the same as `merged` would make of all units."""
    changed = dict(shard)
    for kind, gram, unit, posting in changes:
        lists = [*changed.get(gram, "").split("|"), "", ""][:3]
        lists[kind] = _replaced(lists[kind], unit_number(unit, width), posting)
        line = _line(*lists)
        if line:
            changed[gram] = line
        else:
            changed.pop(gram, None)
    return dict(sorted(changed.items()))


def _replaced(postings: str, unit: str, posting: str) -> str:
    """Return the postings of a gram with another one for a unit."""
    found: list[str] = []
    start = 0
    for end, sign in enumerate(postings, 1):
        if sign in _CLOSING:
            found.append(postings[start:end])
            start = end
    others = [one for one in found if not one.startswith(unit)]
    return "".join(sorted([*others, unit + posting] if posting else others, key=lambda one: one[: len(unit)]))


_CLOSING = frozenset((ALL, LISTED, MAPPED))


def changes_of(unit: int, before: UnitPostings, after: UnitPostings) -> Iterable[PostingChange]:
    """Yield what changed in a unit."""
    for kind, (former, now) in enumerate(zip(before.kinds, after.kinds, strict=True)):
        for gram in {gram for gram, _ in former.items() ^ now.items()}:
            yield PostingChange(kind, gram, unit, now.get(gram, ""))


_DECODER = Decoder(Shard)


def write_shard(number: int, shard: Mapping[str, str]) -> bytes:
    """Return the file of a shard."""
    start, end = script_ends(shard_name(number))
    return start + script_value(shard) + end


def read_shard(number: int, content: bytes) -> Shard:
    """Return the shard that a file holds; raise msgspec.DecodeError where it holds none."""
    start, end = script_ends(shard_name(number))
    return _DECODER.decode(content[len(start) : len(content) - len(end)])
