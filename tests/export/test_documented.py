"""What the documents and the page about the data say of the files holds."""

import functools
import html
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.export.artifacts import DATA_FILES
from generator.export.schema import api_schema
from generator.export.tables import TABLES
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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder like a website, and give its address."""
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the terminal to the tests."""


def programs() -> dict[str, str]:
    """Return the programs on the page, by language."""
    found = re.findall(r'<pre[^>]*aria-label="(\w+) 示例"><code>(.*?)</code>', PAGE, flags=re.DOTALL)
    return {language: html.unescape(text) for language, text in found}


def test_the_page_has_a_program_in_python_and_in_r_and_the_steps_in_a_spreadsheet() -> None:
    assert list(programs()) == ["Python", "R"]
    assert all(name in PAGE for name in ("WPS", "Excel", "LibreOffice"))


def test_the_python_program_on_the_page_reads_every_record_of_a_site(
    real: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in real.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with served(tmp_path) as site:
        exec(re.sub(r"\{\{.*?\}\}", site, programs()["Python"]), {})  # noqa: S102  a reader would copy and run it

    printed = [Decimal(line.rsplit(" ", 1)[1]) for line in capsys.readouterr().out.splitlines()]
    amounts = [row["yuan"]["executed"] for one in real.records() for row in one["funding"] if "executed" in row["yuan"]]
    assert sorted(printed) == sorted(amounts)
    assert len(printed) > 10


def test_files_and_columns_that_the_r_program_names_are_there(real: Exported) -> None:
    program = programs()["R"]

    assert re.findall(r'"(data/[^"]+)"', program) == ["data/records.csv"]
    columns = re.findall(r'\[\["(.*?)"\]\]', program)
    assert len(columns) == 3
    assert set(columns) <= set(real.table("records")[0])


def test_the_formula_of_the_steps_names_the_column_of_an_amount() -> None:
    (letters,) = re.findall(r"=VALUE\(([A-Z]+)2\)", PAGE)
    position = functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)

    assert TABLES["records"].columns[position - 1].name.label == "全年执行数（元）"
