"""Tables of a DOCX.

Read: merged cells, tables in cells, text boxes, content controls, automatic numbers, tracked changes as accepted,
field names and properties of our own documents.
Left out with a remark or a note: hidden text, pictures, comments, footnotes, page numbers.
Not read: headers and footers, embedded documents.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from generator.forms.grid import Align, Grid, GridCell
from generator.importers.document import Document, Remark, UnreadableError
from generator.importers.docx_package import WORD, read_parts
from generator.importers.docx_text import NESTING, Marked, Reading, TextBuilder, chosen, local_name
from generator.importers.page_tables import is_page_number, ordinals

ROWS, COLUMNS = 20_000, 500
_DIGITS = 8

_VERTICAL = frozenset({"tbRl", "btLr", "tbRlV", "tbLrV", "rl", "lr", "rlV", "lrV"})
_ALIGNS = {"center": Align.CENTER, "distribute": Align.CENTER, "right": Align.RIGHT, "end": Align.RIGHT}


class _Cell(NamedTuple):
    row: int
    column: int
    rows: int
    columns: int
    element: etree._Element
    fields: tuple[str, ...]
    notes: tuple[str, ...]


class _Rows(NamedTuple):
    """Cells of a table, their text not yet read."""

    cells: list[_Cell]
    is_ragged: bool


class _Collector:
    """Gathers the tables of one document and the lines between them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.grids: list[Grid] = []
        self.remarks: list[Remark] = []
        self.lines: list[str] = []
        self._count = 0

    def add_body(self, body: etree._Element, depth: int = 0) -> None:
        """Add the paragraphs and tables of the document itself."""
        for block in self.reading.blocks(body):
            if isinstance(block, Marked):
                continue
            if block.tag == f"{WORD}p":
                self._add_paragraph(block, depth)
            elif block.tag == f"{WORD}tbl":
                inner = _only_cell_with_table(block) if depth < NESTING else None
                if inner is not None:
                    self.add_body(inner, depth + 1)
                    continue
                self._count += 1
                lines, self.lines = tuple(self.lines), []
                self._add_table(block, lines, f"表{self._count}", depth)

    def _add_paragraph(self, paragraph: etree._Element, depth: int) -> None:
        builder = TextBuilder(self.reading, depth)
        builder.add_paragraph(paragraph)
        said = builder.finish()
        for line in said.text.split("\n"):
            if is_page_number(line):
                self.remarks.append(Remark(f"页码“{line.strip()}”已略去", _behind(self._count)))
            elif line.strip():
                self.lines.append(line.strip())
        self.remarks.extend(Remark(note, _behind(self._count)) for note in said.notes)
        for table, _ in said.tables:
            self._count += 1
            lines, self.lines = tuple(self.lines), []
            self._add_table(table, lines, f"表{self._count}", depth + 1)

    def _add_table(self, table: etree._Element, above: tuple[str, ...], place: str, depth: int) -> None:
        rows = _rows(table, self.reading)
        if rows.is_ragged:
            self.remarks.append(Remark("各行的宽度不一，格与列可能对不上，请核对", place))
        numbers = ordinals((cell.row, cell.column, cell.rows) for cell in rows.cells)
        cells: list[GridCell] = []
        inner: list[tuple[etree._Element, tuple[str, ...], str]] = []
        for cell, ordinal in zip(rows.cells, numbers, strict=True):
            where = f"{place}第{cell.row + 1}行第{ordinal}格"
            builder = TextBuilder(self.reading, depth)
            for name in cell.fields:
                builder.begin_field(name)
            builder.add_blocks(cell.element)
            said = builder.finish()
            inner.extend((nested, lines, f"{where}内表{n}") for n, (nested, lines) in enumerate(said.tables, start=1))
            cells.append(
                GridCell(
                    row=cell.row,
                    column=cell.column,
                    text=said.text,
                    rows=cell.rows,
                    columns=cell.columns,
                    align=_align(cell.element),
                    vertical=_is_vertical(cell.element),
                    fields=said.fields,
                    place=where,
                    note="；".join((*cell.notes, *said.notes)),
                )
            )
        if cells:
            self.grids.append(Grid(tuple(cells), above=above, widths=_widths(table, rows.cells), place=place))
        for nested, lines, where in inner:
            self._add_table(nested, lines, where, depth + 1)


def read(data: bytes, name: str) -> Document:  # noqa: ARG001
    """Return the tables of a DOCX."""
    package = read_parts(data)
    reading = Reading(package)
    collector = _Collector(reading)
    collector.add_body(package.body)
    if not collector.grids:
        raise UnreadableError("文档里没有表格。请确认文件是表样本身；表格若是图片，请改用原件。")
    last = collector.grids[-1]
    collector.grids[-1] = Grid(
        last.cells, above=last.above, below=tuple(collector.lines), widths=last.widths, place=last.place
    )
    return Document(
        kind="docx",
        grids=tuple(collector.grids),
        remarks=(*package.remarks, *_remarks(reading), *collector.remarks),
        properties=dict(package.properties),
    )


def _remarks(reading: Reading) -> Iterator[Remark]:
    met = reading.met
    if met["insertion"] or met["deletion"]:
        yield Remark("文档有修订标记：插入的已取，删除的没有取。请先接受或拒绝修订，再核对")
    if met["comment"]:
        yield Remark(f"文档有 {met['comment']} 条批注，没有读")
    if met["chunk"]:
        yield Remark("文档里嵌有别的文件，没有读")


def _behind(count: int) -> str:
    return f"表{count}之后" if count else "第一张表之前"


def _only_cell_with_table(table: etree._Element) -> etree._Element | None:
    """Return the only cell of a table that merely surrounds another table."""
    cells = [cell for row in table.findall(f"{WORD}tr") for cell in row.findall(f"{WORD}tc")]
    if len(cells) == 1 and len(table.findall(f"{WORD}tr")) == 1 and cells[0].find(f"{WORD}tbl") is not None:
        return cells[0]
    return None


def _rows(table: etree._Element, reading: Reading) -> _Rows:
    cells: list[_Cell] = []
    going_on: dict[int, int] = {}
    widths: set[int] = set()
    row = 0
    for element, _ in _wrapped(table, "tr", reading, ()):
        properties = element.find(f"{WORD}trPr")
        if properties is not None and properties.find(f"{WORD}del") is not None:
            reading.met["deletion"] += 1
            continue
        if properties is not None and properties.find(f"{WORD}ins") is not None:
            reading.met["insertion"] += 1
        if row >= ROWS:
            raise UnreadableError(f"一张表超过 {ROWS} 行，不像是报表。请只留下要导入的表。")
        width, going_on = _add_row(element, row, cells, going_on, reading)
        if width > COLUMNS:
            raise UnreadableError(f"一张表超过 {COLUMNS} 列，不像是报表。请只留下要导入的表。")
        widths.add(width)
        row += 1
    return _Rows(sorted(cells, key=lambda cell: (cell.row, cell.column)), is_ragged=len(widths) > 1)


def _add_row(
    element: etree._Element, row: int, cells: list[_Cell], above: dict[int, int], reading: Reading
) -> tuple[int, dict[int, int]]:
    """Add the cells of a row; return its width and, by column, the cells that the next row may carry on."""
    properties = element.find(f"{WORD}trPr")
    column = _number(properties, "gridBefore", 0)
    is_hidden = properties is not None and properties.find(f"{WORD}hidden") is not None
    going_on: dict[int, int] = {}
    last: int | None = None
    for cell, fields in _wrapped(element, "tc", reading, ()):
        own = cell.find(f"{WORD}tcPr")
        if own is not None and own.find(f"{WORD}cellDel") is not None:
            reading.met["deletion"] += 1
        span = max(1, _number(own, "gridSpan", 1))
        if last is not None and _merge(own, "hMerge") == "continue":
            cells[last] = cells[last]._replace(columns=cells[last].columns + span)
            column += span
            continue
        notes = ("隐藏行",) if is_hidden else ()
        merge = _merge(own, "vMerge")
        upper = above.get(column)
        if merge == "continue" and upper is not None and cells[upper].columns == span:
            index = upper
            hidden = "".join(text.text or "" for text in cell.iter(f"{WORD}t")).strip()
            more = (f"合并格下面压着看不见的文字“{hidden}”，没有取",) if hidden else ()
            cells[index] = cells[index]._replace(
                rows=cells[index].rows + 1, notes=tuple(dict.fromkeys((*cells[index].notes, *more)))
            )
        else:
            index = len(cells)
            if merge == "continue":
                notes = (*notes, "合并格的起头对不上，按单独一格读")
            cells.append(_Cell(row, column, 1, span, cell, fields, notes))
        if merge:
            going_on[column] = index
        last = index
        column += span
    return column + _number(properties, "gridAfter", 0), going_on


def _wrapped(
    parent: etree._Element, wanted: str, reading: Reading, fields: tuple[str, ...]
) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Yield rows or cells, whatever they are wrapped in, each with the fields that wrap it."""
    for child in parent:
        match local_name(child):
            case name if name == wanted:
                yield child, fields
            case "sdt":
                content = child.find(f"{WORD}sdtContent")
                own = reading.control_name(child)
                if content is not None:
                    yield from _wrapped(content, wanted, reading, (*fields, own) if own else fields)
            case "customXml" | "ins" | "moveTo":
                yield from _wrapped(child, wanted, reading, fields)
            case "AlternateContent":
                yield from _wrapped(chosen(child), wanted, reading, fields)


def _number(properties: etree._Element | None, name: str, otherwise: int) -> int:
    item = properties.find(f"{WORD}{name}") if properties is not None else None
    text = item.get(f"{WORD}val", "") if item is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else otherwise


def _merge(properties: etree._Element | None, name: str) -> str:
    item = properties.find(f"{WORD}{name}") if properties is not None else None
    return item.get(f"{WORD}val", "continue") if item is not None else ""


def _align(cell: etree._Element) -> Align:
    for paragraph in cell.findall(f"{WORD}p"):
        side = paragraph.find(f"{WORD}pPr/{WORD}jc")
        return _ALIGNS.get(side.get(f"{WORD}val", ""), Align.LEFT) if side is not None else Align.LEFT
    return Align.LEFT


def _is_vertical(cell: etree._Element) -> bool:
    direction = cell.find(f"{WORD}tcPr/{WORD}textDirection")
    return direction is not None and direction.get(f"{WORD}val", "") in _VERTICAL


def _widths(table: etree._Element, cells: Sequence[_Cell]) -> tuple[float, ...]:
    columns = table.findall(f"{WORD}tblGrid/{WORD}gridCol")
    widths = [int(text) for column in columns if (text := column.get(f"{WORD}w", "")).isascii() and text.isdigit()]
    count = max((cell.column + cell.columns for cell in cells), default=0)
    if len(widths) != count or not sum(widths):
        return ()
    return tuple(round(width / sum(widths), 4) for width in widths)
