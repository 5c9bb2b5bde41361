"""Write forms as an Excel workbook: a sheet for each, laid out and printed as the official form.

Every cell is text, so no program reformats a figure and none takes a text for a formula. A cell that shows one field
carries a defined name for it, see `forms.field_names`; the properties say which records these are. Same forms, same bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from generator.errors import JixiaoError
from generator.export.form_raster import fitted_edges, height_of, row_heights, sheet_shares, widths_between
from generator.export.form_shape import printable
from generator.forms.field_names import FIELD_TABLE, encoded, name_table
from generator.forms.grid import Align, CellKind, Field, FormGrid, Grid, GridCell

_POINTS = 72 / 25.4
_PORTRAIT, _LANDSCAPE = 186 * _POINTS, 273 * _POINTS
"""Points between the margins of an A4 page."""
_PORTRAIT_HEIGHT, _LANDSCAPE_HEIGHT = 265 * _POINTS, 178 * _POINTS
_MARGIN = 12 / 25.4
_WIDE = 11
"""Columns beyond which a form lies across the page."""
_SIZE, _TITLE_SIZE = 10.0, 16.0
_HIGHEST = 400.0
"""Points of a row; Excel stops at 409."""
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_CHARACTER = 6.0
"""Points of a digit of the workbook's own font, in which Excel counts the widths of columns."""

_LINE = Side(style="thin", color="FF000000")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LABEL_FONT, _VALUE_FONT = Font(name="宋体", size=_SIZE), Font(name="仿宋", size=_SIZE)
_LINE_FONT = Font(name="宋体", size=_SIZE, bold=True)
_TITLE_FONT, _PERIOD_FONT = Font(name="宋体", size=_TITLE_SIZE, bold=True), Font(name="宋体", size=_SIZE + 1)

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "'")
_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001  a zip knows no time zones
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write(forms: Sequence[FormGrid], *, properties: Mapping[str, str]) -> bytes:
    """Return a workbook with a sheet for each form.

    Raises JixiaoError for a text that is longer than a cell can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    # The widths of columns are counted in digits of this font.
    book._named_styles["Normal"].font = Font(name="宋体", size=11)  # type: ignore[attr-defined]  # noqa: SLF001
    book.properties.creator = "jixiao"
    book.properties.title = printable("、".join(dict.fromkeys(form.title for form in forms)))
    names = _sheet_names(forms)
    for number, (form, name) in enumerate(zip(forms, names, strict=True), 1):
        _Sheet(book, book.create_sheet(name), form, number).draw()
    long = name_table(
        {field.name for form in forms for grid in form.grids for cell in grid.cells for field in cell.fields}
    )
    for key, value in (*properties.items(), *(((FIELD_TABLE, long),) if long else ())):
        book.custom_doc_props.append(StringProperty(name=printable(key), value=printable(value)))  # type: ignore[attr-defined]
    raw = io.BytesIO()
    book.save(raw)
    return _reproducible(raw.getvalue())


class _Sheet:
    """One form being drawn, row by row."""

    def __init__(self, book: Workbook, sheet: Worksheet, form: FormGrid, number: int) -> None:
        self.book, self.sheet, self.form, self.number = book, sheet, form, number
        self.shares = sheet_shares(form.grids)
        self.wide = max((grid.width for grid in form.grids), default=0) > _WIDE
        self.width = _LANDSCAPE if self.wide else _PORTRAIT
        self.page_height = _PORTRAIT_HEIGHT if not self.wide else _LANDSCAPE_HEIGHT
        self.edges = [share * self.width for share in (0.0, *accumulate(self.shares))]
        self.row = 1
        self.height = 0.0
        """Of all rows so far, in points."""

    def draw(self) -> None:
        for column, width in enumerate(widths_between(self.edges), 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = round(width / _CHARACTER, 2)
        self._line(self.form.title, _TITLE_FONT, Align.CENTER, "title")
        if self.form.period:
            self._line(self.form.period, _PERIOD_FONT, Align.CENTER, "period")
        for number, grid in enumerate(self.form.grids):
            if number and not grid.above:
                self._skip()
            for line in grid.above:
                self._line(line, _LINE_FONT, Align.LEFT)
            self._grid(grid)
            for line in grid.below:
                self._line(line, _LABEL_FONT, Align.LEFT)
        self._page()

    def _grid(self, grid: Grid) -> None:
        columns = fitted_edges(grid, self.shares)
        heights = row_heights(grid, [self.edges[column] for column in columns], _SIZE)
        # A row can be so high only; a higher one is several, with all its cells merged over them.
        parts = [max(1, -int(-height // _HIGHEST)) for height in heights]
        starts = [self.row, *(self.row + below for below in accumulate(parts))]
        tops = [self.height]
        for height, start, count in zip(heights, starts, parts, strict=False):
            for row in range(start, start + count):
                self._set_height(row, height / count)
            tops.append(self.height)
        for cell in grid.cells:
            place = self._merged(
                (starts[cell.row], columns[cell.column] + 1),
                (starts[cell.row + cell.rows] - 1, columns[cell.column + cell.columns]),
            )
            self._fill(place, cell, divided=self._page_of(tops[cell.row]) != self._page_of(tops[cell.row + cell.rows]))
        repeated = _repeated_row(grid)
        if repeated is not None:
            self.sheet.print_title_rows = f"{starts[repeated]}:{starts[repeated + 1] - 1}"
        self.row = starts[-1]

    def _set_height(self, row: int, height: float) -> None:
        self.sheet.row_dimensions[row].height = round(height, 1)
        self.height += round(height, 1)

    def _page_of(self, top: float) -> int:
        """Return about which printed page a row begins on that has so much above it."""
        return int(top // self.page_height)

    def _fill(self, place: Cell, cell: GridCell, *, divided: bool) -> None:
        is_prose = any(field.name.startswith(("objective.", "prose.")) for field in cell.fields)
        # In the middle of cells merged over two pages stands the cut between the pages.
        at_top = is_prose or (divided and cell.rows > 1)
        place.font = _LABEL_FONT if cell.kind is CellKind.LABEL else _VALUE_FONT
        place.alignment = Alignment(
            horizontal=cell.align.value,
            vertical="top" if at_top else "center",
            wrap_text=True,
            text_rotation=255 if cell.vertical else 0,
        )
        self._write(place, cell.text)
        for field in _whole(cell):
            self._name(place, field.name)

    def _line(self, text: str, font: Font, align: Align, name: str = "") -> None:
        place = self._merged((self.row, 1), (self.row, len(self.shares)), bordered=False)
        place.font = font
        place.alignment = Alignment(horizontal=align.value, vertical="center", wrap_text=True)
        self._write(place, text)
        if name:
            self._name(place, name)
        height = height_of(GridCell(0, 0, text), self.width, float(font.size or _SIZE))
        self._set_height(self.row, min(height, _HIGHEST))
        self.row += 1

    def _skip(self) -> None:
        self._set_height(self.row, _SIZE)
        self.row += 1

    def _merged(self, first: tuple[int, int], last: tuple[int, int], *, bordered: bool = True) -> Cell:
        """Return the cell of a range, the lines of its edges drawn in every cell of it."""
        if first != last:
            self.sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
        if bordered:
            for row in range(first[0], last[0] + 1):
                for column in range(first[1], last[1] + 1):
                    self.sheet.cell(row, column).border = _BORDER
        place = self.sheet.cell(*first)
        assert isinstance(place, Cell)  # noqa: S101  the first of a merged range is a cell like any other
        return place

    def _write(self, place: Cell, text: str) -> None:
        if len(text) > _LONGEST_TEXT:
            raise JixiaoError(
                f"{self.form.record} 有一处文字长 {len(text)} 字，Excel 的一格最多 {_LONGEST_TEXT} 字。请导出 docx 或 pdf。"
            )
        place.number_format = "@"
        if text:
            # Excel takes _x000D_ for a character's code.
            place.value = _ESCAPE.sub("_x005F_x", printable(text))
            place.data_type = "s"
            place.quotePrefix = text.startswith(_LOOKS_LIKE_FORMULA)

    def _name(self, place: Cell, field: str) -> None:
        name = encoded(field, form=self.number)
        if name not in self.book.defined_names:
            target = f"{quote_sheetname(self.sheet.title)}!${place.column_letter}${place.row}"
            self.book.defined_names[name] = DefinedName(name, attr_text=target)

    def _page(self) -> None:
        sheet = self.sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if self.wide else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = _MARGIN
        margins.bottom, margins.header, margins.footer = _MARGIN * 1.3, _MARGIN / 2, _MARGIN / 2
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
        sheet.oddFooter.center.size = 9  # type: ignore[union-attr]
        sheet.print_area = f"A1:{get_column_letter(len(self.shares))}{max(self.row - 1, 1)}"
        sheet.sheet_view.showGridLines = False


def _whole(cell: GridCell) -> tuple[Field, ...]:
    """Return the field of a cell that shows nothing else: only its text can be read back as that field's."""
    return cell.fields if len(cell.fields) == 1 and cell.fields[0].text == cell.text else ()


def _repeated_row(grid: Grid) -> int | None:
    """Return the row whose titles each printed page repeats, where the table has such a row."""
    titles = [title for title, _ in grid.repeated if title]
    if not titles:
        return None
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return next((row for row, texts in rows.items() if texts[-len(titles) :] == titles), None)


def _sheet_names(forms: Sequence[FormGrid]) -> list[str]:
    """Return a name for each sheet: the project's, as Excel takes it and no two alike."""
    names: list[str] = []
    seen: set[str] = set()
    for form in forms:
        wanted = printable(_NOT_IN_NAMES.sub(" ", _called(form))).strip().strip("'").strip() or "绩效表"
        name, number = wanted[:_LONGEST_NAME], 1
        while name.casefold() in seen or name.casefold() == "history":
            number += 1
            ending = f"（{number}）"
            name = wanted[: _LONGEST_NAME - len(ending)] + ending
        seen.add(name.casefold())
        names.append(name)
    return names


def _called(form: FormGrid) -> str:
    fields = {field.name: field.text for grid in form.grids for cell in grid.cells for field in cell.fields}
    return fields.get("head.project_name") or fields.get("head.evaluated_department") or form.title


def _reproducible(data: bytes) -> bytes:
    """Return a workbook without the time it was made at."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + _EARLIEST.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            entry = zipfile.ZipInfo(name, _EARLIEST.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            written.writestr(entry, content)
    return result.getvalue()
