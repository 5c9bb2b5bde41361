"""A row is never there twice, nor comes back, because two people renamed, moved or removed it in different ways."""

from pathlib import Path

import pytest

from generator.exchange.merging import Merged, Sides, merged
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.resources import packaged
from tests.exchange.conflicts import settled

FILE = SourceFile("content/records/2024/u/a.yaml", Path("a.yaml"), "2024/u/a", is_markdown=False)
ROW = """\
      - 三级指标: 开展培训次数
        年度指标值: ≥2.00(次)
        实际完成值: 3.00(次)
        分值: 8.00
        得分: 8.00
"""
OTHER = """\
      - 三级指标: 合格率
        年度指标值: =100.00(%)
        实际完成值: 98.00(%)
        分值: 7.00
        得分: 6.00
"""
BASE = f"""\
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 示例项目
项目资金:
  单位: 万元
  年度资金总额: {{年初预算数: 94.60, 全年执行数: 61.05}}
  当年财政拨款: {{年初预算数: 90.00, 全年执行数: 60.00}}
绩效指标:
  产出指标:
    数量指标:
{ROW}      - 三级指标: 参加人数
        年度指标值: ≥50(人)
        得分: 10.00
    质量指标:
{OTHER}    时效指标:
      - 三级指标: 及时率
        得分: 3.00
附表:
  - 标题: 明细
    表头: [名称, 数]
    行:
      - [甲, 1]
      - [乙, 2]
总分: {{分值: 100.00, 得分: 97.00}}
"""


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms([packaged("templates")])


def changed(*edits: tuple[str, str]) -> str:
    text = BASE
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def renamed(name: str, *, score: str = "8.00") -> tuple[str, str]:
    return ROW, ROW.replace("开展培训次数", name).replace("得分: 8.00", f"得分: {score}")


QUALITY, SPEED = "    质量指标:\n", "    时效指标:\n"
GONE = (ROW, "")
AMOUNT = "当年财政拨款:"
SIDES = {
    "two names": ([renamed("覆盖企业家数")], [renamed("政策知晓度")]),
    "two names and another figure": ([renamed("覆盖企业家数", score="7.00")], [renamed("政策知晓度")]),
    "two rows in its place": ([(ROW, OTHER.replace("合格率", "优良率"))], [renamed("政策知晓度")]),
    "another name and gone": ([renamed("覆盖企业家数")], [GONE]),
    "elsewhere and gone": ([GONE, (QUALITY, QUALITY + ROW)], [GONE]),
    "elsewhere by another name and gone": ([GONE, (QUALITY, QUALITY + renamed("覆盖企业家数")[1])], [GONE]),
    "at two places": ([GONE, (QUALITY, QUALITY + ROW)], [GONE, (SPEED, SPEED + ROW)]),
    "elsewhere and another figure": ([GONE, (QUALITY, QUALITY + ROW)], [renamed("开展培训次数", score="6.00")]),
    "elsewhere with another one of its name here, and another figure": (
        [
            (
                ROW,
                "      - 三级指标: 开展培训次数\n        年度指标值: ≥9.00(次)\n        实际完成值: 1.00(次)\n        得分: 8.00\n",
            ),
            (QUALITY, QUALITY + ROW),
        ],
        [renamed("开展培训次数", score="6.00")],
    ),
    "in a level of its own and gone": ([GONE, (SPEED, f"    成本指标:\n{ROW}{SPEED}")], [GONE]),
    "a level by two names": ([(QUALITY, "    效率指标:\n")], [(QUALITY, "    满意度:\n"), ("98.00", "97.00")]),
    "money by two names": ([(AMOUNT, "上年结转:")], [(AMOUNT, "自筹:")]),
    "money by another name and gone": (
        [(AMOUNT, "上年结转:")],
        [("  当年财政拨款: {年初预算数: 90.00, 全年执行数: 60.00}\n", "")],
    ),
    "a row of a table in two ways": ([("[甲, 1]", "[甲, 2]")], [("[甲, 1]", "[甲, 3]")]),
    "a row of a table changed and gone": ([("[甲, 1]", "[甲, 2]")], [("      - [甲, 1]\n", "")]),
}


@pytest.mark.parametrize("case", SIDES)
def test_whoever_changed_one_row_in_two_ways_has_to_choose(case: str, forms: FormLibrary) -> None:
    one, other = (changed(*edits) for edits in SIDES[case])
    for ours, theirs in ((one, other), (other, one)):
        outcome = merged(Sides(BASE, ours, theirs), FILE, forms)
        assert outcome is not None
        assert outcome.conflicts
        assert "要整段选择" not in str(outcome.conflicts)
        assert settled(outcome.text, ours=True) == ours
        assert settled(outcome.text, ours=False) == theirs


def test_a_row_that_took_the_name_of_another_one_is_still_the_one_it_was(forms: FormLibrary) -> None:
    other = "      - 三级指标: 参加人数\n        年度指标值: ≥50(人)\n        得分: 10.00\n"
    outcome = merged(Sides(BASE, changed((other, ""), renamed("参加人数")), changed(GONE)), FILE, forms)
    assert outcome is not None
    assert outcome.conflicts


def test_a_merge_of_lines_that_has_a_row_twice_is_not_taken(forms: FormLibrary) -> None:
    to_quality, to_speed = (QUALITY, QUALITY + ROW), (SPEED, SPEED + ROW)
    sides = Sides(BASE, changed(GONE, to_quality), changed(GONE, to_speed))

    outcome = merged(sides, FILE, forms, by_lines=changed(GONE, to_quality, to_speed))

    assert outcome is not None
    assert outcome.conflicts


def test_a_row_that_is_twice_is_not_taken_from_yaml_written_in_an_unusual_way_either(forms: FormLibrary) -> None:
    unusual = BASE.replace("      - 三级指标: 及时率", "      -\n        三级指标: 及时率")
    to_quality, to_speed = (text.replace("\n", "\n" + ROW, 1) for text in (QUALITY, SPEED))
    gone = unusual.replace(ROW, "")
    one, other = gone.replace(QUALITY, to_quality), gone.replace(SPEED, to_speed)

    outcome = merged(Sides(unusual, one, other), FILE, forms, by_lines=one.replace(SPEED, to_speed))

    assert outcome is not None
    assert outcome.conflicts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([renamed("覆盖企业家数")], [(OTHER, OTHER.replace("得分: 6.00", "得分: 7.00"))]),
        ([GONE, (QUALITY, QUALITY + ROW)], [("≥50(人)", "≥60(人)")]),
        ([(AMOUNT, "上年结转:")], [("94.60", "95.60")]),
        ([("[甲, 1]", "[甲, 7]")], [("[乙, 2]", "[乙, 8]")]),
        ([GONE, ("得分: 3.00\n", f"得分: 3.00\n{OTHER.replace('合格率', '优良率').replace('7.00', '9.00')}")], [GONE]),
    ],
    ids=["renamed", "moved", "money renamed", "two rows of a table", "gone on both sides and another row"],
)
def test_what_one_side_alone_did_to_a_row_is_joined(
    one: list[tuple[str, str]], other: list[tuple[str, str]], forms: FormLibrary
) -> None:
    both = dict.fromkeys([*one, *other])
    for ours, theirs in ((one, other), (other, one)):
        assert merged(Sides(BASE, changed(*ours), changed(*theirs)), FILE, forms) == Merged(changed(*both))
