"""Charts as they are seen: in light, dark and forced colours, in grey, on a phone, on paper, by keyboard."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.drawn_site import PARK, PROJECT_PAGE, REFUND, ROAD_2020, ROAD_2024, UNIT_PAGE, build_drawn_site
from tests.browser.harness import horizontal_overflow, pdf_text

DRAWN = ("index.html", PROJECT_PAGE, UNIT_PAGE, ROAD_2024, REFUND)
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """Give the address of a site whose figures are seldom ones."""
    return serve(build_drawn_site(tmp_path_factory.mktemp("drawn")))


def width_of(page: Page, selector: str, nth: int = 0) -> float:
    box = page.locator(selector).nth(nth).bounding_box()
    assert box is not None
    return box["width"]


def luminance(page: Page, kind: str) -> float:
    """Return the relative luminance of what is drawn of a kind."""
    colour = page.locator(f".plot rect.{kind}").first.evaluate("one => getComputedStyle(one).fill")
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_charts_have_nothing_that_the_audit_finds(drawn: str, open_page: PageOpener, color_scheme: Scheme) -> None:
    opened = open_page(f"{drawn}/{ROAD_2024}", color_scheme=color_scheme)

    for url in (PROJECT_PAGE, ROAD_2024):
        opened.page.goto(f"{drawn}/{url}")
        assert axe_violations(opened.page) == [], url
    opened.assert_clean()


def test_bars_are_as_long_as_their_figures(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{ROAD_2020}").page

    initial, adjusted, executed = (width_of(page, f".bars rect.{kind}") for kind in ("initial", "adjusted", "executed"))
    assert adjusted / initial == pytest.approx(0.8, abs=0.01)
    assert executed / initial == pytest.approx(0.6, abs=0.01)
    cut = page.locator(".bars rect.less").first.bounding_box()
    first = page.locator(".bars rect.initial").bounding_box()
    assert cut is not None
    assert first is not None
    assert cut["x"] + cut["width"] == pytest.approx(first["x"] + first["width"], abs=2)
    assert page.locator(".bars tr:has(.less) td:last-child").all_inner_texts() == ["−20.00 万元", "20.00 万元"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_what_is_beside_each_other_differs_in_grey(drawn: str, open_page: PageOpener, color_scheme: Scheme) -> None:
    page = open_page(f"{drawn}/{PROJECT_PAGE}", color_scheme=color_scheme).page

    greys = sorted(luminance(page, kind) + 0.05 for kind in ("initial", "adjusted", "executed"))
    assert all(lighter / darker >= 2 for darker, lighter in pairwise(greys))


def test_grey_levels_differ_on_paper(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{PROJECT_PAGE}").page
    page.emulate_media(media="print")

    greys = [luminance(page, kind) + 0.05 for kind in ("initial", "adjusted", "executed")]
    assert all(lighter / darker >= 2 for lighter, darker in pairwise(greys))


def test_forced_colours_keep_a_part_and_its_whole_apart(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{ROAD_2024}", forced_colors="active").page
    look = "one => { const {fill, stroke} = getComputedStyle(one); return [fill, stroke]; }"

    fill, _ = page.locator(".bars rect.score").first.evaluate(look)
    frame, outline = page.locator(".bars rect.whole").first.evaluate(look)
    assert fill != frame
    assert outline == fill
    hatched = page.locator(".bars rect.over").first.evaluate(look)[0]
    assert "hatch-over" in hatched


def test_what_goes_beyond_its_whole_is_hatched_behind_a_mark(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{ROAD_2024}").page
    row = page.locator(".bars tr", has_text="55 / 50")
    whole, over, limit = (row.locator(f"rect.{kind}").bounding_box() for kind in ("whole", "over", "limit"))

    assert whole is not None
    assert over is not None
    assert limit is not None
    assert over["x"] == pytest.approx(whole["x"] + whole["width"], abs=2)
    assert limit["x"] == pytest.approx(over["x"], abs=2)
    assert over["width"] / whole["width"] == pytest.approx(0.1, abs=0.02)


def test_a_negative_amount_is_drawn_on_the_other_side_of_zero(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{REFUND}").page
    row = page.locator(".bars.signed tr", has=page.locator("rect.executed"))
    bar, zero = row.locator("rect.executed").bounding_box(), row.locator("rect.zero").bounding_box()

    assert bar is not None
    assert zero is not None
    assert bar["x"] + bar["width"] == pytest.approx(zero["x"], abs=2)
    assert row.locator("td").last.inner_text() == "-25 万元"


def test_blanks_are_said(drawn: str, open_page: PageOpener) -> None:
    notes = open_page(f"{drawn}/{PARK}").page.locator(".chart-note").all_inner_texts()

    assert "年初预算没有可用的金额，未画。" in notes[0]
    assert "产出指标没有得分，未画。" in notes[1]


@pytest.mark.parametrize("url", DRAWN)
def test_a_phone_shows_all_of_it_without_scrolling(drawn: str, open_page: PageOpener, url: str) -> None:
    page = open_page(f"{drawn}/{url}", width=360, touch=True).page

    assert horizontal_overflow(page) == 0
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator(".bars th, .bars td").evaluate_all(cut) == 0
    sizes = "all => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)), 99)"
    assert page.locator(".bars td, .plot-picture text").evaluate_all(sizes) >= 12


def test_pictures_are_named_and_described_and_their_numbers_stand_below(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{PROJECT_PAGE}", javascript=False).page
    figure = page.locator("figure.plot").first

    assert figure.get_by_role("img").get_attribute("aria-labelledby")
    assert "2020 至 2024 年度的" in (figure.locator("desc").first.text_content() or "")
    assert figure.locator("tbody tr").all_inner_texts()[-1].split("\t") == [
        "2024",
        "100.00 万元",
        "120.00 万元",
        "150.00 万元",
    ]
    assert "2022、2023 年度没有这样的表" in figure.locator(".chart-note").inner_text()


def test_keys_go_from_figure_to_figure_and_mark_its_row(drawn: str, open_page: PageOpener) -> None:
    page = open_page(f"{drawn}/{PROJECT_PAGE}").page
    figure = page.locator("figure.plot").first
    figure.locator(".plot-picture").focus()

    page.keyboard.press("ArrowRight")
    assert figure.locator("[role=status]").inner_text() == "2020 年初预算数 100.00 万元"
    page.keyboard.press("ArrowLeft")
    assert figure.locator("[role=status]").inner_text() == "2024 全年执行数 150.00 万元"
    assert figure.locator("tr.is-shown th").all_inner_texts() == ["2024"]
    page.keyboard.press("Tab")
    assert figure.locator(".is-shown").count() == 0


def test_pointing_at_a_column_says_its_figure_and_pointing_at_a_row_marks_its_column(
    drawn: str, open_page: PageOpener
) -> None:
    page = open_page(f"{drawn}/{PROJECT_PAGE}").page
    figure = page.locator("figure.plot").first

    figure.locator("rect.executed[data-row='2']").hover()
    assert figure.locator("[role=status]").inner_text() == "2024 全年执行数 150.00 万元"
    figure.locator("tbody tr").first.hover()
    assert figure.locator("rect.is-shown").get_attribute("data-row") == "0"


def test_charts_are_printed_with_their_figures(drawn: str, open_page: PageOpener) -> None:
    text = pdf_text(open_page(f"{drawn}/{UNIT_PAGE}").page)

    assert "150.00万元/120.00万元（125.00%）" in text
    assert "-25万元/75万元（-33.33%）" in text
