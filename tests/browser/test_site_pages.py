"""Every kind of page of the real site: nothing sticks out, nothing goes wrong, everyone can use it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow
from tests.browser.sites import C1, PAGES, RECORDS
from tests.site_tools import document

# 640 is a window of 1280 at a zoom of 200 %.
WIDTHS = (1280, 768, 640, 360)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_fits_its_window_and_has_no_accessibility_fault(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    opened = open_page(f"{serve(own_site)}/{url}", color_scheme="dark")
    page = opened.page
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert faults_at_every_width(page) == []
    switch_to_light(page)
    assert faults_at_every_width(page) == []
    opened.assert_clean()


def faults_at_every_width(page: Page) -> list[str]:
    """Return what the audit finds and how far the page sticks out, each with the width of the window."""
    faults: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        overflow = horizontal_overflow(page)
        faults += [f"{width}: {overflow} pixels too wide"] if overflow else []
        faults += [f"{width}: {fault}" for fault in axe_violations(page)] if width != 640 else []
    return faults


def switch_to_light(page: Page) -> None:
    """Change the colours as a reader and a system do: loading the page again would show no other page."""
    page.emulate_media(color_scheme="light")
    page.click(".md-header label[for^=__palette]:not([hidden])")
    page.wait_for_selector("body[data-md-color-scheme=default]:not([data-md-color-switching])")
    page.mouse.move(0, 0)


def test_without_javascript_pages_have_their_content_and_no_dead_controls(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    opened = open_page(f"{serve(own_site)}/{PAGES[0]}", javascript=False)
    page = opened.page
    for url in PAGES:
        page.goto(f"{serve(own_site)}/{url}")
        assert page.locator("#main h1").is_visible(), url
        assert page.locator("#main a[href]").first.is_visible(), url
        assert page.locator("#main :is(tr, li, p, dd):not([hidden] *)").last.is_visible(), url
        assert page.locator("#main :is(button, input, select):visible").count() == 0, url
    opened.assert_clean()


def test_every_link_of_the_site_leads_somewhere(own_site: Path) -> None:
    # No browser is needed to resolve an address.
    root = "http://site"
    for url in PAGES:
        for href in sorted({link.target for link in document(own_site / url).links if link.tag == "a"}):
            address, _, fragment = urljoin(f"{root}/{url}", href).partition("#")
            if not address.startswith(f"{root}/"):
                # The page for missing addresses links from the host's root; others outside are the authors' own.
                continue
            path = unquote(urlsplit(address).path).removeprefix("/") or "index.html"
            target = own_site / path
            assert target.is_file(), f"{url} links to {path}"
            # A fragment such as unit=xidu is for the page's script.
            if fragment and "=" not in fragment and path.endswith(".html"):
                assert unquote(fragment) in document(target).ids, f"{url} links to {path}#{unquote(fragment)}"


def test_the_site_works_from_a_folder(own_site: Path, open_page: PageOpener) -> None:
    home = (own_site / "index.html").as_uri()
    opened = open_page(home)
    page = opened.page

    page.click("#main a[href='records/2024/xinzhuang/liangxin.html']")
    page.wait_for_url("**/liangxin.html")
    assert page.inner_text("h1") == "两新党建工作"
    page.click("#main a[href$='units/xinzhuang.html'] >> nth=0")
    page.wait_for_url("**/units/xinzhuang.html")
    page.go_back()
    page.go_back()

    assert page.url == home
    opened.assert_clean()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_linked_row_is_in_sight_below_the_header(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, width: int
) -> None:
    page = open_page(f"{serve(own_site)}/{C1}", width=width, touch=width == 360).page
    anchor = page.get_attribute("tr[id^='i-'] >> nth=40", "id")

    page.goto(f"{serve(own_site)}/{C1}#{anchor}")
    page.wait_for_timeout(100)

    row, header = page.locator(f"#{anchor}").bounding_box(), page.locator(".md-header").bounding_box()
    assert row is not None
    assert header is not None
    assert header["y"] + header["height"] <= row["y"] < 800
    colour = "element => getComputedStyle(element).backgroundColor"
    plain, marked = page.locator("tr[id^='i-'] >> nth=39 >> .name"), page.locator(f"#{anchor} .name")
    assert marked.evaluate(colour) != plain.evaluate(colour)


@pytest.mark.parametrize("url", RECORDS)
def test_the_official_form_scrolls_in_its_own_box_on_a_phone_and_can_be_reached_by_keyboard(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    page = open_page(f"{serve(own_site)}/{url}", width=360, touch=True).page
    box = page.locator(".official-form")

    assert box.evaluate("box => box.scrollWidth - box.clientWidth") > 0
    assert box.evaluate("box => parseFloat(getComputedStyle(box.querySelector('td')).fontSize)") >= 12
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert box.evaluate("box => box.scrollLeft") > 0


def test_the_form_fits_a_desktop_window_without_scrolling(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    for url in RECORDS:
        page = open_page(f"{serve(own_site)}/{url}").page
        assert page.locator(".official-form").evaluate("box => box.scrollWidth - box.clientWidth") == 0, url
