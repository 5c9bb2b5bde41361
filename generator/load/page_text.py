"""What reading a hand-written page needs of Markdown: its title and its links, found by light rules.

Rendering parses the text properly; here a link or a heading that the rules overlook costs a warning, no more.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.origin import Span
from generator.patterns import lazy_pattern

_FENCE = lazy_pattern(r" {0,3}(?P<fence>`{3,}|~{3,})")
_TITLE = lazy_pattern(r" {0,3}#(?:[ \t]+(?P<title>.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = lazy_pattern(r" {0,3}=+[ \t]*")
_LABELLED = lazy_pattern(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = lazy_pattern(r"(\*\*|__|\*|`)(.+?)\1")
_CODE_SPAN = lazy_pattern(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = lazy_pattern(
    r"\]\([ \t]*<?(?P<inline>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)"
    r"|^ {0,3}\[(?!\^)[^\]]+\]:[ \t]*<?(?P<reference>[^\s<>]+)>?(?=[ \t]*$|[ \t]+[\"'(])"
)


class WrittenLink(Struct, frozen=True):
    """The target of a link or picture as written, and where it stands in the text."""

    target: str
    span: Span


def title_of(text: str) -> str:
    """Return the first level-1 heading as plain text, or nothing where there is none."""
    lines = _without_fences(text)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        heading = _TITLE.fullmatch(line)
        if heading:
            return _plain(heading["title"] or "")
        if line.strip() and _UNDERLINE.fullmatch(following):
            return _plain(line.strip())
    return ""


def links_of(text: str) -> Iterator[WrittenLink]:
    """Yield the links and pictures of a text outside of code."""
    for number, line in enumerate(_without_fences(text), 1):
        shown = _CODE_SPAN.sub(lambda code: " " * len(code[0]), line)
        for match in _LINK.finditer(shown):
            group = "inline" if match["inline"] is not None else "reference"
            if match[group]:
                yield WrittenLink(match[group], Span(number, match.start(group) + 1))


def _without_fences(text: str) -> list[str]:
    """Return the lines of a text; those of fenced code are empty."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append("")
            if mark and mark["fence"].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            lines.append("")
            fence = mark["fence"]
        else:
            lines.append(line)
    return lines


def _plain(heading: str) -> str:
    return _EMPHASIS.sub(r"\2", _LABELLED.sub(r"\1", heading)).strip()
