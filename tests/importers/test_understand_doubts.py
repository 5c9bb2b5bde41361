"""What is not certain is marked, left over or said; nothing is guessed in silence."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.exchange.importing import open_fields
from generator.forms.grid import CellKind, Field, Grid, GridCell
from generator.importers.doubts import doubts_of
from generator.importers.draft import Certainty, Draft, Filled
from generator.importers.draft_yaml import yaml_of
from generator.load.assemble import load_record
from generator.load.discover import SourceFile
from generator.load.record_faults import UNCONFIRMED_NOTHING, UNCONFIRMED_VALUE
from tests.importers.laid_out import FORMS, draft, drafts, grid, loaded

HEADER = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分"


def of_rows(*rows: str, head: str = HEADER) -> Draft:
    width = head.count("|") + 1
    return draft(grid(f"项目自评表→{width}", f"（2024年度）→{width}", head, *rows))


def value(one: Draft, ending: str) -> Filled:
    (found,) = (filled for filled in one.filled if filled.path.endswith(ending))
    return found


def with_cell(table: Grid, text: str, **changes: object) -> Grid:
    return replace(table, cells=tuple(replace(cell, **changes) if cell.text == text else cell for cell in table.cells))


def test_a_sign_that_became_a_digit_is_put_right_where_the_form_proves_it() -> None:
    one = of_rows(
        "产出指标|质量指标|合格率|290%|95%|10|10",
        "产出指标|数量指标|次数|≥5次|6次|10|10",
    )
    target = value(one, "合格率 › 年度指标值")

    assert (target.text, target.printed, target.certainty) == ("≥90%", "290%", Certainty.INFERRED)
    assert "290%" in target.why
    assert any("290%" in remark.text for remark in one.remarks)


@pytest.mark.parametrize(
    ("target", "others", "why"),
    [
        ("290%|95%|10|8", "≥5次|6次|10|10", "the score is not full"),
        ("290%|300%|10|10", "≥5次|6次|10|10", "the target was reached as it is printed"),
        ("290%|95%|10|10", "5次|6次|10|10", "other targets have no sign either"),
        ("290%|95%|10|10", "≤5次|4次|10|10", "no other target has this sign"),
        ("28次|10次|10|10", "6次|6次|10|10", "other targets have no sign either"),
        ("20次|18次|10|10", "≥5次|6次|10|10", "without its 2 it would begin with 0"),
        ("工5次|6次|10|8", "≥5次|6次|10|10", "the score is not full"),
        ("^5次|5次|10|10", "≥5次|6次|10|10\n效益指标|社会效益|人数|=5人|5人|10|10", "two signs are possible"),
    ],
)
def test_where_the_form_proves_nothing_the_print_stays(target: str, others: str, why: str) -> None:
    others_rows = others.split("\n")
    one = of_rows(f"产出指标|质量指标|甲|{target}", f"产出指标|数量指标|乙|{others_rows[0]}", *others_rows[1:])

    assert value(one, "甲 › 年度指标值").text == target.partition("|")[0], why
    assert value(one, "甲 › 年度指标值").certainty is not Certainty.INFERRED


@pytest.mark.parametrize(
    ("printed", "actual", "signs", "mended"),
    [
        ("$22次", "3次", "≥5次|6次|10|10", "≥2次"),
        ("工80%", "92%", "≥5次|6次|10|10", "≥80%"),
        ("^5次", "6次", "≥5次|6次|10|10", "≥5次"),
        ("二100%", "100%", "=5次|5次|10|10", "=100%"),
    ],
)
def test_other_spoilt_signs_are_put_right_the_same_way(printed: str, actual: str, signs: str, mended: str) -> None:
    one = of_rows(f"产出指标|质量指标|甲|{printed}|{actual}|10|10", f"产出指标|数量指标|乙|{signs}")

    target = value(one, "甲 › 年度指标值")
    assert (target.text, target.printed, target.certainty) == (mended, printed, Certainty.INFERRED)


def test_a_sign_that_looks_spoilt_but_cannot_be_put_right_is_said() -> None:
    one = of_rows("产出指标|质量指标|甲|工80%|92%|10|8", "产出指标|数量指标|乙|≥5次|6次|10|10")

    assert any("工80%" in remark.text and "核对" in remark.text for remark in one.remarks)


def test_broken_lines_of_names_and_figures_are_joined_and_paragraphs_of_texts_stay(tmp_path: Path) -> None:
    one = draft(
        grid(
            "项目自评表→4",
            "（2024年度）→4",
            "项目名称|社区党群\\n服务中心\\n工作→3",
            "部门职责|一是组织活动。\\n二是服务居民，开展各类文化体育活动和志愿服\\n务活动。→3",
            "项目资金（元）↓2|.|全年预算数|全年执行数",
            "年度资金总额|22,551,\\n226.73|22,498,653.69",
            "三级指标|年度\\n指标值|实际\\n完成值|分值",
            "参加教育\\n培训人次|≥80.00(元/\\n人)|82|10",
        )
    )  # fmt: skip
    record = loaded(one, tmp_path).record
    assert record is not None
    assert record.funding is not None

    assert record.text("project_name") == "社区党群服务中心工作"
    assert record.funding.rows[0].cells["adjusted_budget"].text == "22,551,226.73"
    assert (record.indicators[0].name, record.indicators[0].cells["target"].text) == (
        "参加教育培训人次",
        "≥80.00(元/人)",
    )
    assert record.prose["duties"].text == "一是组织活动。\n\n二是服务居民，开展各类文化体育活动和志愿服务活动。"
    assert value(one, "› 全年预算数").printed == "22,551,\n226.73"


def test_what_markdown_would_take_for_marks_is_shown_as_printed(tmp_path: Path) -> None:
    one = draft(grid("项目自评表→2", "（2024年度）→2", "存在问题|# 甲*乙*_丙_<b>丁</b>。\\n> 戊", "备注|1. 子\\n2. 丑"))
    record = loaded(one, tmp_path).record
    assert record is not None

    assert record.prose["problems"].text == r"\# 甲\*乙\*\_丙\_\<b>丁\</b>。" + "\n\n" + r"\> 戊"
    assert record.prose["remarks"].text == "1. 子\n2. 丑"


def test_a_figure_over_several_amounts_belongs_to_none_of_them(tmp_path: Path) -> None:
    one = draft(
        grid(
            "项目自评表→5",
            "（2024年度）→5",
            "项目资金（元）↓3|.|年初预算数|全年预算数|全年执行数",
            "年度资金总额|925000.00|815826.17|815,826.17",
            "其他资金|0 0→3",
        )
    )
    record = loaded(one, tmp_path).record
    assert record is not None
    assert record.funding is not None

    assert [cell.text for cell in record.funding.rows[1].printed_cells] == ["0", "0"]
    assert "年初预算数、全年预算数、全年执行数" in record.funding.rows[1].unreadable
    assert {filled.certainty for filled in one.filled if ".printed." in filled.field} == {Certainty.INFERRED}


def test_a_row_with_more_figures_than_labels_fills_nothing() -> None:
    one = draft(grid("项目自评表→5", "项目资金（元）|年度资金总额|100|90|90%"))

    assert [left.text for left in one.leftover] == ["年度资金总额", "100", "90", "90%"]


def test_a_lone_total_that_stands_below_no_score_is_to_be_confirmed_and_two_are_left_over() -> None:
    head = "三级指标|年度指标值|实际完成值|分值|得分"
    lone = of_rows("次数|3次|3次|100|98", "总分|98→4", head=head)
    several = draft(grid("项目自评表→3", "（2024年度）→3", "总分|100|98"))

    assert value(lone, "总分 › 得分").certainty is Certainty.INFERRED
    assert not any(filled.field.startswith("total") for filled in several.filled)
    assert [left.text for left in several.leftover] == ["100", "98"]


def test_a_score_printed_once_for_several_rows_is_to_be_confirmed() -> None:
    one = of_rows("产出指标|数量指标|甲|3次|3次|20↓2|20↓2", "产出指标|质量指标|乙|5次|5次")

    assert {filled.certainty for filled in one.filled if filled.path.endswith(("甲 › 分值", "甲 › 得分"))} == {
        Certainty.INFERRED
    }
    assert not any(filled.path.endswith("乙 › 分值") for filled in one.filled)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("22,551,226.73", "元"), ("417.32", "万元"), ("500", ""), ("50,000.50", "")],
)
def test_an_unprinted_unit_of_money_is_stated_only_where_the_amounts_tell_it(amount: str, unit: str) -> None:
    one = draft(grid("项目自评表→3", "（2024年度）→3", "项目资金↓2|.|全年预算数", f"年度资金总额|{amount}"))
    units = [filled for filled in one.filled if filled.field == "funding.unit"]

    assert [(found.text, found.certainty) for found in units] == ([(unit, Certainty.INFERRED)] if unit else [])
    assert unit or any("金额单位" in remark.text for remark in one.remarks)


@pytest.mark.parametrize("line", ["单位：万元", "金额单位:万元", "填报单位：示例局　　单位：万元"])
def test_the_unit_of_money_may_stand_above_the_table(line: str) -> None:
    one = draft(
        grid("项目资金↓2|.|全年预算数", "年度资金总额|500", above=("项目自评表", "（2024年度）", line)),
    )

    assert value(one, "项目资金 › 单位").text == "万元"
    assert one.leftover == ()


def test_a_label_read_loosely_makes_a_value_likely_and_a_known_one_certain() -> None:
    one = of_rows("产出指标|数量指标|甲|3次|3次|20|20", head=HEADER.replace("实际完成值", "实际完成值（B）"))

    assert value(one, "甲 › 实际完成值").certainty is Certainty.LIKELY
    assert value(one, "甲 › 年度指标值").certainty is Certainty.CERTAIN


def test_what_the_reader_of_the_file_noted_is_to_be_confirmed() -> None:
    table = grid("项目自评表→7", "（2024年度）→7", HEADER, "产出指标|数量指标|甲|3次|4次|20|19")
    one = draft(with_cell(table, "19", note="公式的缓存值"))

    assert (value(one, "甲 › 得分").certainty, value(one, "甲 › 得分").why) == (Certainty.INFERRED, "公式的缓存值")


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ("主管部门", "主管部门"),
        ("年度资金总额", "项目资金 › 年度资金总额 › 年初预算数"),
        ("10.00", "项目资金 › 年度资金总额 › 全年执行数"),
        ("甲", "绩效指标 › 产出指标 › 数量指标 › 甲 › 年度指标值"),
        ("4次", "绩效指标 › 产出指标 › 数量指标 › 甲 › 分值"),
        ("20", "绩效指标 › 产出指标 › 数量指标 › 甲 › 得分"),
        ("20 ", "绩效指标 › 产出指标 › 数量指标 › 甲 › 偏差原因分析"),
        ("总分", "总分 › 分值"),
        ("100", "总分 › 得分"),
        ("预期目标", "年度总体目标 › 预期目标"),
    ],
)
def test_a_blank_that_may_hold_something_is_to_be_confirmed_in_its_own_field(before: str, path: str) -> None:
    table = grid(
        "项目自评表→8",
        "（2024年度）→8",
        "项目名称|甲项目→3|主管部门|.→3",
        "项目资金（元）↓3|.|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "年度资金总额|.|10.00|.|10|.|.",
        "其他资金|0|0|0|-|-|-",
        "年度总体目标|预期目标|.→2|实际完成情况|完成→3",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析",
        "产出指标|数量指标|甲|.|4次|.|.|.",
        "产出指标|数量指标|乙|3次|4次|20|20|.",
        "总分→5|.|.|.",
    )
    last = {"20": (8, 6), "20 ": (8, 7), "100": (10, 6)}.get(before)
    beside = last or next(
        (cell.row, cell.column + cell.columns) for cell in table.cells if cell.text == before and cell.row != 0
    )
    cells = tuple(
        replace(cell, note="公式没有保存结果" if (cell.row, cell.column) == beside else "隐藏行")
        for cell in table.cells
    )
    one = draft(replace(table, cells=tuple(replace(cell, note="") if cell.text else cell for cell in cells)))

    (found,) = one.of(Certainty.INFERRED)
    assert (found.path, found.text, found.why) == (path, "", "公式没有保存结果")
    assert open_fields(yaml_of(one), FORMS) == (path,)
    assert not one.leftover


def test_a_blank_that_may_hold_something_and_belongs_to_no_field_is_left_over() -> None:
    table = grid("项目自评表→7", "（2024年度）→7", HEADER, "产出指标|数量指标|甲|3次|4次|20|19", "总分→3|.|.|20|19")
    one = draft(replace(table, cells=tuple(
        replace(cell, note="按格式不显示，存储的数值是 5") if (cell.row, cell.column) == (4, 3) else cell
        for cell in table.cells
    )))  # fmt: skip

    assert [(left.text, left.why) for left in one.leftover] == [("（空白）", "按格式不显示，存储的数值是 5")]


def test_a_name_of_the_file_wins_over_a_label_and_is_to_be_confirmed() -> None:
    table = grid("项目自评表→7", "（2024年度）→7", HEADER, "产出指标|数量指标|甲|3次|4次|20|19")
    same = draft(with_cell(table, "19", fields=(Field("i-00000000.score", "19"),)))
    other = draft(with_cell(table, "4次", fields=(Field("i-00000000.forecast", "4次"),)))

    assert value(same, "甲 › 得分").certainty is Certainty.CERTAIN
    assert value(other, "甲 › 全年预计完成值").certainty is Certainty.INFERRED
    assert not any(filled.field.endswith(".actual") for filled in other.filled)


def test_a_named_cell_of_the_head_needs_no_label() -> None:
    cells = (
        GridCell(0, 0, "项目自评表", columns=2),
        GridCell(1, 0, "项日名你"),
        GridCell(1, 1, "甲", fields=(Field("head.project_name", "甲"),)),
    )
    one = draft(Grid(cells))

    assert (one.project, value(one, "项目名称").certainty) == ("甲", Certainty.INFERRED)


def test_unknown_fields_and_columns_keep_their_printed_names(tmp_path: Path) -> None:
    one = draft(
        grid(
            "项目自评表→4", "（2024年度）→4", "区划编码|900001|资金文号|虚财〔2024〕1号", "三级指标|年度指标值|数据来源|分值",
            "甲|3次|台账|20",
        )
    )  # fmt: skip
    record = loaded(one, tmp_path).record
    assert record is not None

    assert {key: cell.text for key, cell in record.extra.items()} == {
        "区划编码": "900001",
        "资金文号": "虚财〔2024〕1号",
    }
    assert record.indicators[0].extra["数据来源"].text == "台账"


def test_persons_stand_only_where_the_vocabulary_has_a_field_for_them() -> None:
    one = draft(
        grid(
            "项目自评表→4",
            "（2024年度）→4",
            "项目负责人|张某某|身份证号|000000",
            "审核人（签字）|王某某|联系电话|000-1",
        )
    )

    assert {filled.path for filled in one.filled if filled.field.startswith("head")} == {"项目负责人", "联系电话"}
    assert [left.text for left in one.leftover] == ["身份证号", "000000", "审核人（签字）", "王某某"]


def test_a_field_printed_twice_keeps_the_first_and_says_so() -> None:
    one = draft(grid("项目自评表→4", "（2024年度）→4", "项目名称|甲|主管部门|乙局", "主管部门|丙局→3"))

    assert one.department == "乙局"
    assert [left.text for left in one.leftover] == ["丙局"]


@pytest.mark.parametrize(
    ("lines", "year", "certainty"),
    [
        (("项目自评表", "（2024年度）"), 2024, Certainty.CERTAIN),
        (("2024年度项目自评表",), 2024, Certainty.LIKELY),
        (("2022年度项目自评表", "（2023年度）"), 2023, Certainty.INFERRED),
        (("项目自评表", "申报时段：2023年1月-12月"), 2023, Certainty.CERTAIN),
        (("某街道2024年度绩效目标汇总表", "项目自评表"), 2024, Certainty.INFERRED),
        (("项目自评表",), 0, None),
    ],
)
def test_the_year_is_read_from_what_is_printed(lines: tuple[str, ...], year: int, certainty: Certainty | None) -> None:
    one = draft(grid("项目名称|甲", above=lines))

    assert one.fiscal_year == year
    assert one.title == "项目自评表"
    assert [filled.certainty for filled in one.filled if filled.field == "fiscal_year"] == (
        [certainty] if certainty else []
    )


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ("项目支出绩效自评表", "项目支出绩效自评表"),
        ("项目支出\n绩效自评表", "项目支出绩效自评表"),
        ("附件3：项目支出绩效自评表", "项目支出绩效自评表"),
        ("部门（单位）整体支出绩效自评表", "部门（单位）整体支出绩效自评表"),
        ("虚构市本级项目支出绩效自评表", "虚构市本级项目支出绩效自评表"),
    ],
)
def test_a_title_is_kept_as_printed(title: str, chosen: str) -> None:
    one = draft(grid("项目名称|甲", above=tuple(title.split("\n"))))

    assert one.title == chosen
    assert one.layout == "通用"


def test_a_document_without_any_form_gives_no_draft() -> None:
    assert drafts(grid("甲|乙", "1|2")) == ()


def test_the_file_says_which_record_it_is_only_where_it_names_as_many_as_it_holds() -> None:
    table = grid("项目自评表→2", "（2024年度）→2", "项目名称|甲")

    assert drafts(table, **{"jixiao.records": "2024/shi/jia"})[0].record_id == "2024/shi/jia"
    assert drafts(table, **{"jixiao.records": "2024/shi/jia;2024/shi/yi"})[0].record_id == ""


def test_labels_marked_as_values_are_values() -> None:
    cells = (
        GridCell(0, 0, "项目自评表", columns=2),
        GridCell(1, 0, "存在问题", kind=CellKind.LABEL),
        GridCell(1, 1, "备注", kind=CellKind.VALUE),
    )

    assert value(draft(Grid(cells)), "存在问题").text == "备注"


def test_a_text_that_goes_on_on_the_next_page_is_one_text() -> None:
    one = draft(
        grid(
            "项目自评表→4",
            "（2024年度）→4",
            "年度总体目标↓2|预期目标→2|实际完成情况",
            "一、举办活动，服务→2|已举办",
            place="第1页",
        ),
        grid(".|居民。→2|。", "三级指标|年度指标值|分值|得分", "次数|3次|20|20", place="第2页"),
    )

    assert value(one, "预期目标").text == "一、举办活动，服务居民。"
    assert value(one, "预期目标").certainty is Certainty.LIKELY
    assert value(one, "次数 › 分值").text == "20"


def test_of_two_cells_below_one_title_nobody_knows_which_one_it_means() -> None:
    one = draft(
        grid(
            "项目自评表→6", "（2024年度）→6", "项目资金（元）↓2|.|全年预算数→2|全年执行数→2", "年度资金总额|100|90|80→2",
            "一级指标|三级指标|指标值→2|分值→2", "产出指标|次数|3次|5次|20→2",
        )
    )  # fmt: skip

    assert [filled.field for filled in one.of(Certainty.INFERRED)] == [
        "funding-年度资金总额.printed.1", "funding-年度资金总额.printed.2", "i-" + one.filled[-1].field[2:10] + ".target",
    ]  # fmt: skip
    assert value(one, "年度资金总额 › 全年执行数").text == "80"
    assert [left.text for left in one.leftover] == ["5次"]


def test_columns_of_the_table_before_make_values_likely() -> None:
    one = draft(
        grid("项目自评表→4", "（2024年度）→4", "一级指标|三级指标|指标值|得分", "产出指标|次数|3次|9", place="第1页"),
        grid(".|人数|5人|8", place="第2页"),
    )

    assert value(one, "次数 › 得分").certainty is Certainty.CERTAIN
    assert value(one, "人数 › 得分").certainty is Certainty.LIKELY


def test_a_sheet_may_hold_what_the_layout_has_no_place_for_below_the_form() -> None:
    one = draft(
        grid(
            "项目自评表→3", "（2024年度）→3", "三级指标|指标值|得分", "次数|3次|9", "版式之外的内容→3", "次数 › 改进措施|另择日期→2",
            "金额单位|元→2",
        )
    )  # fmt: skip

    assert value(one, "次数 › 改进措施").text == "另择日期"
    assert [filled.field.partition(".")[2] for filled in one.filled if filled.field.startswith("i-")] == [
        "name", "target", "score", "improvement_measures",
    ]  # fmt: skip


def test_a_named_cell_of_the_unit_may_be_named_as_a_whole() -> None:
    table = grid("项目自评表→3", "（2024年度）→3", "项目资金(万元)↓2|.|全年预算数", "年度资金总额|500")
    one = draft(with_cell(table, "项目资金(万元)", fields=(Field("funding.unit", "项目资金(万元)"),)))

    assert value(one, "项目资金 › 单位").text == "万元"


SCORED = "三级指标|年度指标值|实际完成值|分值|得分|偏差原因"
MONEY = "项目资金（元）↓2|.|全年预算数|全年执行数|分值|执行率|得分"


@pytest.mark.parametrize(
    ("foot", "field", "text"),
    [
        ("备注|经费含追加50000元→5", "prose.remarks", "经费含追加50000元"),
        ("填表人：张三|.|联系电话：000-1|.|.|.", "head.contact_phone", "000-1"),
        ("备注：经费含追加50000元|.|.|.|.|.", "prose.remarks", "经费含追加50000元"),
        ("填表人：张三→2|联系电话：000-1→4", "head.contact_person", "张三"),
    ],
)
def test_what_stands_below_the_total_is_no_indicator(foot: str, field: str, text: str) -> None:
    one = of_rows("次数|3次|3次|100|98|.", "总分→3|100|98|.", foot, head=SCORED)

    assert [filled.text for filled in one.filled if filled.field.endswith(".name")] == ["次数"]
    assert [filled.text for filled in one.filled if filled.field == field] == [text]


def test_a_row_below_the_total_that_nobody_knows_is_left_over() -> None:
    one = of_rows("次数|3次|3次|100|98|.", "总分→3|100|98|.", "甲|乙|丙|丁|戊|己", head=SCORED)

    assert [left.text for left in one.leftover] == ["甲", "乙", "丙", "丁", "戊", "己"]


def test_a_total_above_the_indicators_ends_no_table() -> None:
    one = of_rows("总分→3|100|98|.", "次数|3次|3次|100|98|.", head=SCORED)

    assert [filled.text for filled in one.filled if filled.field.endswith(".name")] == ["次数"]


def test_a_table_that_begins_below_a_total_has_its_indicators() -> None:
    one = of_rows(
        "次数|3次|3次|100|98|.", "总分→3|100|98|.", SCORED.replace("三级", "二级"), "人数|5人|5人|10|9|.", head=SCORED
    )

    assert [filled.text for filled in one.filled if filled.field.endswith(".name")] == ["次数", "人数"]


@pytest.mark.parametrize(
    ("unit", "header", "row", "foot", "places"),
    [
        ("（元）", "全年预算数（万元）", "年度资金总额", "", ("第3行第1列", "第3行第3列")),
        ("（元）", "全年预算数", "年度资金总额（万元）", "", ("第3行第1列", "第4行第2列")),
        ("（元）", "全年预算数", "年度资金总额", "金额单位：万元", ("第3行第1列", "第5行第1列")),
        ("", "全年预算数（元）", "年度资金总额（万元）", "", ("第3行第3列", "第4行第2列")),
        ("", "全年预算数（千元）", "年度资金总额", "单位：万元", ("第3行第3列", "第5行第1列")),
    ],
)
def test_two_units_of_money_leave_the_unit_to_be_confirmed(
    unit: str, header: str, row: str, foot: str, places: tuple[str, str]
) -> None:
    rows = (f"项目资金{unit}↓2|.|{header}", f"{row}|500", *((f"{foot}→3",) if foot else ()))
    one = draft(grid("项目自评表→3", "（2024年度）→3", *rows))
    found = value(one, "项目资金 › 单位")

    assert found.certainty is Certainty.INFERRED
    assert all(place in found.why for place in places)
    assert [filled.text for filled in one.filled if filled.field.endswith(".label")] == ["年度资金总额"]


def test_a_unit_on_a_line_outside_contradicts_as_well() -> None:
    one = draft(
        grid("项目资金（元）↓2|.|全年预算数", "年度资金总额|500", above=("项目自评表", "（2024年度）", "单位：万元"))
    )

    assert value(one, "项目资金 › 单位").certainty is Certainty.INFERRED


def test_a_unit_of_money_is_found_in_a_cell_beside_other_fields() -> None:
    one = draft(
        grid(
            "项目自评表→4",
            "（2024年度）→4",
            "项目名称|甲|.|单位：万元",
            "项目资金↓2|.|全年预算数|全年执行数",
            "年度资金总额|500000|500000",
        )
    )

    assert (value(one, "项目资金 › 单位").text, value(one, "项目资金 › 单位").certainty) == ("万元", Certainty.CERTAIN)
    assert value(one, "项目名称").certainty is Certainty.CERTAIN
    assert one.leftover == ()


@pytest.mark.parametrize(
    "slipped",
    [
        "次数|.|≥2次|2次|20|20",
        "比例|.|≥90%|92.5%|10|10",
        "个数|.|≥5|5|10|10",
        "程度|.|提升|提升|10|10",
        "次数|2次|20|20|说明原因|.",
    ],
)
def test_a_row_that_slipped_by_one_cell_is_to_be_confirmed(slipped: str) -> None:
    one = of_rows(slipped, "人数|≥3人|4人|20|20|.", "人次|5人次|≥6人次|20|20|.", head=SCORED)
    name = slipped.partition("|")[0]
    doubtful = {filled.path for filled in one.of(Certainty.INFERRED)}

    assert doubtful == {
        filled.path for filled in one.filled if f" {name} ›" in filled.path and not filled.field.endswith(".name")
    }
    assert all("错了一格" in filled.why for filled in one.of(Certainty.INFERRED))


@pytest.mark.parametrize("mark", ["-", "—", "/", "."])
def test_marks_and_words_where_they_belong_are_certain(mark: str) -> None:
    one = of_rows(f"次数|≥3次|达成|{mark}|{mark}|.", "人数|≥3人|≥4人|20|20|已完成", head=SCORED)

    assert one.of(Certainty.INFERRED) == ()


@pytest.mark.parametrize(
    "row",
    [
        "年度资金总额|.|1000|900000|10|100%|10",
        "年度资金总额|1000|900|10|90000.00|10|.",
        "年度资金总额|1000|900|一般|90%|10|.",
        "年度资金总额|1000|90%|10|9|.|.",
    ],
)
def test_a_row_of_money_that_slipped_is_to_be_confirmed(row: str) -> None:
    one = draft(grid("项目自评表→7", "（2024年度）→7", MONEY, row))
    cells = [
        filled for filled in one.filled if filled.field.startswith("funding-") and not filled.field.endswith(".label")
    ]

    assert cells
    assert {filled.certainty for filled in cells} == {Certainty.INFERRED}


@pytest.mark.parametrize(("row", "path"), [("次数|3次|3次|20|TRUE|.", "次数 › 得分"), ("总分→3|100|优秀|.", "")])
def test_what_is_no_figure_is_to_be_confirmed_or_left_over(row: str, path: str) -> None:
    one = of_rows("人数|≥3人|4人|20|20|.", row, head=SCORED)

    assert [filled.path.removeprefix("绩效指标 › ") for filled in one.of(Certainty.INFERRED)] == [path or "总分 › 得分"]


def test_an_amount_with_words_is_to_be_confirmed_alone() -> None:
    one = draft(grid("项目自评表→7", "（2024年度）→7", MONEY, "年度资金总额|90万元|900|10|90%|9"))

    assert [filled.text for filled in one.of(Certainty.INFERRED)] == ["90万元"]


def test_of_two_columns_with_one_title_each_is_to_be_confirmed() -> None:
    one = of_rows("次数|3次|3次|20|18|.", "总分→3|20|18|.", head=SCORED.replace("得分", "分值"))

    assert [(filled.path, filled.text) for filled in one.of(Certainty.INFERRED)] == [
        ("绩效指标 › 次数 › 分值", "20"),
        ("绩效指标 › 次数 › 其他栏目 › 分值", "18"),
        ("总分 › 分值", "20"),
    ]
    assert all("分值" in filled.why for filled in one.of(Certainty.INFERRED))
    assert [left.text for left in one.leftover] == ["18"]


def test_two_money_columns_with_one_title_are_to_be_confirmed() -> None:
    one = draft(
        grid("项目自评表→4", "（2024年度）→4", "项目资金（元）↓2|.|全年预算数|全年预算数", "年度资金总额|500|400")
    )

    assert "400" in [filled.text for filled in one.of(Certainty.INFERRED)]


def test_a_form_without_its_title_says_which_layout_is_nearest_and_names_its_funds() -> None:
    one = draft(
        grid(
            "项目名称|甲→7", "主管部门|乙局→3|实施单位|丙中心→3", "项目资金（元）↓3→2|.|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
            "年度资金总额|500|500|500|10|100%|10", "其中：当年财政拨款|500|500|500|—|100%|—",
            "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施", "产出指标|数量指标|次数|3次|3次|90|90|.",
        )
    )  # fmt: skip

    assert one.layout == "通用"
    assert any("最接近的是" in remark.text and "没有标题" in remark.text for remark in one.remarks)
    assert "当年财政拨款" in [filled.text for filled in one.filled if filled.field.endswith(".label")]


def _hidden(*rows: str) -> Draft:
    table = grid(*rows, above=("项目自评表", "（2024年度）"))
    return draft(replace(table, cells=tuple(replace(cell, note="隐藏的工作表") for cell in table.cells)))


def test_one_doubt_about_a_whole_form_is_one_entry(tmp_path: Path) -> None:
    one = _hidden("项目名称|甲→5", "主管部门|乙局→5", SCORED, "次数|3次|3次|20|20|.")

    assert [(doubt.path, "隐藏的工作表" in doubt.why) for doubt in doubts_of(one.filled)] == [("表样", True)]
    assert {filled.certainty for filled in one.filled if filled.place.startswith("表1!")} == {Certainty.INFERRED}
    (tmp_path / "one.yaml").write_text(yaml_of(one), encoding="utf-8")
    file = SourceFile("one.yaml", tmp_path / "one.yaml", "2024/shi/biao", is_markdown=False)
    found = {finding.code for finding in load_record(file, FORMS).findings}
    assert UNCONFIRMED_VALUE.code in found
    assert UNCONFIRMED_NOTHING.code not in found


def test_one_doubt_about_a_block_is_one_entry_and_other_doubts_stay() -> None:
    table = grid("项目自评表→6", "（2024年度）→6", "项目名称|甲→5", SCORED, "次数|3次|3次|20|20|.", "总分→3|20|20|.")
    cells = tuple(replace(cell, note="没有边框") if cell.row == 4 else cell for cell in table.cells)
    one = draft(
        Grid(
            tuple(
                replace(cell, note="公式的缓存值") if cell.row == 5 and cell.text == "20" and cell.column == 4 else cell
                for cell in cells
            )
        )
    )

    assert [doubt.path for doubt in doubts_of(one.filled)] == ["绩效指标", "总分 › 得分"]
