"""Names of the published data: those of the vocabulary, and those of what the build adds."""

from msgspec import Struct

from generator.vocabulary import TERMS, Kind, Place, Term, term_of


class Name(Struct, frozen=True):
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
    "content_sha256": Name(
        "校验码", "这份表印出的全部内容的 SHA-256，前 16 位印在网页和打印件上；内容相同就相同，与文件的写法无关。"
    ),
    "labels": Name("印出的栏名", "各栏在原表上的名称，按位置和标识；同一栏各行名称不同的，取最先写的。"),
    "yuan": Name("折算为元", "按金额单位折算为元的数字，不四舍五入；印的不是数字的栏没有。"),
    "computed_points_lost": Name(
        "失分（计算）",
        "分值减得分，有一项不是数字的为空；一份记录的失分是各行（含预算执行率）失分之和，有一行看不出的为空。",
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
    "computed_adjustment_rate": Name(
        "变动幅度（计算）",
        "预算调整 ÷ 年初预算数 × 100，不四舍五入，至多 28 位有效数字；缺一项或年初预算不是正数的为空。",
    ),
    "computed_initial_execution_rate": Name(
        "执行率（按年初预算，计算）", "全年执行数 ÷ 年初预算数 × 100，不四舍五入，至多 28 位有效数字；数据不足的为空。"
    ),
    "computed_budget_change": Name(
        "预算变动（计算）",
        "全年预算数比年初预算数：down 调减，up 调增，same 没有变动，unknown 数据不足；不是自评表的为空。",
    ),
    "computed_halved_and_spent": Name(
        "调减一半以上且基本执行完（计算）",
        "全年预算数不超过年初预算数的一半、执行数达到全年预算数的 95% 为 yes，否则 no；数据不足、不是自评表的为空。",
    ),
    "computed_full_marks": Name(
        "满分的依据（计算）",
        "total 印出的总分等于分值合计，rows 总分没有印全而有分值的各行都得满分；不是满分、不能断定的为空。",
    ),
    "computed_missed": Name("未达目标行数（计算）", "完成值明确没有达到指标值的指标行数；少于确数可能正合所求的不算。"),
    "computed_miss_target": Name("比较的指标值", "用来比较的指标值，照原表；有调整后指标值的取调整后的。"),
    "computed_miss_gap": Name("差距（计算）", "完成值与指标值的界限相差多少，不四舍五入；不能由数字断定的为空。"),
    "computed_miss_unit": Name("差距的单位", "指标值的计量单位，统一为通行写法；% 的差距是百分点。"),
    "computed_miss_way": Name("差距的方向（计算）", "below 少于指标值，above 多于指标值；不能由数字断定的为空。"),
    "computed_miss_share": Name(
        "差距占指标值（计算）", "差距 ÷ 指标值的界限 × 100，至多 28 位有效数字；算不出的为空。"
    ),
    "computed_miss_full_score": Name(
        "未达目标仍得满分（计算）", "得分不少于分值为 yes，否则 no；分值或得分不是数字的为空。"
    ),
    "computed_change": Name(
        "变化（计算）",
        "kept 保留，lowered 降低，raised 提高，changed 改动（说不出高低），reworded 改名，dropped 删除，added 新增，undecided 无法判断。",
    ),
    "computed_change_reason": Name("无法判断的原因", "为什么不能断定变化；能断定的为空。"),
    "computed_reworded": Name("改名（计算）", "两份表的名称几乎相同或只是换了说法为 yes，否则 no。"),
    "computed_reweighted": Name("改分值（计算）", "两份表都印出分值而不相同为 yes，否则 no。"),
    "declared_name": Name("申报的指标", "绩效目标申报表上的指标名称；申报时没有这一项的为空。"),
    "declared_target": Name("申报的指标值", "申报表上算数的指标值，照原表。"),
    "declared_target_parts": Name("申报的指标值·其他栏", "申报表另外印在别的栏里的比较符号、计量单位等，名称在前。"),
    "declared_points": Name("申报的分值", "申报表印出的分值，照原表。"),
    "declared_url": Name("申报的网址", "申报表上的那一行；申报时没有这一项的为空。"),
    "declaration_id": Name("申报表的记录标识", "所对照的绩效目标申报表。"),
    "evaluated_name": Name("自评的指标", "自评表上的指标名称；自评表没有这一项的为空。"),
    "evaluated_target": Name("自评的指标值", "自评表上算数的指标值，照原表；有调整后指标值的取调整后的。"),
    "evaluated_target_parts": Name(
        "自评的指标值·其他栏", "自评表另外印在别的栏里的比较符号、计量单位、年初指标值等，名称在前。"
    ),
    "evaluated_points": Name("自评的分值", "自评表印出的分值，照原表。"),
    "evaluated_url": Name("自评的网址", "自评表上的那一行；自评表没有这一项的为空。"),
    "peer_group": Name(
        "同类指标编号", "编号相同的是同一项指标：表的种类、上级类别、名称和计量单位都相同；也是网页上的锚点。"
    ),
    "peer_level": Name("类别", "指标名称上面一级的名称，写法取其中一家的。"),
    "peer_name": Name("同类指标", "指标名称，写法取其中一家的；各家印的见原表那一行。"),
    "peer_target": Name("各家指标值", "照原表；比较符号、计量单位另有一栏的，依次写在一起。"),
    "peer_actual": Name("各家完成值", "照原表；计量单位另有一栏的，写在后面。"),
    "peer_measure": Name("比较单位", "完成值按这个计量单位比较。"),
    "computed_peer_value": Name("完成值（计算）", "完成值按比较单位计的数字，已乘数量级，不四舍五入。"),
    "computed_score_rate": Name("得分率（计算）", "得分 ÷ 分值 × 100，至多 28 位有效数字；有一项不是数字的为空。"),
    "peer_executed": Name("用来计算的全年执行数", "算出单位支出用的全年执行数，照原表，附单位；不算单位支出的为空。"),
    "computed_unit_cost": Name(
        "单位支出（计算）", "全年执行数（元）÷ 完成值，至多 28 位有效数字；不满足条件或不足 3 家的为空。"
    ),
    "correction_item": Name("更正的项", "公开之后改的是哪一个数字或哪一行，从外到内的名称。"),
    "correction_old": Name("原来", "更正之前印的，照原样；空白的为空，原来没有这一行的写 无，整行的逐栏列出。"),
    "correction_new": Name("更正为", "更正之后印的，写法同“原来”；删去这一行的写 无。"),
    "correction_reason": Name("更正的原因", "为什么更正。"),
    "correction_decided_by": Name("更正的决定", "谁决定更正的。"),
    "correction_date": Name("更正的日期", "哪一天更正的。"),
    "unreadable": Name("无法辨认", "原件里无法辨认的栏和原因；键是栏的标识，下一层用 / 隔开，row 指整行。"),
    "extra": Name("其他栏目", "词汇表里没有的栏，键为原表印出的名称。"),
    "printed_cells": Name("印出数字", term_of(Place.FUNDING_ROW, "printed_cells").description),
    "unit_slug": Name("单位标识", "单位名册里的标识，也是记录所在的文件夹。"),
    "duty_form": Name("应当公开的表", "照登记的公开义务：表的种类、名称，或者给这一项起的名称。"),
    "duty_project": Name("项目标识", "每个项目都要公开的，是哪个项目；有一份就行的为空。"),
    "duty_due": Name("期限", "最后一天；没有登记的为空。"),
    "duty_standing": Name(
        "公开情况",
        "missing 已过期限未公开，unknown 已过期限而本站没有这个项目的任何表，open 未公开且没有登记期限，late 逾期公开，undated 已公开而日期不详，"
        "not_due 未到期限未公开，published 已公开且没有登记期限，on_time 按期公开。",
    ),
    "duty_published": Name("发布日期", "公开的表的“来源”里写的发布日期，照原文；没有写的为空。"),
    "duty_records": Name("公开的记录", "公开的表的记录标识。"),
    "duty_basis": Name("依据", "照登记的公开义务。"),
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
