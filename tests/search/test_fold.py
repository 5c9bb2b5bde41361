"""Text as it is compared: how something was typed or printed makes no difference."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.fold import fold, fold_all


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２２，５５１，２２６．７３ 元", "22551226.73元"),
        ("22,551,226.73", "22551226.73"),
        ("甲，乙", "甲,乙"),
        ("1，项", "1,项"),
        ("Café 党建\u3000培训", "café党建培训"),
        ("Σίσυφος ㎡", "σίσυφοσm2"),
        ("\"两新\" “两新” ‘两新’ '两新' 「两新」 『两新』 ＂两新＇ ｢两新｣", "两新" * 8),
        ("“1”，“2”", "12"),
        ("不\u00a0换\u200b行\u00ad", "不换行"),
    ],
)
def test_width_case_blanks_and_separators_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


TEXTS = st.text(st.sampled_from('甲乙１2,，.（"“＇ ㎡Σςİé\u0301가ﾊﾟ\u3000\u200b𠮷')) | st.text(
    st.characters(exclude_characters="\0", codec="utf-8")
)


@given(st.lists(TEXTS, min_size=1))
def test_texts_folded_together_are_as_folded_one_by_one(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


def test_the_sign_between_texts_counts_as_a_blank_where_an_author_wrote_it() -> None:
    assert fold_all(["甲\0乙", "丙"]) == ["甲乙", "丙"]


@given(TEXTS)
def test_folding_is_normalizing_and_leaving_out(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).lower()
    assert set(fold(text)) <= {*plain.replace("ς", "σ")}
    assert not any(character.isspace() for character in fold(text))
