"""Forms as an Excel workbook: official layout, every cell text, every field named, same bytes each time."""

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.exchange.form_grids import form_environment, form_grids, properties_of
from generator.export.form_xlsx import write
from generator.forms.definitions import load_forms
from generator.forms.field_names import RECORDS, decoded, encoded, form_number, read_name_table
from generator.forms.grid import CellKind, Field, FormGrid, Grid, GridCell
from generator.load.assemble import load_catalog
from tests.site_tools import PROJECT

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "'9", '=HYPERLINK("http://x")', "=100.00(%)"]
FIGURES = [
    "0012",
    "1,217,200.00",
    "0.00",
    "-",
    "—",
    "/",
    "100%",
    "1e5",
    "2024-01-01",
    "1/2",
    "12345678901234567890",
    "TRUE",
]


@pytest.fixture(scope="module")
def forms() -> tuple[FormGrid, ...]:
    """The project's eight records."""
    settings = load_settings(PROJECT / "mkdocs.yml")
    catalog = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=load_forms(settings.template_dirs),
    ).catalog
    return tuple(form_grids(catalog.records, catalog, form_environment(settings.template_dirs)))


def form_of(*texts: str, title: str = "自评表") -> FormGrid:
    """A form of one row of fields f.0, f.1 ..."""
    cells = tuple(
        GridCell(0, column, text, kind=CellKind.VALUE, fields=(Field(f"f.{column}", text),))
        for column, text in enumerate(texts)
    )
    return FormGrid(title, "(2024年度)", (Grid(cells),), "2024/dw/xm", "A1")


def written(*forms: FormGrid) -> bytes:
    return write(forms, properties=properties_of(forms))


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def by_field(book: Workbook, number: int = 1) -> dict[str, str]:
    """The text of each named cell of one form."""
    properties = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}  # type: ignore[attr-defined]
    table = read_name_table(properties.get("jixiao.fields", ""))
    found = {}
    for name, defined in book.defined_names.items():
        if form_number(name) == number:
            ((sheet, place),) = defined.destinations
            found[decoded(name, table) or name] = str(book[sheet][place.replace("$", "")].value or "")
    return found


@pytest.mark.parametrize("text", [*FORMULAS, *FIGURES, " 1 ", "甲\n乙", "_x000D_"])
def test_every_cell_is_text_exactly_as_printed(text: str) -> None:
    book = opened(written(form_of(text, "乙")))
    cell = book.worksheets[0]["A3"]

    assert cell.value == text.replace("_x000D_", "_x005F_x000D_")
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@", "'"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_another_program_reads_the_same_texts_and_no_formula(tmp_path: Path) -> None:
    texts = [*FORMULAS, *FIGURES]
    (tmp_path / "form.xlsx").write_bytes(written(form_of(*texts)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", str(tmp_path), str(tmp_path / "form.xlsx")],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    (sheet,) = tmp_path.glob("*.csv")

    assert texts in list(csv.reader(sheet.read_text(encoding="utf-8").splitlines()))


def test_each_field_of_the_form_can_be_found_by_its_name(forms: tuple[FormGrid, ...]) -> None:
    book = opened(written(*forms))

    for number, form in enumerate(forms, 1):
        whole = {
            cell.fields[0].name: cell.text
            for grid in form.grids
            for cell in grid.cells
            if len(cell.fields) == 1 and cell.fields[0].text == cell.text
        }
        assert by_field(book, number) == {"title": form.title, "period": form.period, **whole}


def test_a_cell_that_says_more_than_its_field_bears_no_name() -> None:
    cell = GridCell(0, 0, "项目资金(万元)", fields=(Field("funding.unit", "万元"),))
    book = opened(written(FormGrid("表", "", (Grid((cell,)),))))

    assert set(by_field(book)) == {"title"}


def test_the_properties_say_which_records_these_are(forms: tuple[FormGrid, ...]) -> None:
    properties = {prop.name: prop.value for prop in opened(written(*forms[:2])).custom_doc_props.props}  # type: ignore[attr-defined]

    assert properties[RECORDS] == "2024/xidu/dangjian;2024/xidu/yizhan"
    assert properties["jixiao.layout"] == "C1;C1"


def test_every_cell_of_merged_ones_has_lines_all_around(forms: tuple[FormGrid, ...]) -> None:
    # Read row by row, openpyxl shows what the file says of cells that others cover; otherwise it makes up their lines.
    book = load_workbook(io.BytesIO(written(*forms)), read_only=True)

    for sheet, form in zip(book.worksheets, forms, strict=True):
        first = 3
        rows = list(sheet.iter_rows(min_row=first, max_row=first + form.grids[0].height - 1))
        lines = [
            side.style
            for row in rows
            for cell in row
            for side in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        ]
        assert len(lines) == 4 * form.grids[0].height * form.grids[0].width
        assert set(lines) == {"thin"}


def test_a_form_prints_on_a4_and_repeats_its_column_titles(forms: tuple[FormGrid, ...]) -> None:
    for sheet, form in zip(opened(written(*forms)).worksheets, forms, strict=True):
        assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
        assert sheet.page_setup.orientation == "portrait"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        row = int(str(sheet.print_title_rows).split(":")[0].strip("$"))
        titles = [sheet.cell(row, column).value for column in range(1, sheet.max_column + 1)]
        assert [title for title, _ in form.grids[0].repeated if title] == [
            title for title in titles if title and title != "绩效指标"
        ]


def test_a_wide_form_lies_across_the_page() -> None:
    sheet = opened(written(form_of(*"一二三四五六七八九十甲乙"))).worksheets[0]

    assert sheet.page_setup.orientation == "landscape"


def test_a_row_is_as_high_as_its_text_needs() -> None:
    short, long = (opened(written(form_of(text, "乙"))).worksheets[0] for text in ("字", "字" * 200))

    # 200 characters of 10 points stand in half a page's width in at least eight lines.
    assert (short.row_dimensions[3].height or 0) < 25
    assert (long.row_dimensions[3].height or 0) > 8 * 12


def test_a_text_too_long_for_one_row_takes_several() -> None:
    sheet = opened(written(form_of("字" * 3000, "乙"))).worksheets[0]
    heights = [sheet.row_dimensions[row].height or 0 for row in range(3, sheet.max_row + 1)]

    assert len(heights) > 1
    assert max(heights) <= 400
    assert sum(heights) > 3000 / 26 * 12
    assert f"A3:A{sheet.max_row}" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_cells_merged_over_two_pages_begin_at_their_top() -> None:
    side = [GridCell(0, 0, "甲", rows=30), GridCell(30, 0, "乙", rows=40), GridCell(70, 0, "丙", rows=3)]
    rows = [GridCell(row, 1, "一") for row in range(73)]
    sheet = opened(written(FormGrid("表", "", (Grid((*side, *rows)),)))).worksheets[0]
    stands = {cell.value: cell.alignment.vertical for row in sheet.iter_rows(max_col=1) for cell in row if cell.value}

    assert (stands["甲"], stands["乙"], stands["丙"]) == ("center", "top", "center")


def test_a_text_longer_than_a_cell_can_hold_is_refused_and_not_cut() -> None:
    with pytest.raises(JixiaoError, match="2024/dw/xm 有一处文字长 40000 字"):
        written(form_of("字" * 40_000))


def test_fonts_are_named_and_not_embedded(forms: tuple[FormGrid, ...]) -> None:
    book = opened(written(forms[0]))
    names = {cell.font.name for row in book.worksheets[0].iter_rows() for cell in row if cell.value}

    assert names == {"宋体", "仿宋"}
    assert book.worksheets[0]["A1"].font.bold


def test_sheets_are_called_by_their_projects_and_never_alike() -> None:
    name = "甲/乙[丙]:*?" + "长" * 40
    cells = (GridCell(0, 0, name, fields=(Field("head.project_name", name),)),)
    one = FormGrid("表", "", (Grid(cells),))
    book = opened(written(one, one, FormGrid("History", "", (Grid(cells[:0]),))))

    assert book.sheetnames == [
        "甲 乙 丙" + " " * 4 + "长" * 22,
        "甲 乙 丙" + " " * 4 + "长" * 19 + "（2）",
        "History（2）",
    ]
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert f"{encoded('head.project_name', form=2)}" in book.defined_names


def test_tables_of_different_columns_share_one_sheet() -> None:
    three = Grid(tuple(GridCell(0, n, str(n)) for n in range(3)), widths=(0.2, 0.3, 0.5))
    two = Grid((GridCell(0, 0, "甲"), GridCell(0, 1, "乙")), above=("又一张",), widths=(0.48, 0.52))
    sheet = opened(written(FormGrid("表", "", (three, two)))).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["表", None, None],
        ["0", "1", "2"],
        ["又一张", None, None],
        ["甲", None, "乙"],
    ]


def test_the_same_forms_give_the_same_bytes(forms: tuple[FormGrid, ...]) -> None:
    data = written(*forms)

    assert data == written(*forms)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")
