"""A record that was published, then corrected: what its page, its history and the list of corrections look like."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from generator.cli import main
from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow, pdf_pages
from tests.cli.released import DAY, commit_and_build, make_project, release

RECORD = "2024/shiyan/peixun"
PAGES = (f"records/{RECORD}.html", f"history/{RECORD}.html", "corrections.html")
CORRECTION = """更正:
  - 项: 绩效指标 › 产出指标 › 数量指标 › 培训次数 › 得分
    原: 90
    新: 88
    原因: 抄录有误，核对签到表以后改正。
    决定: 示例局财务科
    日期: 2025-03-31
"""


@pytest.fixture(scope="module")
def corrected_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        project = make_project(tmp_path_factory.mktemp("corrected") / "project")
        assert release(project, "2025-03") == 0
        record = project / f"content/records/{RECORD}.yaml"
        text = record.read_text(encoding="utf-8")
        assert text.count("得分: 90}") == 1
        record.write_text(text.replace("得分: 90}", "得分: 88}") + CORRECTION, encoding="utf-8")
        assert main(["check", "--select", "REC09", "-f", str(project / "mkdocs.yml")]) == 0
        commit_and_build(project)
        return project / "site"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", PAGES)
def test_its_pages_fit_every_window_and_have_no_accessibility_fault(
    corrected_site: Path,
    serve: Callable[[Path], str],
    open_page: PageOpener,
    url: str,
    scheme: Literal["light", "dark"],
) -> None:
    opened = open_page(f"{serve(corrected_site)}/{url}", color_scheme=scheme)
    for width in (1280, 360):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert horizontal_overflow(opened.page) == 0, width
        assert axe_violations(opened.page) == [], width
    opened.assert_clean()


def test_the_former_value_is_struck_through_beside_the_new_one_and_leads_to_the_notice(
    corrected_site: Path, open_page: PageOpener
) -> None:
    page = open_page((corrected_site / PAGES[0]).as_uri()).page
    former = page.locator(".form-table del")

    assert former.count() == 1
    assert former.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    cell = former.locator("xpath=ancestor::td")
    assert "88" in cell.inner_text()
    cell.locator("a.correction-mark").click()
    notice = page.locator("#correction-1")
    assert notice.is_visible()
    assert "抄录有误，核对签到表以后改正。" in notice.inner_text()


def test_paper_has_the_struck_value_and_the_notice(corrected_site: Path, open_page: PageOpener) -> None:
    page = open_page((corrected_site / PAGES[0]).as_uri()).page
    text = "".join("".join(pdf_pages(page)).split())

    assert "9088更正1" in text
    assert "得分：90改为88；原因：抄录有误，核对签到表以后改正。（示例局财务科决定）" in text


def test_its_history_leads_from_the_record_to_what_changed(corrected_site: Path, open_page: PageOpener) -> None:
    page = open_page((corrected_site / PAGES[0]).as_uri()).page
    page.locator(f"a[href$='history/{RECORD}.html']").first.click()
    page.wait_for_url(f"**/history/{RECORD}.html")

    assert "得分 90 → 88" in " ".join(page.inner_text("#main").split())
