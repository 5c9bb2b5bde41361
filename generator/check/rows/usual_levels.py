"""The usual labels of level 1 and level 2 on project forms, and which belongs under which."""

from collections.abc import Iterable
from functools import lru_cache

from generator.check.levels import Level1, Level2
from generator.text import folded

_LEVEL1 = {
    "成本": Level1.COST,
    "产出": Level1.OUTPUT,
    "项目产出": Level1.OUTPUT,
    "效益": Level1.BENEFIT,
    "项目效益": Level1.BENEFIT,
    "效果": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
}
_LEVEL2 = {
    "数量": Level2.QUANTITY,
    "产出数量": Level2.QUANTITY,
    "质量": Level2.QUALITY,
    "产出质量": Level2.QUALITY,
    "时效": Level2.TIMELINESS,
    "产出时效": Level2.TIMELINESS,
    "成本": Level2.COST,
    "产出成本": Level2.COST,
    "经济成本": Level2.COST,
    "社会成本": Level2.COST,
    "生态环境成本": Level2.COST,
    "经济效益": Level2.ECONOMIC,
    "社会效益": Level2.SOCIAL,
    "生态效益": Level2.ECOLOGICAL,
    "可持续影响": Level2.SUSTAINABILITY,
    "服务对象满意度": Level2.SATISFACTION,
    "满意度": Level2.SATISFACTION,
}
_PLACES = {
    # Forms without level 1 成本 have cost under 产出; forms without level 1 满意度 have satisfaction under 效益.
    Level1.COST: frozenset({Level2.COST}),
    Level1.OUTPUT: frozenset({Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS, Level2.COST}),
    Level1.BENEFIT: frozenset(
        {Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL, Level2.SUSTAINABILITY, Level2.SATISFACTION}
    ),
    Level1.SATISFACTION: frozenset({Level2.SATISFACTION}),
}
USUAL_LEVEL1 = ("成本指标", "产出指标", "效益指标", "满意度指标")
_USUAL_LEVEL2 = (
    "数量指标 质量指标 时效指标 成本指标 经济成本指标 社会成本指标 生态环境成本指标 经济效益指标 社会效益指标 "
    "生态效益指标 可持续影响指标 服务对象满意度指标 满意度指标"
).split()


def _bare(label: str) -> str:
    return folded(label).removesuffix("指标")


@lru_cache(maxsize=4_096)
def exact_level1(label: str) -> Level1 | None:
    """Return the level 1 a label names in so many words, or None."""
    return _LEVEL1.get(_bare(label))


@lru_cache(maxsize=4_096)
def exact_level2(label: str) -> Level2 | None:
    """Return the level 2 a label names in so many words, or None."""
    return _LEVEL2.get(_bare(label))


def belongs(level1: Level1, level2: Level2) -> bool:
    """Tell whether a level 2 is usual under a level 1."""
    return level2 in _PLACES.get(level1, frozenset())


def usual_home(level2: Level2) -> str:
    """Return the level 1 label under which a level 2 is usual."""
    home = next(level1 for level1, inside in _PLACES.items() if level2 in inside)
    return f"{home}指标"


@lru_cache(maxsize=1_024)
def slip_of_level1(label: str) -> str:
    """Return the usual level 1 label from which one character differs, or nothing."""
    return _slip_of(label, USUAL_LEVEL1)


@lru_cache(maxsize=1_024)
def slip_of_level2(label: str) -> str:
    """Return the usual level 2 label from which one character differs, or nothing."""
    return _slip_of(label, _USUAL_LEVEL2)


def _slip_of(label: str, usual: Iterable[str]) -> str:
    words = folded(label)
    same_length = (known for known in usual if len(known) == len(words))
    return next((known for known in same_length if sum(map(str.__ne__, known, words)) == 1), "")
