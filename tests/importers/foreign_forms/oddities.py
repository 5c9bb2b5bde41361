"""Ways of laying forms out that are rarer, each seen in some place."""

from tests.importers.foreign_forms.page import Page

_TITLES = "一级指标~level1|二级指标~level2|三级指标~name|年度指标值~target|实际完成值~actual|分值~points|得分~score|偏差原因分析及改进措施~deviation_reason"


def two_tiers_of_titles() -> list[list[Page]]:
    """绩效运行监控表 whose reasons and likelihoods are columns of check marks under a common title."""
    page = Page("项目绩效运行监控表", year="2024", period="（2024年1-6月）", at="元")
    page.above("项目绩效运行监控表", "（2024年1-6月）", "单位：元")
    page.rows(
        "项目名称→2|@project_name 污水管网清淤→10",
        "主管部门→2|@competent_department 示例市水务局→4|实施单位→2|@implementing_unit 示例市排水处→4",
    )
    page.money(
        "资金情况→2", "资金来源|年初预算数~initial_budget|1-6月执行数~executed_to_date|1-6月执行率~execution_rate|全年预计执行数~forecast",
        "年度资金总额|6,300,000.00|2,871,466.20|45.58%|6,300,000.00",
        "其中：一般公共预算|6,300,000.00|2,871,466.20|45.58%|6,300,000.00",
        spans=(2, 2, 2, 2, 2),
    )  # fmt: skip
    page.rows(
        "绩效指标↓6|一级指标↓2|二级指标↓2|三级指标↓2|年度指标值↓2|1-6月执行情况↓2|全年预计完成情况↓2|偏差原因分析→3|完成目标可能性→2",
        "经费保障|人员保障|原因说明|确定能|有可能",
    )
    base = "ind/annual/产出指标›数量指标›管网清淤长度"
    page.rows(
        f"产出指标↓2|数量指标|@{base}/name 管网清淤长度|@{base}/target ≥85公里|@{base}/actual_to_date 41.2公里|@{base}/forecast 85公里|.|.|.|@? √|.",
        "质量指标|@ind/annual/产出指标›质量指标›清淤合格率/name 清淤合格率|@ind/annual/产出指标›质量指标›清淤合格率/target ≥98%|@ind/annual/产出指标›质量指标›清淤合格率/actual_to_date 97.5%|@ind/annual/产出指标›质量指标›清淤合格率/forecast 98%|.|@? √|@ind/annual/产出指标›质量指标›清淤合格率/deviation_reason 专业人员不足|.|@? √",
        "效益指标|社会效益指标|@ind/annual/效益指标›社会效益指标›内涝投诉件数/name 内涝投诉件数|@ind/annual/效益指标›社会效益指标›内涝投诉件数/target ≤20件|@ind/annual/效益指标›社会效益指标›内涝投诉件数/actual_to_date 6件|@ind/annual/效益指标›社会效益指标›内涝投诉件数/forecast 15件|.|.|.|@? √|.",
        "满意度指标|服务对象满意度指标|@ind/annual/满意度指标›服务对象满意度指标›居民满意度/name 居民满意度|@ind/annual/满意度指标›服务对象满意度指标›居民满意度/target ≥90%|.|@ind/annual/满意度指标›服务对象满意度指标›居民满意度/forecast 90%|.|.|.|@? √|.",
    )
    return [[page]]


def side_by_side() -> list[list[Page]]:
    """项目绩效目标申报表 with the indicators of the whole period left of those of the year, below one level."""
    page = Page("项目绩效目标申报表", year="2024", period="（2024年度）", at="万元")
    page.above("项目绩效目标申报表", "（2024年度）")
    page.rows(
        "项目名称→2|@project_name 非遗传承人群研培→6",
        "主管部门及代码|@competent_department 文化和旅游厅→3|实施单位|@implementing_unit 示例大学→3",
        "项目资金（万元）↓2|项目资金总额→2|@money/项目总资金/项目资金总额/amount 240|年度资金总额→2|@money/年度资金/年度资金总额/amount 80→2",
        "其中：财政拨款→2|@money/项目总资金/财政拨款/amount 240|其中：财政拨款→2|@money/年度资金/财政拨款/amount 80→2",
        "总体目标↓2|实施期目标→3|年度目标→4",
        "@project_goal 三年培训传承人群600人次。→3|@objective.expected 举办研培班4期。→4",
        "绩效指标↓4|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值",
    )
    here = "ind/{}/{}/{}"
    for level1, level2, both in (
        ("产出指标", "数量指标", (("培训人次", "≥600人次"), ("培训期数", "≥4期"))),
        ("效益指标", "社会效益指标", (("传承能力", "提升"), ("带动就业人数", "≥50人"))),
        ("满意度指标", "服务对象满意度指标", (("三年学员满意度", "≥90%"), ("学员满意度", "≥92%"))),
    ):
        sides = []
        for horizon, (name, target) in zip(("long_term", "annual"), both, strict=True):
            path = here.format(horizon, f"{level1}›{level2}›{name}", "")
            sides.append(f"{level2}|@{path}name {name}|@{path}target {target}")
        page.rows(f"{level1}|{sides[0]}|{sides[1]}")
    return [[page]]


def shared_points() -> list[list[Page]]:
    """Points and score of the money merged over all of its rows, subtotals, the rate as an indicator, notes in the table."""
    page = Page("专项资金绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("专项资金绩效自评表", "（2023年度）")
    page.rows(
        "项目名称|@project_name 乡村振兴衔接资金→8", "主管部门|@competent_department 示例县乡村振兴局→3|实施单位→2|@implementing_unit 各乡镇人民政府→3",
        "项目资金（万元）↓4|.→2|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "年度资金总额→2|@money/年度资金总额/initial_budget 5,200.00|@money/年度资金总额/adjusted_budget 5,480.00|@money/年度资金总额/executed 5,263.91|@money/年度资金总额/points 10↓3|@money/年度资金总额/execution_rate 96.06%|@money/年度资金总额/score 9.61↓3",
        "其中：中央资金→2|@money/中央资金/initial_budget 3,100.00|@money/中央资金/adjusted_budget 3,380.00|@money/中央资金/executed 3,380.00|@money/中央资金/execution_rate 100.00%",
        "省级资金→2|@money/省级资金/initial_budget 2,100.00|@money/省级资金/adjusted_budget 2,100.00|@money/省级资金/executed 1,883.91|@money/省级资金/execution_rate 89.71%",
    )  # fmt: skip
    page.indicators(
        "绩效指标", _TITLES,
        "产出指标|数量指标|产业项目数|≥18个|18个|20|20|",
        "||道路硬化里程|≥36公里|33.4公里|15|13.92|2个标段跨年施工",
        "|质量指标|项目验收合格率|≥98%|98.5%|15|15|",
        "效益指标|经济效益指标|脱贫人口增收|≥8%|9.3%|30|30|",
        "满意度指标|服务对象满意度指标|脱贫户满意度|≥95%|97.1%|10|10|",
    )  # fmt: skip
    page.rows(
        "- 2 -→9",
        "合计→6|@total.points 100|@total.score 98.53|.",
        "自评等级|@grade 优→8",
        "备注|@remarks 道路硬化按里程比例计分。→8",
    )
    return [[page]]


def turned_money() -> list[list[Page]]:
    """Money with its kinds as columns and the amounts as rows; labels and values in one cell in the head."""
    page = Page("财政支出绩效自评表", year="2022", period="2022年度", at="万元")
    page.above("2022年度财政支出绩效自评表")
    page.rows(
        "项目名称：数字档案馆建设→4|主管部门：示例市档案局→4",
        "实施单位：示例市档案馆→4|联系人：林某→4",
    )
    page.says(
        project_name="数字档案馆建设",
        competent_department="示例市档案局",
        implementing_unit="示例市档案馆",
        contact_person="林某",
    )
    page.rows(
        "项目资金（万元）↓3|资金构成→2|合计|财政拨款|自有资金|其他资金→2",
        "全年预算数→2|@money/合计/adjusted_budget 412.00|@money/财政拨款/adjusted_budget 400.00|@money/自有资金/adjusted_budget 12.00|@money/其他资金/adjusted_budget 0.00→2",
        "全年执行数→2|@money/合计/executed 398.65|@money/财政拨款/executed 386.65|@money/自有资金/executed 12.00|@money/其他资金/executed 0.00→2",
    )
    page.indicators(
        "", _TITLES,
        "产出指标|数量指标|档案数字化页数|≥260万页|271万页|40|40|",
        "|时效指标|系统上线时间|9月底前|11月15日|20|16|硬件到货延迟",
        "效益指标|社会效益指标|查档平均用时|≤10分钟|7分钟|30|30|",
        "满意度指标|服务对象满意度指标|查档群众满意度|≥95%|98%|10|10|",
    )  # fmt: skip
    return [[page.rows("总分→5|@total.points 100|@total.score 96|.")]]


def split_target() -> list[list[Page]]:
    """A target in three columns below one title, subtotals of each level, a fourth level, points with decimals."""
    page = Page("部门预算项目绩效自评表", year="2024", period="（2024年度）", at="元")
    page.above("部门预算项目绩效自评表", "（2024年度）", "金额单位：元")
    page.rows(
        "项目名称→2|@project_name 食品安全抽检→8",
        "预算单位→2|@implementing_unit 示例县市场监督管理局→3|项目类型→2|@project_category 其他运转类→3",
    )
    page.money(
        "预算执行→1", "资金性质|年初预算数~initial_budget|调整后预算数~adjusted_budget|执行数~executed|执行率（%）~execution_rate|权重~points|得分~score",
        "资金总额|1,350,000|1,290,000|1,286,420.5|99.72|10|9.97",
        "一般公共预算拨款|1,350,000|1,290,000|1,286,420.5|99.72||",
        spans=(2, 1, 1, 2, 1, 1, 1),
    )  # fmt: skip
    page.rows("一级指标↓2|二级指标↓2|三级指标↓2|年度指标值→3|完成值↓2|权重↓2|得分↓2|备注↓2", "指标性质|指标值|计量单位")
    rows = (
        ("产出指标", "数量指标", "抽检批次", "≥", "1200", "批次", "1236", "22.5", "22.5"),
        ("", "质量指标", "不合格食品处置率", "＝", "100", "%", "100", "17.5", "17.5"),
        ("", "时效指标", "抽检结果公示时限", "≤", "7", "个工作日", "8", "20", "17.1"),
        ("效益指标", "社会效益指标", "食品安全水平", "定性", "稳步提升", "", "稳步提升", "20", "20"),
        ("满意度指标", "服务对象满意度指标", "消费者满意度", "≥", "85", "%", "88.6", "10", "10"),
    )
    level = ""
    for first, second, name, *values in rows:
        level = first or level
        path = f"ind/annual/{level}›{second}›{name}"
        columns = ("nature", "target", "target_unit", "actual", "points", "score")
        cells = "|".join(
            f"@{path}/{column} {value}" if value else "." for column, value in zip(columns, values, strict=True)
        )
        beside = "" if not first else f"{first}{'↓3' if first == '产出指标' else ''}|"
        page.rows(f"{beside}{second}|@{path}/name {name}|{cells}|.")
    return [[page.rows("合计→7|@total.points 100|@total.score 97.07|.")]]


def tasks() -> list[list[Page]]:
    """部门整体支出绩效目标表 with a table of the year's tasks between head and objective."""
    page = Page("部门整体支出绩效目标表", year="2025", period="（2025年度）")
    page.above("部门整体支出绩效目标表", "（2025年度）")
    page.rows(
        "部门（单位）名称→2|@evaluated_department 示例市气象局→5",
        "年度主要任务↓4|任务名称↓2|主要内容↓2|预算金额（万元）→4",
        "总额|财政拨款→2|其他资金",
        "@? 气象预警|@? 建设预警发布平台|@? 180.5|@? 180.5→2|@? 0",
        "@? 人工影响天气|@? 采购作业装备|@? 96.2|@? 90→2|@? 6.2",
        "年度总体目标→2|@objective.expected 提高灾害性天气预警能力。→5",
    )
    page.indicators(
        "年度绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target",
        "产出指标|数量指标|预警信息发布次数|≥150次", "|时效指标|暴雨预警提前量|≥40分钟", "效益指标|社会效益指标|预警信息公众覆盖率|≥95%", "满意度指标|服务对象满意度指标|公众满意度|≥90分",
        spans=(1, 1, 2, 2),
    )  # fmt: skip
    return [[page]]


def subtotals() -> list[list[Page]]:
    """Subtotals among the indicators, parts of an indicator without points, totals in the head beside each other."""
    page = Page("县级财政项目支出绩效自评表", year="2023", period="2023年度", at="万元")
    page.above("2023年度县级财政项目支出绩效自评表")
    page.rows(
        "项目名称|@project_name 学校食堂改造→3|项目编码|@project_code 51182323T000009876543→3",
        "主管部门|@competent_department 示例县教育局→3|实施单位|@implementing_unit 示例县教育技术中心→3",
        "自评总分|@total.score 95→3|自评等级|@grade 优→3",
    )
    page.money(
        "项目资金（万元）", "|年初预算数~initial_budget|全年预算数~adjusted_budget|全年执行数~executed|分值~points|执行率~execution_rate|得分~score",
        "年度资金总额|760|760|760|10|100%|10", "其中：上级补助|500|500|500|—|100%|—", "本级财政|260|260|260|—|100%|—",
    )  # fmt: skip
    page.indicators(
        "", _TITLES,
        "产出指标|数量指标|改造食堂数量|≥12所|12所|25|25|",
        "||其中：寄宿制学校|≥5所|5所|||",
        "|质量指标|验收合格率|100%|91.7%|25|20|1所整改后验收",
    )  # fmt: skip
    page.rows("小计→5|@? 50|@? 45|.")
    page.indicators(
        "", _TITLES, "效益指标|社会效益指标|受益学生人数|≥8600人|9,012人|30|30|", "满意度指标|服务对象满意度指标|师生满意度|≥90%|92.4%|10|10|", head=False,
    )  # fmt: skip
    page.rows("小计→5|@? 40|@? 40|.")
    base = "ind/annual/产出指标›数量指标›其中：寄宿制学校"
    assert f"{base}/name" in page.facts
    return [[page]]


def rows_as_levels() -> list[list[Page]]:
    """Levels as rows of their own over the whole width, rows nobody filled in, the rate of execution as an indicator."""
    page = Page("乡镇财政项目支出绩效自评表", year="2023", period="（2023年）", at="元")
    page.above("乡镇财政项目支出绩效自评表", "（2023年）")
    page.rows(
        "项 目 名 称|@project_name 农村公益性公墓建设→6",
        "主 管 部 门|@competent_department 示例县民政局→3|实 施 单 位|@implementing_unit 示例镇人民政府→2",
    )
    page.money(
        "项目资金（元）", "|年初预算~initial_budget|调整预算~adjusted_budget|实际支出~executed|执行率~execution_rate",
        "资金总额|800000|760000|760000|100%", "其中：财政拨款|800000|760000|760000|100%", spans=(2, 1, 1, 1, 1),
    )  # fmt: skip
    page.rows("二级指标|三级指标|指标值|完成值|分值|得分|扣分原因")
    page.rows("一、产出指标（60分）→7")
    page.indicators(
        "", "~level2|~name|~target|~actual|~points|~score|~deviation_reason",
        "数量指标|墓穴数量|≥320个|320个|30|30|", "|……|||||", "质量指标|验收合格率|100%|100%|30|30|", head=False,
    )  # fmt: skip
    page.rows("二、效益指标（40分）→7")
    page.indicators(
        "", "~level2|~name|~target|~actual|~points|~score|~deviation_reason",
        "社会效益指标|文明殡葬覆盖率|≥80%|76%|40|38|观念转变需时", head=False,
    )  # fmt: skip
    page.rows("合计→4|@total.points 100|@total.score 98|.")
    for level, name in (
        ("一、产出指标（60分）", "数量指标›墓穴数量"),
        ("一、产出指标（60分）", "质量指标›验收合格率"),
        ("二、效益指标（40分）", "社会效益指标›文明殡葬覆盖率"),
    ):
        page.facts = {field.replace(f"/{name}/", f"/{level}›{name}/"): text for field, text in page.facts.items()}
    page.facts = {field: text for field, text in page.facts.items() if "……" not in field}
    return [[page]]


def tiers_of_money() -> list[list[Page]]:
    """Amounts by tier of government below each kind of amount, parts of the money beside a merged 其中."""
    page = Page("转移支付项目绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("转移支付项目绩效自评表", "（2023年度）")
    page.rows(
        "项目名称→2|@project_name 基本公共卫生服务→6",
        "主管部门→2|@competent_department 示例市卫生健康委员会→3|实施单位|@implementing_unit 各区县卫生健康局→2",
        "项目资金（万元）↓4|.→2|年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分",
        "年度资金总额→2|@money/年度资金总额/initial_budget 9,120|@money/年度资金总额/adjusted_budget 9,486|@money/年度资金总额/executed 9,301.2|@money/年度资金总额/points 10|@money/年度资金总额/execution_rate 98.05%|@money/年度资金总额/score 9.81",
        "其中：↓2|中央补助|@money/年度资金总额/中央补助/initial_budget 5,400|@money/年度资金总额/中央补助/adjusted_budget 5,600|@money/年度资金总额/中央补助/executed 5,600|@money/年度资金总额/中央补助/points —|@money/年度资金总额/中央补助/execution_rate 100.00%|@money/年度资金总额/中央补助/score —",
        "地方资金|@money/年度资金总额/地方资金/initial_budget 3,720|@money/年度资金总额/地方资金/adjusted_budget 3,886|@money/年度资金总额/地方资金/executed 3,701.2|@money/年度资金总额/地方资金/points —|@money/年度资金总额/地方资金/execution_rate 95.24%|@money/年度资金总额/地方资金/score —",
    )
    page.indicators(
        "绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target|全年完成值~actual|分值~points|得分~score|未完成原因及拟采取的改进措施~deviation_reason",
        "产出指标|数量指标|指标1：健康档案建档率|≥90%|93.1%|30|30|", "||指标2：|||||",
        "|质量指标|规范管理率|≥62%|64.5%|20|20|", "效益指标|社会效益指标|居民健康素养水平|≥25%|24.6%|30|29.5|个别区县宣传不足",
        "满意度指标|服务对象满意度指标|居民满意度|≥80%|88%|10|10|",
    )  # fmt: skip
    page.facts = {field: text for field, text in page.facts.items() if "指标2：" not in field}
    return [[page.rows("总分→6|@total.points 100|@total.score 99.31|.")]]


def amounts_by_tier() -> list[list[Page]]:
    """Two titles one above the other in the money block."""
    page = Page("市级专项资金绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("市级专项资金绩效自评表", "（2023年度）", "单位：万元")
    page.rows(
        "项目名称→2|@project_name 职业技能提升→6",
        "资金安排及执行↓4|资金来源↓2|预算数→3|执行数→3",
        "合计|市级|区级|合计|市级|区级",
        "财政资金|@money/财政资金/budget 610.5|@money/财政资金/预算数（市级） 400|@money/财政资金/预算数（区级） 210.5|@money/财政资金/executed 588.2|@money/财政资金/执行数（市级） 400|@money/财政资金/执行数（区级） 188.2",
        "社会资金|@money/社会资金/budget 33|@money/社会资金/预算数（市级） 0|@money/社会资金/预算数（区级） 33|@money/社会资金/executed 31.7|@money/社会资金/执行数（市级） 0|@money/社会资金/执行数（区级） 31.7",
    )
    page.rows(
        "一级指标|二级指标|三级指标|绩效目标值|实际完成情况|权重|自评分|扣分原因及改进措施",
        "预算执行率→3|100%|96.3%|10|9.6|.",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|绩效目标值~target|实际完成情况~actual|权重~points|自评分~score|扣分原因及改进措施~deviation_reason",
        "产出指标|数量指标|培训人次|≥6000人次|6,212人次|40|40|", "效益指标|社会效益指标|培训后就业率|≥70%|71.5%|50|50|", head=False,
    )  # fmt: skip
    page.facts |= {
        f"ind/annual/预算执行率/{column}": text
        for column, text in (
            ("name", "预算执行率"),
            ("target", "100%"),
            ("actual", "96.3%"),
            ("points", "10"),
            ("score", "9.6"),
        )
    }
    return [[page]]
