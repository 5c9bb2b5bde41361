"""Forms laid out as the ministry's templates are, and as units fill them in."""

from tests.importers.foreign_forms.page import Page


def ministry() -> list[list[Page]]:
    """项目支出绩效自评表 with letters in the money block, prompts, a block name at the side and a footnote."""
    page = Page("项目支出绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("附件2", "项目支出绩效自评表", "（2023年度）")
    page.rows(
        "项目名称|@project_name 国家文物保护利用示范区建设补助→8",
        "主管部门|@competent_department [124]省文物局→3|实施单位→2|@implementing_unit 省文物考古研究所→3",
    )
    page.money(
        "项目资金\\n（万元）", "|年初预算数~initial_budget|全年预算数（A）~adjusted_budget|全年执行数（B）~executed|分值~points|执行率（B/A）~execution_rate|得分~score",
        "年度资金总额|1,250.00|1,318.60|1,209.47|10|91.72%|9.17",
        "其中：当年财政拨款|1,250.00|1,250.00|1,140.87|—|91.27%|—",
        "上年结转资金|0.00|68.60|68.60|—|100.00%|—",
        "其他资金|||.|—||—",
        spans=(2, 1, 1, 1, 1, 1, 1),
    )  # fmt: skip
    page.rows(
        "年度总体目标↓2|预期目标→4|实际完成情况→4",
        "@objective.expected 1.完成3处考古遗址的保护展示工程；\\n2.组织文物保护培训不少于5期。→4|@objective.achieved 1.完成3处遗址展示工程，其中1处尚待验收；\\n2.组织培训6期，参训412人次。→4",
    )
    page.indicators(
        "绩\\n效\\n指\\n标", "一级指标~level1|二级指标~level2|三级指标~name|年度\\n指标值~target|实际\\n完成值~actual|分值~points|得分~score|偏差原因分析及改进措施~deviation_reason",
        "产出指标|数量指标|保护展示工程数量|≥3处|3处|10|10|",
        "||文物保护培训期数|≥5期|6期|10|10|",
        "|质量指标|工程验收合格率|=100%|66.7%|15|10|一处工程于12月完工，已列入次年一季度验收计划。",
        "|时效指标|工程按期开工率|≥95%|100%|15|15|",
        "效益指标|社会效益\\n指标|年接待观众人次|≥80万人次|92.6万人次|15|15|",
        "|可持续影响指标|遗址监测体系|逐步健全|基本达成目标|15|13|监测点位尚未全部覆盖",
        "满意度指标|服务对象\\n满意度指标|观众满意度|≥90%|94.3%|10|10|",
    )  # fmt: skip
    page.rows("总分→6|@total.points 100|@total.score 92.17|.")
    page.below("注：1.得分一档最高不能超过该指标分值上限。", "2.定性指标根据完成情况分为三档。")
    page.loose += page.notes
    return [[page]]


def transfer() -> list[list[Page]]:
    """转移支付区域绩效目标自评表: two tiers of departments, full-year money, how the money was managed, no scores."""
    page = Page("中央对地方专项转移支付绩效目标自评表", year="2022", period="（2022年度）", at="万元")
    page.above("附件1", "中央对地方专项转移支付绩效目标自评表", "（2022年度）")
    page.rows(
        "转移支付（项目）名称→2|@project_name 农村综合改革转移支付→6",
        "中央主管部门→2|@? 财政部→6",
        "地方主管部门→2|@? 示例省财政厅→3|资金使用单位|@implementing_unit 示例省各县（市、区）财政局→2",
    )
    page.money(
        "资金情况\\n（万元）", "|全年预算数（A）~adjusted_budget|全年执行数（B）~executed|预算执行率（B/A×100%）~execution_rate",
        "年度资金总额：|53,426.00|49,815.37|93.24%",
        "其中：中央财政资金|32,000|30,512.5|95.35%",
        "地方资金|21,426.00|19,302.87|90.09%",
        "其他资金|0|0|/",
        spans=(2, 2, 2, 1),
    )  # fmt: skip
    page.rows(
        "总体目标完成情况↓2|总体目标→4|全年实际完成情况→3",
        "@objective.expected 支持村级公益事业建设，建成一批美丽乡村。→4|@objective.achieved 全年实施村级公益事业项目812个，受益人口46.2万人。→3",
    )
    page.indicators(
        "绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target|全年实际完成值~actual|未完成原因和改进措施~deviation_reason",
        "产出指标|数量指标|村级公益事业项目数|≥800个|812个|",
        "||美丽乡村试点村|≥60个|57个|3个村因选址调整推迟实施，已督促加快进度。",
        "|质量指标|项目验收合格率|≥98%|98.9%|",
        "|成本指标|单个试点村补助标准|≤150万元|150万元|",
        "效益指标|社会效益指标|受益农村人口|≥45万人|46.2万人|",
        "满意度指标|服务对象满意度指标|村民满意度|≥85%|91%|",
        spans=(1, 1, 1, 1, 1, 2),
    )  # fmt: skip
    page.rows("说明|@remarks 无→7")
    page.below("注：1.资金使用单位按项目绩效目标填列，主管部门汇总时按区域绩效目标填列。")
    page.loose += page.notes
    return [[page]]


def investment() -> list[list[Page]]:
    """中央预算内投资计划绩效目标表: amounts beside labels, levels one deeper than their words."""
    page = Page("中央预算内投资计划绩效目标表", year="2024", period="（2024年度）", at="万元")
    page.above("附件3", "中央预算内投资计划绩效目标表", "（2024年度）")
    page.rows(
        "专项名称→2|@head_extra.专项名称 排水设施建设→4",
        "省级主管部门→2|@head_extra.省级主管部门 示例省发展和改革委员会→2|项目单位|@implementing_unit 示例市水务局",
        "投资计划（万元）↓3|总投资|@money/总投资/amount 12,600→4",
        "其中：中央预算内投资|@money/中央预算内投资/amount 5,000→4",
        "地方投资|@money/地方投资/amount 7,600→4",
        "总体目标→2|@objective.expected 新建改造雨水管网，消除易涝点，提升城区排水防涝能力。→4",
    )
    page.indicators(
        "绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target",
        "实施效果指标|产出指标|新建改造雨水管网长度|≥42.5公里",
        "||消除城市易涝积水点|≥9处",
        "|效益指标|受益面积|≥18平方公里",
        "过程管理指标|资金管理指标|投资计划分解（转发）用时达标率|=100%",
        "|项目管理指标|超规模、超标准、超概算项目比例|≤5%",
        spans=(1, 1, 1, 2),
    )  # fmt: skip
    return [[page]]


def monitoring() -> list[list[Page]]:
    """项目支出绩效目标执行监控表: amounts to date, likelihood and the kinds of reasons under one title."""
    page = Page("项目支出绩效目标执行监控表", year="2024", period="（2024年度）", at="万元")
    page.above("项目支出绩效目标执行监控表", "（2024年度）")
    page.rows(
        "项目名称→2|@project_name 公共图书馆免费开放→8",
        "主管部门及代码→2|@competent_department 207-示例市文化和旅游局→3|实施单位→2|@implementing_unit 示例市图书馆→3",
    )
    page.money(
        "项目资金（万元）→2", "|年初预算数~initial_budget|1-7月执行数~executed_to_date|1-7月执行率~execution_rate|全年预计执行数~forecast",
        "年度资金总额：|186.50|97.32|52.18%|186.50",
        "其中：本年一般公共预算拨款|180.00|92.15|51.19%|180.00",
        "其他资金|6.50|5.17|79.54%|6.50",
        spans=(2, 2, 2, 1, 1),
    )  # fmt: skip
    page.rows("年度总体目标→2|@objective.expected 全年免费开放300天以上，举办公益讲座和阅读推广活动。→8")
    page.indicators(
        "绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|年度指标值~target|1-7月执行情况~actual_to_date|全年预计完成情况~forecast|完成目标可能性~likelihood|偏差原因分析~deviation_reason|备注~remark",
        "产出指标|数量指标|免费开放天数|≥300天|186天|318天|确定能||",
        "||公益讲座场次|≥24场|11场|22场|有可能|上半年场馆检修，讲座推迟|已调整计划",
        "|质量指标|设施设备完好率|≥95%|97%|97%|确定能||",
        "效益指标|社会效益指标|年到馆读者|≥36万人次|20.4万人次|36.5万人次|确定能||",
        "满意度指标|服务对象满意度指标|读者满意度|≥90%|.|≥90%|确定能||下半年调查",
    )  # fmt: skip
    return [[page]]


def declaration() -> list[list[Page]]:
    """项目支出绩效目标表: the whole period on the left, this year on the right, indicators of both under one another."""
    page = Page("项目支出绩效目标申报表", year="2025", period="（2025年度）", at="万元")
    page.above("项目支出绩效目标申报表", "（2025年度）")
    page.rows(
        "项目名称→2|@project_name 智慧水利监测站网→6",
        "主管部门及代码→2|@competent_department 126-示例县水利局→2|实施单位→2|@implementing_unit 示例县水文站→2",
        "项目属性→2|@project_nature 延续项目→2|项目期→2|@? 3年→2",
        "项目资金\\n（万元）→2↓3|中期资金总额：|@money/项目总资金/中期资金总额/amount 960.00|年度资金总额：→2|@money/年度资金/年度资金总额/amount 320.00→2",
        "其中：财政拨款|@money/项目总资金/财政拨款/amount 900.00|其中：财政拨款→2|@money/年度资金/财政拨款/amount 300.00→2",
        "其他资金|@money/项目总资金/其他资金/amount 60.00|其他资金→2|@money/年度资金/其他资金/amount 20.00→2",
        "总体目标↓2|中期目标（2024年—2026年）→3|年度目标→4",
        "@project_goal 建成覆盖全县的水利监测站网。→3|@objective.expected 新建监测站15处，完成数据平台一期。→4",
    )
    page.indicators(
        "中长期绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target",
        "产出指标|数量指标|建成监测站数量|≥45处", "|时效指标|项目完成时间|2026年12月底前", "效益指标|社会效益指标|预警信息发布提前时间|≥2小时",
        spans=(1, 1, 3, 2), horizon="long_term",
    )  # fmt: skip
    page.indicators(
        "年度绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target",
        "产出指标|数量指标|新建监测站数量|≥15处", "|质量指标|设备验收合格率|100%", "效益指标|社会效益指标|预警信息覆盖率|≥90%", "满意度指标|服务对象满意度指标|基层使用人员满意度|≥85%",
        spans=(1, 1, 3, 2),
    )  # fmt: skip
    return [[page]]


def department() -> list[list[Page]]:
    """部门整体支出绩效自评表 of the ministry's kind: no project, parts of the money in a merged cell, total in the foot."""
    page = Page("部门整体支出绩效自评表", year="2023", period="（2023年度）", at="元")
    page.above("部门整体支出绩效自评表", "（2023年度）", "金额单位：元")
    page.rows("部门（单位）名称→2|@evaluated_department 示例县司法局→7")
    page.money(
        "年度预算执行情况", "资金来源|年初预算数~initial_budget|全年预算数~adjusted_budget|全年执行数~executed|执行率~execution_rate|分值~points|得分~score",
        "年度资金总额|15,208,300.00|16,034,512.80|15,611,208.44|97.36%|10|9.74",
        "其中：基本支出|11,480,300.00|11,602,880.00|11,602,880.00|100.00%|-|-",
        "项目支出|3,728,000.00|4,431,632.80|4,008,328.44|90.45%|-|-",
        spans=(2, 1, 1, 1, 1, 1, 1),
    )  # fmt: skip
    page.rows(
        "年度总体目标|@objective.expected 推进法治建设，做好人民调解、法律援助和社区矫正工作。→4|实际完成情况|@objective.achieved 全年调解纠纷1286件，办理法律援助案件342件。→3",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|年度指标值~target|全年完成值~actual|分值~points|得分~score|未完成原因分析~deviation_reason",
        "产出指标|数量指标|调解纠纷件数|≥1200件|1286件|10|10|",
        "|数量指标|法律援助案件|≥350件|342件|10|9.77|申请量下降",
        "|质量指标|调解成功率|≥96%|98.1%|15|15|",
        "|成本指标|人均公用经费|≤1.2万元|1.15万元|15|15|",
        "效益指标|社会效益指标|法治宣传覆盖率|≥90%|93%|15|15|",
        "|可持续影响指标|公共法律服务体系|健全|健全|15|15|",
        "满意度指标|满意度指标|群众满意度|≥90%|95.2%|10|10|",
        spans=(1, 1, 1, 1, 1, 1, 1, 2), levels="repeated",
    )  # fmt: skip
    page.rows(
        "总分→5|@total.points 100|@total.score 99.51|.→2",
        "填表人：|@contact_person 王某|联系电话：|@contact_phone 0000-1234567→2|填报日期：→2|@report_date 2024年3月15日→2",
    )
    return [[page]]
