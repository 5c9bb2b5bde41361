"""What the comparison takes for the same: printed figures, values with a unit, and indicators of several records."""

from typing import Any

import pytest

from tests.test_browser_scripts import answers


def told(function: str, texts: list[str]) -> list[Any]:
    return answers("printed.ts", [(function, [text]) for text in texts])


@pytest.mark.parametrize(
    "alike",
    [
        ["1,234,567.80", "1234567.8", "１２３４５６７．８０", "1234567.800", "+1 234 567.8"],
        ["0", "0.00", "-0"],
        ["-35.4", "-35.40"],
    ],
)
def test_a_figure_is_the_same_with_and_without_separators_and_zeros(alike: list[str]) -> None:
    assert len(set(told("figure", alike))) == 1
    assert told("figure", alike)[0] is not None


def test_what_is_no_figure_is_not_taken_for_one() -> None:
    assert told("figure", ["", "-", "—", "/", "12,34", "1.2.3", "2次", "≥2", "约3"]) == [None] * 9
    assert len(set(told("figure", ["0", "", "10", "1", "100%", "100"]))) == 6


def test_a_value_with_a_unit_is_compared_by_its_figure_and_a_bare_one_as_it_is_printed() -> None:
    same = told("value", ["≥2.00(次)", "≥ 2（次）", "≥2(次)"])
    assert len(set(same)) == 1
    assert same[0] is not None
    assert len(set(told("value", ["≥2(次)", "≤2(次)", "≥2(人)", "≥20(次)", "2次"]))) == 5
    # October is not January.
    assert told("value", ["2024.10", "2024.1"]) == [None, None]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("≥2.00(次)", "次"),
        ("=100.00 (%)", "%"),
        ("≤80.00（元/人次）", "元/人次"),
        ("95%", "%"),
        ("30 人次", "人次"),
        ("加强", ""),
        ("2024", ""),
        ("", ""),
        ("10-20", ""),
    ],
)
def test_the_unit_is_what_stands_behind_the_figure(printed: str, unit: str) -> None:
    assert told("unitOf", [printed]) == [unit]


def matched(*records: str) -> list[list[int | None]]:
    """Match indicators written as 上级/名称/单位, one record a text."""
    rows = [
        [dict(zip(("levels", "name", "unit"), row.split("/"), strict=True)) for row in record.split()]
        for record in records
    ]
    found: list[list[int | None]] = answers("compare_matching.ts", [("matchRows", [rows])])[0]
    return found


def test_indicators_are_matched_by_level_name_and_unit_wherever_they_stand() -> None:
    assert matched("数量/培训/次 数量/走访/户", "数量/走访/户 数量/培训/次") == [[0, 1], [1, 0]]


def test_of_two_that_are_called_alike_the_unit_decides() -> None:
    assert matched("数量/培训/次 数量/培训/人", "数量/培训/人 数量/培训/次") == [[0, 1], [1, 0]]


def test_a_changed_unit_keeps_the_place_and_a_moved_one_is_found_by_its_name() -> None:
    assert matched("数量/培训/次", "数量/培训/人") == [[0, 0]]
    assert matched("数量/培训/次", "质量/培训/次") == [[0, 0]]


def test_where_two_could_be_meant_below_another_level_none_is() -> None:
    assert matched("数量/培训/次", "质量/培训/次 时效/培训/次") == [[0, None], [None, 0], [None, 1]]
    assert matched("质量/培训/次 时效/培训/次", "数量/培训/次") == [[0, None], [1, None], [None, 0]]


def test_what_others_lack_stands_behind_what_it_follows_on_its_form() -> None:
    assert matched("数量/甲/次 数量/乙/次", "数量/甲/次 数量/新/次 数量/乙/次", "数量/乙/次 效益/末/次") == [
        [0, 0, None],
        [None, 1, None],
        [1, 2, 0],
        [None, None, 1],
    ]


def test_rows_without_a_name_are_never_matched_across_levels() -> None:
    assert matched("数量//次", "质量//次") == [[0, None], [None, 0]]
