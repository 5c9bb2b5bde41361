"""Texts of authors: emphasis and lists come through, HTML, script and foreign images do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.prose import marked_prose, page_headings, plain_prose, render_page, render_prose


def test_emphasis_lists_and_paragraphs_are_kept() -> None:
    html = render_prose("全年 **94.60** 万元：\n\n1. 上半年\n2. 下半年")

    assert "<strong>94.60</strong>" in html
    assert html.count("<li>") == 2


def test_a_line_break_of_the_author_is_a_line_break_on_the_page() -> None:
    assert "<br" in render_prose("第一行\n第二行")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "段落里的 <b onclick=alert(1)>标签</b>",
        "<style>body{display:none}</style>",
        "<iframe src=//example.org></iframe>",
    ],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    for html in (render_prose(text), render_page(text, "")):
        for tag in ("<script", "<img", "<b ", "<style", "<iframe"):
            assert tag not in html
        assert "&lt;" in html


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc"]
)
def test_links_that_run_or_read_something_are_no_links(scheme: str) -> None:
    for html in (render_prose(f"[看]({scheme})"), render_page(f"[看]({scheme})", "")):
        assert "<a" not in html


def test_a_picture_in_a_record_is_not_fetched() -> None:
    assert "<img" not in render_prose("![图](https://example.org/a.png)")


def test_a_picture_of_another_host_is_only_linked_by_a_page() -> None:
    html = render_page("![地**图**](https://example.org/a.png)", "")

    assert "<img" not in html
    assert '<a href="https://example.org/a.png">地图</a>' in html


def test_a_picture_of_another_host_inside_a_link_becomes_its_text() -> None:
    html = render_page("[![图](//example.org/a.png)](b.md) ![图](data:image/png;base64,AAAA)", "")

    assert "<img" not in html
    assert '<a href="b.html">图</a> 图' in html


def test_a_picture_beside_the_page_is_shown() -> None:
    assert 'src="../map.png"' in render_page("![图](map.png)", "../")


def test_links_between_pages_end_in_html_and_keep_their_fragment() -> None:
    html = render_page("[术语](glossary.md#资金) [记录](records.html) [外部](https://example.org/a.md)", "../")

    assert 'href="../glossary.html#' in html
    assert 'href="../records.html"' in html
    assert 'href="https://example.org/a.md"' in html


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("b.md", "../sub/b.html"),
        ("../about.md", "../about.html"),
        ("/about.md", "../about.html"),
        ("b.md?x=1#y", "../sub/b.html?x=1#y"),
        ("#y", "#y"),
        ("../records.html", "../records.html"),
        ("https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_links_count_from_the_folder_of_the_page(target: str, href: str) -> None:
    assert f'<a href="{href}">看</a>' in render_page(f"[看]({target})", "../", "sub")


def test_pictures_count_from_the_folder_of_the_page() -> None:
    assert 'src="../sub/map.png"' in render_page("![图](map.png)", "../", "sub")
    assert 'src="../map.png"' in render_page("![图](/map.png)", "../", "sub")


def test_a_heading_in_a_record_does_not_enter_the_outline_of_the_page() -> None:
    html = render_prose("# 大标题\n\n文字")

    assert "<h1" not in html
    assert '<p class="prose-heading">大标题</p>' in html


def test_headings_of_a_page_have_the_addresses_its_contents_link_to() -> None:
    text = "# 页\n\n## 资金 与 执行率\n\n## 资金 与 执行率\n\n### 小节"

    headings = page_headings(text)

    assert [(heading.title, heading.level) for heading in headings] == [
        ("资金 与 执行率", 2),
        ("资金 与 执行率", 2),
        ("小节", 3),
    ]
    assert len({heading.id for heading in headings}) == 3
    for heading in headings:
        assert f'id="{heading.id}"' in render_page(text, "")


def test_headings_in_the_contents_are_plain_text() -> None:
    text = "## **执行率**与[得分](score.md) `=100%`\n\n## 图 ![地图](a.png)"

    assert [heading.title for heading in page_headings(text)] == ["执行率与得分 =100%", "图 地图"]
    assert 'id="执行率与得分-100"' in render_page(text, "")


def test_tables_scroll_in_a_box_and_carry_no_style_attribute() -> None:
    html = render_page("| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |", "")

    assert 'role="region"' in html
    assert 'class="align-right"' in html
    assert "style=" not in html


@given(st.text(max_size=300))
def test_no_text_of_an_author_makes_an_event_handler_or_a_script(text: str) -> None:
    html = render_prose(text).lower()

    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("&quot;", '"').partition("href=")[2][:12]


# Words, marks and blanks that make or end paragraphs and lists, and some that only look like it.
PIECES = (
    *"字 年 a 1 2024 。 、 （ (c) ! ] ' % = : + @ https://example.org".split(),
    *(" ", "\n", "\n\n", "　", "\x0b", "\x85", "\u2028", "\ufeff"),
    *("1. ", "2. ", "10. ", "-", "- ", "\n- ", "\n3. ", "9) ", ". ", "——"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_plain_text_is_rendered_as_markdown_would_render_it(text: str) -> None:
    plain = plain_prose(text.strip("\n"))

    assert plain is None or plain == marked_prose(text)


@pytest.mark.parametrize("text", ["全年九十场。", "甲\n乙\n\n丙", "1. 上半年\n2. 下半年", "3. 甲\n4. 乙", "- 甲\n- 乙"])
def test_what_most_records_hold_counts_as_plain(text: str) -> None:
    assert plain_prose(text) == marked_prose(text)


@pytest.mark.parametrize(
    "text", ["**甲**", "1. 甲\n\n2. 乙", "甲\n- 乙", "- 甲\n1. 乙", "- - 甲", "甲 \n乙", "A&B", "# 甲"]
)
def test_what_is_more_than_plain_is_left_to_markdown(text: str) -> None:
    assert plain_prose(text) is None
