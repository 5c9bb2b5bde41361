"""A text as a form prints it: what Markdown marks up, without its marks."""

import html
import re
from itertools import count

from generator.model.printed import plain_prose
from generator.render.prose import render_prose

_LIST = re.compile(r"<(?P<end>/?)(?P<kind>ol|ul)(?: start=\"(?P<start>\d+)\")?>|<li>")
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote|pre|tr)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
"""Blanks but those between two words or figures: 1 2 is not 12."""
_BULLET = re.compile(r"^(?:[-*+]\s+|[•·●]\s*)", re.MULTILINE)
"""A dash without a blank behind it is no bullet: -33.55 is not 33.55."""


def printed_prose(text: str) -> str:
    """Return the text that a page shows for a text in Markdown, line by line, with the marks of its lists."""
    numbers: list[count[int] | None] = []

    def mark(tag: re.Match[str]) -> str:
        if tag["kind"] is None:
            number = numbers[-1] if numbers else None
            return "\n" + (f"{next(number)}. " if number is not None else "• ")
        if tag["end"]:
            numbers.pop()
        else:
            numbers.append(count(int(tag["start"] or 1)) if tag["kind"] == "ol" else None)
        return "\n"

    marked = _LIST.sub(mark, str(render_prose(text)))
    lines = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", marked))).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def prose_key(text: str) -> str:
    """Return what two texts have in common that print the same words: neither blanks nor the look of bullets count."""
    return " ".join(_BLANK.sub("", _BULLET.sub("", printed_prose(text))).split())


def is_printed_alike(one: str, other: str) -> bool:
    """Tell whether two texts print the same, marks of Markdown included: bold figures are not plain ones."""
    return one == other or (plain_prose(one) == plain_prose(other) and prose_key(one) == prose_key(other))
