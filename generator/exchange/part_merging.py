"""Put the parts of two changed texts together, each taken from the side that changed it."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from generator.exchange.line_merging import merged_lines
from generator.exchange.moved_parts import doubtful, formers
from generator.exchange.outline import Block, Leaf, Part, Shape
from generator.exchange.part_matching import Trio, trios
from generator.exchange.record_difference import STEP
from generator.exchange.yaml_lines import INDENT, block_lines
from generator.vocabulary import Place, term_for

Chosen = TypeVar("Chosen")

_SIGN = "\0"
"""Begins the lines between which somebody has to choose; no text that was read has this character."""
_OURS, _THEIRS, _END = (f"{_SIGN}{sign}" for sign in "<=>")


class Conflict(NamedTuple):
    """What both sides changed, and not alike."""

    path: tuple[str, ...]
    """From the outside in, in the record's own words."""
    base: str
    """What it said before, on one line; empty where it was not there."""
    ours: str
    theirs: str

    def __str__(self) -> str:
        said = (
            (name, text) for name, text in (("原来", self.base), ("我方", self.ours), ("对方", self.theirs)) if text
        )
        words = "，".join(f"{name} {text}" for name, text in said)
        return f"{label_of(self.path)}：{words}" if words else label_of(self.path)


class Joining:
    """Joins parts, and notes what somebody has to choose."""

    def __init__(self, whole: Collection[str] = ()) -> None:
        """`whole` has the identifiers of those fields of the record that are chosen as a whole where both changed them."""
        self.conflicts: list[Conflict] = []
        self._whole = whole
        self._doubtful: Mapping[int, Part] = {}

    def blocks(self, base: Block | None, ours: Block, theirs: Block, path: tuple[str, ...]) -> list[str] | None:
        """Return the lines of a block, as if it stood at the left margin; None where its parts have no one order."""
        if not path:
            self._doubtful = doubtful(base or Block(ours.shape, 0, None, ()), ours, theirs)
        found = trios(base, ours, theirs)
        if not found.is_settled:
            return None
        lines: list[str] = []
        for trio in found.parts:
            lines += self._part(trio, path)
        return lines

    def _part(self, trio: Trio, path: tuple[str, ...]) -> list[str]:
        base, ours, theirs = trio
        some = ours or theirs or base
        if some is None or (ours is None and theirs is None):
            return []
        here = (*path, (base or some).word)
        if ours is None or theirs is None:
            there = ours or theirs
            if there is None or (base is not None and _is_same(base, there)):
                return []
            if base is None:
                former = formers(there, self._doubtful)
                if former:
                    return [*there.lead, *self._choice(trio, here, former[0])]
                return [*there.lead, *_dashed(there.lines, there.dash)]
            return [*there.lead, *self._choice(trio, here)]
        lead = joined_lines(base.lead if base else (), ours.lead, theirs.lead)
        return [*lead, *self._changed(trio, here)]

    def _changed(self, trio: Trio, path: tuple[str, ...]) -> list[str]:
        """Return the lines of a part that both sides have."""
        base, ours, theirs = trio
        if ours is None or theirs is None:
            return []
        is_doubtful = any(id(part) in self._doubtful for part in (ours, theirs))
        has_doubts = any(formers(part, self._doubtful) for part in (ours, theirs))
        chosen = None if has_doubts else _untouched(base, ours, theirs)
        if chosen is not None:
            return _dashed(chosen.lines, chosen.dash)
        if is_doubtful or trio.is_guess or self._is_whole(path) or _is_renamed_twice(trio):
            return self._choice(trio, path)
        before = len(self.conflicts)
        lines = self._inside(trio, path)
        # Markers cannot stand between a dash and its first key, nor within what is only written once for several.
        is_whole = lines is not None and (not ours.dash or not lines[0].startswith(_SIGN))
        if lines is None or not is_whole:
            del self.conflicts[before:]
            return self._choice(trio, path)
        return _dashed(lines, ours.dash)

    def _is_whole(self, path: tuple[str, ...]) -> bool:
        term = term_for(Place.RECORD, path[0]) if len(path) == 1 else None
        return term is not None and term.identifier in self._whole

    def _inside(self, trio: Trio, path: tuple[str, ...]) -> list[str] | None:
        """Return the lines of a part made from what is inside; None where that cannot be put together."""
        base, ours, theirs = trio
        if ours is None or theirs is None:
            return None
        if ours.below and theirs.below and (base is None or _is_group(base)):
            if base is None and ours.dash:
                return None
            return self._groups(base, ours, theirs, path)
        if base is not None and base.leaf and ours.leaf and theirs.leaf:
            return self._leaves(base.leaf, ours.leaf, theirs.leaf, path)
        return None

    def _groups(self, base: Part | None, ours: Part, theirs: Part, path: tuple[str, ...]) -> list[str] | None:
        old, one, other = base.below if base else None, ours.below, theirs.below
        if one is None or other is None or (one.shape is Shape.LIST) != (other.shape is Shape.LIST):
            return None
        if old is not None and (old.shape is Shape.LIST) != (one.shape is Shape.LIST):
            return None
        # Who wrote the block in another way than it was is followed.
        leads_theirs = old is not None and one.shape is old.shape
        shape, part, block = (other.shape, theirs, other) if leads_theirs else (one.shape, ours, one)
        if shape is Shape.BRACES:
            return self._braces(base, part, (old, one, other), path)
        lines = self.blocks(old, one, other, path)
        if lines is None:
            return None
        if part.dash:
            return lines
        head = part.lines[0] if base is None else _pick(base.lines[0], ours.lines[0], theirs.lines[0])
        if old is not None and shape is not old.shape:
            return [part.lines[0], *_indented(lines, " " * block.indent)]
        indent = block.indent if old is None else _pick(old.indent, one.indent, other.indent)
        return [head, *_indented(lines, " " * indent)]

    def _braces(
        self, base: Part | None, part: Part, blocks: tuple[Block | None, Block, Block], path: tuple[str, ...]
    ) -> list[str] | None:
        """Return a mapping in braces; where somebody has to choose, the line as each side would have it."""
        found = trios(*blocks)
        is_noted = any(some.leaf and some.leaf.behind.strip() for trio in found.parts for some in trio if some)
        if base is None or not found.is_settled or part.below is None or is_noted:
            return None
        pieces: tuple[list[str], list[str]] = ([], [])
        for trio in found.parts:
            lines = self._part(trio, path)
            for number, side in enumerate(pieces):
                chosen = resolved(lines, theirs=bool(number))
                if len(chosen) > 1:
                    return None
                # A colon before a brace would be part of its key.
                side += [f"{line.strip()} " if line.rstrip().endswith(":") else line.strip() for line in chosen]
        before, behind = part.lines[0].partition("{")[0], part.below.behind
        one, other = (f"{before}{{{', '.join(side)}}}{behind}" for side in pieces)
        return [one] if one == other else marked([one], [other], self.conflicts[-1].path)

    def _leaves(self, base: Leaf, ours: Leaf, theirs: Leaf, path: tuple[str, ...]) -> list[str] | None:
        before = _pick(base.before, ours.before, theirs.before)
        behind = _pick(base.behind, ours.behind, theirs.behind)
        if theirs.text in (ours.text, base.text):
            source = _pick(base.source, ours.source, theirs.source) if ours.text == base.text else ours.source
            return _value_lines(before, source, behind)
        if ours.text == base.text:
            return _value_lines(before, theirs.source, behind)
        texts = base.text, ours.text, theirs.text
        if all("\n" in text for text in texts) and (ours.is_block or ours.is_lines):
            return self._texts(ours, (before, behind), texts, path)
        return None

    def _texts(self, ours: Leaf, around: tuple[str, str], texts: Sequence[str], path: tuple[str, ...]) -> list[str]:
        """Return a text of several lines that both sides changed."""
        lines: list[str] = []
        for hunk in merged_lines(*(text.rstrip("\n").split("\n") for text in texts)):
            if hunk.is_clear:
                lines += hunk.ours
            else:
                lines += marked(hunk.ours, hunk.theirs, path)
                self.conflicts.append(Conflict(path, "", _line(hunk.ours), _line(hunk.theirs)))
        if not ours.is_block:
            return lines
        bar = block_lines("\n".join(line for line in lines if not line.startswith(_SIGN)))[0]
        return [f"{around[0]}{bar}{around[1]}", *_indented(lines, " " * INDENT)]

    def _choice(self, trio: Trio, path: tuple[str, ...], former: Part | None = None) -> list[str]:
        """Return a part as each side has it, to choose from; `former` is what a new one may have been elsewhere."""
        self.conflicts.append(Conflict(path, *map(_shown, trio._replace(base=trio.base or former))))
        one, other = (_dashed(part.lines, part.dash) if part else [] for part in (trio.ours, trio.theirs))
        return marked(one, other, path)


def joined_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return comments and blank lines of both sides: nothing that either added is left out."""
    lines: list[str] = []
    for hunk in merged_lines(base, ours, theirs):
        lines += [*hunk.ours, *(line for line in hunk.theirs if line not in hunk.ours and line.strip())]
    return lines


def resolved(lines: Sequence[str], *, theirs: bool) -> list[str]:
    """Return lines with everything chosen from one side."""
    chosen, side = [], ""
    for line in lines:
        if line.startswith(_SIGN):
            side = "" if line == _END else line[:2]
        elif side in ("", _THEIRS if theirs else _OURS):
            chosen.append(line)
    return chosen


def written(lines: Sequence[str], size: int, names: tuple[str, str]) -> list[str]:
    """Return lines with the marks that git users know, of a length; `names` is what to call the two sides."""
    signs = {_THEIRS: "=" * size, _END: f"{'>' * size} {names[1]}"}
    return [
        f"{'<' * size} {names[0]}：{line[2:]}" if line.startswith(_OURS) else signs.get(line, line) for line in lines
    ]


def marked(ours: Sequence[str], theirs: Sequence[str], path: Sequence[str]) -> list[str]:
    """Return lines to choose from."""
    return [_OURS + label_of(path), *ours, _THEIRS, *theirs, _END]


def label_of(path: Sequence[str]) -> str:
    """Return what a conflict is about: 产出指标 › 数量指标 › 开展培训次数 › 得分."""
    steps = [" ".join(word.split()) for word in path]
    # The block of all indicators says nothing that the next step does not.
    is_row = len(steps) > 1 and (term := term_for(Place.RECORD, steps[0])) and term.identifier == "indicators"
    return STEP.join(steps[1:] if is_row else steps)


def _untouched(base: Part | None, ours: Part, theirs: Part) -> Part | None:
    """Return the side that has the whole part as it is to be; None where both changed it."""
    if base is not None and theirs.lines == base.lines:
        return ours
    if base is not None and ours.lines == base.lines:
        return theirs
    if ours.lines == theirs.lines or (base is None and ours.meaning == theirs.meaning):
        return ours
    return None


def _pick(base: Chosen, ours: Chosen, theirs: Chosen) -> Chosen:
    return theirs if ours == base else ours


def _is_same(base: Part, part: Part) -> bool:
    """Tell whether a side left a part as it was."""
    return base.meaning == part.meaning and (bool(base.dash) or base.is_field or base.word == part.word)


def _is_renamed_twice(trio: Trio) -> bool:
    """Tell whether both sides gave a key another name, and not the same."""
    base, ours, theirs = trio
    if base is None or ours is None or theirs is None or base.dash:
        return False
    return not base.is_field and len({base.word, ours.word, theirs.word}) == 3  # noqa: PLR2004  one name each


def _is_group(part: Part) -> bool:
    return part.below is not None or (part.leaf is not None and not part.leaf.text)


def _shown(part: Part | None) -> str:
    return "" if part is None else _line([part.leaf.text] if part.leaf else part.lines)


def _line(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())


def _value_lines(before: str, source: Sequence[str], behind: str) -> list[str]:
    """Return a key and its value; behind a colon without a value the blank is missing."""
    start = f"{before.rstrip()} " if before.strip() and source[0] else before
    lines = [start + source[0], *source[1:]]
    lines[-1] += behind if len(lines) == 1 or source[0][:1] not in ("|", ">") else ""
    return [lines[0].rstrip(), *lines[1:]]


def _dashed(lines: Sequence[str], dash: int) -> list[str]:
    """Return the lines of an item with its dash; those of a key as they are."""
    if not dash:
        return list(lines)
    first, *others = lines
    return [("-".ljust(dash) + first).rstrip(), *_indented(others, " " * dash)]


def _indented(lines: Sequence[str], indent: str) -> list[str]:
    return [line if line.startswith(_SIGN) or not line else indent + line for line in lines]
