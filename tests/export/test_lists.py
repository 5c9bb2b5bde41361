"""The list of all records leads to each of them; the file of a unit has them whole."""

from decimal import Decimal

import pytest

from tests.export.exported import Exported


def test_the_list_has_one_short_entry_for_each_record_in_the_order_of_the_site(real: Exported) -> None:
    listed = real.json("api/v1/records.json")

    assert listed["api_version"] == "1"
    assert listed["count"] == len(listed["records"])
    assert [entry["id"] for entry in listed["records"]] == [record.id for record in real.catalog.records]


def test_an_entry_says_what_and_whose_the_record_is_and_how_it_ended(real: Exported) -> None:
    entries = {entry["id"]: entry for entry in real.json("api/v1/records.json")["records"]}
    findings = len(real.record("2024/xinzhuang/dangqun")["check"]["findings"])
    entry = entries["2024/xinzhuang/dangqun"]

    assert entry == {
        "id": "2024/xinzhuang/dangqun",
        "name": entry["name"],
        "fiscal_year": 2024,
        "unit": {"slug": "xinzhuang", "name": "上海市莘庄工业区社区党群服务中心"},
        "department": {"slug": "xinzhuang-gongyequ", "name": "上海市莘庄工业区管理委员会"},
        "form": "财政项目支出绩效自评表",
        "record_type": "SelfEvaluation",
        "url": "records/2024/xinzhuang/dangqun.html",
        "json_url": "api/v1/records/2024/xinzhuang/dangqun.json",
        "budget_yuan": Decimal("4702600.00"),
        "executed_yuan": Decimal("4687700.00"),
        "total_score": "97.97",
        "grade": "优",
        "points_lost": "2.03",
        "findings": findings,
        "contradictions": entry["contradictions"],
    }
    assert entry["name"] == real.record(entry["id"])["project_name"]


def test_what_an_entry_cannot_know_is_null(real: Exported) -> None:
    entries = {entry["id"]: entry for entry in real.json("api/v1/records.json")["records"]}
    declared = entries["2024/xidu/dangjian"]

    assert declared["executed_yuan"] is declared["total_score"] is declared["points_lost"] is None
    assert declared["budget_yuan"] > 0


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_an_entry_agrees_with_its_record(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    for entry in exported.json("api/v1/records.json")["records"]:
        record = exported.json(entry["json_url"])
        for key in entry.keys() & record.keys():
            assert entry[key] == record[key], key
        for key in ("points_lost", "findings", "contradictions"):
            assert entry[key] == record["computed"][key], key


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_the_file_of_a_unit_has_its_records_byte_for_byte(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    for slug, records in exported.catalog.by_unit.items():
        content, unit = exported.files[f"api/v1/units/{slug}.json"], exported.json(f"api/v1/units/{slug}.json")
        singles = [exported.files[f"api/v1/records/{record.id}.json"].rstrip(b"\n") for record in records]

        assert content.endswith(b'"records":[\n' + b",\n".join(singles) + b"\n]}\n")
        assert unit["count"] == len(records)
        assert unit["unit"] == unit["records"][0]["unit"]
        assert unit["department"] == unit["records"][0]["department"]


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_how_a_score_comes_about_leads_to_its_row(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    for record in exported.records():
        rows = {row["anchor"]: row for row in record["indicators"]}
        assert len(rows) == len(record["indicators"])
        for scoring in record["check"]["scoring"]:
            if scoring["anchor"]:
                assert rows[scoring["anchor"]]["score"] == scoring["printed"]
