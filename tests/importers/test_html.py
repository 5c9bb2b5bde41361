from pathlib import Path

import pytest

from generator.forms.grid import CellKind
from generator.importers.document import Document, UnreadableError
from generator.importers.html import decoded
from generator.importers.read import read

_TABLE = "<table><tr><td>项目名称</td><td>两新党建工作</td></tr><tr><td>全年执行数</td><td>61.05</td></tr></table>"
_TEXTS = ["项目名称", "两新党建工作", "全年执行数", "61.05"]


def _page(body: str) -> Document:
    return read(f"<!DOCTYPE html><meta charset=utf-8><body>{body}</body>".encode(), "a.html")


def _texts(document: Document) -> list[str]:
    return [cell.text for grid in document.grids for cell in grid.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "declared", ["", "<meta charset=gb2312>", '<meta http-equiv=a content="text/html; charset=UTF-8">']
)
def test_a_page_is_read_in_the_encoding_it_is_in(encoding: str, declared: str) -> None:
    page = f"<html>{declared}<p>财政项目支出绩效自评表，全部文字都用同一种编码</p>{_TABLE}</html>"

    assert _texts(read(page.encode(encoding), "表.xls")) == _TEXTS


def test_a_page_that_names_a_wrong_encoding_is_remarked() -> None:
    _, remarks = decoded(f"<meta charset=gbk>{_TABLE}{'绩效' * 10}".encode())

    assert "自称编码是 gb18030，实际是 UTF-8" in remarks[0].text


def test_damaged_characters_are_counted() -> None:
    document = read(f"<meta charset=utf-8>{_TABLE}{'绩效' * 10}".encode() + b"\xff\xff", "a.html")

    assert _texts(document) == _TEXTS
    assert "有 2 处文字的编码损坏" in document.remarks[0].text


def test_a_table_that_calls_itself_xls_is_a_web_page() -> None:
    document = read(f"<html><body>{_TABLE}</body></html>".encode(), "自评表.xls")

    assert document.kind == "html"
    assert "以 .xls 结尾，内容却是网页" in document.remarks[0].text


def test_titles_in_a_table_are_lines_above_it() -> None:
    (grid,) = _page(
        "<p>单位：万元</p><table><tr><td colspan=2>绩效自评表</td></tr><tr><td colspan=2>（2024年度）</td></tr>"
        "<tr><td>项目名称<td>甲</tr><tr><td colspan=2>分解目标自评</tr></table>"
    ).grids

    assert grid.above == ("单位：万元", "绩效自评表", "（2024年度）")
    assert [(cell.row, cell.text) for cell in grid.cells] == [(0, "项目名称"), (0, "甲"), (1, "分解目标自评")]


def test_places_are_counted_as_people_do() -> None:
    document = _page(_TABLE + _TABLE)

    assert [grid.place for grid in document.grids] == ["表1", "表2"]
    assert document.grids[1].cells[3].place == "表2第2行第2格"


def test_what_is_hidden_is_noted_and_not_taken_for_a_value() -> None:
    document = _page('<table><tr><td>执行数<td>61.05<span style="display:none">99</span></tr></table>')
    cell = document.grids[0].cells[1]

    assert (cell.text, cell.note) == ("61.05", "有隐藏的内容，没有读取")


def test_a_page_that_breaks_off_in_a_table_is_remarked() -> None:
    document = _page("<table><tr><td>项目名称<td>甲")

    assert "没有结束标记" in document.remarks[0].text


def test_a_page_without_tables_says_so() -> None:
    assert "网页里没有表格" in _page("<p>绩效目标设定的公示</p>").remarks[0].text


def test_menus_above_the_first_table_are_cut() -> None:
    above = _page("".join(f"<p>栏目{number}</p>" for number in range(100)) + _TABLE).grids[0].above

    assert len(above) == 20
    assert above[-1] == "栏目99"


def test_a_page_that_asks_for_too_much_is_refused() -> None:
    with pytest.raises(UnreadableError, match="不像绩效表"):
        _page("<table>" + "<tr><td colspan=1000 rowspan=60000>" * 6000 + "</table>")


def test_a_page_saved_as_one_file_is_read_sheet_by_sheet() -> None:
    part = '--x\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    mail = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    text = f"{mail}{part}<html><frameset></frameset></html>\r\n{part}{_TABLE}\r\n{part}{_TABLE}\r\n--x--\r\n"
    document = read(text.encode("gb18030"), "自评表.mht")

    assert _texts(document) == _TEXTS * 2
    assert [grid.place for grid in document.grids] == ["表1", "表2"]


def test_a_page_of_ours_gives_its_form_alone() -> None:
    page = (
        "<h2>目标与完成</h2><p>预期目标</p><table><tr><td>检查结果</td></tr></table>"
        '<div class="form-heading"><p class="form-title">财政项目支出绩效自评表</p><p>(2024年度)</p></div>'
        '<table class="form-table"><tr><th>项目名称</th><td>甲<a class="row-link" href="#a"></a></td></tr></table>'
        "<h2>数据</h2><table><tr><td>下载</td></tr></table>"
    )
    (grid,) = _page(page).grids

    assert (grid.above, grid.below) == (("财政项目支出绩效自评表", "(2024年度)"), ())
    assert [(cell.text, cell.kind) for cell in grid.cells] == [("项目名称", CellKind.LABEL), ("甲", CellKind.VALUE)]


def test_the_record_pages_put_such_a_heading_above_their_form() -> None:
    templates = Path(__file__).parents[2] / "templates" / "forms"

    assert all('<div class="form-heading">' in path.read_text(encoding="utf-8") for path in templates.glob("*.html"))
