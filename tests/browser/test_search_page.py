"""What a reader does to find something: the box in the header, the search page, its choices and its addresses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.found_site import SMALL, small_text
from tests.browser.harness import OpenPage, horizontal_overflow

Find = Callable[..., OpenPage]

FIRST = 4
"""Records that are shown as soon as they are read."""
PAUSE = 50
"""Milliseconds that fast typing is waited for."""


@pytest.fixture
def find(found_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Iterator[Find]:
    """Give a function that opens the search page with a query and waits for the answer; nothing may go wrong in it."""
    opened: list[OpenPage] = []

    def opener(query: str = "", more: str = "", *, width: int = 1280, way: str = "server") -> OpenPage:
        root = serve(found_site) if way == "server" else found_site.as_uri()
        found = open_page(f"{root}/search.html" + (f"#q={quote(query)}{more}" if query else ""), width=width)
        opened.append(found)
        if query:
            expect(status(found.page)).to_contain_text("找到")
            # The first hits are there at once, the others a moment later.
            expect(found.page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
        return found

    yield opener
    for page in opened:
        page.assert_clean()


def status(page: Page) -> Locator:
    return page.locator("#search-status")


def expect_records(page: Page, count: int) -> None:
    expect(status(page)).to_contain_text(f"找到 {count} 份表")


def names(page: Page) -> list[str]:
    return page.locator("section[aria-labelledby=found-records] .result h3 a").all_inner_texts()


@pytest.mark.parametrize("way", ["server", "folder"])
def test_two_characters_find_every_record_that_has_them_and_lead_to_the_row(find: Find, way: str) -> None:
    page = find("津贴", way=way).page

    assert names(page) == ["党建经费", "两新党建工作", "党群综合服务", "两新党建工作", "两新党建工作"]
    expect_records(page, 5)
    assert set(page.locator(".results mark").all_text_contents()) == {"津贴"}
    row = page.locator(".result-field", has_text="成本指标 › 经济成本指标").first
    assert row.inner_text().endswith("津贴发放标准")

    row.click()

    expect(page.locator("tr:target")).to_contain_text("津贴发放标准")


@pytest.mark.parametrize("query", ["22,551,226.73", "22551226.73", "２２５５１２２６．７３"])
def test_a_number_is_found_with_and_without_separators(find: Find, query: str) -> None:
    page = find(query).page

    assert len(names(page)) == 1
    assert page.locator(".result-field mark").all_inner_texts() == ["22,551,226.73"]


def test_the_initials_of_a_name_find_it(find: Find) -> None:
    page = find("lxdjgz").page

    assert names(page) == ["两新党建工作"] * 3
    assert page.locator("h3 mark").all_inner_texts() == ["两新党建工作"] * 3


def test_every_word_has_to_stand_in_the_record(find: Find) -> None:
    page = find("津贴 选调生").page

    assert names(page) == ["党建经费"]
    assert set(page.locator(".results mark").all_text_contents()) == {"津贴", "选调生"}


def test_choices_narrow_the_answer_down_and_stand_in_the_address(find: Find, open_page: PageOpener) -> None:
    page = find("党员").page
    before = len(names(page))
    assert page.get_by_label("所在区").locator("option").all_inner_texts()[0] == "全部"

    page.get_by_label("年度").select_option("2024")
    expect_records(page, 4)
    page.get_by_label("所在区").select_option("闵行区")
    expect_records(page, 2)

    assert names(page) == ["社区党群服务中心工作", "两新党建工作"]
    # Each choice counts what it would find beside the others, once the records are shown.
    counted = page.get_by_label("年度").locator("option")
    expect(counted).to_have_text(["全部", "2024年度（2）", "2023年度（2）", "2022年度（1）"])
    shared = open_page(page.url).page
    expect_records(shared, 2)
    assert names(shared) == names(page)
    assert shared.get_by_label("所在区").input_value() == "闵行区"
    page.go_back()
    page.go_back()
    expect(page.locator("section[aria-labelledby=found-records] .result")).to_have_count(before)


def test_how_many_there_are_is_exact_or_said_to_be_at_most(find: Find) -> None:
    page = find("河道保").page
    hits = sum("河道保" in small_text(number) for number in range(1, SMALL + 1))
    assert 0 < hits < SMALL

    expect_records(page, hits)
    page.get_by_label("搜索全部绩效表和网页").fill("走访户数")
    expect(status(page)).to_have_text(f"找到至多 {SMALL} 份表（已核对出 10 份）。")
    page.get_by_role("button", name="继续查找").click()
    expect_records(page, SMALL)

    assert len(names(page)) == SMALL
    assert page.evaluate("document.activeElement.textContent") == names(page)[10]
    assert "n=14" in page.url


def test_everything_can_be_done_with_the_keyboard(found_site: Path, open_page: PageOpener) -> None:
    opened = open_page(f"{found_site.as_uri()}/units/xidu.html")
    page = opened.page
    page.keyboard.press("Control+k")
    page.keyboard.type("津贴")
    page.keyboard.press("Enter")
    expect_records(page, 5)
    assert page.evaluate("document.activeElement.id") == "search-query"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "两新党建工作"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("党建经费")
    page.go_back()
    expect_records(page, 5)
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")

    assert page.locator("#search-query").input_value() == ""
    assert page.locator(".result").count() == 0
    opened.assert_clean()


def test_typing_answers_without_sending(find: Find) -> None:
    page = find().page
    assert page.evaluate("document.activeElement.id") == "search-query"

    page.keyboard.type("莘庄工业区")

    expect(status(page)).to_contain_text("找到")
    assert page.locator(".result mark").first.inner_text() == "莘庄工业区"
    assert "单位 上海市莘庄工业区社区党群服务中心" in places(page)


def places(page: Page) -> list[str]:
    return page.get_by_role("list", name="名称相符的单位和主管部门").get_by_role("listitem").all_inner_texts()


def headings(page: Page) -> list[str]:
    return page.locator("#search-results h2").all_inner_texts()


def test_records_stand_above_pages_that_only_mention_the_words(find: Find) -> None:
    page = find("满意度").page

    assert headings(page) == ["绩效表", "网页"]
    assert page.locator("section[aria-labelledby=found-pages] small").first.inner_text().strip() == "检查规则"
    assert places(page) == []


def test_a_unit_called_so_stands_in_a_line_above_and_the_arrow_leads_to_the_first_record(find: Find) -> None:
    page = find("新虹街道").page
    assert places(page) == ["单位 新虹街道社区党群服务中心", "主管部门 新虹街道"]
    assert headings(page)[0] == "绩效表"
    assert page.locator(".search-places mark").all_inner_texts() == ["新虹街道"] * 2
    page.locator("#search-query").focus()

    page.keyboard.press("ArrowDown")

    assert page.evaluate("document.activeElement.textContent") == names(page)[0]
    page.get_by_role("link", name="新虹街道社区党群服务中心").first.click()
    page.wait_for_url("**/units/xinhong.html")


def test_a_form_is_found_by_what_the_filter_calls_it(find: Find) -> None:
    page = find("C1").page

    assert names(page) == ["党建经费", "生活驿站运行经费", "专户项目经费"]
    assert page.locator(".result-field").first.inner_text().split() == ["版式", "C1"]


def test_no_choice_is_offered_that_would_find_nothing(find: Find) -> None:
    page = find("津贴", "&year=2023").page
    page.get_by_label("搜索全部绩效表和网页").fill("没有这样的词句")
    expect(status(page)).to_have_text("没有找到“没有这样的词句”。")

    assert page.get_by_label("年度").locator("option").all_inner_texts() == ["全部", "2023年度"]
    assert page.get_by_label("年度").input_value() == "2023"


def test_what_cannot_be_searched_and_what_is_not_there_is_said(find: Find) -> None:
    page = find().page
    field = page.get_by_label("搜索全部绩效表和网页")

    field.fill("党")
    expect(status(page)).to_have_text("请至少输入两个字，或者两位数字。")
    field.fill("没有这样的词句")

    expect(status(page)).to_have_text("没有找到“没有这样的词句”。")
    assert "少输几个字" in page.locator("#search-results").inner_text()
    assert axe_violations(page) == []


def test_with_choices_an_empty_answer_offers_to_drop_them(find: Find) -> None:
    page = find("津贴").page
    page.get_by_label("所在区").select_option("奉贤区")
    page.get_by_label("搜索全部绩效表和网页").fill("九里亭")
    expect(status(page)).to_have_text("没有找到“九里亭”。")

    page.get_by_role("button", name="去掉全部筛选条件").click()

    expect(status(page)).to_contain_text("找到")
    assert "district" not in page.url


def test_data_that_cannot_be_read_is_said_and_asked_for_again(
    found_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(found_site)}/search.html").page
    page.route("**/browse/search/*.js", lambda route: route.abort())
    page.get_by_label("搜索全部绩效表和网页").fill("津贴")
    expect(status(page)).to_contain_text("没有读到")
    assert "browse/search/" in page.locator("#search-status").inner_text()

    page.unroute("**/browse/search/*.js")
    page.get_by_role("button", name="再试一次").click()

    expect_records(page, 5)


def test_an_answer_that_comes_too_late_is_dropped(
    found_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(found_site)}/search.html").page
    held: list[Route] = []
    page.route("**/browse/search/*.js", lambda route: held.append(route) if not held else route.continue_())
    field = page.get_by_label("搜索全部绩效表和网页")
    with page.expect_request("**/browse/search/*.js"):
        field.fill("津贴")
    expect(status(page)).to_have_text("正在查找…")
    field.fill("选调生")
    expect_records(page, 1)

    with page.expect_response("**/browse/search/*.js"):
        held[0].continue_()
    page.wait_for_timeout(100)

    assert names(page) == ["党建经费"]


def test_the_first_hits_are_shown_while_further_records_are_read(
    found_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(found_site)}/search.html").page
    held: list[Route] = []
    read: list[str] = []

    def hold(route: Route) -> None:
        read.append(route.request.url)
        held.append(route) if len(read) > FIRST else route.continue_()

    page.route("**/browse/records/**", hold)
    page.get_by_label("搜索全部绩效表和网页").fill("走访户数")
    expect(status(page)).to_have_text(f"找到至多 {SMALL} 份表（已核对出 {FIRST} 份）。")
    first = names(page)
    assert len(first) == FIRST
    place = page.locator("#search-results").bounding_box()

    while len(names(page)) == FIRST:
        page.wait_for_timeout(20)
        while held:
            held.pop().continue_()

    expect(status(page)).to_have_text(f"找到至多 {SMALL} 份表（已核对出 10 份）。")
    assert names(page)[:FIRST] == first
    # What is chosen from stands above and must not push them down.
    after = page.locator("#search-results").bounding_box()
    assert place is not None
    assert after is not None
    assert after["y"] == place["y"]


def test_what_follows_a_pause_is_answered_at_once_and_fast_typing_when_it_stops(find: Find) -> None:
    page = find().page
    field = page.get_by_label("搜索全部绩效表和网页")
    # No time passes but where it is let.
    page.evaluate(
        """pause => {
          const wait = window.setTimeout;
          performance.now = () => 1000;
          window.setTimeout = (act, time) => (time === pause ? (window.pass = act, 0) : wait(act, time));
        }""",
        PAUSE,
    )

    field.fill("津贴")
    expect(page.locator(".result mark").first).to_have_text("津贴")
    field.fill("选调生")
    assert page.locator(".result mark").first.inner_text() == "津贴"
    page.evaluate("pass()")

    expect_records(page, 1)
    assert page.locator(".result mark").first.inner_text() == "选调生"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_answer_has_no_accessibility_fault_and_keeps_to_its_window(find: Find, width: int) -> None:
    page = find("党建", "&year=2024", width=width).page

    page.locator("details summary", has_text="另有").first.click()

    assert axe_violations(page) == []
    assert horizontal_overflow(page) == 0
    assert page.locator(".search-filters summary").inner_text() == "筛选（已选 1 项）"


def test_the_box_in_the_header_takes_the_place_of_its_link_without_moving_anything(
    found_site: Path, open_page: PageOpener
) -> None:
    url = f"{found_site.as_uri()}/index.html"
    place = (
        "element => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height]; }"
    )
    link = open_page(url, javascript=False).page.get_by_role("link", name="搜索").first
    opened = open_page(url)
    box = opened.page.locator(".shell-search__form")

    assert box.evaluate(place) == link.evaluate(place)
    opened.page.get_by_role("searchbox", name="搜索全站").fill("两新 津贴")
    colours = box.evaluate("box => [getComputedStyle(box).color, getComputedStyle(box).backgroundColor]")
    assert colours == ["rgb(28, 35, 43)", "rgb(255, 255, 255)"], "dark on white while one writes"
    opened.page.keyboard.press("Enter")
    expect(status(opened.page)).to_contain_text("找到")
    assert opened.page.locator("#search-query").input_value() == "两新 津贴"
    opened.assert_clean()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_a_link_leads_to_the_search(found_site: Path, open_page: PageOpener, *, javascript: bool) -> None:
    page = open_page(
        f"{found_site.as_uri()}/records/2024/xinzhuang/liangxin.html", width=360, javascript=javascript
    ).page

    page.locator(".shell-search__link").click()

    page.wait_for_url(f"{found_site.as_uri()}/search.html")
    expect(page.locator("#search-query")).to_be_visible(visible=javascript)
    assert page.get_by_role("link", name="全部指标").locator("visible=true").count() == (0 if javascript else 1)
