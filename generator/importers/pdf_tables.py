"""One page of a PDF as tables and the lines of text around them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.importers.document import Remark
from generator.importers.page_tables import PageCell, PageTable, is_page_number, ordinals
from generator.importers.pdf_aligned import find_aligned
from generator.importers.pdf_lines import Frame, FrameCell, find_frames
from generator.importers.pdf_names import NamedPlace
from generator.importers.pdf_page import Drawing, Glyph
from generator.importers.pdf_text import Line, ends_divisibly, lines_of

_MARGIN = 0.12
"""Share of the page's height at its top and bottom where page numbers stand."""
_RUNNING = 0.08
"""Share of the page's height at its top and bottom where running heads stand."""
_RUNNING_SIZE = 11.5
"""Largest size of a running head; titles are larger."""
_MARGIN_REACH = 3.0
_LEAST_PADDING, _MOST_PADDING = 0.5, 8.0
_NEXT_CHARACTER = 0.3
"""Characters of one piece of text nearer than this, in sizes, belong to one word."""


class PageContent(NamedTuple):
    """What a page holds."""

    tables: tuple[PageTable, ...]
    trailing: tuple[str, ...]
    """Lines below its last table."""
    remarks: tuple[Remark, ...]


class _Content(NamedTuple):
    """What stands in one cell."""

    glyphs: list[Glyph]
    notes: list[str]


def running_lines(drawings: Sequence[Drawing]) -> frozenset[str]:
    """Return the small lines that stand at one place in the margin of every page."""
    if len(drawings) == 1:
        return frozenset()
    pages = [
        {(line.text.strip(), round(line.baseline / _MARGIN_REACH)) for line in _margin_lines(drawing)}
        for drawing in drawings
    ]
    return frozenset(text for text, _ in set.intersection(*pages))


def _margin_lines(drawing: Drawing) -> Sequence[Line]:
    near = [
        glyph
        for glyph in _seen(drawing.glyphs)
        if glyph.size <= _RUNNING_SIZE
        and not _RUNNING * drawing.height < glyph.baseline < (1 - _RUNNING) * drawing.height
    ]
    return lines_of(near)


def read_page(
    drawing: Drawing, number: int, named: Sequence[NamedPlace] = (), running: frozenset[str] = frozenset()
) -> PageContent:
    """Return the tables of a page.

    `named` are the places of fields that the document itself names, `running` the lines that each page repeats.
    """
    label = f"第{number}页"
    remarks: list[Remark] = []
    if drawing.images and not any(not glyph.text.isspace() for glyph in drawing.glyphs):
        remarks.append(Remark("这一页是图片，没有文字层，没有读", label))
    frames = find_frames(drawing.across, drawing.down, label=label)
    insides, outside = _shared_out(drawing.glyphs, frames)
    hidden = _hidden_text(outside)
    if hidden:
        remarks.append(Remark(f"有看不见的文字“{hidden}”，没有取", label))
    lines = _without_running(lines_of(_seen(outside)), drawing, running, label, remarks)
    lines = _without_page_numbers(lines, drawing, label, remarks)
    found = [
        _table(frame, inside, _Where(drawing, number, index, label, named), remarks)
        for index, (frame, inside) in enumerate(zip(frames, insides, strict=True), start=1)
    ]
    if not frames:
        found, lines = find_aligned([g for g in outside if not g.hidden], lines, number)
        remarks.extend(Remark("没有框线，按文字的位置分的格，请逐格核对", table.place) for table, _, _ in found)
    return _with_lines(found, lines, tuple(remarks))


class _Where(NamedTuple):
    drawing: Drawing
    page: int
    number: int
    label: str
    named: Sequence[NamedPlace]

    @property
    def place(self) -> str:
        return f"{self.label}表{self.number}"


def _with_lines(
    tables: Sequence[tuple[PageTable, float, float]], lines: Sequence[Line], remarks: tuple[Remark, ...]
) -> PageContent:
    """Return tables, each with its top and bottom, with the lines that stand above each of them."""
    placed: list[PageTable] = []
    more: list[Remark] = []
    end = float("-inf")
    for table, top, bottom in tables:
        above = tuple(line.text.strip() for line in lines if end < line.baseline <= top)
        beside = [line.text.strip() for line in lines if max(top, end) < line.baseline <= bottom]
        more.extend(Remark(f"表格旁边的文字“{text}”没有归到任何一格", table.place) for text in beside)
        end = max(end, bottom)
        placed.append(table._replace(above=above))
    trailing = tuple(line.text.strip() for line in lines if line.baseline > end)
    return PageContent(tuple(placed), trailing, (*remarks, *more))


def _seen(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if not glyph.hidden]


def _hidden_text(glyphs: Iterable[Glyph]) -> str:
    return " ".join(line.text.strip() for line in lines_of(glyph for glyph in glyphs if glyph.hidden))


def _shared_out(glyphs: Sequence[Glyph], frames: Sequence[Frame]) -> tuple[list[list[_Content]], list[Glyph]]:
    """Return for each table what stands in each of its cells, and what stands in none."""
    finders = [_Finder(frame) for frame in frames]
    # A table inside a cell of another takes its text first.
    order = sorted(range(len(frames)), key=lambda i: _area(frames[i]))
    contents = [[_Content([], []) for _ in frame.cells] for frame in frames]
    outside: list[Glyph] = []
    before: tuple[Glyph, tuple[int, int]] | None = None
    for glyph in glyphs:
        spot = next(((i, cell) for i in order if (cell := finders[i].cell_at(*glyph.middle)) is not None), None)
        if spot is None:
            outside.append(glyph)
            before = None
            continue
        contents[spot[0]][spot[1]].glyphs.append(glyph)
        if glyph.text.isspace():
            continue
        if before is not None and before[1] != spot and _is_one_word(before[0], glyph):
            for i, cell in (before[1], spot):
                contents[i][cell].notes.append("文字压过框线，可能分到了两格")
        before = (glyph, spot)
    return contents, outside


def _area(frame: Frame) -> float:
    box = frame.box
    return (box.right - box.left) * (box.bottom - box.top)


def _is_one_word(before: Glyph, glyph: Glyph) -> bool:
    return (
        before.run == glyph.run
        and before.angle == glyph.angle == 0
        and abs(before.baseline - glyph.baseline) < _NEXT_CHARACTER * glyph.size
        and abs(glyph.left - before.right) < _NEXT_CHARACTER * glyph.size
    )


class _Finder:
    """Finds the cell of a table that holds a point."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._cells = {
            (row, column): index
            for index, cell in enumerate(frame.cells)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the index of the cell that holds a point, or None outside of the table."""
        row = bisect_right(self._frame.ys, y) - 1
        column = bisect_right(self._frame.xs, x) - 1
        return self._cells.get((row, column))


def _without_running(
    lines: Sequence[Line], drawing: Drawing, running: frozenset[str], label: str, remarks: list[Remark]
) -> list[Line]:
    kept = []
    for line in lines:
        text = line.text.strip()
        if text in running and _is_at_edge(line, drawing) and not is_page_number(text):
            remarks.append(Remark(f"每页重复的页眉或页脚“{text}”已略去", label))
        else:
            kept.append(line)
    return kept


def _without_page_numbers(lines: Sequence[Line], drawing: Drawing, label: str, remarks: list[Remark]) -> list[Line]:
    kept = []
    for line in lines:
        if _is_at_edge(line, drawing) and is_page_number(line.text, is_alone=_is_last_or_first(line, lines)):
            remarks.append(Remark(f"页码“{line.text.strip()}”已略去", label))
        else:
            kept.append(line)
    return kept


def _is_at_edge(line: Line, drawing: Drawing) -> bool:
    return line.baseline < _MARGIN * drawing.height or line.baseline > (1 - _MARGIN) * drawing.height


def _is_last_or_first(line: Line, lines: Sequence[Line]) -> bool:
    places = [other.baseline for other in lines]
    return line.baseline in {min(places), max(places)}


def _table(
    frame: Frame, contents: Sequence[_Content], where: _Where, remarks: list[Remark]
) -> tuple[PageTable, float, float]:
    lined = [_lines_in_cell(content, where, remarks) for content in contents]
    padding = _padding(frame.cells, lined)
    numbers = ordinals((cell.row, cell.column, cell.rows) for cell in frame.cells)
    cells = []
    for cell, content, lines, ordinal in zip(frame.cells, contents, lined, numbers, strict=True):
        notes = list(content.notes)
        hidden = _hidden_text(content.glyphs)
        if hidden:
            notes.append(f"有看不见的文字“{hidden}”，没有取")
        if cell.is_torn:
            if not lines:
                continue
            notes.append("框线没有画全，格的范围是推定的")
        left, right = _extent(cell, lines, content)
        cells.append(
            PageCell(
                row=cell.row,
                column=cell.column,
                rows=cell.rows,
                columns=cell.columns,
                left=left,
                right=right,
                room=right - left - 2 * padding,
                lines=lines,
                notes=tuple(dict.fromkeys(notes)),
                place=f"{where.place}第{cell.row + 1}行第{ordinal}格",
                is_turned=_is_turned(content),
                fields=tuple(dict.fromkeys(each.field for each in where.named if cell.box.holds(each.x, each.y))),
            )
        )
    table = PageTable(
        edges=frame.xs,
        cells=tuple(cells),
        above=(),
        first_page=where.page,
        last_page=where.page,
        number=where.number,
        is_open_above=frame.is_open_above,
        is_open_below=frame.is_open_below,
    )
    return table, frame.ys[0], frame.ys[-1]


def _lines_in_cell(content: _Content, where: _Where, remarks: list[Remark]) -> tuple[Line, ...]:
    kept = []
    for line in lines_of(_seen(content.glyphs)):
        if not _is_turned(content) and _is_at_edge(line, where.drawing) and is_page_number(line.text):
            remarks.append(Remark(f"表格里的页码“{line.text.strip()}”已略去", where.place))
        else:
            kept.append(line)
    return tuple(kept)


def _is_turned(content: _Content) -> bool:
    inked = [glyph for glyph in _seen(content.glyphs) if not glyph.text.isspace()]
    return bool(inked) and all(glyph.angle in {1, 3} for glyph in inked)


def _extent(cell: FrameCell, lines: Sequence[Line], content: _Content) -> tuple[float, float]:
    """Return the edges of a cell along its lines of text."""
    if not lines or not _is_turned(content):
        return cell.box.left, cell.box.right
    angle = next(glyph.angle for glyph in content.glyphs if not glyph.text.isspace())
    return (cell.box.top, cell.box.bottom) if angle == 1 else (-cell.box.bottom, -cell.box.top)


def _padding(cells: Sequence[FrameCell], lined: Sequence[Sequence[Line]]) -> float:
    """Return the room between the lines of a table and its text, the narrowest of all its cells."""
    gaps = [
        min(line.left - cell.box.left, cell.box.right - line.right)
        for cell, lines in zip(cells, lined, strict=True)
        for line in lines
        # Other lines may be too wide for their cell.
        if ends_divisibly(line) and line.left >= cell.box.left and line.right <= cell.box.right
    ]
    return min(max(min(gaps, default=_LEAST_PADDING), _LEAST_PADDING), _MOST_PADDING)
