"""The lines of the explorer: short, figures as printed, and never another number than the site reads."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.export.data_files import explore_files
from generator.export.explore_data import explore_line
from generator.model.amounts import Amount
from generator.model.records import Cell
from generator.plan.rows import Lines, make_lines
from generator.plan.script_data import LONGEST, explore_names, script_value
from tests.checked import site_check
from tests.export.exported import Exported

NAMES = (
    "id name form unit initial budget basis executed rate points score grade lost lost_unknown deviations findings "
    "contradictions codes title"
).split()


@pytest.fixture(scope="module")
def lines(real: Exported) -> dict[str, Lines]:
    check = site_check(real.catalog)
    return {record.id: make_lines(record, real.catalog, check) for record in real.catalog.records}


def line_of(real: Exported, lines: Lines) -> dict[str, Any]:
    values = json.loads(explore_line(lines, real.catalog))
    assert len(values) <= len(NAMES)
    return dict(zip(NAMES, values, strict=False))


def changed(lines: Lines, **values: object) -> Lines:
    """Return a record's lines with other values in its row; `amounts__x` changes one of its amounts."""
    own = {name.removeprefix("amounts__"): one for name, one in values.items() if name.startswith("amounts__")}
    rest = {name: one for name, one in values.items() if not name.startswith("amounts__")}
    return replace(lines, row=replace(lines.row, amounts=replace(lines.row.amounts, **own), **rest))


def test_figures_stand_as_printed(real: Exported, lines: dict[str, Lines]) -> None:
    found = line_of(real, lines["2023/jiuliting/zizhi"])

    assert {name: found[name] for name in ("unit", "initial", "budget", "executed", "rate", "points", "score")} == {
        "unit": "元", "initial": "3000000.00", "budget": "2734138.40", "executed": "2,734,138.4", "rate": "100.00%",
        "points": "100", "score": "100",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("99.77%", "99.77%"),
        ("1,234.5", "1,234.5"),
        ("", ""),
        ("—", "—"),
        ("约 98", "约 98"),
        ("９８", ["９８", "98"]),
        (" 98 %", [" 98 %", "98"]),
        ("+98", ["+98", "98"]),
        ("1,2345", "1,2345"),
        ("1234,567", ["1234,567", ""]),
        ("1234567890123456789", ["1234567890123456789", ""]),
    ],
)
def test_where_a_script_would_read_another_number_ours_stands_beside_it(
    real: Exported, lines: dict[str, Lines], printed: str, written: object
) -> None:
    one = changed(lines["2023/jiuliting/zizhi"], amounts__execution_rate=Cell(printed))

    assert line_of(real, one)["rate"] == written


def test_what_cannot_be_read_is_no_number(real: Exported, lines: dict[str, Lines]) -> None:
    one = changed(lines["2023/jiuliting/zizhi"], total_score=Cell("98", unreadable="墨迹"))

    assert line_of(real, one)["score"] == ["98", ""]


def test_our_own_sum_is_never_given_as_printed(real: Exported, lines: dict[str, Lines]) -> None:
    parts = (Decimal("1.5"), Decimal("2.25"))
    amount = Amount("", Decimal("3.75"), "万元", Decimal(37_500), parts)

    found = line_of(real, changed(lines["2024/xinzhuang/liangxin"], amounts__executed=amount))

    assert found["executed"] == ["", "37500"]
    assert found["unit"] == "万元"


def test_the_amount_applied_for_is_told_from_a_budget(real: Exported, lines: dict[str, Lines]) -> None:
    assert line_of(real, lines["2024/xidu/yizhan"])["basis"] == 1
    assert line_of(real, lines["2024/xinzhuang/liangxin"])["basis"] == 0
    only_initial = changed(lines["2024/xinzhuang/liangxin"], amounts__adjusted_budget=None)
    assert line_of(real, only_initial)["basis"] == 2


def test_points_lost_say_where_they_are_only_the_least(real: Exported, lines: dict[str, Lines]) -> None:
    found = line_of(real, lines["2023/xinhong/zhengti"])

    assert (found["lost"], found["lost_unknown"]) == ("5.2", lines["2023/xinhong/zhengti"].row.lost_unknown)
    assert found["lost_unknown"] > 0


def test_every_rule_that_found_something_is_named_once(real: Exported, lines: dict[str, Lines]) -> None:
    for one in lines.values():
        codes = str(line_of(real, one).get("codes", "")).split()
        assert codes == sorted({finding.code for finding in one.findings if not finding.is_waived})


def test_a_line_is_short(real: Exported, lines: dict[str, Lines]) -> None:
    assert max(len(explore_line(one, real.catalog)) for one in lines.values()) < 300


def test_a_file_hands_over_every_record_in_the_order_of_its_parts(real: Exported, lines: dict[str, Lines]) -> None:
    counts = {"explore": {"2024": 5, "2023": 3}}
    (file,) = explore_files(counts)
    content = file.content(explore_line(one, real.catalog) for one in lines.values()).decode()
    called = re.fullmatch(r'jixiaoData\("explore",(.*)\);\n', content, re.DOTALL)

    assert file.path == "browse/explore.js"
    assert called is not None
    assert [line[0] for line in json.loads(called[1])] == list(lines)


def test_more_records_than_a_browser_should_load_at_once_have_a_file_for_each_year() -> None:
    assert explore_names({"2023": LONGEST - 1, "2024": 1}) == (("explore", ("2024", "2023")),)
    assert explore_names({"2023": LONGEST, "2024": 1}) == (("explore-2024", ("2024",)), ("explore-2023", ("2023",)))
    assert [file.path for file in explore_files({"explore": {"2023": LONGEST, "2024": 1}})] == [
        "browse/explore-2024.js",
        "browse/explore-2023.js",
    ]


def test_a_site_without_records_has_an_empty_list() -> None:
    (file,) = explore_files({})

    assert file.content(()) == b'jixiaoData("explore",[\n\n]);\n'


def test_no_text_ends_a_script_or_a_line_of_it() -> None:
    text = "</script> \u2028 \u2029 党建"

    written = script_value(text)

    assert json.loads(written) == text
    assert not re.search("</|\u2028|\u2029", written.decode())
