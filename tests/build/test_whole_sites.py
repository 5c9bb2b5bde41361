"""Small whole sites under `tests/sites`, each for one thing a project may do."""

from pathlib import Path

import pytest

from generator.cli import main
from tests.authored import authored, missing
from tests.form_grid import form_grids
from tests.site_tools import TESTS, build, copied, document, files_of

SITES = TESTS / "sites"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def contains(path: Path, *texts: str) -> bool:
    """Tell whether a file of a site is there and has all these texts."""
    content = path.read_text(encoding="utf-8")
    return all(text in content for text in texts)


def test_one_record_and_one_page_are_a_site(site: Path) -> None:
    report = build(SITES / "minimal", site)

    assert [finding.code for finding in report.findings] == ["REC015"]
    assert contains(site / "records/2024/shiyan/xiangmu.html", "试验项目", "试验单位", "完成率")
    assert contains(site / "units/shiyan.html", "试验单位")
    assert contains(site / "about.html", "一份记录、一页说明")
    assert not (site / "departments/.html").exists()
    assert not contains(site / "records/2024/shiyan/xiangmu.html", 'id="total"'), "it prints no total"


def test_a_site_without_any_record_can_be_built_and_read(tmp_path: Path, site: Path) -> None:
    project = tmp_path / "project"
    (project / "content/records").mkdir(parents=True)
    (project / "content/pages").mkdir()
    (project / "mkdocs.yml").write_bytes((SITES / "minimal/mkdocs.yml").read_bytes())
    report = build(project, site)

    assert report.records == 0
    assert report.findings == ()
    for page in ("index", "records", "years", "units", "departments", "projects", "forms", "indicators", "deviations"):
        assert contains(site / f"{page}.html", "<h1")


def test_a_template_of_the_project_replaces_ours_of_the_same_name(site: Path) -> None:
    build(SITES / "own_template", site)

    assert contains(site / "projects/shiyan/diyi.html", "第一份（本单位自定的项目页）")
    assert contains(site / "units/shiyan.html", "第一份", "第二份"), "the other templates stay ours"


def test_a_style_sheet_of_the_project_is_linked_after_ours(site: Path) -> None:
    build(SITES / "own_template", site)
    (asset,) = (site / "assets/jixiao").glob("own.*.css")
    styles = [link.target for link in document(site / "index.html").links if link.rel == "stylesheet"]

    assert "--own-colour" in asset.read_text(encoding="utf-8")
    assert f"assets/jixiao/{asset.name}" in styles
    assert contains(site / "index.html", asset.name)


def test_hand_written_pages_stand_in_the_menu_in_the_order_of_nav(site: Path) -> None:
    build(SITES / "own_template", site)
    menu = [link.target for link in document(site / "records.html").links if link.target in ("help.html", "about.html")]

    assert menu[:2] == ["help.html", "about.html"]
    assert contains(site / "records.html", "怎样读这些表", "关于本站")
    assert contains(site / "help.html", 'id="second"')
    assert contains(site / "about.html", 'href="help.html#second"', 'src="images/mark.svg"')
    assert (site / "images/mark.svg").is_file()


def test_a_site_with_an_address_names_itself_by_it(site: Path) -> None:
    build(SITES / "own_template", site)
    page = "https://example.invalid/jixiao/records/2024/shiyan/diyi.html"

    assert contains(site / "records/2024/shiyan/diyi.html", f'<link rel="canonical" href="{page}">')
    assert contains(site / "sitemap.xml", f"<loc>{page}</loc>")
    assert contains(site / "404.html", 'href="/jixiao/records.html"'), "it is served under any address"


def test_a_form_of_the_project_is_one_definition_and_one_template(site: Path) -> None:
    report = build(SITES / "own_form", site)
    record = "content/records/2024/shiyan/tuguang.yaml"
    page = site / "records/2024/shiyan/tuguang.html"
    (grid,) = form_grids(page.read_text(encoding="utf-8"))

    assert report.findings == ()
    assert grid.is_rectangular()
    assert grid.width == 7
    assert grid.row(8) == [
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "指标值",
        "全年实际完成值",
        "未完成原因和改进措施",
    ]
    assert missing(authored(SITES / "own_form" / record), document(page)) == []
    assert contains(site / "forms/county-special-fund.html", "县级专项资金绩效目标自评表（县级专项）", "示例良种推广")


def test_a_form_of_the_project_says_what_its_records_must_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    for name, content in files_of(SITES / "own_form").items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.replace("项目名称: 示例良种推广\n".encode(), b""))
    code = main(["check", "-f", str(project / "mkdocs.yml")])

    assert code == 1
    assert "“县级专项资金绩效目标自评表”必须有“项目名称”" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir() if path.is_dir()))
def test_every_example_site_passes_the_check(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copied(SITES / name, tmp_path / "project")

    assert main(["check", "-f", str(project / "mkdocs.yml")]) == 0
    assert "错误" not in capsys.readouterr().out
