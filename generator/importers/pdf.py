"""Tables of a PDF.

Read: tables with drawn lines, merged cells, tables over several pages, turned and vertical text, aligned columns
without lines (marked as uncertain), field names of our own documents.
Left out with a remark: page numbers, repeated heads, hidden text.
Not read: scanned pages, annotations and form fields, pictures.
"""

from collections.abc import Mapping, Sequence

import pypdfium2  # type: ignore[import-untyped]

from generator.forms.grid import Align, Field, Grid, GridCell
from generator.importers.document import Document, UnreadableError
from generator.importers.page_tables import PageCell, PageTable, join_pages, shares
from generator.importers.pdf_names import read_places, read_properties, upright
from generator.importers.pdf_page import Drawing, read_drawing
from generator.importers.pdf_tables import PageContent, read_page, running_lines
from generator.importers.pdf_text import join_lines

PAGES = 300
GLYPHS = 1_000_000

_UNMAPPED_SHARE = 0.5


def read(data: bytes, name: str) -> Document:  # noqa: ARG001
    """Return the tables of a PDF."""
    file = _opened(data)
    try:
        if len(file) > PAGES:
            raise UnreadableError(f"文件有 {len(file)} 页，最多读 {PAGES} 页。请拆成几个文件再导入。")
        properties = read_properties(file)
        drawings = _drawings(file)
        # Only our own documents name their fields; others are not read a second time.
        places = read_places(data, properties) if properties else {}
        named = {number: upright(file[number], listed) for number, listed in places.items()}
    finally:
        file.close()
    _require_text(drawings)
    running = running_lines(drawings)
    pages = [
        read_page(drawing, number, named.get(number - 1, ()), running)
        for number, drawing in enumerate(drawings, start=1)
    ]
    return _document(pages, properties)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                "PDF 设有打开密码。请先去掉密码（打开后打印成新的 PDF），或改用 XLSX、DOCX 原件导入。"
            ) from error
        raise UnreadableError("不是完整的 PDF，打不开。请重新取得文件，或改用 XLSX、DOCX 原件导入。") from error


def _drawings(file: pypdfium2.PdfDocument) -> list[Drawing]:
    drawings: list[Drawing] = []
    count = 0
    for index in range(len(file)):
        label = f"第{index + 1}页"
        try:
            page = file[index]
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"{label}打不开，文件不完整。请重新取得文件。") from error
        drawings.append(read_drawing(page, label=label))
        page.close()
        count += len(drawings[-1].glyphs)
        if count > GLYPHS:
            raise UnreadableError(f"文字超过 {GLYPHS} 个。请拆成几个文件再导入。")
    return drawings


def _require_text(drawings: Sequence[Drawing]) -> None:
    inked = [glyph for drawing in drawings for glyph in drawing.glyphs if not glyph.text.isspace()]
    cure = "请改用 XLSX、DOCX 原件或直接导出的 PDF 导入；都没有时，请手工录入。"
    if not inked:
        raise UnreadableError(f"没有文字层，是扫描图片，读不出文字和数字。{cure}")
    if all(glyph.hidden for glyph in inked):
        raise UnreadableError(f"页面是图片，文字层是识别出来的（看不见），数字靠不住，没有取。{cure}")
    if sum(glyph.unmapped for glyph in inked) > _UNMAPPED_SHARE * len(inked):
        raise UnreadableError(f"字体没有注明文字编码，读不出是什么字。{cure}")


def _document(pages: Sequence[PageContent], properties: Mapping[str, str]) -> Document:
    tables: list[PageTable] = []
    waiting: tuple[str, ...] = ()
    broken: set[int] = set()
    for number, page in enumerate(pages, start=1):
        for index, table in enumerate(page.tables):
            tables.append(table._replace(above=(*waiting, *table.above)) if index == 0 else table)
        waiting = page.trailing if page.tables else (*waiting, *page.trailing)
        if page.trailing:
            broken.add(number)
    joined, remarks = join_pages(tables, frozenset(broken))
    if not joined:
        raise UnreadableError(
            "没有找到表格：PDF 里只有文字，没有画框线的表，也没有对齐的列。请改用 XLSX 或 DOCX 原件导入。"
        )
    grids = [_grid(table, is_ours=bool(properties)) for table in joined]
    grids[-1] = Grid(
        cells=grids[-1].cells, above=grids[-1].above, below=waiting, widths=grids[-1].widths, place=grids[-1].place
    )
    return Document(
        kind="pdf",
        grids=tuple(grids),
        remarks=(*(remark for page in pages for remark in page.remarks), *remarks),
        properties=properties,
    )


def _grid(table: PageTable, *, is_ours: bool) -> Grid:
    return Grid(
        cells=tuple(_cell(cell, is_ours=is_ours) for cell in table.cells),
        above=table.above,
        widths=shares(table.edges),
        place=table.place,
    )


def _cell(cell: PageCell, *, is_ours: bool) -> GridCell:
    joined = join_lines(cell.lines, left=cell.left, right=cell.right, room=cell.room, is_ours=is_ours)
    is_vertical = len(cell.lines) > 1 and all(len(line.text.strip()) == 1 for line in cell.lines)
    text = joined.text.replace("\n", "") if is_vertical else joined.text
    return GridCell(
        row=cell.row,
        column=cell.column,
        text=text,
        rows=cell.rows,
        columns=cell.columns,
        align=_align(cell),
        vertical=is_vertical or cell.is_turned,
        fields=tuple(Field(name, text) for name in cell.fields),
        place=cell.place,
        note="；".join(dict.fromkeys((*cell.notes, *joined.notes))),
    )


def _align(cell: PageCell) -> Align:
    if not cell.lines:
        return Align.LEFT
    before = min(line.left for line in cell.lines) - cell.left
    behind = cell.right - max(line.right for line in cell.lines)
    size = cell.lines[0].size
    if before > size and behind < size:
        return Align.RIGHT
    if abs(before - behind) < size and (before > size or len(cell.lines) == 1):
        return Align.CENTER
    return Align.LEFT
