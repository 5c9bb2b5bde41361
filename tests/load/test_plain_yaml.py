"""The quick reader gives the very tree of the general one, places included, or leaves the text to it."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load.plain_yaml import read_plain
from generator.load.yaml_tree import parse_any, parse_tree
from tests.site_tools import PROJECT

RECORDS = sorted((PROJECT / "content/records").rglob("*.yaml")) + sorted((PROJECT / "tests").rglob("*.yaml"))

RECORD = """\
# 一份表
表样: 财政项目支出绩效自评表
年度: 2024

项目资金:
  单位: 万元
  年度资金总额:
    年初预算数: 94.60
    分值: "-"
    得分:
年度总体目标:
  预期目标: |
    第一行: 带冒号 # 和井号
      缩进的一行

    - 最后一行
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 开展培训次数
        年度指标值: ≥2.00 (次)
        偏差原因: '引号里的字'
      - 三级指标:
        得分: 8.00
  # 缩进的注
  效益指标:
来源: {原件: 甲表, 转录说明: "照录"}
总分: 97
"""

WORDS = st.sampled_from(
    ["年度", "得分", "a", "0012", "≥2.00(次)", "-", '"-"', "'x'", '""', "|", "|-", ">5", "{a: b}", "[1]", "~", "*a", "&a b", "x: y", "x #y", "x#y", "键:值", "键：值", "“-”", "# 注", "", " ", "\t", "\u3000", "a b", "是", "null", "!x", "%", "@", "`", "1,2", "---", "...", "?", "<<", "-5", "- 5", "10:30", "a:", "：a", "—甲", "甲[…]乙", "甲，乙：丙", "“5”", "”5”", "“好”", "{分值: 100, 得分: '-'}", "{分值: 1,000}", "{分值: 1, 分值: 2}", "{}", '["0", "0"]', "[0, {a: b}]", "𠮷", "  # 注", "甲 #1", "x  "]
)  # fmt: skip
LINES = st.builds(
    lambda indent, dash, key, colon, value: " " * indent + dash + key + colon + value,
    st.sampled_from([0, 0, 1, 2, 2, 3, 4, 4, 6, 8]),
    st.sampled_from(["", "", "", "- ", "-", "- - "]),
    WORDS,
    st.sampled_from([": ", ": ", ":", "", " : ", "： "]),
    WORDS,
)


def assert_same(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        result = parse_any(text, "a.yaml")
        assert result.findings == ()
        assert plain == result.node


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_records_read_alike(path: Path) -> None:
    assert_same(path.read_text(encoding="utf-8"))


def test_the_usual_layout_is_read_quickly() -> None:
    assert read_plain(RECORD) is not None
    assert_same(RECORD)
    assert parse_tree(RECORD, "a.yaml").node == read_plain(RECORD)


@pytest.mark.parametrize(
    "text",
    [
        "得分: -5.00", "时间: 10:30", "网址: https://a.cn/b", "原因: 按照[…]要求：甲，乙", "目标: “甲”和“乙”", "单位: 𠮷",
        "总分: {分值: 100.00, 得分: '-'}", '印出数字: ["0", "12.5"]', "说明: |\n  正文。  \n\n", "说明: |\n  正文。\n  ",
        "说明: |\n  　　全角空格开头。", "甲:\n  # 缩进的注\n  乙: 1\n", "达成: 80  # 见于表样：含本数\n", "甲:  # 注\n  乙: [丙]\n",
        "甲: []\n乙: {}\n",
    ],
)  # fmt: skip
def test_what_records_often_hold_is_read_quickly_too(text: str) -> None:
    assert read_plain(text) is not None
    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "目标: “5”\n", "甲: “好”\n乙: ”-”\n", "甲:\n  - 乙: |\n    丙: 1\n", "–绩效指标:\n  - 三级指标: 甲\n",
        "甲: {分值: 1,000}\n", "甲: {分值: 1，得分: 2}\n", "甲: {分值: 1, 分值: 2}\n", "甲: {分值: 1} 乙\n", "甲: {分值: [1]}\n",
        "甲: [a: b]\n", "甲: 乙 #1\n", "甲: 乙:\n", "甲: 1\n甲: 2\n", "\t甲: 1\n", "甲: \u200b\n", "甲: |\n",
        "".join(f"甲{number}: 1\n" for number in range(3_001)),
    ],
)  # fmt: skip
def test_what_may_be_a_slip_or_a_burden_is_left_to_the_general_reader(text: str) -> None:
    assert read_plain(text) is None


OURS = """
import sys
from generator.check.packs.pack_library import packaged_packs
from generator.forms.definitions import load_forms
from generator.resources import packaged

assert packaged_packs().files and load_forms([packaged("templates")]).definitions
assert "yaml" not in sys.modules
"""


def test_our_own_packs_and_forms_need_no_general_reader() -> None:
    subprocess.run([sys.executable, "-c", OURS], check=True, cwd=PROJECT)


@given(st.lists(st.sampled_from(["甲", " ", "\n", "\n  ", "\n    "]), max_size=8).map("".join))
def test_a_block_text_ends_alike(end: str) -> None:
    assert_same(f"甲:\n  乙: |\n    丙{end}")


@settings(max_examples=600, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=9), st.booleans())
def test_any_lines_read_alike(lines: list[str], ended: bool) -> None:  # noqa: FBT001
    assert_same("\n".join(lines) + ("\n" if ended else ""))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_record_with_a_line_changed_reads_alike(data: st.DataObject) -> None:
    lines = RECORD.split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(st.one_of(LINES, st.sampled_from(lines), st.just("")))
    if data.draw(st.booleans()):
        del lines[data.draw(st.integers(0, len(lines) - 1))]
    assert_same("\n".join(lines))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("年度得: -\n|#\"'ab1\u3000\t，：.{}[]&*!%@`~?>"), max_size=60))
def test_any_text_reads_alike(text: str) -> None:
    assert_same(text)


DATA = st.recursive(
    st.text(alphabet="年度得分ab1.-", max_size=4),
    lambda inner: st.one_of(st.dictionaries(st.sampled_from("甲乙丙丁"), inner, min_size=1, max_size=3), st.lists(st.dictionaries(st.sampled_from("甲乙丙丁"), inner, min_size=1, max_size=3), min_size=1, max_size=3)),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("甲乙丙丁"), DATA, min_size=1))
def test_what_another_program_writes_reads_alike(data: dict[str, object]) -> None:
    assert_same(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
