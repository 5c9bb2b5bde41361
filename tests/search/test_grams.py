"""The short runs of characters by which texts are found."""

from hypothesis import given
from hypothesis import strategies as st

from generator.search.fold import fold
from generator.search.grams import grams_of, initials_grams, text_grams
from generator.search.initials import initials_of, written


def test_every_two_characters_are_a_gram_and_every_four_of_a_figure() -> None:
    assert grams_of(["走访12.50户"]) == {"走访", "访1", "12", "2.", ".5", "50", "0户", "12.5", "2.50"}


def test_no_gram_reaches_from_one_text_into_the_next() -> None:
    assert text_grams([["1234", "5678"]]) == dict.fromkeys(["12", "23", "34", "1234", "56", "67", "78", "5678"], 1)


TEXTS = st.text(st.sampled_from("甲乙１2,，.%a "))


@given(st.lists(st.lists(TEXTS), max_size=8))
def test_a_unit_has_the_grams_of_each_of_its_records(texts: list[list[str]]) -> None:
    found = text_grams(texts)

    for number, own in enumerate(texts):
        assert {gram for gram, bits in found.items() if bits >> number & 1} == grams_of([fold(text) for text in own])


def test_initials_are_the_first_letters_of_readings_and_what_is_typed_as_it_is() -> None:
    assert initials_of("良心党建（Ａ1）") == ("l", "x", "d", "j", "", "a", "1", "")
    assert written(initials_of("良心党建（Ａ1）")) == "lxdj-a1-"
    assert written(initials_of("银行")) == "y(xh)"


def test_each_reading_of_a_character_gives_grams() -> None:
    assert set(initials_grams([[initials_of("重庆银行")]])) == {
        "zq",
        "cq",
        "qy",
        "yx",
        "yh",
        "zqyx",
        "zqyh",
        "cqyx",
        "cqyh",
    }
