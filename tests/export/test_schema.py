"""The published schema fits what is published and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.export.check_schema import check_definitions
from generator.export.schema import api_schema
from generator.export.value_schema import value_schema
from generator.model.values import parse_value
from generator.vocabulary import TERMS, Place
from tests.export.exported import Exported

Breaking = Callable[[dict[str, Any]], object]

VALIDATOR = Draft202012Validator({"$ref": "#/$defs/record", "$defs": api_schema()["$defs"]})
VALUES = Draft202012Validator(value_schema())

PRINTED_VALUES = [
    "≥80.00(元/人)", ">1万人", "85%-100%", "10(不含)-20(含)万元", "2024年12月前完成", "5月", "第一季度（甲、乙）", "上半年",
    "12月底前", "全年", "1-6月", "平均每月不少于3次", "每两年一次", "2项(白领服务项目、社团运维)", "及时、规范", "定性",
    "定性:好", "达成指标", "部分达成指标", "控制在预算内", "", "—", "/", "20场系列活动若干,其余12场", "1 0 0 %", "-5.5℃",
]  # fmt: skip


def faults(data: object) -> list[str]:
    return [f"{fault.json_path} {fault.message[:120]}" for fault in VALIDATOR.iter_errors(data)]


def test_the_schema_is_itself_in_order_and_names_no_host() -> None:
    schema = api_schema()

    Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:")


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_what_is_published_fits_the_published_schema(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    schema = exported.json("api/v1/schema.json")
    unit = Draft202012Validator({"$ref": "#/$defs/unit_file", "$defs": schema["$defs"]})

    assert schema == api_schema()
    assert list(Draft202012Validator(schema).iter_errors(exported.json("api/v1/records.json"))) == []
    for record in exported.catalog.records:
        assert faults(exported.record(record.id)) == []
        assert list(unit.iter_errors(exported.json(f"api/v1/units/{record.unit}.json"))) == []


def test_a_broken_list_of_records_does_not_fit(real: Exported) -> None:
    schema, listed = Draft202012Validator(api_schema()), real.json("api/v1/records.json")
    listed["records"][0]["budget_yuan"] = "1"
    listed["records"][1].pop("grade")
    listed["records"][2]["indicators"] = []

    assert len(list(schema.iter_errors(listed))) == 3


BREAKINGS: dict[str, Breaking] = {
    "a figure as a number": lambda record: record["funding"][0].update(executed=468.77),
    "yuan as text": lambda record: record["funding"][0]["yuan"].update(executed="4687700.00"),
    "yuan of points": lambda record: record["funding"][0]["yuan"].update(points=10),
    "a column of the money block nobody knows": lambda record: record["funding"][0].update(nonsense="1"),
    "a field nobody knows": lambda record: record.update(nonsense=""),
    "no id": lambda record: record.pop("id"),
    "no grade, not even null": lambda record: record.pop("grade"),
    "an indicator without target": lambda record: record["indicators"][0].pop("target"),
    "an outcome nobody knows": lambda record: record["indicators"][0].update(computed_outcome="passed"),
    "a kind of value nobody knows": lambda record: record["indicators"][0]["target_parsed"].update(kind="guess"),
    "a value with a foreign part": lambda record: record["indicators"][0]["target_parsed"].update(degree="met"),
    "an empty reason": lambda record: record["indicators"][0].update(unreadable={"target": ""}),
    "a unit of money nobody knows": lambda record: record.update(money_unit="美元"),
    "a type of record nobody knows": lambda record: record.update(record_type="Report"),
    "a year as text": lambda record: record.update(fiscal_year="2024"),
    "an outcome of a rule nobody knows": lambda record: record["check"]["ledger"].update(fine={"BUD001": 1}),
    "a rule that looked at a part of a place": lambda record: record["check"]["ledger"]["pass"].update(BUD001="1"),
    "an empty outcome": lambda record: record["check"]["ledger"].update(waived={}),
    "a reason that is empty": lambda record: record["check"]["reasons"].update(BUD001=[]),
    "a remark that says nothing": lambda record: record["check"]["scoring"][0].update(remark=""),
    "a computed figure as a number": lambda record: record["check"]["calculations"][0].update(computed=99.68),
    "a finding without its rule": lambda record: record["check"]["findings"][0].pop("code"),
}


@pytest.mark.parametrize("breaking", BREAKINGS.values(), ids=BREAKINGS)
def test_a_broken_file_does_not_fit(breaking: Breaking, real: Exported) -> None:
    record = real.record("2024/xinzhuang/dangqun")
    breaking(record)

    assert len(faults(record)) == 1


@pytest.mark.parametrize("text", PRINTED_VALUES)
def test_every_kind_of_value_fits(text: str) -> None:
    assert list(VALUES.iter_errors(parse_value(text).to_data())) == []


def test_every_kind_of_value_is_tried() -> None:
    kinds = {kind["properties"]["kind"]["const"] for kind in value_schema()["oneOf"]}

    assert {parse_value(text).kind for text in PRINTED_VALUES} == kinds


@given(
    st.text("0123456789.,-%≥≤=<>()（）年月日前底第一二季度上下半全每次项人元万亿及时、规范定性达成指标完 ", max_size=14)
)
def test_whatever_is_printed_parses_to_what_the_schema_allows(text: str) -> None:
    assert list(VALUES.iter_errors(parse_value(text).to_data())) == []


def test_every_term_of_the_vocabulary_is_described_in_its_own_words() -> None:
    definitions = api_schema()["$defs"]
    for place, definition in ((Place.INDICATOR, "indicator"), (Place.FUNDING_ROW, "funding_row")):
        properties = definitions[definition]["properties"]
        for term in TERMS[place]:
            # The levels above the name are a list of their own; level 4 is the name of the row that has one.
            if term.identifier not in ("parts", "extra", "printed_cells", "unreadable", "level1", "level2", "level4"):
                described = properties[term.identifier]["description"]
                assert described == f"{term.label}：{term.description}"


def test_every_property_has_an_english_title_and_a_chinese_description() -> None:
    for definition in (
        "record",
        "funding_row",
        "indicator",
        "table",
        "computed",
        "index_entry",
        "unit_file",
        *check_definitions(),
    ):
        for name, schema in api_schema()["$defs"][definition]["properties"].items():
            if "$ref" not in schema:
                assert schema["title"].isascii(), name
                assert not schema["description"].isascii(), name
