"""Workbooks of Excel, WPS and LibreOffice (xlsx), read part by part.

The parts are read as they stand rather than through a workbook library: that one turns figures into binary fractions,
needs a second pass for cached values of formulas, makes a cell of every place a merged range covers, and refuses the
strict dialect and the odd styles of other programs.

- Read: texts, rich text, figures as their format shows them, cached values of formulas, errors, dates, merged ranges,
  hidden rows, columns and sheets, names of cells, own properties.
- Read in part: text cells with a text format.
- Not read, and said so: comments, pictures, text boxes, links to other workbooks. Not read at all: conditional formats,
  headers and footers of pages.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from generator.forms.grid import Grid
from generator.importers.document import Document, Remark, UnreadableError
from generator.importers.guard import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, check_archive, damaged, opened_archive
from generator.importers.number_format import Shown, shown, shown_text
from generator.importers.package import Package, Relation, local_name
from generator.importers.sheet import (
    LAST_COLUMN,
    Area,
    Budget,
    Place,
    RoundedCells,
    Sheet,
    SheetCell,
    usable_merges,
)
from generator.importers.sheet_forms import grids_of
from generator.importers.sheet_names import cell_fields, lost_names
from generator.importers.xlsx_styles import Style, in_style, joined_text, shared_texts, styles_of, unescaped
from generator.importers.xlsx_workbook import (
    area_of,
    children,
    is_true,
    named_areas,
    number,
    own_properties,
    place_of,
)

FORMULA_NOTE = "公式的缓存值"
NO_VALUE_NOTE = "公式没有保存结果，按空白读取"
ERROR_NOTE = "公式出错，没有数值"
BOOLEAN_NOTE = "是逻辑值，不是文字"

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # serial numbers know no time zone


def read(data: bytes, name: str) -> Document:  # noqa: ARG001
    """Return the tables of a workbook."""
    with opened_archive(data) as archive:
        remarks = list(check_archive(archive))
        package = Package(archive)
        workbook = next((each for each in package.relations("").values() if each.kind == "officeDocument"), None)
        root = package.root(workbook.target) if workbook else None
        if workbook is None or root is None or local_name(root) != "workbook":
            raise UnreadableError("这个 xlsx 文件里没有工作簿，可能不完整。请用办公软件打开，另存后再导入。")
        return _Reader(package, workbook.target, root).document(remarks)


class _Reader:
    """One workbook while it is read."""

    def __init__(self, package: Package, part: str, root: Any) -> None:  # noqa: ANN401
        self._package = package
        self._root = root
        self._relations = package.relations(part)
        self._styles = styles_of(package, self._part("styles"))
        self.ruled = frozenset(str(number) for number, style in enumerate(self._styles) if style.is_ruled)
        self._texts = shared_texts(package, self._part("sharedStrings"))
        settings = next((each for each in root if local_name(each) == "workbookPr"), None)
        self._since_1904 = settings is not None and is_true(settings.get("date1904"))
        self.budget = Budget()
        self.rounded = RoundedCells()
        self.named = named_areas(children(root, "definedNames"))
        self.properties = own_properties(package)

    def _part(self, kind: str) -> str:
        return next((each.target for each in self._relations.values() if each.kind == kind and not each.external), "")

    def document(self, remarks: list[Remark]) -> Document:
        """Return the tables of all worksheets, those of hidden ones last."""
        elements = children(self._root, "sheets")
        if len(elements) > MAX_SHEETS:
            raise UnreadableError(f"文件里有 {len(elements)} 张工作表，最多读取 {MAX_SHEETS} 张。请分成几份再导入。")
        sheets = []
        for element in elements:
            title, relation = element.get("name") or "", self._relation(element)
            if relation is None or relation.kind != "worksheet":
                remarks.append(Remark("不是工作表（图表或宏表），没有读取。", f"工作表“{title}”"))
                continue
            is_hidden = element.get("state") in {"hidden", "veryHidden"}
            sheet, said = _SheetReader(self._package, relation.target, title, self).sheet(is_hidden=is_hidden)
            sheets.append(sheet)
            remarks.extend(said)
            if is_hidden and sheet.cells:
                remarks.append(Remark("工作表是隐藏的，也读取了，排在最后；请核对是否需要。", f"工作表“{title}”"))
        remarks.extend(lost_names(self.named, [sheet.name for sheet in sheets], self.properties))
        if any(name.startswith("xl/externallinks/") for name in self._package.names):
            remarks.append(Remark("文件引用了别的工作簿，没有打开；引用处是上次保存的值，请核对。"))
        remarks.extend(self.rounded.remarks())
        grids: list[Grid] = []
        for sheet in sorted(sheets, key=lambda each: each.is_hidden):
            found, said = grids_of(sheet)
            grids.extend(found)
            remarks.extend(said)
        return Document("xlsx", tuple(grids), tuple(remarks), self.properties)

    def _relation(self, element: Any) -> Relation | None:  # noqa: ANN401
        # The attribute's namespace differs between the dialects.
        ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
        return self._relations.get(ids[0]) if ids else None

    def style(self, cell: Any) -> Style:  # noqa: ANN401
        """Return the style of a cell."""
        wanted = number(cell.get("s"))
        return self._styles[wanted] if wanted < len(self._styles) else Style()

    def cell(self, element: Any, style: Style) -> Shown:  # noqa: ANN401
        """Return what a cell shows."""
        value, formula, inline = None, False, ""
        for child in element:
            tag = local_name(child)
            if tag == "v":
                value = child.text
            elif tag == "f":
                formula = True
            elif tag == "is":
                inline = joined_text(child)
        kind = element.get("t") or "n"
        found = _text(inline, style) if kind == "inlineStr" else self._value(kind, value, style)
        if kind not in {"s", "inlineStr"} and found.text.strip():
            found = noted(found, found.note, style.note)
        if not formula:
            return found
        # An empty text is a result; nothing at all is none.
        if not value and not inline and kind != "str":
            return Shown("", NO_VALUE_NOTE)
        return noted(found, FORMULA_NOTE, found.note)

    def _value(self, kind: str, value: str | None, style: Style) -> Shown:
        if value is None:
            return Shown("")
        if kind == "s":
            wanted = number(value.strip(), default=len(self._texts))
            if wanted >= len(self._texts):
                return Shown("", "文字的编号不对，文件可能不完整，按空白读取")
            return _text(self._texts[wanted], style)
        if kind == "str":
            return Shown(shown_text(unescaped(value), style.code))
        if kind == "b":
            return Shown("TRUE" if value.strip() in {"1", "true"} else "FALSE", BOOLEAN_NOTE)
        if kind == "e":
            return Shown(value, ERROR_NOTE)
        if kind == "d":
            return self._date(value.strip(), style)
        return shown(value.strip(), style.code, since_1904=self._since_1904) if value.strip() else Shown("")

    def _date(self, value: str, style: Style) -> Shown:
        try:
            passed = datetime.fromisoformat(value).replace(tzinfo=None) - _EPOCH
        except ValueError:
            return Shown(value, "不是可以识别的日期，照原样保留")
        serial = Decimal(passed // timedelta(seconds=1)) / Decimal(86_400)
        return shown(f"{serial:f}"[:30], style.code)


def noted(found: Shown, *notes: str) -> Shown:
    """Return what a cell shows with these notes."""
    return found._replace(note="；".join(dict.fromkeys(note for note in notes if note)))


def _text(text: str, style: Style) -> Shown:
    plain, notes = in_style(text, style)
    return Shown(shown_text(plain, style.code), "；".join(notes))


class _SheetReader:
    """One worksheet while it is read."""

    def __init__(self, package: Package, part: str, name: str, book: _Reader) -> None:
        self._package = package
        self._part = part
        self._name = name
        self._book = book
        self._cells: dict[Place, SheetCell] = {}
        self._areas: list[Area] = []
        self._ruled: set[int] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._hidden_spans = 0
        self._row = -1

    def sheet(self, *, is_hidden: bool) -> tuple[Sheet, tuple[Remark, ...]]:
        """Return the worksheet, and what to say of it."""
        for element in self._package.elements(self._part, "row", "mergeCell", "col"):
            tag = local_name(element)
            if tag == "row":
                self._read_row(element)
            elif tag == "mergeCell":
                area = area_of(element.get("ref") or "")
                self._areas.extend([area] if area else [])
            elif is_true(element.get("hidden")):
                self._hide_columns(element)
        merged, remarks = usable_merges(self._name, self._areas, self._cells)
        fields, odd = cell_fields(self._book.named, self._name, merged, self._book.properties)
        sheet = Sheet(
            name=self._name,
            cells=self._cells,
            merged=merged,
            ruled_rows=frozenset(self._ruled),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            is_hidden=is_hidden,
            fields=fields,
        )
        return sheet, (*remarks, *odd, *self._beside())

    def _hide_columns(self, element: Any) -> None:  # noqa: ANN401
        # A sheet describes each column once; hostile ones say for ever that all of them are hidden.
        self._hidden_spans += 1
        if self._hidden_spans > LAST_COLUMN:
            raise damaged(self._part)
        self._hidden_columns.update(range(number(element.get("min")) - 1, min(number(element.get("max")), MAX_COLUMNS)))

    def _read_row(self, element: Any) -> None:  # noqa: ANN401
        self._row = number(element.get("r"), default=self._row + 2) - 1
        if self._row < MAX_ROWS and is_true(element.get("hidden")):
            self._hidden_rows.add(self._row)
        is_ruled = False
        column, reference = -1, ""
        for cell in element:
            # Files may hold millions of blank cells, so little is asked of each.
            own = cell.get("r")
            is_ruled = is_ruled or cell.get("s") in self._book.ruled
            if not len(cell) and own:
                reference = own
                continue
            place = place_of(own or "") or _right_of(place_of(reference), column)
            column, reference = place.column, ""
            if len(cell):
                self._read_cell(cell, self._book.style(cell), Place(self._row, column))
        if is_ruled and self._row < MAX_ROWS:
            self._ruled.add(self._row)

    def _read_cell(self, element: Any, style: Style, place: Place) -> None:  # noqa: ANN401
        found = self._book.cell(element, style)
        if not found.text.strip() and not found.note:
            return
        self._book.budget.take(self._name, place, found.text)
        if found.stored:
            self._book.rounded.add(self._name, place, found.text, found.stored)
        self._cells[place] = SheetCell(found.text, found.note, style.is_ruled, style.align, style.vertical)

    def _beside(self) -> Iterable[Remark]:
        kinds = [relation.kind for relation in self._package.relations(self._part).values()]
        place = f"工作表“{self._name}”"
        if any(kind.lower() in {"comments", "threadedcomment"} for kind in kinds):
            yield Remark("有批注，没有读取。", place)
        if "drawing" in kinds:
            yield Remark("有图片、图形或文本框，其中的文字没有读取。", place)


def _right_of(place: Place | None, column: int) -> Place:
    return Place(0, (place.column if place else column) + 1)
