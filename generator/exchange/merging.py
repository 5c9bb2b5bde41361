"""Join what two sides changed of one record, field by field and row by row, and prove that nothing was lost."""

from collections.abc import Sequence
from typing import NamedTuple

import yaml
from msgspec.structs import replace

from generator.exchange.merge_proof import Proof
from generator.exchange.outline import Outline, UnusualError, outline_of
from generator.exchange.part_merging import Conflict, Joining, joined_lines, marked, resolved, written
from generator.exchange.section_outline import halves_of, sections_of
from generator.exchange.yaml_lines import LOADER
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.model.places import without_places
from generator.model.records import Record


class Merged(NamedTuple):
    """What became of two changes of one file."""

    text: str
    """With LF line ends; with conflict marks around what somebody has to choose."""
    conflicts: tuple[Conflict, ...] = ()
    """None where everything could be joined."""


class Sides(NamedTuple):
    """Three versions of one file's text, with LF line ends."""

    base: str
    ours: str
    theirs: str


class Marks(NamedTuple):
    """How conflicts are marked."""

    size: int = 7
    ours: str = "我方"
    theirs: str = "对方"


MARKS = Marks()


def merged(
    sides: Sides, file: SourceFile, forms: FormLibrary, by_lines: str | None = None, marks: Marks = MARKS
) -> Merged | None:
    """Return both sides' changes in one text; None where one of the versions cannot be read as a record.

    `by_lines` is what git's own merge of lines gave, where that was clean: it is taken if it says what both sides say.
    """
    if sides.theirs in (sides.ours, sides.base):
        return Merged(sides.ours)
    if sides.ours == sides.base:
        return Merged(sides.theirs)
    proof = Proof(sides, file, forms)
    if not proof.is_readable or not all(_is_yaml(text, file) for text in sides):
        return None
    whole = ("funding",) if _is_unit_at_odds(*proof.records) else ()
    if by_lines is not None and not whole and proof.holds(by_lines):
        return Merged(by_lines)
    lines, conflicts = _joined(sides, Joining(whole), is_markdown=file.is_markdown) or _as_a_whole(sides)
    chosen = [conflict.path for conflict in conflicts]
    if not all(proof.holds("\n".join(resolved(lines, theirs=side)), chosen) for side in (False, True)):
        lines, conflicts = _as_a_whole(sides)
    return Merged("\n".join(written(lines, marks.size, (marks.ours, marks.theirs))), tuple(conflicts))


def is_readable(text: str, file: SourceFile, forms: FormLibrary) -> bool:
    """Tell whether one version can be read as a record."""
    return Proof((text,), file, forms).is_readable and _is_yaml(text, file)


def _is_yaml(text: str, file: SourceFile) -> bool:
    """Tell whether a text is YAML as it stands: readers mend what they can, and what they mend nobody wrote."""
    try:
        for _ in yaml.parse(halves_of(text).yaml if file.is_markdown else text, Loader=LOADER):
            pass
    except (UnusualError, yaml.YAMLError):
        return False
    return True


def _is_unit_at_odds(base: Record, ours: Record, theirs: Record) -> bool:
    """Tell whether one side changed the unit of amounts that the other changed or left as they were in another one."""
    units = [record.funding.unit.text if record.funding else "" for record in (base, ours, theirs)]
    amounts = [_amounts(record) for record in (base, ours, theirs)]
    if units[1] == units[2]:
        return bool(units[0]) and units[1] != units[0] and amounts[1] != amounts[2]
    # A side that changed the unit, and the other one with the amounts it changed.
    return any(units[one] != units[0] and amounts[other] != amounts[0] for one, other in ((1, 2), (2, 1)))


_NO_AMOUNTS = ("points", "execution_rate", "score", "review_score", "adjustment_reason")


def _amounts(record: Record) -> object:
    rows = record.funding.rows if record.funding else ()
    kept = (replace(row, cells={key: row.cells[key] for key in row.cells if key not in _NO_AMOUNTS}) for row in rows)
    return without_places(tuple(kept))


class _Joined(NamedTuple):
    lines: list[str]
    """With what somebody has to choose between signs."""
    conflicts: Sequence[Conflict]


def _joined(sides: Sides, joining: Joining, *, is_markdown: bool) -> _Joined | None:
    """Join three texts part by part; None where that cannot be done."""
    try:
        if not is_markdown:
            lines = _outline_lines([outline_of(text) for text in sides], joining)
            return _Joined(lines, joining.conflicts) if lines is not None else None
        halves = [halves_of(text) for text in sides]
        front = _outline_lines([outline_of(half.yaml) for half in halves], joining)
        body = _outline_lines([sections_of(half.body) for half in halves], joining)
    except (UnusualError, yaml.YAMLError):
        return None
    if front is None or body is None:
        return None
    # The line end before the second mark belongs to that mark.
    mark = "-" + front[0][1:]
    return _Joined([mark, *(front[1:-1] if not front[-1] else front[1:]), *body], joining.conflicts)


def _outline_lines(outlines: Sequence[Outline], joining: Joining) -> list[str] | None:
    base, ours, theirs = outlines
    lines = joining.blocks(base.root, ours.root, theirs.root, ())
    if lines is None:
        return None
    return [*joined_lines(base.head, ours.head, theirs.head), *lines, *joined_lines(base.tail, ours.tail, theirs.tail)]


def _as_a_whole(sides: Sides) -> _Joined:
    """Return both texts to choose from, but for the lines that both begin and end with."""
    ours, theirs = sides.ours.split("\n"), sides.theirs.split("\n")
    first = _alike(ours, theirs)
    last = _alike(ours[first:][::-1], theirs[first:][::-1])
    one, other = (side[first : len(side) - last] for side in (ours, theirs))
    path = ("这几行要整段选择",)
    lines = [*ours[:first], *marked(one, other, path), *ours[len(ours) - last :]]
    return _Joined(lines, [Conflict(path, "", "", "")])


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many lines two texts begin with alike."""
    pairs = zip(ours, theirs, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))
