"""What templates print: cells as printed, everything escaped, slips in a template named."""

from decimal import Decimal
from pathlib import Path

import jinja2
import pytest

from generator.errors import JixiaoError
from generator.model.amounts import Amount
from generator.model.records import Cell
from generator.plan.contexts import NotFoundContext
from generator.plan.list_pages import not_found_page
from generator.plan.page import Page
from generator.render.environment import make_environment
from generator.render.renderer import Renderer
from generator.render.shell import Shell


def render(source: str, tmp_path: Path, **values: object) -> str:
    return make_environment([tmp_path]).from_string(source).render(**values)


@pytest.mark.parametrize("printed", ["", "0", "0.00", "-", "—", "/", "815,826.17", "100.00%", "≥80.00(元/人)"])
def test_a_cell_shows_exactly_what_is_printed(printed: str, tmp_path: Path) -> None:
    assert render("{{ cell }}", tmp_path, cell=Cell(printed)) == printed


def test_a_cell_is_escaped(tmp_path: Path) -> None:
    assert render("{{ cell }}", tmp_path, cell=Cell('<5.00(%) & "两新"')) == "&lt;5.00(%) &amp; &#34;两新&#34;"


def test_an_unreadable_cell_says_so_and_why(tmp_path: Path) -> None:
    html = render("{{ cell }}", tmp_path, cell=Cell("", unreadable='有"污渍"<'))

    assert ">无法辨认<" in html
    assert 'title="有&#34;污渍&#34;&lt;"' in html


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ page.typo }}", r"404\.html 生成不出来：模板 .*not_found\.html 第 1 行用了没有的名称：.*typo"),
        ("<p>\n{% if %}", r"not_found\.html 第 2 行写法有误"),
        ("<p>\n\n{{ 1 + 'a' }}", r"not_found\.html 第 3 行出错：.*unsupported operand"),
        ("{{ 1 / 0 }}", r"not_found\.html 第 1 行出错：.*zero"),
        ("{% include 'partials/none.html' %}", r"要用的模板 partials/none\.html 不存在"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_place(template: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/not_found.html").write_text(template, encoding="utf-8")

    with pytest.raises(JixiaoError, match=message):
        renderer(tmp_path).render(not_found_page())


def test_a_template_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/not_found.html").write_bytes("<p>没有</p>".encode("gbk"))

    with pytest.raises(JixiaoError, match=r"not_found\.html 不是 UTF-8 编码"):
        renderer(tmp_path).render(not_found_page())


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    page = Page("x.html", "pages/none.html", NotFoundContext(()), "题", "", "")

    with pytest.raises(JixiaoError, match=r"pages/none\.html 不存在"):
        renderer(tmp_path).render(page)


def test_a_compiled_template_that_was_kept_gives_the_same_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ cell }}{% for one in row %}{{ one }}{% endfor %}", encoding="utf-8")
    kept = jinja2.FileSystemBytecodeCache(str(tmp_path))
    values = {"cell": Cell("<5"), "row": ["甲", "&"]}
    first, second = (
        make_environment([tmp_path], bytecode_cache=kept).get_template("a.html").render(values) for _ in range(2)
    )

    assert len(list(tmp_path.glob("*.cache"))) == 1
    assert first == second == "&lt;5甲&amp;"


def test_a_value_is_drawn_once_for_all_pages_of_one_depth(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("<a href={{ base }}>{{ value[0] }}{{ count() }}</a>", encoding="utf-8")
    environment = make_environment([tmp_path])
    environment.globals["count"] = iter(range(9)).__next__
    page = environment.from_string("{{ value | drawn('part.html', base) }}")

    assert page.render(value=("<",), base="../") == "<a href=../>&lt;0</a>"
    assert page.render(value=("<",), base="../") == "<a href=../>&lt;0</a>"
    assert page.render(value=("<",), base="") == "<a href=>&lt;1</a>"
    assert page.render(value=("甲",), base="") == "<a href=>甲2</a>"


def renderer(templates: Path) -> Renderer:
    shell = Shell("站", "", "", live=True, sections={"": "x"}, contents="", trail="")
    return Renderer([templates], shell, root_path="/")


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v | percent }}", Decimal("99.68315"), "99.68%"),
        ("{{ v | percent }}", Decimal("99.685"), "99.69%"),
        ("{{ v | yuan }}", Decimal(4702600), "4,702,600.00 元"),
        ("{{ v | yuan }}", Decimal("0.125"), "0.125 元"),
        ("{{ v | wan }}", Decimal(4702600), "470.26 万元"),
        ("{{ v | wan }}", Decimal("815826.17"), "约 81.58 万元"),
        ("{{ v | decimal }}", Decimal("2.0300"), "2.03"),
        ("{{ v | decimal }}", Decimal(100), "100"),
        ("{{ v | short_decimal }}", Decimal("99.683153999"), "99.6831…"),
        ("{{ v | sort_value }}", Decimal("8.00"), "8.00"),
        ("{{ v | sort_value }}", Cell("1,234.50%"), "1234.50"),
        ("{{ v | sort_value }}", Cell("—"), ""),
        ("{{ v | sort_value }}", None, ""),
        ("{{ v | level_path }}", ("产出指标", "数量<"), "产出指标 › 数量&lt;"),
        ("{{ v | amount }}", Amount("470.26", Decimal("470.26"), "万元", Decimal(4702600)), "470.26 万元"),
        ("{{ v | breakable }}", "a/<b>", "a/<wbr>&lt;b&gt;"),
    ],
)
def test_computed_numbers_are_written_for_readers(source: str, value: object, expected: str, tmp_path: Path) -> None:
    assert render(source, tmp_path, v=value) == expected
