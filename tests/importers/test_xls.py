import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from generator.importers.document import Document, UnreadableError
from generator.importers.read import read


@pytest.mark.parametrize("length", [9, 40, 600])
def test_a_damaged_file_is_refused(length: int) -> None:
    head = b"\x09\x08\x08\x00\x00\x05\x10\x00" + b"\x55" * length

    with pytest.raises(UnreadableError, match="不完整或已损坏"):
        read(head, "a.xls")


def test_a_compound_document_that_breaks_off_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le").ljust(128, b"\0")

    with pytest.raises(UnreadableError, match="不完整或已损坏"):
        read(data, "a.xls")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Document:
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice")
    folder: Path = tmp_path_factory.mktemp("xls")
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "自评表"
    sheet["A1"] = "项目支出绩效自评表"
    sheet.merge_cells("A1:D1")
    rows = [["年度资金总额", 94.6, 815826.17, 0.8618], ["产出", "=B2*2", "≥2.00(次)", 45356]]
    side = Side(style="thin")
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value = value  # type: ignore[assignment]
            cell.border = Border(left=side, right=side)
    for place, code in {
        "B2": "0.00",
        "C2": "#,##0.00",
        "D2": "0.00%",
        "B3": "0.00",
        "D3": 'yyyy"年"m"月"d"日"',
    }.items():
        sheet[place].number_format = code
    sheet.row_dimensions[3].hidden = True
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    marks = workbook.create_sheet("上标")
    marks.append(["预算数", 1, 1, True, 94.604, -5])
    marks["B1"] = CellRichText("94.60", TextBlock(raised, "1"))
    marks["C1"] = CellRichText(TextBlock(struck, "15"), "14")
    marks["E1"].number_format, marks["F1"].number_format = "0.00", "0.00;[Red]0.00"
    marks["A1"].font = Font(strike=True)
    other = workbook.create_sheet("存档")
    other["A1"], other["B1"], other.sheet_state = "旧", 1, "hidden"
    file = BytesIO()
    workbook.save(file)
    (folder / "a.xlsx").write_bytes(file.getvalue())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "xls", "--outdir", str(folder), str(folder / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return read((folder / "a.xls").read_bytes(), "自评表.et")


def test_an_old_workbook_is_read_like_a_new_one(converted: Document) -> None:
    grid = converted.grids[0]

    assert (converted.kind, grid.above) == ("xls", ("项目支出绩效自评表",))
    assert [(cell.place, cell.text) for cell in grid.cells] == [
        ("自评表!A2", "年度资金总额"),
        ("自评表!B2", "94.60"),
        ("自评表!C2", "815,826.17"),
        ("自评表!D2", "86.18%"),
        ("自评表!A3", "产出"),
        ("自评表!B3", "189.20"),
        ("自评表!C3", "≥2.00(次)"),
        ("自评表!D3", "2024年3月5日"),
    ]


def test_formulas_and_hidden_rows_and_sheets_are_noted(converted: Document) -> None:
    notes = {cell.place: cell.note for grid in converted.grids for cell in grid.cells if cell.note}
    notes = {place: note for place, note in notes.items() if not place.startswith("上标")}

    assert notes == {
        "自评表!A3": "隐藏行",
        "自评表!B3": "公式的缓存值；隐藏行",
        "自评表!C3": "隐藏行",
        "自评表!D3": "隐藏行",
        "存档!A1": "隐藏的工作表",
        "存档!B1": "隐藏的工作表",
    }
    assert [remark.place for remark in converted.remarks] == ["工作表“存档”", ""]


def test_raised_and_struck_out_text_and_figures_unlike_what_is_stored_are_noted(converted: Document) -> None:
    cells = [(cell.text, cell.note) for grid in converted.grids for cell in grid.cells if cell.place.startswith("上标")]

    assert cells == [
        ("预算数", "整格画了删除线"),
        ("94.60¹", "有上标“1”，写作“¹”"),
        ("14", "画了删除线的“15”没有取"),
        ("TRUE", "公式的缓存值；是逻辑值，不是文字"),
        ("94.60", ""),
        ("5.00", "负数按格式不显示负号，存储的数值是 -5"),
    ]
    assert "上标!E1 显示 94.60，存储的数值是 94.604" in converted.remarks[-1].text
