"""What one side may have moved to another list while the other side moved it elsewhere or took it out.

A row is the same one as long as it stays in its list. Elsewhere it is a new row, and nobody can say whether it is the
one that is missing there: where both sides did something to that one, somebody has to choose.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.exchange.outline import Block, Part, Shape
from generator.exchange.part_matching import HALF, Trio, in_common, is_called_alike, is_level, trios
from generator.text import folded
from generator.vocabulary import Place

_NOTHING = Block(Shape.KEYS, 0, None, ())


class _Found(NamedTuple):
    """One row of three texts."""

    place: Place | None
    trio: Trio


def doubtful(base: Block, ours: Block, theirs: Block) -> Mapping[int, Part]:
    """Return what a side added that may be what both sides took from elsewhere, by its id: the part it may have been."""
    rows = list(_rows(base, ours, theirs))
    found: dict[int, Part] = {}
    for side in (1, 2):
        touched = [row for row in rows if _is_touched(row.trio, side)]
        for row in rows:
            new = row.trio[side]
            if new is None or not _is_new(row.trio, side):
                continue
            for place, (former, *sides) in touched:
                if former is None or former is row.trio.base or place != row.place:
                    continue
                here = sides[side - 1]
                if _is_other(former, here):
                    found |= {id(new): former} if _resembles(former, new) else {}
                elif here is not None and in_common(former, here) < HALF <= in_common(former, new):
                    # What has its name now is hardly the same.
                    found |= {id(new): former, id(here): former}
    return found


def guesses(base: Block, ours: Block, theirs: Block) -> Mapping[int, frozenset[Hashable]]:
    """Return what the sides may call a part otherwise, by the id of the part of the base: keys as of `key_of`."""
    found: dict[int, frozenset[Hashable]] = {}
    for trio in trios(base, ours, theirs).parts:
        if trio.base is not None and trio.is_guess:
            sides = [part for part in trio[1:] if part is not None]
            found[id(trio.base)] = frozenset(key_of(part) for part in sides if not is_called_alike(trio.base, part))
        found |= guesses(*_below(trio))
    return found


def key_of(part: Part) -> Hashable:
    """Return what tells a part from others of its block."""
    return part.identity, part.meaning if part.identity is None else None


def _rows(base: Block, ours: Block, theirs: Block) -> Iterator[_Found]:
    """Yield all rows of three texts: what stands in lists, and keys that no vocabulary knows with all below them."""
    place = base.place or ours.place or theirs.place
    for trio in trios(base, ours, theirs).parts:
        if any(part is not None and is_level(part) for part in trio):
            yield from _rows(*_below(trio))
        elif not any(part is not None and part.is_field for part in trio):
            yield _Found(place, trio)


def _below(trio: Trio) -> tuple[Block, Block, Block]:
    base, ours, theirs = ((part.below if part else None) or _NOTHING for part in trio)
    return base, ours, theirs


def _is_touched(trio: Trio, side: int) -> bool:
    """Tell whether a row is not as it was on the other side."""
    other = trio[3 - side]
    return trio.base is not None and (other is None or other.meaning != trio.base.meaning)


def _is_new(trio: Trio, side: int) -> bool:
    """Tell whether one side alone has a row, or has it in the place of another one."""
    return trio[3 - side] is None if trio.base is None else _is_other(trio.base, trio[side])


def _is_other(base: Part, part: Part | None) -> bool:
    return part is None or not is_called_alike(base, part)


def _resembles(former: Part, new: Part) -> bool:
    return folded(former.word) == folded(new.word) or in_common(former, new) >= HALF


def formers(part: Part, found: Mapping[int, Part]) -> Sequence[Part]:
    """Return the parts that a part or anything in it may have been."""
    below = [one for inner in (part.below.parts if part.below else ()) for one in formers(inner, found)]
    return [*([found[id(part)]] if id(part) in found else []), *below]
