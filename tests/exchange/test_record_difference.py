"""What differs between two records is told field by field, in the form's own words."""

from collections.abc import Callable

import pytest

from generator.exchange.record_changes import rows_of
from generator.exchange.record_difference import Change, record_differences
from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.parse import parse_tree
from generator.model.printed import printed_digest
from generator.model.records import Record
from generator.resources import packaged

FORMS = load_forms([packaged("templates")])

TEXT = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 示例道路养护
主管部门: 示例街道办事处
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 10.00, 全年预算数: 10.00, 全年执行数: 9.00, 执行率: 90.00, 得分: 9.00}
  当年财政拨款: {年初预算数: 10.00, 全年预算数: 10.00, 全年执行数: 9.00, 分值: "-"}
  其他资金:
    印出数字: ["0", "0"]
    无法辨认: 分不清栏位
年度总体目标:
  预期目标: |
    全年 **2 次**：

    1. 上半年一次；
    2. 下半年一次。
  实际完成情况: 完成 2 次。
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 开展培训次数
        年度指标值: ≥2.00(次)
        实际完成值: 2.00(次)
        分值: 8.00
        得分: 8.00
      - 三级指标: 培训人数
        年度指标值: ≥20.00(人)
        实际完成值: 21.00(人)
        分值: 8.00
        自评得分: 8.00
        其他栏目: {责任科室: 一科}
    质量指标:
  满意度指标:
    服务对象满意度指标:
      - 三级指标: 满意度
        年度指标值: ≥90.00(%)
        实际完成值: 95.00(%)
        分值: 8.00
        得分: 8.00
总分: {分值: 100.00, 得分: 97.00}
评分等级: 优
其他信息: {经办科室: 一科}
附表:
  - 标题: 培训情况
    表头: [期次, 人数]
    行:
      - [第一期, "12"]
      - [第二期, "9"]
来源: {原件: 自评表}
"""


def record_of(text: str) -> Record:
    tree = parse_tree(text, "a.yaml").node
    assert tree is not None
    result = decode_record(tree, identifier="2024/shili/a", path="a.yaml", forms=FORMS)
    assert result.findings == ()
    assert result.record is not None
    return result.record


def told(change: Callable[[str], str]) -> list[str]:
    """Return what is told where a record's file was changed."""
    changed = change(TEXT)
    assert changed != TEXT
    return [str(one) for one in record_differences(record_of(TEXT), record_of(changed))]


def replaced(old: str, new: str) -> list[str]:
    assert old in TEXT
    return told(lambda text: text.replace(old, new, 1))


def test_a_record_does_not_differ_from_itself() -> None:
    assert record_differences(record_of(TEXT), record_of(TEXT)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("项目名称: 示例道路养护\n主管部门: 示例街道办事处\n", "主管部门: 示例街道办事处  # 经办\n项目名称: '示例道路养护'\n"),
        ("        分值: 8.00\n        得分: 8.00\n", "        得分: 8.00\n        分值: 8.00\n        偏差原因:\n"),
        ("年度总体目标:\n  预期目标: |\n    全年 **2 次**：\n\n    1.", "年度总体目标:\n  预期目标: |\n    全年 **2 次**：\n    1."),
    ],
    ids=["order, quotes and comments", "order of columns and blanks", "lines"],
)  # fmt: skip
def test_what_prints_the_same_is_no_difference(old: str, new: str) -> None:
    assert replaced(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("示例道路养护", "道路养护", "项目名称：示例道路养护 → 道路养护"),
        ("主管部门: 示例街道办事处\n", "主管部门: 示例街道办事处\n主管部门编码: 01\n", "主管部门编码：空白 → 01"),
        ("单位: 万元", "单位: 元", "项目资金 › 单位：万元 → 元"),
        ("全年执行数: 9.00, 执行率", "全年执行数: 9.0, 执行率", "项目资金 › 年度资金总额 › 全年执行数：9.00 → 9.0"),
        ('分值: "-"', "分值: —", "项目资金 › 当年财政拨款 › 分值：- → —"),
        ('分值: "-"', "分值: 0", "项目资金 › 当年财政拨款 › 分值：- → 0"),
        ('分值: "-"', "分值: ", "项目资金 › 当年财政拨款 › 分值：- → 空白"),
        ('["0", "0"]', '["0", "1"]', "项目资金 › 其他资金 › 印出数字：0、0 → 0、1"),
        ("分不清栏位", "污渍", "项目资金 › 其他资金 › 无法辨认：分不清栏位 → 污渍"),
        ("完成 2 次。", "完成 3 次。", "年度总体目标 › 实际完成情况：完成 2 次。 → 完成 3 次。"),
        ("**2 次**", "2 次", "年度总体目标 › 预期目标：全年 **2 次**： 1. 上半年一次； 2. 下半年一次。 → 全年 2 次： 1. 上半年一次； 2. 下半年一次。"),
        ("完成 2 次。", "-33.55", "年度总体目标 › 实际完成情况：完成 2 次。 → -33.55"),
        ("1. 上半年", "3. 上半年", "年度总体目标 › 预期目标：全年 2 次： 1. 上半年一次； 2. 下半年一次。 → 全年 2 次： 3. 上半年一次； 4. 下半年一次。"),
        ("得分: 8.00\n      - 三级指标: 培训", "得分: 7.00\n      - 三级指标: 培训", "绩效指标 › 产出指标 › 数量指标 › 开展培训次数 › 得分：8.00 → 7.00"),
        ("年度指标值: ≥20.00(人)", "年度指标值: {无法辨认: 污渍}", "绩效指标 › 产出指标 › 数量指标 › 培训人数 › 年度指标值：≥20.00(人) → 无法辨认：污渍"),
        ("责任科室: 一科", "责任科室: 二科", "绩效指标 › 产出指标 › 数量指标 › 培训人数 › 责任科室：一科 → 二科"),
        ("    质量指标:\n", "", "绩效指标 › 产出指标 › 质量指标：删去"),
        ("三级指标: 开展培训次数", "三级指标: 开展培训的次数", "绩效指标 › 产出指标 › 数量指标 › 开展培训次数 › 三级指标：开展培训次数 → 开展培训的次数"),
        ("服务对象满意度指标:", "满意度:", "绩效指标 › 满意度指标 › 服务对象满意度指标 › 满意度 › 所在层次：满意度指标 › 服务对象满意度指标 → 满意度指标 › 满意度"),
        ("得分: 97.00", "得分: 96.00", "总分 › 得分：97.00 → 96.00"),
        ("评分等级: 优", "评分等级: 良", "评分等级：优 → 良"),
        ("经办科室: 一科", "经办科室: 二科", "经办科室：一科 → 二科"),
        ('[第二期, "9"]', '[第二期, "8"]', "附表 › 培训情况 › 第 2 行 › 人数：9 → 8"),
        ('      - [第二期, "9"]\n', "", "附表 › 培训情况 › 第 2 行：删去（第二期，9）"),
        ("原件: 自评表", "原件: 自评表（二）", "来源 › 原件：自评表 → 自评表（二）"),
    ],
)  # fmt: skip
def test_a_changed_field_is_told_alone(old: str, new: str, words: str) -> None:
    assert replaced(old, new) == [words]


def test_a_dash_before_a_figure_is_no_bullet_and_a_bullet_is() -> None:
    loss, gain, bullet = (TEXT.replace("完成 2 次。", f"|\n    {mark}33.55") for mark in ("-", "", "- "))

    (only,) = record_differences(record_of(loss), record_of(gain))
    assert str(only) == "年度总体目标 › 实际完成情况：-33.55 → 33.55"
    (only,) = record_differences(record_of(bullet), record_of(gain))
    assert str(only) == "年度总体目标 › 实际完成情况：- 33.55 → 33.55"


def test_of_a_long_text_only_the_sentences_around_a_change_are_told() -> None:
    long = "上半年完成培训一期，共四十六人参加；下半年完成培训两期。\n    打造阵地 12 处。走访企业五十家，收集意见八条，全部办结。"
    first, later, more = (
        TEXT.replace("完成 2 次。", f"|\n    {text}")
        for text in (long, long.replace("12 处", "13 处"), long.replace("走访", "新增一句。走访"))
    )

    (only,) = record_differences(record_of(first), record_of(later))
    assert str(only).partition("：")[2] == "……打造阵地 12 处。…… → ……打造阵地 13 处。……"
    (only,) = record_differences(record_of(first), record_of(more))
    assert str(only).partition("：")[2] == "……打造阵地 12 处。…… → ……打造阵地 12 处。新增一句。……"


@pytest.mark.parametrize(
    ("new", "said"),
    [("示例  道路养护", "示例〔空格〕〔空格〕道路养护"), ("示例\u3000道路养护", "示例〔全角空格〕道路养护"), ("示例 \u200b道路养护", "示例〔空格〕〔U+200B〕道路养护")],
)  # fmt: skip
def test_where_only_blanks_differ_they_are_named(new: str, said: str) -> None:
    before, after = (TEXT.replace("示例道路养护", f'"{text}"') for text in ("示例 道路养护", new))

    (only,) = record_differences(record_of(before), record_of(after))

    assert str(only) == f"项目名称：示例〔空格〕道路养护 → {said}"


def test_rows_of_either_record_alone_are_added_or_removed() -> None:
    row = "      - 三级指标: 开展培训次数\n        年度指标值: ≥2.00(次)\n        实际完成值: 2.00(次)\n        分值: 8.00\n        得分: 8.00\n"
    without, with_it = record_of(TEXT.replace(row, "")), record_of(TEXT)

    (removed,) = record_differences(with_it, without)
    (added,) = record_differences(without, with_it)

    assert removed.change is Change.REMOVED
    assert str(removed) == "绩效指标 › 产出指标 › 数量指标 › 开展培训次数：删去（≥2.00(次)，2.00(次)，8.00，8.00）"
    assert added.change is Change.ADDED
    assert str(added).startswith("绩效指标 › 产出指标 › 数量指标 › 开展培训次数：增加")


def test_two_rows_of_one_name_are_told_apart_by_their_order() -> None:
    twice = TEXT.replace("三级指标: 培训人数", "三级指标: 开展培训次数")
    changed = twice.replace("自评得分: 8.00", "自评得分: 6.00")

    (only,) = record_differences(record_of(twice), record_of(changed))

    assert str(only) == "绩效指标 › 产出指标 › 数量指标 › 开展培训次数 › 得分：8.00 → 6.00"


TWICE = """\
      - 三级指标: 走访次数
        年度指标值: =2.00(次)
        得分: 7.00
      - 三级指标: 走访次数
        年度指标值: =3.00(次)
        得分: 8.00
"""


@pytest.mark.parametrize(
    "change", [("得分: 8.00", "得分: 8.00"), ("得分: 8.00", "得分: 6.00")], ids=["as it was", "changed"]
)
def test_of_two_rows_of_one_name_the_one_that_went_is_told_to_have_gone(change: tuple[str, str]) -> None:
    before = TEXT.replace("    质量指标:\n", f"{TWICE}    质量指标:\n")
    second = "      - " + TWICE.split("      - ")[2]

    removed, *others = record_differences(record_of(before), record_of(before.replace(TWICE, second.replace(*change))))

    assert str(removed) == "绩效指标 › 产出指标 › 数量指标 › 走访次数：删去（=2.00(次)，7.00）"
    path = "绩效指标 › 产出指标 › 数量指标 › 走访次数"
    assert [str(one) for one in others] == [f"{path} › 得分：8.00 → 6.00"] * (change[0] != change[1])
    first, *_ = rows_of((removed, *others))
    assert str(first) == "产出指标 › 数量指标 › 走访次数：删去（=2.00(次)，7.00）"


def test_two_changed_rows_of_one_name_are_told_on_two_lines() -> None:
    before = TEXT.replace("    质量指标:\n", f"{TWICE}    质量指标:\n")
    after = before.replace("得分: 7.00", "得分: 6.00").replace(
        "3.00(次)\n        得分: 8.00", "3.00(次)\n        得分: 7.00"
    )

    rows = rows_of(record_differences(record_of(before), record_of(after)))

    place = "产出指标 › 数量指标 › 走访次数"
    assert [str(row) for row in rows] == [f"{place}：得分 7.00 → 6.00", f"{place}：得分 8.00 → 7.00"]


def test_another_order_of_rows_is_one_difference() -> None:
    text = TEXT.replace("三级指标: 开展培训次数", "三级指标: X").replace("三级指标: 培训人数", "三级指标: Y")
    first = text[text.index("      - 三级指标: X") : text.index("      - 三级指标: Y")]
    second = text[text.index("      - 三级指标: Y") : text.index("    质量指标")]

    (only,) = record_differences(record_of(text), record_of(text.replace(first + second, second + first)))

    assert str(only) == "绩效指标 › 各行的次序：X、Y → Y、X"


MONEY = """\
表样: 表
版式: 通用
年度: 2024
项目资金:
  单位: 元
  本级:
    当年财政拨款:
      预算数: 5.00
      其中: {专项: 1.00}
    上年结转: 2.00
  上级:
    其他资金: 3.00
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  上级:\n", "", ["项目资金 › 上级 › 其他资金 › 所在层次：上级 → 本级"]),
        ("  上级:\n    其他资金", "  其他资金", ["项目资金 › 上级 › 其他资金 › 所在层次：上级 → 最上一层"]),
        ("      其中: {专项: 1.00}\n", "    专项: 1.00\n", ["项目资金 › 本级 › 专项 › 所在层次：本级 › 当年财政拨款 → 本级"]),
        ("  上级:", "  中央:", ["项目资金 › 上级 › 其他资金 › 所在层次：上级 → 中央"]),
        ("    上年结转: 2.00\n  上级:\n    其他资金: 3.00\n", "    其他资金: 3.00\n    上年结转: 2.00\n",
         ["项目资金 › 上级 › 其他资金 › 所在层次：上级 → 本级", "项目资金 › 各行的次序：上年结转、其他资金 → 其他资金、上年结转"]),
        ("    上年结转: 2.00\n", "    上年结转: 2.00\n    利息:\n", ["项目资金 › 本级 › 利息：增加"]),
    ],
)  # fmt: skip
def test_where_a_row_of_money_stands_is_told(old: str, new: str, words: list[str]) -> None:
    assert MONEY.count(old) == 1
    before, after = record_of(MONEY), record_of(MONEY.replace(old, new))

    assert [str(one) for one in record_differences(before, after)] == words
    assert printed_digest(before) != printed_digest(after)


def test_a_row_that_is_no_longer_part_of_another_is_told() -> None:
    part = "        其中:\n          - 三级指标: 青年人数\n            年度指标值: ≥5(人)\n"
    row = "      - 三级指标: 青年人数\n        年度指标值: ≥5(人)\n"
    end = "        其他栏目: {责任科室: 一科}\n"
    before, after = (record_of(TEXT.replace(end, end + lines)) for lines in (part, row))

    (only,) = record_differences(before, after)

    place = "产出指标 › 数量指标"
    assert str(only) == f"绩效指标 › {place} › 青年人数 › 所在层次：{place} › 培训人数 → {place}"


def test_a_label_that_stands_in_two_groups_is_never_mixed_up() -> None:
    groups = "项目资金:\n  单位: 元\n  项目总资金: {其他资金: 1.00}\n  年度资金: {其他资金: 2.00}\n"
    text = "表样: 表\n版式: 通用\n年度: 2024\n" + groups

    differences = record_differences(record_of(text), record_of(text.replace("  项目总资金: {其他资金: 1.00}\n", "")))

    assert [str(one) for one in differences] == ["项目资金 › 项目总资金 › 其他资金：删去（1.00）"]


def test_a_difference_knows_its_field_and_both_places() -> None:
    changed = TEXT.replace("得分: 97.00", "得分: 96.00")

    (only,) = record_differences(record_of(TEXT), record_of(changed))

    assert only.name == "total.score"
    assert only.cell_before is not None
    assert only.cell_before.span == only.cell_after.span if only.cell_after else False
