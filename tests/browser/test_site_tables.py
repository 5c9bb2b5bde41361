"""What the script adds: sorting, filtering, and copying the link of a row."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import OpenPage
from tests.browser.sites import A1


@pytest.fixture
def open_site(own_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Callable[[str], OpenPage]:
    """Give a function that opens a page of the site."""
    return lambda url: open_page(f"{serve(own_site)}/{url}")


def _column(table: Locator, number: int) -> list[str]:
    return [text.strip() for text in table.locator(f"tbody tr > :nth-child({number})").all_inner_texts()]


def _values(table: Locator, number: int) -> list[Decimal]:
    cells = table.locator(f"tbody tr > :nth-child({number})")
    return [Decimal(value) for value in cells.evaluate_all("cells => cells.map(cell => cell.dataset.value)")]


def test_figures_are_sorted_by_their_amount_the_largest_first(open_site: Callable[[str], OpenPage]) -> None:
    opened = open_site("records.html")
    table = opened.page.locator("table.sortable")
    before = _column(table, 5)
    button = table.get_by_role("button", name="全年预算")

    button.click()

    assert _values(table, 5) == sorted(_values(table, 5), reverse=True)
    assert _column(table, 5) != before
    assert sorted(_column(table, 5)) == sorted(before)
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert axe_violations(opened.page) == []

    button.press("Enter")

    assert _values(table, 5) == sorted(_values(table, 5))
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    opened.assert_clean()


@pytest.mark.parametrize("clicks", [1, 2])
def test_what_is_blank_stands_last_either_way(open_site: Callable[[str], OpenPage], clicks: int) -> None:
    table = open_site("records.html").page.locator("table.sortable")
    for _ in range(clicks):
        table.get_by_role("button", name="总分").click()

    scores = _column(table, 8)

    printed = [Decimal(score) for score in scores if score]
    assert 0 < len(printed) < len(scores)
    assert not any(scores[len(printed) :])
    assert printed == sorted(printed, reverse=clicks == 1)


def test_rows_that_are_equal_keep_their_order(open_site: Callable[[str], OpenPage]) -> None:
    table = open_site("records.html").page.locator("table.sortable")
    table.get_by_role("button", name="项目").click()
    before = list(zip(_column(table, 3), _column(table, 1), strict=True))

    table.get_by_role("button", name="年度").click()

    after = list(zip(_column(table, 3), _column(table, 1), strict=True))
    assert after == sorted(before, key=lambda row: -int(row[0]))
    assert after != before


def test_names_are_sorted_by_their_sound(open_site: Callable[[str], OpenPage]) -> None:
    table = open_site("records.html").page.locator("table.sortable")

    table.get_by_role("button", name="项目").click()

    # Dang, liang, she, sheng, xin, zhuan.
    first = dict.fromkeys(name[0] for name in _column(table, 1))
    assert [character for character in first if character in "党两社生新专"] == list("党两社生新专")


def test_the_filter_shows_only_rows_with_every_word_and_says_how_many(open_site: Callable[[str], OpenPage]) -> None:
    opened = open_site("records.html")
    page = opened.page
    rows = page.locator("tbody tr")
    field = page.get_by_label("筛选“全部记录”")
    expected = sum("2024" in text and "自评" in text for text in rows.all_inner_texts())
    assert 0 < expected < rows.count()

    field.fill("２０２４ 自评")

    assert page.locator("tbody tr:visible").count() == expected
    assert page.locator(".filter-count").inner_text() == f"显示 {expected} / {rows.count()} 行"
    assert axe_violations(page) == []
    field.fill("没有这样的项目")
    assert page.locator("tbody tr:visible").count() == 0
    field.fill("")
    assert page.locator("tbody tr:visible").count() == rows.count()
    opened.assert_clean()


def test_short_tables_have_no_filter(open_site: Callable[[str], OpenPage]) -> None:
    page = open_site("units.html").page

    assert page.locator("table[data-filter]").count() == 1
    assert page.locator(".filter").count() == 0


def test_a_click_on_a_rows_link_copies_it(open_site: Callable[[str], OpenPage]) -> None:
    opened = open_site(A1)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = page.locator("a.row-link").nth(3)
    anchor = link.get_attribute("href")

    link.focus()
    page.keyboard.press("Enter")

    status = page.get_by_role("status").filter(has_text="已复制本行的链接")
    status.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{page.url.partition('#')[0]}{anchor}" == page.url
    assert axe_violations(page) == []
    opened.assert_clean()


def test_without_a_clipboard_the_link_is_copied_all_the_same(open_site: Callable[[str], OpenPage]) -> None:
    opened = open_site(A1)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # As on a site without TLS.
    page.evaluate(
        "() => { window.read = navigator.clipboard.readText.bind(navigator.clipboard);"
        " Object.defineProperty(navigator, 'clipboard', { value: undefined }); }"
    )

    page.locator("a.row-link").nth(5).click()

    page.get_by_role("status").filter(has_text="已复制本行的链接").wait_for()
    assert page.evaluate("window.read()") == page.url
    opened.assert_clean()


def test_a_rows_link_adds_no_text_to_the_form(open_site: Callable[[str], OpenPage]) -> None:
    page = open_site(A1).page
    link = page.locator("a.row-link").first

    assert link.text_content() == ""
    assert link.evaluate("link => getComputedStyle(link, '::before').visibility") == "hidden"
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert link.evaluate("link => getComputedStyle(link, '::before').visibility") == "visible"
    page.mouse.move(0, 0)
    page.locator("tr[id^='i-'] >> nth=4").hover()
    fifth = page.locator("a.row-link").nth(4)
    assert fifth.evaluate("link => getComputedStyle(link, '::before').visibility") == "visible"
