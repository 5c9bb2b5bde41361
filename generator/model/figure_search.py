"""Which figure or row of a form the words of a correction name."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.model.figure_groups import EXTRA, STEP, Group, Table, TableLine
from generator.model.figure_lines import Line
from generator.model.figure_sheet import Sheet
from generator.model.records import Correction
from generator.text import folded

POSITION = "行次"
"""What the place of a row among the others is called, as if it were one of its cells."""


class UndoingError(ValueError):
    """A correction that cannot be taken back."""

    def __init__(self, correction: Correction) -> None:
        super().__init__(correction.item)
        self.correction = correction


class NamesNothingError(UndoingError):
    """Its item names no figure or row of the form."""

    def __init__(self, correction: Correction, words: Sequence[str]) -> None:
        """`words` has what things of the form are called in the place of the word that names nothing."""
        super().__init__(correction)
        self.words = words


class NamesSeveralError(UndoingError):
    """Its item names several."""

    def __init__(self, correction: Correction, ways: Sequence[str]) -> None:
        """`ways` has the full way to each."""
        super().__init__(correction)
        self.ways = ways


class OneSidedError(UndoingError):
    """It does not say which row came or went: one side has to be a row, the other one none."""


class DiffersError(UndoingError):
    """What it calls new is not what was printed after it."""

    def __init__(self, correction: Correction, printed: str, *, later: Correction | None) -> None:
        """Take what was `printed`, and the `later` correction that says so; None where the form itself does."""
        super().__init__(correction)
        self.printed, self.later = printed, later


class Figure(Struct, frozen=True):
    """A single figure of a sheet."""

    group: Group
    key: str

    @property
    def way(self) -> str:
        """The whole way to it, in the form's words."""
        return STEP.join((*self.group.way, POSITION if self.key == POSITION else self.group.title_of(self.key)))


def figure_of(sheet: Sheet, correction: Correction) -> Figure:
    """Return the single figure that a correction is about."""
    for parts in _readings(correction.item):
        found = _alike(sheet.groups(), parts)
        if len(found) == 1:
            return found[0]
        if found:
            raise NamesSeveralError(correction, [one.way for one in found])
    blank = _blank_extra(sheet, correction)
    if blank is not None:
        return blank
    raise NamesNothingError(correction, _words_near(sheet, correction.item))


def _alike(groups: Iterable[Group], parts: Sequence[str]) -> list[Figure]:
    """Return the figures that words lead to: by what rows are called, or else by what they are called later on."""
    known = list(groups)
    for ways in ([(one, (one.way,)) for one in known], [(one, one.aliases) for one in known]):
        found = {
            (id(one.group), one.key): (one, way)
            for group, own in ways
            for way in own
            for one in _in_group(group, way, parts)
        }
        exact = [one for one, way in found.values() if _is_whole(way, parts)]
        if found:
            return exact if len(exact) == 1 else [one for one, _ in found.values()]
    return []


def _blank_extra(sheet: Sheet, correction: Correction) -> Figure | None:
    """Return a column of no known word that the form does not have any more."""
    parts = _parts(correction.item)
    if correction.new.text or len(parts) < 1:
        return None
    above = parts[:-1]
    title = correction.item.split("›")[-1].strip()
    found = [
        group for group in sheet.groups() if above and _leads(above, group.way) and above[-1] == folded(group.way[-1])
    ]
    found = [group for group in found if isinstance(group, Line) or group in (sheet.extra, sheet.weights)]
    if not above:
        found = [sheet.extra]
    if len(found) != 1:
        return None
    return Figure(found[0], f"{EXTRA}{title}" if isinstance(found[0], Line) else title)


def _readings(item: str) -> Iterable[tuple[str, ...]]:
    """Yield the parts of a way; what `jixiao diff` prints has a colon before the last of them."""
    yield _parts(item)
    head, colon, tail = item.rpartition("：")
    if colon:
        yield (*_parts(head), *_parts(tail))


def _parts(item: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in item.split("›") if part.strip())


def _in_group(group: Group, way: Sequence[str], parts: Sequence[str]) -> Iterable[Figure]:
    if not parts:
        return
    if _leads(parts[:-1], way):
        if isinstance(group, Line) and parts[-1] == POSITION and len(parts) > 1:
            yield Figure(group, POSITION)
        else:
            key = group.key_of(parts[-1])
            # A column that the vocabulary knows is in every row; one that is not written has to be led to.
            if key is not None and (len(parts) > 1 or key in group.cells or key in group.labels):
                yield Figure(group, key)
    if isinstance(group, Line) and group.is_lone and _leads(parts, way) and parts[-1] == folded(way[-1]):
        yield Figure(group, "amount")


def _leads(parts: Sequence[str], way: Sequence[str]) -> bool:
    """Tell whether words lead to a group: its own in their order, some of them left out, but not the last."""
    if not parts:
        return True
    words = [folded(word) for word in way]
    if not words or parts[-1] != words[-1]:
        return False
    rest = iter(words[:-1])
    return all(part in rest for part in parts[:-1])


def _is_whole(way: Sequence[str], parts: Sequence[str]) -> bool:
    words = tuple(map(folded, way))
    own = (*words, parts[-1])
    return tuple(parts) in (own, own[1:], words, words[1:])


def row_of(sheet: Sheet, correction: Correction) -> Group:
    """Return the row, or the whole table, that a correction is about."""
    parts = _parts(correction.item)
    rows = [group for group in sheet.groups() if isinstance(group, Line | Table | TableLine)]
    for ways in ([(row, (row.way,)) for row in rows], [(row, row.aliases) for row in rows]):
        found = {id(row): (row, way) for row, own in ways for way in own if parts and _leads(parts, way)}
        exact = [row for row, way in found.values() if tuple(map(folded, way)) in (parts, (folded(way[0]), *parts))]
        if len(exact) == 1 or len(found) == 1:
            return exact[0] if len(exact) == 1 else next(row for row, _ in found.values())
        if found:
            raise NamesSeveralError(correction, [STEP.join(row.way) for row, _ in found.values()])
    raise NamesNothingError(correction, [STEP.join(row.way) for row in rows])


def _words_near(sheet: Sheet, item: str) -> list[str]:
    """Return what things are called where a way goes wrong: the columns of the row it leads to, or all rows."""
    above = _parts(item)[:-1]
    groups = [group for group in sheet.groups() if above and _leads(above, group.way)]
    if groups:
        return list(dict.fromkeys(title for group in groups for title in group.all()))
    return list(dict.fromkeys(group.way[-1] for group in sheet.groups() if group.way))
