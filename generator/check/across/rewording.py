"""Whether two names of indicators are one in other words: an ordinary rewording, and nothing that changes the sense."""

from generator.patterns import lazy_pattern

_VERB = lazy_pattern("组织开展|组织|开展|举办|举行|召开|进行|实施|完成|推进|落实|提供|做好|保障")
# "完成时间" and "组织机构" begin with no verb that may be left out.
_NO_OBJECT = lazy_pattern(
    "机构|人员|方案|细则|办法|部门|单位|时|情况|进度|质量|率|程度|成本|效|者|结构|架构|计划|主体|地点|期"
)
_SHORTEST = 4
"""Characters below which a name says too little to stand without its verb."""

_MEASURE = lazy_pattern("(?:程度|情况|率|度|性)$")
_PASSED = lazy_pattern("(?:通过|合格|达标)(?=(?:率|度|性|情况|程度|数|数量|人数)?$)")
# 温度 and 年度 are no measures of 温 and 年.
_SHORTEST_STEM = 2

_NUMERALS = lazy_pattern(r"[0-9〇零一二三四五六七八九十两百千万亿ⅠⅡⅢⅣⅤⅥ①-⑳甲乙丙丁]+")
OPPOSED = lazy_pattern("[上下男女新旧老内外前后大小高低左右东南西北初终增减中不未非已季月年省市区县镇村]")
"""Signs of which one can turn a name into its opposite: 男性, 女性."""


def says_the_same(one: str, other: str) -> bool:
    """Tell whether two names, as `name_key` returns them, differ by an ordinary rewording alone."""
    return _only_a_verb_more(one, other) or _is_another_measure(one, other) or _is_another_order(one, other)


def _only_a_verb_more(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or not long.endswith(short) or _NO_OBJECT.match(short):
        return False
    return _VERB.fullmatch(long[: len(long) - len(short)]) is not None


def _is_another_measure(one: str, other: str) -> bool:
    first, second = _MEASURE.sub("", one), _MEASURE.sub("", other)
    if first == second:
        return first != one and second != other and len(first) >= _SHORTEST_STEM
    return _PASSED.search(one) is not None and _PASSED.sub("通过", one) == _PASSED.sub("通过", other)


def _is_another_order(one: str, other: str) -> bool:
    """Tell whether two neighbouring parts of a name changed places: 志愿者招募人数, 招募志愿者人数.

    What moves farther may change who does what to whom: 就业人员培训率, 培训人员就业率.
    """
    if sorted(one) != sorted(other) or one == other:
        return False
    if any(sign.findall(one) != sign.findall(other) for sign in (_NUMERALS, OPPOSED)):
        return False
    start = next(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    end = next(len(one) - at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=True)) if a != b)
    first, second = one[start:end], other[start:end]
    # The measure at the end says what is counted, so it must stay.
    return end < len(one) and any(first[at:] + first[:at] == second for at in range(1, len(first)))
