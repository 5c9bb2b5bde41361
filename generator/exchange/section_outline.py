"""The sections of a Markdown record as parts, like the keys of its YAML."""

import re
from typing import NamedTuple

from generator.exchange.outline import Block, Leaf, Outline, Part, Shape, UnusualError
from generator.text import folded

_HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(?P<title>.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Halves(NamedTuple):
    """A Markdown record's YAML and what follows it."""

    yaml: str
    """With its first mark made a comment, so that it is YAML alone."""
    body: tuple[str, ...]
    """From the second mark on."""


def halves_of(text: str) -> Halves:
    """Return the two halves of a Markdown record; raises UnusualError where it has not both."""
    head, mark, rest = text.partition("\n---")
    if not mark or not text.startswith("---"):
        raise UnusualError
    return Halves("#" + head[1:], tuple(("---" + rest).split("\n")))


def sections_of(body: tuple[str, ...]) -> Outline:
    """Return the sections of a body, each with its heading; raises UnusualError where two have one heading."""
    starts = _headings(body)
    bounds = [*starts, len(body)]
    parts = []
    end = _end(body, 0, bounds[0])
    head = body[:end]
    for start, following in zip(starts, bounds[1:], strict=True):
        lead, end = body[end:start], _end(body, start, following)
        lines = body[start:end]
        match = _HEADING.fullmatch(lines[0])
        title = match["title"] if match else lines[0]
        text = "\n".join(lines)
        leaf = Leaf(text, "", lines, "")
        parts.append(Part(title, (folded(title),), False, lead, lines, 0, text, None, leaf))
    if len({part.identity for part in parts}) != len(parts):
        raise UnusualError
    return Outline(head, Block(Shape.LIST, 0, None, tuple(parts)), body[end:])


def _headings(body: tuple[str, ...]) -> list[int]:
    found = []
    fence = ""
    for number, line in enumerate(body):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        elif not fence and _HEADING.fullmatch(line):
            found.append(number)
    return found


def _end(body: tuple[str, ...], start: int, end: int) -> int:
    """Return where a stretch ends without its last blank lines."""
    while end > start + 1 and not body[end - 1].strip():
        end -= 1
    return end
