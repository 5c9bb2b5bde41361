"""Which records have a gram, written down and read back."""

from hypothesis import given
from hypothesis import strategies as st

from generator.search.grams import Bits, text_grams
from generator.search.postings import bits_of, patched, posting_of, postings_of


def test_postings_are_as_short_as_they_can_be() -> None:
    assert posting_of(0, 60) == ""
    assert posting_of((1 << 60) - 1, 60) == "*"
    assert posting_of(1 << 59, 60) == "7."
    assert posting_of(1 << 1 | 1 << 2, 6) == "Y,"
    assert posting_of(1 << 70, 100) == "BG."


@st.composite
def records(draw: st.DrawFn) -> tuple[int, int]:
    count = draw(st.integers(1, 200) | st.just(5000))
    return sum({1 << draw(st.integers(0, count - 1)) for _ in range(draw(st.integers(0, 9)))}), count


@given(records())
def test_what_is_written_is_read_back(given_: tuple[int, int]) -> None:
    bits, count = given_
    assert bits_of(posting_of(bits, count), count) == bits


TEXTS = st.lists(st.text("甲乙丙12.", max_size=6), min_size=1, max_size=4)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.data())
def test_patching_changed_records_gives_what_all_records_give(texts: list[list[str]], data: st.DataObject) -> None:
    before = postings_of(text_grams(texts), len(texts))
    changed = data.draw(st.dictionaries(st.integers(0, len(texts) - 1), TEXTS))
    now = [changed.get(number, own) for number, own in enumerate(texts)]

    fresh = {number: set(text_grams([own])) for number, own in changed.items()}

    assert patched(before, len(texts), fresh) == postings_of(text_grams(now), len(now))


def test_all_grams_get_a_posting() -> None:
    bits: Bits = {"甲乙": 1, "乙丙": 3}
    assert postings_of(bits, 2) == {"甲乙": "g,", "乙丙": "*"}
