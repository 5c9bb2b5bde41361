"""The open data as a whole."""

import re
from pathlib import Path

from generator.export.artifacts import DATA_FILES, export_artifacts
from generator.model.catalog import make_catalog
from tests.checked import site_check
from tests.export.exported import Exported, export

CONTENT = Path(__file__).parents[2] / "content"


def test_the_same_content_gives_the_same_bytes(real: Exported) -> None:
    again = export(CONTENT)

    assert again.files == real.files
    assert list(again.files) == list(real.files)


def test_every_file_for_readers_is_made_and_every_file_made_is_for_readers(real: Exported) -> None:
    single = {f"api/v1/records/{record.id}.json" for record in real.catalog.records}
    units = {f"api/v1/units/{record.unit}.json" for record in real.catalog.records}

    # A table of several years has a file of each beside it.
    slices = {path for path in real.files if re.fullmatch(r"data/[a-z_]+-[0-9]{4}\.csv", path)}

    assert {file.url for file in DATA_FILES} == set(real.files) - single - units - slices
    assert single | units < set(real.files)


def test_every_file_for_readers_has_a_title_and_a_description() -> None:
    assert len({file.title for file in DATA_FILES}) == len(DATA_FILES)
    for file in DATA_FILES:
        assert file.description.endswith("。")


def test_a_site_without_records_has_empty_files_not_broken_ones(real: Exported) -> None:
    empty = make_catalog((), real.catalog.registry, real.catalog.forms)
    artifacts = export_artifacts(empty, {}, site_check(empty), site_url="", site_name="空")
    files = {file.path: file.content for file in artifacts}
    exported = Exported(empty, files)

    assert exported.json("api/v1/records.json")["records"] == []
    assert exported.json("api/v1/records.json")["count"] == 0
    assert exported.json("api/v1/findings.json")["findings"] == []
    assert exported.table("records") == []
    assert exported.table("findings") == []
    assert set(files) == {file.url for file in DATA_FILES}


def test_chinese_is_written_as_it_is_and_files_end_with_a_line_break(real: Exported) -> None:
    for path, content in real.files.items():
        text = content.decode()
        # The example of a rule on invisible characters writes one out, as its author would in YAML.
        assert not re.search(r"(?<!\\)\\u", text), path
        assert text.endswith("\n"), path


def test_the_site_is_named_with_its_address(real: Exported, made_up: Exported) -> None:
    assert real.json("api/v1/records.json")["site"] == {"name": "示例站", "url": ""}
    assert made_up.json("api/v1/records.json")["site"]["url"] == "https://example.invalid/绩效/"
