"""Other formats are made from the published files alone, and only from those that the Data Package describes."""

import json

import pytest

from generator.errors import JixiaoError
from generator.export.about_files import PACKAGE_PATH
from generator.export.csv_table import undone
from generator.export.data_files import Site, data_files, year_slices
from generator.export.data_package import Digest, datapackage
from generator.export.english_words import english_description
from generator.export.published import PublishedFile, PublishedTable, published_tables, rows_of, verified
from generator.export.site_files import downloads
from generator.export.tables import ALL_TABLES, Table
from tests.export.exported import Exported

EMPTY = Digest(0, "")


def test_a_site_has_the_tables_that_its_package_describes(real_tables: tuple[PublishedTable, ...]) -> None:
    assert [table.name for table in real_tables] == list(ALL_TABLES)
    for table in real_tables:
        assert [column.identifier for column in table.columns] == list(ALL_TABLES[table.name].identifiers)
        assert table.key == ALL_TABLES[table.name].key
        assert "CSV" not in table.title


@pytest.mark.parametrize("table", ALL_TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_described_in_english_too(table: Table) -> None:
    for column in table.columns:
        said = english_description(table.name, column.identifier)
        assert said.endswith(".")
        assert len(said.split()) > 2, column.identifier


def test_both_descriptions_stand_in_the_package(real: Exported) -> None:
    fields = [field for one in real.json(PACKAGE_PATH)["resources"] for field in one["schema"]["fields"]]

    assert len(fields) > 150
    assert all(field["description"] and field["description_en"] for field in fields)


def test_rows_hold_the_print_and_no_apostrophe(real: Exported, real_tables: tuple[PublishedTable, ...]) -> None:
    for table in real_tables:
        cells = [[undone(cell) or None for cell in row.values()] for row in real.table(table.name)]
        assert list(rows_of(table, real.read)) == cells


def test_a_file_that_was_changed_is_refused(real: Exported, real_tables: tuple[PublishedTable, ...]) -> None:
    funding = next(table for table in real_tables if table.name == "funding")
    for changed in (lambda data: data.replace(b"470.26", b"470.27"), lambda data: data[:-2], lambda data: data + b"x"):
        with pytest.raises(JixiaoError, match=r"funding\.csv 与 datapackage\.json 写的不符"):
            list(rows_of(funding, lambda file, changed=changed: changed(real.read(file))))  # type: ignore[misc]


def test_a_verified_file_is_given_back() -> None:
    empty = PublishedFile("a.csv", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    assert verified(b"", empty) == b""


def package_with(real: Exported, **changed: object) -> bytes:
    package = real.json(PACKAGE_PATH)
    package["resources"][1] |= changed
    return json.dumps(package, default=str).encode()


@pytest.mark.parametrize("path", ["../../etc/passwd.csv", "/etc/passwd.csv", "a/b.csv", "records.json", ".csv"])
def test_a_path_that_leaves_the_folder_is_refused(real: Exported, path: str) -> None:
    with pytest.raises(JixiaoError, match="不合规矩"):
        published_tables(package_with(real, path=path))


def test_a_column_whose_name_would_be_a_query_is_refused(real: Exported) -> None:
    schema = real.json(PACKAGE_PATH)["resources"][1]["schema"]
    schema["fields"][0]["identifier"] = 'id" TEXT); DROP TABLE records; --'
    with pytest.raises(JixiaoError, match="不合规矩"):
        published_tables(package_with(real, schema=schema))


@pytest.mark.parametrize("descriptor", [b"", b"{}", b"[1]", b'{"resources": [{"name": 1}]}'])
def test_what_is_no_package_of_ours_is_refused(descriptor: bytes) -> None:
    with pytest.raises(JixiaoError, match=r"datapackage\.json 读不懂"):
        published_tables(descriptor)


def test_a_table_in_files_by_year_is_one_table() -> None:
    files = data_files({"indicators": {"2024": 100_000, "2023": 1}}, Site())
    tables = {one.name: one for one in published_tables(datapackage(dict.fromkeys(files, EMPTY), EMPTY, Site()))}

    assert [file.path for file in tables["indicators"].files] == ["indicators-2024.csv", "indicators-2023.csv"]
    assert (tables["indicators"].title, tables["records"].title) == ("指标", "记录")
    assert not tables["indicators"].description.startswith("2024")


def test_slices_by_year_stand_beside_the_whole_table_and_are_not_read_twice() -> None:
    files = data_files({"records": {"2024": 2, "2023": 1}, "findings": {"2024": 1}}, Site())
    slices = year_slices(files)
    described = published_tables(datapackage(dict.fromkeys((*files, *slices), EMPTY), EMPTY, Site()))

    assert [one.path for one in slices] == ["data/records-2024.csv", "data/records-2023.csv"]
    assert [file.path for file in described[0].files] == ["records.csv"]
    assert {one.head for one in slices} == {next(file.head for file in files if file.table == "records")}


def test_the_list_of_files_tells_their_size_where_it_is_known() -> None:
    files = data_files({}, Site())
    listed = downloads(files, {"data/records.csv": 20_220_981, "data/funding.csv": 1_296, "data/findings.csv": 5})
    told = {one.url: one.description for one in listed}

    assert told["data/records.csv"].endswith("大小 20.2 MB。")
    assert told["data/funding.csv"].endswith("大小 1.2 KB。")
    assert told["data/findings.csv"].endswith("大小 0.1 KB。")
    assert "大小" not in told["data/indicators.csv"]
