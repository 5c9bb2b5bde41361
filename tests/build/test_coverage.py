"""Who has published what: the page, its data, and the days on which it changes."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.build import glance
from generator.build.pipeline import build_site
from generator.build.report import BuildReport
from generator.plan import coverage_page
from generator.plan.coverage import Standing, in_time
from tests.build.edits import differences
from tests.plan.board_site import write_board_site
from tests.site_tools import document, lines_of, order_for, write_files

OBLIGATIONS = """\
公开义务:
  - 名称: 项目支出自评表
    表样: 项目支出自评
    单位: 全部
    年度: [2023, 2024]
    期限: 次年10月31日
    依据: 某某通知
  - {表样: 绩效目标申报, 单位: dongxi, 年度: 2024}
  - {表样: 财政项目支出绩效自评表, 主管部门: zhen, 年度: 2024, 项目: [yanchu, guangai]}
"""


def project(folder: Path, obligations: str = "") -> Path:
    write_board_site(folder / "project")
    if obligations:
        write_files(folder / "project", [("content/registry/obligations.yaml", obligations)])
    return folder / "project"


def built(project: Path, day: str = "2025-06-01") -> BuildReport:
    order = order_for(project, project.parent / "site")
    return build_site(replace(order, today=date.fromisoformat(day)))


def data(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "api/v1/coverage.json").read_text(encoding="utf-8"))
    return found


def standings(site: Path) -> list[tuple[str, int, str, str | None]]:
    return [
        (one["unit_slug"], one["fiscal_year"], one["duty_standing"], one["duty_project"])
        for one in data(site)["duties"]
    ]


def test_without_obligations_the_page_says_so_and_shows_what_there_is(tmp_path: Path) -> None:
    assert built(project(tmp_path)).published
    text = " ".join(lines_of(document(tmp_path / "site/coverage.html").text))

    assert "本站没有登记公开义务，所以不判断谁该公开而没有公开" in text
    assert "登记的 3 个单位中，本站没有收录下列 1 个单位的任何一份表： 西桥镇水务站" in text
    assert "东溪镇文化中心 东溪镇人民政府 项目支出自评 2 项目支出自评 1 3" in text
    assert "西桥镇水务站 没有 没有 0" in text
    assert data(tmp_path / "site")["duties"] == []
    assert data(tmp_path / "site")["without_records"] == ["xiqiao"]
    assert sum(one["count"] for one in data(tmp_path / "site")["published"]) == 5
    assert len((tmp_path / "site/data/coverage.csv").read_text(encoding="utf-8").splitlines()) == 1


@pytest.fixture(scope="module")
def owed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a project with obligations."""
    folder = tmp_path_factory.mktemp("owed")
    assert built(project(folder, OBLIGATIONS)).published
    return folder / "site"


def test_what_is_missing_comes_first_and_nothing_is_called_late_without_a_date(owed: Path) -> None:
    assert standings(owed) == [
        ("xiqiao", 2023, "missing", None),
        ("dongxi", 2024, "open", None),
        ("dongxi", 2024, "open", "guangai"),
        ("nanwan", 2024, "open", "yanchu"),
        ("dongxi", 2023, "undated", None),
        ("xiqiao", 2024, "not_due", None),
        ("dongxi", 2024, "published", "yanchu"),
        ("nanwan", 2024, "published", "guangai"),
        # Their last day is yet to come, so it does not matter that the forms do not say when they came.
        ("dongxi", 2024, "on_time", None),
        ("nanwan", 2024, "on_time", None),
        ("nanwan", 2023, "on_time", None),
    ]
    text = " ".join(lines_of(document(owed / "coverage.html").text))
    assert "登记了 11 项应当公开的表：已过期限，未公开 1 项；未公开，没有登记期限 3 项；" in text
    assert "南湾镇农业站 项目支出自评表 2023 按期公开 2024-10-31 2024-10-08 灌溉 东溪镇人民政府 某某通知" in text
    assert "公开情况 11 项应当公开的表" in " ".join(lines_of(document(owed / "index.html").text))
    (row, *_) = csv.DictReader(io.StringIO((owed / "data/coverage.csv").read_text(encoding="utf-8-sig")))
    assert (row["登记单位"], row["期限"], row["公开情况"], row["公开的记录"]) == (
        "西桥镇水务站", "2024-10-31", "missing", "",
    )  # fmt: skip


def test_the_sums_are_those_of_the_lines(owed: Path) -> None:
    page = document(owed / "coverage.html")

    by_year = lines_of(page.between("sums-1", "sums-2"))
    assert by_year[-16:] == [
        "2023年度", "3", "1", "0", "1", "0", "0", "1",
        "2024年度", "8", "0", "3", "0", "1", "2", "2",
    ]  # fmt: skip
    assert "没有登记主管部门" in lines_of(page.between("sums-2", "sums-3"))


def test_the_site_changes_on_the_day_after_a_deadline_and_on_no_other(tmp_path: Path) -> None:
    own = project(tmp_path, OBLIGATIONS)
    assert built(own, "2025-06-01").written
    before = (tmp_path / "site/coverage.html").read_bytes()

    for day in ("2025-10-31", "2024-11-01"):
        assert built(own, day).written == (), day
    order, kept = order_for(own, tmp_path / "site"), tmp_path / "site.kept" / "site"
    days = ("2024-10-31", "2024-11-01", "2025-06-02", "2025-10-31", "2025-11-01")
    seen = [glance.look(kept, order.options, date.fromisoformat(day)) for day in days]
    assert [one is not None and one.is_unchanged for one in seen] == [False, True, True, True, False]

    changed = set(built(own, "2025-11-01").written)

    assert changed == {"coverage.html", "api/v1/coverage.json", "data/coverage.csv", "data/datapackage.json"}
    assert (tmp_path / "site/coverage.html").read_bytes() != before
    assert ("xiqiao", 2024, "missing", None) in standings(tmp_path / "site")


def test_a_new_record_fulfils_an_obligation_and_a_changed_figure_leaves_the_page_alone(tmp_path: Path) -> None:
    own = project(tmp_path, OBLIGATIONS)
    built(own)
    source = own / "content/records/2024/dongxi/yanchu.yaml"
    text = source.read_text(encoding="utf-8")

    source.write_text(text.replace("1500人次", "1600人次"), encoding="utf-8")
    assert "coverage.html" not in built(own).written

    source.write_text(text + "来源: {发布日期: 2025-12-01}\n", encoding="utf-8")
    assert "coverage.html" in built(own).written
    write_files(own, [("content/records/2024/xiqiao/tibu.yaml", text.replace("东溪镇文化中心", "西桥镇水务站"))])
    built(own)
    assert ("xiqiao", 2024, "on_time", None) in standings(tmp_path / "site")


def test_a_fault_in_the_file_is_told_with_its_place_and_the_site_left_alone(tmp_path: Path) -> None:
    own = project(tmp_path, OBLIGATIONS.replace("单位: dongxi", "单位: donxi"))
    report = built(own)

    assert not report.published
    assert [f"{one.origin} {one.code} {one.message} {one.hint}" for one in report.findings] == [
        "content/registry/obligations.yaml:8:22 REC025 单位“donxi”没有登记 改为“dongxi”"
    ]


def test_a_long_list_has_a_page_for_each_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage_page, "LONGEST", 3)
    assert built(project(tmp_path, OBLIGATIONS)).published
    site = tmp_path / "site"

    whole = lines_of(document(site / "coverage.html").text)
    assert "应当公开的表较多，分开查看：" in whole
    assert "某某通知" not in whole
    assert "西桥镇水务站 项目支出自评表 2023 已过期限，未公开" in " ".join(
        lines_of(document(site / "coverage/xiqiao.html").text)
    )
    assert len(standings(site)) == 11


def test_a_page_of_a_long_list_changes_with_its_unit_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage_page, "LONGEST", 3)
    own = project(tmp_path, OBLIGATIONS)
    built(own)
    source = own / "content/records/2024/dongxi/yanchu.yaml"
    with source.open("a", encoding="utf-8") as file:
        file.write("来源: {发布日期: 2025-12-01}\n")

    assert coverage_pages_in(built(own)) == {"coverage/dongxi.html"}
    assert list(differences(tmp_path / "site", fresh(own))) == []

    # On the day after their last day the three forms that are missing, or came without a date, are late.
    assert coverage_pages_in(built(own, "2025-11-01")) == {
        "coverage.html", "coverage/dongxi.html", "coverage/nanwan.html", "coverage/xiqiao.html",
    }  # fmt: skip

    # The first form of a unit gives it a page to lead to, and its department none.
    text = source.read_text(encoding="utf-8").replace("东溪镇文化中心", "西桥镇水务站")
    write_files(own, [("content/records/2024/xiqiao/tibu.yaml", text)])
    assert coverage_pages_in(built(own, "2025-11-01")) == {"coverage.html", "coverage/xiqiao.html"}
    assert list(differences(tmp_path / "site", fresh(own, "2025-11-01"))) == []


def test_a_list_that_grows_too_long_is_split_and_put_together_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage_page, "LONGEST", 11)
    own = project(tmp_path, OBLIGATIONS)
    built(own)
    assert not (tmp_path / "site/coverage").exists()

    for years, is_split in (("[2022, 2023, 2024]", True), ("[2023, 2024]", False)):
        write_files(own, [("content/registry/obligations.yaml", OBLIGATIONS.replace("[2023, 2024]", years))])
        built(own)
        assert (tmp_path / "site/coverage/nanwan.html").exists() is is_split
        assert list(differences(tmp_path / "site", fresh(own))) == []


def coverage_pages_in(report: BuildReport) -> set[str]:
    return {path for path in report.written if path.startswith("coverage")}


def fresh(project: Path, day: str = "2025-06-01") -> Path:
    """Return a site built from nothing."""
    folder = project.parent / f"fresh-{len(list(project.parent.iterdir()))}"
    build_site(replace(order_for(project, folder), today=date.fromisoformat(day)))
    return folder


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2025-10-31"], Standing.ON_TIME),
        (["2025年11月1日"], Standing.LATE),
        (["2025-11-01", "2025-10-01"], Standing.ON_TIME),
        (["2025-11-01", ""], Standing.UNDATED),
        ([""], Standing.UNDATED),
        (["-"], Standing.UNDATED),
        (["2025-10"], Standing.ON_TIME),
        (["2025"], Standing.UNDATED),
        (["2025-11"], Standing.LATE),
    ],
)
def test_only_a_date_that_settles_it_settles_it(dates: list[str], expected: Standing) -> None:
    assert in_time(dates, date(2025, 10, 31)) is expected


def test_a_project_that_no_form_is_about_may_be_a_slip_and_the_page_says_so(tmp_path: Path) -> None:
    registered = "项目: [yanchu, nothere], 期限: 次年1月31日"
    own = project(tmp_path, OBLIGATIONS.replace("项目: [yanchu, guangai]", registered))
    assert built(own).published

    assert ("dongxi", 2024, "unknown", "nothere") in standings(tmp_path / "site")
    assert "已过期限，本站没有这个项目的任何表" in document(tmp_path / "site/coverage.html").text
