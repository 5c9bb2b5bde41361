"""Promise and result on the pages and in the data of a small site with a pair of forms, and of one without any."""

import csv
import io
import json
from pathlib import Path

import pytest

from generator.build import building_jobs
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.plan import long_list
from tests.build.edits import differences
from tests.site_tools import TESTS, build, copied, document, lines_of, write_files

PROMISED = TESTS / "promised"
PROJECT_PAGE = "projects/lvhua/yanghu.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of a project with declarations and self-evaluations of several years."""
    folder = tmp_path_factory.mktemp("promised") / "site"
    assert build(PROMISED, folder).findings == ()
    return folder


def lines(page: Path) -> list[str]:
    return lines_of(document(page).text)


def test_a_project_shows_promise_and_result_as_printed(site: Path) -> None:
    text = lines(site / PROJECT_PAGE)

    assert "= 保留 3 · ↓ 降低 3 · − 删除 1 · + 新增 1 · ≠ 改动 1 · ≈ 改名 1 · ↑ 提高 1 · ? 无法判断 1" in text
    start = text.index("养护绿地面积")
    assert text[start - 1 : start + 7] == [
        "↓ 降低", "养护绿地面积", "产出指标 › 数量指标", "≥48.00(公顷)", "≥45.00(公顷)", "45.50(公顷)", "10.00", "10.00",
    ]  # fmt: skip
    start = text.index("新建口袋公园个数")
    assert text[start + 2 : start + 4] == ["≥2.00(个)", "没有这一项"]


def test_the_money_asked_for_stands_beside_what_was_spent(site: Path) -> None:
    text = lines(site / PROJECT_PAGE)

    assert text[text.index("年度资金申请总额（申报表）") + 1] == "1800000.00 元"
    assert text[text.index("全年执行数（自评表）") + 1] == "139.30 万元 合 1,393,000.00 元"
    assert "本站计算：年初预算数比申请数少 50,000.00 元。全年执行数是申请数的约 77.39%。" in text


def test_of_two_declarations_none_is_compared(site: Path) -> None:
    text = document(site / PROJECT_PAGE).text

    assert "2023年度有 2 份绩效目标申报表，无法确定与哪一份比较，没有对照" in text


def test_a_project_shows_its_years(site: Path) -> None:
    text = lines(site / PROJECT_PAGE)
    start = text.index("各年度资金和总分")

    assert text[start + 8 : start + 15] == [
        "2022年度", "1500000.00 元", "1500000.00 元", "1350000.00 元", "90.00%", "99.00 / 100.00", "优",
    ]  # fmt: skip
    assert "140.00 万元合 1,400,000.00 元比上年减少约 15.15%" in text
    assert "比上年：要求降低；完成值上升；分值由 20.00 改为 10.00" in text


def test_both_forms_lead_to_their_comparison(site: Path) -> None:
    for name in ("yanghu", "yanghu.target"):
        links = {link.target for link in document(site / f"records/2024/lvhua/{name}.html").links}
        assert "../../../projects/lvhua/yanghu.html#promises-2024" in links


def test_a_project_without_a_pair_says_what_is_needed(site: Path) -> None:
    text = document(site / "projects/lvhua/xiujian.html").text

    assert "没有可以对照的表：同一年度既公开绩效目标申报表、又公开自评表时" in text
    assert "同一种表只有一个年度的，没有可对照的上一年" in text


def test_the_list_of_the_site_has_what_was_not_kept_first(site: Path) -> None:
    text = lines(site / "promises.html")
    kinds = [line for line in text if line.split()[0] in "↓−≠≈+↑?=" and len(line.split()) == 2]

    assert "对照了 1 份自评表，共 12 项指标。" in text
    assert [line.split()[1] for line in kinds] == [
        *["降低"] * 3, "删除", "改动", "改名", "新增", "提高", "无法判断申报的指标值空白", *["保留"] * 3,
    ]  # fmt: skip


def test_rows_can_be_narrowed_to_one_kind_of_change(site: Path) -> None:
    html = (site / "promises.html").read_text(encoding="utf-8")

    assert '<dd data-option="lowered">降低 <span class="count">3</span></dd>' in html
    assert html.count('<tr data-is="lowered">') == 3


def test_a_unit_has_its_own_list(site: Path) -> None:
    assert "共 12 项指标" in document(site / "promises/lvhua.html").text
    assert "../promises/lvhua.html" in {link.target for link in document(site / "units/lvhua.html").links}


def test_the_csv_has_every_row_with_both_texts(site: Path) -> None:
    content = (site / "data/promises.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))

    assert len(rows) == 12
    lowered = next(row for row in rows if row["申报的指标"] == "有责投诉件数")
    assert (lowered["变化（计算）"], lowered["申报的指标值"], lowered["自评的指标值"], lowered["实际完成值"]) == (
        "lowered", "≤5.00(件)", "≤8.00(件)", "6.00(件)",
    )  # fmt: skip
    added = next(row for row in rows if row["变化（计算）"] == "added")
    assert (added["申报的指标"], added["申报的网址"], added["自评的指标"]) == ("", "", "更换果皮箱数量")


def test_the_data_package_describes_the_columns_in_english_too(site: Path) -> None:
    package = json.loads((site / "data/datapackage.json").read_bytes())
    (table,) = [one for one in package["resources"] if one["name"] == "promises"]
    fields = {field["identifier"]: field for field in table["schema"]["fields"]}

    assert fields["computed_change"]["description_en"].startswith("kept, lowered")
    assert table["schema"]["primaryKey"] == ["记录标识", "序号"]


def test_a_long_list_leads_to_the_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (long_list, building_jobs):
        monkeypatch.setattr(module, "LONGEST", 3)
    build(PROMISED, tmp_path / "site")

    text = lines(tmp_path / "site/promises.html")

    assert "= 保留 3 · ↓ 降低 3 · − 删除 1 · + 新增 1 · ≠ 改动 1 · ≈ 改名 1 · ↑ 提高 1 · ? 无法判断 1" in text
    assert "养护绿地面积" not in text
    assert "promises/lvhua.html" in {link.target for link in document(tmp_path / "site/promises.html").links}


def test_a_new_declared_target_changes_page_list_and_data(tmp_path: Path) -> None:
    project = copied(PROMISED, tmp_path / "project")
    build(project, tmp_path / "site")
    place = project / "content/records/2024/lvhua/yanghu.target.yaml"
    changed = place.read_text(encoding="utf-8").replace("≥48.00(公顷)", "≥49.00(公顷)")
    write_files(project, [("content/records/2024/lvhua/yanghu.target.yaml", changed)])

    build(project, tmp_path / "site")

    for name in (PROJECT_PAGE, "promises.html", "promises/lvhua.html", "data/promises.csv"):
        assert "≥49.00(公顷)" in (tmp_path / "site" / name).read_text(encoding="utf-8")


def test_a_second_declaration_that_is_kept_back_takes_the_comparison_from_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.build.grounds.all_rules", _rules_on_one_record)
    project, site = copied(PROMISED, tmp_path / "project"), tmp_path / "site"
    records = project / "content/records/2024/lvhua"
    # Another pair of the unit, so that its list stays.
    for name in ("yanghu.yaml", "yanghu.target.yaml"):
        (records / name.replace("yanghu", "linye")).write_bytes((records / name).read_bytes())
    build(project, site)
    second = (records / "linye.target.yaml").read_text(encoding="utf-8") + "\n# 310112196002290138\n"
    (records / "linye.target2.yaml").write_text(second, encoding="utf-8")

    assert build(project, site, keep_going=True).failed == ("content/records/2024/lvhua/linye.target2.yaml",)
    build(project, tmp_path / "fresh", keep_going=True)

    assert "共 12 项指标" in document(site / "promises/lvhua.html").text
    assert list(differences(site, tmp_path / "fresh")) == []


def _rules_on_one_record() -> dict[str, Rule]:
    """Return the rules that do not see what another record says; they alone would hide what is not made anew."""
    return {code: rule for code, rule in all_rules().items() if rule.cross_check is None}


def test_a_site_without_any_pair_says_so(tmp_path: Path) -> None:
    build(TESTS / "sites/minimal", tmp_path / "site")

    text = document(tmp_path / "site/promises.html").text

    assert "没有可以对照的表" in text
    assert "同一单位、同一项目、同一年度既公开绩效目标申报表、又公开自评表" in text
    assert (tmp_path / "site/data/promises.csv").read_bytes().count(b"\n") == 1
