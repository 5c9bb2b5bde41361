"""A fast reader for YAML written the usual way: one key or value a line, block texts, no braces.

Nearly every record is written so, and the general reader spends most of a build on what such a text cannot hold:
slips, anchors, tags, braces. This one takes a text only where it is sure, and then gives the very tree that the general
reader gives, places included; for anything else it gives None, and the general reader decides.
"""

import re

from generator.load.tree import Mapping, Node, Scalar, Sequence
from generator.origin import Span

# What a key and a value may be made of here: no sign of YAML's own, no colon, no blank at an end.
_WORD = r"[^\s\-?:：#,，{}\[\]&*!|>'\"%@`=<][^\s:：#{}\[\]'\"`]*"
_VALUE = r"[^\s\-?:：#,{}\[\]&*!|>'\"%@`][^\s:：#{}\[\]`]*(?: [^\s:：#{}\[\]`]+)*"
_LINE = re.compile(
    rf"(?P<indent> *)(?P<dash>- )?(?P<key>{_WORD}):"
    rf"(?: (?:(?P<plain>{_VALUE})|\"(?P<double>[^\"\\\n]+)\"|'(?P<single>[^'\n]+)'|(?P<block>\|)))?\n"
)
_BESIDE = re.compile(r"(?:#[^\n]*)?\n")
"""A line between others: empty, or a comment that begins it."""
_BLOCK = re.compile(r"(?:(?P<indent> +)[^ \n][^\n]*\n)(?:(?:(?P=indent)[^\n]*)?\n)*")
# Anything that the general reader looks at twice: tabs, blanks that are none, signs it reports, control characters.
_ODD = re.compile(
    "[^\n\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\ufffd]|“[-—–/\\d<>≥≤＞＜=]"
)
_LONGEST = 200_000
_MOST_LINES = 3_000
_DEEPEST = 12

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


def read_plain(text: str) -> Mapping | None:
    """Return the tree of a text in the usual layout, or None where it is written in any other way."""
    if not text.endswith("\n") or len(text) > _LONGEST or _ODD.search(text):
        return None
    return _Reader(text).read()


class _Reader:
    """One pass over the lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.empty = Span(1, 1)
        """Where the value of the latest key without one would stand."""

    def read(self) -> Mapping | None:
        """Return the tree, or None at the first line that is not in the usual layout."""
        text, stack, match_line = self.text, self.stack, _LINE.match
        position, number, end = 0, 0, len(text)
        while position < end:
            number += 1
            line = match_line(text, position)
            if line is None:
                beside = _BESIDE.match(text, position)
                if beside is None:
                    return None
                position = beside.end()
                continue
            indent, dash, key, plain, double, single, block = line.groups()
            column = len(indent)
            if not self._arrive(column, number, has_dash=dash is not None):
                return None
            top = stack[-1]
            key_column = top.column + 1
            key_node = _new(Scalar, (key, _new(Span, (number, key_column)), True, 0))
            position = line.end()
            if plain is not None:
                value = _new(Scalar, (plain, _new(Span, (number, key_column + len(key) + 2)), True, 0))
                top.entries.append((key_node, value))
            elif double is not None or single is not None:
                value = _new(Scalar, (double or single, _new(Span, (number, key_column + len(key) + 2)), False, 0))
                top.entries.append((key_node, value))
            elif block is not None:
                found = _BLOCK.match(text, position)
                if found is None or len(found["indent"]) <= column:
                    return None
                body = _dedented(found[0], len(found["indent"]))
                if body is None:
                    return None
                span = _new(Span, (number, key_column + len(key) + 2))
                top.entries.append((key_node, _new(Scalar, (body, span, False, number + 1))))
                number += found[0].count("\n")
                position = found.end()
            else:
                top.key = key_node
                self.empty = Span(number, key_column + len(key) + 1)
            if number > _MOST_LINES:
                return None
        return self._finish()

    def _arrive(self, column: int, number: int, *, has_dash: bool) -> bool:
        """Open and close what the indentation of a line opens and closes; False where that is not plain."""
        stack = self.stack
        span = _new(Span, (number, column + 1))
        if not stack:
            if has_dash or column:
                return False
            stack.append(_Open(0, span, is_list=False))
            return True
        top = stack[-1]
        if top.key is not None and column > top.column:
            if len(stack) > _DEEPEST:
                return False
            if has_dash:
                stack.append(_Open(column, span, is_list=True))
                stack.append(_Open(column + 2, _new(Span, (number, column + 3)), is_list=False))
            else:
                stack.append(_Open(column, span, is_list=False))
            return True
        while len(stack) > 1 and (top.column > column or (top.column == column + 2 and has_dash)):
            if not self._close():
                return False
            top = stack[-1]
        if top.column != column or top.is_list is not has_dash:
            return False
        if has_dash:
            stack.append(_Open(column + 2, _new(Span, (number, column + 3)), is_list=False))
            return True
        self._settle(top)
        return True

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
        if not self.stack:
            return None
        while len(self.stack) > 1:
            if not self._close():
                return None
        self._settle(self.stack[0])
        root = _made(self.stack[0])
        return root if isinstance(root, Mapping) else None


def _made(frame: _Open) -> Node | None:
    """Return the node of what was read, or None where a key stands twice: the general reader says so."""
    entries = tuple(frame.entries)
    if frame.is_list:
        return Sequence(entries, frame.span)  # type: ignore[arg-type]  # a list's entries are nodes
    if len({entry[0][0] for entry in entries}) != len(entries):  # type: ignore[index]  # a mapping's are pairs
        return None
    return Mapping(entries, frame.span)  # type: ignore[arg-type]


def _dedented(block: str, indent: int) -> str | None:
    """Return a block text without its indentation and without the empty lines behind it."""
    return "\n".join(line[indent:] for line in block.rstrip("\n ").split("\n")) + "\n"
