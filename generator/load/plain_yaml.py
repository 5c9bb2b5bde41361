"""A fast reader for YAML written the usual way: one key or value a line, block texts, braces within a line.

Nearly every record is written so, and the general reader spends most of a build on what such a text cannot hold:
slips, anchors, tags, nested braces. This one takes a text only where it is sure, and then gives the very tree that
the general reader gives, places included; for anything else it gives None, and the general reader decides.
"""

import re

from generator.load.plain_flow import read_flow
from generator.load.plain_rows import QUOTED, VALUE, WORD, RowPattern, pattern_at
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence
from generator.origin import Span
from generator.patterns import lazy_pattern
from generator.text import is_printable
from generator.vocabulary import TERMS, Place

_LINE = lazy_pattern(
    rf"(?P<indent> *)(?P<dash>- )?(?P<key>{WORD}):"
    rf"(?: (?:(?P<plain>{VALUE})|(?P<quoted>{QUOTED})|(?P<flow>[{{\[][^\n]+)|(?P<block>\|)))?(?: +# [^\n]*)?\n"
)
_BESIDE = lazy_pattern(r" *(?:#[^\n]*)?\n")
"""A line between others: empty, or only a comment."""
_BLOCK = lazy_pattern(r"(?:(?P<indent> +)[^ \n][^\n]*\n)(?:(?:(?P=indent)[^\n]*+| *+)\n)*+")
QUOTED_SIGN = lazy_pattern(r"[“”](?P<inner>[-—–/]|[<>≥≤＞＜=]*[ ]?[\d.,]+[%％]?)[“”]")
"""A figure or a dash in Chinese quotes, which the general reader reports."""
_LONGEST = 200_000
_MOST_LINES = 3_000
_DEEPEST = 12
_MOST_PATTERNS = 3

_ROWS_OF = {
    label: Place.FUNDING_ROW if term.identifier == "funding" else Place.INDICATOR
    for term in TERMS[Place.RECORD]
    if term.identifier in {"funding", "indicators", "long_term_indicators"}
    for label in (term.label, *term.synonyms)
}
"""Which rows stand below a key of a record."""

_new = tuple.__new__


class _Open:
    """A list or mapping still being read."""

    __slots__ = ("column", "entries", "is_list", "key", "span")

    def __init__(self, column: int, span: Span, *, is_list: bool) -> None:
        self.column = column
        self.span = span
        self.is_list = is_list
        self.entries: list[object] = []
        self.key: Scalar | None = None
        """The key that waits for its value."""


def read_plain(text: str, *, with_rows: bool = False) -> Mapping | None:
    """Return the tree of a text in the usual layout, or None where it is written in any other way.

    With rows, the rows of a record's money and indicators are a `Row` wherever that is sure.
    """
    # Tabs, blanks that are none and characters that nobody can see are for the general reader to look at.
    if len(text) > _LONGEST or not is_printable(text) or ("“" in text and QUOTED_SIGN.search(text)):
        return None
    return _Reader(text, with_rows=with_rows).read()


class _Reader:
    """One pass over the lines."""

    def __init__(self, text: str, *, with_rows: bool) -> None:
        self.text = text if text.endswith("\n") else f"{text}\n"
        self.is_ended = self.text == text
        """Whether its last line has an end of its own."""
        self.with_rows = with_rows
        self.stack: list[_Open] = []
        self.position = 0
        """Offset of the next line."""
        self.number = 1
        """Its number."""
        self.empty = Span(1, 1)
        """Where the value of the latest key without one would stand."""
        self.place: Place | None = None
        """What rows may stand here."""
        self.patterns: list[RowPattern] = []
        """Those of the latest shapes of rows."""

    def read(self) -> Mapping | None:
        """Return the tree, or None at the first line that is not in the usual layout."""
        text, stack, match_line = self.text, self.stack, _LINE.match
        end = len(text)
        top: _Open | None = None
        while (position := self.position) < end:
            line = match_line(text, position)
            if line is None:
                if not self._skip():
                    return None
                continue
            number = self.number
            indent, dash, key, plain, quoted, flow, block = line.groups()
            column = len(indent)
            if dash is not None:
                if not self._arrive_at_list(column):
                    return None
                if self._take_items(column):
                    top = None
                    continue
                stack.append(_Open(column + 2, _new(Span, (number, column + 3)), is_list=False))
            # A key beside the one before it opens and closes nothing.
            elif (top is None or top.column != column or top.key is not None) and not self._arrive(column):
                return None
            self.position, self.number = line.end(), number + 1
            top = stack[-1]
            key_column = top.column + 1
            key_node = _new(Scalar, (key, _new(Span, (number, key_column)), True, 0))
            place = _new(Span, (number, key_column + len(key) + 2))
            value: Node | None
            if plain is not None:
                value = _new(Scalar, (plain, place, True, 0))
            elif quoted or flow or block:
                value = self._take_block(top.column, place) if block else _of_one_line(quoted, flow, place)
            else:
                self._wait(top, key_node, _new(Span, (number, key_column + len(key) + 1)))
                continue
            if value is None:
                return None
            top.entries.append((key_node, value))
        return self._finish()

    def _skip(self) -> bool:
        """Go past a line that says nothing; False where it says something."""
        beside = _BESIDE.match(self.text, self.position)
        if beside is None:
            return False
        self.position, self.number = beside.end(), self.number + 1
        return True

    def _wait(self, top: _Open, key: Scalar, empty: Span) -> None:
        """Leave a key waiting for a value on the next lines, or give it the row that stands there."""
        if len(self.stack) == 1:
            self.place = _ROWS_OF.get(key.text) if self.with_rows else None
            self.patterns = []
        elif self.place is Place.FUNDING_ROW and (row := self._take_row(top.column)) is not None:
            top.entries.append((key, row))
            return
        top.key, self.empty = key, empty

    def _take_row(self, column: int) -> Row | None:
        """Take the lines that follow as one row where they are one and stand deeper."""
        found = self._match_row()
        if found is None or found[0].shape.column <= column + 1:
            return None
        pattern, match = found
        row = Row(pattern.shape, match.groups(), self.number)
        self.position, self.number = match.end(), self.number + len(row.texts)
        return row

    def _take_items(self, column: int) -> bool:
        """Take this line and the next ones as rows of a list, as many as there are of one shape."""
        found = self._match_row() if self.place is Place.INDICATOR else None
        if found is None or found[0].shape.column != column + 3:
            return False
        text, number, items = self.text, self.number, self.stack[-1].entries
        shape, match = found[0]
        row: re.Match[str] | None = found[1]
        while row is not None:
            items.append(_new(Row, (shape, row.groups(), number)))
            number += len(shape.slots)
            self.position = row.end()
            row = match(text, self.position)
        self.number = number
        return True

    def _match_row(self) -> tuple[RowPattern, re.Match[str]] | None:
        """Match the row that stands here, most likely of the same shape as one before."""
        for pattern in self.patterns:
            match = pattern.match(self.text, self.position)
            if match is not None:
                return pattern, match
        new = pattern_at(self.text, self.position, self.place) if self.place else None
        match = new.match(self.text, self.position) if new else None
        if new is None or match is None:
            return None
        self.patterns = [new, *self.patterns[:_MOST_PATTERNS]]
        return new, match

    def _take_block(self, column: int, place: Span) -> Scalar | None:
        """Take the block text that follows, or return None where it stands no deeper than its key."""
        found = _BLOCK.match(self.text, self.position)
        if found is None or len(found["indent"]) <= column:
            return None
        first = self.number
        body, indent = found[0], found["indent"]
        self.position = found.end()
        self.number += body.count("\n")
        last = body[body.rfind("\n", 0, -1) + 1 : -1]
        is_cut = not self.is_ended and self.position == len(self.text) and len(last) > len(indent)
        return Scalar(_dedented(body, len(indent)) + ("" if is_cut else "\n"), place, plain=False, first_line=first)

    def _arrive(self, column: int) -> bool:
        """Open and close what the indentation of a key opens and closes; False where that is not plain."""
        stack, number = self.stack, self.number
        if not stack:
            if column:
                return False
            stack.append(_Open(0, _new(Span, (number, 1)), is_list=False))
            return True
        top = stack[-1]
        if top.key is not None and column > top.column:
            if len(stack) > _DEEPEST:
                return False
            stack.append(_Open(column, _new(Span, (number, column + 1)), is_list=False))
            return True
        while len(stack) > 1 and top.column > column:
            if not self._close():
                return False
            top = stack[-1]
        if top.column != column or top.is_list:
            return False
        self._settle(top)
        return True

    def _arrive_at_list(self, column: int) -> bool:
        """Open the list that a dash begins, or close what is open inside the list that it goes on with."""
        stack = self.stack
        if not stack:
            return False
        top = stack[-1]
        if top.key is not None and column > top.column:
            if len(stack) > _DEEPEST:
                return False
            stack.append(_Open(column, _new(Span, (self.number, column + 1)), is_list=True))
            return True
        while len(stack) > 1 and top.column > column:
            if not self._close():
                return False
            top = stack[-1]
        return top.column == column and top.is_list

    def _settle(self, frame: _Open) -> None:
        """Give a key that waits in vain an empty value."""
        if frame.key is not None:
            frame.entries.append((frame.key, _new(Scalar, ("", self.empty, True, 0))))
            frame.key = None

    def _close(self) -> bool:
        """Close the innermost list or mapping and put it where it belongs."""
        frame = self.stack.pop()
        self._settle(frame)
        node = _made(frame)
        if node is None:
            return False
        above = self.stack[-1]
        if above.is_list:
            above.entries.append(node)
        elif above.key is not None:
            above.entries.append((above.key, node))
            above.key = None
        return True

    def _finish(self) -> Mapping | None:
        if not self.stack or self.number > _MOST_LINES + 1:
            return None
        while len(self.stack) > 1:
            if not self._close():
                return None
        self._settle(self.stack[0])
        root = _made(self.stack[0])
        return root if isinstance(root, Mapping) else None


def _of_one_line(quoted: str | None, flow: str | None, place: Span) -> Node | None:
    """Return the node of a value in quotes, or in braces or brackets; None where those are not plain."""
    return Scalar(quoted[1:-1], place, plain=False) if quoted else read_flow(flow or "", place)


def _made(frame: _Open) -> Node | None:
    """Return the node of what was read, or None where a key stands twice: the general reader says so."""
    entries = tuple(frame.entries)
    if frame.is_list:
        return Sequence(entries, frame.span)  # type: ignore[arg-type]  # a list's entries are nodes
    if len({entry[0][0] for entry in entries}) != len(entries):  # type: ignore[index]  # a mapping's are pairs
        return None
    return Mapping(entries, frame.span)  # type: ignore[arg-type]


def _dedented(block: str, indent: int) -> str:
    """Return a block text without its indentation and without the empty lines behind it."""
    return "\n".join([line[indent:] for line in block.split("\n")]).rstrip("\n")
