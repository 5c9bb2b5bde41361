"""Workbooks of Excel 97-2003 and WPS (xls, et), read with xlrd.

- Read: texts, figures as their format shows them, cached values of formulas, errors, dates, merged ranges, hidden
  rows, columns and sheets, names of cells.
- Not read: own properties of the file; comments, pictures and links to other workbooks, of which xlrd says nothing.
"""

import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, TypedDict

import xlrd  # type: ignore[import-untyped]
from xlrd.compdoc import CompDoc  # type: ignore[import-untyped]

from generator.forms.grid import Align, Grid
from generator.forms.marked_text import Level, marked
from generator.importers.document import Document, Remark, UnreadableError
from generator.importers.guard import MAX_ROWS, MAX_SHEETS
from generator.importers.number_format import Shown, shown, shown_text
from generator.importers.sheet import Area, Budget, Place, RoundedCells, Sheet, SheetCell, usable_merges
from generator.importers.sheet_forms import grids_of
from generator.importers.sheet_names import NamedArea, cell_fields, lost_names
from generator.importers.xlsx import BOOLEAN_NOTE, ERROR_NOTE, FORMULA_NOTE, noted
from generator.importers.xlsx_styles import Style, in_style, unescaped

_FORMULA = 0x0006
_ALIGNMENTS = {2: Align.CENTER, 3: Align.RIGHT, 6: Align.CENTER, 7: Align.CENTER}
_DOWNWARDS = 255
_LEVELS = {1: Level.RAISED, 2: Level.LOWERED}
_DATE_KEYS = {14: "[$-F800]yyyy/m/d", 22: "[$-F800]yyyy/m/d h:mm"}
"""Formats shown as each computer is set up, which xlrd gives in their American form."""


def read(data: bytes, name: str) -> Document:  # noqa: ARG001
    """Return the tables of a workbook of the old kind."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableError("工作簿设有密码，读不出内容。请用办公软件打开，取消密码，另存后再导入。") from error
        raise _damaged() from error
    except MemoryError:
        raise
    # What is wrong with a damaged file shows as any error at all, deep inside the library.
    except Exception as error:
        raise _damaged() from error
    return _document(book, data)


def _damaged() -> UnreadableError:
    return UnreadableError("xls 表格不完整或已损坏，读不出来。请用 Excel 或 WPS 打开，另存为 xlsx 再导入。")


def _document(book: Any, data: bytes) -> Document:  # noqa: ANN401
    if book.nsheets > MAX_SHEETS:
        raise UnreadableError(f"文件里有 {book.nsheets} 张工作表，最多读取 {MAX_SHEETS} 张。请分成几份再导入。")
    remarks = []
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        remarks.append(Remark("文件带有宏，没有读取，也不会运行。"))
    named = tuple(_named_areas(book))
    stream = _stream(data)
    budget, rounded = Budget(), RoundedCells()
    sheets = []
    for position in range(book.nsheets):
        sheet, said = _sheet(book, position, named, stream, budget, rounded)
        remarks.extend(said)
        if sheet.is_hidden and sheet.cells:
            remarks.append(Remark("工作表是隐藏的，也读取了，排在最后；请核对是否需要。", f"工作表“{sheet.name}”"))
        sheets.append(sheet)
    remarks.extend(rounded.remarks())
    remarks.extend(lost_names(named, [sheet.name for sheet in sheets], {}))
    grids: list[Grid] = []
    for sheet in sorted(sheets, key=lambda each: each.is_hidden):
        found, said = grids_of(sheet)
        grids.extend(found)
        remarks.extend(said)
    return Document("xls", tuple(grids), tuple(remarks))


def _sheet(
    book: Any,  # noqa: ANN401
    position: int,
    named: tuple[NamedArea, ...],
    stream: bytes,
    budget: Budget,
    rounded: RoundedCells,
) -> tuple[Sheet, tuple[Remark, ...]]:
    source = book.sheet_by_index(position)
    formulas = set(_formula_places(stream, book._sh_abs_posn[position] + _stream_shift(book, stream)))  # noqa: SLF001
    cells: dict[Place, SheetCell] = {}
    ruled: set[int] = set()
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            kind, place = source.cell_type(row, column), Place(row, column)
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            style = _style(book, source.cell_xf_index(row, column))
            if style.is_ruled and row < MAX_ROWS:
                ruled.add(row)
            value = source.cell_value(row, column)
            if kind == xlrd.XL_CELL_TEXT:
                value = _marked(value, source.rich_text_runlist_map.get((row, column), ()), style, book)
            found = _shown(kind, value, style, book)
            if kind != xlrd.XL_CELL_TEXT and found.text.strip():
                found = noted(found, found.note, style.note)
            if place in formulas:
                found = noted(found, FORMULA_NOTE, found.note)
            if found.text.strip() or found.note:
                if found.stored:
                    rounded.add(source.name, place, found.text, found.stored)
                budget.take(source.name, place, found.text)
                cells[place] = SheetCell(found.text, found.note, style.is_ruled, style.align, style.vertical)
    areas = [Area(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells]
    merged, remarks = usable_merges(source.name, areas, cells)
    fields, odd = cell_fields(named, source.name, merged, {})
    sheet = Sheet(
        name=source.name,
        cells=cells,
        merged=merged,
        ruled_rows=frozenset(ruled),
        hidden_rows=frozenset(row for row, info in source.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in source.colinfo_map.items() if info.hidden),
        is_hidden=bool(source.visibility),
        fields=fields,
    )
    return sheet, (*remarks, *odd)


def _style(book: Any, number: int) -> Style:  # noqa: ANN401
    if number >= len(book.xf_list):
        return Style()
    xf = book.xf_list[number]
    code = _DATE_KEYS.get(xf.format_key) or (
        book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else "General"
    )
    return Style(
        code=code,
        is_ruled=bool(xf.border.left_line_style or xf.border.right_line_style),
        align=_ALIGNMENTS.get(xf.alignment.hor_align, Align.LEFT),
        vertical=xf.alignment.rotation == _DOWNWARDS,
        **_font(book, xf.font_index),
    )


class _Font(TypedDict):
    struck: bool
    level: Level


def _font(book: Any, number: int) -> _Font:  # noqa: ANN401
    if number >= len(book.font_list):
        return _Font(struck=False, level=Level.LINE)
    font = book.font_list[number]
    return _Font(struck=bool(font.struck_out), level=_LEVELS.get(font.escapement, Level.LINE))


def _marked(text: str, runs: Sequence[tuple[int, int]], style: Style, book: Any) -> str:  # noqa: ANN401
    """Return a text with what its runs raise, lower or strike out marked; each begins somewhere and has a font."""
    if not runs:
        return text
    starts = [min(start, len(text)) for start, _ in runs]
    # What stands before the first run takes the font of the cell.
    parts = [marked(text[: starts[0]], struck=style.struck, level=style.level)]
    for (_, font), start, end in zip(runs, starts, [*starts[1:], len(text)], strict=False):
        parts.append(marked(text[start:end], **_font(book, font)))
    return "".join(parts)


def _shown(kind: int, value: Any, style: Style, book: Any) -> Shown:  # noqa: ANN401
    if kind == xlrd.XL_CELL_TEXT:
        plain, notes = in_style(unescaped(value), style)
        return Shown(shown_text(plain, style.code), "；".join(notes))
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        # The shortest text that means the same binary fraction is what was typed.
        return shown(str(Decimal(repr(value))), style.code, since_1904=bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Shown("TRUE" if value else "FALSE", BOOLEAN_NOTE)
    if kind == xlrd.XL_CELL_ERROR:
        return Shown(xlrd.error_text_from_code.get(value, "#VALUE!"), ERROR_NOTE)
    return Shown("")


def _named_areas(book: Any) -> Iterator[NamedArea]:  # noqa: ANN401
    names = book.sheet_names()
    for each in book.name_obj_list:
        try:
            sheet, top, bottom, left, right = each.area2d(clipped=False)
            yield NamedArea(each.name, names[names.index(sheet.name)], Area(top, left, bottom - 1, right - 1))
        # The library raises what it likes for names that are formulas or point nowhere.
        except Exception:  # noqa: BLE001
            yield NamedArea(each.name, "", None)


def _stream(data: bytes) -> bytes:
    """Return the workbook's records; the file itself where it is no compound document."""
    try:
        document = CompDoc(data, logfile=StringIO())
        for name in ("Workbook", "Book"):
            memory, start, length = document.locate_named_stream(name)
            if memory:
                return bytes(memory[start : start + length])
    except Exception:  # noqa: BLE001  # xlrd has read the same file already, so this is an old bare stream
        return data
    return data


def _stream_shift(book: Any, stream: bytes) -> int:  # noqa: ANN401
    """Return what to add to xlrd's position of a sheet to get its position in the stream."""
    return 0 if len(stream) == book.stream_len else -int(book.base)


def _formula_places(stream: bytes, start: int) -> Iterator[Place]:
    """Yield the cells of a sheet that hold formulas, which xlrd does not tell from figures."""
    depth = 0
    while 0 <= start <= len(stream) - 4:
        code, length = struct.unpack_from("<HH", stream, start)
        if code in {0x0809, 0x0409, 0x0209, 0x0009}:
            depth += 1
        elif code == 0x000A:  # noqa: PLR2004
            depth -= 1
            if depth <= 0:
                return
        elif code & 0x00FF == _FORMULA and depth == 1 and length >= 4 and code in {0x0006, 0x0206, 0x0406}:  # noqa: PLR2004
            yield Place(*struct.unpack_from("<HH", stream, start + 4))
        start += 4 + length
