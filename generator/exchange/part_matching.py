"""Which part of one text is which part of another, and in which order parts of both stand."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from generator.exchange.outline import Block, Part, Shape
from generator.exchange.row_matching import ALIKE, Matching, likeness
from generator.text import folded

_Name = int | tuple[str, int]
"""The number of a part of the base, or which side added it and its number there."""
_Names = dict[_Name, Part]
HALF = 0.5
"""How much two parts must have in common to be taken for one that was renamed."""
_TELLING = 3
"""How many values tell a row from others that happen to have the same."""
_NAMES = ("name", "level1", "level2", "level4", "label")


class Trio(NamedTuple):
    """One part as it was, and as each side has it; None where it is missing."""

    base: Part | None
    ours: Part | None
    theirs: Part | None

    @property
    def is_guess(self) -> bool:
        """Tell whether a side calls it so differently that it may be another part in the place of the former."""
        base = self.base
        return base is not None and any(part and not is_called_alike(base, part) for part in (self.ours, self.theirs))


class Trios(NamedTuple):
    """The parts of three blocks."""

    parts: tuple[Trio, ...]
    """In the order of the outcome; last those that neither side has any more."""
    is_settled: bool
    """Whether there is one order; where both sides moved the same parts, somebody has to say."""


def trios(base: Block | None, ours: Block, theirs: Block) -> Trios:
    """Put together what is the same part of three blocks."""
    old = base.parts if base else ()
    our_names = _names(old, ours, "ours")
    their_names = _renamed(our_names, _names(old, theirs, "theirs"))
    our_names, their_names = _guessed(old, our_names, their_names)
    order, is_settled = _in_order(range(len(old)), list(our_names), list(their_names))
    found = [
        Trio(old[name] if isinstance(name, int) else None, our_names.get(name), their_names.get(name)) for name in order
    ]
    found += [Trio(part, None, None) for number, part in enumerate(old) if number not in order]
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
        # Next to those that hold most of the same.
        several = {name for parts in (old, new) for name in _several(part.identity for part in parts)}
        matching.alike(lambda part: part.identity if part.identity in several else None, _likeness_of_same)
        _take_over(matching, old, new)
        matching.by(lambda part: part.identity)
        matching.by(lambda part: None if part.identity is None else folded(part.word))
        matching.reworded(lambda _: None, lambda part: part.word)
    else:
        matching.by(lambda part: part.identity)
        # A key without parts says too little to be known under another name.
        matching.by(_content)
        matching.reworded(lambda part: part.below is None or part.is_field or None, _group_name)
    return matching.pairs()


def _several(identities: Iterable[Hashable]) -> set[Hashable]:
    return {name for name, number in Counter(identities).items() if number > 1 and name is not None}


def _likeness_of_same(one: Part, other: Part) -> tuple[float, bool]:
    return in_common(one, other), False


def _take_over(matching: Matching[Part], old: Sequence[Part], new: Sequence[Part]) -> None:
    """Pair a row whose name is gone with the one that has all it held, though that has the name of another row."""
    names = [{part.identity for part in parts} for parts in (old, new)]
    held = [Counter(cells for part in parts if len(cells := _cells(part)) >= _TELLING) for parts in (old, new)]

    def taken(part: Part, *, is_old: bool) -> Hashable:
        cells = _cells(part)
        is_alone = part.identity is not None and all(count[cells] == 1 for count in held)
        is_there = part.identity in names[is_old]
        return cells if is_alone and is_there != is_old else None

    old_ids = {id(part) for part in old}
    matching.by(lambda part: taken(part, is_old=id(part) in old_ids))


def is_called_alike(one: Part, other: Part) -> bool:
    """Tell whether two parts have the same name, or one that was reworded."""
    if one.identity == other.identity and (one.identity is not None or one.meaning == other.meaning):
        return True
    return folded(one.word) == folded(other.word) or likeness(one.word, other.word) >= ALIKE


def is_level(part: Part) -> bool:
    """Tell whether a part has rows of its own, or a field with such."""
    if part.dash or part.below is None:
        return False
    return part.is_field or part.below.shape is Shape.LIST or not all(below.is_field for below in part.below.parts)


def in_common(one: Part, other: Part) -> float:
    """Return how much of what two parts hold is the same, whatever they are called: from 0 to 1."""
    old, new = _cells(one), _cells(other)
    return len(old & new) / max(len(old), len(new), 1)


def _cells(part: Part) -> frozenset[Hashable]:
    """Return what a part holds, without blanks and without its name."""
    meaning = part.meaning
    if part.below is not None:
        if is_level(part):
            return frozenset(below.meaning if below.identity is None else below.identity for below in part.below.parts)
        held = [(below.identity, below.meaning) for below in part.below.parts if below.identity not in _NAMES]
        return frozenset(cell for cell in held if cell[1] != "")
    if isinstance(meaning, tuple):
        return frozenset(cell for cell in enumerate(meaning[1:]) if cell[1] != "")
    if isinstance(meaning, frozenset):
        return frozenset(cell for cell in meaning if cell[1] != "")
    return frozenset(() if meaning == "" else (meaning,))


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


def _guessed(old: Sequence[Part], ours: _Names, theirs: _Names) -> tuple[_Names, _Names]:
    """Take what a side added for a part that it no longer has, where it holds much the same.

    What one side may have renamed must not be there twice because the other side renamed it too, nor stay where the
    other side took it out. Where both sides lack a part and both added one, nobody can tell: it is the same one.
    """
    sides = ours, theirs
    new = [_added(side, other) for side, other in (sides, sides[::-1])]
    gone = [[number for number, part in enumerate(old) if number not in side and not part.is_field] for side in sides]
    found = [
        _best((in_common(old[number], part), number, name) for number in missing for name, part in parts.items())
        for missing, parts in zip(gone, new, strict=True)
    ]
    left = [[name for name in parts if name not in known] for parts, known in zip(new, found, strict=True)]
    for number in gone[0]:
        lacking = [side for side in (0, 1) if number in gone[1] and number not in found[side].values()]
        if all(left[side] for side in lacking):
            for side in lacking:
                found[side][left[side].pop(0)] = number
    one, other = (
        {known.get(name, name): part for name, part in side.items()} for side, known in zip(sides, found, strict=True)
    )
    return one, other


def _added(side: _Names, other: _Names) -> _Names:
    """Return what one side alone added, but fields, which nobody renames."""
    return {
        name: part for name, part in side.items() if isinstance(name, tuple) and name not in other and not part.is_field
    }


def _best(likeness: Iterable[tuple[float, int, _Name]]) -> dict[_Name, _Name]:
    """Return for new parts the numbers of those they are taken for, the most alike first."""
    found: dict[_Name, _Name] = {}
    for alike, number, name in sorted(likeness, key=lambda one: (-one[0], one[1])):
        if alike >= HALF and name not in found and number not in found.values():
            found[name] = number
    return found


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
