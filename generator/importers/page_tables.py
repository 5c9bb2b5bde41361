"""Tables as pages show them: what the page's end cut apart is joined, what printing added is left out."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.importers.document import Remark
from generator.importers.pdf_text import Line, join_lines

_REACH = 3.0
"""Edges of columns nearer than this, in points, are one edge."""
_PAGE_NUMBER = re.compile(
    r"[-—–－─~]+\s*[0-9]{1,4}\s*[-—–－─~]+"
    r"|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*(?:[（(]\s*)?[共总]\s*[0-9]{1,4}\s*页(?:\s*[）)])?)?"
    r"|[Pp]age\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?")
# The blank cell before these is blank in the form itself.
_CLOSING_ROWS = ("总分", "合计", "总计", "总得分", "评分等级", "自评等级", "备注", "填表人", "填报人")
_FIGURE = re.compile(r"[0-9０-９]")
_FIGURE_ALONE = re.compile(r"[-—/≥≤=<>\s0-9.,%％]+")
_HEAD_CELLS = 3


class PageCell(NamedTuple):
    """A cell on one page, or on several after joining."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    room: float
    """Width that a line of its text can fill."""
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    place: str
    is_turned: bool = False
    """Whether its text is turned by a quarter."""
    fields: tuple[str, ...] = ()
    """Names of the fields that the document says it shows."""

    @property
    def text(self) -> str:
        """Return its text, wrapped lines joined."""
        return join_lines(self.lines, left=self.left, right=self.right, room=self.room).text

    def noted(self, note: str) -> "PageCell":
        """Return the cell with one more note."""
        return self if note in self.notes else self._replace(notes=(*self.notes, note))


class PageTable(NamedTuple):
    """A table on one page, or on several after joining."""

    edges: tuple[float, ...]
    cells: tuple[PageCell, ...]
    above: tuple[str, ...]
    first_page: int
    last_page: int
    number: int
    """On its first page, from 1."""
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def height(self) -> int:
        """Count rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def place(self) -> str:
        """Say where it stands."""
        if self.first_page == self.last_page:
            return f"第{self.first_page}页表{self.number}"
        return f"第{self.first_page}至{self.last_page}页表{self.number}"


def is_page_number(text: str, *, is_alone: bool = False) -> bool:
    """Tell whether a line is a page number; a mere number is one only where it stands alone at a page's edge."""
    line = text.strip()
    return bool(_PAGE_NUMBER.fullmatch(line) or (is_alone and _BARE_NUMBER.fullmatch(line)))


def ordinals(cells: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return for each cell (row, column, rows) which one it is in its first row, counted from 1 as people see it."""
    listed = list(cells)
    columns: dict[int, list[int]] = {}
    for row, column, rows in listed:
        for covered in range(row, row + rows):
            columns.setdefault(covered, []).append(column)
    return [sum(1 for other in columns[row] if other <= column) for row, column, _ in listed]


def join_pages(tables: Sequence[PageTable], broken_by_text: frozenset[int]) -> tuple[list[PageTable], list[Remark]]:
    """Return tables with those that run on over a page's end made one.

    `broken_by_text` names the pages that carry text below their last table.
    """
    joined: list[PageTable] = []
    remarks: list[Remark] = []
    last_of_page = {table.last_page: index for index, table in enumerate(tables)}
    for index, table in enumerate(tables):
        if (
            joined
            and not table.above
            and table.number == 1
            and joined[-1].last_page == table.first_page - 1
            and last_of_page[joined[-1].last_page] == index - 1
            and joined[-1].last_page not in broken_by_text
            and _have_same_columns(joined[-1], table)
        ):
            joined[-1] = _joined(joined[-1], table, remarks)
        else:
            joined.append(table)
    return joined, remarks


def _have_same_columns(upper: PageTable, lower: PageTable) -> bool:
    if any(abs(upper.edges[end] - lower.edges[end]) > _REACH for end in (0, -1)):
        return False
    inner, other = sorted((upper.edges[1:-1], lower.edges[1:-1]), key=len)
    shared = sum(1 for edge in inner if any(abs(edge - one) <= _REACH for one in other))
    return shared * 2 >= len(inner)


def _joined(upper: PageTable, lower: PageTable, remarks: list[Remark]) -> PageTable:
    upper, lower = _on_same_edges(upper, lower)
    place = f"第{lower.first_page}页"
    lower, dropped = _without_repeated_head(upper, lower)
    if dropped:
        remarks.append(Remark("页首重复的表头已略去", place))
    if not lower.cells:
        return upper._replace(last_page=lower.last_page)
    height = upper.height
    upper, lower, is_row_joined = _with_torn_row_joined(upper, lower)
    if is_row_joined:
        remarks.append(Remark("跨页断开的一行，上下两半已接起来", place))
        height -= 1
    upper, lower = _with_merged_cells_joined(upper, lower)
    below = [cell._replace(row=cell.row + height) for cell in lower.cells]
    return PageTable(
        edges=upper.edges,
        cells=tuple(sorted((*upper.cells, *below), key=lambda cell: (cell.row, cell.column))),
        above=upper.above,
        first_page=upper.first_page,
        last_page=lower.last_page,
        number=upper.number,
        is_open_above=upper.is_open_above,
        is_open_below=lower.is_open_below,
    )


def _on_same_edges(upper: PageTable, lower: PageTable) -> tuple[PageTable, PageTable]:
    """Return two tables whose columns are counted by the edges of both."""
    edges: list[float] = []
    for edge in sorted((*upper.edges, *lower.edges)):
        if not edges or edge - edges[-1] > _REACH:
            edges.append(edge)
    return _on_edges(upper, tuple(edges)), _on_edges(lower, tuple(edges))


def _on_edges(table: PageTable, edges: tuple[float, ...]) -> PageTable:
    nearest = [min(range(len(edges)), key=lambda index: abs(edges[index] - edge)) for edge in table.edges]
    cells = tuple(
        cell._replace(
            column=nearest[cell.column],
            columns=nearest[cell.column + cell.columns] - nearest[cell.column],
        )
        for cell in table.cells
    )
    return table._replace(edges=edges, cells=cells)


def _without_repeated_head(upper: PageTable, lower: PageTable) -> tuple[PageTable, bool]:
    """Return the lower table without the rows at its top that repeat rows of the upper one."""
    heads = {_head(upper, row) for row in range(upper.height)} - {()}
    count = 0
    while count < lower.height and _head(lower, count) in heads:
        count += 1
    if not count:
        return lower, False
    cells = []
    for cell in lower.cells:
        end = cell.row + cell.rows
        if end > count:
            start = max(cell.row, count)
            cells.append(cell._replace(row=start - count, rows=end - start))
    return lower._replace(cells=tuple(cells), is_open_above=False), True


def _head(table: PageTable, row: int) -> tuple[tuple[int, int, str], ...]:
    """Return what a row of titles says, or nothing where the row holds figures or hardly any text."""
    cells = [
        (cell.column, cell.columns, "".join(cell.text.split()))
        for cell in table.cells
        if cell.row == row and cell.rows == 1 and cell.lines
    ]
    if len(cells) < _HEAD_CELLS or any(_FIGURE.search(text) for _, _, text in cells):
        return ()
    return tuple(cells)


def _with_torn_row_joined(upper: PageTable, lower: PageTable) -> tuple[PageTable, PageTable, bool]:
    """Return the tables with the row that the page's end cut in two given back to the upper one, if that is certain."""
    last = upper.height - 1
    ends = {cell.column: cell for cell in upper.cells if cell.row + cell.rows == last + 1}
    starts = [cell for cell in lower.cells if cell.row == 0]
    pairs = [(ends.get(cell.column), cell) for cell in starts]
    if any(end is None or end.columns != cell.columns for end, cell in pairs) or len(pairs) != len(ends):
        return upper, lower, False
    matched = [(end, cell) for end, cell in pairs if end is not None]
    if not (_is_open(upper, lower) or _is_torn(matched)):
        if _lacks_figures(matched) and not min(matched, key=lambda pair: pair[0].column)[1].lines:
            doubted = {cell.place for pair in matched for cell in pair if pair[1].lines}
            upper, lower = (
                table._replace(
                    cells=tuple(
                        cell.noted("页首这一行没有数字，可能是上一页末行的下半") if cell.place in doubted else cell
                        for cell in table.cells
                    )
                )
                for table in (upper, lower)
            )
        return upper, lower, False
    replaced = {
        end.place: end._replace(
            lines=(*end.lines, *cell.lines),
            rows=end.rows + cell.rows - 1,
            fields=tuple(dict.fromkeys((*end.fields, *cell.fields))),
            notes=(*end.notes, *cell.notes, *(("跨页断开，上下两半已接起来",) if cell.lines else ())),
        )
        for end, cell in matched
    }
    cells = tuple(replaced.get(cell.place, cell) for cell in upper.cells)
    return (
        upper._replace(cells=cells),
        lower._replace(cells=tuple(cell for cell in lower.cells if cell.row > 0)),
        True,
    )


def _is_open(upper: PageTable, lower: PageTable) -> bool:
    return upper.is_open_below or lower.is_open_above


def _is_torn(pairs: Sequence[tuple[PageCell, PageCell]]) -> bool:
    """Tell whether two rows that are both closed by lines are surely one row.

    The lower one must go on in few cells where the upper one has text too, begin with blank cells, hold no figure,
    and one of its texts must be seen to run on: the upper half is full to the edge.
    """
    filled = [(upper, lower) for upper, lower in pairs if lower.lines]
    above = [upper for upper, _ in pairs if upper.lines]
    first = min(pairs, key=lambda pair: pair[0].column)
    if filled and not first[1].lines and all(map(_is_cut, filled)) and _lacks_figures(pairs):
        return True
    if not filled or first[1].lines or not first[0].lines or len(filled) * 2 >= len(pairs) + 1:
        return False
    if any(not upper.lines or _FIGURE_ALONE.fullmatch(lower.text) for upper, lower in filled):
        return False
    if len(above) - len(filled) < 1:
        return False
    return any(_runs_on(upper, lower, lacks_more=len(above) - len(filled) > 1) for upper, lower in filled)


def _is_cut(pair: tuple[PageCell, PageCell]) -> bool:
    """Tell whether the upper text is full to the edge, so that the lower one is the rest of it."""
    upper, lower = pair
    if not upper.lines or _FIGURE_ALONE.fullmatch(lower.text):
        return False
    last, first = upper.lines[-1], lower.lines[0]
    return last.right - last.left + first.size > upper.room


def _lacks_figures(pairs: Sequence[tuple[PageCell, PageCell]]) -> bool:
    """Tell whether the upper row has figures, and the lower one none below any of them."""
    below = [lower for upper, lower in pairs if upper.lines and _FIGURE_ALONE.fullmatch(upper.text)]
    return bool(below) and not any(lower.lines for lower in below)


def _runs_on(upper: PageCell, lower: PageCell, *, lacks_more: bool) -> bool:
    is_long = len(upper.lines) > 1 or len(lower.lines) > 1
    last, first = upper.lines[-1], lower.lines[0]
    is_full = last.right - last.left + first.first + 0.25 * last.size > upper.room
    return (is_full and (is_long or lacks_more)) or (min(len(upper.lines) - 1, len(lower.lines)) > 1)


def _with_merged_cells_joined(upper: PageTable, lower: PageTable) -> tuple[PageTable, PageTable]:
    """Return the tables with merged cells that go on over the page's end given back to the upper one.

    Its lower part is blank and stands left of all text of its first row; elsewhere a blank cell may be just blank.
    """
    starts = sorted((cell for cell in lower.cells if cell.row == 0), key=lambda cell: cell.column)
    filled = [cell for cell in starts if cell.lines]
    if not filled or any("".join(cell.text.split()).startswith(_CLOSING_ROWS) for cell in filled):
        return upper, lower
    height = upper.height
    ends = {cell.column: cell for cell in upper.cells if cell.row + cell.rows == height}
    grown: dict[str, PageCell] = {}
    taken: set[str] = set()
    for cell in starts[: starts.index(filled[0])]:
        end = ends.get(cell.column)
        if end is None or end.columns != cell.columns:
            break
        if not end.lines:
            continue
        grown[end.place] = end._replace(rows=end.rows + cell.rows).noted("合并格跨页，下一页的空白部分已并入")
        taken.add(cell.place)
    return (
        upper._replace(cells=tuple(grown.get(cell.place, cell) for cell in upper.cells)),
        lower._replace(cells=tuple(cell for cell in lower.cells if cell.place not in taken)),
    )


def shares(edges: Sequence[float]) -> tuple[float, ...]:
    """Return each column's share of the whole width."""
    whole = edges[-1] - edges[0]
    return tuple(round((right - left) / whole, 4) for left, right in pairwise(edges)) if whole > 0 else ()
