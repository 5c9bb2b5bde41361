"""Lay the tables of a form over one another: a sheet has one set of columns, and rows as high as their text needs."""

import math
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise

from generator.forms.grid import Grid, GridCell

_NARROW = 0.56
"""Width of a Latin letter or digit in the width of a Chinese character, on the safe side."""
_LEADING = 1.4
_NEAR = 0.025
"""Share of the width within which two edges are one."""
_LEAST_EDGES = 3
_PADDING = 5.0
"""Points that the edges of a cell take, across and down."""


def shares_of(grid: Grid) -> tuple[float, ...]:
    """Return the width of each column, all together one."""
    shares = grid.widths if len(grid.widths) == grid.width else (1.0,) * grid.width
    whole = sum(shares)
    return tuple(share / whole for share in shares)


def sheet_shares(grids: Sequence[Grid]) -> tuple[float, ...]:
    """Return the columns of a sheet that shows all tables: those of the widest, divided where another needs an edge."""
    edges = [0.0, 1.0]
    for grid in sorted(grids, key=lambda grid: -grid.width):
        # A label and its value stand well wherever the line between them is.
        if len(edges) > _LEAST_EDGES and grid.width < _LEAST_EDGES:
            continue
        for edge in list(accumulate(shares_of(grid)))[:-1]:
            if len(edges) <= grid.width or min(abs(edge - other) for other in edges) > _NEAR:
                edges = sorted((*edges, edge))
    return tuple(widths_between(edges))


def fitted_edges(grid: Grid, shares: Sequence[float]) -> tuple[int, ...]:
    """Return where each column of a table begins among the sheet's columns, and where the last one ends.

    The sheet has the columns of its widest table; the edges of the others move to the nearest that is free.
    """
    edges = (0.0, *accumulate(shares))
    own = (0.0, *accumulate(shares_of(grid)))
    count, columns = len(own) - 1, len(shares)
    fitted = [0]
    for number, place in enumerate(own[1:-1], 1):
        # As many edges must be left as there are columns to come.
        free = range(fitted[-1] + 1, columns - (count - number) + 1)
        fitted.append(min(free, key=lambda edge, place=place: abs(edges[edge] - place)))  # type: ignore[misc]
    return (*fitted, columns)


def height_of(cell: GridCell, width: float, size: float) -> float:
    """Return the height that a cell's text needs in a width, in points."""
    if cell.vertical:
        return len(cell.text) * size * _LEADING + _PADDING
    room = max(width - _PADDING, size)
    return sum(_lines(line, room, size) for line in cell.text.split("\n")) * size * _LEADING + _PADDING


def row_heights(grid: Grid, edges: Sequence[float], size: float) -> list[float]:
    """Return the height of each row of a table so that nothing in it is cut off; `edges` are in points."""
    heights = [size * _LEADING + _PADDING] * grid.height
    # Cells of one row first: what merged cells lack is known only then.
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        needed = height_of(cell, edges[cell.column + cell.columns] - edges[cell.column], size)
        rows = range(cell.row, cell.row + cell.rows)
        lacking = needed - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / cell.rows
    return heights


def text_width(text: str) -> float:
    """Return how wide a line is in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text)


def _lines(line: str, room: float, size: float) -> int:
    # A line ends before the last character that would not fit, and no punctuation begins one.
    characters = max(1.0, room / size - 0.5)
    return max(1, math.ceil(text_width(line) / characters))


def widths_between(edges: Sequence[float]) -> list[float]:
    """Return the distances of edges."""
    return [end - start for start, end in pairwise(edges)]
