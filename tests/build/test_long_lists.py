"""Lists too long for one page: they are split by unit and year, every row stays reachable, no page grows without limit."""

import re
from pathlib import Path

import pytest

from generator.build import building_jobs
from generator.plan import group_pages, index_pages, list_pages, long_list
from tests.site_tools import PROJECT, build, document


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's own content as if three rows were a long list."""
    folder = tmp_path_factory.mktemp("long-lists")
    with pytest.MonkeyPatch.context() as patch:
        for module in (group_pages, index_pages, list_pages, long_list, building_jobs):
            patch.setattr(module, "LONGEST", 3)
        assert build(PROJECT, folder / "site").published
    return folder / "site"


def hrefs(page: Path) -> set[str]:
    return set(re.findall(r'href="([^"#]+\.html)"', page.read_text(encoding="utf-8")))


def test_the_list_of_records_leads_to_the_years(site: Path) -> None:
    assert {"years/2023.html", "years/2024.html"} <= hrefs(site / "records.html")
    assert "5 份记录，一页列不下" in document(site / "years/2024.html").text


def test_a_year_too_long_leads_to_its_units(site: Path) -> None:
    assert {"../units/xidu.html", "../units/xinzhuang.html"} <= hrefs(site / "years/2024.html")


def test_projects_too_many_lead_to_the_units_that_have_them(site: Path) -> None:
    assert "units/xidu.html" in hrefs(site / "projects.html")
    assert "../projects/xidu/dangjian.html" in hrefs(site / "units/xidu.html")


def test_indicators_are_split_by_unit_and_then_by_year(site: Path) -> None:
    assert "indicators/xidu.html" in hrefs(site / "indicators.html")
    assert "../indicators/xidu/2024.html" in hrefs(site / "indicators/xidu.html")
    assert "54 项绩效指标" not in document(site / "indicators/xidu.html").text
    text = document(site / "indicators/xidu/2024.html").text
    assert "68 项绩效指标" in text
    assert "参与活动对象满意度" in text


def test_every_count_is_that_of_the_whole(site: Path) -> None:
    whole = sum(
        len(re.findall(r'<tr id="i-', page.read_text(encoding="utf-8"))) for page in site.glob("records/*/*/*.html")
    )

    assert whole == 195
    assert f"{whole} 项绩效指标" in document(site / "indicators.html").text


def test_deviations_of_a_short_unit_stay_on_one_page(site: Path) -> None:
    assert "deviations/jiuliting.html" in hrefs(site / "deviations.html")
    assert not (site / "deviations/jiuliting").exists()
    assert "党建特色活动次数" in document(site / "deviations/jiuliting.html").text


def test_findings_are_split_by_unit_and_then_by_year(site: Path) -> None:
    assert "findings/xinhong.html" in hrefs(site / "findings.html")
    assert "../findings/xinhong/2023.html" in hrefs(site / "findings/xinhong.html")
    rows = re.findall(r'href="[^"]*#finding-\d+"', (site / "findings/xinhong/2023.html").read_text(encoding="utf-8"))
    assert len(rows) > 3


def test_the_findings_of_a_rule_are_split_the_same_way(site: Path) -> None:
    split = [page for page in site.glob("rules/*.html") if (site / "rules" / page.stem).is_dir()]

    assert split
    for page in split:
        parts = set((site / "rules" / page.stem).glob("*.html"))
        assert {f"../rules/{page.stem}/{part.name}" for part in parts} <= hrefs(page)
        assert all("为什么查" not in document(part).text for part in parts)
