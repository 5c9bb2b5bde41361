"""A table of an HTML page while it is being read: rows, and which places merged cells cover."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.forms.grid import Align, CellKind, Grid, GridCell
from generator.forms.marked_text import settled

MOST_COLUMNS = 1000
"""As many as HTML lets a cell span."""
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


class TableTooLargeError(Exception):
    """A table of more places than any form has; its text says so in Chinese."""


class HtmlCell(NamedTuple):
    """What HTML says of a cell beside its text."""

    classes: frozenset[str]
    row_id: str
    from_end: int
    """1 for the last cell written in its row."""


class HtmlTable(NamedTuple):
    """A grid and what HTML says beside it."""

    grid: Grid
    classes: frozenset[str]
    columns: tuple[frozenset[str], ...]
    """Classes of the columns; empty where the table says nothing of them."""
    cells: tuple[HtmlCell, ...]
    """One for each cell of the grid."""


@dataclass
class TextLines:
    """Text as it is read: blanks of any kind are one, lines end where the page breaks them."""

    pieces: list[str] = field(default_factory=list)
    pending: bool = False
    """Whether a block ended, so that whatever follows begins a line."""

    def add(self, text: str) -> None:
        """Take text."""
        text = _BLANKS.sub(" ", text)
        if self.pending and text.strip():
            self.pieces.append("\n")
            self.pending = False
        self.pieces.append(text)

    def end_block(self) -> None:
        """Let whatever follows begin a line."""
        self.pending = bool(self.pieces)

    def lines(self) -> list[str]:
        """Return the lines without blanks around them."""
        return [_BLANKS.sub(" ", line).strip(" ") for line in settled("".join(self.pieces)).text.split("\n")]

    def notes(self) -> tuple[str, ...]:
        """Return what the text alone does not say."""
        return settled("".join(self.pieces)).notes

    def value(self) -> str:
        """Return the lines as the text of a cell."""
        return "\n".join(self.lines()).strip("\n")


@dataclass
class OpenCell:
    """A cell and what was read of it so far."""

    row: int
    column: int
    rows: int
    columns: int
    kind: CellKind
    classes: frozenset[str]
    text: TextLines = field(default_factory=TextLines)
    notes: dict[str, None] = field(default_factory=dict)


@dataclass
class OpenTable:
    """A table and what was read of it so far."""

    ours: bool
    classes: frozenset[str]
    above: tuple[str, ...]
    hidden: bool
    columns: list[frozenset[str]] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    cells: list[OpenCell] = field(default_factory=list)
    sources: list[HtmlCell] = field(default_factory=list)
    rows: int = 0
    covered: list[int] = field(default_factory=list)
    """For each column, the first row that no cell from above covers."""
    group: int = 0
    """Position among the cells of the first one of this group of rows."""
    caption: TextLines | None = None
    cell: OpenCell | None = None
    column: int = 0
    row_start: int = 0
    row_id: str = ""
    row_notes: tuple[str, ...] = ()
    in_row: bool = False
    in_print_header: bool = False

    def begin_row(self, row_id: str, notes: tuple[str, ...]) -> None:
        """Begin a row; one that is still open ends."""
        self.end_row()
        self.in_row, self.column, self.row_id, self.row_notes = True, 0, row_id, notes
        self.row_start = len(self.cells)

    def end_row(self) -> None:
        """End the row, if one is open."""
        self.cell = None
        if not self.in_row:
            return
        self.in_row = False
        self.rows += 1
        own = self.cells[self.row_start :]
        self.sources += [HtmlCell(cell.classes, self.row_id, len(own) - n) for n, cell in enumerate(own)]

    def end_group(self) -> None:
        """Close a group of rows: no cell reaches beyond it, whatever it claims."""
        self.end_row()
        for cell in self.cells[self.group :]:
            cell.rows = min(cell.rows, self.rows - cell.row)
        self.covered = []
        self.group = len(self.cells)

    def add_cell(self, kind: CellKind, spans: tuple[int, int], classes: frozenset[str]) -> int:
        """Place a cell right of those before it; return how many places were looked at."""
        columns, rows = spans
        start = self.column
        while self._is_covered(self.column):
            self.column += 1
        looked = self.column - start
        if self.column >= MOST_COLUMNS:
            raise TableTooLargeError(f"表格超过 {MOST_COLUMNS} 栏，不像绩效表，没有读取。")
        width = 1
        while width < min(columns, MOST_COLUMNS - self.column) and not self._is_covered(self.column + width):
            width += 1
        notes = dict.fromkeys(self.row_notes)
        if width < columns and self._is_covered(self.column + width):
            notes["与上方的合并单元格重叠"] = None
        end = self.column + width
        self.covered += [0] * (end - len(self.covered))
        self.covered[self.column : end] = [self.rows + rows] * width
        self.cell = OpenCell(self.rows, self.column, rows, width, kind, classes, notes=notes)
        self.cells.append(self.cell)
        self.column = end
        return looked + width

    def _is_covered(self, column: int) -> bool:
        return column < len(self.covered) and self.covered[column] > self.rows

    def result(self, below: tuple[str, ...]) -> HtmlTable:
        """Return the table; `below` are the lines behind it."""
        self.end_group()
        caption = tuple(line for line in self.caption.lines() if line) if self.caption else ()
        # A cell may claim more columns than the table has: colspan="100".
        width = max([len(self.columns), *(cell.column + 1 for cell in self.cells)])
        cells = [
            (_finished(cell, width, ours=self.ours), source)
            for cell, source in zip(self.cells, self.sources, strict=True)
        ]
        grid = Grid(
            cells=tuple(cell for cell, _ in cells),
            above=(*self.above, *caption),
            below=below,
            repeated=tuple(self.repeated),
            place="隐藏的表格" if self.hidden else "",
        )
        return HtmlTable(grid, self.classes, tuple(self.columns), tuple(source for _, source in cells))


def _finished(cell: OpenCell, width: int, *, ours: bool) -> GridCell:
    left = not ours or bool(cell.classes & {"name", "reason", "prose"})
    return GridCell(
        row=cell.row,
        column=cell.column,
        text=cell.text.value(),
        rows=cell.rows,
        columns=min(cell.columns, width - cell.column),
        kind=cell.kind,
        align=Align.LEFT if left and cell.kind is not CellKind.LABEL else Align.CENTER,
        vertical="vertical" in cell.classes,
        note="；".join(dict.fromkeys((*cell.notes, *cell.text.notes()))),
    )
