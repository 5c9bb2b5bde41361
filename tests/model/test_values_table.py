"""Run `values.md`, the table of how every printed notation is read."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.model.values import Data, canonical, format_value, parse_value

TABLE = Path(__file__).with_name("values.md")
ROW = re.compile(r"\| `(.*?)` \| (\w+) \| `(.*?)` \| (.*?) \|(?: (\d+) \|)?")
TABLE_HEAD = re.compile(r"\| (?:原文|-+)")


class Row(NamedTuple):
    section: str
    line: int
    printed: str
    kind: str
    canonical: str
    data: str
    occurrences: int


def rows() -> list[Row]:
    found, section = [], ""
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        section = line.removeprefix("## ") if line.startswith("## ") else section
        match = ROW.fullmatch(line)
        if match:
            printed, kind, notation, data, count = match.groups()
            found.append(Row(section, number, printed, kind, notation, data.strip(), int(count or 1)))
        elif line.startswith("| "):
            assert TABLE_HEAD.match(line), f"values.md:{number} is no readable row"
    return found


ROWS = rows()


def shown(data: Data) -> str:
    return "; ".join(f"{name}={shown_entry(entry)}" for name, entry in data.items() if name not in {"kind", "text"})


def shown_entry(entry: object) -> str:
    if isinstance(entry, bool):
        return str(entry).lower()
    if isinstance(entry, list):
        return "、".join(entry)
    if isinstance(entry, dict):
        return " ".join(f"{name} {part}" for name, part in entry.items())
    return str(entry)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"line{row.line}:{row.printed}")
def test_printed_value_is_read_as_the_table_says(row: Row) -> None:
    value = parse_value(row.printed)

    assert (row.kind, row.canonical, row.data) == (value.kind, canonical(value), shown(value.to_data()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"line{row.line}:{row.printed}")
def test_printed_value_is_written_back_unchanged(row: Row) -> None:
    assert row.printed == format_value(parse_value(row.printed))


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind != "free_text"], ids=lambda row: row.printed)
def test_one_notation_reads_as_itself(row: Row) -> None:
    value = parse_value(row.canonical)

    assert (row.kind, row.canonical) == (value.kind, canonical(value))


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (
            "清单：年度指标值",
            {
                "quantity": 112,
                "range": 2,
                "deadline": 5,
                "period": 4,
                "frequency": 3,
                "counted_list": 6,
                "budget_bound": 2,
                "words": 59,
                "free_text": 1,
            },
        ),
        ("清单：实际完成值", {"quantity": 67, "deadline": 1, "period": 2, "achievement": 12, "words": 45}),
    ],
)
def test_inventory_of_the_published_forms_is_complete(section: str, expected: dict[str, int]) -> None:
    counted: Counter[str] = Counter()
    for row in ROWS:
        if row.section == section:
            counted[row.kind] += row.occurrences

    assert expected == dict(counted)


def test_table_has_rows_of_every_kind() -> None:
    kinds = {row.kind for row in ROWS}

    assert kinds == {
        "quantity",
        "range",
        "deadline",
        "period",
        "frequency",
        "counted_list",
        "words",
        "achievement",
        "budget_bound",
        "blank",
        "free_text",
    }
