"""Read the tables of an HTML page as grids: a form of ours rendered for export, or somebody else's page.

What a browser shows is what is read. Merged cells keep their place; cells that two merges claim go to the first. Scripts
and styles are no text; what is hidden by an attribute or by a style of its own is noted and never taken for a value.
Pictures, raised and deleted text and fields to fill in are noted as well, for their cell may say more or less than
its text; what a field to fill in holds is taken.
A table within a cell is a grid of its own, behind the grid that holds it.
"""

import re
from collections.abc import Mapping

from generator.forms.grid import CellKind, Grid
from generator.forms.html_controls import TAKEN, OpenSelect, input_text
from generator.forms.html_table import (
    MOST_COLUMNS,
    HtmlTable,
    OpenCell,
    OpenTable,
    TableTooLargeError,
    TextLines,
)
from generator.forms.marked_text import Level, marked

__all__ = ["OURS", "TableTooLargeError", "grids_of", "tables_of"]

_MOST_ROWS = 65_534
_MOST_PLACES = 5_000_000
"""Places of one page that are looked at or covered; a page of a few kilobytes could ask for billions."""

OURS = "form-table"
"""Class of the tables that form templates draw."""
_PRINT_HEADER = "form-print-header"

_SILENT = frozenset("script style template noscript head title object svg math".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary ul".split()
)
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_LEVELS = {"sup": Level.RAISED, "sub": Level.LOWERED}
_LEVEL_STYLE = re.compile(r"vertical-align\s*:\s*(sup|sub)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")


def grids_of(html: str) -> tuple[Grid, ...]:
    """Return the tables of a page, in the order they begin.

    Raises TableTooLargeError for a page that asks for more than any form has.
    """
    return tuple(table.grid for table in tables_of(html))


def tables_of(html: str) -> tuple[HtmlTable, ...]:
    """Return the tables of a page with the classes of their cells; see `grids_of`."""
    # lxml reads hostile pages in linear time, which Python's own parser does not.
    from lxml.etree import HTMLParser  # type: ignore[import-untyped]  # noqa: PLC0415  publishes no types

    if not html.strip():
        return ()
    reader = _Reader()
    parser = HTMLParser(target=reader, remove_comments=True, no_network=True)
    parser.feed(html)
    parser.close()
    return reader.result()


class _Reader:
    """What lxml tells of a page, element by element; it has closed whatever the page leaves open."""

    def __init__(self) -> None:
        self.finished: list[OpenTable] = []
        self.open: list[OpenTable] = []
        self.outside = TextLines()
        self.silent = 0
        self.hidden = 0
        self.lists: list[int | None] = []
        self.ends: list[tuple[str, bool, bool]] = []
        """For each open element its name, whether it silences and whether it hides what is in it."""
        self.marks: list[tuple[bool, Level]] = []
        """For each open element whether it strikes out what is in it, and whether it raises or lowers it."""
        self.select: OpenSelect | None = None
        self.places = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        silences = tag in _SILENT
        hides = _is_hidden(attributes) and tag not in ("table", "tr")
        if tag not in _VOID:
            self.ends.append((tag, silences, hides))
            self.marks.append(self._mark_of(tag, attributes))
        if tag in ("img", "object", "svg") or (hides and self._cell()):
            self._note(hides=hides)
        if hides and tag in ("td", "th"):
            self._set_aside()
        if tag not in _VOID:
            self.silent += silences
            self.hidden += hides
        if self.silent or self.hidden:
            return
        if tag in ("input", "select", "textarea", "option"):
            self._control(tag, attributes)
        elif tag == "br":
            self._text().pieces.append("\n")
        elif tag in _BLOCKS:
            self._begin_block(tag)
        else:
            self._table_part(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in _VOID:
            return
        _, silences, hides = self.ends.pop()
        self.marks.pop()
        quiet = bool(self.silent or self.hidden)
        self.silent -= silences
        self.hidden -= hides
        if quiet:
            return
        if tag == "select" and self.select is not None:
            chosen, self.select = self.select.text(), None
            self._add_control_text(chosen, TAKEN)
        elif tag in _BLOCKS:
            self._text().end_block()
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()
        elif tag == "table" and self.open:
            table = self.open.pop()
            table.end_group()
        elif self.open and tag in ("td", "th", "tr", "caption", *_GROUPS):
            self._end_part(self.open[-1], tag)

    def data(self, text: str) -> None:
        """Take text."""
        if self.silent or self.hidden:
            return
        if self.select is not None:
            self.select.add(text)
            return
        if self.ends and self.ends[-1][0] == "textarea":
            self._add_control_text(text, TAKEN)
            return
        struck, level = self.marks[-1] if self.marks else (False, Level.LINE)
        self._text().add(marked(text, struck=struck, level=level))

    def close(self) -> None:
        """End the page."""

    def result(self) -> tuple[HtmlTable, ...]:
        """Return all tables; what stands behind the last is below it."""
        below = _lines(self.outside)
        last = len(self.finished) - 1
        return tuple(table.result(below if number == last else ()) for number, table in enumerate(self.finished))

    def _text(self) -> TextLines:
        table = self.open[-1] if self.open else None
        if table is None:
            return self.outside
        if table.cell is not None:
            return table.cell.text
        # Text between the cells of a table belongs nowhere; browsers show it above the table.
        return table.caption if table.caption is not None else self.outside

    def _cell(self) -> OpenCell | None:
        return self.open[-1].cell if self.open else None

    def _begin_block(self, tag: str) -> None:
        text = self._text()
        text.end_block()
        if tag in ("ol", "ul"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            # The number is printed, though the page does not write it.
            self.lists[-1] += 1
            text.add(f"{self.lists[-1]}. ")

    def _table_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        classes = frozenset(attributes.get("class", "").split())
        if tag == "table":
            self._text().end_block()
            above, self.outside = (_lines(self.outside), TextLines()) if not self.open else ((), self.outside)
            table = OpenTable(OURS in classes, classes, above, _is_hidden(attributes))
            self.open.append(table)
            self.finished.append(table)
            return
        if not self.open:
            return
        table = self.open[-1]
        if tag == "caption":
            table.caption = table.caption or TextLines()
            table.caption.end_block()
            table.cell = None
        elif tag == "col":
            span = min(_span(attributes, "span", MOST_COLUMNS), MOST_COLUMNS - len(table.columns))
            table.columns += [classes] * span
        elif tag in _GROUPS:
            table.end_group()
            table.in_print_header = _PRINT_HEADER in classes
        elif tag == "tr" and not table.in_print_header:
            table.begin_row(attributes.get("id", ""), ("隐藏行",) if _is_hidden(attributes) else ())
        elif tag in ("td", "th"):
            self._begin_cell(table, tag, attributes, classes)

    def _begin_cell(self, table: OpenTable, tag: str, attributes: Mapping[str, str], classes: frozenset[str]) -> None:
        columns = max(1, _span(attributes, "colspan", MOST_COLUMNS))
        if table.in_print_header:
            table.repeated.append((attributes.get("data-title", ""), columns))
            return
        if not table.in_row:
            table.begin_row("", ())
        # None at all reaches to the end of the group of rows.
        rows = _span(attributes, "rowspan", _MOST_ROWS) or _MOST_ROWS
        kind = CellKind.LABEL if tag == "th" else CellKind.VALUE if table.ours else CellKind.UNKNOWN
        self.places += table.add_cell(kind, (columns, rows), classes)
        if self.places > _MOST_PLACES:
            raise TableTooLargeError(f"表格合并的单元格超过 {_MOST_PLACES} 格，不像绩效表，没有读取。")

    def _end_part(self, table: OpenTable, tag: str) -> None:
        if tag in ("td", "th"):
            table.cell = None
        elif tag == "tr":
            table.end_row()
        elif tag in _GROUPS:
            table.end_group()
            table.in_print_header = False

    def _note(self, *, hides: bool) -> None:
        cell = self._cell()
        if cell is None or self.silent or self.hidden:
            return
        cell.notes["有隐藏的内容，没有读取" if hides else "有图片，图片里的文字没有读取"] = None

    def _mark_of(self, tag: str, attributes: Mapping[str, str]) -> tuple[bool, Level]:
        """Return how an element and those around it within its cell set text."""
        if tag in ("table", "td", "th"):
            return False, Level.LINE
        struck, level = self.marks[-1] if self.marks else (False, Level.LINE)
        style = attributes.get("style", "")
        asked = _LEVEL_STYLE.search(style)
        own = _LEVELS.get(tag) or (_LEVELS[asked[1].lower()] if asked else Level.LINE)
        return struck or tag in _STRUCK or bool(_STRUCK_STYLE.search(style)), own or level

    def _control(self, tag: str, attributes: Mapping[str, str]) -> None:
        cell = self._cell()
        if tag == "select":
            self.select = OpenSelect("multiple" in attributes)
        elif tag == "option" and self.select is not None:
            self.select.begin_option(attributes)
        elif tag == "input" and cell is not None:
            if attributes.get("type", "").strip().lower() == "hidden":
                cell.notes["有隐藏的内容，没有读取"] = None
            else:
                self._add_control_text(*input_text(attributes))
        elif tag == "textarea" and cell is not None:
            cell.notes[TAKEN] = None

    def _add_control_text(self, content: str, note: str) -> None:
        """Put what a field holds in its cell; one outside of tables is part of the page, not of the form."""
        cell = self._cell()
        if cell is None:
            return
        cell.notes[note] = None
        for number, line in enumerate(content.strip().splitlines()):
            if number:
                cell.text.pieces.append("\n")
            cell.text.add(line)

    def _set_aside(self) -> None:
        """Note a hidden cell, which takes no place in its row, at the cell before it."""
        table = self.open[-1] if self.open else None
        if table and table.in_row and len(table.cells) > table.row_start:
            table.cells[-1].notes["右边有隐藏的单元格，没有读取"] = None
            table.cell = None


def _lines(text: TextLines) -> tuple[str, ...]:
    return tuple(line for line in text.lines() if line)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    """Return a number of columns or rows as browsers read it: digits at the start, else one."""
    match = _NUMBER.match(attributes.get(name, "1"))
    return min(int(match[1]), most) if match else 1
