"""A record in the words of schema.org tells what is printed, and can never end its script element."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.plan.json_ld import record_json_ld
from generator.plan.rows import RecordRow, make_lines
from generator.resources import packaged
from tests.checked import PUBLIC, site_check
from tests.export.exported import load

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = load(CONTENT)
CHECK = site_check(CATALOG, PUBLIC)
ROWS = {record.id: make_lines(record, CATALOG, CHECK).row for record in CATALOG.records}
SELF_EVALUATION = ROWS["2024/xinzhuang/dangqun"]


def told(row: RecordRow, *, title: str = "名", suffix: str = ".yaml", modified: str = "") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        record_json_ld(row, title=title, description="一句话。", suffix=suffix, modified=modified)
    )
    return made


def test_it_names_record_year_unit_and_department() -> None:
    data = told(SELF_EVALUATION, modified="2025-03-31")

    assert (data["@context"], data["@type"]) == ("https://schema.org", "Dataset")
    assert (data["identifier"], data["temporalCoverage"]) == ("2024/xinzhuang/dangqun", "2024")
    assert data["creator"]["@type"] == "GovernmentOrganization"
    assert data["creator"]["name"] == "上海市莘庄工业区社区党群服务中心"
    assert data["creator"]["parentOrganization"]["name"] == "上海市莘庄工业区管理委员会"
    assert data["dateModified"] == "2025-03-31"


def test_a_day_nobody_knows_is_not_given() -> None:
    assert "dateModified" not in told(SELF_EVALUATION)


def test_figures_stand_as_printed_with_their_unit() -> None:
    figures = {one["name"]: (one["value"], one.get("unitText")) for one in told(SELF_EVALUATION)["variableMeasured"]}

    assert figures == {
        "年初预算数": ("417.32", "万元"),
        "全年预算数": ("470.26", "万元"),
        "全年执行数": ("468.77", "万元"),
        "总分": ("97.97", None),
        "评分等级": ("优", None),
    }


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_the_site_added_up_is_none_of_the_figures(row: RecordRow) -> None:
    amounts = row.amounts
    printed = [
        one
        for one in (amounts.initial_budget, amounts.adjusted_budget, amounts.executed, amounts.requested)
        if one and one.printed
    ]

    values = [one["value"] for one in told(row)["variableMeasured"]]
    assert values[: len(printed)] == [one.printed for one in printed]


@pytest.mark.parametrize(("suffix", "kind"), [(".yaml", "application/yaml"), (".md", "text/markdown")])
def test_its_files_are_named_with_their_kind(suffix: str, kind: str) -> None:
    files = {one["encodingFormat"]: one["contentUrl"] for one in told(SELF_EVALUATION, suffix=suffix)["distribution"]}

    assert files == {
        "application/json": "../../../api/v1/records/2024/xinzhuang/dangqun.json",
        kind: f"../../../records/2024/xinzhuang/dangqun{suffix}",
    }


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "</SCRIPT >", "]]>", "<\\/script>"]))
def test_no_text_can_end_the_script_or_begin_a_comment(text: str) -> None:
    row = replace(SELF_EVALUATION, name=text, unit=replace(SELF_EVALUATION.unit, title=text))
    made = record_json_ld(row, title=text, description=text, suffix=".yaml", modified="")

    assert not re.search("[<>&]", made)
    assert (json.loads(made)["name"], json.loads(made)["creator"]["name"]) == (text, text)


def test_the_page_holds_it_once() -> None:
    template = (packaged("templates") / "pages/record.html").read_text(encoding="utf-8")

    assert template.count('<script type="application/ld+json">{{ page.json_ld | safe }}</script>') == 1
    assert template.count("safe }}") == 1
