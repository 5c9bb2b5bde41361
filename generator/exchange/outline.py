"""A record's YAML as parts within parts, each with its own lines, so that parts of two texts can be put together."""

from collections.abc import Hashable, Sequence
from enum import Enum
from typing import Any

import yaml
from msgspec import Struct

from generator.exchange.formatting import place_below
from generator.exchange.yaml_lines import LOADER, YamlLines
from generator.vocabulary import Place, term_for


class UnusualError(Exception):
    """A way of writing YAML whose parts have no lines of their own."""


class Shape(Enum):
    """How the parts of a block are written."""

    KEYS = "keys"
    """A key to a line."""
    BRACES = "braces"
    """Keys in braces, all on one line."""
    LIST = "list"


class Leaf(Struct, frozen=True):
    """A value without parts."""

    text: str
    """What it says."""
    before: str
    """The line up to the value: the key and its colon; empty in a list."""
    source: tuple[str, ...]
    """The value as written, line by line."""
    behind: str
    """What follows on its last line: a comment."""

    @property
    def is_block(self) -> bool:
        """Tell whether it is a text below its key, line by line."""
        return self.source[0][:1] in ("|", ">")

    @property
    def is_lines(self) -> bool:
        """Tell whether it is written as it reads, without a key or quotes."""
        return not self.before and "\n".join(self.source) == self.text


class Part(Struct, frozen=True):
    """A key with its value, or an item of a list."""

    word: str
    """What to call it: the key, or the name of a row."""
    identity: Hashable
    """The same for the same field or row of another text."""
    is_field: bool
    """Whether the vocabulary knows the key, so that its order among others is not printed."""
    lead: tuple[str, ...]
    """The lines above that belong to it: comments and blank ones."""
    lines: tuple[str, ...]
    """Its own lines, as if it stood at the left margin; an item without its dash."""
    dash: int
    """How far an item stands behind its dash; 0 for a key."""
    meaning: Hashable
    """What it says, whatever the order of keys, quotes and comments."""
    below: "Block | None"
    leaf: Leaf | None
    """Its value where that has no parts and is written in the usual way."""


class Block(Struct, frozen=True):
    """The parts of a mapping or a list."""

    shape: Shape
    indent: int
    """How far it stands to the right of the key it belongs to."""
    place: Place | None
    """In which part of a record its keys stand, as far as the vocabulary knows them."""
    parts: tuple[Part, ...]
    behind: str = ""
    """What follows behind closing braces."""


class Outline(Struct, frozen=True):
    """A whole YAML text."""

    head: tuple[str, ...]
    """Comments and marks before the first key."""
    root: Block
    tail: tuple[str, ...]
    """What follows the last value."""


def outline_of(text: str) -> Outline:
    """Return the parts of a YAML text.

    Raises UnusualError where parts have no lines of their own, and yaml.YAMLError where it is no YAML.
    """
    lines = YamlLines(text, text)
    root = lines.root
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        raise UnusualError
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=LOADER)):
        raise UnusualError
    reading = _Reading(lines, text.split("\n"))
    first = root.start_mark.line
    block = reading.keys(root, first, 0, Place.RECORD)
    end = lines.end_of(root) + 1
    return Outline(tuple(reading.lines[:first]), block, tuple(reading.lines[end:]))


class _Reading:
    def __init__(self, yaml_lines: YamlLines, lines: list[str]) -> None:
        self._yaml = yaml_lines
        self.lines = lines

    def keys(self, node: Any, start: int, outer: int, place: Place | None) -> Block:  # noqa: ANN401  PyYAML publishes no types of its nodes
        """Return a block mapping whose lines begin at `start`, in a part at column `outer`."""
        column = node.start_mark.column
        is_level = place is Place.INDICATOR and not any(_names(key.value) for key, _ in node.value)
        parts = []
        for key, value in node.value:
            line = key.start_mark.line
            if not isinstance(key, yaml.ScalarNode) or key.start_mark.column != column or key.end_mark.line != line:
                raise UnusualError
            end = max(line, self._yaml.end_of(value))
            lead = [] if line < start else self._dedented(self.lines[start:line], column)
            term = term_for(place, key.value) if place is not None and not is_level else None
            below, leaf = self._below(key, value, column, place)
            parts.append(
                Part(
                    word=key.value,
                    identity=term.identifier if term else (key.value,),
                    is_field=term is not None,
                    lead=tuple(lead),
                    lines=self._own(line, end, column),
                    dash=0,
                    meaning=_meaning(value),
                    below=below,
                    leaf=leaf,
                )
            )
            start = end + 1
        return _checked(Block(Shape.KEYS, column - outer, place, tuple(parts)))

    def _below(self, key: Any, value: Any, column: int, place: Place | None) -> tuple[Block | None, Leaf | None]:  # noqa: ANN401
        inner = place_below(place, key.value, value) if place is not None else None
        if not isinstance(value, yaml.ScalarNode) and value.value:
            line = value.start_mark.line
            if value.flow_style:
                is_short = isinstance(value, yaml.MappingNode) and line == key.start_mark.line == value.end_mark.line
                return (self._braces(value, inner), None) if is_short else (None, None)
            if line > key.start_mark.line:
                first = key.start_mark.line + 1
                if isinstance(value, yaml.MappingNode):
                    return self.keys(value, first, column, inner), None
                return self._list(value, first, column, inner), None
            return None, None
        return None, self._leaf(value, key.start_mark.line, column)

    def _list(self, node: Any, start: int, outer: int, place: Place | None) -> Block:  # noqa: ANN401
        column = node.start_mark.column
        parts = []
        for item in node.value:
            mark = item.start_mark
            dash = self.lines[mark.line][: mark.column]
            if dash.strip() != "-" or dash.index("-") != column:
                raise UnusualError
            end = max(mark.line, self._yaml.end_of(item))
            below, leaf = None, None
            if isinstance(item, yaml.MappingNode) and item.value:
                if item.flow_style:
                    below = self._braces(item, place) if item.end_mark.line == mark.line else None
                else:
                    below = self.keys(item, mark.line, mark.column, place)
            elif isinstance(item, yaml.ScalarNode):
                leaf = self._leaf(item, mark.line, mark.column)
            parts.append(
                Part(
                    word=_word(item, place),
                    identity=_identity(item, place),
                    is_field=False,
                    lead=tuple(self._dedented(self.lines[start : mark.line], column)),
                    lines=self._own(mark.line, end, mark.column),
                    dash=mark.column - column,
                    meaning=_meaning(item),
                    below=below,
                    leaf=leaf,
                )
            )
            start = end + 1
        return Block(Shape.LIST, column - outer, place, tuple(parts))

    def _braces(self, node: Any, place: Place | None) -> Block:  # noqa: ANN401
        line = self.lines[node.start_mark.line]
        parts = []
        for key, value in node.value:
            term = term_for(place, key.value) if place is not None else None
            start = key.start_mark.column
            source = line[value.start_mark.column : value.end_mark.column]
            leaf = None
            if isinstance(value, yaml.ScalarNode):
                leaf = Leaf(value.value, line[start : value.start_mark.column].rstrip() + " ", (source,), "")
            parts.append(
                Part(
                    word=key.value,
                    identity=term.identifier if term else (key.value,),
                    is_field=term is not None,
                    lead=(),
                    lines=(line[start : value.end_mark.column],),
                    dash=0,
                    meaning=_meaning(value),
                    below=None,
                    leaf=leaf,
                )
            )
        return _checked(Block(Shape.BRACES, 0, place, tuple(parts), line[node.end_mark.column :]))

    def _leaf(self, node: Any, line: int, column: int) -> Leaf | None:  # noqa: ANN401
        start, end = node.start_mark, node.end_mark
        if start.line != line:
            return None
        before = self.lines[line][column : start.column]
        if node.style in ("|", ">"):
            return Leaf(node.value, before, self._own(line, self._yaml.end_of(node), column, start.column), "")
        last = self.lines[end.line]
        if end.line == line:
            return Leaf(node.value, before, (last[start.column : end.column],), last[end.column :])
        first, *middle = self._own(line, end.line - 1, column, start.column)
        source = (first, *middle, last[column : end.column] if last[:column].isspace() else last[: end.column])
        return Leaf(node.value, before, source, last[end.column :])

    def _own(self, line: int, end: int, column: int, start: int | None = None) -> tuple[str, ...]:
        """Return lines as if they stood at the margin; of the first one what stands from `start` on."""
        first = self.lines[line][column if start is None else start :]
        return (first, *self._dedented(self.lines[line + 1 : end + 1], column))

    @staticmethod
    def _dedented(lines: Sequence[str], column: int) -> list[str]:
        # A comment may stand further left than what it is about.
        return [line[column:] if not line[:column].strip() else line.lstrip() for line in lines]


def _checked(block: Block) -> Block:
    identities = [part.identity for part in block.parts]
    if len(set(identities)) != len(identities):
        raise UnusualError
    return block


def _names(key: str) -> bool:
    term = term_for(Place.INDICATOR, key)
    return term is not None and term.identifier == "name"


_ROW = ("level1", "level2", "name", "level4")
_ITEM = {
    Place.INDICATOR: _ROW,
    Place.WAIVER: ("rule", "field"),
    Place.REPLY: ("rule", "field"),
    Place.UNCONFIRMED: ("field",),
    Place.CORRECTION: ("item", "date"),
}


def _identity(item: Any, place: Place | None) -> Hashable:  # noqa: ANN401
    """Return what makes an item the same in two texts; None where only its whole content does."""
    words = _named(item, place)
    return words if any(words) else None


def _named(item: Any, place: Place | None) -> tuple[str, ...]:  # noqa: ANN401
    if place not in _ITEM or not isinstance(item, yaml.MappingNode):
        return ()
    found = {}
    for key, value in item.value:
        term = term_for(place, key.value) if isinstance(key, yaml.ScalarNode) else None
        if term is not None and isinstance(value, yaml.ScalarNode):
            found[term.identifier] = value.value
    return tuple(found.get(one, "") for one in _ITEM[place])


def _word(item: Any, place: Place | None) -> str:  # noqa: ANN401
    return " ".join(word for word in _named(item, place) if word) or _text(item)


def _text(node: Any) -> str:  # noqa: ANN401
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return " ".join(map(_text, node.value))
    return " ".join(_text(value) for _, value in node.value)


def _meaning(node: Any) -> Hashable:  # noqa: ANN401
    if isinstance(node, yaml.ScalarNode):
        is_plain = node.style is None
        return "" if is_plain and node.value in ("~", "null") else node.value.rstrip("\n")
    if isinstance(node, yaml.SequenceNode):
        return ("list", *map(_meaning, node.value))
    return frozenset((_text(key), _meaning(value)) for key, value in node.value)
