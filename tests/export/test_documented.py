"""What the documents and the page about the data say of the files holds."""

import html
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.export.artifacts import DATA_FILES
from generator.export.schema import api_schema
from tests.export.exported import Exported

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/open-data.md").read_text(encoding="utf-8")
PAGE = (ROOT / "templates/pages/data.html").read_text(encoding="utf-8")


def test_the_document_lists_just_the_files_there_are() -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", DOCUMENT, flags=re.MULTILINE)

    assert {path for path in listed if "<" not in path} == {file.url for file in DATA_FILES}
    assert [path for path in listed if "<" in path] == [
        "api/v1/records/<记录标识>.json",
        "api/v1/units/<单位标识>.json",
    ]


def test_the_example_of_a_check_fits_the_schema() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", DOCUMENT, flags=re.DOTALL)[0])
    properties = api_schema()["$defs"]["check"]["properties"]

    for name, part in example.items():
        assert list(Draft202012Validator(properties[name]).iter_errors(part)) == []


def test_the_program_on_the_page_reads_every_record(
    real: Exported, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = html.unescape(re.findall(r"<pre[^>]*><code>(.*?)</code>", PAGE, flags=re.DOTALL)[0])
    site = "https://example.invalid/"
    monkeypatch.setattr("urllib.request.urlopen", lambda url: io.BytesIO(real.files[url.removeprefix(site)]))
    exec(re.sub(r"\{\{.*?\}\}", site, program), {})  # noqa: S102  a reader would copy and run it

    printed = [Decimal(line.rsplit(" ", 1)[1]) for line in capsys.readouterr().out.splitlines()]
    amounts = [row["yuan"]["executed"] for one in real.records() for row in one["funding"] if "executed" in row["yuan"]]
    assert sorted(printed) == sorted(amounts)
    assert len(printed) > 10
