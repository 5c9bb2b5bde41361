"""Stands among rows: buttons where the script runs, counts where it does not, and an address that can be passed on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import OpenPage

GIVEN, MISSING = 7, 5
"""Deviations of the project's own content with and without a reason."""


@pytest.fixture
def open_site(own_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Callable[[str], OpenPage]:
    """Give a function that opens a page of the site."""
    return lambda url: open_page(f"{serve(own_site)}/{url}")


def test_a_choice_narrows_the_table_by_mouse_and_by_keyboard(open_site: Callable[[str], OpenPage]) -> None:
    opened = open_site("deviations.html")
    page = opened.page
    choice = page.get_by_role("group", name="填报的原因")
    rows = page.locator("tbody tr:visible")
    assert rows.count() == GIVEN + MISSING
    assert choice.get_by_role("button").all_inner_texts() == [
        f"全部 {GIVEN + MISSING}",
        f"有原因 {GIVEN}",
        f"无原因 {MISSING}",
    ]

    choice.get_by_role("button", name="无原因").click()

    assert rows.count() == page.locator("tbody tr:visible", has_text="未填写原因").count() == MISSING
    assert page.get_by_role("status").inner_text() == f"显示 {MISSING} / {GIVEN + MISSING} 行"
    assert choice.get_by_role("button", pressed=True).all_inner_texts() == [f"无原因 {MISSING}"]
    assert page.url.endswith("deviations.html#reason=missing")
    assert axe_violations(page) == []

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    assert rows.count() == GIVEN
    assert page.url.endswith("#reason=given")
    choice.get_by_role("button", name="全部").press("Space")
    assert rows.count() == GIVEN + MISSING
    assert page.url.endswith("deviations.html")
    opened.assert_clean()


def test_an_address_that_was_passed_on_opens_with_its_choice(open_site: Callable[[str], OpenPage]) -> None:
    page = open_site("deviations.html#reason=missing").page

    assert page.locator("tbody tr:visible").count() == MISSING
    assert page.evaluate("scrollY") == 0
    page.evaluate("location.hash = 'reason=given'")
    page.wait_for_function(f"document.querySelectorAll('tbody tr:not([hidden])').length === {GIVEN}")
    assert page.get_by_role("button", pressed=True).all_inner_texts() == [f"有原因 {GIVEN}"]
    page.evaluate("location.hash = 'reason=nonsense'")
    page.wait_for_function(f"document.querySelectorAll('tbody tr:not([hidden])').length === {GIVEN + MISSING}")


def test_a_choice_and_words_narrow_together(open_site: Callable[[str], OpenPage]) -> None:
    page = open_site("deviations.html#reason=missing").page
    expected = sum("两新" in text for text in page.locator("tbody tr:visible").all_inner_texts())
    assert 0 < expected < MISSING

    page.get_by_label("筛选“全部偏差”").fill("两新")

    assert page.locator("tbody tr:visible").count() == expected


def test_two_choices_of_one_table_narrow_together_and_both_stand_in_the_address(
    open_site: Callable[[str], OpenPage],
) -> None:
    page = open_site("missed-targets.html").page
    rows = page.locator("tbody tr")
    tokens = rows.evaluate_all("rows => rows.map(row => row.dataset.is)")

    page.get_by_role("group", name="得分").get_by_role("button", name="被扣分").click()
    page.get_by_role("group", name="填报的原因").get_by_role("button", name="有原因").click()

    assert page.locator("tbody tr:visible").count() == tokens.count("lost given") > 0
    assert page.url.endswith("#points=lost&reason=given")
    assert axe_violations(page) == []


def test_a_choice_works_on_a_page_opened_by_double_click(own_site: Path, open_page: PageOpener) -> None:
    opened = open_page((own_site / "deviations.html").as_uri())

    opened.page.get_by_role("button", name="无原因").click()

    assert opened.page.locator("tbody tr:visible").count() == MISSING
    assert opened.page.url.endswith("#reason=missing")


@pytest.mark.parametrize(
    "url", ["budget-changes.html", "full-marks.html", "missed-targets.html", "coverage.html", "deviations.html"]
)
def test_boards_hold_up_on_a_phone_and_in_the_dark(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    opened = open_page(f"{serve(own_site)}/{url}", width=360, color_scheme="dark")

    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(opened.page) == []
    opened.assert_clean()


def test_without_the_script_the_counts_are_there_and_no_button_is(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(own_site)}/missed-targets.html", javascript=False).page
    options = page.locator(".choice [data-option]").all_inner_texts()

    assert options[0] == "全部 5"
    assert len(options) == 7
    assert all(option.split()[-1].isdigit() for option in options)
    assert page.locator(".choice button").count() == 0
