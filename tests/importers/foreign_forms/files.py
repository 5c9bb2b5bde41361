"""Pages as files of each kind, made by other people's libraries."""

import html
import io
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.foreign_forms.page import Page, Printed

_EDGE = Side(style="thin")
_RULED = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_FIGURE = re.compile(r"(?P<whole>-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*))(?P<part>\.\d+)?(?P<percent>%)?")

_LONGEST_FIGURE = 15


def xlsx(sheets: Sequence[Sequence[Page]], *, as_numbers: bool = False) -> bytes:
    """Return a workbook: pages of one sheet under one another."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for number, pages in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        row = 1
        for page in pages:
            row = _draw(sheet, page, row, as_numbers=as_numbers) + 2
        for column in range(1, max(page.width for page in pages) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 15
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _draw(sheet: Worksheet, page: Page, row: int, *, as_numbers: bool) -> int:
    for line in page.lines:
        _line(sheet, row, page.width, line, "center" if line in page.facts.values() else "left")
        row += 1
    heights: dict[int, int] = {}
    for cell in page.cells:
        _cell(sheet, cell, row, as_numbers=as_numbers)
        if cell.rows == 1:
            lines = sum(1 + len(part) // (7 * cell.columns) for part in cell.text.split("\n"))
            heights[cell.row] = max(heights.get(cell.row, 1), lines)
    for number, lines in heights.items():
        sheet.row_dimensions[row + number].height = 16 * lines
    row += page.height
    for line in page.notes:
        _line(sheet, row, page.width, line, "left")
        row += 1
    return row


def _line(sheet: Worksheet, row: int, width: int, text: str, align: str) -> None:
    sheet.cell(row, 1, text).alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _cell(sheet: Worksheet, cell: Printed, row: int, *, as_numbers: bool) -> None:
    top, left = row + cell.row, 1 + cell.column
    target = sheet.cell(top, left)
    assert isinstance(target, Cell)
    # Of a long number a worksheet keeps fifteen digits; codes are typed in as text.
    match = _FIGURE.fullmatch(cell.text) if as_numbers and len(cell.text) < _LONGEST_FIGURE else None
    if match:
        places = f".{'0' * (len(match['part']) - 1)}" if match["part"] else ""
        target.value = float(cell.text.strip("%").replace(",", "")) / (100 if match["percent"] else 1)
        target.number_format = ("#,##0" if "," in cell.text else "0") + places + (match["percent"] or "")
    else:
        target.value = cell.text or None
        # A target such as =100% is a text here and no formula.
        target.data_type = "s"
    target.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for each in sheet.iter_rows(top, top + cell.rows - 1, left, left + cell.columns - 1):
        for one in each:
            one.border = _RULED
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=top, end_row=top + cell.rows - 1, start_column=left, end_column=left + cell.columns - 1
        )


def word(sheets: Sequence[Sequence[Page]]) -> bytes:
    """Return a text document: each page a table below its lines."""
    document = docx.Document()
    for page in (page for pages in sheets for page in pages):
        for line in page.lines:
            document.add_paragraph(line)
        table = document.add_table(page.height, page.width, style="Table Grid")
        for cell in page.cells:
            target = table.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                target = target.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            target.text = cell.text
        for line in page.notes:
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def web(sheets: Sequence[Sequence[Page]]) -> bytes:
    """Return a page of the web, with the layout tables and blanks that publishing systems put in."""
    parts = []
    for page in (page for pages in sheets for page in pages):
        parts += [f'<p style="text-align:center">&nbsp;{html.escape(line)}</p>' for line in page.lines]
        parts.append('<table border="1"><tbody>')
        for row in range(page.height):
            cells = "".join(_web_cell(cell) for cell in page.cells if cell.row == row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</tbody></table>")
        parts += [f"<p>{html.escape(line)}</p>" for line in page.notes]
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()


def _web_cell(cell: Printed) -> str:
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    text = html.escape(cell.text).replace("\n", "<br>") or "&nbsp;"
    return f"<td{spans}><p><span>{text}</span></p></td>"


def converted(files: Mapping[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Return files as LibreOffice writes them in another kind, all in one run of it."""
    office = shutil.which("soffice")
    assert office is not None
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind, "--outdir", str(folder / "out"), *(str(folder / name) for name in files)],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    return {name: (folder / "out" / f"{Path(name).stem}.{kind}").read_bytes() for name in files}
