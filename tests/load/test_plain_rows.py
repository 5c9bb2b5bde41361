"""Rows taken whole are the very rows that reading line by line gives, and decode to the very same record."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.forms.definitions import load_forms
from generator.load.assemble import load_record
from generator.load.decode import DecodeResult, decode_record
from generator.load.discover import SourceFile
from generator.load.plain_yaml import read_plain
from generator.load.tree import Mapping, Node, Row, Sequence
from generator.load.yaml_tree import parse_any
from generator.resources import packaged
from tests.site_tools import PROJECT

FORMS = load_forms([packaged("templates")])
RECORDS = sorted((PROJECT / "content/records").rglob("*.yaml"))

HEAD = """\
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 示例项目
主管部门: 示例街道
实施单位: 示例中心
年度总体目标: 服务居民。
"""
MONEY = """\
项目资金:
  单位: 万元
  年度资金总额:
    年初预算数: 22,551,226.73
    全年执行数: 61.05
    分值: "-"
    执行率: 99.77%
  其他资金:
    年初预算数: 0.00
    全年执行数: 1.00
    分值: 2
    执行率: "-"
"""
INDICATORS = """\
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 开展培训次数
        年度指标值: ≥2.00 (次)
        分值: 8.00
        得分: 8.00
      - 三级指标: "完成 率"
        年度指标值: '10:30前'
        分值: 8.00
        得分: -1
        偏差原因: 年中：新增[…]两期
      # 注

      - 三级指标: 开展培训次数
        年度指标值: ≥2.00 (次)
        分值: 8.00
        得分: 8.00
  效益指标:
    - 三级指标: 完成率
      其他栏目: {甲: 乙}
"""
RECORD = f"{HEAD}{MONEY}{INDICATORS}总分: {{分值: 100, 得分: 97}}\n"

KEYS = st.sampled_from(
    ["三级指标", "指标名称", "四级指标", "一级指标", "年度指标值", "得分", "分 值", "得分（分）", "单位", "其中", "其他栏目", "印出数字", "无法辨认", "资金名称", "全年执行数", "不认识", "# 注"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["甲", "8.00", "-8", "1,234.50", "1,23", "99%", "100.00(其中 60)", "约50", '"-"', '"8"', '" "', '""', "' 甲 '", "'甲''乙'", "~", "null", "", "-", "1234567890123456789", "0.12345678901", "１２", "甲: 乙", "甲 #乙", "{无法辨认: 甲}", "[1]", "|", "甲  乙", "甲\u3000", "\u3000"]
)  # fmt: skip
LINES = st.builds(
    lambda indent, dash, key, value: f"{' ' * indent}{dash}{key}: {value}",
    st.sampled_from([2, 4, 6, 8, 8, 8, 10]), st.sampled_from(["", "", "", "- "]), KEYS, VALUES,
)  # fmt: skip


def expanded(node: Node) -> Node:
    """Return a tree with its rows as mappings."""
    if isinstance(node, Row):
        return node.mapping()
    if isinstance(node, Sequence):
        return Sequence(tuple(expanded(item) for item in node.items), node.span)
    if isinstance(node, Mapping):
        return Mapping(tuple((key, expanded(value)) for key, value in node.entries), node.span)
    return node


def rows_in(node: Node) -> int:
    if isinstance(node, Sequence):
        return sum(rows_in(item) for item in node.items)
    return sum(rows_in(value) for _, value in node.entries) if isinstance(node, Mapping) else int(isinstance(node, Row))


def decoded(node: Node) -> DecodeResult:
    return decode_record(node, identifier="2024/a/b", path="a.yaml", forms=FORMS)


def in_order(result: DecodeResult) -> str:
    """Return what was decoded with the order of all its columns, which equality of dicts does not tell."""
    return repr(result)


def assert_same(text: str) -> None:
    whole = read_plain(text, with_rows=True)
    if whole is None:
        assert read_plain(text) is None
        return
    general = parse_any(text, "a.yaml")
    assert general.node is not None
    assert expanded(whole) == general.node
    assert in_order(decoded(whole)) == in_order(decoded(general.node))


def test_the_usual_rows_are_taken_whole() -> None:
    tree = read_plain(RECORD, with_rows=True)

    assert tree is not None
    assert rows_in(tree) == 5
    assert decoded(tree).record is not None
    assert_same(RECORD)


def test_nothing_but_a_record_has_rows() -> None:
    tree = read_plain(RECORD)

    assert tree is not None
    assert rows_in(tree) == 0


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_records_decode_alike(path: Path) -> None:
    assert_same(path.read_text(encoding="utf-8"))


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_record_with_lines_changed_decodes_alike(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([RECORD, f"{HEAD}{INDICATORS}{MONEY}", f"{HEAD}{MONEY}{INDICATORS}"])).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[place].partition(": ")
        changed = data.draw(st.one_of(VALUES.map(lambda value: f"{key}{colon}{value}"), LINES, st.sampled_from(lines)))  # noqa: B023  drawn at once
        lines[place : place + data.draw(st.integers(0, 1))] = [changed]
    assert_same("\n".join(lines))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8), st.sampled_from(["绩效指标", "长期绩效指标", "项目资金", "来源"]))
def test_any_lines_below_a_block_decode_alike(lines: list[str], block: str) -> None:
    assert_same("\n".join([f"{HEAD}{block}:", "  甲:", *lines, ""]))


def test_a_long_line_that_is_no_value_costs_no_time() -> None:
    text = INDICATORS.replace("≥2.00 (次)", '"' + "甲 " * 60_000)

    assert read_plain(f"{HEAD}{text}", with_rows=True) is None


def test_an_address_of_a_row_does_not_change_when_it_is_scored_anew() -> None:
    before, after = (read_plain(text, with_rows=True) for text in (RECORD, RECORD.replace("得分: 8.00", "得分: 7.00")))
    assert before is not None
    assert after is not None
    old, new = decoded(before).record, decoded(after).record
    assert old is not None
    assert new is not None

    assert old != new
    assert [row.anchor for row in old.indicators] == [row.anchor for row in new.indicators]


@pytest.mark.parametrize("suffix", ["yaml", "md"])
def test_what_was_read_comes_along_for_publishing(suffix: str, tmp_path: Path) -> None:
    location = tmp_path / f"a.{suffix}"
    location.write_bytes((f"---\n{RECORD}---\n" if suffix == "md" else RECORD).replace("\n", "\r\n").encode())
    result = load_record(SourceFile("a", location, "2024/a/b", is_markdown=suffix == "md"), FORMS)

    assert result.record is not None
    assert result.data == location.read_bytes()


def test_a_record_in_the_usual_layout_is_read_without_the_general_reader(tmp_path: Path) -> None:
    location = tmp_path / "a.yaml"
    location.write_text(RECORD, encoding="utf-8")
    program = (
        "import sys\nfrom pathlib import Path\nfrom generator.load.assemble import load_record\n"
        "from generator.load.discover import SourceFile\nfrom generator.model.forms import FormLibrary\n"
        "load_record(SourceFile('a', Path(sys.argv[1]), '2024/a/b', False), FormLibrary(()))\n"
        "print('yaml' in sys.modules, 'difflib' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(location)], capture_output=True, text=True, check=True, cwd=PROJECT
    )

    assert ran.stdout.split() == ["False", "True"]
