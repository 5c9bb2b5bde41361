"""Forms as PDF."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pdfplumber
import pypdf
import pytest
from pdfplumber.page import Page

from generator.errors import JixiaoError
from generator.export.form_pdf import _compiled, write
from generator.forms.field_names import encoded
from generator.forms.grid import FormGrid, Grid
from tests.export.drawn_forms import PROSE, declaration, label, self_evaluation, small, value
from tests.export.real_forms import real_forms

_MARKUP = '#panic() *粗* $x$ <a> @b // c /* d */ [ ] { } \\ `r` = h -- ... "引" ~'


def _pages(*forms: FormGrid, properties: Mapping[str, str] | None = None) -> list[Page]:
    return pdfplumber.open(io.BytesIO(write(forms, properties=properties or {}))).pages


def _flat(text: str | None) -> str:
    return "".join((text or "").split())


def _rows(page: Page) -> list[list[str]]:
    return [[_flat(cell) for cell in row] for row in page.extract_table() or []]


def _starts(grid: Grid) -> list[list[str]]:
    """Return the table as read from lines on paper: a merged cell's text at its first place."""
    texts = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        texts[cell.row][cell.column] = _flat(cell.text)
    return texts


def _at(reader: pypdf.PdfReader, *keys: str) -> Any:  # noqa: ANN401 - what stands there is known, not what type the library calls it
    found: Any = reader.trailer["/Root"]
    for key in keys:
        found = found[key]
    return found


def _destinations(document: bytes) -> Iterator[tuple[str, int, float, float]]:
    """Yield name, page and place from above of each destination."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    height = float(reader.pages[0].mediabox.height)
    names = _at(reader, "/Names", "/Dests", "/Names")
    for name, place in zip(names[::2], names[1::2], strict=True):
        page, _, left, top, _ = place.get_object()
        yield name.original_bytes.decode(), numbers[page], float(left), height - float(top)


def test_every_cell_reads_back_as_it_was_printed() -> None:
    form = self_evaluation(4)

    (page,) = _pages(form)

    assert _starts(form.grids[0]) == _rows(page)


def test_every_text_of_the_real_records_is_copied_as_it_is() -> None:
    pages = _pages(*real_forms())

    cells = [cell for page in pages for table in page.extract_tables() for row in table for cell in row]
    read = Counter(_flat(cell) for cell in cells if cell)
    printed = Counter(_flat(cell.text) for form in real_forms() for grid in form.grids for cell in grid.cells)
    assert not [text for text in printed - read if text]


def test_figures_and_signs_are_copied_as_they_are() -> None:
    texts = ["1,217,200.00", "≥80.00(元/人)", "≤15", "99.68%", "-", "—", "/", "0.00", "“两新”", "Ⅳ㎡℃‰×①"]
    grid = Grid(tuple(label(row, 0, text) for row, text in enumerate(texts)))

    (page,) = _pages(FormGrid("表", "", (grid,)))

    assert [[text] for text in texts] == page.extract_table()


def test_no_blank_comes_between_figures_and_chinese() -> None:
    (page,) = _pages(small("2024年度abc测试12次"))

    assert "2024年度abc测试12次" in page.extract_text()


def test_the_head_of_the_indicators_stands_on_each_page() -> None:
    pages = _pages(self_evaluation(40))

    assert len(pages) > 1
    assert [1] * len(pages) == [_flat(page.extract_text(layout=True)).count("二级指标") for page in pages]
    assert all(row[0] == "二级指标" for row in [_rows(page)[0][1:] for page in pages[1:]])


def test_rows_stand_closer_where_that_keeps_a_form_on_one_page() -> None:
    loose, tight, long = (_pages(self_evaluation(rows)) for rows in (14, 17, 20))

    assert [len(loose), len(tight), len(long)] == [1, 1, 2]
    heights = [
        min(row.bbox[3] - row.bbox[1] for row in pages[0].find_tables()[0].rows) for pages in (loose, tight, long)
    ]
    assert heights[1] < heights[0] == pytest.approx(heights[2])


@pytest.mark.parametrize("rows", range(18, 24))
def test_total_and_grade_stay_together(rows: int) -> None:
    texts = [page.extract_text() for page in _pages(self_evaluation(rows))]

    assert ["总分" in text for text in texts] == ["评分等级" in text for text in texts]


def test_every_indicator_stands_on_exactly_one_page() -> None:
    text = "".join(cell for page in _pages(self_evaluation(60)) for row in _rows(page) for cell in row)

    assert [text.count(f"第{number}项") for number in range(60)] == [1] * 60


def test_a_name_that_stands_upright_is_printed_once_and_not_in_the_head() -> None:
    pages = _pages(declaration(60))

    first = pages[0].extract_text()
    assert len(pages) > 1
    assert sum(_flat(page.extract_text()).count("绩") for page in pages) == first.count("绩")
    upright = [page for page in pages if any(_flat("".join(row[0])) == "绩效指标" for row in _rows(page))]
    assert [pages[0]] == upright


def test_a_text_longer_than_a_page_goes_on_over_the_next() -> None:
    pages = _pages(small("\n".join(f"第{number}句" for number in range(120))))

    text = "".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert all(f"第{number}句" in text for number in range(120))


def test_each_field_is_a_destination_within_its_cell() -> None:
    form = self_evaluation(40)
    document = write([form], properties={})
    pages = pdfplumber.open(io.BytesIO(document)).pages
    tables = [page.find_tables()[0] for page in pages]

    fields = {encoded(field.name): field for cell in form.grids[0].cells for field in cell.fields}
    found = {
        name: _flat(pages[page].crop(cell).extract_text())
        for name, page, left, top in _destinations(document)
        for cell in tables[page].cells
        # Typst leaves ten points above the place, for readers that scroll there.
        if cell[0] <= left < cell[2] and cell[1] <= top + 10 < cell[3]
    }

    assert {name: _flat(field.text) for name, field in fields.items()} == found


def test_the_same_field_of_two_forms_has_two_destinations() -> None:
    names = {(name, page) for name, page, *_ in _destinations(write([small("甲"), small("乙")], properties={}))}

    assert {("jx1_head__project_name", 0), ("jx2_head__project_name", 1)} <= names


def test_each_form_begins_a_page_and_pages_are_numbered_through() -> None:
    texts = [page.extract_text().splitlines() for page in _pages(small("甲"), small("乙"))]

    assert [(lines[0], lines[-1]) for lines in texts] == [("表", "- 1 -"), ("表", "- 2 -")]


def test_text_is_never_taken_for_a_command() -> None:
    form = small(_MARKUP, above=(_MARKUP,))

    (page,) = _pages(msgspec.structs.replace(form, title=_MARKUP, period=_MARKUP), properties={"a": _MARKUP})

    assert _flat(page.extract_text()).count(_flat(_MARKUP)) == 4


def test_the_document_tells_its_title_language_and_what_it_was_made_from() -> None:
    document = write([self_evaluation()], properties={"jixiao.records": "甲,乙", "jixiao.layout": "A1"})

    reader = pypdf.PdfReader(io.BytesIO(document))
    assert reader.metadata is not None
    assert reader.metadata.title == "财政项目支出绩效自评表"
    assert reader.metadata.keywords == "jixiao.layout=A1, jixiao.records=甲%2C乙"
    assert _at(reader, "/Lang") == "zh-CN"


def test_the_document_is_tagged_and_empty_headings_of_fields_are_not() -> None:
    document = write([self_evaluation()], properties={})

    kinds: list[str] = []
    waiting = [_at(pypdf.PdfReader(io.BytesIO(document)), "/StructTreeRoot")]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            kinds.append(node.get("/S", ""))
            waiting += [node["/K"]] if "/K" in node else []
    assert kinds.count("/H1") == 1
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(kinds)


def test_the_document_is_fit_for_the_archive() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write([small("甲")], properties={})))

    metadata = _at(reader, "/Metadata").get_data()

    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_the_same_forms_give_the_same_bytes() -> None:
    forms = [self_evaluation(), declaration()]

    assert write(forms, properties={"a": "1", "b": "2"}) == write(forms, properties={"b": "2", "a": "1"})


@pytest.mark.parametrize(("character", "code"), [("\U000323af", "U+323AF"), ("\ue000", "U+E000")])
def test_a_character_that_no_font_has_is_named_and_never_becomes_a_box(character: str, code: str) -> None:
    with pytest.raises(JixiaoError, match=rf"没有这些字.*{code.replace('+', '[+]')}.*2024/某某/小。"):
        write([self_evaluation(), small(f"甲{character}")], properties={})


def test_of_many_forms_with_such_a_character_the_first_three_are_named() -> None:
    forms = [msgspec.structs.replace(small("\ue000"), record=f"2024/甲/{number}") for number in range(4)]

    with pytest.raises(JixiaoError, match="见 2024/甲/0、2024/甲/1、2024/甲/2 等 4 份。"):
        write(forms, properties={})


def test_a_machine_without_chinese_fonts_is_told_what_to_install() -> None:
    with pytest.raises(JixiaoError, match=r"没有中文字体.*fonts-noto-cjk"):
        _compiled([small("甲")], {}, system_fonts=False)


@pytest.mark.parametrize("forbidden", ["\x00", "\x07", "\ud800"])
def test_a_character_that_is_no_text_is_shown_as_one_that_is_missing(forbidden: str) -> None:
    (page,) = _pages(small(f"前{forbidden}后"))

    assert "前\ufffd后" in page.extract_text()


@pytest.mark.parametrize("text", ["925,000,000.00", "https://www.example.com/" + "a" * 300])
def test_a_word_too_long_for_its_column_stays_within_it(text: str) -> None:
    grid = Grid((label(0, 0, "甲"), value(0, 1, text, "x"), label(0, 2, "乙")), widths=(0.4, 0.1, 0.5))

    (page,) = _pages(FormGrid("表", "", (grid,)))

    assert [["甲", text, "乙"]] == _rows(page)
    left, top, right, bottom = page.find_tables()[0].cells[1]
    word = page.crop((left - 50, top, right + 50, bottom)).chars
    assert len(word) == len(text)
    assert all(left < character["x0"] and character["x1"] < right for character in word)


def test_a_figure_stays_on_one_line() -> None:
    grid = Grid((label(0, 0, PROSE), value(0, 1, "925,000,000.00", "x")), widths=(0.9, 0.1))

    (page,) = _pages(FormGrid("表", "", (grid,)))

    assert (page.extract_table() or [])[0][1] == "925,000,000.00"


def test_a_title_in_a_narrow_cell_is_broken_in_the_middle() -> None:
    grid = Grid((label(0, 0, "项目名称"), label(0, 1, "党建")), widths=(0.07, 0.93))

    (page,) = _pages(FormGrid("表", "", (grid,)))

    assert page.extract_table() == [["项目\n名称", "党建"]]


def test_a_form_with_many_columns_lies_on_its_side() -> None:
    grid = Grid(tuple(label(0, column, "字") for column in range(13)))

    (page,) = _pages(FormGrid("表", "", (grid,)))

    assert page.width > page.height


def test_lines_around_a_table_stand_where_they_stood() -> None:
    grids = (Grid((label(0, 0, "甲"),), above=("单位：元",)), Grid((label(0, 0, "乙"),), below=("填表人：",)))

    (page,) = _pages(FormGrid("表", "(2024年度)", grids))

    assert page.extract_text().splitlines() == ["表", "(2024年度)", "单位：元", "甲", "乙", "填表人：", "- 1 -"]
