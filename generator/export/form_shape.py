"""How a form's table stands on paper: its cells, the head it repeats, the width of each column, the size of the letters.

What is printed and what is opened in a word processor have it in common.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.forms.grid import FormGrid, Grid, GridCell

TEXT_SIZE = 9.0
"""Size of the letters in a table, in points."""
_SMALLEST = 6.0
_SIZE_STEP = 0.5
_PADDING = 6.0
_POINTS_PER_MM = 72 / 25.4

_PORTRAIT_WIDTH = 174.0
_LANDSCAPE_WIDTH = 261.0
_COLUMNS_UPRIGHT = 12

_LONG_CELL = 12
"""Lines from which a row may break across pages: kept whole, it would leave half a page empty."""

_FOOT_ROWS = 2

# Neither is text: what XML forbids, and what a font has no sign for.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")
_HAN = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[^\s\u2e80-\ufaff\uff01-\uff60]+")


class Piece(NamedTuple):
    """A cell, or the part of one that stands above or below the place where its table is cut."""

    cell: GridCell
    open_above: bool = False
    """Whether the cell goes on above, so that no line is drawn there."""
    open_below: bool = False
    """The same below."""


class Shape(NamedTuple):
    """One table."""

    pieces: tuple[Piece, ...]
    """Every place covered exactly once; by row, then column."""
    head: int | None
    """The row that each further page repeats, whole by itself; None where no row does."""
    widths: tuple[float, ...]
    """Of each column, in millimetres."""

    def width_of(self, cell: GridCell) -> float:
        """Return the room for a cell's text, in points."""
        return sum(self.widths[cell.column : cell.column + cell.columns]) * _POINTS_PER_MM - _PADDING

    def size_of(self, cell: GridCell) -> float:
        """Return the size of letters at which the longest figure of a cell stays on one line."""
        if cell.vertical:
            return TEXT_SIZE
        longest = max((_ems(word) for word in _WORD.findall(cell.text)), default=0)
        if longest * TEXT_SIZE <= self.width_of(cell):
            return TEXT_SIZE
        return max(_SMALLEST, math.floor(self.width_of(cell) / longest / _SIZE_STEP) * _SIZE_STEP)

    def breaking_rows(self) -> frozenset[int]:
        """Return the rows with so much text in one of their cells that they may go on over the next page."""
        cells = [piece.cell for piece in self.pieces if piece.cell.rows == 1]
        return frozenset(cell.row for cell in cells if self._line_count(cell) >= _LONG_CELL)

    def foot(self) -> int:
        """Return the first of the last rows, which would say nothing alone on a page: total and grade."""
        height = max((piece.cell.row + piece.cell.rows for piece in self.pieces), default=0)
        merged = max((piece.cell.row + piece.cell.rows for piece in self.pieces if piece.cell.rows > 1), default=height)
        return height if self.head is None else max(merged, height - _FOOT_ROWS, self.head + 2)

    def _line_count(self, cell: GridCell) -> int:
        line = max(self.width_of(cell), TEXT_SIZE) / self.size_of(cell)
        return sum(max(1, math.ceil(_ems(text) / line)) for text in cell.text.split("\n"))


def printable(text: str) -> str:
    """Show what no document can hold, such as a bell or half a character, as U+FFFD instead of leaving it out."""
    return _NO_TEXT.sub("\ufffd", text)


def is_wide(forms: Sequence[FormGrid]) -> bool:
    """Tell whether a form has more columns than an upright page can show."""
    return any(grid.width > _COLUMNS_UPRIGHT for form in forms for grid in form.grids)


def shaped(grid: Grid, *, wide: bool) -> Shape:
    """Return how a table stands on paper; `wide` is for a page that lies on its side."""
    cells = _filled(grid)
    head = _repeated_row(grid)
    if head is not None and any(cell.row < head < cell.row + cell.rows for cell in cells):
        head = None
    pieces = [piece for cell in cells for piece in _cut(cell, head)]
    pieces.sort(key=lambda piece: (piece.cell.row, piece.cell.column))
    whole = _LANDSCAPE_WIDTH if wide else _PORTRAIT_WIDTH
    shares = _shares(grid)
    return Shape(tuple(pieces), head, tuple(whole * share / sum(shares) for share in shares))


def fitting_lines(text: str, *, ems: float, balanced: bool) -> list[str]:
    """Return a text line by line, words that no line can hold cut into what it can.

    `balanced` gives a title that needs several lines as many characters in each: 项目/名称, not 项目名/称.
    """
    return [
        part
        for line in text.split("\n")
        for part in (_balanced(line, ems) if balanced and _HAN.fullmatch(line) else _fitting(line, ems))
    ]


def _balanced(line: str, ems: float) -> list[str]:
    count = math.ceil(len(line) / max(1, int(ems)))
    size = math.ceil(len(line) / count)
    return [line[start : start + size] for start in range(0, len(line), size)]


def _fitting(line: str, ems: float) -> list[str]:
    cuts = {
        place
        for word in _WORD.finditer(line)
        if _ems(word[0]) > ems
        for place in range(word.start(), word.end(), max(1, int(ems / _ems(word[0]) * len(word[0]))))
    }
    places = [0, *sorted(cuts - {0}), len(line)]
    return [line[start:end] for start, end in pairwise(places)]


def _filled(grid: Grid) -> list[GridCell]:
    covered = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    places = [(row, column) for row in range(grid.height) for column in range(grid.width)]
    return [*grid.cells, *(GridCell(row, column, "") for row, column in places if (row, column) not in covered)]


def _repeated_row(grid: Grid) -> int | None:
    """Return the row whose titles the printed pages repeat.

    A title left out of the repeated head stands for any cell, as beside the titles of the indicators.
    """
    for row in range(grid.height if grid.repeated else 0):
        cells = sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)
        if len(cells) == len(grid.repeated) and all(
            columns == cell.columns and title in {"", cell.text}
            for cell, (title, columns) in zip(cells, grid.repeated, strict=True)
        ):
            return row
    return None


def _cut(cell: GridCell, head: int | None) -> list[Piece]:
    """Cut a cell that begins in the repeated row and goes on below it: a row that is repeated must be whole."""
    if cell.row != head or cell.rows == 1:
        return [Piece(cell)]
    above = GridCell(cell.row, cell.column, "", columns=cell.columns)
    below = GridCell(
        cell.row + 1,
        cell.column,
        cell.text,
        rows=cell.rows - 1,
        columns=cell.columns,
        kind=cell.kind,
        align=cell.align,
        vertical=cell.vertical,
        fields=cell.fields,
    )
    return [Piece(above, open_below=True), Piece(below, open_above=True)]


def _shares(grid: Grid) -> Sequence[float]:
    if len(grid.widths) == grid.width and all(width > 0 for width in grid.widths):
        return grid.widths
    shares = [4.0] * grid.width
    for cell in grid.cells:
        if cell.columns == 1 and not cell.vertical:
            longest = max(_ems(line) for line in cell.text.split("\n"))
            shares[cell.column] = max(shares[cell.column], min(longest + 1, 16.0))
    return shares


def _ems(text: str) -> float:
    return sum(map(_em, text))


def _em(character: str) -> float:
    """Return about how wide a character is in a serif font, as a share of its height."""
    if unicodedata.east_asian_width(character) in "WFA" or character in "mwMW%@":
        return 1.0
    if character in " ,.:;'!|()[]-/":
        return 0.35
    return 0.75 if character.isupper() else 0.56
