"""A record on A4 is its official form and nothing else; other pages print without the shell."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageOpener
from tests.browser.harness import pdf_pages, pdf_text
from tests.browser.sites import A1, B1, C1, RECORDS

SHELL_WORDS = ("预算绩效信息公开", "全部记录", "全部指标", "开放数据", "回到顶部", "由jixiao", "依据填报文件生成")
PAGE_WORDS = ("摘要", "检查结果", "复算", "得分怎样来的", "源文件", "相关的表", "照原表的版式", "已复制", "#")
"""Words that stand on a record's page around its form."""


def _compact(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("url", RECORDS)
def test_a_printed_record_is_its_form_alone_and_whole(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    page = open_page(f"{serve(own_site)}/{url}").page
    title = _compact(page.inner_text(".form-title"))
    code = _compact(page.inner_text(".form-code code >> nth=0"))

    sheets = pdf_pages(page)

    text = "".join(sheets)
    assert title in text
    assert len(code) == 16
    assert text.count(f"校验码{code}") == 1
    assert not [word for word in (*SHELL_WORDS, *PAGE_WORDS) if word in text]
    every_row_is_printed_and_none_is_cut(page, sheets)
    column_titles_stand_at_the_head_of_every_further_page(page, sheets)
    assert len(sheets) >= (2 if url in (B1, C1) else 1)


def test_the_marks_of_findings_are_not_printed(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(own_site)}/{A1}").page
    marks = page.locator(".row-finding")
    numbers = [mark.get_attribute("data-numbers") for mark in marks.all()]

    assert numbers
    page.emulate_media(media="print")
    assert not any(mark.is_visible() for mark in marks.all())


def every_row_is_printed_and_none_is_cut(page: Page, sheets: Sequence[str]) -> None:
    rows: list[str] = page.eval_on_selector_all(
        ".form-table tr[id^='i-']",
        "rows => rows.map(row => [...row.querySelectorAll('td:not([rowspan])')].map(cell => cell.innerText).join(''))",
    )
    cells: list[str] = page.eval_on_selector_all(
        ".form-table tbody :is(th, td)", "cells => cells.map(cell => cell.innerText)"
    )

    assert rows
    # Text of one row stands together on one sheet, so no page ends in the middle of it.
    assert [row for row in rows if not any(_compact(row) in sheet for sheet in sheets)] == []
    printed = "".join(sheets)
    assert [cell for cell in cells if not all(_compact(line) in printed for line in cell.splitlines())] == []


def column_titles_stand_at_the_head_of_every_further_page(page: Page, sheets: Sequence[str]) -> None:
    titles: list[str] = page.eval_on_selector_all(
        ".form-print-header td", "cells => cells.map(cell => cell.dataset.title)"
    )

    head = "".join(_compact(title) for title in titles)
    assert [sheet[: len(head) + 3] for sheet in sheets[1:]] == [f"-{n}-{head}" for n in range(2, len(sheets) + 1)]


@pytest.mark.parametrize("url", RECORDS)
def test_on_paper_the_forms_title_hides_the_repeated_column_titles_and_the_form_is_not_too_wide(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    # A4 less the margins, at 96 dots an inch.
    page = open_page(f"{serve(own_site)}/{url}", width=703, height=1010).page
    page.emulate_media(media="print")

    form_title_hides_the_repeated_column_titles_of_the_first_page(page)
    form_is_not_wider_than_the_paper(page)


def form_title_hides_the_repeated_column_titles_of_the_first_page(page: Page) -> None:
    hidden = page.evaluate(
        """() => {
            const heading = document.querySelector(".form-heading").getBoundingClientRect();
            const header = document.querySelector(".form-print-header").getBoundingClientRect();
            const first = document.querySelector(".form-table tbody tr").getBoundingClientRect();
            const cells = [...document.querySelectorAll(".form-print-header td")];
            const covered = cells.every((cell) => {
                const box = cell.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return top.closest(".form-heading") !== null;
            });
            return { covered, above: heading.top - header.top, below: first.top - heading.bottom };
        }"""
    )

    assert hidden["covered"]
    assert hidden["above"] <= 0
    # The title ends where the form's first row begins: nothing of it is hidden, nothing of the titles peeps out.
    assert abs(hidden["below"]) <= 1.5


def form_is_not_wider_than_the_paper(page: Page) -> None:
    sizes = page.evaluate(
        """() => {
            const form = document.querySelector(".official-form");
            const cells = [...form.querySelectorAll("tbody :is(th, td)")];
            return {
                right: form.querySelector("table").getBoundingClientRect().right,
                overflowing: cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((c) => c.innerText),
                size: parseFloat(getComputedStyle(cells[0]).fontSize),
            };
        }"""
    )

    assert sizes["right"] < 703
    assert sizes["overflowing"] == []
    assert sizes["size"] >= 8.5 * 96 / 72 - 0.1


@pytest.mark.parametrize(
    "url", ["index.html", "records.html", "indicators.html", "units/jiuliting.html", "data.html", "findings.html"]
)
def test_other_pages_print_their_content_without_the_shell(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener, url: str
) -> None:
    page = open_page(f"{serve(own_site)}/{url}", width=703).page
    heading = _compact(page.inner_text("h1"))
    names: list[str] = page.eval_on_selector_all("#main tbody th", "cells => cells.map(cell => cell.innerText)")

    text = pdf_text(page)
    page.emulate_media(media="print")

    assert heading in text
    assert "回到顶部" not in text
    assert "筛选" not in text
    assert [name for name in names if not all(_compact(line) in text for line in name.splitlines())] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 703
