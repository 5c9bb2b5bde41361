"""What a reviewer does from the first word to the sheet on paper, on a phone's width and with nothing but keys."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow, pdf_pages

_ROWS = ".explore-table tbody tr[data-id]"
_NAMES = "section[aria-labelledby=found-records] .result h3 a"


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go on with the tab key, or back, until the target has the focus."""
    for _ in range(150):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
    pytest.fail(f"the tab key does not reach {target}")


def follow(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")


def choose(page: Page, facet: str, choice: str) -> None:
    """Open a facet, tick a choice, and close it again: the focus is back where it was."""
    follow(page, page.locator(".explore-facet > summary", has_text=facet))
    # Made when it is first opened.
    expect(page.locator(".explore-facet[open] li").first).to_be_visible()
    reach(page, page.locator(".explore-facet[open]").get_by_label(choice))
    page.keyboard.press("Space")
    page.keyboard.press("Escape")


def through_the_menu(page: Page, title: str) -> None:
    reach(page, page.locator("#__drawer"))
    page.keyboard.press("Space")
    follow(page, page.locator(".md-nav--primary").get_by_role("link", name=title, exact=True))


def assert_readable(page: Page) -> None:
    assert horizontal_overflow(page) == 0, page.url
    # The audit asks for the style sheets, which no script may do in a folder.
    assert page.url.startswith("file:") or axe_violations(page) == [], page.url


@pytest.mark.parametrize("way", ["server", "folder"])
def test_from_a_word_to_the_question_sheet_by_keys_alone(
    found_site: Path, serve: Callable[[Path], str], open_page: PageOpener, way: str
) -> None:
    root = serve(found_site) if way == "server" else found_site.as_uri()
    opened = open_page(f"{root}/index.html", width=360, height=740, touch=True)
    page = opened.page

    # A word of two characters, in one district and year.
    follow(page, page.get_by_role("link", name="搜索", exact=True).first)
    reach(page, page.locator("#search-query"))
    page.keyboard.type("两新")
    expect(page.locator("#search-status")).to_contain_text("找到 7 份表")
    follow(page, page.locator("#search-filters-title"))
    for name, value, steps in (("year", "2023", 2), ("district", "闵行区", 1)):
        reach(page, page.locator(f"#search-by-{name}"))
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        expect(page.locator(f"#search-by-{name}")).to_have_value(value)
    expect(page.locator("#search-status")).to_contain_text("找到 2 份表")
    assert_readable(page)
    follow(page, page.locator(_NAMES, has_text="两新党建工作"))

    # The record, and beside it the year before.
    expect(page.locator("h1")).to_have_text("两新党建工作")
    follow(page, page.get_by_role("link", name="与上年对比"))
    expect(page.locator("#compare-status")).to_contain_text("对比 2 份表")
    assert page.url.endswith("#ids=2022/xinzhuang/liangxin,2023/xinzhuang/liangxin")
    assert "580,000.00" in page.inner_text("#main")
    assert_readable(page)

    # Who lost most points in that year and district, to take along.
    through_the_menu(page, "筛选与汇总")
    expect(page.locator(_ROWS).first).to_be_visible()
    follow(page, page.locator("summary", has_text="筛选").first)
    choose(page, "年度", "2024")
    choose(page, "所在区", "闵行区")
    follow(page, page.locator("th").get_by_role("button", name="失分"))
    expect(page.get_by_role("columnheader", name="失分")).to_have_attribute("aria-sort", "descending")
    assert_readable(page)
    shown = page.locator(_ROWS).evaluate_all("rows => rows.map(row => row.dataset.id)")
    reach(page, page.get_by_role("button", name="导出这些记录"), key="Shift+Tab")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    lines = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig"))))
    assert [line["记录标识"] for line in lines] == shown
    assert {line["年度"] for line in lines} == {"2024"}

    # The unit's sheet of questions, on one sheet of paper.
    follow(page, page.locator(_ROWS).first.get_by_role("link").last)
    follow(page, page.locator("#main").get_by_role("link", name="2024年度").first)
    expect(page.locator("h1")).to_contain_text("2024")
    assert "/questions/" in page.url
    assert_readable(page)
    assert len(pdf_pages(page)) == 1
    opened.assert_clean()
