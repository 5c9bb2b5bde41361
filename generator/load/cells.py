"""Single cells and texts: from a node to what the model keeps, by the kind of their term."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from generator.load.reading import Entry, Reading, excerpt, is_blank, joined
from generator.load.record_faults import BAD_DATE, BAD_NUMBER
from generator.load.tree import QUOTES, Mapping, Node, Row, Scalar, Sequence
from generator.model.days import days_of
from generator.model.records import Cell, Prose
from generator.money import BLANK_MARKS, MOST_DIGITS, MOST_PLACES, is_figure, is_too_long
from generator.origin import Span
from generator.patterns import lazy_pattern
from generator.text import half_width
from generator.vocabulary import Kind, Term

UNREADABLE = "无法辨认"

AS_PRINTED = "原文"
"""Says that a form prints words where a number belongs, such as 约50; they are kept and never counted."""

# An amount may carry its breakdown in brackets: 100.00(其中中央补助 60.00). It is kept whole and counts as words.
_WITH_BREAKDOWN = lazy_pattern(r"[\d,.]+ *\(.*\)", re.DOTALL)

# A named tuple made this way takes a third of the time, and a record has hundreds of places.
_new = tuple.__new__

_WITH_UNIT = lazy_pattern(r"([\d,.]+) *(?:分|元|万元|亿元)")


def read_cell(node: Node, term: Term, reading: Reading, field: str) -> Cell | None:
    """Return the cell a node holds, reporting what its term's kind does not allow."""
    if isinstance(node, Mapping | Row):
        return _as_told(node, reading, field)
    if isinstance(node, Sequence):
        reading.wrong_shape(node, field, "一个值")
        return None
    cell = Cell("" if is_blank(node) else node.text.strip("\n"), node.span)
    if term.kind is Kind.FIGURE:
        if not is_figure(cell.text):
            _report_figure(cell, node, reading, field)
    elif term.kind is Kind.DATE and cell.text not in BLANK_MARKS and not is_date(cell.text):
        reading.report(
            BAD_DATE, node.span, f"“{field}”不是日期", found=excerpt(node.text),
            expected="日期，例如 2024-01-01 或 2024年1月1日", hint="检查年、月、日是否存在", field=field,
        )  # fmt: skip
    return cell


def _report_figure(cell: Cell, node: Scalar, reading: Reading, field: str) -> None:
    """Report a cell of figures that holds something else, unless it is an amount with its breakdown."""
    if is_too_long(cell.text):
        reading.report(
            BAD_NUMBER, node.span, f"“{field}”的数字太长", found=excerpt(node.text),
            expected=f"小数点前不超过 {MOST_DIGITS} 位、小数点后不超过 {MOST_PLACES} 位的数字",
            hint="核对是否多写了几位；只写原表印出的位数", field=field,
        )  # fmt: skip
    elif _WITH_BREAKDOWN.fullmatch(half_width(cell.text).strip()) is None:
        reading.report(
            BAD_NUMBER, node.span, f"“{field}”不是数字", found=excerpt(node.text),
            expected="数字（可带千位分隔符、小数、百分号），或空白、-、—、/",
            hint=_number_hint(cell.text), field=field,
        )  # fmt: skip


def read_prose(node: Node, reading: Reading, field: str) -> Prose | None:
    """Return the text a node holds."""
    if isinstance(node, Scalar):
        text = node.text.lstrip("\n")
        first = node.first_line + len(node.text) - len(text) if node.first_line else 0
        return Prose("" if is_blank(node) else text.rstrip("\n"), node.span, first)
    reading.wrong_shape(node, field, "一段文字")
    return None


def read_cells(entries: Iterable[Entry], reading: Reading, field: str) -> dict[str, Cell]:
    """Return the cells of several fields by identifier, in the order authored."""
    cells = {}
    for entry in entries:
        cell = read_cell(entry.node, entry.term, reading, joined(field, entry.key.text))
        if cell is not None:
            cells[entry.term.identifier] = cell
    return cells


def cells_of(row: Row) -> dict[str, Cell]:
    """Return the cells of a row taken whole by identifier; nothing is wrong with any of them."""
    shape, texts, line = row
    return {
        identifier: Cell(
            text if (text := texts[number])[0] not in QUOTES else text[1:-1], _new(Span, (line + number, column))
        )
        for identifier, _, number, column in shape.cells
    }


def read_extra(node: Node, reading: Reading, field: str) -> dict[str, Cell]:
    """Return fields that the vocabulary does not know, by their label as printed."""
    mapping = reading.mapping(node, field)
    if mapping is None:
        return {}
    anything = Term("extra", "", Kind.TEXT, "")
    extra: dict[str, Cell] = {}
    for key, value in mapping.entries:
        cell = read_cell(value, anything, reading, joined(field, key.text))
        if cell is not None:
            extra.setdefault(key.text, cell)
    return extra


# The dates of a form are mostly the first and the last day of some year.
@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year that exists."""
    return last_day(text) is not None


def last_day(text: str) -> date | None:
    """Return the last day of what a text names, a day, a month or a year; None where there is no such thing."""
    days = days_of(text)
    return days.last if days else None


def _number_hint(text: str) -> str:
    bare = _WITH_UNIT.fullmatch(half_width(text).strip())
    if bare and is_figure(bare[1]):
        return f"只写数字 {bare[1]}，不写单位"
    words = excerpt(text, 12)
    return (
        f"照原表填写数字；原表印得无法辨认时写成 {{{UNREADABLE}: 说明}}；"
        f'原表印的就是这些字时写成 {{{AS_PRINTED}: "{words}"}}'
    )


def _as_told(node: Mapping | Row, reading: Reading, field: str) -> Cell | None:
    """Read what is said of a cell: `{无法辨认: why}`, or `{原文: words}` where words stand in place of a number."""
    if len(node.entries) == 1:
        key, value = node.entries[0]
        if key.text == UNREADABLE and isinstance(value, Scalar) and value.text.strip():
            return Cell("", node.span, value.text.strip())
        if key.text == AS_PRINTED and isinstance(value, Scalar):
            return Cell(value.text.strip("\n"), value.span)
    reading.wrong_shape(node, field, f"一个值，或 {{{UNREADABLE}: 说明}}")
    return None
