"""Promise and result as a reviewer uses it: narrowed to what was lowered, on a phone, in the dark, by keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.site_tools import TESTS, build

PAGES = ("promises.html", "projects/lvhua/yanghu.html")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """Return the address of the site of a project with declarations and self-evaluations."""
    site = tmp_path_factory.mktemp("promised") / "site"
    assert build(TESTS / "promised", site).published
    return serve(site)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_pages_are_open_to_everybody(
    address: str, open_page: PageOpener, page: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    opened = open_page(f"{address}/{page}", width=width, color_scheme=scheme)
    assert axe_violations(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.assert_clean()


def test_lowered_targets_are_found_by_keyboard_on_a_phone(address: str, open_page: PageOpener) -> None:
    page = open_page(f"{address}/promises.html", width=360).page
    lowered = page.get_by_role("button", name="降低")

    lowered.focus()
    page.keyboard.press("Enter")

    names = page.locator("tbody tr:visible th a").all_inner_texts()
    assert names == ["养护绿地面积", "春季补植完成时间", "有责投诉件数"]
    assert page.url.endswith("#change=lowered")

    page.get_by_role("link", name="有责投诉件数").press("Enter")

    page.wait_for_url("**/records/2024/lvhua/yanghu.html#i-*")


def test_a_row_leads_to_the_year_on_the_page_of_its_project(address: str, open_page: PageOpener) -> None:
    page = open_page(f"{address}/promises.html").page

    page.get_by_role("link", name="公园绿地养护经费").first.click()

    page.wait_for_url("**/projects/lvhua/yanghu.html#promises-2024")
    assert page.locator("#promises-2024").is_visible()


def test_without_a_script_all_rows_and_their_counts_are_there(address: str, open_page: PageOpener) -> None:
    page = open_page(f"{address}/promises.html", javascript=False).page

    assert page.locator("tbody tr").count() == 12
    assert "降低 3" in page.locator("#choice-change").inner_text()
