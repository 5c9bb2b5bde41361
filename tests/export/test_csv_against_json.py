"""Every cell of the CSV is what the JSON has at its place, read here by other ways than it was written."""

from typing import Any

import pytest

from generator.export.columns import CONTEXT, Column
from generator.export.csv_table import harmless
from generator.export.tables import TABLES
from tests.export.exported import Exported

Data = dict[str, Any]

ABOUT_THE_RECORD = {column.identifier for column in CONTEXT}
TOTALS = ("年度资金总额", "合计")
SITE = "https://example.invalid/绩效/"


def text(value: object) -> str:
    """Return a value of the JSON as one text."""
    match value:
        case None:
            return ""
        case dict():
            return "；".join(f"{key}：{inner or ''}" for key, inner in value.items())
        case list():
            return "；".join(inner or "" for inner in value)
        case _:
            return str(value)


def expected(column: Column, table: str, record: Data, row: Data) -> str:
    """Return the cell of a column."""
    name = column.identifier
    if name in ABOUT_THE_RECORD or table == "records":
        row = record
    if name in ("unit_name", "department_name"):
        return text((row[name.removesuffix("_name")] or {}).get("name"))
    if table == "records":
        return of_record(name, record)
    if table == "findings" and name.startswith("finding_"):
        return text(row[name.removeprefix("finding_")])
    if table in ("budget_changes", "full_marks"):
        total: Data = next((one for one in record["funding"] if one["label"] in TOTALS), {})
        if name == "adjustment_reason" or (
            name in record["computed"]["amounts"] and not record["computed"]["amounts"][name]
        ):
            return text(total.get(name))
        return of_record(name, record)
    if name.startswith("computed_miss_"):
        return text(row["computed_miss"][name.removeprefix("computed_miss_")])
    if table in ("indicators", "deviations", "missed_targets"):
        return of_indicator(name, record, row)
    if name.endswith("_yuan"):
        return text(row["yuan"].get(name.removesuffix("_yuan")))
    return text(record[name] if name in ("money_unit", "url") and table == "funding" else row.get(name))


def of_record(name: str, record: Data) -> str:
    computed = record["computed"]
    if name == "project_key":
        return text(record["project"]["key"])
    if name == "execution_rate":
        return text(computed["printed_execution_rate"])
    if name.startswith("computed_"):
        return text(computed[name.removeprefix("computed_")])
    amount, is_yuan = name.removesuffix("_yuan"), name.endswith("_yuan")
    if amount in computed["amounts"]:
        return text((computed["amounts"][amount] or {}).get("yuan" if is_yuan else "printed"))
    return text(record.get(name))


def of_indicator(name: str, record: Data, row: Data) -> str:
    if name in ("level1", "level2"):
        return text(dict(zip(("level1", "level2"), row["levels"], strict=False)).get(name))
    if name == "levels":
        return " › ".join(row["levels"])
    if name == "url":
        return f"{record['url']}#{row['anchor']}"
    if "_parsed_" in name:
        parsed, _, part = name.rpartition("_")
        return text((row[parsed] or {}).get(part))
    return text(row.get(name))


def rows_of(table: str, record: Data, exported: Exported) -> list[Data]:
    """Return the parts of a record that have a line in a table."""
    match table:
        case "records":
            return [record]
        case "deviations":
            numbers = [row["序号"] for row in exported.table("deviations") if row["记录标识"] == record["id"]]
            return [row for row in record["indicators"] if str(row["number"]) in numbers]
        case "missed_targets":
            return [row for row in record["indicators"] if "computed_miss" in row]
        case "budget_changes":
            return [record] if record["computed"]["budget_change"] else []
        case "full_marks":
            return [record] if record["computed"]["full_marks"] else []
        case "findings":
            found: list[Data] = record["check"]["findings"]
            return found
        case "promises":
            # It compares two records, so the JSON of none has it; here none was compared.
            return []
        case _:
            parts: list[Data] = record[table]
            return parts


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("site", "address"), [("real", ""), ("made_up", SITE)])
def test_every_cell_is_that_of_the_json(name: str, site: str, address: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    titles = {column.identifier: column.name.label for column in TABLES[name].columns} | {"row": "整行"}
    lines = iter(exported.table(name))
    for record in exported.records():
        for row in rows_of(name, record, exported):
            line = next(lines)
            for column in TABLES[name].columns:
                told = expected(column, name, record, row)
                if column.identifier == "unreadable" and (whys := row.get("unreadable")):
                    told = text({titles.get(key, key): why for key, why in whys.items()})
                if told and column.identifier in ("url", "json_url", "rule_url"):
                    told = address + told
                assert line[column.name.label] == harmless(told), (record["id"], column.identifier)
    assert list(lines) == []
