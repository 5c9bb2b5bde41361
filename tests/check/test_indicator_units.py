"""When two units measure the same."""

import pytest

from generator.check.rows.indicator_units import name_clashes, units_clash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人次", "人"),
        ("%", "个"),
        ("天", "小时"),
        ("元", "%"),
        ("元/人", "元/月"),
        ("次", "家"),
        ("公里", "米"),
        ("公顷", "亩"),
        ("%", "贯"),
    ],
)
def test_units_of_different_things_clash(one: str, other: str) -> None:
    assert units_clash(one, other)
    assert units_clash(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "名"),
        ("次", "场"),
        ("㎡", "平方米"),
        ("公里", "km"),
        ("个", "家"),
        ("天", "工作日"),
        ("元/人/月", "元/月/人"),
        ("元/人次", "元/人/次"),
        ("元/人", "元"),
        ("株", "棵"),
        ("%", "个百分点"),
        ("次", ""),
        ("", ""),
    ],
)
def test_units_that_may_be_the_same_do_not_clash(one: str, other: str) -> None:
    assert not units_clash(one, other)
    assert not units_clash(other, one)


@pytest.mark.parametrize(("name", "unit"), [("参与人数", "人次"), ("补贴人数", "家"), ("开放天数", "人次")])
def test_a_name_that_says_what_it_counts_clashes_with_another_unit(name: str, unit: str) -> None:
    assert name_clashes(name, unit)


@pytest.mark.parametrize(("name", "unit"), [("参与人数", "人"), ("走访户数", "个"), ("培训人次", "人"), ("讲座", "家")])
def test_a_name_and_a_unit_that_may_agree_do_not_clash(name: str, unit: str) -> None:
    assert not name_clashes(name, unit)
