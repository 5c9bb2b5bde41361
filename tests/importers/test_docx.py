"""Tables of text documents."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from generator.export import form_docx
from generator.forms.field_names import WORD_LIMIT, encoded
from generator.forms.grid import Align, Grid
from generator.importers.document import Document, UnreadableError
from generator.importers.docx import read
from generator.importers.docx_numbering import written_number
from tests.export.real_forms import real_forms
from tests.importers.docx_forms import FORMS, Form, as_printed, in_order, saved, word_of

W = nsdecls("w")


def table_in(word: Word, *rows: str) -> Table:
    """Return a new table of a document, the cells of each row parted by |."""
    cells = [row.split("|") for row in rows]
    table: Table = word.add_table(len(cells), len(cells[0]))
    for i, row in enumerate(cells):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    return table


def of_xml(body: str, *, around: str = "") -> bytes:
    """Return a document with this inside its body; `around` are declarations of further name spaces."""
    word = docx.Document()
    element = word.element.body
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:body {W} {around}>{body}</w:body>"):
        element.append(child)
    return saved(word)


def xml_table(*cells: str) -> str:
    """Return a table of one row."""
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def run(text: str, style: str = "") -> str:
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(content)}</w:p>"


def only_grid(document: Document) -> Grid:
    """Return the only table of a document."""
    (grid,) = document.grids
    return grid


def texts(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells]


def first_of(*content: str) -> tuple[str, str]:
    """Return text and note of a cell with this in its paragraph."""
    cell = only_grid(read(of_xml(xml_table(paragraph(*content), paragraph(run("乙")))), "form.docx")).cells[0]
    return cell.text, cell.note


def remarks(document: Document) -> list[str]:
    return [remark.text for remark in document.remarks]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form_reads_back_cell_by_cell_as_it_was_written(form: Form) -> None:
    document = read(saved(word_of(form)), "form.docx")

    grid = only_grid(document)
    assert as_printed(grid) == in_order(form)
    assert grid.above == (form.title, form.period)
    assert document.remarks == ()


def test_lines_stand_above_the_table_they_precede_and_below_the_last() -> None:
    word = word_of(FORMS[0], FORMS[3])
    word.add_paragraph("填表人：某某")
    first, second = read(saved(word), "form.docx").grids

    assert (first.above, second.above) == ((FORMS[0].title, "(2024年度)"), (FORMS[3].title, "(2024年度)"))
    assert (first.below, second.below) == ((), ("填表人：某某",))


def test_our_own_documents_read_back_with_fields_and_properties() -> None:
    forms = real_forms()
    document = read(form_docx.write(forms, properties={"jixiao.records": "a;b,c"}), "form.docx")

    written = {field.name for form in forms for grid in form.grids for cell in grid.cells for field in cell.fields}
    found = {field.name for grid in document.grids for cell in grid.cells for field in cell.fields}
    assert document.properties["jixiao.records"] == "a;b,c"
    assert written <= found
    printed = [cell.text for form in forms for grid in form.grids for cell in grid.cells if cell.text]
    assert Counter(text for grid in document.grids for text in texts(grid) if text) == Counter(printed)


def test_tables_parted_for_their_repeated_head_stay_apart_with_nothing_between() -> None:
    document = read(form_docx.write(real_forms()[:1], properties={}), "form.docx")

    assert [grid.above == () for grid in document.grids] == [False, True]


def test_the_place_of_a_cell_says_table_row_and_which_one_in_the_row() -> None:
    word = docx.Document()
    table = table_in(word, "甲|乙|丙", "丁|戊|己", "庚|辛|壬")
    table.cell(1, 0).merge(table.cell(2, 0))
    grid = only_grid(read(saved(word), "form.docx"))

    assert next(cell.place for cell in grid.cells if cell.text == "辛") == "表1第3行第2格"


def test_cells_before_and_behind_a_row_are_left_open() -> None:
    short = '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in "甲乙丙")
    xml = f"<w:tbl><w:tr>{cells}</w:tr>{short}<w:tc>{paragraph(run('丁'))}</w:tc></w:tr></w:tbl>"
    document = read(of_xml(xml), "form.docx")

    assert [(cell.row, cell.column) for cell in only_grid(document).cells] == [(0, 0), (0, 1), (0, 2), (1, 1)]
    assert document.remarks == ()


def test_rows_of_different_width_are_remarked() -> None:
    rows = "".join(f"<w:tr>{'<w:tc><w:p/></w:tc>' * count}</w:tr>" for count in (3, 2))

    assert remarks(read(of_xml(f"<w:tbl>{rows}</w:tbl>"), "form.docx")) == ["各行的宽度不一，格与列可能对不上，请核对"]


def test_old_horizontal_merges_are_one_cell() -> None:
    merged = [f'<w:tcPr><w:hMerge w:val="{kind}"/></w:tcPr>' for kind in ("restart", "continue")]
    xml = xml_table(merged[0] + paragraph(run("甲")), merged[1] + paragraph(), paragraph(run("乙")))

    assert [(cell.text, cell.column, cell.columns) for cell in only_grid(read(of_xml(xml), "x")).cells] == [
        ("甲", 0, 2),
        ("乙", 2, 1),
    ]


def test_text_under_a_merged_cell_is_not_seen_and_noted() -> None:
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="{kind}"/></w:tcPr>{paragraph(run(text))}</w:tc></w:tr>'
        for kind, text in (("restart", "产出指标"), ("continue", "99"))
    )
    (cell,) = only_grid(read(of_xml(f"<w:tbl>{rows}</w:tbl>"), "form.docx")).cells

    assert (cell.text, cell.rows) == ("产出指标", 2)
    assert cell.note == "合并格下面压着看不见的文字“99”，没有取"


def test_a_merge_that_begins_nowhere_is_a_cell_of_its_own_and_noted() -> None:
    xml = xml_table(f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph(run('7'))}", paragraph())
    cell = only_grid(read(of_xml(xml), "form.docx")).cells[0]

    assert (cell.text, cell.rows, cell.note) == ("7", 1, "合并格的起头对不上，按单独一格读")


def test_line_breaks_and_paragraphs_are_lines() -> None:
    cell = f"{paragraph(run('甲'), '<w:r><w:br/></w:r>', run('乙'))}{paragraph(run('丙'))}"
    assert texts(only_grid(read(of_xml(xml_table(cell, paragraph())), "form.docx")))[0] == "甲\n乙\n丙"


def test_tabs_and_unbroken_hyphens_are_what_they_show() -> None:
    assert first_of(run("甲"), "<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>", run("5")) == ("甲 -5", "")


def test_deletions_are_left_out_insertions_taken_and_the_reader_told() -> None:
    marks = 'w:id="1" w:author="某某"'
    deleted = f"<w:del {marks}><w:r><w:delText>417.32</w:delText></w:r></w:del>"
    inserted = f"<w:ins {marks}>{run('470.26')}</w:ins>"
    gone = f"<w:tr><w:trPr><w:del {marks}/></w:trPr><w:tc>{paragraph(run('旧'))}</w:tc></w:tr>"
    moved = f"<w:moveFrom {marks}>{run('8')}</w:moveFrom><w:moveTo {marks}>{run('9')}</w:moveTo>"
    rows = f"<w:tr><w:tc>{paragraph(deleted, inserted)}</w:tc></w:tr>{gone}<w:tr><w:tc>{paragraph(moved)}</w:tc></w:tr>"
    document = read(of_xml(f"<w:tbl>{rows}</w:tbl>"), "form.docx")

    assert texts(only_grid(document)) == ["470.26", "9"]
    assert remarks(document) == ["文档有修订标记：插入的已取，删除的没有取。请先接受或拒绝修订，再核对"]


def test_a_deleted_end_of_paragraph_joins_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="某某"/></w:rPr>'
    cell = paragraph(run("完成"), style=mark) + paragraph(run("情况"))

    assert texts(only_grid(read(of_xml(xml_table(cell, paragraph())), "form.docx")))[0] == "完成情况"


def test_hidden_text_is_left_out_and_noted() -> None:
    assert first_of(run("5"), run("99", "<w:vanish/>")) == ("5", "有隐藏文字“99”，没有取")


@pytest.mark.parametrize(
    ("style", "text", "note"),
    [
        ('<w:vertAlign w:val="superscript"/>', "94.60¹", "有上标“1”，写作“¹”"),
        ('<w:vertAlign w:val="subscript"/>', "94.60₁", "有下标“1”，写作“₁”"),
        ('<w:rStyle w:val="Raised"/>', "94.60¹", "有上标“1”，写作“¹”"),
        ('<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>', "94.601", ""),
        ('<w:position w:val="6"/>', "94.601", "“1”印得高于或低于同一行，可能是上标或下标"),
    ],
)
def test_raised_and_lowered_text_never_joins_a_figure(style: str, text: str, note: str) -> None:
    word = docx.Document()
    word.styles.element.append(
        parse_xml(
            f'<w:style {W} w:type="character" w:styleId="Raised"><w:name w:val="Raised"/>'
            '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        )
    )
    table = parse_xml(f"<w:body {W}>{xml_table(paragraph(run('94.60'), run('1', style)))}</w:body>")[0]
    word.element.body.insert(0, table)

    (found,) = only_grid(read(saved(word), "form.docx")).cells

    assert (found.text, found.note) == (text, note)


def test_text_struck_through_is_left_out_beside_other_text_and_noted() -> None:
    assert first_of(run("5"), run("6", "<w:strike/>")) == ("5", "画了删除线的“6”没有取")
    assert first_of(run("6", "<w:strike/>")) == ("6", "全部文字画了删除线，照录")
    assert first_of(run("5"), run("6", '<w:strike w:val="0"/>')) == ("56", "")


def test_a_field_code_shows_its_result_only() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"

    assert first_of(marks[0], code, marks[1], run("100.00"), marks[2]) == ("100.00", "")


def test_known_symbols_are_read_and_unknown_ones_never_guessed() -> None:
    known = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    unknown = '<w:r><w:sym w:font="Wingdings 3" w:char="F031"/></w:r>'

    assert first_of(known, run("90")) == ("≥90", "")
    assert first_of(unknown) == ("\ufffd", "有认不出的符号（字体 Wingdings 3），以“\ufffd”代替")


def test_pictures_and_footnotes_are_noted() -> None:
    assert first_of("<w:r><w:drawing/></w:r>", run("1")) == ("1", "有图片，没有读")
    assert first_of(run("1"), '<w:r><w:footnoteReference w:id="2"/></w:r>') == ("1", "有脚注，没有读")


def test_a_text_box_is_read_once_although_it_is_stored_twice() -> None:
    box = f"<w:txbxContent>{paragraph(run('框中'))}</w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<w:r><mc:AlternateContent {space}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert first_of(run("格中"), both) == ("格中\n框中", "有文本框，文字接在后面")


def test_a_table_in_a_text_box_is_a_table() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{xml_table(paragraph(run('7')))}</w:txbxContent></w:drawing></w:r>"

    assert texts(only_grid(read(of_xml(paragraph(run("标题"), box)), "form.docx"))) == ["7"]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = paragraph(run("明细")) + xml_table(paragraph(run("1")), paragraph(run("2"))) + paragraph()
    outer, nested = read(of_xml(xml_table(paragraph(run("甲")), inner)), "form.docx").grids

    assert (texts(outer), texts(nested)) == (["甲", "明细"], ["1", "2"])
    assert outer.cells[1].note == "格里还有表格，另作一张表"
    assert (nested.above, nested.place) == (("明细",), "表1第1行第2格内表1")
    assert nested.cells[1].place == "表1第1行第2格内表1第1行第2格"


def test_a_table_that_merely_frames_another_is_passed_through() -> None:
    inner = paragraph(run("自评表")) + xml_table(paragraph(run("1")), paragraph(run("2"))) + paragraph()
    grid = only_grid(read(of_xml(xml_table(inner)), "form.docx"))

    assert (texts(grid), grid.above, grid.place) == (["1", "2"], ("自评表",), "表1")


def control(name: str, content: str) -> str:
    """Return a content control that holds a field of ours."""
    tag = f'<w:sdtPr><w:tag w:val="{encoded(name, limit=64)}"/></w:sdtPr>'
    return f"<w:sdt>{tag}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "make",
    [
        lambda name: xml_table(paragraph(control(name, run("良信")))),
        lambda name: xml_table(control(name, paragraph(run("良信")))),
        lambda name: "<w:tbl><w:tr>" + control(name, "<w:tc>" + paragraph(run("良信")) + "</w:tc>") + "</w:tr></w:tbl>",
        lambda name: xml_table(
            paragraph(
                f'<w:bookmarkStart w:id="3" w:name="{encoded(name, limit=WORD_LIMIT)}"/>',
                run("良信"),
                '<w:bookmarkEnd w:id="3"/>',
            )
        ),
    ],
    ids=["in a line", "around a paragraph", "around a cell", "bookmark"],
)
def test_content_controls_and_bookmarks_of_ours_name_their_field(make: Callable[[str], str]) -> None:
    cell = only_grid(read(of_xml(make("head.project_name")), "form.docx")).cells[0]

    assert [(field.name, field.text) for field in cell.fields] == [("head.project_name", "良信")]


def test_a_cell_with_two_fields_says_which_text_is_whose() -> None:
    content = paragraph(
        run("项目资金("), control("funding.unit", run("万元")), run(") "), control("period", run("2024"))
    )
    cell = only_grid(read(of_xml(xml_table(content)), "form.docx")).cells[0]

    assert cell.text == "项目资金(万元) 2024"
    assert [(field.name, field.text) for field in cell.fields] == [("funding.unit", "万元"), ("period", "2024")]


def test_names_of_other_programs_are_no_fields() -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/>' + run("1") + '<w:bookmarkEnd w:id="0"/>'

    assert only_grid(read(of_xml(xml_table(paragraph(mark))), "form.docx")).cells[0].fields == ()


def test_the_hint_of_an_empty_content_control_is_no_text() -> None:
    hint = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt>"

    assert first_of(hint) == ("", "填写框没有填，提示文字没有取")


def with_numbering(word: Word, levels: str) -> bytes:
    """Return a document whose list 1 has these levels."""
    xml = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    for key, each in list(word.part.rels.items()):
        if each.reltype == relation:
            del word.part.rels[key]
    part = Part(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, xml.encode(), word.part.package)
    word.part.relate_to(part, relation)
    return saved(word)


def level(at: int, form: str, text: str, suffix: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(texts_and_levels: list[tuple[str, int]]) -> Word:
    word = docx.Document()
    cell = word.add_table(1, 1).cell(0, 0)
    for index, (text, at) in enumerate(texts_and_levels):
        added = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        added.add_run(text)
        number = f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>'
        added._p.get_or_add_pPr().append(parse_xml(number))  # noqa: SLF001
    return word


def test_automatic_numbers_are_written_as_word_shows_them() -> None:
    levels = level(0, "chineseCounting", "（%1）") + level(1, "decimal", "%2.", "space")
    word = listed([("总体", 0), ("其一", 1), ("其二", 1), ("后续", 0), ("又一", 1)])
    cell = only_grid(read(with_numbering(word, levels), "form.docx")).cells[0]

    assert cell.text == "（一）总体\n1. 其一\n2. 其二\n（二）后续\n1. 又一"


def test_a_way_of_numbering_we_do_not_know_is_noted() -> None:
    cell = only_grid(read(with_numbering(listed([("甲", 0)]), level(0, "hebrew1", "%1.")), "form.docx")).cells[0]

    assert (cell.text, cell.note) == ("?.甲", "自动编号“?.”的写法不认识，以 ? 代替")


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 19, "十九"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 11, "⑪"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("chineseCounting", 100, ""),
        ("decimalEnclosedCircle", 21, ""),
    ],
)
def test_numbers_in_words_ways(form: str, number: int, written: str) -> None:
    assert written_number(number, form) == written


def test_page_numbers_between_tables_are_left_out_and_said() -> None:
    word = docx.Document()
    table_in(word, "甲|乙")
    word.add_paragraph("- 1 -")
    word.add_paragraph("第 2 页")
    table_in(word, "丙|丁")
    document = read(saved(word), "form.docx")

    assert document.grids[1].above == ()
    assert remarks(document) == ["页码“- 1 -”已略去", "页码“第 2 页”已略去"]


def test_alignment_and_direction_are_seen() -> None:
    right = paragraph(run("1"), style='<w:jc w:val="right"/>')
    downward = '<w:tcPr><w:textDirection w:val="tbRlV"/></w:tcPr>' + paragraph(run("绩效指标"))
    cells = only_grid(read(of_xml(xml_table(right, downward)), "form.docx")).cells

    assert [(cell.align, cell.vertical) for cell in cells] == [(Align.RIGHT, False), (Align.LEFT, True)]


def test_a_strict_document_reads_like_any_other() -> None:
    data = saved(word_of(FORMS[3]))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            content = content.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            target.writestr(name, content)

    assert as_printed(only_grid(read(strict.getvalue(), "form.docx"))) == in_order(FORMS[3])


def test_a_document_without_tables_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="文档里没有表格。请"):
        read(saved(docx.Document()), "form.docx")


def test_tables_within_tables_without_end_are_refused() -> None:
    xml = paragraph(run("底"))
    for _ in range(30):
        xml = xml_table(paragraph(), xml + paragraph())

    with pytest.raises(UnreadableError, match="套得太深"):
        read(of_xml(xml), "form.docx")


def test_a_span_without_measure_is_refused() -> None:
    xml = xml_table(f'<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{paragraph()}', paragraph())

    with pytest.raises(UnreadableError, match="超过 500 列"):
        read(of_xml(xml), "form.docx")


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="请"):
        read(saved(word_of(FORMS[3]))[:3000], "form.docx")
