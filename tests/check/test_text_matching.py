"""What numbers in a sentence count, and when two phrases speak of the same thing."""

from decimal import Decimal

import pytest

from generator.check.wording.text_matching import LIKE_ENOUGH, Bound, core, likeness, mentions


@pytest.mark.parametrize(
    ("text", "number", "unit", "bound", "phrase"),
    [
        ("全年开展社区课堂活动20次。", "20", "次", Bound.EXACT, "社区课堂活动"),
        ("不少于120场特色活动", "120", "次", Bound.AT_LEAST, "特色活动"),
        ("有责投诉不超过3件", "3", "件", Bound.AT_MOST, "有责投诉"),
        ("服务对象知晓率80%以上", "80", "%", Bound.AT_LEAST, "服务对象知晓率"),
        ("文体活动参与1.5万人次", "15000", "人次", Bound.EXACT, "文体活动参与"),
        ("党员轮训约2000余人", "2000", "人", Bound.ROUGH, "党员轮训"),
        ("1. 走访老党员50名", "50", "人", Bound.EXACT, "走访老党员"),
        ("２０２４年走访老党员５０名", "50", "人", Bound.EXACT, "走访老党员"),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, number: str, unit: str, bound: Bound, phrase: str) -> None:
    (mention,) = mentions(text)

    assert (mention.number, mention.unit, mention.bound) == (Decimal(number), unit, bound)
    assert mention.phrases[0] == phrase


@pytest.mark.parametrize(
    "text",
    ["每月开展活动3次", "甲类2次乙类3次", "人均发放500元", "2024年12月前完成", "其中女党员20名", "比上年增加12场"],
)
def test_numbers_that_count_nothing_by_themselves_are_left_out(text: str) -> None:
    assert mentions(text) == ()


def test_the_subject_of_a_sentence_goes_with_its_later_clauses() -> None:
    mention = mentions("两新党组织约60家，不少于120次活动。")[-1]

    assert mention.phrases == ("活动", "两新党组织活动")


def test_a_mention_knows_where_its_clause_begins() -> None:
    text = "先做准备。\n- 再开展活动20次。"

    assert text[mentions(text)[0].start :].startswith("再开展")


@pytest.mark.parametrize(
    ("one", "other"),
    [("党群服务站点升级改造数量", "升级改造党群服务站点"), ('"两新"党员主题教育活动次数', "“两新”党员主题教育活动")],
)
def test_the_same_thing_in_another_order_is_known(one: str, other: str) -> None:
    assert likeness(core(one), core(other)) >= LIKE_ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("两新党组织书记学习交流活动", "两新党组织书记学习培训数量"),
        ("市区级主题活动", "主题活动次数"),
        ("体检", "体检人数"),
        ("两新党组织覆盖面", "两新党建活动覆盖面"),
    ],
)
def test_things_that_only_sound_alike_are_not_taken_for_the_same(one: str, other: str) -> None:
    assert likeness(core(one), core(other)) < LIKE_ENOUGH
