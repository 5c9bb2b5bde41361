"""The shell in a real browser: under its policy, from a server and from a folder, on a phone, on paper."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from generator.configuration import load_settings
from generator.render.shell import Crumb, Frame, Heading, NavEntry, load_shell
from generator.render.theme_assets import theme_assets
from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow, pdf_text

PAGE = "records/2024/unit/project.html"
SHEET = "records/2024/unit/sheet.html"
BODY = (
    '<h1>培训项目</h1><p>见<a href="../../../index.html">首页</a>。</p><h2 id="form">自评表</h2>'
    '<div><p>表外说明</p><div class="official-form"><p>表内文字</p></div></div>'
    + "<p>一段文字，让页面可以滚动。</p>"
    * 60
)
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shell")
    settings = load_settings(Path(__file__).parents[2] / "mkdocs.yml")
    shell = load_shell(settings, [NavEntry("首页", "index.html", "home"), NavEntry("全部记录", PAGE, "records")])
    crumbs = (Crumb("首页", "index.html"), Crumb("培训项目", ""))
    frame = Frame(PAGE, "培训项目", BODY, section="records", crumbs=crumbs, headings=(Heading("form", "自评表", 2),))
    frames = [frame, Frame(SHEET, "表", BODY, wide=True, print_only_form=True), Frame("index.html", "首页", BODY)]
    for page in frames:
        (folder / page.url).parent.mkdir(parents=True, exist_ok=True)
        (folder / page.url).write_bytes(shell.wrap(page))
    for asset in theme_assets(settings):
        (folder / asset.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.source, folder / asset.path)
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", [PAGE, SHEET])
def test_the_shell_has_no_accessibility_fault(
    site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str, scheme: Scheme
) -> None:
    page = open_page(f"{serve(site)}/{url}", width=360, color_scheme=scheme).page

    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_violations(page) == [], width
        assert horizontal_overflow(page) == 0, width


def test_the_open_menu_has_no_accessibility_fault(
    site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(site)}/{PAGE}", width=360).page

    page.click("label.md-header__button[for=__drawer]")
    page.wait_for_selector(".md-nav--primary a >> visible=true")

    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("way", ["server", "folder"])
def test_everything_works_under_the_policy(
    site: Path, serve: Callable[[Path], str], open_page: PageOpener, way: str, width: int
) -> None:
    root = serve(site) if way == "server" else site.as_uri()
    opened = open_page(f"{root}/{PAGE}", width=width)
    page = opened.page

    page.click(".md-header label[for^=__palette]:not([hidden])")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    if width == 360:
        page.click("label.md-header__button[for=__drawer]")
        page.wait_for_selector(".md-nav--primary a >> visible=true")
        page.click(".md-overlay", position={"x": 350, "y": 300})
    page.mouse.wheel(0, 2000)
    page.goto(f"{root}/{SHEET}")

    assert page.get_attribute("body", "data-md-color-scheme") == "slate", "the choice is remembered"
    opened.assert_clean()


def test_the_menu_opens_without_javascript(site: Path, open_page: PageOpener) -> None:
    page = open_page(f"{site.as_uri()}/{PAGE}", width=360, javascript=False).page
    assert not page.is_visible(".md-nav--primary a")

    page.click("label.md-header__button[for=__drawer]")

    page.wait_for_selector(".md-nav--primary a >> visible=true")


def test_the_menu_opens_from_the_keyboard_and_takes_no_focus_while_closed(site: Path, open_page: PageOpener) -> None:
    page = open_page(f"{site.as_uri()}/{PAGE}", width=360).page
    in_menu = "document.activeElement.closest('.md-sidebar--primary') !== null"

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "__drawer"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert not page.evaluate(in_menu)

    page.focus("#__drawer")
    page.keyboard.press("Space")
    page.wait_for_selector(".md-nav--primary a >> visible=true")


def test_the_skip_link_moves_the_focus_to_the_main_text(site: Path, open_page: PageOpener) -> None:
    page = open_page(f"{site.as_uri()}/{PAGE}").page

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_the_page_and_nothing_of_the_shell(site: Path, open_page: PageOpener, scheme: Scheme) -> None:
    page = open_page(f"{site.as_uri()}/{PAGE}", color_scheme=scheme).page

    text = pdf_text(page)

    assert text.startswith("培训项目")
    assert "表外说明" in text
    assert not [word for word in ("预算绩效信息公开", "全部记录", "目录", "回到顶部", "jixiao") if word in text]
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.querySelector('#main')).color") == "rgb(0, 0, 0)"


def test_paper_shows_the_official_form_alone_where_the_page_asks_so(site: Path, open_page: PageOpener) -> None:
    text = pdf_text(open_page(f"{site.as_uri()}/{SHEET}").page)

    assert text == "表内文字"
