"""Forms as they are printed in different places: other words, other orders, other merges, the same record."""

from pathlib import Path

import pytest

from generator.importers.draft import Certainty, Draft
from generator.model.records import Record
from tests.importers.laid_out import draft, drafts, grid, loaded, lost

SICHUAN = grid(
    "部门预算项目支出绩效自评表（2023年度）→9",
    "项目名称→2|51000023R000000002-虚构讲堂→7",
    "主管部门→2|901-示例局→3|实施单位→2|901001-示例中心→2",
    "项目资金（元）→2↓5|.|年初预算数|调整后预算数|预算执行数|预算执行率|权重|得分",
    "总额|500,000.00|480,000.00|412,345.67|85.91%|10|8.59",
    "其中：财政资金|500,000.00|480,000.00|412,345.67|85.91%|/|/",
    "财政专户管理资金|0.00|0.00|0.00|.|/|/",
    "单位资金|.|.|.|.|—|-",
    "年度目标→2↓2|年初设定目标→3|完成情况→4",
    "举办讲堂二十场。→3|举办讲堂十九场。→4",
    "绩效指标（90分）↓4|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|全年完成值|权重",
    "产出指标↓2|数量指标|讲堂场次|≥|20|场|19|40",
    "质量指标|合格率|＝|100|%|100|30",
    "效益指标|社会效益指标|群众知晓情况|定性|好|.|好|20",
    "合计→8|100",
    "自评结论→2|项目总体完成。→7",
    "存在问题→2|预算编制偏松。→7",
    "改进措施→2|按实际编制预算。→7",
    "项目负责人：张某某→4|财务负责人：李某某→5",
)
HUBEI = grid(
    "2024年度项目自评表→7",
    "填报日期：2025年3月1日→7",
    "项目名称|驿站改造→6",
    "主管部门|示例局→2|项目实施单位→2|示例中心→2",
    "项目类别|1、部门预算项目 ☑  2、专项 □→6",
    "预算执行情况（万元）（20分）↓2|.|预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）→2",
    "年度财政资金总额|88.00|79.20|90%|18→2",
    "年度绩效目标（80分）↓5|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分",
    "产出指标↓2|数量指标|改造驿站数|4个|4个|40",
    "时效指标|完工时间|2024年11月底前|2024年12月10日|7",
    "效益指标|社会效益指标|服务人次|≥5000人次|5120人次|30",
    "......|......|......|.|.|.",
    "总分→6|95",
    "偏差大或目标未完成原因分析|材料到货晚。→6",
    "改进措施及结果应用方案|来年提前备料。→6",
)
TRANSFER = grid(
    "县级专项资金绩效目标自评表→7",
    "（2022年度）→7",
    "专项名称→2|虚构资金→5",
    "市县主管部门→2|虚构局→2|资金使用单位|示例站→2",
    "资金情况\\n（万元）→2↓4|.|全年预算数（A）|全年执行数（B）|执行率（B/A×100%)→2",
    "年度资金总额：|1000|998.6|99.86%→2",
    "其中：中央财政资金|600|600|100%→2",
    "地方资金|400|398.6|99.65%→2",
    "总体目标→2↓2|年初设定目标→2|全年实际完成情况→3",
    "改善设备。→2|设备已改善。→3",
    "绩效指标↓4|一级指标|二级指标|三级指标|分值|指标值|全年实际完成值",
    "产出指标↓2|数量指标|购置设备（台、套）|50|15台(甲型9、乙型6)|15",
    ".|购置车辆|10|2|2",
    "效益指标|可持续影响指标|使用年限|30|≥8年|≥8年",
    "说明→2|无→5",
)
CHONGQING = grid(
    "部门整体绩效自评表→11",
    "（2024年度）→11",
    "部门（单位）名称|示例中心→4|自评总分|96.4→5",
    "部门预算资金（元）↓2|年初预算数→2|全年（调整）预算数→2|全年执行数→2|执行率（%）→2|执行率权重|执行率得分",
    "1000000→2|1100000.55→2|1099999.55→2|99.99→2|10|9.99",
    "绩效目标↓2|年初绩效目标→5|全年完成情况→5",
    "建成两个站点。→5|建成两个站点。→5",
    "指标名称|计量单位|指标性质|年初指标值|调整后指标值|全年完成值|得分系数|指标权重|指标得分|是否核心指标|说明",
    "站点数|个|=|2|3|2|66.67%|40|26.668|是|在建",
    "★★★居民满意率|%|＞|90|.|95|1|50|50|否|.",
)
HUNAN = grid(
    "2023年度部门整体支出绩效自评表→8",
    "单位名称→2|示例中心→6",
    "年度预算申请（万元）→2↓4|.|年初预算数|全年预算数|全年执行数|分值|执行率",
    "年度资金总额|700|720|715.5|10|99.38",
    "按收入性质分→3|按支出性质分→3",
    "其中：一般公共预算：665.5→3|其中：基本支出：400→3",
    "年度总体目标→2↓2|预期目标→3|实际完成情况→3",
    "完成工作。→3|已完成。→3",
    "绩效指标↓3|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标↓2|数量指标|绩效目标数|5|5|50|50",
    "质量指标|合格率|100%|100%|40|38",
    "总分→6|90|88",
)
WHOLE_DEPARTMENT = grid(
    "部门（单位）整体支出绩效自评表→8",
    "（2024年度）→8",
    "部门（单位）名称|示例中心→7",
    "部门预算\\n资金（万元）↓3|.|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "年度资金总额|410.20|402.00|401.9|10|99.98%|9.99",
    "其中：基本支出|300.00|300.00|300|—|.|—",
    "年度总体目标↓2|预期目标→4|实际完成情况→3",
    "保障运转。→4|运转正常。→3",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "产出指标|质量指标|公文差错率|≦0.5%|0.4%|90|90|.",
    "总分→5|100|99.99|.",
)
MONITORING = grid(
    "项目支出绩效目标监控表→14",
    "（2024年1-7月）→14",
    "项目名称→2|河道保洁→12",
    "主管部门及代码→2|[901]示例局→5|实施单位→2|示例办→5",
    "项目资金（万元）→2↓3|.→2|年初预算数→2|1-7月执行数→2|1-7月执行率→2|全年预计执行数→4",
    "年度资金总额：→2|30→2|9.8→2|32.67%→2|29→4",
    "其中：本年一般公共预算拨款→2|30→2|9.8→2|32.67%→2|29→4",
    "年度总体目标→2|清理河道三次。→12",
    "绩效指标↓4|一级指标↓2|二级指标↓2|三级指标↓2|年度指标值↓2|1-7月执行情况↓2|全年预计完成情况↓2|偏差原因分析→4|完成可能性→3",
    "经费保障|制度保障|人员保障|原因说明|确定能|有可能|完全不可能",
    "产出指标↓2|数量指标|清理次数|≥3次|1次|2次|√|.|.|汛期提前|.|√|.",
    "质量指标|达标率|100%|100%|100%|.|.|.|.|√|.|.",
)
REVIEW = grid(
    "项目支出绩效自评复核表→9",
    "（2024年度）→9",
    "项目名称|保洁→8",
    "一级指标|指标名称|分值|年度指标值|自评值|自评得分|复核值|复核得分|备注",
    "预算执行率→2|10|100%|98.2%|9.82|98.1%|9.81|以国库数为准",
    "产出指标|清理次数|90|3次|3次|90|2次|60|.",
    "合计→2|100|.|.|99.82|.|69.81|.",
)
ALL = {
    "四川": SICHUAN, "湖北": HUBEI, "转移支付": TRANSFER, "重庆": CHONGQING, "湖南": HUNAN, "财政部样式": WHOLE_DEPARTMENT,
    "监控": MONITORING, "复核": REVIEW,
}  # fmt: skip


def record_of(one: Draft, folder: Path) -> Record:
    result = loaded(one, folder, f"{one.fiscal_year}/shi/biao")
    assert [finding.message for finding in result.findings] == []
    assert result.record is not None
    return result.record


def cells(record: Record, name: str) -> dict[str, str]:
    (row,) = (row for row in record.indicators if row.name == name)
    return {key: cell.text for key, cell in row.cells.items() if cell.text}


def amounts(record: Record, label: str) -> dict[str, str]:
    assert record.funding is not None
    (row,) = (row for row in record.funding.rows if row.label == label)
    return {key: cell.text for key, cell in row.cells.items()}


@pytest.mark.parametrize("name", ALL)
def test_no_figure_of_any_layout_is_lost_and_the_record_can_be_read(name: str, tmp_path: Path) -> None:
    one = draft(ALL[name])

    record_of(one, tmp_path)
    assert lost([ALL[name]], [one]) == []
    assert one.layout == "通用"


def test_operator_value_and_unit_in_three_columns_stay_three_cells(tmp_path: Path) -> None:
    record = record_of(draft(SICHUAN), tmp_path)

    assert cells(record, "讲堂场次") == {
        "nature": "≥",
        "target": "20",
        "target_unit": "场",
        "actual": "19",
        "points": "40",
    }
    assert cells(record, "群众知晓情况")["nature"] == "定性"
    assert record.text("project_name") == "51000023R000000002-虚构讲堂"
    assert record.text("person_in_charge") == "张某某"
    assert record.text("finance_officer") == "李某某"
    assert {key: cell.text for key, cell in record.total.items()} == {"points": "100"}
    assert record.prose["problems"].text == "预算编制偏松。"


def test_slash_dash_and_blank_of_the_money_block_stay_different(tmp_path: Path) -> None:
    record = record_of(draft(SICHUAN), tmp_path)

    assert amounts(record, "其中：财政资金")["points"] == "/"
    assert amounts(record, "单位资金") == {
        "initial_budget": "", "adjusted_budget": "", "executed": "", "execution_rate": "", "points": "—", "score": "-",
    }  # fmt: skip
    assert amounts(record, "总额")["executed"] == "412,345.67"


def test_one_row_of_money_and_one_deviation_for_the_whole_form(tmp_path: Path) -> None:
    one = draft(HUBEI)
    record = record_of(one, tmp_path)

    assert record.form == "项目自评表"
    assert one.fiscal_year == 2024
    assert amounts(record, "年度财政资金总额") == {
        "budget": "88.00",
        "executed": "79.20",
        "execution_rate": "90%",
        "score": "18",
    }
    assert record.funding is not None
    assert record.funding.unit.text == "万元"
    assert record.text("project_category") == "1、部门预算项目 ☑  2、专项 □"
    assert record.prose["form_deviation_reason"].text == "材料到货晚。"
    assert record.total["score"].text == "95"


def test_rows_that_invite_to_be_filled_are_left_over_and_stated(tmp_path: Path) -> None:
    one = draft(HUBEI)

    assert [row.name for row in record_of(one, tmp_path).indicators] == ["改造驿站数", "完工时间", "服务人次"]
    assert [left.text for left in one.leftover] == ["......"] * 3
    assert any("没有填写的空行" in remark.text for remark in one.remarks)


def test_points_before_the_target_and_a_blank_level_below_a_printed_one(tmp_path: Path) -> None:
    record = record_of(draft(TRANSFER), tmp_path)

    assert cells(record, "购置设备（台、套）") == {"points": "50", "target": "15台(甲型9、乙型6)", "actual": "15"}
    assert [row.path for row in record.indicators][1] == ("产出指标", "数量指标")
    assert record.extra["市县主管部门"].text == "虚构局"
    assert record.text("implementing_unit") == "示例站"
    assert amounts(record, "年度资金总额")["execution_rate"] == "99.86%"


def test_a_flat_list_with_core_mark_and_coefficient_and_its_total_in_the_head(tmp_path: Path) -> None:
    one = draft(CHONGQING)
    record = record_of(one, tmp_path)

    assert [row.path for row in record.indicators] == [(), ()]
    assert cells(record, "站点数") == {
        "target_unit": "个", "nature": "=", "initial_target": "2", "adjusted_target": "3", "actual": "2",
        "coefficient": "66.67%", "points": "40", "score": "26.668", "core_mark": "是", "remark": "在建",
    }  # fmt: skip
    assert record.total["score"].text == "96.4"
    assert [value.path for value in one.of(Certainty.INFERRED)] == ["部门预算资金 › 部门预算资金"]
    assert amounts(record, "部门预算资金")["points"] == "10"


def test_two_cuts_of_the_same_money_are_two_groups(tmp_path: Path) -> None:
    record = record_of(draft(HUNAN), tmp_path)
    assert record.funding is not None

    assert [(row.group, row.label) for row in record.funding.rows][1:] == [
        ("按收入性质分", "其中：一般公共预算"),
        ("按支出性质分", "其中：基本支出"),
    ]
    assert amounts(record, "其中：一般公共预算") == {"amount": "665.5"}


def test_a_whole_department_form_in_the_projects_layout(tmp_path: Path) -> None:
    one = draft(WHOLE_DEPARTMENT)
    record = record_of(one, tmp_path)

    assert one.kind == "DepartmentEvaluation"
    assert record.text("evaluated_department") == "示例中心"
    assert cells(record, "公文差错率")["target"] == "≦0.5%"
    assert {key: cell.text for key, cell in record.total.items()} == {"points": "100", "score": "99.99"}


def test_titles_over_titles_name_the_lower_columns(tmp_path: Path) -> None:
    record = record_of(draft(MONITORING), tmp_path)
    (row, _) = record.indicators

    assert cells(record, "清理次数") == {
        "target": "≥3次", "actual_to_date": "1次", "forecast": "2次", "deviation_reason": "汛期提前",
    }  # fmt: skip
    assert {key: cell.text for key, cell in row.extra.items()} == {"经费保障": "√", "有可能": "√"}
    assert amounts(record, "年度资金总额") == {
        "initial_budget": "30", "executed_to_date": "9.8", "execution_rate": "32.67%", "forecast": "29",
    }  # fmt: skip


def test_a_review_keeps_both_scores_and_its_row_of_execution(tmp_path: Path) -> None:
    record = record_of(draft(REVIEW), tmp_path)

    assert (record.indicators[0].path, record.indicators[0].name) == ((), "预算执行率")
    assert cells(record, "清理次数")["review_score"] == "60"
    assert {key: cell.text for key, cell in record.total.items()} == {
        "points": "100", "score": "99.82", "review_score": "69.81",
    }  # fmt: skip


def test_a_total_above_the_indicators_and_long_term_rows_of_their_own(tmp_path: Path) -> None:
    record = record_of(
        draft(
            grid(
                "项目绩效目标表（2024年度）→5",
                "项目名称|五年项目→4",
                "中长期目标|五年建成十处。→4",
                "年度目标|建成两处。→4",
                "长期绩效指标↓2|一级指标|二级指标|三级指标|指标值",
                "产出指标|数量指标|五年建成处数|10处",
                "年度绩效指标↓3|一级指标|二级指标|三级指标|指标值",
                "产出指标↓2|数量指标|当年建成处数|2处",
                "质量指标|合格率|100%",
            )
        ),
        tmp_path,
    )

    assert [(row.horizon, row.name) for row in record.indicators] == [
        ("long_term", "五年建成处数"), ("annual", "当年建成处数"), ("annual", "合格率"),
    ]  # fmt: skip
    assert record.prose["project_goal"].text == "五年建成十处。"
    assert record.prose["expected"].text == "建成两处。"


def test_without_merged_cells_the_same_record() -> None:
    merged = draft(WHOLE_DEPARTMENT)
    plain = draft(
        grid(
            "部门（单位）整体支出绩效自评表|.|.|.|.|.|.|.",
            "（2024年度）|.|.|.|.|.|.|.",
            "部门（单位）名称|示例中心|.|.|.|.|.|.",
            "部门预算资金（万元）|.|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
            ".|年度资金总额|410.20|402.00|401.9|10|99.98%|9.99",
            ".|其中：基本支出|300.00|300.00|300|—|.|—",
            "年度总体目标|预期目标|.|.|.|实际完成情况|.|.",
            ".|保障运转。|.|.|.|运转正常。|.|.",
            "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
            "产出指标|质量指标|公文差错率|≦0.5%|0.4%|90|90|.",
            "总分|.|.|.|.|100|99.99|.",
        )
    )

    assert {(value.field, value.text) for value in merged.filled} == {
        (value.field, value.text) for value in plain.filled
    }


def test_several_forms_in_one_document_are_several_drafts() -> None:
    first, second = drafts(
        grid(
            "项目自评表（2024年度）→4", "项目名称|甲项目→3", "指标名称|指标值|完成值|分值", "次数|3次|3次|90",
            "项目自评表（2024年度）→4", "项目名称|乙项目→3", "指标名称|指标值|完成值|分值", "人数|5人|5人|80",
        )
    )  # fmt: skip

    assert (first.project, second.project) == ("甲项目", "乙项目")
    assert [value.text for value in second.filled if value.field.endswith(".points")] == ["80"]


def test_a_second_head_without_a_title_is_a_second_form_and_said_so() -> None:
    first, second = drafts(
        grid(
            "项目自评表（2024年度）→4", "项目名称|甲项目→3", "指标名称|指标值|完成值|分值", "次数|3次|3次|90",
            "项目名称|乙项目→3", "指标名称|指标值|完成值|分值", "人数|5人|5人|80",
        )
    )  # fmt: skip

    assert (first.project, second.project) == ("甲项目", "乙项目")
    assert second.title == "项目自评表"
    assert [value.path for value in second.of(Certainty.INFERRED)] == ["表样"]


def test_a_form_over_several_tables_is_one_form_and_said_so() -> None:
    one = draft(
        grid(
            "项目自评表（2024年度）→4",
            "项目名称|甲项目→3",
            "一级指标|三级指标|指标值|得分",
            "产出指标|次数|3次|9",
            place="第1页",
        ),
        grid("- 1 -→4", ".|人数|5人|8", "一级指标|三级指标|指标值|得分", "效益指标|满意度|≥90%|7", place="第2页"),
    )
    paths = [value.path for value in one.filled if value.field.endswith(".score")]

    assert paths == [
        "绩效指标 › 产出指标 › 次数 › 得分",
        "绩效指标 › 产出指标 › 人数 › 得分",
        "绩效指标 › 效益指标 › 满意度 › 得分",
    ]
    assert [left.why for left in one.leftover] == ["页码，不是表的内容"]
    assert {remark.text[:12] for remark in one.remarks} >= {"这份表由几张表格接成：中", "指标栏的标题又印了一次，"}
