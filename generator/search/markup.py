"""Markdown without its marks, as a page shows it, line by line."""

import re

from generator.patterns import lazy_pattern

_MARKED = lazy_pattern(r"[*_`\[\\<#|]")
_INLINE = (
    (lazy_pattern(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (lazy_pattern(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (lazy_pattern(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (lazy_pattern(r"`([^`\n]+)`"), r"\1"),
    (lazy_pattern(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_BLOCKS = (
    (lazy_pattern(r"<!--.*?-->", re.DOTALL), ""),
    (lazy_pattern(r"^ *(?:```|~~~).*$", re.MULTILINE), ""),
    (lazy_pattern(r"^ {0,3}#{1,6} +", re.MULTILINE), ""),
    (lazy_pattern(r"^\|?[ :|-]*-[ :|-]*\|?$", re.MULTILINE), ""),
    (lazy_pattern(r" *\| *"), " "),
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
