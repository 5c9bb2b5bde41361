"""A table as rows of boxes, a merged cell standing in every row it covers."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.forms.grid import Grid, GridCell
from generator.importers.understand.texts import one_line

Key = tuple[int, int, int]
"""Number of the grid, row and column: what tells one cell of a document from all others."""


class Box(NamedTuple):
    """One cell as seen from one row."""

    key: Key
    text: str
    """On one line."""
    cell: GridCell
    starts: bool
    """Whether this is the first row that the cell covers."""

    @property
    def left(self) -> int:
        """First column."""
        return self.cell.column

    @property
    def right(self) -> int:
        """Column behind the last one."""
        return self.cell.column + self.cell.columns

    def over(self, left: int, right: int) -> bool:
        """Tell whether it covers any of these columns."""
        return self.left < right and left < self.right


class Line(NamedTuple):
    """One row."""

    row: int
    boxes: tuple[Box, ...]

    @property
    def new(self) -> tuple[Box, ...]:
        """The cells that begin here."""
        return tuple(box for box in self.boxes if box.starts)

    @property
    def texts(self) -> tuple[Box, ...]:
        """The cells that begin here and hold text."""
        return tuple(box for box in self.boxes if box.starts and box.text)


def lines_of(number: int, grid: Grid) -> Iterator[Line]:
    """Return the rows of a grid from top to bottom."""
    open_cells: list[Box] = []
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in range(grid.height):
        open_cells = [box._replace(starts=False) for box in open_cells if box.cell.row + box.cell.rows > row]
        open_cells += [
            Box((number, cell.row, cell.column), one_line(cell.text), cell, starts=True) for cell in by_row.get(row, ())
        ]
        open_cells.sort(key=lambda box: box.left)
        yield Line(row, tuple(open_cells))
