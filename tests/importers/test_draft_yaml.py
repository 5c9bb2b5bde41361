"""A draft as a file: written as people write records, and read back to the letter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.draft import Branch, Certainty, Draft, Filled, Listing, Node, Paragraphs
from generator.importers.draft_yaml import yaml_of
from generator.load.assemble import load_record
from generator.load.discover import SourceFile
from generator.load.tree import Mapping, Scalar, Sequence
from generator.load.tree import Node as TreeNode
from generator.load.yaml_tree import parse_any
from tests.importers.laid_out import FORMS, draft, grid, loaded

FORM = grid(
    "项目支出绩效自评表→8",
    "（2024年度）→8",
    '项目名称|"两新"党建→7',
    "主管部门|示例局→3|实施单位|示例中心→3",
    "项目资金（万元）↓3|.|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "年度资金总额|94.60|61.05|61.05|10.00|100.00|10.00",
    "其中：当年财政拨款|94.60|61.05|61.05|-|100.00|-",
    "年度总体目标↓2|预期目标→4|实际完成情况→3",
    "开展培训。→4|已完成。→3",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "产出指标|数量指标|培训人数|>=1200人|1300人|90.00|85.00|#号",
    "总分→5|100.00|95.00|.",
    "评分等级→2|优→6",
)


def empty(record: Branch, *filled: Filled) -> Draft:
    return Draft("表", "通用", "general", "Other", 2024, "", "", "", "", record, filled)


def test_it_is_written_as_the_records_of_the_project_are() -> None:
    assert yaml_of(draft(FORM)) == (
        """\
# yaml-language-server: $schema=../../../schema/self_evaluation.schema.json
表样: 项目支出绩效自评表
版式: A1
年度: 2024
年度表述: （2024年度）
项目名称: '"两新"党建'
主管部门: 示例局
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额:
    年初预算数: 94.60
    全年预算数: 61.05
    全年执行数: 61.05
    分值: 10.00
    执行率: 100.00
    得分: 10.00
  当年财政拨款:
    年初预算数: 94.60
    全年预算数: 61.05
    全年执行数: 61.05
    分值: '-'
    执行率: 100.00
    得分: '-'
年度总体目标:
  预期目标: |
    开展培训。
  实际完成情况: |
    已完成。
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 培训人数
        年度指标值: '>=1200人'
        实际完成值: 1300人
        分值: 90.00
        得分: 85.00
        偏差原因分析及改进措施: '#号'
评分等级: 优
总分:
  分值: 100.00
  得分: 95.00
"""
    )


def test_it_is_read_without_any_finding(tmp_path: Path) -> None:
    assert loaded(draft(FORM), tmp_path).findings == ()


def test_what_must_be_confirmed_stands_at_the_end_and_keeps_the_record_back(tmp_path: Path) -> None:
    one = draft(grid("项目自评表→3", "（2024年度）→3", "项目资金↓2|.|全年预算数", "年度资金总额|22,551,226.73"))
    file = tmp_path / "one.yaml"
    file.write_text(yaml_of(one), encoding="utf-8")
    result = load_record(SourceFile("one.yaml", file, "2024/shi/biao", is_markdown=False), FORMS)

    assert yaml_of(one).endswith(
        "待确认:\n"
        "  - 栏: 项目资金 › 单位\n"
        "    依据: 表上没有找到金额单位；最大的金额是 22,551,226.73，以万元计就不少于十亿元，按元理解\n"
    )
    (finding,) = result.findings
    assert finding.field == "项目资金 › 单位"
    assert finding.found == "元"


UNSEEN = "\u2028\u2029\ufeff\ufffe\uffff"
"""What a reader of the draft is told of, see below, besides control characters."""

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters=UNSEEN),
        st.sampled_from(">-—/\"':#{}[],&*!|%@` \\=~"),
    ),
    max_size=12,
)
PRINTED = st.one_of(
    TEXT, st.sampled_from(["0012", "94.60", "是", "null", "~", "-", ">=1200人", "1_000", "2024-01-01", "1e3", "yes"])
)
KEYS = st.text(st.sampled_from("年度指标值:：（）()%-#'\" A1、"), min_size=1, max_size=8).filter(
    lambda key: key.strip() == key
)


def nodes() -> st.SearchStrategy[Node]:
    return st.recursive(
        PRINTED,
        lambda inner: st.one_of(
            st.dictionaries(KEYS, inner, min_size=1, max_size=3).map(lambda entries: Branch(tuple(entries.items()))),
            st.lists(PRINTED, min_size=1, max_size=3).map(lambda items: Listing(tuple(items))),
            st.lists(
                st.dictionaries(KEYS, PRINTED, min_size=1, max_size=3).map(lambda entries: Branch(tuple(entries.items()))),
                min_size=1,
                max_size=3,
            ).map(lambda items: Listing(tuple(items))),
        ),
        max_leaves=6,
    )  # fmt: skip


@given(st.dictionaries(KEYS, nodes(), min_size=1, max_size=4))
def test_whatever_is_printed_is_read_back_to_the_letter(entries: dict[str, Node]) -> None:
    record = Branch(tuple(entries.items()))
    tree = parse_any(yaml_of(empty(record)), "one.yaml").node

    assert tree is not None
    assert plain(tree) == authored(record)


def plain(node: TreeNode) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
    raise AssertionError(node)


def authored(node: Node) -> object:
    match node:
        case str():
            return node
        case Paragraphs():
            return f"{node.text}\n"
        case Branch():
            return {key: authored(value) for key, value in node.entries}
        case Listing():
            return [authored(item) for item in node.items]


@pytest.mark.parametrize(
    "text",
    [
        "一段。",
        "一段。\n\n二段。",
        "  缩进开头",
        "- 甲\n- 乙",
        "行尾空格 \n下一行",
        "# 不是标题",
        "---\n不是分隔",
    ],
)
def test_a_text_is_written_so_that_it_comes_back_whole(text: str) -> None:
    tree = parse_any(yaml_of(empty(Branch((("存在问题", Paragraphs(text)), ("备注", ""))))), "one.yaml")

    assert tree.node is not None
    assert next(plain(value) for _, value in tree.node.entries) in (text, f"{text}\n")


def test_a_character_that_nobody_sees_is_kept_and_whoever_reads_the_draft_is_told() -> None:
    written = yaml_of(empty(Branch((("存在问题", Paragraphs("含有\x07控制符")), ("备注", "")))))

    assert '"含有\\U00000007控制符"' in written
    assert [finding.code for finding in parse_any(written, "one.yaml").findings] == ["SRC026"]


def test_every_doubt_has_its_path_and_reason() -> None:
    doubt = Filled(
        "绩效指标 › 产出指标 › 次数 › 得分", "i-00000000.score", "9", "表1!B4", Certainty.INFERRED, "隐藏行: 第4行"
    )

    assert yaml_of(empty(Branch((("表样", "表"),)), doubt)).endswith(
        "待确认:\n  - 栏: 绩效指标 › 产出指标 › 次数 › 得分\n    依据: '隐藏行: 第4行'\n"
    )
