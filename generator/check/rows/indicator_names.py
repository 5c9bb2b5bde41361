"""What the name of an indicator says of its figure, as far as that is plain."""

from functools import lru_cache

from generator.patterns import lazy_pattern
from generator.text import folded, half_width

_NUMBERED = lazy_pattern(r"^(?:[一二三四]级)?指标[0-9一二三四五六七八九十]*[:、.]")
_REMARK_BEHIND = lazy_pattern(r"\([^()]*\)$")
_DECORATION = str.maketrans("", "", "★☆*“”\"'")
_REMEMBERED = 4_096

_NO_NAME = lazy_pattern(r"(?:指标[0-9一二三四五六七八九十]*)?[:.…·—-]*")

_NOT_A_RATE = (
    "频率", "效率", "利率", "汇率", "税率", "功率", "斜率", "周转率", "容积率", "心率", "速率", "分辨率", "转速率", "费率",
)  # fmt: skip

# What a share counts cannot be more than all there is: these, and only these, end at 100 %.
_SHARE = lazy_pattern(
    r"(?:满意|合格|达标|知晓|知悉|参与|准确|正确|及时|通过|完好|完整|出勤|验收|优良|优秀|合规|规范|公开|应.尽.|到位|正常使用|正常运行|正常运转|正常运营|正常开放|及时开展|符合标准|关联"
    r"|存活|成活|治愈|上岗|持证|处置|整改|回访|签约|使用|巡查|检出|抽检|就业|入党|巩固|差错|错误|投诉|故障|空置|事故发生|建档|签到|回复|答复|响应|录取|辍学|覆盖|支持|认可|好评|应用|录用|相符|一致|归档|备案|公示|兑现|受益|认同|在线)(?:率|度|性|面)"
)
_NOT_A_SHARE = lazy_pattern(
    r"增|提升|提高|改善|升高|上升|下降|降低|减少|变动|变化|调整|同比|环比|上年|去年|成本|费用|支出|执行|超额|拨备|利息|毛|倍|收益|资金|经费|配套|床"
)

_COUNTED_BEHIND = r"(?:率|比例|占比|数|次数|件数|起数|例数|数量|人数|发生率|发生数|发生次数|发生件数|发生起数)?"
_BAD = lazy_pattern(
    rf"(?:投诉|差错|错误|失误|事故|空置|返工|流失|逾期|违约|漏报|错报|退件|上访|信访|故障|缺勤|违规|违纪|违法|延误|辍学|脱管|漏管|贫困发生|发病|患病"
    rf"|死亡|伤亡|不合格|不满意|不达标|不及时|浪费|闲置|超支){_COUNTED_BEHIND}"
)
_WORKED_ON = lazy_pattern(
    r"处理|受理|接待|查处|化解|办理|调解|排查|整治|打击|处置|核查|回访|减少|降低|下降|压减|压降|清退|解决|整改|防范|演练|挽回|追回|查办|审查|审理"
)
"""Where bad things are the work itself, more of it is no worse."""
_GOOD = lazy_pattern(
    r"(?:满意|覆盖|知晓|参与|出勤|合格|达标|及时|准确|正确|完成|通过|完好|优良|优秀|就业|到位|办结|普及|成活|存活|公开|验收|整改|好评|应.尽.)(?:率|度)"
)
_NEGATED = lazy_pattern(r"(?:不|未|非|没有|欠|误|拒|难以)[\u3400-\u9fff]{0,3}$")
_COMPLETION = lazy_pattern(r"(?:完成|达标|合格|达成|验收|实施|发放|及时|到位|开展)率")
_BENEFIT = lazy_pattern(r"补助|补贴|津贴|救助|低保|待遇|抚恤|养老金|最低|奖励|奖金|慰问|工资|报酬|保障标准")
"""What people are paid by right; such a standard may well be a floor."""
_COST = lazy_pattern(r"成本|费用|支出|单价|造价|经费|金额|价格")
_SAFE_WITH_A_FLOOR = lazy_pattern(
    r"投入|配套|自筹|筹集|募集|结余|节余|节约|节省|节支|下降|降低|减少|压减|控制率|执行率|回收|收益|达标|合格|到位|完成|占比|比例|效益"
)
_PREFIX = lazy_pattern(r"^指标[0-9]+[:.、]?")
_IDLE_MARKS = str.maketrans("", "", "\"'“”‘’「」『』《》*★☆,，、。；;")


@lru_cache(maxsize=_REMEMBERED)
def plain_name(name: str) -> str:
    """Return a name without 指标1:, stars, quotes and a remark in brackets behind it."""
    words = whole_name(name)
    return _REMARK_BEHIND.sub("", words) if words.endswith(")") else words


@lru_cache(maxsize=_REMEMBERED)
def whole_name(name: str) -> str:
    """Return a name without 指标1:, stars and quotes, but with its remark: it may be all that parts two rows."""
    words = folded(name)
    return (_NUMBERED.sub("", words) if "指标" in words else words).translate(_DECORATION)


@lru_cache(maxsize=_REMEMBERED)
def is_placeholder(name: str) -> bool:
    """Tell whether a name is empty or only what a blank form prints, such as 指标2: or ……."""
    return _NO_NAME.fullmatch(folded(name)) is not None


def is_rate(name: str) -> bool:
    """Tell whether a name ends in 率 and means a share or a change in percent."""
    words = plain_name(name)
    return words.endswith("率") and not words.endswith(_NOT_A_RATE)


def is_share(name: str) -> bool:
    """Tell whether a name stands for a share that cannot lie outside 0 to 100 %."""
    words = plain_name(name)
    found = _SHARE.search(words) if words.endswith(("率", "度", "性", "面")) else None
    return found is not None and found.end() == len(words) and not _NOT_A_SHARE.search(words)


@lru_cache(maxsize=_REMEMBERED)
def wants_ceiling(name: str) -> bool:
    """Tell whether a name counts something bad, so that less is better."""
    words = plain_name(name)
    return any(found.end() == len(words) for found in _BAD.finditer(words)) and not _WORKED_ON.search(words)


def wants_floor(name: str) -> bool:
    """Tell whether a name counts something good, so that more is better."""
    words = plain_name(name)
    if not words.endswith(("率", "度")):
        return False
    found = next((found for found in _GOOD.finditer(words) if found.end() == len(words)), None)
    return found is not None and not _NEGATED.search(words[: found.start()]) and not wants_ceiling(name)


def names_a_cost(name: str) -> bool:
    """Tell whether a name itself says that it is about costs."""
    return _COST.search(plain_name(name)) is not None


@lru_cache(maxsize=_REMEMBERED)
def names_a_benefit(name: str) -> bool:
    """Tell whether a name is about what people are paid by right."""
    return _BENEFIT.search(plain_name(name)) is not None


@lru_cache(maxsize=_REMEMBERED)
def may_be_a_floor_of_cost(name: str) -> bool:
    """Tell whether more may be better although the row is about costs, as with 节约率."""
    return _SAFE_WITH_A_FLOOR.search(plain_name(name)) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_lifetime(name: str) -> bool:
    """Tell whether a name is about how long something will last, which nobody can have measured yet."""
    return plain_name(name).endswith(("年限", "寿命", "质保期"))


@lru_cache(maxsize=_REMEMBERED)
def is_completion(name: str) -> bool:
    """Tell whether a name only says that what was planned was done: 完成率, 达标率."""
    words = plain_name(name)
    return words.endswith("率") and any(found.end() == len(words) for found in _COMPLETION.finditer(words))


@lru_cache(maxsize=_REMEMBERED)
def is_about_execution(name: str) -> bool:
    """Tell whether a name is the execution rate of the budget."""
    return "执行率" in name


@lru_cache(maxsize=_REMEMBERED)
def is_headcount(name: str) -> bool:
    """Tell whether a name is about a ceiling by rule, such as the posts of a unit."""
    return any(word in name for word in ("编制", "在职", "控制", "三公"))


def is_satisfaction(name: str) -> bool:
    """Tell whether a name is the satisfaction of somebody."""
    return plain_name(name).endswith(("满意度", "满意率")) and "不满意" not in name


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """Return an indicator's name for comparison: without width, blanks, quotation marks, 指标1: and core marks."""
    return _PREFIX.sub("", "".join(half_width(name).split())).translate(_IDLE_MARKS).rstrip(":").casefold()
