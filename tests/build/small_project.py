"""A project as small as it can be with everything in it, and what may be otherwise in each of its places."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.site_tools import PROJECT, TESTS

State = dict[str, str]
"""What stands in each place of the project; see `CHOICES`."""

OWN_FORM = TESTS / "sites/own_form/templates/forms"
COPIED = "全年围绕就业创业开展技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务，无未尽事项。"
"""Long enough to count as copied where two records have it."""
CITIZEN_ID = "310112196002290138"
"""Made up; only its check digit is right."""
_WAIVER = "豁免:\n  - {{规则: {}, 原因: 印刷错误, 批准人: 示例负责人, 有效期至: {}}}\n"
NOTES = {
    "": "",
    "comment": "# 已与原件核对\n",
    "reply": "答复:\n  - {规则: BUD001, 内容: 原表如此, 答复单位: 示例中心, 日期: 2025-03-01}\n",
    "waiver to June": _WAIVER.format("BUD001", "2025-06-30"),
    "waiver to 2099": _WAIVER.format("BUD001", "2099-12-31"),
    "correction": "更正: {项: 年度资金总额 › 全年预算数, 原: 1, 新: 2, 原因: 抄错, 决定: 财务科, 日期: 2025-04-01}\n",
    "correction of the year": "更正: {项: 年度, 原: 2022, 新: 2024, 原因: 抄错, 决定: 财务科, 日期: 2025-04-02}\n",
    "unreadable": "得分 100\n",
    "personal data": f"# 学员 {CITIZEN_ID}\n",
    "personal data waived to June": f"# 学员 {CITIZEN_ID}\n" + _WAIVER.format("PRI001", "2025-06-30"),
}
"""What may stand at the end of a record."""


class Record(NamedTuple):
    """One record of the project."""

    place: str
    """Where it stands below the folder of records."""
    others: tuple[str, ...]
    """Where else it may stand; nowhere for an empty address."""
    form: str
    """Which of the texts below."""


RECORDS = {
    "training 2023": Record("2023/dongxi/peixun.yaml", ("", "2023/dongxi/xunlian.yaml", "2024/dongxi/peixun.2.yaml", "2024/dongxi/peixun.2.yml"), "A1"),
    "training 2024": Record("2024/dongxi/peixun.yaml", ("2024/dongxi/xunlian.yaml", "2024/xiqiao/peixun.yaml", "", "2024/dongxi/peixun.yml"), "A1"),
    "declaration": Record("2024/dongxi/peixun.target.yaml", ("", "2024/dongxi/wenhua.yaml"), "C1"),
    "patrol": Record("2024/nanwan/xuncha.md", ("", "2024/beitang/xuncha.md", "2023/nanwan/xuncha.md", "2024/nanwan/xuncha.yaml"), "A2"),
    "whole unit": Record("2024/nanwan/zhengti.yaml", ("", "2022/nanwan/zhengti.yaml"), "B1"),
    "culture": Record("2024/xiqiao/wenhua.yaml", ("", "2024/xiqiao/Wenhua.yaml"), "general"),
    "special": Record("2023/xiqiao/zhuanxiang.yaml", ("",), "own"),
}  # fmt: skip

UNITS = {"dongxi": "东溪镇社区事务中心", "nanwan": "南湾镇文化活动中心", "xiqiao": "西桥镇农业服务中心"}
DEPARTMENTS = {"dongxi": "zhen", "nanwan": "zhen", "xiqiao": "ju"}

_OF_RECORDS = {
    f"{name}: {what}": choices
    for name, record in RECORDS.items()
    for what, choices in {
        "place": (record.place, *record.others),
        "figure": ("95.00", "94.00", "96.5", "-"),
        "name": ("", "（一）"),
        "account": ("copied", "own") if name in ("training 2024", "patrol") else ("own", "copied"),
        "note": tuple(NOTES),
    }.items()
}
_OF_UNITS = {
    f"{slug}: {what}": choices
    for slug, name in UNITS.items()
    for what, choices in {
        "unit's name": (name, f"{name}（筹）", ""),
        "department": (DEPARTMENTS[slug], "ju" if DEPARTMENTS[slug] == "zhen" else "zhen", ""),
        "district": ("示例区", "湖北省示例市", "湖南省示例市"),
    }.items()
}
CHOICES: dict[str, tuple[str, ...]] = {
    **_OF_RECORDS,
    **_OF_UNITS,
    "department's name": ("东溪镇人民政府", "东溪镇政府"),
    "second department's name": ("西桥区农业农村局", "西桥区农业局"),
    "obligations": (
        "",
        "{表样: 项目支出自评, 单位: 全部, 年度: 2024, 期限: 2025-06-30}\n  - {表样: 绩效目标申报, 主管部门: zhen, 年度: 2024}",
        "{表样: 绩效目标申报, 主管部门: zhen, 年度: 2024, 依据: 某某通知}",
        "{表样: 项目支出自评, 主管部门: zhen, 年度: [2023, 2024], 项目: [peixun], 期限: 次年6月30日}",
        "{表样: 没有这种表, 单位: 全部, 年度: 2024}",
    ),
    "published": ("", "2024/dongxi/peixun", "2024/nanwan/xuncha"),
    "page about": ("网站说明。", "网站说明，第二版。见[帮助](help.md)。", ""),
    "page help": ("怎样读表。", "", "怎样读表，见![标志](images/mark.svg)。"),
    "nav": ("", "[{先读我: help.md}, about.md]", "[about.md]"),
    "image": ("<svg/>", "<svg> </svg>", ""),
    "template of records": ("", "<p>本单位自定</p>\n{shipped}", "{{{{ page.nothing.at.all }}}}", "{{% if %}}"),
    "template of projects": ("", "<h1>{{{{ page.name }}}}</h1>"),
    "partial of totals": ("{shipped}", "{shipped}<p>合计如上。</p>", "", "{{% include 'partials/_own.html' ignore missing %}}"),
    "partial of our own": ("", "甲", "乙"),
    "template of form A1": ("", "{shipped}<p>表样之注</p>"),
    "own form's template": ("{own}", "{own}<p>注</p>", "", "{{% for %}}"),
    "own form's definition": ("{own}", "{renamed}", "", "layout: [\n"),
    "frame's foot": ("", "<footer>页脚 {{{{ config.site_name }}}}</footer>"),
    "style sheet": ("p { color: black }", "p { color: navy }", ""),
    "custom frame": ("", "<footer>公告</footer>"),
    "site name": ("示例", "示例二"),
    "site description": ("", "公开绩效表"),
    "site address": ("", "https://example.invalid/jx/"),
    "publisher": ("", "示例财政局"),
    "palette": ("indigo", "teal", "[\n"),
    "public findings": ("all", "contradictions", "warnings"),
    "packs": ("[national, county]", "[national]", "[national, hubei]", "[national, county, town]", "[nowhere]"),
    "title of pack county": ("本县口径", "县里的口径"),
    "pack county": ("执行率偏低: 90", "执行率偏低: 96", "照抄字数: 400", "执行率偏低: 90\n预算执行: {方法: 不计算}", "没有这个界限: 3", ""),
    "pack town": ("湖南", "湖北", ""),
    "keep going": ("false", "true"),
    "exports": ("false", "[xlsx]", "[docx, xlsx]"),
}  # fmt: skip
"""All that may differ, each with its choices, the first of which is where a project starts from."""

START: State = {place: choices[0] for place, choices in CHOICES.items()}


def files_of_project(state: State) -> dict[str, bytes]:
    """Return the files of a project by path."""
    texts = dict(_texts(state))
    return {path: text.encode() for path, text in texts.items()}


def _texts(state: State) -> Iterator[tuple[str, str]]:
    yield "mkdocs.yml", _configuration(state)
    yield "other.yml", _configuration(state | {"packs": "[national, hubei]", "site name": "另一个网站"})
    for name, record in RECORDS.items():
        place = state[f"{name}: place"]
        if place:
            # A record that is moved where another stands leaves it alone.
            yield f"content/records/{place}", _record(state, name, record, place)
    yield "content/registry/units.yaml", _registry(state)
    if state["obligations"]:
        yield "content/registry/obligations.yaml", f"公开义务:\n  - {state['obligations']}\n"
    if state["published"]:
        # Of figures that are no record's, so that the record has something to explain.
        yield "releases/published.txt", f"@ r1 2025-03-31\n{state['published']} r1:{'a' * 64}:{'b' * 64}\n"
    for page in ("about", "help"):
        if state[f"page {page}"]:
            yield f"content/pages/{page}.md", f"# {page}\n\n{state[f'page {page}']}\n"
    if state["image"]:
        yield "content/pages/images/mark.svg", state["image"]
    if state["pack county"]:
        yield (
            "content/rule_packs/county.yaml",
            (f"继承: national\n标题: {state['title of pack county']}\n界限:\n  {state['pack county']}\n"),
        )
    if state["pack town"]:
        yield "content/rule_packs/town.yaml", _TOWN.format(state["pack town"])
    yield from _templates(state)


_TOWN = (
    "继承: national\n标题: 本镇口径\n适用: {{地区: [{}]}}\n界限:\n  执行率偏低: 97\n规则:\n  IND020: {{程度: 提示}}\n"
)


def _templates(state: State) -> Iterator[tuple[str, str]]:
    for place, path in {
        "template of records": "pages/record.html",
        "template of projects": "pages/project.html",
        "partial of totals": "partials/_totals.html",
        "partial of our own": "partials/_own.html",
        "template of form A1": "forms/self_evaluation_a1.html",
        "own form's template": "forms/county_special_fund.html",
        "own form's definition": "forms/county_special_fund.yaml",
        "frame's foot": "theme/partials/footer.html",
        "style sheet": "assets/own.css",
    }.items():
        if state[place]:
            yield f"templates/{path}", _template(state[place], path)
    if state["custom frame"]:
        yield "frame/partials/footer.html", state["custom frame"]
    else:
        # The folder has to be there, for mkdocs.yml names it.
        yield "frame/empty.txt", ""


def _template(text: str, path: str) -> str:
    if "{" not in text or path.endswith(".css"):
        return text
    own = OWN_FORM / Path(path).name
    shipped = PROJECT / "templates" / path
    source = own if own.is_file() else shipped
    whole = source.read_text(encoding="utf-8") if source.is_file() else ""
    return text.format(shipped=whole, own=whole, renamed=whole.replace("县级专项资金自评表", "县级资金自评表"))


def _configuration(state: State) -> str:
    nav = f"nav: {state['nav']}\n" if state["nav"] else ""
    return (
        f"site_name: {state['site name']}\nsite_description: {state['site description']}\n"
        f"site_url: '{state['site address']}'\ndocs_dir: content/pages\nuse_directory_urls: false\n{nav}"
        f"theme: {{name: material, language: zh, font: false, custom_dir: frame, palette: {{primary: {state['palette']}}}}}\n"
        "plugins:\n  - jixiao:\n"
        f"      publisher: {state['publisher'] or chr(34) * 2}\n      rule_packs: {state['packs']}\n"
        f"      public_findings: {state['public findings']}\n      keep_going: {state['keep going']}\n"
        f"      exports: {state['exports']}\n"
    )


def _registry(state: State) -> str:
    departments = {"zhen": state["department's name"], "ju": state["second department's name"]}
    listed = "".join(f"  {slug}: {{名称: {name}, 所在区: 示例区}}\n" for slug, name in departments.items())
    units = "".join(f"  {slug}: {{{_unit(state, slug)}}}\n" for slug in UNITS if state[f"{slug}: unit's name"])
    # A registry without units would be a fault of its own.
    return f"主管部门:\n{listed}单位:\n{units}  beitang: {{名称: 北塘镇水务站, 主管部门: zhen, 所在区: 示例区}}\n"


def _unit(state: State, slug: str) -> str:
    department = state[f"{slug}: department"]
    name, district = state[f"{slug}: unit's name"], state[f"{slug}: district"]
    named = f"名称: {name}, 所在区: {district}"
    return f"{named}, 主管部门: {department}" if department else named


def _record(state: State, name: str, record: Record, place: str) -> str:
    year, unit, file = place.split("/")
    figure = state[f"{name}: figure"]
    values = {
        "year": year,
        "name": "技能培训" + state[f"{name}: name"] if "peixun" in record.place else f"{name}{state[f'{name}: name']}",
        "unit": UNITS.get(unit, "北塘镇水务站"),
        "department": "西桥区农业农村局" if unit == "xiqiao" else "东溪镇人民政府",
        "figure": figure,
        "rate": '"-"' if figure == "-" else "95.00",
        "account": COPIED if state[f"{name}: account"] == "copied" else f"{year}年{name}的事情都做完了，逐项记在台账里，没有遗漏，居民满意，来年继续。",
        "result": "-" if figure == "-" else figure.replace("9", "1"),
    }  # fmt: skip
    text = _FORMS[record.form].format(**values) + NOTES[state[f"{name}: note"]]
    return f"---\n{text}---\n\n## 实际完成情况\n\n{values['account']}\n" if file.endswith(".md") else text


_HEAD = "年度: {year}\n项目名称: {name}\n主管部门: {department}\n实施单位: {unit}\n"
_ROWS = (
    "  产出指标:\n    数量指标:\n      - {{三级指标: 举办期数, 年度指标值: ≥12期, 实际完成值: {result}期, 分值: 30, 得分: 30}}\n"
    "  效益指标:\n    社会效益指标:\n      - {{三级指标: 就业率, 年度指标值: ≥60%, 实际完成值: 50%, 分值: 40, 得分: 32, 偏差原因: 汛期停工}}\n"
    "  满意度指标:\n    服务对象满意度指标:\n      - {{三级指标: 学员满意度, 年度指标值: ≥90%, 实际完成值: 93%, 分值: 20, 得分: 20}}\n"
)
_FUNDING = (
    "项目资金:\n  单位: 万元\n"
    "  年度资金总额: {{年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: {figure}, 分值: 10.00, 执行率: {rate}, 得分: 9.50}}\n"
)
_TOTAL = "总分: {{分值: 100.00, 得分: 91.50}}\n"
_FORMS = {
    "A1": "表样: 财政项目支出绩效自评表\n版式: A1\n" + _HEAD + _FUNDING
    + "年度总体目标: {{预期目标: 办好{name}。, 实际完成情况: {account}}}\n绩效指标:\n" + _ROWS + _TOTAL + "评分等级: 优\n",
    "A2": "表样: 财政项目支出绩效自评表\n版式: A2\n" + _HEAD + _FUNDING + "绩效指标:\n" + _ROWS + _TOTAL,
    "B1": "表样: 部门（单位）整体支出绩效自评表\n年度: {year}\n所属部门: {unit}\n下属单位个数: 0\n部门职责: 管好{name}。\n"
    "整体支出规模:\n  单位: 万元\n  资金来源:\n    财政拨款: {{全年预算数: 100.00, 全年执行数: {figure}, 执行率: {rate}}}\n"
    "年度总体目标: {{年初设定目标: 管好{name}。, 全年完成情况: {account}}}\n绩效指标:\n" + _ROWS + _TOTAL,
    "C1": "表样: 财政项目支出绩效目标申报表\n" + _HEAD + "项目性质: 其他经常性项目\n计划开始日期: {year}-01-01\n计划完成日期: {year}-12-31\n"
    "项目资金:\n  单位: 万元\n  年度资金: {{年度资金申请总额: {figure}}}\n项目总目标: {account}\n年度总体目标: {{预期目标: 办好{name}。}}\n"
    "绩效指标:\n  产出指标:\n    数量指标:\n      - {{三级指标: 举办期数, 年度指标值: ≥{result}期}}\n",
    "general": "表样: 绩效目标自评表\n" + _HEAD + _FUNDING
    + "年度总体目标: {{预期目标: 办好{name}。, 实际完成情况: {account}}}\n绩效指标:\n" + _ROWS,
    "own": "表样: 县级专项资金绩效目标自评表\n年度: {year}\n项目名称: {name}\n主管部门: 西桥区农业农村局\n资金使用单位: {unit}\n"
    "资金情况:\n  单位: 万元\n  年度资金总额: {{全年预算数(A): 100.00, 全年执行数(B): {figure}, 执行率(B/A): {rate}}}\n"
    "总体目标: {{年初设定目标: 推广良种。, 全年实际完成情况: {account}}}\n绩效指标:\n  产出指标:\n    数量指标:\n"
    "      - {{三级指标: 推广面积, 分值: 60, 指标值: ≥12亩, 全年实际完成值: {result}亩}}\n"
    "  效益指标:\n    经济效益指标:\n      - {{三级指标: 亩均增收, 分值: 40, 指标值: ≥150元/亩, 全年实际完成值: 140元/亩, 未完成原因和改进措施: 汛期停工}}\n",
}  # fmt: skip
