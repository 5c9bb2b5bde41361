import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from generator.exchange.form_grids import properties_of
from generator.export.form_xlsx import write
from generator.forms.field_names import encoded
from generator.forms.grid import Align, Grid, GridCell
from generator.importers.document import Document
from generator.importers.read import read
from tests.export.real_forms import real_forms
from tests.importers.office_files import ONE_ROW, STRICT, archive, book, book_parts

_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FORM = [["项目名称", "两新党建"], ["执行数", "61.05"]]


def _document(*fills: Callable[[Worksheet], None]) -> Document:
    """Return what is read of a workbook with a worksheet for each of some functions that fill it."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, fill in enumerate(fills, 1):
        fill(workbook.create_sheet(f"表{number}"))
    file = BytesIO()
    workbook.save(file)
    return read(file.getvalue(), "a.xlsx")


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]], *, top: int = 1, ruled: bool = True) -> None:
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value = value  # type: ignore[assignment]
            if ruled:
                cell.border = _RULED


def _texts(grid: Grid) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def _cells(document: Document) -> dict[str, GridCell]:
    return {cell.place: cell for grid in document.grids for cell in grid.cells}


def test_figures_are_read_as_shown_and_texts_as_they_are() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, [[94.6, 815826.17, 0.8618, "≥2.00(次)", "0012", date(2024, 3, 5), 0, "-"]])
        for column, code in enumerate(["0.00", "#,##0.00", "0.00%", "0.00", "0.00", 'yyyy"年"m"月"'], 1):
            sheet.cell(1, column).number_format = code

    (grid,) = _document(fill).grids

    assert _texts(grid) == [["94.60", "815,826.17", "86.18%", "≥2.00(次)", "0012", "2024年3月", "0", "-"]]
    assert not any(cell.note for cell in grid.cells)


def test_lines_above_a_table_are_no_cells_and_a_line_in_it_is_one() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["C3"] = "项目支出绩效自评表", "（2024年度）", "单位：万元"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:C2")
        _fill(sheet, [["项目名称", "甲", ""], ["分解目标自评", "", ""], ["产出", "数量", "次数"]], top=4)
        sheet.merge_cells("A5:C5")
        sheet["A7"] = "注：本表由单位填报。"

    (grid,) = _document(fill).grids

    assert grid.above == ("项目支出绩效自评表", "（2024年度）", "单位：万元")
    assert _texts(grid) == [["项目名称", "甲", ""], ["分解目标自评"], ["产出", "数量", "次数"]]
    assert grid.cells[3].columns == 3
    assert grid.below == ("注：本表由单位填报。",)


def test_a_line_with_two_pairs_of_label_and_value_is_two_lines() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "填报单位：示例街道", "单位：万元"
        _fill(sheet, _FORM, top=2)

    assert _document(fill).grids[0].above == ("填报单位：示例街道", "单位：万元")


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("blank", [0, 1, 3])
def test_forms_one_under_another_are_tables_of_their_own(*, ruled: bool, blank: int) -> None:
    def fill(sheet: Worksheet) -> None:
        for top in (1, 4 + blank):
            sheet.cell(top, 1, "项目支出绩效自评表")
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=2)
            _fill(sheet, _FORM, top=top + 1, ruled=ruled)

    grids = _document(fill).grids

    assert [(grid.above, _texts(grid)) for grid in grids] == [(("项目支出绩效自评表",), _FORM)] * 2


def test_a_blank_row_in_a_table_with_lines_does_not_end_it() -> None:
    (grid,) = _document(lambda sheet: _fill(sheet, [*_FORM, ["", ""], *_FORM])).grids

    assert _texts(grid) == [*_FORM, ["", ""], *_FORM]


def test_a_blank_row_in_a_table_without_lines_does_not_end_it() -> None:
    (grid,) = _document(lambda sheet: _fill(sheet, [*_FORM, ["", ""], *_FORM], ruled=False)).grids

    assert _texts(grid) == [*_FORM, ["", ""], *_FORM]


def test_merged_cells_keep_their_spans_and_their_first_place() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, [["产出", "数量", "次数"], ["", "", "人数"], ["", "质量", "达标率"]])
        sheet.merge_cells("A1:A3")
        sheet.merge_cells("B1:B2")
        sheet["A1"].alignment = Alignment(horizontal="center", textRotation=255)

    cells = _cells(_document(fill))

    assert [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in cells.values()] == [
        (0, 0, 3, 1, "产出"),
        (0, 1, 2, 1, "数量"),
        (0, 2, 1, 1, "次数"),
        (1, 2, 1, 1, "人数"),
        (2, 1, 1, 1, "质量"),
        (2, 2, 1, 1, "达标率"),
    ]
    assert (cells["表1!A1"].align, cells["表1!A1"].vertical) == (Align.CENTER, True)


def test_hidden_rows_columns_and_sheets_are_read_with_a_note() -> None:
    def seen(sheet: Worksheet) -> None:
        _fill(sheet, _FORM)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def unseen(sheet: Worksheet) -> None:
        _fill(sheet, _FORM)
        sheet.sheet_state = "hidden"

    document = _document(unseen, seen)

    assert [grid.place for grid in document.grids] == ["工作表“表2”", "工作表“表1”"]
    assert [cell.note for cell in document.grids[0].cells] == ["", "隐藏列", "隐藏行", "隐藏行；隐藏列"]
    assert {cell.note for cell in document.grids[1].cells} == {"隐藏的工作表"}
    assert [(remark.place, "隐藏" in remark.text) for remark in document.remarks] == [("工作表“表1”", True)]


@pytest.mark.parametrize(
    ("cell", "text", "note"),
    [
        ("<f>A1*2</f><v>3</v>", "3", "公式的缓存值"),
        ("<f>A1*2</f>", "", "公式没有保存结果，按空白读取"),
        ("<f>A1*2</f><v></v>", "", "公式没有保存结果，按空白读取"),
        (
            "<f>1/3</f><v>0.33333333333333331</v>",
            "0.333333333",
            "公式的缓存值；常规格式按列宽显示位数，存储的数值是 0.333333333333333",
        ),
    ],
)
def test_a_formula_gives_its_cached_value_with_a_note(cell: str, text: str, note: str) -> None:
    found = read(book(f'{ONE_ROW}<row r="2"><c r="A2">{cell}</c></row>'), "a.xlsx").grids[0].cells[2]

    assert (found.text, found.note) == (text, note)


def test_an_error_is_text_with_a_note() -> None:
    row = '<row r="2"><c r="A2" t="e"><f>B9</f><v>#REF!</v></c></row>'
    found = read(book(ONE_ROW + row), "a.xlsx").grids[0].cells[2]

    assert (found.text, found.note) == ("#REF!", "公式的缓存值；公式出错，没有数值")


def test_rich_text_is_joined_and_readings_of_words_are_left_out() -> None:
    inline = "<is><r><t>第一</t></r><r><rPr><b/></rPr><t>季度_x000D_\n末</t></r><rPh><t>よみ</t></rPh></is>"
    found = read(book(f'{ONE_ROW}<row r="2"><c r="A2" t="inlineStr">{inline}</c></row>'), "a.xlsx").grids[0].cells[2]

    assert found.text == "第一季度\n末"


_RAISED, _LOWERED, _STRUCK = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"


def _runs(*runs: tuple[str, str]) -> str:
    return "".join(f"<r><rPr>{font}</rPr><t>{text}</t></r>" for text, font in runs)


@pytest.mark.parametrize(
    ("runs", "text", "note"),
    [
        (_runs(("1000000.00", ""), ("1", _RAISED)), "1000000.00¹", "有上标“1”，写作“¹”"),
        (_runs(("≥10", ""), ("3", _RAISED), ("公里", "")), "≥10³公里", "有上标“3”，写作“³”"),
        (_runs(("CO", ""), ("2", _LOWERED)), "CO₂", "有下标“2”，写作“₂”"),
        (_runs(("61.05", ""), ("注", _RAISED)), "61.05注", "有上标“注”"),
        (_runs(("15", _STRUCK), ("14", "")), "14", "画了删除线的“15”没有取"),
        (_runs(("1", _STRUCK), ("5", _STRUCK), ("14", "")), "14", "画了删除线的“15”没有取"),
        (_runs(("15", _STRUCK)), "15", "全部文字画了删除线，照录"),
        (_runs(("15", '<strike val="0"/>'), ("14", '<vertAlign val="baseline"/>')), "1514", ""),
    ],
)
def test_raised_and_struck_out_runs_never_join_a_figure(runs: str, text: str, note: str) -> None:
    row = f'<row r="2"><c r="A2" t="inlineStr"><is>{runs}</is></c></row>'
    found = read(book(ONE_ROW + row), "a.xlsx").grids[0].cells[2]

    assert (found.text, found.note) == (text, note)


def test_a_cell_whose_font_strikes_it_out_or_raises_it_is_noted() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, [["得分", 15, 14, ""]])
        sheet["B1"].font, sheet["C1"].font = Font(strike=True), Font(vertAlign="superscript")
        sheet["D1"].font = Font(strike=True)

    assert [(cell.text, cell.note) for cell in _document(fill).grids[0].cells] == [
        ("得分", ""),
        ("15", "整格画了删除线"),
        ("14", "整格是上标"),
    ]


def test_a_run_without_a_font_takes_that_of_its_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, [["得分", CellRichText("15", TextBlock(InlineFont(b=True), "14"))]])
        sheet["B1"].font = Font(strike=True)

    found = _document(fill).grids[0].cells[1]

    assert (found.text, found.note) == ("14", "画了删除线的“15”没有取")


def test_what_is_noted_of_a_line_outside_of_tables_is_remarked() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "项目支出绩效自评表", "（2024年度）"
        sheet["A2"].font = Font(strike=True)
        _fill(sheet, _FORM, top=4)

    document = _document(fill)

    assert document.grids[0].above == ("项目支出绩效自评表", "（2024年度）")
    assert [(remark.place, remark.text) for remark in document.remarks] == [
        ("表1!A2", "表外的文字“（2024年度）”：整格画了删除线，请核对。")
    ]


def test_true_and_false_are_noted() -> None:
    (grid,) = _document(lambda sheet: _fill(sheet, [["完成", True, False]])).grids

    assert [(cell.text, bool(cell.note)) for cell in grid.cells] == [("完成", False), ("TRUE", True), ("FALSE", True)]


def test_a_formula_that_gives_an_empty_text_has_a_result() -> None:
    row = '<row r="2"><c r="A2" t="str"><f>IF(1,"")</f><v></v></c><c r="B2"><v>1</v></c></row>'

    assert read(book(ONE_ROW + row), "a.xlsx").grids[0].cells[2].note == "公式的缓存值"


def test_figures_that_are_shown_rounded_are_counted_and_the_first_of_them_named() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, [["执行数", 94.604, 94.6, 0.86184, *[1.5] * 5]])
        for column, code in enumerate(["0.00", "0.00", "0.00%", *["0"] * 5], 2):
            sheet.cell(1, column).number_format = code

    document = _document(fill)

    assert not any(cell.note for cell in document.grids[0].cells)
    (remark,) = document.remarks
    assert remark.text.startswith("有 7 格按格式四舍五入显示")
    assert "表1!B1 显示 94.60，存储的数值是 94.604；表1!D1 显示 86.18%，存储的数值是 0.86184" in remark.text
    assert "H1" not in remark.text


def test_the_strict_dialect_reads_the_same() -> None:
    assert read(book(ONE_ROW, dialect=STRICT), "a.xlsx") == read(book(ONE_ROW), "a.xlsx")


def test_cells_without_references_follow_one_another() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"

    assert {place: cell.text for place, cell in _cells(read(book(rows), "a.xlsx")).items() if cell.text} == {
        "表!A1": "1",
        "表!C1": "3",
        "表!A2": "4",
    }


def test_a_workbook_without_styles_and_shared_texts_is_read() -> None:
    assert _texts(read(book(ONE_ROW), "a.xlsx").grids[0]) == [["甲", "1.5"]]


def test_a_package_without_a_workbook_is_refused() -> None:
    parts = book_parts(ONE_ROW)
    parts["_rels/.rels"] = "<Relationships/>"

    with pytest.raises(Exception, match="没有工作簿"):
        read(archive(parts), "a.xlsx")


def test_comments_and_pictures_are_remarked() -> None:
    def fill(sheet: Worksheet) -> None:
        _fill(sheet, _FORM)
        sheet["A1"].comment = Comment("请核对", "某人")

    document = _document(fill)

    assert [remark.text for remark in document.remarks] == ["有批注，没有读取。"]
    assert "请核对" not in str(document.grids)


def test_text_that_a_merged_cell_covers_is_remarked_and_not_read() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    document = read(book(ONE_ROW + '<row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c></row>', merged), "a.xlsx")

    assert "B1 等 1 格" in document.remarks[0].text
    assert "1.5" not in str(document.grids)


def _named(*references: str) -> Document:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "自评 '表'"
    _fill(sheet, [["项目名称", "甲", ""], ["执行数", "61.05", "8"]])
    sheet.merge_cells("B1:C1")
    for number, reference in enumerate(references):
        name = encoded(f"head.name_{number}")
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    workbook.defined_names["别的"] = DefinedName("别的", attr_text="'自评 ''表'''!$A$1:$C$2")
    file = BytesIO()
    workbook.save(file)
    return read(file.getvalue(), "a.xlsx")


def test_a_name_of_ours_is_a_field_of_its_cell() -> None:
    document = _named("'自评 ''表'''!$B$1", "'自评 ''表'''!$B$2", "'自评 ''表'''!$B$1:$C$1")
    fields = {place: [(field.name, field.text) for field in cell.fields] for place, cell in _cells(document).items()}

    assert fields["自评 '表'!B1"] == [("head.name_0", "甲"), ("head.name_2", "甲")]
    assert fields["自评 '表'!B2"] == [("head.name_1", "61.05")]
    assert document.remarks == ()


@pytest.mark.parametrize(
    "reference", ["'自评 ''表'''!$A$1:$A$2", "'自评 ''表'''!$C$1", "#REF!", "别的表!$A$1", "SUM(1)"]
)
def test_a_name_of_ours_that_points_to_no_single_cell_is_remarked(reference: str) -> None:
    document = _named(reference)

    assert not any(cell.fields for cell in _cells(document).values())
    assert [("没有采用" in remark.text) for remark in document.remarks] == [True]


def _facts(document: Document) -> list[object]:
    return [
        (
            grid.place,
            grid.above,
            grid.below,
            [(*cell.place, cell.rows, cell.columns, cell.text, cell.fields) for cell in grid.cells],
        )
        for grid in document.grids
    ]


def test_our_own_workbook_is_read_with_every_field_and_property() -> None:
    forms = real_forms()
    document = read(write(forms, properties=properties_of(forms)), "a.xlsx")
    names = [[field.name for cell in grid.cells for field in cell.fields] for grid in document.grids]

    assert document.remarks == ()
    assert document.properties == properties_of(forms)
    assert [grid.above[0] for grid in document.grids] == [form.title for form in forms]
    assert all("head.implementing_unit" in of_form or "head.town_name" in of_form for of_form in names)


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_our_own_workbook_survives_libreoffice(tmp_path: Path) -> None:
    forms = real_forms()[3:5]
    (tmp_path / "a.xlsx").write_bytes(write(forms, properties=properties_of(forms)))
    before = read((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    for kind, source in [("ods", "a.xlsx"), ("xlsx", "new/a.ods"), ("xls", "new/a.ods")]:
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path / "new"),
            str(tmp_path / source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=100)

    for path in ("new/a.xlsx", "new/a.xls"):
        after = read((tmp_path / path).read_bytes(), path)
        assert _facts(after) == _facts(before)
        assert after.remarks == ()
