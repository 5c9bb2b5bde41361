"""Markdown without its marks, as a page shows it, line by line."""

import re

_MARKED = re.compile(r"[*_`\[\\<#|]")
_INLINE = (
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_BLOCKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^ *(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE), ""),
    (re.compile(r"^\|?[ :|-]*-[ :|-]*\|?$", re.MULTILINE), ""),
    (re.compile(r" *\| *"), " "),
)


def printed_text(markdown: str) -> str:
    """Return one text of a record without marks of emphasis, code and links."""
    if not _MARKED.search(markdown):
        return markdown
    for pattern, shown in _INLINE:
        markdown = pattern.sub(shown, markdown)
    return markdown


def page_text(markdown: str) -> str:
    """Return a hand-written page without headings' and tables' marks either."""
    for pattern, shown in _BLOCKS:
        markdown = pattern.sub(shown, markdown)
    return "\n".join(line for line in map(str.strip, printed_text(markdown).split("\n")) if line)
