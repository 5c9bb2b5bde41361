"""Files of the whole site are put together from parts that were made once."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from generator.export import data_files as planning
from generator.export.data_files import DataFile, Site, data_files, site_of
from generator.export.data_package import Digest, datapackage
from generator.export.record_export import FINDINGS_JSON, INDEX, RecordExport, export_record
from generator.export.site_files import DATA_FILES, downloads
from generator.export.tables import TABLES
from generator.model.catalog import Catalog, make_catalog
from generator.plan.rows import Lines, make_lines
from generator.plan.script_data import EXPLORE
from generator.plan.site_check import SiteCheck
from tests.checked import site_check
from tests.export.exported import Exported, export

CONTENT = Path(__file__).parents[2] / "content"

SITE = "https://example.invalid/"
NO_DIGEST = Digest(0, "")

Counts = dict[str, Counter[str]]


@pytest.fixture(scope="module")
def check(real: Exported) -> SiteCheck:
    return site_check(real.catalog)


@pytest.fixture(scope="module")
def lines(real: Exported, check: SiteCheck) -> dict[str, Lines]:
    return {record.id: make_lines(record, real.catalog, check) for record in real.catalog.records}


@pytest.fixture(scope="module")
def made(real: Exported, check: SiteCheck, lines: dict[str, Lines]) -> dict[str, RecordExport]:
    return {identifier: export_record(one, real.catalog, check, site_url="") for identifier, one in lines.items()}


def counted(catalog: Catalog, made: dict[str, RecordExport]) -> Counts:
    counts: Counts = {}
    for record in catalog.records:
        for table, count in made[record.id].counts.items():
            counts.setdefault(table, Counter())[str(record.fiscal_year)] += count
    return counts


def by_segment(file: DataFile, catalog: Catalog, made: dict[str, RecordExport]) -> bytes:
    """Put a file together from one segment for each year and unit, as an incremental build does."""
    segments = []
    for year in file.years:
        for _, records in sorted(catalog.by_unit.items()):
            of_year = [record for record in records if str(record.fiscal_year) == year]
            segments.append(file.joined(made[record.id].part(file.table) for record in of_year))
    return file.content(segments)


def test_segments_of_years_and_units_give_the_files_that_are_made_at_once(
    real: Exported, check: SiteCheck, made: dict[str, RecordExport]
) -> None:
    for file in data_files(counted(real.catalog, made), site_of(check, name="示例站", url="")):
        assert by_segment(file, real.catalog, made) == real.files[file.path], file.path


def test_the_records_of_its_unit_are_all_that_a_record_needs_of_the_catalog(
    real: Exported, check: SiteCheck, lines: dict[str, Lines], made: dict[str, RecordExport]
) -> None:
    for records in real.catalog.by_unit.values():
        alone = make_catalog(records, real.catalog.registry, real.catalog.forms)
        for record in records:
            assert export_record(lines[record.id], alone, check, site_url="") == made[record.id]


def test_what_is_made_of_a_record_can_be_kept(made: dict[str, RecordExport]) -> None:
    for one in made.values():
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=RecordExport) == one


def test_counts_are_those_of_the_parts(made: dict[str, RecordExport]) -> None:
    for one in made.values():
        assert set(one.counts) == {*TABLES, INDEX, FINDINGS_JSON, EXPLORE}
        for table, count in one.counts.items():
            assert bool(one.part(table)) == (count > 0)
        assert len(msgspec.json.decode(b"[" + one.findings + b"]")) == one.counts[FINDINGS_JSON]


def test_a_table_is_one_file_up_to_the_limit_and_one_for_each_year_above_it() -> None:
    most = planning.LONGEST
    counts = {
        "records": {"2023": 1, "2024": 1},
        "funding": {"2023": 1, "2024": most - 1},
        "indicators": {"2023": 2, "2022": 0, "2024": most - 1},
    }
    files = {file.path: file for file in data_files(counts, Site())}

    assert [path for path in files if path.startswith("data/")] == [
        "data/records.csv",
        "data/funding.csv",
        "data/indicators-2024.csv",
        "data/indicators-2023.csv",
        "data/deviations.csv",
        "data/findings.csv",
        "data/budget_changes.csv",
        "data/full_marks.csv",
        "data/missed_targets.csv",
        "data/promises.csv",
        "data/corrections.csv",
        "data/peers.csv",
    ]
    assert files["data/funding.csv"].years == ("2024", "2023")
    assert files["data/indicators-2023.csv"].years == ("2023",)
    assert files["data/deviations.csv"].years == ()
    assert files["data/indicators-2023.csv"].head == files["data/indicators-2024.csv"].head


def test_the_json_lists_are_one_file_each_however_long() -> None:
    years = {"2023": planning.LONGEST, "2024": planning.LONGEST}
    counts = {INDEX: years, FINDINGS_JSON: years}
    files = {file.table: file for file in data_files(counts, Site("站"))}

    assert files[INDEX].path == "api/v1/records.json"
    assert files[FINDINGS_JSON].path == "api/v1/findings.json"
    for table in (INDEX, FINDINGS_JSON):
        assert files[table].years == ("2024", "2023")
        listed = msgspec.json.decode(files[table].content([b"1", b"", b"2"]))
        assert (listed["count"], listed["site"]["name"]) == (2 * planning.LONGEST, "站")


@pytest.fixture
def split(monkeypatch: pytest.MonkeyPatch) -> Exported:
    """Return the open data of the same records where a table of some rows is a long one."""
    monkeypatch.setattr(planning, "LONGEST", 20)
    return export(CONTENT, site_url=SITE)


def test_files_by_year_hold_the_rows_of_their_year_and_nothing_is_lost(real: Exported, split: Exported) -> None:
    years = sorted({row["年度"] for row in real.table("indicators")}, reverse=True)
    rows = [row for year in years for row in split.table(f"indicators-{year}")]

    assert "data/indicators.csv" not in split.files
    assert "data/records.csv" in split.files
    for year in years:
        assert {row["年度"] for row in split.table(f"indicators-{year}")} == {year}
    assert [row | {"网址": row["网址"].removeprefix(SITE)} for row in rows] == real.table("indicators")


def test_the_data_package_describes_the_files_by_year_as_the_whole_ones(real: Exported, split: Exported) -> None:
    resources = {one["name"]: one for one in split.json("data/datapackage.json")["resources"]}
    whole = {one["name"]: one for one in real.json("data/datapackage.json")["resources"]}

    assert resources["indicators-2024"]["schema"] == whole["indicators"]["schema"]
    assert resources["indicators-2024"]["title"] == "指标（2024 年，CSV）"
    assert {one["path"] for one in resources.values() if one["format"] == "csv"} == {
        path.removeprefix("data/") for path in split.files if path.endswith(".csv")
    }


def test_rows_by_year_lead_to_the_records_of_their_year() -> None:
    years = {"2024": planning.LONGEST, "2023": planning.LONGEST}
    files = data_files({"records": years, "indicators": years}, Site())
    package = msgspec.json.decode(datapackage(dict.fromkeys(files, NO_DIGEST), NO_DIGEST, Site()))
    reference = {
        one["name"]: [key["reference"]["resource"] for key in one["schema"].get("foreignKeys", ())]
        for one in package["resources"]
    }

    assert reference["indicators-2024"] == ["records-2024"]
    assert reference["indicators-2023"] == ["records-2023"]
    # A short table has rows of all years, whose records are in several files.
    assert reference["deviations"] == reference["records-2024"] == []


def test_the_page_about_the_data_lists_the_files_there_are() -> None:
    files = data_files({"indicators": {"2023": planning.LONGEST, "2024": 1}}, Site())
    listed = [file.url for file in downloads(files)]

    assert [url for url in listed if "indicators" in url] == ["data/indicators-2024.csv", "data/indicators-2023.csv"]
    assert {file.url for file in DATA_FILES} - set(listed) == {"data/indicators.csv"}
    assert len({file.title for file in downloads(files)}) == len(listed)
