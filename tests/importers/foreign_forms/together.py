"""Forms that share a document: under one another, over two pages, inside a report."""

from tests.importers.foreign_forms.page import Page

_TITLES = "一级指标~level1|二级指标~level2|三级指标~name|年度指标值~target|实际完成值~actual|分值~points|得分~score|偏差原因分析及改进措施~deviation_reason"


def _short(project: str, amount: str, executed: str, rate: str, score: str, total: str) -> Page:
    page = Page("项目支出绩效自评表", year="2024", period="（2024年度）", at="元")
    page.above("项目支出绩效自评表", "（2024年度）")
    page.rows(
        f"项目名称|@project_name {project}→7",
        "主管部门|@competent_department 示例镇人民政府→3|实施单位|@implementing_unit 示例镇农业服务中心→3",
    )
    page.money(
        "项目资金\\n（元）", "|年初预算数~initial_budget|全年预算数~adjusted_budget|全年执行数~executed|分值~points|执行率~execution_rate|得分~score",
        f"年度资金总额|{amount}|{amount}|{executed}|10|{rate}|{score}",
        f"其中：财政拨款|{amount}|{amount}|{executed}|—||—",
    )  # fmt: skip
    page.rows(
        "年度总体目标↓2|预期目标→4|实际完成情况→3",
        f"@objective.expected 做好{project}工作。→4|@objective.achieved {project}已完成。→3",
    )
    page.indicators(
        "", _TITLES,
        f"产出指标|数量指标|{project}次数|≥12次|12次|50|50|",
        "效益指标|社会效益指标|村容村貌|改善|改善|30|30|",
        f"满意度指标|服务对象满意度指标|村民对{project}满意度|≥90%|91%|10|10|",
    )  # fmt: skip
    return page.rows(f"总分→5|@total.points 100|@total.score {total}|.")


def three_forms() -> list[list[Page]]:
    """Three forms of one unit under one another on one sheet."""
    return [
        [
            _short("村道保洁", "356000.00", "341208.50", "95.84%", "9.58", "99.58"),
            _short("河道巡查", "128000.00", "128000.00", "100.00%", "10", "100"),
            _short("病媒防治", "64500.00", "60112.75", "93.20%", "9.32", "99.32"),
        ]
    ]


def two_sheets() -> list[list[Page]]:
    """One form whose indicator table goes on in a second one, its titles printed again, its levels not."""
    first = Page("项目支出绩效自评表", year="2023", period="2023年度", at="万元")
    first.above("2023年度项目支出绩效自评表")
    first.rows(
        "项目名称|@project_name 老旧小区改造→7",
        "主管部门|@competent_department 示例市住房和城乡建设局→3|实施单位|@implementing_unit 示例市城市更新中心→3",
    )
    first.money(
        "项目资金（万元）", "|年初预算数~initial_budget|全年预算数~adjusted_budget|全年执行数~executed|分值~points|执行率~execution_rate|得分~score",
        "年度资金总额|8200|8650|8593.27|10|99.34%|9.93",
    )  # fmt: skip
    first.indicators(
        "", _TITLES,
        "产出指标|数量指标|改造小区数|≥42个|42个|15|15|",
        "||改造户数|≥9600户|9,845户|15|15|",
        "|质量指标|工程验收合格率|100%|97.6%|10|8|一个小区整改中",
    )  # fmt: skip
    second = Page("").rows(
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
        "产出指标|时效指标|按期开工率|≥95%|100%|10|10|.",
        "效益指标↓2|社会效益指标|惠及居民人数|≥2.8万人|2.95万人|20|20|.",
        "可持续影响指标|长效管理机制|建立|建立|10|10|.",
        "满意度指标|服务对象满意度指标|居民满意度|≥85%|90.4%|10|10|.",
        "总分→5|100|97.93|.",
    )
    for path, values in {
        "产出指标›时效指标›按期开工率": ("≥95%", "100%", "10", "10"), "效益指标›社会效益指标›惠及居民人数": ("≥2.8万人", "2.95万人", "20", "20"),
        "效益指标›可持续影响指标›长效管理机制": ("建立", "建立", "10", "10"), "满意度指标›服务对象满意度指标›居民满意度": ("≥85%", "90.4%", "10", "10"),
    }.items():  # fmt: skip
        columns = ("name", "target", "actual", "points", "score")
        first.facts |= {
            f"ind/annual/{path}/{column}": value
            for column, value in zip(columns, (path.rpartition("›")[2], *values), strict=True)
        }
    first.facts |= {"total.points": "100", "total.score": "97.93"}
    del second.facts["title"]
    return [[first], [second]]
