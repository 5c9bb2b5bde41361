"""Every family of forms that is published somewhere can be recorded, is shown, and loses nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.authored import authored, missing
from tests.site_tools import build, document, squeezed

PROJECT = Path(__file__).parent
RECORDS = PROJECT / "content/records"
FILES = sorted(path for path in RECORDS.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("families")
    report = build(PROJECT, folder)
    assert report.findings == ()
    assert report.records == len(FILES)
    return folder


def address(file: Path) -> str:
    return file.relative_to(RECORDS).with_suffix("").as_posix()


each_family = pytest.mark.parametrize("file", FILES, ids=address)


@each_family
def test_its_page_shows_every_authored_value_and_label(site: Path, file: Path) -> None:
    page = document(site / f"records/{address(file)}.html")

    assert missing(authored(file), page) == []


@each_family
def test_its_ids_are_unique_and_every_row_can_be_linked(site: Path, file: Path) -> None:
    page = document(site / f"records/{address(file)}.html")

    assert [name for name, count in Counter(page.ids).items() if count > 1] == []


@each_family
def test_its_data_holds_every_authored_value(site: Path, file: Path) -> None:
    data = json.loads((site / f"api/v1/records/{address(file)}.json").read_bytes())
    texts = Counter(strings(data))
    # Prose stands there with its Markdown marks.
    joined = squeezed("\n".join(texts)).replace("**", "")
    wanted = authored(file)
    counted = Counter(item.text for item in wanted if item.is_cell)

    assert [text for text, count in counted.items() if texts[text] < count] == []
    assert [item.text for item in wanted if not item.is_cell and squeezed(item.text) not in joined] == []


def strings(data: Any) -> Iterator[str]:  # noqa: ANN401  JSON is whatever it is
    """Yield every text of a JSON value, keys too: a column that the vocabulary does not know is a key."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, int):
        yield str(data)
    elif isinstance(data, list):
        for item in data:
            yield from strings(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from strings(value)


def test_no_two_indicator_rows_of_a_record_share_an_address(site: Path) -> None:
    for file in FILES:
        data = json.loads((site / f"api/v1/records/{address(file)}.json").read_bytes())
        rows = [row["anchor"] for row in data["indicators"]]

        assert len(rows) == len(set(rows))
