"""Tables from the lines drawn on a page: a cell is a rectangle that no line crosses."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.importers.document import UnreadableError
from generator.importers.pdf_shapes import Box

SNAP = 2.5
"""Lines and ends of lines nearer than this, in points, are drawn at one place."""
_CROSSINGS_PER_PAGE = 4_000_000
_WALL_SHARE = 0.75
"""How much of a cell's side must be drawn for the side to be there."""


class FrameCell(NamedTuple):
    """A cell as its lines show it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    is_torn: bool = False
    """Whether lines of it are missing, so its extent is a guess."""


class Frame(NamedTuple):
    """A table as its lines show it."""

    xs: tuple[float, ...]
    """Edges of the columns."""
    ys: tuple[float, ...]
    """Edges of the rows."""
    cells: tuple[FrameCell, ...]
    is_open_above: bool
    """Whether no line closes it at its top."""
    is_open_below: bool

    @property
    def box(self) -> Box:
        """Return the rectangle around the table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


class _Rule(NamedTuple):
    at: float
    start: float
    end: float


def find_frames(across: Iterable[Box], down: Iterable[Box], *, label: str) -> tuple[Frame, ...]:
    """Return the tables drawn on a page, from top to bottom; a mere box around something is none."""
    rows = _merged(_Rule(box.top, box.left, box.right) for box in across)
    columns = _merged(_Rule(box.left, box.top, box.bottom) for box in down)
    if len(rows) * len(columns) > _CROSSINGS_PER_PAGE:
        raise UnreadableError(f"{label}的线条太多，不像是表格。请改用 XLSX 或 DOCX 原件导入。")
    frames = [frame for group in _components(rows, columns) if (frame := _frame(*group))]
    return tuple(sorted(frames, key=lambda frame: (frame.ys[0], frame.xs[0])))


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Return lines with those drawn in pieces or twice made one."""
    merged: list[_Rule] = []
    ordered = sorted(rules)
    for places in _clusters([rule.at for rule in ordered]):
        middle = sum(places) / len(places)
        pieces = sorted((rule.start, rule.end) for rule in ordered if places[0] <= rule.at <= places[-1])
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start > end + SNAP:
                merged.append(_Rule(middle, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        merged.append(_Rule(middle, start, end))
    return merged


def _clusters(values: Sequence[float]) -> list[list[float]]:
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][0] <= SNAP:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return clusters


def _touch(row: _Rule, column: _Rule) -> bool:
    return row.start - SNAP <= column.at <= row.end + SNAP and column.start - SNAP <= row.at <= column.end + SNAP


def _components(rows: list[_Rule], columns: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Return groups of lines that hang together."""
    parents = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if _touch(row, column):
                parents[root(i)] = root(len(rows) + j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(columns):
        groups.setdefault(root(len(rows) + j), ([], []))[1].append(column)
    return list(groups.values())


def _frame(rows: list[_Rule], columns: list[_Rule]) -> Frame | None:
    if not rows or not columns:
        return None
    row_closings, column_closings = _closings(rows, columns), _closings(columns, rows)
    rows, columns = _without_loose([*rows, *row_closings], [*columns, *column_closings])
    xs, ys = _edges(columns), _edges(rows)
    # One place alone is a box around a text or around the page.
    if (len(xs) - 1) * (len(ys) - 1) <= 1:
        return None
    return Frame(
        xs,
        ys,
        _cells(xs, ys, rows, columns),
        is_open_above=any(abs(rule.at - ys[0]) <= SNAP for rule in row_closings),
        is_open_below=any(abs(rule.at - ys[-1]) <= SNAP for rule in row_closings),
    )


def _edges(rules: list[_Rule]) -> tuple[float, ...]:
    return tuple(sum(places) / len(places) for places in _clusters([rule.at for rule in rules]))


def _closings(rules: list[_Rule], crossing: list[_Rule]) -> list[_Rule]:
    """Return the outer lines that are not drawn although most crossing lines run on to one place beyond the last."""
    first, last = min(rule.at for rule in rules), max(rule.at for rule in rules)
    enough = max(2, len(crossing) / 2)
    start, end = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    closings = []
    for ends, sign, edge in (([c.start for c in crossing], 1, first), ([-c.end for c in crossing], -1, -last)):
        farthest = min(ends)
        if farthest < edge - 2 * SNAP and sum(1 for place in ends if place <= farthest + SNAP) >= enough:
            closings.append(_Rule(sign * farthest, start, end))
    return closings


def _without_loose(rows: list[_Rule], columns: list[_Rule]) -> tuple[list[_Rule], list[_Rule]]:
    """Return lines cut to where they meet others, without those that meet fewer than two: they underline text."""
    while True:
        kept_list = _cut(rows, columns)
        kept_columns = _cut(columns, kept_list)
        if kept_list == rows and kept_columns == columns:
            return rows, columns
        rows, columns = kept_list, kept_columns


def _cut(rules: list[_Rule], crossing: list[_Rule]) -> list[_Rule]:
    kept = []
    for rule in rules:
        met = [other.at for other in crossing if _touch(rule, other)]
        if met and max(met) - min(met) > SNAP:
            kept.append(_Rule(rule.at, min(met), max(met)))
    return kept


def _cells(
    xs: tuple[float, ...], ys: tuple[float, ...], rows: list[_Rule], columns: list[_Rule]
) -> tuple[FrameCell, ...]:
    above = _walls(ys, xs, rows)
    left = _walls(xs, ys, columns)
    height, width = len(ys) - 1, len(xs) - 1
    seen: set[tuple[int, int]] = set()
    cells: list[FrameCell] = []
    for i in range(height):
        for j in range(width):
            if (i, j) in seen:
                continue
            region = _region(i, j, above, left)
            seen |= region
            cells.extend(_rectangles(region, xs, ys, above, left))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _walls(places: tuple[float, ...], across: tuple[float, ...], rules: list[_Rule]) -> list[list[bool]]:
    """Tell for each edge whether a line is drawn along each stretch of it."""
    drawn = [[0.0] * (len(across) - 1) for _ in places]
    for rule in rules:
        line = drawn[min(range(len(places)), key=lambda k: abs(places[k] - rule.at))]
        for j, (start, end) in enumerate(pairwise(across)):
            line[j] += max(0.0, min(end, rule.end) - max(start, rule.start)) / (end - start)
    return [[share >= _WALL_SHARE for share in line] for line in drawn]


def _region(i: int, j: int, above: list[list[bool]], left: list[list[bool]]) -> set[tuple[int, int]]:
    """Return the places that can be reached from one without crossing a line."""
    height, width = len(above) - 1, len(left) - 1
    region = {(i, j)}
    waiting = [(i, j)]
    while waiting:
        row, column = waiting.pop()
        steps = (
            (row - 1, column, row > 0 and not above[row][column]),
            (row + 1, column, row + 1 < height and not above[row + 1][column]),
            (row, column - 1, column > 0 and not left[column][row]),
            (row, column + 1, column + 1 < width and not left[column + 1][row]),
        )
        for next_row, next_column, is_free in steps:
            if is_free and (next_row, next_column) not in region:
                region.add((next_row, next_column))
                waiting.append((next_row, next_column))
    return region


def _rectangles(
    region: set[tuple[int, int]],
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    above: list[list[bool]],
    left: list[list[bool]],
) -> list[FrameCell]:
    """Return the cell that a region is, or, where its lines are torn, the rectangles it falls into."""
    rows = sorted({row for row, _ in region})
    columns = sorted({column for _, column in region})
    is_whole = len(region) == len(rows) * len(columns)
    if is_whole:
        spans = [(rows[0], columns[0], len(rows), len(columns))]
    else:
        spans = [(row, start, 1, end - start) for row in rows for start, end in _stretches(region, row)]
    cells = []
    for row, column, high, wide in spans:
        box = Box(xs[column], ys[row], xs[column + wide], ys[row + high])
        closed = all(
            [above[edge][j] for edge in (row, row + high) for j in range(column, column + wide)]
            + [left[edge][i] for edge in (column, column + wide) for i in range(row, row + high)]
        )
        crossed = any(above[i][j] for i in range(row + 1, row + high) for j in range(column, column + wide)) or any(
            left[j][i] for j in range(column + 1, column + wide) for i in range(row, row + high)
        )
        cells.append(FrameCell(row, column, high, wide, box, is_torn=not is_whole or not closed or crossed))
    return cells


def _stretches(region: set[tuple[int, int]], row: int) -> list[tuple[int, int]]:
    columns = sorted(column for at, column in region if at == row)
    stretches: list[tuple[int, int]] = []
    for column in columns:
        if stretches and stretches[-1][1] == column:
            stretches[-1] = (stretches[-1][0], column + 1)
        else:
            stretches.append((column, column + 1))
    return stretches
