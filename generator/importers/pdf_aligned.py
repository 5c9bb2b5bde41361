"""Tables without drawn lines: columns told from the blank strips that run through all rows."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.importers.page_tables import PageCell, PageTable
from generator.importers.pdf_page import Glyph
from generator.importers.pdf_text import Line, lines_of, rows_of

_GUTTER = 1.2
"""Width of the blank strip between two columns, in sizes of the text."""
_FARTHEST_ROW = 4.0
"""Distance between two rows of one table, in sizes of the text."""
_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_NOTE = "没有框线，按文字的位置分的格，请核对"


class _Piece(NamedTuple):
    """Text of one row without a wide gap in it."""

    left: float
    right: float
    glyphs: tuple[Glyph, ...]


class _Row(NamedTuple):
    baseline: float
    size: float
    pieces: tuple[_Piece, ...]


def find_aligned(
    glyphs: Sequence[Glyph], lines: Sequence[Line], page: int
) -> tuple[list[tuple[PageTable, float, float]], list[Line]]:
    """Return the tables that aligned text makes, each with its top and bottom, and the lines that belong to none.

    One line of text is one row, for nothing tells which lines are the wrapped text of one cell.
    """
    kept = {round(line.baseline, 3) for line in lines}
    rows = [_row(row) for row in rows_of([glyph for glyph in glyphs if glyph.angle == 0])]
    blocks = _blocks([row for row in rows if round(row.baseline, 3) in kept])
    tables = []
    taken: set[float] = set()
    for number, block in enumerate(blocks, start=1):
        tables.append((_table(block, page, number), block[0].baseline - block[0].size, block[-1].baseline))
        taken.update(round(row.baseline, 3) for row in block)
    return tables, [line for line in lines if round(line.baseline, 3) not in taken]


def _row(glyphs: Sequence[Glyph]) -> _Row:
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    line = lines_of(inked)[0]
    pieces: list[list[Glyph]] = [[inked[0]]]
    for before, glyph in pairwise(inked):
        if glyph.left - before.right > _GUTTER * line.size:
            pieces.append([glyph])
        else:
            pieces[-1].append(glyph)
    return _Row(
        line.baseline,
        line.size,
        tuple(_Piece(piece[0].left, max(glyph.right for glyph in piece), tuple(piece)) for piece in pieces),
    )


def _blocks(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Return runs of rows that share their columns."""
    blocks: list[list[_Row]] = []
    current: list[_Row] = []
    for row in rows:
        near = current and row.baseline - current[-1].baseline <= _FARTHEST_ROW * row.size
        if near and len(_columns([*current, row])) >= _LEAST_COLUMNS:
            current.append(row)
            continue
        blocks.append(current)
        current = [row] if len(row.pieces) >= _LEAST_COLUMNS else []
    blocks.append(current)
    return [block for block in blocks if len(block) >= _LEAST_ROWS]


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Return the extents of the columns; nothing where a row has two pieces of text in one of them."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row.pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    for row in rows:
        found = [_column(piece, columns) for piece in row.pieces]
        if len(set(found)) != len(found):
            return []
    return columns


def _column(piece: _Piece, columns: Sequence[tuple[float, float]]) -> int:
    return next(index for index, (left, right) in enumerate(columns) if left <= piece.left and piece.right <= right)


def _table(rows: Sequence[_Row], page: int, number: int) -> PageTable:
    columns = _columns(rows)
    inner = tuple((one[1] + other[0]) / 2 for one, other in pairwise(columns))
    edges = (columns[0][0], *inner, columns[-1][1])
    cells = []
    for index, row in enumerate(rows):
        filled = {_column(piece, columns): piece for piece in row.pieces}
        for column in range(len(columns)):
            piece = filled.get(column)
            cells.append(
                PageCell(
                    row=index,
                    column=column,
                    rows=1,
                    columns=1,
                    left=edges[column],
                    right=edges[column + 1],
                    room=edges[column + 1] - edges[column],
                    lines=lines_of(piece.glyphs) if piece else (),
                    notes=(_NOTE,),
                    place=f"第{page}页表{number}第{index + 1}行第{column + 1}格",
                )
            )
    return PageTable(edges, tuple(cells), (), page, page, number)
