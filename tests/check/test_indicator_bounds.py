"""Bounds that contradict each other."""

import pytest

from generator.check.rows.indicator_bounds import contradiction_in


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("100%-95%", "下限大于上限"),
        ("30-20次", "下限大于上限"),
        ("≥95%≤90%", "下限大于上限"),
        ("≥95%且≥90%", "写了两个同方向的界限"),
        ("≥≤90%", "写了两个比较符号"),
    ],
)
def test_contradicting_bounds_are_named(text: str, why: str) -> None:
    assert contradiction_in(text) == why


@pytest.mark.parametrize(
    "text", ["≥85%且≤100%", "12-3", "12月-3月", "2024-1", "≥90人（其中女性≥50人）", "及时", "9:00-8:00"]
)
def test_what_may_be_meant_so_is_no_contradiction(text: str) -> None:
    assert contradiction_in(text) == ""
