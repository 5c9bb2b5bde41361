"""Forms as DOCX."""

# ruff: noqa: SLF001 - what the library has no name for is seen only in its elements

import io
import zipfile
from collections.abc import Mapping

import docx
import msgspec
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table

from generator.export.form_docx import write
from generator.forms.field_names import FIELD_TABLE, decoded, form_number, read_name_table
from generator.forms.grid import Align, Field, FormGrid, Grid, GridCell
from tests.export.drawn_forms import PROSE, declaration, label, self_evaluation, small, value
from tests.export.real_forms import real_forms

_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def _read(*forms: FormGrid, properties: Mapping[str, str] | None = None) -> Document:
    return docx.Document(io.BytesIO(write(forms, properties=properties or {})))


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _expected(grid: Grid) -> list[list[str]]:
    texts = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            texts[row][cell.column : cell.column + cell.columns] = [cell.text] * cell.columns
    return texts


def _properties(document: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = parse_xml(archive.read("docProps/custom.xml"))
    return {kept.attrib["name"]: "".join(kept.itertext()) for kept in root.iter(_CUSTOM)}


def _bookmarks(document: Document) -> dict[str, str]:
    """Return the text within each bookmark."""
    texts: dict[str, str] = {}
    opened: dict[str, str] = {}
    for part in document.element.body.iter():
        if part.tag == qn("w:bookmarkStart"):
            opened[part.get(qn("w:id"))] = part.get(qn("w:name"))
            texts[part.get(qn("w:name"))] = ""
        elif part.tag == qn("w:bookmarkEnd"):
            del opened[part.get(qn("w:id"))]
        elif part.tag in {qn("w:t"), qn("w:br")}:
            for name in opened.values():
                texts[name] += "\n" if part.tag == qn("w:br") else part.text
    assert not opened
    return texts


def _fields(form: FormGrid) -> dict[str, str]:
    return {field.name: field.text for grid in form.grids for cell in grid.cells for field in cell.fields}


def _header_rows(table: Table) -> list[int]:
    return [number for number, row in enumerate(table.rows) if row._tr.find(f".//{qn('w:tblHeader')}") is not None]


def test_every_cell_reads_back_as_it_was_merged_and_printed() -> None:
    form = self_evaluation()

    tables = _read(form).tables

    assert _expected(form.grids[0]) == [row for table in tables for row in _rows(table)]


def test_title_and_period_stand_centred_above_the_table() -> None:
    title, period = _read(self_evaluation()).paragraphs[:2]

    assert (title.text, period.text) == ("财政项目支出绩效自评表", "(2024年度)")
    assert (title.alignment, period.alignment) == (1, 1)


def test_the_head_of_the_indicators_repeats_on_each_page_and_stands_only_once_in_the_text() -> None:
    document = _read(self_evaluation(40))

    upper, lower = document.tables
    assert (_header_rows(upper), _header_rows(lower)) == ([], [0])
    assert lower.cell(0, 7).text == "偏差原因分析及改进措施"
    assert document.element.body.xml.count("偏差原因分析及改进措施") == 1


def test_between_the_two_parts_of_a_form_stands_nothing_one_could_see() -> None:
    document = _read(self_evaluation())

    seam = document.tables[0]._tbl.getnext()
    assert qn("w:p") == seam.tag
    assert document.tables[1]._tbl is seam.getnext()
    assert tuple(seam.find(f".//{qn('w:spacing')}").get(qn(f"w:{key}")) for key in ("line", "lineRule")) == (
        "14",
        "exact",
    )
    assert "".join(seam.itertext()) == ""


def test_a_name_that_stands_upright_beside_head_and_indicators_is_not_repeated_with_the_head() -> None:
    table = _read(declaration()).tables[1]

    first, second = table.cell(0, 0), table.cell(1, 0)
    assert (first.text, second.text) == ("", "绩效指标")
    assert first._tc.find(f".//{qn('w:tcBorders')}/{qn('w:bottom')}").get(qn("w:val")) == "nil"
    assert second._tc.find(f".//{qn('w:tcBorders')}/{qn('w:top')}").get(qn("w:val")) == "nil"
    assert second._tc.find(f".//{qn('w:textDirection')}").get(qn("w:val")) == "tbRlV"


def test_a_table_whose_first_row_is_its_head_stays_one_table() -> None:
    head = (("三级指标", 1), ("得分", 1))
    grid = Grid((label(0, 0, "三级指标"), label(0, 1, "得分"), label(1, 0, "培训"), label(1, 1, "5")), repeated=head)

    (table,) = _read(FormGrid("表", "", (grid,))).tables

    assert _header_rows(table) == [0]


def test_a_table_without_a_repeated_head_stays_one_table() -> None:
    (table,) = _read(small("党建")).tables

    assert _header_rows(table) == []


def test_each_field_is_a_bookmark_around_its_text() -> None:
    form = self_evaluation()

    marks = {decoded(name): text for name, text in _bookmarks(_read(form)).items()}

    assert {**_fields(form), "title": form.title} == marks


def test_each_field_of_the_real_records_is_found_again() -> None:
    forms = real_forms()

    document = write(forms, properties={})

    table = read_name_table(_properties(document)[FIELD_TABLE])
    marks = _bookmarks(docx.Document(io.BytesIO(document)))
    fields = {(form_number(name), decoded(name, table)): text for name, text in marks.items()}
    assert fields == {
        (number, name): text
        for number, form in enumerate(forms, 1)
        for name, text in {**_fields(form), "title": form.title}.items()
    }


def test_every_cell_of_the_real_records_reads_back_as_it_was_printed() -> None:
    tables = _read(*real_forms()).tables

    printed = [row for form in real_forms() for grid in form.grids for row in _expected(grid)]
    read = [row for table in tables for row in _rows(table)]
    assert [row[1:] for row in read] == [row[1:] for row in printed]
    # The name that stands upright beside the indicators does not stand beside their head.
    moved = [(before[0], after[0]) for before, after in zip(printed, read, strict=True) if before[0] != after[0]]
    assert set(moved) == {("绩效指标", "")}


def test_a_field_that_is_shown_twice_has_its_name_where_it_is_shown_first() -> None:
    grid = Grid((value(0, 0, "甲", "x"), value(0, 1, "乙", "x")))

    assert _bookmarks(_read(FormGrid("表", "", (grid,)))) == {"jx1_title": "表", "jx1_x": "甲"}


def test_a_field_that_is_part_of_a_label_is_marked_without_the_label() -> None:
    cell = msgspec.structs.replace(label(0, 0, "项目资金(万元)"), fields=(Field("funding.unit", "万元"),))

    assert _bookmarks(_read(FormGrid("表", "", (Grid((cell,)),))))["jx1_funding__unit"] == "万元"


def test_a_field_whose_text_its_cell_does_not_show_has_no_name() -> None:
    cell = msgspec.structs.replace(label(0, 0, "无法辨认"), fields=(Field("x", "5.00"),))

    assert "jx1_x" not in _bookmarks(_read(FormGrid("表", "", (Grid((cell,)),))))


def test_fields_that_share_a_cell_are_told_apart() -> None:
    document = write([declaration()], properties={})

    table = read_name_table(_properties(document)[FIELD_TABLE])
    marks = {decoded(name, table): text for name, text in _bookmarks(docx.Document(io.BytesIO(document))).items()}
    assert {**_fields(declaration()), "title": declaration().title} == marks


def test_no_bookmark_is_longer_than_word_takes() -> None:
    names = _bookmarks(_read(declaration())).keys()

    assert max(map(len, names)) <= 40


def test_the_same_field_of_two_forms_has_two_names() -> None:
    names = _bookmarks(_read(small("甲"), small("乙")))

    assert {form_number(name): text for name, text in names.items() if decoded(name) == "head.project_name"} == {
        1: "甲",
        2: "乙",
    }


def test_bookmarks_are_numbered_without_a_repetition() -> None:
    body = _read(self_evaluation(), self_evaluation()).element.body

    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_each_form_begins_a_page() -> None:
    starts = [
        p.text for p in _read(small("甲"), small("乙"), small("丙")).paragraphs if p.paragraph_format.page_break_before
    ]

    assert starts == ["表", "表"]


def test_columns_share_the_width_of_the_text_and_word_may_not_change_them() -> None:
    document = _read(self_evaluation())

    section = document.sections[0]
    assert section.page_width
    assert section.left_margin
    assert section.right_margin
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert not table.autofit
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.001)


def test_every_row_covers_all_columns() -> None:
    for table in _read(self_evaluation(), declaration()).tables:
        columns = len(table.columns)
        for row in table.rows:
            assert columns == sum(int(cell.grid_span) for cell in row._tr.tc_lst)


def test_a_row_stays_on_one_page_unless_its_text_is_long() -> None:
    form = small("短")
    long = small(PROSE * 6)

    kept, broken = (_read(one).tables[0].rows[0]._tr.find(f".//{qn('w:cantSplit')}") for one in (form, long))

    assert kept is not None
    assert broken is None


def test_cells_are_aligned_as_in_the_form() -> None:
    grid = Grid(tuple(GridCell(0, place, "字", align=align) for place, align in enumerate(Align)))

    cells = _read(FormGrid("表", "", (grid,))).tables[0].rows[0].cells

    assert [cell.paragraphs[0].alignment for cell in cells] == [0, 1, 2]


@pytest.mark.parametrize(
    "text", ["一\n\n二\n", "    其中：当年财政拨款", "甲\t乙", "≥80.00(元/人)", "0", "-", "—", "/", "<&>\"'"]
)
def test_text_comes_back_as_it_was(text: str) -> None:
    assert text == _read(small(text)).tables[0].cell(0, 1).text


@pytest.mark.parametrize("forbidden", ["\x00", "\x07", "\x0b", "\ud800", "\ufffe"])
def test_a_character_that_no_document_can_hold_is_shown_as_one_that_is_missing(forbidden: str) -> None:
    form = small(f"前{forbidden}后", above=(forbidden,))
    form = msgspec.structs.replace(form, title=f"表{forbidden}", period=forbidden)

    document = _read(form, properties={"记录": forbidden})

    assert document.tables[0].cell(0, 1).text == "前\ufffd后"
    assert [paragraph.text for paragraph in document.paragraphs[:3]] == ["表\ufffd", "\ufffd", "\ufffd"]


def test_lines_around_a_table_stand_where_they_stood() -> None:
    grids = (
        Grid((label(0, 0, "甲"),), above=("单位：元",)),
        Grid((label(0, 0, "乙"),), above=("二",), below=("填表人：",)),
    )

    texts = [paragraph.text for paragraph in _read(FormGrid("表", "", grids)).paragraphs if paragraph.text]

    assert texts == ["表", "单位：元", "二", "填表人："]


def test_a_place_that_no_cell_covers_is_an_empty_cell() -> None:
    grid = Grid((label(0, 0, "甲"), label(1, 1, "乙")))

    assert _rows(_read(FormGrid("表", "", (grid,))).tables[0]) == [["甲", ""], ["", "乙"]]


def test_a_form_with_many_columns_lies_on_its_side() -> None:
    grid = Grid(tuple(label(0, column, "字") for column in range(13)))

    section = _read(FormGrid("表", "", (grid,))).sections[0]

    assert section.page_width
    assert section.page_height
    assert section.page_width > section.page_height


def test_a_figure_too_long_for_its_column_is_set_smaller_rather_than_broken() -> None:
    grid = Grid((label(0, 0, "甲"), value(0, 1, "925,000,000.00", "x")), widths=(0.9, 0.1))

    run = _read(FormGrid("表", "", (grid,))).tables[0].cell(0, 1).paragraphs[0].runs[0]

    assert 6 <= run.font.size.pt < 9


def test_the_document_tells_its_title_and_what_it_was_made_from() -> None:
    document = write([small("甲")], properties={"jixiao.records": "2024/某某/甲;乙", "jixiao.layout": "A1"})

    assert _properties(document) == {"jixiao.records": "2024/某某/甲;乙", "jixiao.layout": "A1"}
    core = docx.Document(io.BytesIO(document)).core_properties
    assert (core.title, core.language, core.author, core.comments) == ("表", "zh-CN", "", "")


def test_pages_are_numbered_between_dashes() -> None:
    footer = _read(small("甲")).sections[0].footer.paragraphs[0]._p

    assert "".join(text.text for text in footer.iter(qn("w:t"))) == "- 1 -"
    assert footer.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_the_same_forms_give_the_same_bytes_whenever_they_are_written() -> None:
    forms = [self_evaluation(), declaration()]

    first, second = (write(forms, properties={"a": "1", "b": "2"}) for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}
        assert b"dcterms:" not in archive.read("docProps/core.xml")


def test_a_form_without_a_table_is_its_title() -> None:
    document = _read(FormGrid("表", "", ()), FormGrid("表", "", (Grid((), above=("说明",)),)))

    assert document.tables == []
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == ["表", "表", "说明"]
