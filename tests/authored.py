"""What an author wrote in a record, value by value, independent of how the generator reads it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.forms.definitions import load_forms
from generator.load.assemble import markdown_sections
from generator.load.markdown_record import parse_markdown_record
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence
from generator.load.yaml_tree import parse_tree
from generator.resources import packaged
from generator.vocabulary import Kind, Place, term_for
from tests.site_tools import Document, lines_of, squeezed

_NOT_PRINTED = ("版式", "项目标识")
_AMONG_WORDS = ("无法辨认", "表样", "年度", "年度表述", "期间", "申报时段", "单位", "一级指标", "二级指标")
"""Reasons, titles, units, and level labels, which stand once in a merged cell."""

_GROUPS = frozenset(
    row.group for form in load_forms([packaged("templates")]).definitions for row in form.funding_rows if row.group
)
"""Groups of an official layout are places on the form: left half, right half."""

_BLANK = ("", "~", "null")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")


class Authored(NamedTuple):
    """One thing an author wrote that the page must show."""

    text: str
    is_cell: bool
    """Whether it fills a cell of its own; otherwise it may stand among other words."""


def authored(path: Path) -> list[Authored]:
    """Return every value of a record file, and every key that is a label printed on the form."""
    text = path.read_text(encoding="utf-8")
    result = (
        parse_markdown_record(text, path.name, markdown_sections())
        if path.suffix == ".md"
        else parse_tree(text, path.name)
    )
    assert result.node is not None
    assert result.findings == ()
    return list(_items(result.node, "", top=True))


def _items(node: Node, key: str, *, top: bool = False) -> Iterator[Authored]:
    if isinstance(node, Scalar):
        if not (node.plain and node.text in _BLANK) and key not in _NOT_PRINTED:
            yield from _values(node.text, key)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _items(item, key)
    else:
        yield from _entries(node, top=top)


def _entries(node: Mapping | Row, *, top: bool) -> Iterator[Authored]:
    for key, value in node.entries:
        known = term_for(Place.RECORD, key.text) if top else any(term_for(place, key.text) for place in Place)
        assert known or not top, key.text
        if not known and key.text not in _GROUPS:
            yield Authored(key.text, is_cell=False)
        yield from _items(value, key.text)


def _values(text: str, key: str) -> Iterator[Authored]:
    terms = [term for place in Place if (term := term_for(place, key))]
    is_prose = any(term.kind is Kind.PROSE for term in terms) or key in (
        "年度总体目标",
        "总体目标",
        "绩效目标",
        "年度目标",
    )
    if is_prose or key in _AMONG_WORDS:
        for line in text.split("\n"):
            # Markdown's own marks are not the author's words.
            words = _MARKER.sub("", line).replace("**", "").strip()
            if words:
                yield Authored(words, is_cell=False)
    elif text.strip():
        yield Authored(text.strip(), is_cell=True)


def missing(wanted: list[Authored], page: Document) -> list[str]:
    """Return what a record's page does not show, or not as often as it was written.

    Cells are counted where the official form stands and what it has no place for, so that a figure repeated in the
    summary does not make up for one that the form has lost.
    """
    shown = lines_of(page.between("form", "check") + page.text[page.places["source"] :])
    cells = Counter([*shown, *(part for line in shown if len(line.split()) > 1 for part in line.split())])
    counted = Counter(" ".join(item.text.split()) for item in wanted if item.is_cell)
    words = squeezed(page.text)
    return [
        *(f"{text} ×{count}" for text, count in counted.items() if cells[text] < count),
        *(item.text for item in wanted if not item.is_cell and squeezed(item.text) not in words),
    ]
