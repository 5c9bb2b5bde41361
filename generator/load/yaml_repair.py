"""Mend a text in memory and still point at places of the text as its author sees it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from generator.load.tree import Mapping, Node, Row, Scalar, Sequence
from generator.origin import Origin, Span


class Edit(NamedTuple):
    """A replacement of part of one text; it never adds or removes a line."""

    start: int
    end: int
    replacement: str


class _Moved(Struct, frozen=True):
    """Columns of one line, from 0: what stood where before and after an edit."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int


class Repair:
    """A text with its edits made."""

    edits: tuple[Edit, ...]
    """Those that were made, in the order of the text."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._moved: defaultdict[int, list[_Moved]] = defaultdict(list)
        parts: list[str] = []
        made: list[Edit] = []
        position = line = line_start = length = after_line_start = 0
        for edit in sorted(edits):
            if edit.start < position:
                continue
            made.append(edit)
            between = text[position : edit.start]
            parts.append(between)
            length += len(between)
            if "\n" in between:
                line += between.count("\n")
                line_start = text.rindex("\n", 0, edit.start) + 1
                after_line_start = length - (edit.start - line_start)
            after = length - after_line_start
            self._moved[line].append(
                _Moved(edit.start - line_start, edit.end - line_start, after, after + len(edit.replacement))
            )
            parts.append(edit.replacement)
            length += len(edit.replacement)
            position = edit.end
            if "\n" in text[edit.start : edit.end]:
                # A value of several lines, mended as a whole; its later lines keep their columns.
                line += text.count("\n", edit.start, edit.end)
                line_start = text.rindex("\n", 0, edit.end) + 1
                after_line_start = length - (len(edit.replacement) - edit.replacement.rindex("\n") - 1)
        self.text = "".join([*parts, text[position:]])
        self.edits = tuple(made)

    def span(self, span: Span) -> Span:
        """Return where a place of the mended text stands in the text as written."""
        column = span.column - 1
        line_moved = self._moved.get(span.line - 1, [])
        index = bisect_right(line_moved, column, key=lambda moved: moved.after_start) - 1
        if index < 0:
            return span
        moved = line_moved[index]
        if column >= moved.after_end:
            return Span(span.line, column - moved.after_end + moved.before_end + 1)
        return Span(span.line, min(column - moved.after_start + moved.before_start, moved.before_end) + 1)

    def origin(self, origin: Origin) -> Origin:
        """Return where a place of the mended file stands in the file as written."""
        return Origin(origin.path, *self.span(Span(origin.line, origin.column)))

    def node(self, node: Node) -> Node:
        """Return a tree with its places as in the text as written."""
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, Sequence):
            return Sequence(tuple(self.node(item) for item in node.items), self.span(node.span))
        return self.mapping(node.mapping() if isinstance(node, Row) else node)

    def mapping(self, mapping: Mapping) -> Mapping:
        """Return a mapping with its places as in the text as written."""
        entries = tuple((self._scalar(key), self.node(value)) for key, value in mapping.entries)
        return Mapping(entries, self.span(mapping.span))

    def _scalar(self, scalar: Scalar) -> Scalar:
        return scalar._replace(span=self.span(scalar.span))
