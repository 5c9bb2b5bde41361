"""Which part of one text is which part of another, and in which order parts of both stand."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from generator.exchange.outline import Block, Part, Shape
from generator.exchange.row_matching import Matching
from generator.text import folded

_Name = int | tuple[str, int]
"""The number of a part of the base, or which side added it and its number there."""
_Names = dict[_Name, Part]


class Trio(NamedTuple):
    """One part as it was, and as each side has it; None where it is missing."""

    base: Part | None
    ours: Part | None
    theirs: Part | None


class Trios(NamedTuple):
    """The parts of three blocks."""

    parts: tuple[Trio, ...]
    """In the order of the outcome."""
    is_settled: bool
    """Whether there is one order; where both sides moved the same parts, somebody has to say."""


def trios(base: Block | None, ours: Block, theirs: Block) -> Trios:
    """Put together what is the same part of three blocks."""
    old = base.parts if base else ()
    our_names = _names(old, ours, "ours")
    their_names = _renamed(our_names, _names(old, theirs, "theirs"))
    order, is_settled = _in_order(range(len(old)), list(our_names), list(their_names))
    found = [
        Trio(old[name] if isinstance(name, int) else None, our_names.get(name), their_names.get(name)) for name in order
    ]
    # The order of fields is that of the form, however a file has them.
    is_free = all(part.is_field for part in (*ours.parts, *theirs.parts))
    return Trios(tuple(found), is_settled or is_free)


def matched(before: Block, after: Block) -> Sequence[tuple[Part | None, Part | None]]:
    """Pair the parts of two blocks."""
    return _matched(before.parts, after.parts, is_list=after.shape is Shape.LIST)


def _matched(old: Sequence[Part], new: Sequence[Part], *, is_list: bool) -> Sequence[tuple[Part | None, Part | None]]:
    matching = Matching(old, new)
    if is_list:
        # Of several rows with one name, those that did not change are themselves.
        matching.by(lambda part: (part.identity, part.meaning))
        matching.by(lambda part: part.identity)
        matching.by(lambda part: None if part.identity is None else folded(part.word))
        matching.reworded(lambda _: None, lambda part: part.word)
    else:
        matching.by(lambda part: part.identity)
        # A key without parts says too little to be known under another name.
        matching.by(_content)
        matching.reworded(lambda part: part.below is None or part.is_field or None, _group_name)
    return matching.pairs()


def _content(part: Part) -> Hashable:
    return part.meaning if part.below is not None and not part.is_field else None


def _group_name(part: Part) -> str:
    return part.word if part.below is not None and not part.is_field else ""


def _names(old: Sequence[Part], side: Block, whose: str) -> _Names:
    """Return the parts of a side in its order, each by the number of the part of the base it is, or by a new name."""
    numbers = {id(part): number for number, part in enumerate(old)}
    pairs = _matched(old, side.parts, is_list=side.shape is Shape.LIST)
    known = {id(after): numbers[id(before)] for before, after in pairs if before is not None and after is not None}
    return {known.get(id(part), (whose, number)): part for number, part in enumerate(side.parts)}


def _renamed(ours: _Names, theirs: _Names) -> _Names:
    """Return the parts of the other side, with our name for what both sides added."""
    new, other = ([part for name, part in names.items() if isinstance(name, tuple)] for names in (ours, theirs))
    matching = Matching(new, other)
    matching.by(lambda part: (part.identity, part.meaning))
    matching.by(lambda part: part.identity)
    our_names = {id(part): name for name, part in ours.items()}
    same = {id(after): our_names[id(before)] for before, after in matching.pairs() if before and after}
    return {same.get(id(part), name): part for name, part in theirs.items()}


def _in_order(base: Sequence[_Name], ours: Sequence[_Name], theirs: Sequence[_Name]) -> tuple[list[_Name], bool]:
    """Return all names of both sides in one order, and whether that is the only one."""
    ours_moved, theirs_moved = (_common(base, side) != _common(side, base) for side in (ours, theirs))
    is_settled = not (ours_moved and theirs_moved) or _common(ours, theirs) == _common(theirs, ours)
    leading, other = (ours, theirs) if ours_moved or not theirs_moved else (theirs, ours)
    order = list(leading)
    for number, name in enumerate(other):
        if name in order:
            continue
        before = next((one for one in reversed(other[:number]) if one in order), None)
        place = order.index(before) + 1 if before is not None else 0
        # What the leading side added at the same place comes first.
        while place < len(order) and before in leading and order[place] in leading and order[place] not in other:
            place += 1
        order.insert(place, name)
    return order, is_settled


def _common(one: Sequence[_Name], other: Sequence[_Name]) -> list[_Name]:
    return [name for name in one if name in other]
