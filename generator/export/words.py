"""Names of the published data: those of the vocabulary, and those of what the build adds."""

from typing import NamedTuple

from generator.vocabulary import TERMS, Kind, Place, Term, term_of


class Name(NamedTuple):
    """One name of the published data."""

    label: str
    """In Chinese, as the title of a column."""
    description: str


_IDENTITY = ("form", "layout", "project_key", "rule_pack")
_SCORES = ("points", "execution_rate", "score", "review_score")
_NOT_FUNDING_CELLS = ("label", "printed_cells", "unreadable")
_LEVELS = ("level1", "level2", "name", "level4")

HEAD = tuple(
    term for term in TERMS[Place.RECORD] if term.kind in (Kind.TEXT, Kind.DATE) and term.identifier not in _IDENTITY
)
"""Fields of the head; a record that does not print one has null."""

PROSE = tuple(term for term in TERMS[Place.RECORD] if term.kind is Kind.PROSE)
"""Texts other than the two of the objective."""

FUNDING_CELLS = tuple(
    term
    for term in TERMS[Place.FUNDING_ROW]
    if term.kind is not Kind.BLOCK and term.identifier not in _NOT_FUNDING_CELLS
)
"""Columns of the money block."""

AMOUNTS = tuple(term for term in FUNDING_CELLS if term.kind is Kind.FIGURE and term.identifier not in _SCORES)
"""Those of them that are money, so that they can be given in yuan."""

MAIN_AMOUNTS = tuple(
    term_of(Place.FUNDING_ROW, identifier)
    for identifier in ("initial_budget", "adjusted_budget", "executed", "requested")
)
"""Amounts of a record as a whole."""

INDICATOR_CELLS = tuple(
    term for term in TERMS[Place.INDICATOR] if term.kind is not Kind.BLOCK and term.identifier not in _LEVELS
)
"""Columns of the indicator table behind the name."""

FUNDING_ALWAYS = ("initial_budget", "adjusted_budget", "executed", "points", "execution_rate", "score")
"""Cells that every funding row has, null where the form has no such column."""

ALWAYS = ("target", "actual", "points", "score", "deviation_reason")
"""Cells that every indicator has, null where the form has no such column."""

PARSED = ("target", "actual")
"""Cells that are also given as parsed."""

TOTALS = TERMS[Place.TOTAL]
OBJECTIVE = TERMS[Place.OBJECTIVE]
SOURCE = TERMS[Place.SOURCE]

ADDED = {
    "id": Name("记录标识", "记录文件在 content/records 下的路径，不带扩展名；也是网址的一部分，不会变。"),
    "form_definition": Name("表样定义", "排出这张表的表样定义的标识。"),
    "record_type": Name(
        "记录类型",
        "SelfEvaluation 项目支出自评，DepartmentEvaluation 整体支出自评，TargetDeclaration 绩效目标申报，Other 其他。",
    ),
    "unit": Name("登记单位", "单位名册里的单位，按记录所在的文件夹确定。"),
    "department": Name("登记主管部门", "单位名册里登记的主管部门；没有登记的为空。"),
    "project": Name("项目", "同一单位同一项目各年度、各阶段的表共用一个标识。"),
    "money_unit": Name("金额单位", "各金额的单位：元、万元等；没有资金栏的表为空。"),
    "number": Name("序号", "这一行在记录里的次序，从 1 起。"),
    "group": Name("口径", "这一行所属的口径，例如 资金来源、资金结构；只有一种口径的表为空文本。"),
    "parent": Name("上级序号", "这一行是第几行的“其中”项；不是“其中”项的为空。"),
    "horizon": Name("指标期限", "annual 年度指标，long_term 中长期指标。"),
    "levels": Name("各级指标", "指标名称以上的各级指标，由上到下。"),
    "anchor": Name("行锚点", "这一行在记录页上的锚点，接在记录网址的 # 后就是这一行的网址；表的其他行增删后也不变。"),
    "labels": Name("印出的栏名", "各栏在原表上的名称，按位置和标识；同一栏各行名称不同的，取最先写的。"),
    "yuan": Name("折算为元", "按金额单位折算为元的数字，不四舍五入；印的不是数字的栏没有。"),
    "computed_points_lost": Name(
        "失分（计算）", "分值减得分，有一项不是数字的为空；一份记录的失分是各行（含预算执行率）失分之和。"
    ),
    "computed_outcome": Name(
        "完成判断（计算）",
        "只比较印出的指标值和完成值：met 达到，missed 未达到，undecided 不能由印出的内容断定。",
    ),
    "computed_execution_rate": Name(
        "执行率（计算）", "全年执行数 ÷ 全年预算数 × 100，不四舍五入，至多 28 位有效数字；数据不足的为空。"
    ),
    "computed_adjustment": Name("预算调整（计算）", "全年预算数减年初预算数，元；缺一项的为空。"),
    "computed_findings": Name("检查结果（计算）", "可公开的、没有豁免的检查结果有几处；各处见检查结果的文件。"),
    "computed_contradictions": Name("矛盾（计算）", "检查结果中有几处是这份表的数字或说法自相矛盾。"),
    "computed_deviations": Name("偏差行数（计算）", "被扣分或未达到指标值的指标行数。"),
    "unreadable": Name("无法辨认", "原件里无法辨认的栏和原因；键是栏的标识，下一层用 / 隔开，row 指整行。"),
    "extra": Name("其他栏目", "词汇表里没有的栏，键为原表印出的名称。"),
    "printed_cells": Name("印出数字", term_of(Place.FUNDING_ROW, "printed_cells").description),
    "finding_code": Name("规则代码", "检查结果出自哪条规则；规则见 rules.json。"),
    "finding_severity": Name("轻重", "error 错误，warning 警告，note 提示。"),
    "finding_outcome": Name("结果", "fail 不通过，waived 已豁免，error 规则出错。"),
    "finding_message": Name("不符之处", "哪里与规则不符，一句话。"),
    "finding_field": Name("位置", "照原表的栏名，由外到内以 › 隔开。"),
    "finding_found": Name("原表", "原表印的。"),
    "finding_expected": Name("按规则", "按规则应是什么。"),
    "finding_reason": Name("豁免理由", "没有豁免的为空。"),
    "rule_url": Name("规则网址", "规则的网页。"),
    "url": Name("网址", "所在的网页。"),
    "json_url": Name("JSON 网址", "单独一份记录的 JSON。"),
    "source_url": Name("源文件网址", "作者填写的原样文件。"),
}
"""What the build adds to the printed content, by name."""


def english(identifier: str) -> str:
    """Return a name as English words: fiscal_year is Fiscal year."""
    return identifier.replace("_", " ").capitalize()


def name_of(term: Term) -> Name:
    """Return the name of a term of the vocabulary."""
    return Name(term.label, term.description)


def total_name(term: Term) -> Name:
    """Return the name of a printed total: 总分（得分）."""
    return Name(f"{term_of(Place.RECORD, 'total').label}（{term.label}）", term.description)


def yuan_name(term: Term) -> Name:
    """Return the name of an amount in yuan."""
    return Name(f"{term.label}（元）", f"{term.label}折算为元的数字，不四舍五入；印的不是数字的为空。")
