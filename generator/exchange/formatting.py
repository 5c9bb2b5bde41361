"""Put the keys of a record's file into the order of its form; nothing else about the file changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from msgspec.structs import replace

from generator.exchange.existing import Present, read_again
from generator.exchange.key_order import key_order, positions
from generator.exchange.replacing import UNEVEN, is_even
from generator.exchange.updating import Updated, front_matter
from generator.exchange.yaml_lines import LOADER
from generator.model.forms import FormDefinition, FormLibrary
from generator.model.places import without_places
from generator.model.records import Record
from generator.vocabulary import Place, term_for

_Order = Mapping[Place, Sequence[str]]


def formatted(present: Present, forms: FormLibrary) -> Updated:
    """Return a record's file with its keys in the order of its form.

    Comments stay with the key below them. Rows and groups keep their order, for the form prints them so.
    """
    record = present.record
    if record is None or not present.is_sound:
        return Updated(present.text, "文件有错误，请先照 jixiao check 改正")
    try:
        text = in_order(present, forms.by_identifier(record.layout))
    except yaml.YAMLError:
        return Updated(present.text, "有不能自动调整的 YAML 写法，请手工调整")
    if text == present.text:
        return Updated(text)
    if not is_even(present.text, present.data):
        return Updated(present.text, UNEVEN)
    after, _ = read_again(text, present.file, forms)
    # Whatever a file may hold, what it says is proved to be the same before anybody writes it.
    if after is None or _said(after) != _said(record) or Counter(text) != Counter(present.text):
        return Updated(present.text, "调整之后读不回同样的内容，请手工调整")
    return Updated(text)


def _said(record: Record) -> tuple[object, list[str]]:
    return without_places(replace(record, comments=())), sorted(cell.text for cell in record.comments)


def in_order(present: Present, form: FormDefinition) -> str:
    """Return a file's text with its keys in order; raise yaml.YAMLError where it is no YAML."""
    root = yaml.compose(front_matter(present), Loader=LOADER)
    lines = present.text.split("\n")
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return present.text
    end = root.end_mark.line + (1 if root.end_mark.column else 0)
    return "\n".join(_Reordering(lines, key_order(form)).record(root, end))


class _Reordering:
    """Moves the lines of one file; every method returns the lines of what it is about in their new order."""

    def __init__(self, lines: Sequence[str], order: _Order) -> None:
        self._lines = list(lines)
        self._order = order

    def record(self, root: Any, end: int) -> list[str]:  # noqa: ANN401  PyYAML publishes no types of its nodes
        """Return all lines of the file."""
        start = root.start_mark.line
        return [*self._lines[:start], *self._mapping(root, start, end, Place.RECORD), *self._lines[end:]]

    def _mapping(self, node: Any, start: int, end: int, place: Place | None) -> list[str]:  # noqa: ANN401
        """Return the lines of a block mapping; `place` tells in which order its keys belong, if any."""
        column = node.start_mark.column
        keys = [key.value for key, _ in node.value]
        starts = [start, *(self._with_comments(key, column) for key, _ in node.value[1:]), end]
        dash = self._lines[start][:column]
        if dash.strip():
            self._lines[start] = " " * column + self._lines[start][column:]
        parts = [
            self._entry(key, value, starts[number], starts[number + 1], place)
            for number, (key, value) in enumerate(node.value)
        ]
        moved = [line for number in self._positions(keys, place) for line in parts[number]]
        if dash.strip():
            first = next(number for number, line in enumerate(moved) if not line.lstrip().startswith("#"))
            moved[first] = dash + moved[first][column:]
        return moved

    def _positions(self, keys: Sequence[str], place: Place | None) -> Sequence[int]:
        """Return the new order of the keys of one mapping; those that are levels keep theirs, for it is printed."""
        is_level = place is Place.INDICATOR and not any(_is_name(key) for key in keys)
        if place is None or place not in self._order or is_level:
            return range(len(keys))
        return positions(keys, place, self._order[place])

    def _with_comments(self, key: Any, column: int) -> int:  # noqa: ANN401
        """Return the first line of what belongs to a key: the comments right above it, that stand in line with it."""
        line = key.start_mark.line
        while line > 0 and self._lines[line - 1].startswith(" " * column + "#"):
            line -= 1
        return int(line)

    def _entry(self, key: Any, value: Any, start: int, end: int, place: Place | None) -> list[str]:  # noqa: ANN401
        below = place_below(place, key.value, value)
        if isinstance(value, yaml.MappingNode) and value.value:
            if value.flow_style:
                self._flow(value, below)
            elif value.start_mark.line > key.start_mark.line:
                inner = value.start_mark.line
                return [*self._lines[start:inner], *self._mapping(value, inner, end, below)]
        if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
            return self._sequence(value, start, end, below)
        return self._lines[start:end]

    def _sequence(self, node: Any, start: int, end: int, place: Place | None) -> list[str]:  # noqa: ANN401
        """Return the lines of a list, whose items keep their order."""
        items = node.value
        starts = [*(item.start_mark.line for item in items), end]
        found = self._lines[start : starts[0]]
        for item, first, last in zip(items, starts, starts[1:], strict=False):
            if isinstance(item, yaml.MappingNode) and item.value and not item.flow_style:
                found += self._mapping(item, first, last, place)
            else:
                if isinstance(item, yaml.MappingNode) and item.value:
                    self._flow(item, place)
                found += self._lines[first:last]
        return found

    def _flow(self, node: Any, place: Place | None) -> None:  # noqa: ANN401
        """Put what stands in braces on one line in order."""
        line = node.start_mark.line
        if node.end_mark.line != line:
            return
        text = self._lines[line]
        # What stands in the line behind a key that moved in another file is found by its marks, so these stay true.
        pieces = [text[key.start_mark.column : value.end_mark.column] for key, value in node.value]
        order = self._positions([key.value for key, _ in node.value], place)
        for (key, value), new in reversed(list(zip(node.value, order, strict=True))):
            text = text[: key.start_mark.column] + pieces[new] + text[value.end_mark.column :]
        self._lines[line] = text


def _is_name(key: str) -> bool:
    term = term_for(Place.INDICATOR, key)
    return term is not None and term.identifier == "name"


_BLOCKS = {
    "objective": Place.OBJECTIVE,
    "indicators": Place.INDICATOR,
    "long_term_indicators": Place.INDICATOR,
    "total": Place.TOTAL,
    "source": Place.SOURCE,
    "waivers": Place.WAIVER,
    "replies": Place.REPLY,
    "unconfirmed": Place.UNCONFIRMED,
    "corrections": Place.CORRECTION,
}


def place_below(place: Place | None, key: str, value: Any) -> Place | None:  # noqa: ANN401
    """Return in which part of a record the keys of a value stand."""
    if place is Place.RECORD:
        term = term_for(Place.RECORD, key)
        identifier = term.identifier if term else ""
        return Place.FUNDING if identifier == "funding" else _BLOCKS.get(identifier)
    if place is Place.FUNDING:
        # Rows stand below the block itself or below a group of it.
        keys = [one.value for one, _ in value.value] if isinstance(value, yaml.MappingNode) else []
        return Place.FUNDING_ROW if any(term_for(Place.FUNDING_ROW, one) for one in keys) else Place.FUNDING
    # Levels lead to levels or to rows, and a row may have rows below it.
    return place if place is Place.INDICATOR else None
