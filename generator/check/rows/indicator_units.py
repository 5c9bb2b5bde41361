"""When two units measure the same, and which units the name of an indicator asks for."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.check.rows.indicator_names import plain_name
from generator.model.values import Comparator, CountedList, Frequency, Quantity, Range, Value

_ANY_COUNT = "个"
_DIMENSIONS = {
    "percent": "% 百分点 个百分点",
    "per mille": "‰",
    "points": "分",
    "money": "元",
    "persons": "人 名 位 人数",
    "visits": "人次",
    "events": "次 场 场次 次数 期 批 批次 轮 届 班次 项 件 起 例 宗 笔 单 个项目 票 讲 遍",
    "organisations": "家 所 单位 企业 机构 学校 社区 村 村居 居委 居委会 街镇 乡镇 街道 个社区 个村 个居委 个居委会 个村居 "
    "个街镇 个街道 个乡镇 个单位 个部门 户 户数",
    "devices": "台 套 辆 部 架 艘",
    "lessons": "学时 课时 小时 个小时",
    "days": "天 日 工作日 个工作日 自然日 个自然日",
    "months": "个月 月",
    "years": "年 周年",
    "minutes": "分钟",
    "square metres": "平方米 平米 平方 ㎡",
    "square kilometres": "平方公里 km²",
    "mu": "亩",
    "hectares": "公顷",
    "metres": "米 延米 延长米 m",
    "kilometres": "公里 千米 km",
    "tonnes": "吨 万吨 t",
    "kilograms": "公斤 千克 斤 kg",
    "cubic metres": "立方米 立方 方 m³",
}
_DIMENSION_OF = {unit: dimension for dimension, units in _DIMENSIONS.items() for unit in units.split()}
_COUNTS = frozenset({"persons", "events", "organisations", "devices", "lessons"})
"""What the word 个 may stand for."""
_LEVELLED = frozenset({
    "percent", "per mille", "money", "days", "months", "years", "minutes", "square metres", "square kilometres", "mu", "hectares",
    "metres", "kilometres", "tonnes", "kilograms", "cubic metres",
})  # fmt: skip
"""Measures that no other unit can stand for, not even one that is not known here."""

_ASKED = (
    (("人次", "人次数"), "visits"),
    (("人数",), "persons"),
    (("户数",), "organisations"),
    (("天数",), "days"),
    (("次数", "场次", "场次数", "场数", "期数", "批次"), "events"),
    (("家数",), "organisations"),
)

COUNTED_ENDINGS = tuple(ending for endings, _ in _ASKED for ending in endings)
"""How names end that say what is counted."""

_MUST_DIFFER = {
    # 人数 given in 人次 counts visits; a class may be counted as 班, so other counts are left alone.
    "persons": frozenset({"visits", "organisations", "percent", "money", "days", "devices"}),
    "visits": frozenset({"organisations", "percent", "money", "days", "devices"}),
    "days": frozenset({"persons", "visits", "organisations", "percent", "money"}),
    "events": frozenset({"persons", "visits", "organisations", "percent", "money"}),
    "organisations": frozenset({"persons", "visits", "percent", "money", "days"}),
}


_WITH_UNIT = (Range, CountedList, Frequency)


def unit_of(value: Value) -> str:
    """Return the unit of a value, normalised; empty where it has none or is no number."""
    if isinstance(value, Quantity):
        return value.normalised_unit
    return value.unit if isinstance(value, _WITH_UNIT) else ""


def is_percent(value: Value) -> bool:
    """Tell whether a value is a percentage."""
    return isinstance(value, (Quantity, Range)) and unit_of(value) == "%"


@lru_cache(maxsize=8_192)
def units_clash(one: str, other: str) -> bool:
    """Tell whether two units certainly measure different things; what is not known here is taken to agree."""
    if one == other or not one or not other:
        return False
    counted, *per = one.replace("人/次", "人次").split("/")
    other_counted, *other_per = other.replace("人/次", "人次").split("/")
    if _differ(counted, other_counted):
        return True
    # 80元 against 80元/人 may be an abbreviation; 元/人/月 and 元/月/人 are the same.
    if len(per) != len(other_per):
        return False
    return all(_differ(left, right) for left in per for right in other_per) and bool(per)


def may_be_converted(target: Value, actual: Value) -> bool:
    """Tell whether a result in another measure of the same kind is near its target: 4630米 of 4.6公里.

    What comes out many times too large or too small is taken for a wrong unit, not for another one.
    """
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity) or target.amount <= 0:
        return False
    one, other = _size_of(target.normalised_unit), _size_of(actual.normalised_unit)
    if one is None or other is None or one[0] != other[0]:
        return False
    share = actual.amount * other[1] / (target.amount * one[1])
    is_ceiling = target.comparator in (Comparator.LE, Comparator.LT)
    return share <= _TIMES and (is_ceiling or share * _TIMES >= 1)


_TIMES = 3

_SIZES = {
    "time": {"minutes": "1", "lessons": "60", "days": "1440", "months": "43200", "years": "525600"},
    "length": {"metres": "1", "kilometres": "1000"},
    "area": {"square metres": "1", "mu": "666.67", "hectares": "10000", "square kilometres": "1000000"},
    "mass": {"kilograms": "1", "tonnes": "1000"},
    "share": {"per mille": "1", "percent": "10"},
}
_SIZE_OF = {name: (kind, Decimal(size)) for kind, sizes in _SIZES.items() for name, size in sizes.items()}


def _size_of(unit: str) -> tuple[str, Decimal] | None:
    dimension = _DIMENSION_OF.get(unit)
    return _SIZE_OF.get(dimension) if dimension else None


def _differ(one: str, other: str) -> bool:
    left, right = _DIMENSION_OF.get(one), _DIMENSION_OF.get(other)
    if _ANY_COUNT in (one, other):
        known = right if one == _ANY_COUNT else left
        return known is not None and known not in _COUNTS
    if left is None or right is None:
        return one != other and (left in _LEVELLED or right in _LEVELLED)
    return left != right


def says_what_is_counted(name: str) -> bool:
    """Tell whether a name ends in what it counts, such as 人数."""
    return plain_name(name).endswith(COUNTED_ENDINGS)


@lru_cache(maxsize=8_192)
def name_clashes(name: str, unit: str) -> bool:
    """Tell whether a name that ends in what it counts, such as 人数, has a unit of something else."""
    counted = _DIMENSION_OF.get(unit)
    return counted is not None and any(counted in _MUST_DIFFER[asked] for asked in _asked(name))


def _asked(name: str) -> Iterator[str]:
    words = plain_name(name)
    yield from (asked for endings, asked in _ASKED if words.endswith(endings))
