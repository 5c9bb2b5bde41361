"""A site that was packed and unpacked is read from its folder by double click: no server, no network."""

import zipfile
from pathlib import Path

import pytest

from generator.cli import main
from tests.browser.conftest import PageOpener


@pytest.fixture(scope="module")
def unpacked(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that unpacking the project's own site makes."""
    folder = tmp_path_factory.mktemp("stick")
    assert main(["pack", str(own_site), "-o", str(folder / "a.zip"), "-q"]) == 0
    with zipfile.ZipFile(folder / "a.zip") as made:
        made.extractall(folder / "out")
    (top,) = (folder / "out").iterdir()
    return top


@pytest.mark.parametrize("javascript", [True, False])
def test_the_start_file_leads_into_the_site(unpacked: Path, open_page: PageOpener, *, javascript: bool) -> None:
    opened = open_page((unpacked / "打开网站.html").as_uri(), javascript=javascript)

    opened.page.wait_for_url("**/site/index.html")
    assert opened.page.locator("h1").inner_text() == "预算绩效信息公开（示例）"
    opened.assert_clean()


def test_links_and_scripts_work_from_the_folder(unpacked: Path, open_page: PageOpener) -> None:
    opened = open_page((unpacked / "site/index.html").as_uri())
    page = opened.page

    page.locator("main a[href='records.html']").first.click()
    page.wait_for_url("**/site/records.html")
    page.locator("table.sortable .sort").first.click()
    assert page.locator("[aria-sort]").count() == 1
    page.locator("table.sortable tbody th a").first.click()
    page.wait_for_url("**/site/records/**")
    assert page.locator(".official-form").count() == 1
    opened.assert_clean()


def test_no_kind_of_page_reports_an_error(unpacked: Path, open_page: PageOpener) -> None:
    site = unpacked / "site"
    folders = sorted({site / page.relative_to(site).parts[0] for page in site.glob("*/**/*.html")})
    # Addresses on the page of what is not found are those of the site's root, which a folder has not.
    kinds = [page for page in sorted(site.glob("*.html")) if page.name != "404.html"]
    kinds += [min(folder.rglob("*.html")) for folder in folders]
    opened = open_page(kinds[0].as_uri())

    assert len(kinds) > 20
    for kind in kinds:
        opened.page.goto(kind.as_uri(), wait_until="load")
        assert opened.page.locator("h1").count() == 1, kind
        opened.assert_clean()
