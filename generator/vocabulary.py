"""The one table of words: what a form prints, what the code and the published data call it.

The YAML reader, the JSON Schema, page labels, the titles of exports and the glossary all read this table.
A label belongs to a place: 得分 of an indicator and 得分 of a funding row are two terms.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from generator.text import folded


class Place(StrEnum):
    """Which part of a record a term stands in."""

    RECORD = "record"
    FUNDING = "funding"
    FUNDING_ROW = "funding_row"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"
    TOTAL = "total"
    SOURCE = "source"
    TABLE = "table"
    WAIVER = "waiver"
    REPLY = "reply"
    UNCONFIRMED = "unconfirmed"
    CORRECTION = "correction"


class Kind(StrEnum):
    """What a cell of a term holds, and so how it is read."""

    TEXT = "text"
    """Words as printed."""
    FIGURE = "figure"
    """A number, or one of the marks that forms print where they print none."""
    VALUE = "value"
    """A target or an actual value: anything, parsed by the grammar of values."""
    DATE = "date"
    YEAR = "year"
    PROSE = "prose"
    """Markdown of any length."""
    BLOCK = "block"
    """A part of the record with fields of its own."""


class Term(NamedTuple):
    """One word of the field."""

    identifier: str
    label: str
    kind: Kind
    description: str
    synonyms: tuple[str, ...] = ()


def _terms(kind: Kind, *rows: tuple[str, str, str, str]) -> tuple[Term, ...]:
    return tuple(
        Term(identifier, label, kind, description, tuple(synonyms.split()))
        for identifier, label, synonyms, description in rows
    )


_RECORD = (
    *_terms(
        Kind.TEXT,
        ("form", "表样", "", "表的名称，即原表标题，例如“财政项目支出绩效自评表”。"),
        ("layout", "版式", "", "同名表样有几种版式时写明用哪一种，例如 A1；不写则用该表样的默认版式。"),
        (
            "project_key",
            "项目标识",
            "",
            "把同一项目各年度、各阶段的表归到一起的标识；不写则取文件名中第一个点之前的部分。",
        ),
        (
            "rule_pack",
            "规则包",
            "",
            "检查这份表用哪个规则包，例如 hubei；写了它，就不看 mkdocs.yml 里的选择，也不看规则包的适用范围。",
        ),
    ),
    *_terms(Kind.YEAR, ("fiscal_year", "年度", "预算年度", "预算年度，四位数字，须与所在文件夹一致。")),
    *_terms(
        Kind.TEXT,
        ("period", "年度表述", "申报时段 期间", "标题下方原样印出的年度或时段，例如 (2024年度)。"),
        ("project_name", "项目名称", "", "项目的全称，照原表填写。"),
        ("project_code", "项目编码", "项目代码", "财政一体化系统中的项目编码，照原表填写。"),
        (
            "competent_department",
            "主管部门",
            "主管预算部门 上级主管部门 主管单位",
            "对项目负主管责任的预算部门，照原表填写。",
        ),
        ("competent_department_code", "主管部门编码", "主管部门代码", "主管部门的预算编码。"),
        (
            "implementing_unit",
            "实施单位",
            "项目单位 项目实施单位 预算单位 资金使用单位",
            "具体使用资金、实施项目的单位，照原表填写。",
        ),
        ("unit_code", "单位编码", "预算单位编码 单位代码", "单位的预算编码。"),
        ("town_name", "街镇名称", "", "部门整体支出表表头的街道或乡镇名称。"),
        (
            "evaluated_department",
            "所属部门",
            "部门名称 部门(单位)名称 单位名称",
            "部门（单位）整体支出表所评价的部门或单位。",
        ),
        ("subordinate_units", "下属单位个数", "所属单位数", "部门所属单位的个数。"),
        ("project_nature", "项目性质", "项目属性", "例如 其他经常性项目、新增项目、延续项目。"),
        ("project_category", "项目类别", "项目类型", "例如 特定目标类、运转类、人员类。"),
        ("funding_purpose", "资金用途", "", "资金的用途分类。"),
        ("person_in_charge", "项目负责人", "负责人", "项目负责人，照原表填写。"),
        ("contact_person", "联系人", "填报人 填表人", "填报或联系的人，照原表填写。"),
        ("contact_phone", "联系电话", "电话", "联系电话，照原表填写。"),
        ("finance_officer", "财务负责人", "", "财务负责人，照原表填写。"),
        ("reporting_unit", "填报单位", "填报单位(盖章)", "填报本表的单位。"),
        ("grade", "评分等级", "评价等级 自评等级 等级", "原表印出的等级（优、良、中、差）；原表没有就不写。"),
    ),
    *_terms(
        Kind.DATE,
        ("planned_start", "计划开始日期", "项目开始日期 开始日期", "计划开始的日期，例如 2024-01-01。"),
        ("planned_end", "计划完成日期", "项目完成日期 完成日期", "计划完成的日期，例如 2024-12-31。"),
        ("report_date", "填报日期", "填表日期", "填报本表的日期。"),
    ),
    *_terms(
        Kind.PROSE,
        ("duties", "部门职责", "部门职能 主要职责 部门职能职责 单位职责", "部门或单位的主要职责。"),
        ("project_goal", "项目总目标", "中长期目标 中期目标 长期目标", "跨年度项目的总目标。"),
        ("project_summary", "项目概况", "项目基本情况 项目内容", "项目的内容与范围。"),
        ("policy_basis", "立项依据", "政策依据 项目立项依据 项目设立依据", "设立项目的政策和文件依据。"),
        ("necessity", "项目必要性", "必要性", "为什么要做这个项目。"),
        ("feasibility", "项目可行性", "可行性", "为什么做得成。"),
        ("safeguards", "保障措施", "保证项目实施的制度、措施", "保证项目实施的制度和措施。"),
        ("schedule", "实施计划", "项目实施计划 进度安排", "项目实施的步骤和时间。"),
        ("conclusion", "自评结论", "评价结论 绩效自评结论", "自评得出的总结论。"),
        ("problems", "存在问题", "存在的问题 主要问题", "自评发现的问题。"),
        (
            "form_deviation_reason",
            "偏差原因",
            "偏差原因分析 未完成原因分析 偏差大或目标未完成原因分析 偏差原因分析及改进措施",
            "整张表共用一栏的偏差原因。",
        ),
        (
            "improvement_measures",
            "改进措施",
            "下一步改进措施 整改措施 结果应用方案 改进措施及结果应用方案",
            "针对问题或偏差的改进措施。",
        ),
        ("review_opinion", "审核意见", "评审意见 主管部门意见 财政部门意见", "上级或财政部门的审核意见。"),
        ("remarks", "备注", "说明 其他需要说明的问题", "原表的备注。"),
    ),
    *_terms(
        Kind.BLOCK,
        (
            "funding",
            "项目资金",
            "整体支出规模 资金情况 预算执行情况 部门预算资金 投资计划",
            "资金情况：一行一种资金，一栏一种金额。",
        ),
        ("objective", "年度总体目标", "总体目标 年度目标 年度绩效目标 绩效目标", "年初的目标与全年的完成情况。"),
        ("indicators", "绩效指标", "年度绩效指标 分解目标自评 指标", "各级绩效指标，照原表的层次填写。"),
        (
            "long_term_indicators",
            "长期绩效指标",
            "中长期绩效指标 中期绩效指标 项目总绩效指标",
            "中长期目标下的各级指标。",
        ),
        ("level1_weights", "一级权重", "一级指标权重", "原表在一级指标旁单独印出的权重；“合计”写原表印出的合计。"),
        ("total", "总分", "合计 自评总分 自评得分 项目总得分", "原表印出的总分。"),
        ("source", "来源", "", "这份表从哪里来：原件名称、发布机构、发布日期等。"),
        ("tables", "附表", "", "不属于上述各栏的表，逐行照录。"),
        ("extra", "其他信息", "", "词汇表里没有的栏目，照原表的名称和内容保留。"),
        ("waivers", "豁免", "", "已知而暂不改正的检查结果，一条一项；写明规则、原因、批准人和有效期。"),
        ("replies", "答复", "", "填报单位对检查结果的说明，一条一项；与检查结果一起公开。"),
        (
            "corrections",
            "更正",
            "更正说明",
            "公开之后改了数字的说明，一处改动一条，写了就不再删去；写明哪一项、原来的和新的数字、原因、谁决定的、日期。",
        ),
        ("unconfirmed", "待确认", "", "导入时没有把握、要与原件核对的栏，一条一项；核对一条删去一条，删完才能公开。"),
    ),
)

_FUNDING = (*_terms(Kind.TEXT, ("unit", "单位", "金额单位 资金单位", "金额的单位：元、万元等。")),)

_FUNDING_ROW = (
    *_terms(Kind.TEXT, ("label", "资金名称", "资金来源 项目 名称", "这一行资金的名称，用于列表写法。")),
    *_terms(
        Kind.FIGURE,
        ("amount", "金额", "资金额 数额", "只有一栏金额的表的金额。"),
        ("prior_year", "上年数", "", "上一年度的金额。"),
        ("prior_year_budget", "上年预算数", "", "上一年度的预算数。"),
        ("prior_year_executed", "上年执行数", "", "上一年度的执行数。"),
        ("requested", "申请数", "年度申请数 申请金额 申报数", "申请的金额。"),
        ("approved", "批复数", "批复金额 核定数", "批复的金额。"),
        ("initial_budget", "年初预算数", "年初预算 预算数(年初) 年初批复数", "年初批复的预算数。"),
        ("budget", "预算数", "", "只有一栏预算的表的预算数。"),
        (
            "adjusted_budget",
            "全年预算数",
            "全年预算 调整后预算数 调整预算数 全年(调整)预算数 全年预算数(A)",
            "调整后的全年预算数。",
        ),
        ("executed", "全年执行数", "全年执行 执行数 预算执行数 实际执行数 支出数 全年执行数(B)", "全年实际支出数。"),
        (
            "executed_to_date",
            "截至目前执行数",
            "已执行数 1-6月执行数 1-7月执行数 1-8月执行数 1-9月执行数 累计执行数",
            "监控时点的累计支出数。",
        ),
        ("forecast", "全年预计执行数", "预计执行数 预计全年执行数", "监控时预计的全年支出数。"),
        ("points", "分值", "分数 权重 执行率权重", "预算执行率的分值。"),
        (
            "execution_rate",
            "执行率",
            "执行率(%) 预算执行率 预算执行率(%) 执行率(B/A) 执行率(B/A×100%)",
            "原表印出的执行率，带不带百分号照原表。",
        ),
        ("score", "得分", "自评得分 自评分 执行率得分", "预算执行率的得分。"),
        ("review_score", "复核得分", "复核评分 评审得分", "复核时给出的得分。"),
    ),
    *_terms(
        Kind.TEXT,
        ("adjustment_reason", "调整原因", "原因 偏差原因 偏差原因分析 未完成原因", "预算调整或执行偏差的原因。"),
    ),
    *_terms(
        Kind.TEXT,
        ("printed_cells", "印出数字", "", "原表数字的栏位无法确定时，照印出的顺序列出，不分栏。"),
        ("unreadable", "无法辨认", "", "为什么读不出来。"),
    ),
    *_terms(
        Kind.BLOCK,
        ("parts", "其中", "", "这一行资金的构成，一行一种。"),
        ("extra", "其他栏目", "", "词汇表里没有的栏，照原表的名称和内容保留。"),
    ),
)

_OBJECTIVE = (
    *_terms(
        Kind.PROSE,
        ("expected", "预期目标", "年初设定目标 年初目标 年初绩效目标 年度目标 目标 年度预期目标", "年初设定的目标。"),
        (
            "achieved",
            "实际完成情况",
            "全年完成情况 全年实际完成情况 完成情况 目标完成情况 年度实际完成情况",
            "全年的实际完成情况。",
        ),
    ),
)

_INDICATOR = (
    *_terms(
        Kind.TEXT,
        ("level1", "一级指标", "", "一级指标，用于列表写法。"),
        ("level2", "二级指标", "", "二级指标，用于列表写法。"),
        ("name", "三级指标", "指标名称 指标 绩效指标 指标内容", "指标名称，照原表填写。"),
        ("level4", "四级指标", "明细指标", "三级指标之下的明细指标，用于列表写法；写了它，三级指标就是它的上一层。"),
        ("nature", "指标性质", "指标属性 运算符号 符号", "单独成栏的运算符号或“定性”。"),
    ),
    *_terms(
        Kind.VALUE,
        ("initial_target", "年初目标值", "年初指标值 调整前指标值", "调整之前的目标值。"),
        (
            "target",
            "年度指标值",
            "指标值 目标值 年度目标值 全年目标值 计划值 指标值(A) 年度(/项目)指标值 项目指标值",
            "目标值，照原表填写。",
        ),
        ("adjusted_target", "调整后指标值", "调整后目标值 调整指标值", "调整之后的目标值。"),
        ("target_unit", "计量单位", "度量单位 指标单位", "单独成栏的计量单位。"),
        (
            "actual",
            "实际完成值",
            "全年完成值 完成值 年终完成值 全年实际值 全年实际值(B) 全年实际完成值 实际值 自评值",
            "实际完成值，照原表填写。",
        ),
        (
            "actual_to_date",
            "监控时点完成值",
            "1-6月完成值 1-7月完成值 1-8月完成值 1-9月完成值 目前完成值",
            "监控时点的完成值。",
        ),
        ("forecast", "全年预计完成值", "预计完成值 预计全年完成值", "监控时预计的全年完成值。"),
        ("review_value", "复核值", "复核完成值 评审值", "复核认定的完成值。"),
    ),
    *_terms(
        Kind.FIGURE,
        ("points", "分值", "分数 权重 参考分值 指标权重 指标权重(分) 评价分值", "指标的分值。"),
        ("coefficient", "得分系数", "", "得分占分值的比例。"),
        ("score", "得分", "自评得分 自评分 指标得分 评分", "指标的自评得分。"),
        ("review_score", "复核得分", "复核评分 评审得分 财政复核得分", "复核时给出的得分。"),
    ),
    *_terms(
        Kind.TEXT,
        ("deviation", "偏差", "偏差度 偏差率 偏离度", "完成值与目标值的偏差。"),
        (
            "deviation_reason",
            "偏差原因",
            "偏差原因分析及改进措施 偏差及原因分析 偏差原因分析 未完成原因分析 未完成原因和改进措施 未完成原因及拟采取的改进措施 偏差原因及改进措施",
            "得分低于分值或未达目标的原因。",
        ),
        ("improvement_measures", "改进措施", "整改措施 拟采取的改进措施", "针对偏差的改进措施。"),
        ("likelihood", "完成可能性", "", "监控时判断的完成可能性：确定能、有可能、不可能。"),
        ("description", "指标描述", "指标解释 指标说明 评价内容", "指标的解释。"),
        ("standard", "评价标准", "评分标准 评分规则 评(扣)分标准", "评分的标准。"),
        ("core_mark", "核心指标", "是否核心指标", "核心指标的标记，例如 ★、是。"),
        ("indicator_code", "指标编码", "指标代码", "指标的编码。"),
        ("remark", "备注", "说明", "这一行的备注。"),
    ),
    *_terms(
        Kind.BLOCK,
        ("parts", "其中", "", "不单独计分的下级指标。"),
        ("extra", "其他栏目", "", "词汇表里没有的栏，照原表的名称和内容保留。"),
    ),
)

_TOTAL = (
    *_terms(
        Kind.FIGURE,
        ("points", "分值", "分数 权重 满分", "原表印出的分值合计。"),
        ("score", "得分", "自评得分 自评分 总得分", "原表印出的总得分。"),
        ("review_score", "复核得分", "复核评分 评审得分", "复核给出的总得分。"),
    ),
)

_SOURCE = (
    *_terms(
        Kind.TEXT,
        ("document", "原件", "原件名称", "原件的名称。"),
        ("collection", "汇编标题", "", "原件是汇编时，汇编的标题。"),
        ("publisher", "发布机构", "", "公开原件的机构。"),
        ("address", "原件地址", "网址", "公开原件的网址。"),
        ("index_number", "索引号", "", "政府信息公开索引号。"),
        ("document_number", "发文字号", "文号", "发文字号。"),
        ("form_number", "表号", "", "表的编号。"),
        ("transcription", "转录说明", "", "转录时做了什么，没做什么。"),
    ),
    *_terms(Kind.DATE, ("published", "发布日期", "公开日期", "原件公开的日期。")),
)

_TABLE = (
    *_terms(Kind.TEXT, ("title", "标题", "", "附表的标题。")),
    *_terms(
        Kind.BLOCK,
        ("columns", "表头", "", "各栏的名称。"),
        ("rows", "行", "", "各行的内容，一行一个列表。"),
    ),
)

_FIELD = "只针对这一栏时写明栏目或行的名称，例如“培训人数”或“培训人数 › 得分”；不写则针对这条规则的全部结果。"

_WAIVER = (
    *_terms(
        Kind.TEXT,
        ("rule", "规则", "规则代码 代码", "规则的代码，例如 BUD001。"),
        ("field", "对象", "栏目", _FIELD),
        ("reason", "原因", "理由 豁免原因", "为什么可以不改。"),
        ("approver", "批准人", "批准 批准单位", "谁同意不改：单位、处室或职务。"),
    ),
    *_terms(Kind.DATE, ("valid_until", "有效期至", "有效期 截止日期", "到哪一天为止（含当天），例如 2025-12-31。")),
)

_REPLY = (
    *_terms(
        Kind.TEXT,
        ("rule", "规则", "规则代码 代码", "规则的代码，例如 BUD001。"),
        ("field", "对象", "栏目", _FIELD),
    ),
    *_terms(Kind.PROSE, ("text", "内容", "答复内容 说明", "对这条检查结果的说明。")),
    *_terms(Kind.TEXT, ("respondent", "答复单位", "单位 答复人", "作出说明的单位。")),
    *_terms(Kind.DATE, ("date", "日期", "答复日期", "作出说明的日期，例如 2025-03-01。")),
)

_UNCONFIRMED = (
    *_terms(
        Kind.TEXT,
        ("field", "栏", "栏目 对象", "要核对的栏，从外到内写出名称，例如“培训人数 › 得分”或“项目资金 › 单位”。"),
        ("basis", "依据", "原因 理由 说明", "这个值是怎样来的，为什么没有把握。"),
    ),
)

_CORRECTION = (
    *_terms(
        Kind.TEXT,
        (
            "item",
            "项",
            "更正项 对象",
            "更正的是哪一个数字或哪一行，从外到内写出名称，例如“产出指标 › 数量指标 › 开展培训次数 › 得分”。",
        ),
    ),
    *_terms(
        Kind.BLOCK,
        ("old", "原", "原值 更正前", "更正之前印的，照抄；原来空白的写 空白；原来没有这一行的写 无。"),
        ("new", "新", "新值 更正后", "更正之后印的，照抄；改为空白的写 空白；删去这一行的写 无。"),
    ),
    *_terms(
        Kind.TEXT,
        ("position", "行次", "", "删去一行时，它原来是所在的表的第几行，例如 3。"),
        ("reason", "原因", "理由 更正原因", "为什么更正。"),
        ("decided_by", "决定", "决定人 决定单位 批准人", "谁决定更正的：单位、处室或职务。"),
    ),
    *_terms(Kind.DATE, ("date", "日期", "更正日期", "哪一天更正的，例如 2025-05-20。")),
)

TERMS: Mapping[Place, tuple[Term, ...]] = {
    Place.RECORD: _RECORD,
    Place.FUNDING: _FUNDING,
    Place.FUNDING_ROW: _FUNDING_ROW,
    Place.OBJECTIVE: _OBJECTIVE,
    Place.INDICATOR: _INDICATOR,
    Place.TOTAL: _TOTAL,
    Place.SOURCE: _SOURCE,
    Place.TABLE: _TABLE,
    Place.WAIVER: _WAIVER,
    Place.REPLY: _REPLY,
    Place.UNCONFIRMED: _UNCONFIRMED,
    Place.CORRECTION: _CORRECTION,
}


@cache
def _by_label(place: Place) -> Mapping[str, Term]:
    return {folded(label): term for term in TERMS[place] for label in (term.label, *term.synonyms)}


@cache
def _by_identifier(place: Place) -> Mapping[str, Term]:
    return {term.identifier: term for term in TERMS[place]}


def term_for(place: Place, label: str) -> Term | None:
    """Return the term a printed label stands for at this place, or None where the table does not know it.

    Width, blanks and a closing colon do not matter: `执行率（%）：` is `执行率(%)`.
    """
    table = _by_label(place)
    return table.get(label) or table.get(folded(label))


def term_of(place: Place, identifier: str) -> Term:
    """Return the term with this identifier; a wrong identifier is a programming error and raises KeyError."""
    return _by_identifier(place)[identifier]


def labels(place: Place) -> Iterable[str]:
    """Return every label and synonym that may be written at this place, labels first."""
    terms = TERMS[place]
    return (*(term.label for term in terms), *(synonym for term in terms for synonym in term.synonyms))
