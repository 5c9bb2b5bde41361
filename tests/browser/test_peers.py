"""Units side by side: readable by everyone, and narrowed to one unit by the address."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.build.peer_project import PEOPLE, Project


@pytest.fixture(scope="module")
def peers_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site in which the units share two indicators, and a fourth unit has one of them alone."""
    project = Project(tmp_path_factory.mktemp("peers"))
    for slug, people in (("dong", "12人次"), ("nan", "0.30万人次"), ("xi", "50人次")):
        project.write(slug, people)
    project.write("bei", share="合格")
    project.build()
    return project.site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", ["peers.html", PEOPLE])
def test_everybody_can_read_the_pages(
    peers_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str, scheme: Literal["light", "dark"]
) -> None:
    opened = open_page(f"{serve(peers_site)}/{url}", width=360)
    opened.page.emulate_media(color_scheme=scheme)

    assert axe_violations(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 360
    opened.assert_clean()


def test_the_drawing_has_a_dot_for_each_value_between_its_ends(
    peers_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(peers_site)}/{PEOPLE}").page
    dots = page.locator(".peer-dots").first

    assert (dots.get_attribute("d") or "").count("M") == 4
    assert dots.evaluate("path => getComputedStyle(path).stroke") != "none"


def test_the_page_of_a_unit_leads_to_what_it_has(
    peers_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(peers_site)}/units/bei.html").page
    page.get_by_role("link", name="与其他单位比较").click()
    page.wait_for_url("**/peers.html#unit=bei")

    assert page.locator(".peer-index tbody tr").count() == 1
    assert page.locator(".peer-index tbody th a").inner_text() == "培训人次"
    assert page.get_by_text("1 项：只列出").is_visible()

    page.get_by_role("link", name="全部列出").click()
    page.wait_for_url("**/peers.html")
    expect(page.locator(".peer-index tbody tr")).to_have_count(2)
