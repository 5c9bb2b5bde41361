"""Forms laid out as provinces and cities have their own."""

from tests.importers.foreign_forms.page import Page


def sichuan() -> list[list[Page]]:
    """部门预算项目支出绩效自评表: operator, value and unit in three columns, conclusion, problems, signatories."""
    page = Page("部门预算项目支出绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("510000_0013zp", "部门预算项目支出绩效自评表", "（2023年度）")
    page.loose.append("510000_0013zp")
    page.rows(
        "项目名称→2|@project_name 51000021Y000000017065-设备购置→9",
        "主管部门→2|@competent_department 219-示例省地质局→4|实施单位（盖章）→2|@implementing_unit 219001-示例省地质局本级→3",
        "项目基本情况↓3|1.项目年度目标完成情况↓2|项目年度目标→4|年度目标完成情况→5",
        "@objective.expected 购置野外勘查设备20台（套），保障外业工作。→4|@objective.achieved 购置设备20台（套），全部验收合格。→5",
        "2.项目实施内容及过程概述|@? 按政府采购程序公开招标，10月完成验收。→9",
    )
    page.money(
        "预算执行情况（10分）", "年度预算数（万元）|年初预算~initial_budget|调整后预算数~adjusted_budget|预算执行数~executed|预算执行率~execution_rate|权重~points|得分~score|原因~adjustment_reason",
        "总额|300.00|268.35|268.35|100.00%|10|10|",
        "其中：财政资金|300.00|268.35|268.35|100.00%|/|/|",
        "财政专户管理资金|0.00|0.00|0.00|0.00%|/|/|",
        "单位资金|0.00|0.00|0.00|0.00%|/|/|",
        "其他资金|0.00|0.00|0.00|0.00%|/|/|",
        spans=(2, 2, 1, 1, 1, 1, 1, 1),
    )  # fmt: skip
    page.indicators(
        "绩效指标（90分）", "一级指标~level1|二级指标~level2|三级指标~name|指标性质~nature|指标值~target|度量单位~target_unit|完成值~actual|权重~points|得分~score|未完成原因分析~deviation_reason",
        "产出指标|数量指标|购置设备数量|≥|20|台/套|20|20|20|",
        "|质量指标|设备验收合格率|＝|100|%|100|20|20|",
        "|时效指标|完成采购时限|≤|10|月|10|10|10|",
        "效益指标|社会效益指标|外业保障能力|定性|好坏|.|好|20|20|",
        "满意度指标|服务对象满意度指标|使用人员满意度|≥|90|%|88|10|9|个别设备操作复杂",
        "成本指标|经济成本指标|设备购置成本|≤|300|万元|268.35|10|10|",
    )  # fmt: skip
    page.rows(
        "合计→8|@total.points 100|@total.score 99|.",
        "评价结论|@conclusion 项目目标明确，执行规范，自评得分99分。→10",
        "存在问题|@problems 部分设备操作培训不足。→10",
        "改进措施|@improvement_measures 次年增加操作培训。→10",
        "项目负责人：李某某→5|财务负责人：张某某→6",
    )
    page.says(person_in_charge="李某某", finance_officer="张某某")
    return [[page]]


def hubei() -> list[list[Page]]:
    """项目自评表: execution worth 20, check boxes, one row of money, one cell for the deviation."""
    page = Page("项目自评表", year="2023", period="2023年度", at="万元")
    page.above("附件3", "2023年度项目自评表", "单位名称：示例市交通运输局　　　填报日期：2024年2月28日")
    page.says(report_date="2024年2月28日", evaluated_department="示例市交通运输局")
    page.rows(
        "项目名称|@project_name 农村公路养护补助→6",
        "主管部门|@competent_department 示例市交通运输局→2|项目实施单位|@implementing_unit 示例市公路事业发展中心→3",
        "项目类别|@project_category 1、部门预算项目 ☑　2、市直专项 □　3、市对下转移支付项目 □→6",
        "项目属性|@project_nature 1、持续性项目 ☑　2、新增性项目 □→6",
        "项目类型|@head_extra.项目类型 1、常年性项目 ☑　2、延续性项目 □　3、一次性项目 □→6",
        "预算执行情况（万元）\\n（20分）↓2|.→2|预算数（A）|执行数（B）|执行率（B/A）|得分\\n（20分×执行率）",
        "年度财政资金总额→2|@money/年度财政资金总额/budget 2,480|@money/年度财政资金总额/executed 2,366.4|@money/年度财政资金总额/execution_rate 95.42%|@money/年度财政资金总额/score 19.08",
    )
    page.indicators(
        "年度绩效目标\\n（80分）", "一级指标~level1|二级指标~level2|三级指标~name|年初目标值（A）~initial_target|实际完成值（B）~actual|得分~score",
        "产出指标|数量指标|养护里程|≥1,250公里|1,262公里|20",
        "|质量指标|优良中等路率|≥85%|86.3%|10",
        "|时效指标|养护任务完成时间|12月底前|12月20日|10",
        "效益指标|社会效益指标|通行条件|改善|改善|20",
        "|生态效益指标|绿化里程|≥60公里|52公里|8.67",
        "满意度指标|服务对象满意度指标|沿线群众满意度|≥90%|92%|10",
    )  # fmt: skip
    page.rows(
        "总分→6|@total.score 97.75",
        "偏差大或目标未完成原因分析|@form_deviation_reason 部分路段征地未完成，绿化里程未达目标。→6",
        "改进措施及结果应用方案|@improvement_measures 提前落实用地，评价结果作为次年预算安排依据。→6",
    )
    page.below("备注：", "1.预算执行情况口径：预算数为调整后财政资金总额。")
    return [[page]]


def guangdong() -> list[list[Page]]:
    """财政支出项目绩效自评表: points before the target, standard and description, two parts of the money in columns."""
    page = Page("财政支出项目绩效自评表", year="2022", period="（2022年度）", at="万元")
    page.above("财政支出项目绩效自评表（2022年度）", "填报单位：示例区教育局　　　　　　　　单位：万元")
    page.says(reporting_unit="示例区教育局")
    page.rows(
        "项目名称→2|@project_name 义务教育学校课后服务补助→3|项目负责人|@person_in_charge 陈某|联系电话|@contact_phone 020-00000000",
        "自评得分→2|@total.score 96.8→3|自评等级|@grade 优→3",
        "预算执行情况↓3|资金来源→2|年初预算数|调整预算数|实际支出数|执行率|分值|得分",
        "财政拨款→2|@money/财政拨款/initial_budget 860|@money/财政拨款/adjusted_budget 812.4|@money/财政拨款/executed 812.4|@money/财政拨款/execution_rate 100%|@money/财政拨款/points 10|@money/财政拨款/score 10",
        "自筹资金→2|@money/自筹资金/initial_budget 0|@money/自筹资金/adjusted_budget 0|@money/自筹资金/executed 0|@money/自筹资金/execution_rate -|@money/自筹资金/points -|@money/自筹资金/score -",
        "绩效目标→2|@objective.expected 为学生提供普惠的课后服务。→3|实际完成情况|@objective.achieved 128所学校开展课后服务。→3",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|指标解释~description|权重（%）~points|预期指标值~target|实际完成值~actual|评分标准~standard|自评得分~score",
        "产出指标|数量指标|1.开展课后服务学校数|区内义务教育学校|15|128所|128所|每少1所扣0.5分|15",
        "||2.参与学生人数|在校学生|15|9.5万人|9.12万人|按比例得分|14.4",
        "|质量指标|3.服务课程达标率|抽查结果|15|≥95%|97%|达标得满分|15",
        "|时效指标|4.补助资金拨付时间||15|每学期末前|按时拨付|逾期不得分|15",
        "效益指标|社会效益指标|5.家长接送困难缓解|问卷调查|20|明显缓解|明显缓解|分档评分|18.4",
        "满意度指标|服务对象满意度|6.家长满意度|问卷调查|10|≥85%|90.2%|达标得满分|9",
        levels="blank",
    )  # fmt: skip
    return [[page]]


def henan() -> list[list[Page]]:
    """预算项目绩效自评表: 指标1 prefixes, rows nobody filled in, deviation before the score, totals named in the row."""
    page = Page("预算项目绩效自评表", year="2023", period="2023年度", at="万元")
    page.above("2023年度预算项目绩效自评表", "单位：万元")
    page.rows(
        "项目名称|@project_name 高标准农田建设管护→7",
        "项目编码|@project_code 410000230000000012345→3|主管部门|@competent_department 示例县农业农村局→3",
        "预算单位|@implementing_unit 示例县农田建设中心→3|项目类型|@project_category 特定目标类→3",
    )
    page.money(
        "项目资金情况",
        "资金名称|年初预算~initial_budget|全年预算~adjusted_budget|全年执行~executed|分值~points|执行率~execution_rate|得分~score",
        "项目总额|1500|1420.5|1398.26|10|98.43|9.84",
        "财政资金|1500|1420.5|1398.26|-|98.43|-",
        "其他资金|0|0|0|-|0|-",
    )
    page.rows(
        "年度目标→2|@objective.expected 管护高标准农田12万亩，确保设施完好。→6",
        "目标完成情况→2|@objective.achieved 管护12.3万亩。→6",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|指标值~target|全年实际值~actual|分值~points|偏差原因及改进措施~deviation_reason|得分~score",
        "成本指标|经济成本指标|指标1：亩均管护成本|≤120元|113.7元|20||20",
        "产出指标|数量指标|指标1：管护面积|≥12万亩|12.3万亩|20||20",
        "||指标2：维修机井|≥350眼|338眼|10|12眼机井待协调用电|9.66",
        "|质量指标|指标1：设施完好率|≥95%|96.2%|10||10",
        "|时效指标|指标1：维修及时率|≥90%|91%|10||10",
        "效益指标|经济效益指标|指标1：亩均增产|≥50公斤|55公斤|10||10",
        "满意度指标|服务对象满意度指标|指标1：农户满意度|≥90%|93%|10||10",
    )  # fmt: skip
    page.rows("合计→5|@total.points 100|.|@total.score 99.50")
    return [[page]]


def chongqing() -> list[list[Page]]:
    """部门整体绩效自评表: total in the head, flat list of indicators with coefficient and core mark."""
    page = Page("部门整体绩效自评表", year="2023", period="2023年度", at="万元")
    page.above("2023年度部门整体绩效自评表")
    page.rows(
        "部门名称|@evaluated_department 示例区城市管理局→3|部门联系人|@? 赵某→2|联系电话|@contact_phone 023-00000000→3",
        "自评总分（分）|@total.score 97.62→10",
        "当年部门支出预算\\n（万元）↓2|年初预算数→2|全年（调整）预算数→2|全年执行数→2|执行率（%）|执行率权重（分）→2|执行率得分（分）",
        "@money/当年部门支出预算/initial_budget 23,180.56→2|@money/当年部门支出预算/adjusted_budget 25,402.11→2|@money/当年部门支出预算/executed 24,187.90→2|@money/当年部门支出预算/execution_rate 95.22|@money/当年部门支出预算/points 10→2|@money/当年部门支出预算/score 9.52",
        "当年整体绩效目标↓2|年初绩效目标→5|全年目标实际完成情况→5",
        "@objective.expected 提升城市环境卫生水平。→5|@objective.achieved 完成年初目标，机械化清扫率提高到92%。→5",
    )
    page.indicators(
        "绩效指标", "指标名称~name|计量单位~target_unit|指标性质~nature|年初指标值~initial_target|调整指标值~adjusted_target|全年完成值~actual|得分系数（%）~coefficient|指标权重（分）~points|指标得分（分）~score|是否核心指标~core_mark",
        "道路清扫面积|万平方米|≥|1860|1902|1902|100|20|20|是",
        "生活垃圾无害化处理率|%|=|100|100|100|100|20|20|是",
        "公厕新建改建数量|座|≥|12|12|11|91.67|15|13.75|否",
        "市容投诉办结率|%|≥|95|95|98.3|100|15|15|否",
        "市民满意度|%|≥|85|85|84|97.5|20|19.35|是",
    )  # fmt: skip
    return [[page]]


def hunan() -> list[list[Page]]:
    """部门整体支出绩效自评表 with two cuts of the same money, each amount in the cell of its label."""
    page = Page("部门整体支出绩效自评表", year="2023", period="（2023年度）", at="万元")
    page.above("附件2", "部门整体支出绩效自评表", "（2023年度）")
    page.rows("市级预算部门名称→2|@evaluated_department 示例市统计局→7")
    page.rows(
        "年度预算申请\\n（万元）↓6|.→2|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "年度资金总额→2|@money/年度资金总额/initial_budget 1108.52|@money/年度资金总额/adjusted_budget 1265.83|@money/年度资金总额/executed 1265.83|@money/年度资金总额/points 10|@money/年度资金总额/execution_rate 100%|@money/年度资金总额/score 10",
        "按收入性质分：→4|按支出性质分：→4",
        "其中：一般公共预算：1235.83→4|其中：基本支出：846.31→4",
        "政府性基金拨款：0→4|项目支出：419.52→4",
        "其他资金：30→4|.→4",
        "年度总体目标↓2|预期目标→4|实际完成情况→4",
        "@objective.expected 完成各项统计调查任务，数据质量达标。→4|@objective.achieved 高质量完成第五次全国经济普查单位清查。→4",
    )
    page.facts |= {
        "money/按收入性质分/一般公共预算/amount": "1235.83", "money/按收入性质分/政府性基金拨款/amount": "0", "money/按收入性质分/其他资金/amount": "30",
        "money/按支出性质分/基本支出/amount": "846.31", "money/按支出性质分/项目支出/amount": "419.52",
    }  # fmt: skip
    page.indicators(
        "绩效指标", "一级指标~level1|二级指标~level2|三级指标~name|年度指标值~target|实际完成值~actual|分值~points|得分~score|偏差原因分析及改进措施~deviation_reason",
        "产出指标（50分）|数量指标|统计调查项目|≥26项|28项|10|10|",
        "||统计分析报告|≥40篇|36篇|10|9|人员借调较多，下年度加强力量",
        "|质量指标|数据审核通过率|100%|100%|15|15|",
        "|时效指标|数据按时上报率|100%|100%|15|15|",
        "效益指标（30分）|社会效益指标|决策服务采用数|≥12篇|12篇|30|30|",
        "满意度指标（10分）|服务对象满意度指标|统计用户满意度|≥90%|95%|10|10|",
    )  # fmt: skip
    page.rows("总分→6|@total.points 100|@total.score 99|.")
    page.rows("填表人：周某　填报日期：2024年4月2日　联系电话：0731-00000000　单位负责人签字：吴某→9")
    page.loose += ["填表人：周某　填报日期：2024年4月2日　联系电话：0731-00000000　单位负责人签字：吴某"]
    return [[page]]


def city() -> list[list[Page]]:
    """市本级部门项目支出绩效自评表: decision, management and performance, a second score by the reviewer."""
    page = Page("市本级部门项目支出绩效自评表", year="2021", period="（2021年度）", at="元")
    page.above("市本级部门项目支出绩效自评表", "（2021年度）")
    page.rows(
        "项目名称→2|@project_name 公园绿地养护→3|项目负责人|@person_in_charge 马某→2",
        "主管部门→2|@competent_department 示例市园林管理局→3|实施单位|@implementing_unit 示例市公园管理处→2",
        "项目资金（元）→2↓3|年度预算数|@money/年度预算数/amount 4,860,000.00→2|其中：财政资金|@money/财政资金/amount 4,860,000.00→2",
        "实际支出数|@money/实际支出数/amount 4,713,208.66→2|其中：财政资金|@money/财政资金(2)/amount 4,713,208.66→2",
        "预算执行率|@money/预算执行率/amount 96.98%→5",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|分值~points|年度指标值~target|实际完成值~actual|自评得分~score|复核得分~review_score",
        "项目决策|决策过程|立项规范性|10|规范|规范|10|10",
        "|资金分配|分配办法|10|合理|合理|10|9",
        "项目管理|资金管理|资金使用合规性|10|合规|合规|10|10",
        "|组织实施|管理制度健全性|10|健全|基本健全|9|8.5",
        "项目绩效|项目产出|养护面积|30|≥2,300,000平方米|2,318,400平方米|30|30",
        "|项目效益|游客满意度|30|≥90%|93.5%|30|30",
        levels="repeated",
    )  # fmt: skip
    page.rows("总分→3|@total.points 100|.|.|@total.score 99|@total.review_score 97.5")
    return [[page]]


def review() -> list[list[Page]]:
    """项目支出绩效自评复核表: the unit's own value and score beside those of the review."""
    page = Page("项目支出绩效自评复核表", year="2023", period="（2023年度）")
    page.above("项目支出绩效自评复核表", "（2023年度）")
    page.rows(
        "项目名称→2|@project_name 社区养老服务补贴→7",
        "主管部门→2|@competent_department 示例区民政局→3|实施单位|@implementing_unit 示例区养老服务中心→3",
    )
    page.indicators(
        "", "一级指标~level1|二级指标~level2|三级指标~name|分值~points|年度指标值~target|自评完成值~actual|自评得分~score|复核完成值~review_value|复核得分~review_score",
        "产出指标|数量指标|补贴人数|20|≥3200人|3265人|20|3265人|20",
        "|质量指标|补贴发放准确率|20|100%|100%|20|99.4%|18",
        "|时效指标|发放及时率|10|≥98%|99%|10|99%|10",
        "效益指标|社会效益指标|老年人生活改善|30|明显改善|明显改善|30|明显改善|28",
        "满意度指标|服务对象满意度指标|老年人满意度|20|≥90%|96%|20|91.5%|20",
    )  # fmt: skip
    page.rows(
        "合计→3|@total.points 100|.|.|@total.score 100|.|@total.review_score 96",
        "复核意见→2|@review_opinion 个别对象未及时核减，相应扣分。→7",
    )
    return [[page]]
