"""The quick looks at a whole record never miss what the close ones would find."""

from collections.abc import Callable
from decimal import Decimal
from re import Pattern

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.pack import national
from generator.check.rules.privacy import home_address, personal_email
from generator.check.rules.prose import (
    characters_lost,
    invisible_characters,
    markup_in_text,
    nothing_checkable,
    page_mark_in_text,
    prompt_left_over,
    punctuation_doubled,
)
from generator.check.runner import make_subject
from generator.check.wording.brackets import are_paired, bracket_faults
from generator.check.wording.text_matching import LIKE_ENOUGH, likeness, may_be_alike, pairs_in
from generator.check.wording.whole_text import LONG_NUMBER, WholeText, whole_text
from generator.model.catalog import Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.text import half_width
from tests.check.examples import run_example
from tests.check.test_texts import RECORD

_SIGNS = (
    "0123456789０１２ -—－–./．，。、；：:,()（）《》[]【】<>/&;br_*{}$\\nt@＠qwx.comXx×○〇＿?…\n\u3000\u200b\ufffd\ue000"
    "第共页请填写在此处待补目标示例年月次人户室号弄楼幢座栋单元层路里锟斤拷烫屯甲乙丙"
)
_PHRASES = (
    "13800001234", "138 0000 1234", "- 1 -", "-3-", "第1页 共3页", "请填写", "（示例）", "××次", "20XX", "____", "目标1：……", "。，", ",,",
    "<br>", "&nbsp;", "_x000D_", "{{a}}", "甲路12弄3号502室", "甲里3幢2单元4层402户", "a1@qq.com", "锟斤拷", "???", "â€", "2024年", "12次",
    "〔2024〕5号", "2024-12次", "3）", "12人",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(_PHRASES), st.text(_SIGNS, max_size=6)), max_size=6).map("".join)


def _words(text: str) -> WholeText:
    return WholeText([text], [], [])


def test_every_string_and_label_of_a_record_is_in_its_words(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records
    catalog = make_catalog((record,), Registry({record.unit: Unit(record.unit, "示例")}, {}), forms)
    subject = make_subject(record, catalog, lambda _: national())
    words = whole_text(subject)

    for piece in subject.pieces:
        assert piece.text in words.everything
        assert piece.text in words.of_form or not piece.is_of_form
        assert piece.key.isascii() or piece.key in words.labels or piece.key in ("标题", "表头", "注释")


@pytest.mark.parametrize(
    ("pattern", "may_hold"),
    [
        (characters_lost.LOST, characters_lost.may_hold),
        (invisible_characters.INVISIBLE, invisible_characters.may_hold),
        (markup_in_text.MARKUP, markup_in_text.may_hold_markup),
        (markup_in_text.EMPHASIS, markup_in_text.may_hold_emphasis),
        (page_mark_in_text.PAGE, page_mark_in_text.may_hold),
        (prompt_left_over.PROMPT, prompt_left_over.may_hold),
        (punctuation_doubled.DOUBLED, punctuation_doubled.may_hold),
        (home_address.HOME, home_address.may_hold),
        (personal_email.EMAIL, personal_email.may_hold),
    ],
    ids="lost invisible markup emphasis pages prompts punctuation homes emails".split(),
)
@given(text=TEXTS)
def test_a_quick_look_misses_no_pattern(
    pattern: Pattern[str], may_hold: Callable[[WholeText], bool], text: str
) -> None:
    assert may_hold(_words(text)) or not pattern.search(text)


@given(text=TEXTS)
def test_long_numbers_are_seen_as_the_pattern_sees_them(text: str) -> None:
    assert _words(text).has_long_number == bool(LONG_NUMBER.search(text))


def test_usual_signs_are_no_digits_of_another_width_and_never_invisible_or_lost() -> None:
    usual = [sign for sign in map(chr, range(0x10000)) if not 0xD800 <= ord(sign) < 0xE000 and _words(sign).is_usual]

    assert not [sign for sign in usual if sign.isdecimal() and not sign.isascii()]
    assert not [sign for sign in usual if invisible_characters.INVISIBLE.search(sign)]
    assert not [sign for sign in usual if characters_lost.LOST.search(sign)]
    assert set("一鿿，。；：（）《》“”—…≥≤％①℃") <= set(usual)


@given(text=st.text("()（）《》【】「」[]1,甲\n", max_size=24))
def test_paired_brackets_have_no_fault(text: str) -> None:
    assert not are_paired(text) or bracket_faults(text) == ()


@given(text=TEXTS)
def test_a_plainly_counted_number_is_a_number_to_the_close_look(text: str) -> None:
    found = nothing_checkable.NUMBER.search(nothing_checkable.NOT_COUNTED.sub("", half_width(text)))

    assert nothing_checkable.has_number(text) == (found is not None)


@given(one=st.text("甲乙丙丁戊", max_size=12), other=st.text("甲乙丙丁戊", max_size=12))
def test_phrases_that_are_alike_are_never_set_aside(one: str, other: str) -> None:
    assert may_be_alike(pairs_in(one), pairs_in(other)) or likeness(one, other) < LIKE_ENOUGH
    assert likeness(one, other) >= Decimal(0)
