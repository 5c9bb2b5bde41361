"""Repair changes only what is faulty, and keeps the rest letter for letter."""

import pytest

from generator.load.yaml_traps import repair_traps
from generator.load.yaml_values import closing, find_slips, quoted


@pytest.mark.parametrize(
    ("faulty", "mended"),
    [
        ("年度指标值: >10%  # 下限\n", '年度指标值: ">10%"  # 下限\n'),
        ('项目名称: "两新"党建\n', "项目名称: '\"两新\"党建'\n"),
        ("项目名称:示例\n", "项目名称: 示例\n"),
        ("总分: {分值: -  , 得分: @}\n", '总分: {分值: "-"  , 得分: "@"}\n'),
        ("甲:\n\t乙: 1\n", "甲:\n  乙: 1\n"),
        ("预期目标: |\n  >10%\n\n  @\n得分: @\n", '预期目标: |\n  >10%\n\n  @\n得分: "@"\n'),
    ],
)
def test_only_the_faulty_part_is_replaced(faulty: str, mended: str) -> None:
    repair, findings = repair_traps(faulty, "f.yaml")

    assert repair.text == mended
    assert findings


@pytest.mark.parametrize(
    "sound",
    [
        "甲: 乙\n",
        "甲:\n- 乙\n- 丙: 1\n  丁: 2\n戊: 3\n",
        "甲:\n  - - 1\n    - 2\n",
        "甲: |2\n    缩进\n  正文\n乙: 1\n",
        "甲: >-\n  正文: 一\n\n  >10%\n乙: 1\n",
        "甲: 乙\n  续行 # 注\n丙: &a\n  丁: *a\n",
        "- 三级指标: \"一 # 二\"\n  偏差原因: '三 # 四'  # 注\n",
        "甲: [1,\n  2]\n乙: {丙: 1,\n  丁: 2}\n",
        "\"甲: 乙\": 1\n'丙': 2\n",
        "# 注\n\n甲: -1\n乙: ->\n丙: ?无\n丁: ≥2.00(次)\n",
        "---\n甲: 1\n...\n",
    ],
)
def test_a_sound_text_is_left_alone(sound: str) -> None:
    repair, findings = repair_traps(sound, "f.yaml")

    assert repair.text == sound
    assert findings == ()


def test_quotes_are_chosen_so_that_nothing_needs_an_escape() -> None:
    assert quoted(">10%") == '">10%"'
    assert quoted('"两新"党建') == "'\"两新\"党建'"
    assert quoted("D:\\it's") == "'D:\\it''s'"


def test_a_bracket_closes_past_quotes_and_inner_brackets() -> None:
    assert closing('{甲: "}", 乙: [1, {}]} 余') == 20
    assert closing("[甲: [1]") is None


def test_a_sound_value_has_no_slips() -> None:
    assert find_slips("94.60") == ()
    assert find_slips('{分值: "-"}') == ()
