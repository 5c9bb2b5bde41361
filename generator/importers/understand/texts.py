"""The text of a cell as a record keeps it: lines that were broken only for lack of room are joined."""

import re

from generator.text import half_width

_PARAGRAPH_END = re.compile(r"[。；;！!？?：:…]$")
_ITEM = re.compile(
    r"(?:[-*+•·●▪◆■]\s*|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,3}[,、是条])"
)
_LATIN = re.compile(r"[A-Za-z]")
_FULL_LINE = 0.8
_MARKUP = re.compile(r"([\\*`]|<(?=[A-Za-z/!])|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|\](?=\()|&(?=[#A-Za-z]))")
_HEAD = re.compile(r"^(#{1,6}(?:\s|$)|>|\+(?=\s)|={2,}\s*$|[-_]{3,}\s*$)")


def one_line(text: str) -> str:
    """Return a value or a name on one line; blanks within a line are as printed."""
    joined = ""
    for line in (part.strip(" \t\r\u3000\xa0") for part in text.split("\n")):
        apart = joined and line and _LATIN.match(joined[-1]) and _LATIN.match(line[0])
        joined += f" {line}" if apart else line
    return joined


def paragraphs(text: str) -> str:
    """Return a long text with its paragraphs; lines of full width that stop within a sentence run on."""
    lines = [line.strip(" \t\r\u3000\xa0") for line in text.split("\n")]
    longest = max((len(line) for line in lines), default=0)
    merged: list[str] = []
    for line in lines:
        if merged and _runs_on(merged[-1], line, longest, text):
            merged[-1] = one_line(f"{merged[-1]}\n{line}")
        else:
            merged.append(line)
    return "\n".join(merged).strip("\n")


def _runs_on(above: str, line: str, longest: int, text: str) -> bool:
    if not above or not line or "\n" not in text:
        return False
    last = above if len(above) <= longest else above[-longest:]
    return (
        _PARAGRAPH_END.search(above) is None
        and _ITEM.match(half_width(line)) is None
        and len(last) >= _FULL_LINE * longest
    )


def as_markdown(text: str) -> str:
    """Return a printed text as Markdown that shows the same: lines stay lines, signs stay signs."""
    lines = [_HEAD.sub(r"\\\1", _MARKUP.sub(r"\\\1", line)) for line in paragraphs(text).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line and kept and kept[-1] and not (_is_list(line) and _is_list(kept[-1])):
            # Without an empty line between them Markdown would run two paragraphs together.
            kept.append("")
        kept.append(re.sub(r"^[•·●▪◆■]\s*", "- ", line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept))


def _is_list(line: str) -> bool:
    return re.match(r"[-•·●▪◆■]\s*\S|\d{1,9}[.)]\s", line) is not None
