"""Merged cells that a file has lost: the name of a block, printed once or in every row that it stands beside."""

from msgspec.structs import replace

from generator.forms.grid import Grid, GridCell
from generator.importers.understand.texts import one_line
from generator.importers.understand.words import block_word


def remerged(grid: Grid) -> Grid:
    """Return a grid whose block names at the left reach down as far as they are repeated, or nothing stands below."""
    by_place = {(cell.row, cell.column): cell for cell in grid.cells}
    with_text = {cell.row for cell in grid.cells if cell.text.strip() and cell.column > 0}
    taken: set[tuple[int, int]] = set()
    grown: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        place = (cell.row, cell.column)
        if place in taken or cell.rows > 1 or cell.column > 0 or cell.columns >= grid.width:
            continue
        name = one_line(cell.text)
        if not name or not block_word(name):
            continue
        rows = 1
        while (below := by_place.get((cell.row + rows, cell.column))) is not None and _goes_on(cell, below, name):
            if below.row not in with_text:
                break
            taken.add((below.row, below.column))
            rows += 1
        if rows > 1:
            grown[place] = replace(cell, rows=rows)
    if not grown:
        return grid
    cells = (grown.get((cell.row, cell.column), cell) for cell in grid.cells if (cell.row, cell.column) not in taken)
    return replace(grid, cells=tuple(cells))


def _goes_on(cell: GridCell, below: GridCell, name: str) -> bool:
    return (below.columns, below.rows) == (cell.columns, 1) and one_line(below.text) in ("", name) and not below.fields
