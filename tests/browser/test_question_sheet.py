"""The sheet of questions: one page of A4 whatever a unit's forms leave open, and for everyone to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow, pdf_pages
from tests.site_tools import build
from tests.troubled_unit import SLUG, UNIT, YEAR, write_troubled_unit

SHEET = f"questions/{SLUG}/{YEAR}.html"


@pytest.fixture(scope="module")
def troubled_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("troubled")
    assert build(write_troubled_unit(folder / "project"), folder / "site").published
    return folder / "site"


def test_many_questions_with_long_names_are_one_printed_page(
    troubled_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(troubled_site)}/{SHEET}", width=703).page
    asked: list[str] = page.eval_on_selector_all(
        ".questions li", "items => items.map(item => item.firstChild.data.replace(/\\s/g, ''))"
    )

    sheets = pdf_pages(page)

    assert len(sheets) == 1
    assert len(asked) >= 8
    assert [text for text in asked if text not in sheets[0]] == []
    assert UNIT in sheets[0]
    assert "https://jixiao.example.gov.cn/" in sheets[0]
    assert "另有" in sheets[0]
    assert "原表" not in sheets[0].replace("数字照原表", "")


@pytest.mark.parametrize(
    "url", ["questions/xinhong/2023.html", "questions/xidu/2024.html", "questions/xinzhuang/2024.html"]
)
def test_a_sheet_of_the_real_site_is_one_printed_page(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    opened = open_page(f"{serve(own_site)}/{url}")

    assert len(pdf_pages(opened.page)) == 1
    opened.assert_clean()


def test_the_sheet_fits_every_window_and_has_no_accessibility_fault(
    troubled_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(troubled_site)}/{SHEET}").page
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})

        assert horizontal_overflow(page) == 0
        assert axe_violations(page) == []


def test_the_plain_sentences_stand_before_the_figures_and_lead_to_them(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(own_site)}/records/2024/xinzhuang/liangxin.html", width=360).page
    card = page.locator(".plain-card")

    assert card.locator("dt").all_inner_texts() == ["资金", "承诺", "结果", "差距", "核对"]
    missing = page.eval_on_selector_all(
        ".plain-card a",
        "links => links.filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.href)",
    )
    assert missing == []
    # The first sentence has the figures themselves, so that nobody has to scroll for them.
    card.scroll_into_view_if_needed()
    assert "94.60 万元" in card.locator("dd").first.inner_text()
