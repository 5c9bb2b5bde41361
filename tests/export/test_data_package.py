"""The Data Package says just what is in the files."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from tests.export.exported import Exported, export

PACKAGE = "data/datapackage.json"
CONTENT = Path(__file__).parents[2] / "content"


def tables(exported: Exported) -> list[dict[str, Any]]:
    return [resource for resource in exported.json(PACKAGE)["resources"] if resource["format"] == "csv"]


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_bytes_and_hash_are_those_of_the_files(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    for resource in tables(exported):
        content = exported.files[f"data/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_csv_file_is_described_column_by_column(real: Exported) -> None:
    assert {f"data/{resource['path']}" for resource in tables(real)} == {
        name for name in real.files if name.endswith(".csv")
    }
    for resource in tables(real):
        text = real.files[f"data/{resource['path']}"].decode("utf-8-sig")
        head = next(csv.reader(io.StringIO(text, newline="")))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        assert all(
            field["identifier"].isascii() and field["title"].isascii() and field["description"] for field in fields
        )


def test_cells_are_of_the_type_their_column_declares(real: Exported, made_up: Exported) -> None:
    for exported in (real, made_up):
        for resource in tables(exported):
            for field in resource["schema"]["fields"]:
                cells = [row[field["name"]] for row in exported.table(resource["name"])]
                if field["type"] in ("integer", "year"):
                    assert all(cell.isdigit() for cell in cells if cell), field
                if field["type"] == "number":
                    assert all(cell.lstrip("-").replace(".", "", 1).isdigit() for cell in cells if cell), field


def test_keys_tell_every_row_apart_and_lead_to_a_record(real: Exported) -> None:
    known = {row["记录标识"] for row in real.table("records")}
    for resource in tables(real):
        rows = real.table(resource["name"])
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        for foreign in resource["schema"].get("foreignKeys", ()):
            assert {row[foreign["fields"][0]] for row in rows} <= known


def test_no_path_leaves_the_folder_of_the_descriptor(real: Exported, made_up: Exported) -> None:
    for exported in (real, made_up):
        for resource in exported.json(PACKAGE)["resources"]:
            assert ".." not in resource["path"]
            assert resource["path"].startswith("https://") or f"data/{resource['path']}" in exported.files


def test_the_json_is_described_where_the_site_has_an_address(real: Exported, made_up: Exported) -> None:
    resources = {resource["name"]: resource for resource in made_up.json(PACKAGE)["resources"]}

    assert resources["records-json"]["path"] == "https://example.invalid/绩效/api/v1/records.json"
    assert resources["records-json"]["bytes"] == len(made_up.files["api/v1/records.json"])
    assert made_up.json(PACKAGE)["homepage"] == "https://example.invalid/绩效/"
    assert "homepage" not in real.json(PACKAGE)


def test_the_apostrophe_before_formulas_is_explained(real: Exported) -> None:
    package = real.json(PACKAGE)

    assert package["unsafeCells"]["prefix"] == "'"
    assert package["unsafeCells"]["description"] in package["description"]


def test_no_file_depends_on_when_it_was_made(real: Exported) -> None:
    assert "created" not in real.json(PACKAGE)
    assert export(CONTENT).files == real.files
