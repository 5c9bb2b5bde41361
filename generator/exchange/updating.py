"""Change single values of a record's file where they stand; comments, order and all other lines stay as they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from generator.exchange.existing import Present, read_again
from generator.exchange.importing import is_sound
from generator.exchange.record_difference import Change, Difference, format_difference, record_differences
from generator.exchange.replacing import UNEVEN, is_even
from generator.exchange.yaml_lines import LOADER, block_lines
from generator.load.yaml_values import quoted
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Prose
from generator.origin import Span

_PLAIN = re.compile(r"[^\W_][\w.%()（）≥≤＝·、。/+-]*|[≥≤][\w.%()（）/]*")
_NOT_TEXT = re.compile(r"(?i:~|null)")
_KEY_BEFORE = re.compile(r"(?P<indent> *)[^\s\-{\[][^{\[]*: *")


class Updated(NamedTuple):
    """What a file would be, or why it cannot be changed."""

    text: str
    fault: str = ""
    """In Chinese; empty where the text is the new one."""


class _Edit(NamedTuple):
    """One stretch of the text and what takes its place."""

    start: int
    end: int
    text: str


class RefusedError(Exception):
    """One value that cannot be changed in place; its text says why, in Chinese."""


def updated(present: Present, differences: Sequence[Difference], forms: FormLibrary) -> Updated:
    """Return the text of a record's file with every difference put right, or why that cannot be done."""
    before = present.record
    if before is None or not present.is_sound:
        return Updated("", "现有的文件有错误；请先改正")
    if not is_even(present.text, present.data):
        return Updated("", f"现有的文件{UNEVEN}")
    try:
        places = _places(present)
        edits = [_edit(difference, present.text, places) for difference in differences]
        text = _edited(present.text, edits)
    except (RefusedError, yaml.YAMLError) as refusal:
        return Updated("", str(refusal))
    after, findings = read_again(text, present.file, forms)
    # What was meant to change must have changed, and nothing else.
    wanted = [(one.path, one.after) for one in differences]
    if (
        after is None
        or not is_sound(findings)
        or [(one.path, one.after) for one in record_differences(before, after)] != wanted
    ):
        return Updated("", "改动之后读不回同样的内容；请手工修改")
    return Updated(text)


def _edit(difference: Difference, text: str, places: "dict[Span, _Place]") -> _Edit:
    shown = format_difference(difference)
    before, after = difference.cell_before, difference.cell_after
    if difference.change is not Change.CHANGED:
        raise RefusedError(f"增减整行要手工修改：{shown}")
    if before is None or after is None:
        raise RefusedError(
            f"现有的文件没有这一栏，要手工加上：{shown}" if after is not None else f"要手工修改：{shown}"
        )
    return _replacing(before, after, text, places, shown)


class Replacement(NamedTuple):
    """One value and what takes its place."""

    before: Cell
    after: Cell
    shown: str
    """What to call it."""


def with_cells(present: Present, replacements: Iterable[Replacement]) -> str:
    """Return the text of a file with some values written in the place of others.

    Raises RefusedError where one is no value of its own, and yaml.YAMLError where the file is no YAML.
    """
    places = _places(present)
    return _edited(present.text, [_replacing(*one[:2], present.text, places, one.shown) for one in replacements])


def _replacing(before: Cell | Prose, after: Cell | Prose, text: str, places: "dict[Span, _Place]", shown: str) -> _Edit:
    place = places.get(before.span)
    if place is None:
        raise RefusedError(f"这一处不是单独的一个值，要手工修改：{shown}")
    value = _written(after, place, text, shown)
    if not value and place.is_flow and text[: place.start].rstrip()[-1:] in ("[", ","):
        # In brackets nothing at all is no item.
        value = '""'
    # Behind a key with nothing after it the blank is missing too.
    joint = " " if place.start == place.end and text[place.start - 1 : place.start] == ":" else ""
    bare = int(not value and text[place.start - 2 : place.start] == ": " and text[place.end : place.end + 1] == "\n")
    return _Edit(place.start - bare, place.end, joint + value)


class _Place(NamedTuple):
    """Where a value stands in the text."""

    start: int
    end: int
    is_flow: bool
    """Whether it stands in braces or brackets."""


def _written(cell: Cell | Prose, place: _Place, text: str, shown: str) -> str:
    """Return a value as it is written in the place of another."""
    if isinstance(cell, Cell) and cell.unreadable:
        return f"{{无法辨认: {quoted(cell.unreadable)}}}"
    is_block = text[place.start : place.start + 1] in ("|", ">")
    if "\n" not in cell.text and not is_block:
        return written_scalar(cell.text)
    line = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    key = _KEY_BEFORE.fullmatch(line)
    if place.is_flow or key is None or not cell.text.strip():
        raise RefusedError(f"几行的文字要手工修改：{shown}")
    bar, *lines = block_lines(cell.text)
    lines = [key["indent"] + line if line else "" for line in lines]
    return "\n".join([bar, *lines]) + ("\n" if is_block else "")


def written_scalar(text: str) -> str:
    """Return a value of one line, in quotes where YAML might take it for anything else."""
    if not text:
        return ""
    is_plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return text if is_plain else quoted(text)


def _places(present: Present) -> dict[Span, _Place]:
    """Return every value of the file's YAML by where it begins, a mapping in braces for what is said of a cell too."""
    starts = [0, *(match.end() for match in re.finditer("\n", present.text))]
    return dict(_values(yaml.parse(front_matter(present), Loader=LOADER), starts))


def front_matter(present: Present) -> str:
    """Return the YAML of a record's file, each line where it stands there."""
    if not present.file.is_markdown:
        return present.text
    # The texts below the second mark are no YAML; the first mark becomes a comment, so that lines stay where they are.
    head, mark, _ = present.text.partition("\n---")
    return "#" + head[1:] + "\n" if mark else ""


def _values(events: Iterable[Any], starts: Sequence[int]) -> Iterator[tuple[Span, _Place]]:
    open_: list[Any] = []
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            yield _place(event.start_mark, event.end_mark, starts, is_flow=_in_flow(open_))
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            begun = open_.pop()
            if isinstance(event, yaml.MappingEndEvent) and begun.flow_style:
                yield _place(begun.start_mark, event.end_mark, starts, is_flow=_in_flow(open_))


def _in_flow(open_: Sequence[Any]) -> bool:
    return bool(open_) and bool(open_[-1].flow_style)


def _place(start: Any, end: Any, starts: Sequence[int], *, is_flow: bool) -> tuple[Span, _Place]:  # noqa: ANN401  PyYAML publishes no type of its marks
    first, last = (starts[mark.line] + mark.column for mark in (start, end))
    return Span(start.line + 1, start.column + 1), _Place(first, last, is_flow)


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
