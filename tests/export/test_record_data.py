"""What the JSON says of a record: the print exactly, and what is computed under names of its own."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.export.plain import encoded, in_whole_cents, number_of
from generator.model.values import parse_value
from tests.export.exported import Exported

DANGQUN_2024 = "2024/xinzhuang/dangqun"
DANGQUN_2023 = "2023/jiuliting/dangqun"
WHOLE_UNIT = "2023/xinhong/zhengti"
DECLARATION = "2024/xidu/dangjian"
MADE_UP = "2025/somewhere/something.target"


def row(record: dict[str, Any], label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in record["funding"] if row["label"] == label)
    return found


def indicator(record: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in record["indicators"] if row["name"] == name)
    return found


def numbers(value: object, way: str = "") -> set[str]:
    """Return the keys under which anything but text and counts stands."""
    match value:
        case Decimal():
            return {way}
        case dict():
            return {found for key, inner in value.items() for found in numbers(inner, f"{way}/{key}")}
        case list():
            return {found for inner in value for found in numbers(inner, way)}
        case _:
            return set()


def test_amounts_stand_as_printed_and_exactly_in_yuan(real: Exported) -> None:
    total = row(real.record(DANGQUN_2024), "年度资金总额")

    assert [total[key] for key in ("initial_budget", "adjusted_budget", "executed")] == ["417.32", "470.26", "468.77"]
    assert (total["points"], total["execution_rate"], total["score"]) == ("10.00", "99.68", "9.97")
    assert total["yuan"] == {
        "initial_budget": Decimal("4173200.00"),
        "adjusted_budget": Decimal("4702600.00"),
        "executed": Decimal("4687700.00"),
    }


def test_a_thousands_separator_is_kept_in_print_and_gone_in_yuan(real: Exported) -> None:
    total = row(real.record(DANGQUN_2023), "年度资金总额")

    assert total["executed"] == "815,826.17"
    assert total["adjusted_budget"] == "815826.17"
    assert total["yuan"]["executed"] == Decimal("815826.17")


def test_figures_whose_columns_cannot_be_told_stay_in_the_order_printed(real: Exported) -> None:
    carryover = row(real.record(DANGQUN_2023), "上年结转资金")

    assert carryover["printed_cells"] == ["0", "0"]
    assert carryover["unreadable"] == {"row": "三栏只印出两个 0，无法判断空白的是哪一栏"}
    assert carryover["yuan"] == {}
    assert carryover["executed"] is None


def test_a_blank_a_dash_and_no_column_are_three_things(real: Exported) -> None:
    source = row(real.record(DANGQUN_2023), "当年财政拨款")
    declaration = real.record(DECLARATION)

    assert source["score"] == ""
    assert source["points"] == "—"
    assert row(real.record(DANGQUN_2024), "当年财政拨款")["points"] == "-"
    assert row(declaration, "年度资金申请总额")["points"] is None
    assert declaration["project_goal"] == ""
    assert declaration["objective_achieved"] is None
    assert declaration["grade"] is None


def test_points_that_cannot_be_read_are_null_with_the_reason(real: Exported) -> None:
    found = indicator(real.record(WHOLE_UNIT), "项目管理活动完成数")

    assert found["points"] is None
    assert found["unreadable"] == {"points": "原件转换后这一栏缺失"}
    assert found["score"] == "1"
    assert found["computed_points_lost"] is None
    assert found["extra"] == {"年度指标值与全年完成值之间": "2"}


def test_a_target_that_cannot_be_read_is_not_parsed(real: Exported) -> None:
    found = indicator(real.record(DECLARATION), "促进经济、社会发展")

    assert found["target"] is None
    assert found["target_parsed"] is None
    assert found["unreadable"] == {"target": "原件转换后这一格的内容无法辨认"}


def test_totals_and_grade_are_those_printed(real: Exported) -> None:
    project, whole = real.record(DANGQUN_2024), real.record(WHOLE_UNIT)

    assert (project["total_points"], project["total_score"], project["grade"]) == ("100.00", "97.97", "优")
    assert (whole["total_points"], whole["total_score"], whole["grade"]) == ("100", "93", None)
    assert whole["level1_weights"] == {
        "投入管理指标": "30", "产出指标": "25", "效果指标": "35", "满意度指标": "10", "合计": "100",
    }  # fmt: skip


def test_the_head_says_what_form_it_is_and_where_it_belongs(real: Exported) -> None:
    record = real.record(DANGQUN_2024)

    assert record["form"] == "财政项目支出绩效自评表"
    assert (record["layout"], record["form_definition"]) == ("A1", "self_evaluation_a1")
    assert (record["fiscal_year"], record["period"]) == (2024, "(2024年度)")
    assert record["competent_department"] == "上海市莘庄工业区管理委员会(汇总)"
    assert record["department"] == {"slug": "xinzhuang-gongyequ", "name": "上海市莘庄工业区管理委员会"}
    assert record["unit"] == {"slug": "xinzhuang", "name": "上海市莘庄工业区社区党群服务中心"}
    assert record["project"] == {"key": "dangqun", "url": "projects/xinzhuang/dangqun.html"}
    assert record["project_code"] is None


def test_each_record_names_its_page_its_json_and_its_source(real: Exported) -> None:
    record = real.record(DECLARATION)

    assert record["url"] == "records/2024/xidu/dangjian.html"
    assert record["json_url"] == "api/v1/records/2024/xidu/dangjian.json"
    assert record["source_url"] == "records/2024/xidu/dangjian.md"
    assert real.record(DANGQUN_2024)["source_url"] == "records/2024/xinzhuang/dangqun.yaml"
    assert real.json(record["json_url"]) == record


def test_an_indicator_is_cited_by_its_anchor(real: Exported) -> None:
    record = real.record(DANGQUN_2023)
    found = indicator(record, "党建特色活动次数")
    line = next(row for row in real.table("indicators") if row["三级指标"] == found["name"])

    assert line["网址"] == f"{record['url']}#{found['anchor']}"
    assert (found["levels"], found["number"]) == (["产出指标", "数量指标"], 5)
    assert (line["一级指标"], line["二级指标"]) == ("产出指标", "数量指标")


def test_a_missed_target_is_told_beside_its_print(real: Exported) -> None:
    found = indicator(real.record(DANGQUN_2023), "党建特色活动次数")

    assert (found["target"], found["actual"], found["points"], found["score"]) == ("=10次", "=8次", "1", "0")
    assert found["target_parsed"] == {"kind": "quantity", "comparator": "=", "number": "10", "unit": "次"}
    assert (found["computed_points_lost"], found["computed_outcome"]) == ("1", "missed")
    assert found["deviation_reason"] == "部分活动推迟至下一年度举办"


def test_every_value_is_parsed_as_the_model_parses_it(real: Exported) -> None:
    rows = [row for record in real.records() for row in record["indicators"]]

    assert len(rows) == 195
    for one in rows:
        for key in ("target", "actual"):
            expected = None if one[key] is None else parse_value(one[key]).to_data()
            assert one[f"{key}_parsed"] == expected


def test_what_is_computed_stands_apart_from_what_is_printed(real: Exported) -> None:
    computed = real.record(DANGQUN_2024)["computed"]

    assert computed["printed_execution_rate"] == "99.68"
    assert Decimal(computed["execution_rate"]) == Decimal("468.77") / Decimal("470.26") * 100
    assert computed["adjustment"] == Decimal("529400.00")
    assert computed["points_lost"] == "2.03"
    assert computed["amounts"]["adjusted_budget"] == {
        "printed": "470.26",
        "yuan": Decimal("4702600.00"),
        "summed": False,
    }


def test_the_sum_of_a_single_source_is_that_source(real: Exported) -> None:
    amounts = real.record(WHOLE_UNIT)["computed"]["amounts"]

    assert amounts["executed"] == {"printed": "22,498,653.69", "yuan": Decimal("22498653.69"), "summed": False}
    assert amounts["initial_budget"] is None


def test_whatever_a_record_can_have_is_exported(made_up: Exported) -> None:
    record = made_up.record(MADE_UP)
    long_term, scored, part = record["indicators"]

    assert record["tables"] == [{"title": "明细", "columns": ["名称", "数"], "rows": [["甲", "=1"], ["乙", None]]}]
    assert record["extra"] == {"印章": "有", "落款": None}
    assert record["source"] == {"document": "某表", "address": None}
    assert (long_term["horizon"], long_term["levels"]) == ("long_term", [])
    assert long_term["target_parsed"]["upper_included"] is True
    assert scored["levels"] == ["产出指标", "数量指标", "子类"]
    assert (scored["adjusted_target"], scored["likelihood"]) == ("=9", "有可能")
    assert part["parent"] == scored["number"] == 2
    assert part["deviation_reason"] is None


def test_parts_of_money_point_at_their_whole(made_up: Exported) -> None:
    whole, central, local, other = made_up.record(MADE_UP)["funding"]

    assert central["parent"] == local["parent"] == whole["number"] == 1
    assert whole["parent"] is None
    assert {row["group"] for row in (whole, central, local, other)} == {"资金来源"}
    assert whole["extra"] == {"县级/自筹": "+3 万"}
    assert whole["yuan"] == {
        "adjusted_budget": Decimal("1234.567"),
        "executed": Decimal("-50000.00"),
        "executed_to_date": Decimal("10000000.00"),
    }
    assert central["yuan"] == {"adjusted_budget": Decimal("946000.00")}


def test_every_cell_that_cannot_be_read_is_found_by_its_way(made_up: Exported) -> None:
    record = made_up.record(MADE_UP)

    assert record["unreadable"] == {
        "person_in_charge": "被印章遮住",
        "total_score": "缺页",
        "level1_weights/合计": "缺页",
        "source/address": "缺页",
        "tables/0/rows/1/1": "污损",
        "extra/落款": "缺页",
    }
    assert record["funding"][2]["unreadable"] == {"adjusted_budget": "墨迹"}
    assert record["indicators"][1]["unreadable"] == {"actual": "缺页"}
    assert record["person_in_charge"] is record["total_score"] is record["level1_weights"]["合计"] is None


@pytest.mark.parametrize("site", ["real", "made_up"])
def test_only_amounts_in_yuan_are_numbers(site: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    found = numbers(exported.records())

    assert found
    assert {way for way in found if "/yuan" not in way and way != "/computed/adjustment"} == set()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=8))
def test_yuan_are_exact_with_at_least_two_places_and_no_exponent(amount: Decimal) -> None:
    text = encoded({"yuan": number_of(in_whole_cents(amount))}).decode().removeprefix('{"yuan":').removesuffix("}")

    assert Decimal(text) == amount
    assert re.fullmatch(r"-?\d+\.\d{2,}", text)
