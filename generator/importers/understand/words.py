"""Printed words to fields: the vocabulary, further words that only imported forms print, and loose readings."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.importers.draft import Certainty
from generator.text import folded
from generator.vocabulary import Kind, Place, term_for, term_of


class Word(NamedTuple):
    """A field that a printed word names."""

    identifier: str
    certainty: Certainty


_MORE: Mapping[Place, Mapping[str, str]] = {
    Place.RECORD: {
        "project_name": "项目名称(盖章) 项目全称",
        "project_code": "项目编号",
        "competent_department": "主管部门及代码 项目主管部门 预算主管部门 主管部门名称 主管部门(盖章)",
        "implementing_unit": "项目实施单位(盖章) 实施单位(盖章) 项目承担单位 承担单位 执行单位 资金使用单位(盖章)",
        "evaluated_department": "部门全称 预算部门 部门(单位) 部门(单位)全称 预算部门(单位)名称",
        "fiscal_year": "评价年度 自评年度 所属年度 申报年度",
        "planned_start": "起始时间 计划开始时间 项目起始时间 开始时间",
        "planned_end": "终止时间 计划完成时间 项目终止时间 结束时间 计划结束日期",
        "grade": "自评结果等级 综合评价等级 绩效等级 自评等次 评价等次",
        "contact_person": "填表人(签名) 填表人(签字) 填报人(签名) 填报人(签字)",
        "contact_phone": "联系方式 填报人联系电话",
        "report_date": "填报时间 填表时间",
        "duties": "部门主要职责 单位职能 部门(单位)职责",
        "problems": "存在的主要问题 发现的主要问题",
        "improvement_measures": "改进措施及建议 下一步改进工作意见及建议",
        "remarks": "其他说明 其他需要说明的事项 需要说明的问题 注",
        "project_goal": "实施期总目标 实施期目标 项目总体目标 项目总体绩效目标",
        "funding": "资金 项目预算执行情况 年度资金情况 项目资金情况 年度预算执行情况 部门预算执行情况 预算情况 项目预算 项目资金来源 预算执行 预算资金情况",
        "objective": "项目绩效目标 年度总体绩效目标 年度总目标 整体绩效目标 总体绩效目标 年度绩效目标完成情况 绩效目标完成情况 年度总体目标完成情况 部门整体绩效目标",
        "indicators": "年度绩效指标完成情况 绩效指标完成情况 绩效指标自评 年度指标 项目绩效指标 产出和效益指标",
        "long_term_indicators": "中长期绩效指标 中长期指标 实施期绩效指标 实施期指标 项目中长期绩效指标 长期指标",
        "total": "总得分 总计 自评总得分 综合得分 评价总分 得分合计 总分合计",
    },
    Place.FUNDING_ROW: {
        "label": "资金 资金类别 资金项目 资金性质 资金种类 资金构成",
        "initial_budget": "年初预算金额 年初预算安排数 年初预算批复数 年初安排数",
        "adjusted_budget": "全年预算金额 调整后预算 调整后全年预算数 年度预算数 全年预算安排数",
        "executed": "实际支出 实际支出金额 全年支出数 全年支出 全年实际支出数 全年实际支出 执行金额 实际支出数 决算数",
        "points": "满分 标准分 标准分值 预算执行率分值",
        "execution_rate": "执行率(B/A) 预算完成率 资金执行率",
        "score": "实际得分 自评分值",
        "adjustment_reason": "偏差原因分析及改进措施 未完成原因分析 偏差原因及改进措施 执行偏差原因",
        "forecast": "预计执行数(全年) 全年预计支出数",
    },
    Place.OBJECTIVE: {
        "expected": "年初设定绩效目标 年度绩效目标 年初总体目标 绩效目标 预期绩效目标 年度总体目标",
        "achieved": "目标实际完成情况 实际完成目标 年度目标完成情况 年度完成情况 绩效目标实际完成情况 年度实际完成目标 实际完成",
    },
    Place.INDICATOR: {
        "level1": "一级",
        "level2": "二级",
        "name": "三级 三级指标名称 指标内容 具体指标 绩效指标名称 考核指标 评价指标 三级指标内容",
        "target": "年初设定值 绩效目标值 年度指标值(A) 计划指标值 预期指标值 全年指标值",
        "actual": "实际完成 自评完成值 全年实际完成 年度完成值 业绩值 实际完成指标值 完成情况 实际完成情况 年度实际完成值 全年完成情况",
        "nature": "运算符 比较符 计算符号 指标方向",
        "target_unit": "单位 指标值单位",
        "points": "满分 标准分 标准分值 分值权重 设定分值 权重分值 分值(权重)",
        "score": "实际得分 自评分值 自评打分",
        "review_score": "复评得分 财政评审得分 部门复核得分 财政评分",
        "review_value": "复核实际完成值",
        "deviation_reason": "偏差分析及改进措施 偏差原因分析与改进措施 未完成原因及改进措施 原因分析 扣分原因 扣分原因分析 未完成的原因和改进措施 偏差原因 未完成原因 原因说明",
        "coefficient": "完成系数",
        "forecast": "全年预计完成情况 预计完成情况 全年预计完成",
        "standard": "评分办法 计分方法 评分细则",
        "likelihood": "全年完成可能性 完成的可能性 完成目标可能性 目标完成可能性 全年目标完成可能性",
        "core_mark": "核心指标标记 是否核心",
    },
}

_TABLE = {
    place: {folded(word): identifier for identifier, words in table.items() for word in words.split()}
    for place, table in _MORE.items()
}

_OF_A_YEAR = r"(?:年初|年度|全年|当年|本年|项目|部门|单位|整体|总体|绩效|预期|设定|申报|批复|计划|\(?调整\)?|的)*"
_SHAPES: Mapping[Place, tuple[tuple[str, re.Pattern[str]], ...]] = {
    Place.RECORD: (
        ("project_name", re.compile(r"(?:转移支付|专项|专项资金|政策)\(项目\)名称|(?:项目\((?:政策|专项|资金)\)|二级项目|预算项目)名称")),
        ("evaluated_department", re.compile(r"[省市县区州镇乡]?(?:级|直|本级)?(?:预算)?(?:部门|单位)(?:\((?:部门|单位)\))?(?:全称|名称)")),
        ("review_opinion", re.compile(r"(?:主管部门|财政部门|财政|业务|专家)?(?:审核|复核|审查|评审|评价)意见")),
        ("objective", re.compile(_OF_A_YEAR + r"目标(?:及|和|与)?(?:(?:实际)?(?:完成|实现|达成)情况)?")),
        ("funding", re.compile(
            r"(?:当年|年度|本年|全年|项目|部门|单位|整体|财政)*(?:预算|资金|经费|支出|收支)(?:预算|资金|支出|收支)*"
            r"(?:安排|申请|执行|使用|到位|投入|来源|与|和|及)*(?:情况|规模|申请)|(?:当年|年度|本年|部门|单位|整体|项目)+支出预算"
        )),
    ),
    Place.FUNDING_ROW: (
        ("initial_budget", re.compile(r"年初(?:批复|安排|申报|下达)?(?:部门)?预算(?:批复|安排)?(?:数|额|金额)?")),
        ("adjusted_budget", re.compile(
            r"(?:全年|年度)?(?:\(调整\)|调整后?|追加后)的?(?:全年|年度)?预算(?:数|额|金额)?|全年预算(?:数|额|金额|总额)?"
        )),
        ("executed", re.compile(r"(?:全年|年度|本年|当年)?(?:预算)?(?:实际)?(?:执行|支出|使用|支付)(?:数|额|金额)")),
        ("execution_rate", re.compile(r"(?:全年|年度)?(?:资金|预算|支出)?(?:执行|完成|支出|使用)(?:率|进度)")),
    ),
    Place.INDICATOR: (
        ("target", re.compile(r"(?:年度|全年|当年|本年|预期|计划|项目|绩效|设定|的)*(?:指标|目标)值")),
        ("actual", re.compile(r"(?:全年|年度|当年|本年|实际|自评|项目|指标|绩效)*(?:完成|达到|实现|达成)(?:指标)?(?:值|情况)")),
        ("points", re.compile(r"(?:指标|评价|标准|设定|参考)*(?:分值|权重|满分)")),
        ("score", re.compile(r"(?:指标|自评|单位|自我|实际)*(?:得分|评分)")),
        ("deviation_reason", re.compile(
            r"(?=.*(?:原因|分析))(?:目标|指标|绩效|自评)*(?:偏差|未完成|未达标|扣分|未达成|差异)大?的?(?:原因|情况)*(?:分析|说明)?"
            r"(?:[及和与、]?(?:拟|所)?(?:采取的?|下一步)?(?:改进|整改)(?:措施|建议|意见)*)?"
        )),
    ),
    Place.OBJECTIVE: (
        ("expected", re.compile(_OF_A_YEAR + r"目标(?:内容|设定)?")),
        ("achieved", re.compile(_OF_A_YEAR + r"(?:目标|任务)?(?:全年|年度|实际)*(?:完成|达成|实现)(?:情况|结果|程度)")),
    ),
}  # fmt: skip
"""Labels that are put together from the same few words in every place."""

_BEHIND = re.compile(r"\([^()]*\)$|%$")
_BEFORE = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[).、]|[*★☆]+)(?=.)")
_TO_DATE = re.compile(
    r"(?:20\d\d年)?(?:[1一]|0?1月)[-—~至](?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<what>执行数|预算执行数|支出数|完成值|执行情况|完成情况|执行率)"
)


@lru_cache(maxsize=8192)
def word_for(place: Place, text: str) -> Word | None:
    """Return the field a printed label names at this place, or None; brackets behind it are read loosely."""
    key = folded(text)
    if not key or len(key) > _LONGEST:
        return None
    known = _known(place, text, key)
    if known:
        return Word(known, Certainty.CERTAIN)
    if place in (Place.FUNDING_ROW, Place.INDICATOR) and (match := _TO_DATE.fullmatch(_BEHIND.sub("", key))):
        if match["what"] == "执行率":
            return Word("execution_rate", Certainty.LIKELY) if place is Place.FUNDING_ROW else None
        return Word("executed_to_date" if place is Place.FUNDING_ROW else "actual_to_date", Certainty.LIKELY)
    while True:
        shaped = next((identifier for identifier, shape in _SHAPES.get(place, ()) if shape.fullmatch(key)), "")
        if shaped:
            return Word(shaped, Certainty.LIKELY)
        shorter = _BEHIND.sub("", _BEFORE.sub("", key)).rstrip(":")
        if shorter == key or not shorter:
            return None
        key = shorter
        known = _known(place, key, key)
        if known:
            return Word(known, Certainty.LIKELY)


_LONGEST = 30


def _known(place: Place, text: str, key: str) -> str:
    term = term_for(place, text)
    return term.identifier if term else _TABLE.get(place, {}).get(key, "")


_NOT_PRINTED = frozenset(
    ("form", "layout", "project_key", "rule_pack", "waivers", "replies", "corrections", "source", "tables", "extra")
)
_BLOCKS = ("funding", "objective", "indicators", "long_term_indicators")


def head_word(text: str) -> Word | None:
    """Return the field of the head, the texts or the foot that a label names."""
    word = word_for(Place.RECORD, text)
    if word is None or word.identifier in _NOT_PRINTED or word.identifier in (*_BLOCKS, "level1_weights"):
        return None
    try:
        kind = term_of(Place.RECORD, word.identifier).kind
    except KeyError:
        return None
    return word if kind is not Kind.BLOCK or word.identifier == "total" else None


def block_word(text: str) -> str:
    """Return which block of the form a label names, empty where it names none."""
    word = word_for(Place.RECORD, text)
    return word.identifier if word and word.identifier in _BLOCKS else ""


def source_word(text: str) -> Word | None:
    """Return the field of the source block that a line of a page names, such as 索引号."""
    word = word_for(Place.SOURCE, text)
    return word if word and word.identifier not in ("document", "collection", "transcription") else None


@lru_cache(maxsize=4096)
def authored_label(place: Place, identifier: str, printed: str) -> str:
    """Return what to write in front of a value: the printed word where the reader knows it, else the vocabulary's."""
    line = "".join(printed.split()).rstrip(":：")
    for word in (line, _BRACKETS.sub("", line)):
        term = term_for(place, word)
        if term and term.identifier == identifier:
            return word
    return term_of(place, identifier).label


_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")


def plain_label(printed: str) -> str:
    """Return a label as a key: without its colon, and without the blanks that only spread it over its cell."""
    label = printed.strip().rstrip(":：").rstrip()
    letters = label.split()
    is_spread = len(letters) > 1 and all(_CHINESE.fullmatch(letter) for letter in letters)
    return "".join(letters) if is_spread else label


_CHINESE = re.compile(r"[\u4e00-\u9fff]")


_PERSONAL = re.compile(
    r"签字|签名|签章|身份证|手机|邮箱|电子邮件|账号|住址|审核人|复核人|经办人|负责人|联系人|填表人|电话"
)


def is_personal(label: str) -> bool:
    """Tell whether a label asks for a person's name, number or signature."""
    return _PERSONAL.search(folded(label)) is not None


_PAGE_MARK = re.compile(
    r"[-—–─]\s*\d{1,4}\s*[-—–─]|第\s*\d{1,4}\s*页(?:[,，/ ]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}\s*页"
)
_FILLER = re.compile(r"(?:[.…。·\s]+|\(?(?:指标|目标)?\(?[0-9一二三四五六七八九十]{0,2}\)?[:、.]?[.…\s]*)", re.ASCII)


def is_page_mark(text: str) -> bool:
    """Tell whether a text is the number of a page."""
    return _PAGE_MARK.fullmatch(text.strip()) is not None


def is_filler(text: str) -> bool:
    """Tell whether a name is only the form's invitation to write one: …… or 指标2:."""
    key = folded(text)
    return bool(key) and not key.isdigit() and _FILLER.fullmatch(key) is not None
