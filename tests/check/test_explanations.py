"""What counts as an explanation: anything but dashes, 无 and the like, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.subject import is_said
from generator.text import folded

SAYS_NOTHING = ("", "-", "—", "——", "–", "/", "／", "－", "无", "无偏差", "没有", "不适用", "无。")


@pytest.mark.parametrize("text", [*SAYS_NOTHING, " 无 ", "　—　", "无：", "：", "没 有", "不适用:", "－ ", "\n/"])
def test_a_dash_or_a_word_for_nothing_explains_nothing(text: str) -> None:
    assert not is_said(text)


@pytest.mark.parametrize("text", ["因雨延期", "无偏差，已完成", "没有完成", "不适用于本年", "0", "-5%", "。"])
def test_anything_else_is_an_explanation(text: str) -> None:
    assert is_said(text)


@given(st.text("-—–/／－无偏差没有不适用。:： 　\n因0", max_size=6))
def test_width_and_blanks_make_no_difference(text: str) -> None:
    assert is_said(text) == (folded(text) not in SAYS_NOTHING)
