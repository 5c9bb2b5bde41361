"""Tables of PDFs."""

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from generator.export import form_pdf
from generator.forms.grid import Align, Grid
from generator.importers.document import Document, UnreadableError
from generator.importers.pdf import PAGES, read
from generator.importers.pdf_lines import find_frames
from generator.importers.pdf_shapes import Box
from tests.export.real_forms import real_forms
from tests.importers.docx_forms import (
    FORMS,
    PAGE,
    Form,
    as_printed,
    compiled,
    converted,
    form_a1,
    form_a2,
    form_b1,
    in_order,
    saved,
    typst_source,
    word_of,
)

RULED = "0 0 m 200 0 l 0 20 m 200 20 l 0 40 m 200 40 l 0 0 m 0 40 l 100 0 m 100 40 l 200 0 m 200 40 l S"
"""Two rows of two cells, 100 points by 20."""


def drawn(content: str) -> bytes:
    """Return a page that draws what the commands of PDF say, its origin 100 points from the left and 500 from below.

    The font F1 is an ordinary one; F2 does not say which characters its signs are.
    """
    stream = f"1 0 0 1 100 500 cm {content}".encode()
    fonts = b"<< /F1 5 0 R /F2 6 0 R >>"
    signs = b"<< /Type /Encoding /Differences [49 /sign1 /sign2 /sign3] >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>" % fonts,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % signs,
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def said(text: str, x: float, y: float, *, font: str = "F1", before: str = "") -> str:
    """Return the command that draws a text."""
    return f" {before} BT /{font} 10 Tf {x} {y} Td ({text}) Tj ET "


def table(*rows: str, columns: str = "(3cm, 3cm, 3cm)", more: str = "") -> str:
    """Return a table as typst source."""
    return f"#table(columns: {columns}, {more}\n" + ",\n".join(rows) + ")\n"


def test_raised_figures_that_a_font_brings_along_never_join_a_figure() -> None:
    grid = only_grid(read(compiled(table("[94.60#super[1]], [b], [10]")), "form.pdf"))

    assert [(cell.text, cell.note) for cell in grid.cells] == [
        ("94.60¹", "有上标“1”，写作“¹”"),
        ("b", ""),
        ("10", ""),
    ]


@pytest.mark.parametrize(
    ("size", "rise", "text", "note"),
    [
        (6, 4, "94.60¹", "有上标“1”，写作“¹”"),
        (6, 5, "94.60¹", "有上标“1”，写作“¹”"),
        (6, -2, "94.60₁", "有下标“1”，写作“₁”"),
        (6, 0, "94.601", ""),
        (9, 1, "94.601", ""),
    ],
)
def test_small_raised_and_lowered_figures_never_join_a_figure(size: int, rise: int, text: str, note: str) -> None:
    small = f" BT /F1 {size} Tf 35 {25 + rise} Td (1) Tj ET "
    grid = only_grid(read(drawn(RULED + said("94.60", 10, 25) + small + said("b", 110, 25)), "form.pdf"))

    assert (grid.cells[0].text, grid.cells[0].note) == (text, note)


def only_grid(document: Document) -> Grid:
    """Return the only table of a document."""
    (grid,) = document.grids
    return grid


def texts(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells]


def remarks(document: Document) -> str:
    return " ".join(f"{remark.place}{remark.text}" for remark in document.remarks)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form_over_several_pages_is_one_table_cell_by_cell_as_it_was_printed(form: Form) -> None:
    document = read(compiled(typst_source(form)), "form.pdf")

    grid = only_grid(document)
    assert as_printed(grid) == in_order(form)
    assert grid.above == (form.title, form.period)
    assert grid.place.startswith("第1至")


@pytest.mark.parametrize("make", [form_a1, form_a2, form_b1])
def test_a_form_printed_by_an_office_program_reads_back_with_its_torn_rows_joined(
    make: type[Form], tmp_path: Path
) -> None:
    form = make()  # type: ignore[call-arg]
    document = read(converted(saved(word_of(form)), tmp_path, "docx"), "form.pdf")

    grid = only_grid(document)
    assert as_printed(grid) == in_order(form)
    assert "跨页断开的一行，上下两半已接起来" in remarks(document)
    assert any("跨页断开" in cell.note for cell in grid.cells)


def test_a_workbook_printed_with_its_head_on_each_page_reads_back_without_the_repetitions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [("一级指标", "三级指标", "年度指标值", "实际完成值", "分值")]
    rows += [("产出指标", f"第{number}项活动", f"≥{number}.00(次)", f"{number},000.50", "-") for number in range(90)]
    side = Side(style="thin")
    for i, row in enumerate(rows, start=1):
        for j, text in enumerate(row, start=1):
            cell = sheet.cell(i, j, text)
            cell.border = Border(side, side, side, side)
            cell.alignment = Alignment(wrap_text=True, horizontal="center")
            cell.font = Font(name="Noto Serif CJK SC", size=10)
    for j in range(1, 6):
        sheet.column_dimensions[get_column_letter(j)].width = 13
    sheet.print_title_rows = "1:1"
    stream = io.BytesIO()
    book.save(stream)

    document = read(converted(stream.getvalue(), tmp_path, "xlsx"), "form.pdf")

    assert texts(only_grid(document)) == [text for row in rows for text in row]
    assert "页首重复的表头已略去" in remarks(document)


def test_our_own_documents_read_back_as_they_were_written_fields_and_all() -> None:
    forms = real_forms()
    document = read(form_pdf.write(forms, properties={"jixiao.records": "a;b,c"}), "form.pdf")

    written = [grid for form in forms for grid in form.grids]
    assert document.properties == {"jixiao.records": "a;b,c"}
    assert len(document.grids) == len(written)
    for mine, its in zip(document.grids, written, strict=True):
        assert as_printed(mine) == as_printed(its)
        assert [{field.name for field in cell.fields} for cell in mine.cells] == [
            {field.name for field in cell.fields} for cell in its.cells
        ]


def test_the_place_of_a_cell_says_page_table_row_and_which_one_in_the_row() -> None:
    source = "甲\n" + table("[一]", "[二]", "[三]", "table.cell(rowspan: 2)[四]", "[五]", "[六]", "[七]", "[八]")
    grid = only_grid(read(compiled(source), "form.pdf"))

    assert next(cell.place for cell in grid.cells if cell.text == "七") == "第1页表1第3行第2格"


def test_page_numbers_are_left_out_and_said() -> None:
    document = read(compiled(typst_source(form_a1())), "form.pdf")

    assert "第2页页码“- 2 -”已略去" in remarks(document)
    assert not any("- 2 -" in line for grid in document.grids for line in (*grid.above, *grid.below))


def test_a_page_number_printed_inside_a_table_is_left_out_and_said() -> None:
    content = RULED + said("- 3 -", 20, 5) + said("- 3 -", 20, 25)
    document = read(drawn("1 0 0 1 0 -480 cm " + content), "form.pdf")

    assert texts(only_grid(document)) == ["", "", "", ""]
    assert remarks(document).count("表格里的页码“- 3 -”已略去") == 2


def test_a_dash_and_a_number_in_the_middle_of_a_page_are_what_they_say() -> None:
    document = read(drawn(RULED + said("-", 20, 5) + said("1", 120, 5) + said("- 1 -", 20, 25)), "form.pdf")

    assert texts(only_grid(document)) == ["- 1 -", "", "-", "1"]


def test_two_forms_with_titles_of_their_own_stay_two_tables() -> None:
    rows = ["[一级指标]", "[二级指标]", "[三级指标]"] * 2
    document = read(compiled("首表\n" + table(*rows) + "#pagebreak()\n次表\n" + table(*rows)), "form.pdf")

    assert [grid.above for grid in document.grids] == [("首表",), ("次表",)]


def test_a_table_with_other_columns_on_the_next_page_stays_a_table_of_its_own() -> None:
    source = table("[一]", "[二]", "[三]", "[四]", "[五]", "[六]") + "#pagebreak()\n"
    other = table("[七]", "[八]", "[九]", "[十]", columns="(5cm, 2cm)")
    document = read(compiled(source + other), "form.pdf")

    assert [len(grid.cells) for grid in document.grids] == [6, 4]


def test_text_below_the_last_table_is_kept() -> None:
    document = read(compiled("表\n" + table("[一]", "[二]", "[三]") + "填表人：某某"), "form.pdf")

    assert document.grids[-1].below == ("填表人：某某",)


def test_a_row_of_its_own_at_the_top_of_a_page_is_never_joined_to_the_row_before() -> None:
    rows = "[其中：财政资金], [], [上年结转资金], [0.00], [其他资金], [], [其他资金], [0.00]"
    upper, lower = rows[: rows.index("[其他")].rstrip(", "), rows[rows.index("[其他") :]
    columns = "(3cm, 3cm, 3cm, 3cm)"
    source = table(upper, columns=columns) + "#pagebreak()\n" + table(lower, columns=columns)
    grid = only_grid(read(compiled(source), "form.pdf"))

    assert texts(grid) == ["其中：财政资金", "", "上年结转资金", "0.00", "其他资金", "", "其他资金", "0.00"]


def test_the_blank_first_cell_of_a_total_is_not_part_of_the_merged_cell_above() -> None:
    columns = "(3cm, 3cm, 3cm)"
    source = table("table.cell(rowspan: 2)[产出指标], [甲], [1], [乙], [2]", columns=columns) + "#pagebreak()\n"
    grid = only_grid(read(compiled(source + table("[], [总分], [93]", columns=columns)), "form.pdf"))

    assert [(cell.text, cell.rows) for cell in grid.cells if cell.column == 0] == [("产出指标", 2), ("", 1)]


def test_a_wrapped_text_is_joined_without_a_blank_and_a_paragraph_is_a_line() -> None:
    text = "完成全年培训任务，参加人数达到2734138.40人，满意度达到90%以上。"
    source = table(f"[{text} \\ 1.第一项工作。 \\ 2.第二项工作。]", "[甲]", columns="(3cm, 3cm)")
    first = only_grid(read(compiled(source), "form.pdf")).cells[0]

    assert first.text == f"{text}\n1.第一项工作。\n2.第二项工作。"


def test_two_short_lines_are_two_lines() -> None:
    first = only_grid(read(compiled(table("[4次 \\ 5次]", "[乙]", "[丙]")), "form.pdf")).cells[0]

    assert first.text == "4次\n5次"


@pytest.mark.parametrize(
    ("figure", "note"), [("22,551,226.73", ""), ("2255122673514", "数字折行，已接起来")], ids=["amount", "digits alone"]
)
def test_a_figure_broken_over_two_lines_is_joined_and_marked_where_it_may_be_two(figure: str, note: str) -> None:
    source = table(f"[{figure[:9]} \\ {figure[9:]}]", "[预算执行]", columns="(2.2cm, 3cm)")
    first = only_grid(read(compiled(source, page=PAGE + "#set text(size: 11pt)\n"), "form.pdf")).cells[0]

    assert (first.text, first.note) == (figure, note)


def test_a_label_written_downward_reads_as_one_word() -> None:
    cell = next(cell for cell in only_grid(read(compiled(typst_source(form_a2(6))), "x")).cells if cell.rows == 7)
    narrow = only_grid(read(compiled(table("[绩 \\ 效 \\ 指 \\ 标]", "[一级指标]", "[x]")), "form.pdf")).cells[0]

    assert cell.text == "绩效指标"
    assert (narrow.text, narrow.vertical) == ("绩效指标", True)


@pytest.mark.parametrize("turn", ["90deg", "-90deg"])
def test_turned_text_is_read_along_its_own_lines(turn: str) -> None:
    source = table(f"rotate({turn}, reflow: true)[年度总体目标]", "[预期目标]", "[甲]")
    first = only_grid(read(compiled(source), "form.pdf")).cells[0]

    assert (first.text, first.vertical) == ("年度总体目标", True)


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_stored_on_its_side_is_read_upright(turn: int, *, asks: bool) -> None:
    form = form_a1(6)
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(compiled(typst_source(form))))
    for page in writer.pages:
        page.rotate(-turn).transfer_rotation_to_content()
        if asks:
            page.rotate(turn)
    stream = io.BytesIO()
    writer.write(stream)

    assert as_printed(only_grid(read(stream.getvalue(), "form.pdf"))) == in_order(form)


def test_a_running_head_is_left_out_and_does_not_part_a_table() -> None:
    page = PAGE + "#set page(header: text(size: 9pt)[示例街道办事处])\n"
    document = read(compiled(typst_source(form_a1()), page=page), "form.pdf")

    assert only_grid(document).above == ("财政项目支出绩效自评表", "(2024年度)")
    assert "第2页每页重复的页眉或页脚“示例街道办事处”已略去" in remarks(document)


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    content = RULED + said("11.10", 20, 25) + said("11.10", 20.3, 25)
    assert texts(only_grid(read(drawn(content), "form.pdf"))) == ["11.10", "", "", ""]


def test_hidden_and_white_text_is_left_out_and_noted() -> None:
    content = RULED + said("7", 20, 25) + said("99", 50, 25, before="1 g") + "0 g" + said("8", 120, 25)
    content += said("88", 150, 25, before="q 3 Tr") + "Q"
    first, second, *_ = only_grid(read(drawn(content), "form.pdf")).cells

    assert (first.text, first.note) == ("7", "有看不见的文字“99”，没有取")
    assert (second.text, second.note) == ("8", "有看不见的文字“88”，没有取")


def test_white_text_on_a_coloured_ground_is_seen() -> None:
    content = "0 0 1 rg 0 20 100 20 re f 0 g " + RULED + said("7", 20, 25, before="1 g") + "0 g" + said("8", 120, 25)

    assert texts(only_grid(read(drawn(content), "form.pdf")))[:2] == ["7", "8"]


def test_a_sign_that_the_file_does_not_name_is_never_a_figure() -> None:
    content = RULED + said("20241", 20, 25) + said("12", 120, 25, font="F2")
    _, second, *_ = only_grid(read(drawn(content), "form.pdf")).cells

    assert second.text == "\ufffd\ufffd"
    assert "有字读不出" in second.note


def test_texts_that_lie_on_each_other_are_noted() -> None:
    content = RULED + said("123.45", 20, 25) + said("678.90", 21, 25)
    first = only_grid(read(drawn(content), "form.pdf")).cells[0]

    assert "文字叠在一起" in first.note


def test_text_that_runs_over_a_line_is_noted_in_both_cells() -> None:
    first, second, *_ = only_grid(read(drawn(RULED + said("1234567", 85, 25)), "form.pdf")).cells

    assert first.text + second.text == "1234567"
    assert first.note == second.note == "文字压过框线，可能分到了两格"


def test_a_line_under_a_word_is_no_line_of_the_table() -> None:
    content = RULED + said("word", 20, 25) + " 20 23 m 45 23 l S"

    assert len(only_grid(read(drawn(content), "form.pdf")).cells) == 4


def test_thin_filled_rectangles_and_double_lines_are_lines() -> None:
    lines = [f"{x} 0 {w} 40 re f" for x, w in ((0, 0.5), (100, 0.5), (101.5, 0.5), (200, 0.5))]
    lines += [f"0 {y} 200 0.5 re f" for y in (0, 20, 40)]
    grid = only_grid(read(drawn(" ".join(lines) + said("5", 20, 25)), "form.pdf"))

    assert [(cell.text, cell.rows, cell.columns) for cell in grid.cells] == [("5", 1, 1), *[("", 1, 1)] * 3]


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    content = "0 0 m 200 0 l 0 20 m 200 20 l 0 40 m 200 40 l 100 0 m 100 40 l S" + said("5", 20, 25) + said("6", 150, 5)

    assert texts(only_grid(read(drawn(content), "form.pdf"))) == ["5", "", "", "6"]


def test_a_cell_whose_lines_are_torn_is_noted() -> None:
    frames = find_frames(
        [Box(0, y, 300, y) for y in (0, 20)] + [Box(0, 40, 300, 40), Box(0, 60, 300, 60), Box(100, 20, 200, 20)],
        [Box(x, 0, x, 60) for x in (0, 200, 300)] + [Box(100, 20, 100, 40)],
        label="第1页",
    )
    (frame,) = frames

    assert {(cell.row, cell.column, cell.columns, cell.is_torn) for cell in frame.cells if cell.row == 1} == {
        (1, 0, 1, False),
        (1, 1, 1, False),
        (1, 2, 1, False),
    }
    (torn,) = find_frames(
        [Box(0, 0, 200, 0), Box(0, 20, 100, 20), Box(0, 40, 200, 40)],
        [Box(x, 0, x, 40) for x in (0, 200)] + [Box(100, 20, 100, 40)],
        label="第1页",
    )
    assert any(cell.is_torn for cell in torn.cells)


def test_columns_without_lines_are_read_by_their_places_and_every_cell_says_so() -> None:
    rows = [("name", "budget", "actual"), ("one", "1.00", "2.00"), ("two", "", "30.50"), ("three", "4.00", "5.00")]
    content = "".join(
        said(text, x, 60 - 20 * i) for i, row in enumerate(rows) for x, text in zip((0, 90, 180), row, strict=True)
    )
    document = read(drawn(said("A title of the table", 40, 90) + content), "form.pdf")

    grid = only_grid(document)
    assert texts(grid) == [text for row in rows for text in row]
    assert grid.above == ("A title of the table",)
    assert all("没有框线" in cell.note for cell in grid.cells)
    assert "请逐格核对" in remarks(document)


def test_running_text_is_no_table() -> None:
    with pytest.raises(UnreadableError, match="没有找到表格"):
        read(compiled("项目实施情况说明。" * 200), "form.pdf")


def test_alignment_is_seen() -> None:
    source = table("align(left)[左]", "align(center)[中]", "align(right)[右]")
    cells = only_grid(read(compiled(source), "form.pdf")).cells

    assert [cell.align for cell in cells] == [Align.LEFT, Align.CENTER, Align.RIGHT]


def test_a_scanned_page_is_refused_with_what_to_do() -> None:
    blank = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(blank)

    with pytest.raises(UnreadableError, match=r"没有文字层，是扫描图片.*请改用"):
        read(blank.getvalue(), "form.pdf")


def test_text_recognised_behind_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableError, match="识别出来的"):
        read(drawn(RULED + said("468.77", 20, 25, before="3 Tr")), "form.pdf")


def test_a_file_without_any_named_characters_is_refused() -> None:
    with pytest.raises(UnreadableError, match="字体没有注明文字编码"):
        read(drawn(RULED + said("123", 20, 25, font="F2")), "form.pdf")


def test_a_file_with_a_password_is_refused_with_what_to_do() -> None:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(drawn(RULED)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)

    with pytest.raises(UnreadableError, match=r"打开密码.*请先去掉密码"):
        read(stream.getvalue(), "form.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", drawn(RULED)[:300]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="请"):
        read(data, "form.pdf")


def test_a_file_of_too_many_pages_is_refused() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(PAGES + 1):
        writer.add_blank_page(width=100, height=100)
    stream = io.BytesIO()
    writer.write(stream)

    with pytest.raises(UnreadableError, match=f"有 {PAGES + 1} 页，最多读 {PAGES} 页"):
        read(stream.getvalue(), "form.pdf")


def test_a_page_of_countless_lines_is_refused_in_time() -> None:
    content = " ".join(f"0 {n % 700} m 500 {n % 700} l S" for n in range(70_000))

    with pytest.raises(UnreadableError, match="第1页画的线条和图形超过"):
        read(drawn(content + said("1", 20, 25)), "form.pdf")
