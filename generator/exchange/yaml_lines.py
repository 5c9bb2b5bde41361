"""Put lines into a YAML text and take them out, where its keys and rows stand; all other lines stay as they are."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from generator.origin import Span

LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


class Entry(NamedTuple):
    """A key of a mapping and its value, as PyYAML's nodes."""

    key: Any
    value: Any


class YamlLines:
    """A YAML text and where everything in it stands; each change gives a new text."""

    def __init__(self, text: str, yaml_text: str) -> None:
        """Take a file's text, and the YAML of it with each line where it stands there; raises yaml.YAMLError."""
        self._lines = text.split("\n")
        self.root = yaml.compose(yaml_text, Loader=LOADER)
        self.end = yaml_text.count("\n") + 1
        """Last line of the YAML, from 1."""

    def mapping_at(self, span: Span) -> Any | None:  # noqa: ANN401  PyYAML publishes no types of its nodes
        """Return the mapping that begins at a place, or that is the value of the key at a place."""
        return _found(self.root, span)

    def sequence_around(self, span: Span) -> tuple[Any, int] | None:
        """Return the list whose item begins at a place, and which item that is."""
        return _item(self.root, span)

    def entries_to(self, span: Span) -> list[tuple[Any, Entry]]:
        """Return the mappings around a value that begins at a place, outermost first, each with its key that leads there."""
        return _entries_to(self.root, span)

    def with_entry(self, mapping: Any, key: str, value: Sequence[str], behind: str) -> str:  # noqa: ANN401
        """Return the text with one more key in a mapping that has some, behind another key of it.

        `value` is the lines of the value: what stands behind the colon, then further lines, indented from the key on.
        """
        before = next((one for one in entries_of(mapping) if one.key.value == behind), entries_of(mapping)[-1])
        if mapping.flow_style:
            return self._with_text(before.value.end_mark, f", {key}: {value[0] or chr(34) * 2}")
        column = mapping.start_mark.column
        new = [f"{key}: {value[0]}".rstrip(), *(f"{line}" for line in value[1:])]
        return self._with_lines(self.last_line(before) + 1, _indented(new, column))

    def with_value(self, mapping: Any, key: str, value: Sequence[str]) -> str:  # noqa: ANN401
        """Return the text with a whole value written anew behind its key; `value` as in `with_entry`."""
        entry = next(one for one in entries_of(mapping) if one.key.value == key)
        first, mark = int(entry.key.start_mark.line), entry.key.end_mark
        # What stands behind a value on its line, a comment, stays.
        end = entry.value.end_mark
        rest = self._lines[first][end.column :].removeprefix(":") if end.line == first else ""
        tail = rest if rest.strip().startswith("#") else ""
        head = f"{self._lines[first][: mark.column]}:{value[0] and ' '}{value[0]}{tail}".rstrip()
        lines = list(self._lines)
        lines[first : self.last_line(entry) + 1] = [head, *_indented(value[1:], mapping.start_mark.column)]
        return "\n".join(lines)

    def without_entry(self, mapping: Any, key: str) -> str:  # noqa: ANN401
        """Return the text without one of several keys of a mapping."""
        entries = entries_of(mapping)
        number = next(number for number, one in enumerate(entries) if one.key.value == key)
        if mapping.flow_style:
            return self._without_flow(entries, number)
        here = entries[number]
        first, column = here.key.start_mark.line, mapping.start_mark.column
        lines = list(self._lines)
        dash = lines[first][:column]
        if dash.strip() and number + 1 < len(entries):
            following = entries[number + 1].key.start_mark.line
            lines[following] = dash + lines[following][column:]
        del lines[first : self.last_line(here) + 1]
        return "\n".join(lines)

    def with_item(self, sequence: Any, number: int, row: Sequence[str]) -> str:  # noqa: ANN401
        """Return the text with one more item in a list; `row` is the lines of its mapping."""
        items = sequence.value
        line = self.end_of(items[number - 1]) + 1 if number else items[0].start_mark.line
        column = sequence.start_mark.column
        lines = [" " * column + ("  " if position else "- ") + part for position, part in enumerate(row)]
        return self._with_lines(line, [one.rstrip() for one in lines])

    def without_item(self, sequence: Any, number: int) -> str:  # noqa: ANN401
        """Return the text without one of several items of a list."""
        item = sequence.value[number]
        lines = list(self._lines)
        del lines[item.start_mark.line : self.end_of(item) + 1]
        return "\n".join(lines)

    def last_line(self, entry: Entry) -> int:
        """Return the last line of a key and its value, from 0; comments and blanks behind it are not part of it."""
        return max(int(entry.key.end_mark.line), self.end_of(entry.value))

    def end_of(self, node: Any) -> int:  # noqa: ANN401
        """Return the last line of a value, from 0."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
            return self.last_line(entries_of(node)[-1])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
            return self.end_of(node.value[-1])
        line = int(node.end_mark.line)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            # What the parser counts to a block goes on to the next key, blank lines and all.
            line -= node.end_mark.column == 0 and line > node.start_mark.line
            while line > node.start_mark.line and not self._lines[line].strip():
                line -= 1
        return line

    def _with_lines(self, number: int, new: Sequence[str]) -> str:
        return "\n".join([*self._lines[:number], *new, *self._lines[number:]])

    def _with_text(self, mark: Any, text: str) -> str:  # noqa: ANN401
        lines = list(self._lines)
        line = lines[mark.line]
        lines[mark.line] = line[: mark.column] + text + line[mark.column :]
        return "\n".join(lines)

    def _without_flow(self, entries: Sequence[Entry], number: int) -> str:
        here = entries[number]
        if number + 1 < len(entries):
            start, end = here.key.start_mark, entries[number + 1].key.start_mark
        else:
            start, end = entries[number - 1].value.end_mark, here.value.end_mark
        lines = list(self._lines)
        lines[start.line : end.line + 1] = [lines[start.line][: start.column] + lines[end.line][end.column :]]
        return "\n".join(lines)


def block_lines(text: str) -> list[str]:
    """Return the lines of a text as a value of several lines, from the bar behind its key on.

    Blanks at the ends of lines are kept, for Markdown breaks lines with them. Where the text begins with a blank, how far
    its lines are indented has to be said.
    """
    lines = text.rstrip("\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    return [f"|{INDENT if first[:1].isspace() else ''}", *_indented(lines, INDENT)]


INDENT = 2
"""How far the lines of a text stand to the right of its key."""


def _indented(lines: Sequence[str], column: int) -> list[str]:
    """Return lines further to the right; blank ones stay blank."""
    return [" " * column + line if line.strip() else "" for line in lines]


def entries_of(mapping: Any) -> list[Entry]:  # noqa: ANN401
    """Return the keys and values of a mapping."""
    return [Entry(*pair) for pair in mapping.value]


def _found(node: Any, span: Span) -> Any | None:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        if _is_at(node, span):
            return node
        for key, value in node.value:
            if _is_at(key, span) and isinstance(value, yaml.MappingNode):
                return value
    return next((found for below in _below(node) if (found := _found(below, span)) is not None), None)


def _item(node: Any, span: Span) -> tuple[Any, int] | None:  # noqa: ANN401
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if _is_at(item, span):
                return node, number
    return next((found for below in _below(node) if (found := _item(below, span)) is not None), None)


def _entries_to(node: Any, span: Span) -> list[tuple[Any, Entry]]:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        for entry in entries_of(node):
            if _is_at(entry.value, span):
                return [(node, entry)]
            if below := _entries_to(entry.value, span):
                return [(node, entry), *below]
    elif isinstance(node, yaml.SequenceNode):
        return next((found for item in node.value if (found := _entries_to(item, span))), [])
    return []


def _below(node: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _is_at(node: Any, span: Span) -> bool:  # noqa: ANN401
    mark = node.start_mark
    return bool((mark.line + 1, mark.column + 1) == (span.line, span.column))
