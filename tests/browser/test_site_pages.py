"""Every kind of page of the real site: nothing sticks out, nothing goes wrong, everyone can use it."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow
from tests.browser.sites import C1, PAGES, RECORDS

# 640 is a window of 1280 at a zoom of 200 %.
WIDTHS = (1280, 768, 640, 360)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_fits_its_window_and_has_no_accessibility_fault(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str, scheme: Literal["light", "dark"]
) -> None:
    opened = open_page(f"{serve(own_site)}/{url}", color_scheme=scheme)
    page = opened.page
    assert page.get_attribute("body", "data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert horizontal_overflow(page) == 0, width
        if width != 640:
            assert axe_violations(page) == [], width
    opened.assert_clean()


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


def test_every_link_of_the_site_leads_somewhere(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    root = serve(own_site)
    page = open_page(f"{root}/index.html", javascript=False).page
    for url in PAGES:
        page.goto(f"{root}/{url}")
        for link in page.eval_on_selector_all("a[href]", "links => [...new Set(links.map(link => link.href))]"):
            address, _, fragment = str(link).partition("#")
            if not address.startswith(root):
                # The page for missing addresses links from the host's root; others outside are the authors' own.
                continue
            path = address.removeprefix(f"{root}/") or "index.html"
            target = own_site / path
            assert target.is_file(), f"{url} links to {path}"
            # A fragment such as unit=xidu is for the page's script.
            if fragment and "=" not in fragment and path.endswith(".html"):
                name = page.evaluate("text => decodeURIComponent(text)", fragment)
                assert f'id="{name}"' in target.read_text(encoding="utf-8"), f"{url} links to {path}#{name}"


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
