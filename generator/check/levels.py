"""What the free words of level 1 and level 2 stand for, as far as that is plain."""

from enum import StrEnum
from functools import lru_cache

from generator.text import folded


class Level1(StrEnum):
    """Kinds of level 1."""

    COST = "成本"
    OUTPUT = "产出"
    BENEFIT = "效益"
    SATISFACTION = "满意度"
    MANAGEMENT = "管理"
    """Input, decision and process, as forms of whole units and of some cities have."""


class Level2(StrEnum):
    """Kinds of level 2."""

    QUANTITY = "数量"
    QUALITY = "质量"
    TIMELINESS = "时效"
    COST = "成本"
    ECONOMIC = "经济效益"
    SOCIAL = "社会效益"
    ECOLOGICAL = "生态效益"
    SUSTAINABILITY = "可持续影响"
    SATISFACTION = "满意度"


# Longer and more special words come first: 经济成本 is a cost, 服务对象满意度 no service.
_LEVEL1_WORDS = (
    ("满意度", Level1.SATISFACTION),
    ("成本", Level1.COST),
    ("产出", Level1.OUTPUT),
    ("效益", Level1.BENEFIT),
    ("效果", Level1.BENEFIT),
    ("绩效", Level1.BENEFIT),
    ("投入", Level1.MANAGEMENT),
    ("管理", Level1.MANAGEMENT),
    ("决策", Level1.MANAGEMENT),
    ("过程", Level1.MANAGEMENT),
)
_LEVEL2_WORDS = (
    ("满意度", Level2.SATISFACTION),
    ("成本", Level2.COST),
    ("数量", Level2.QUANTITY),
    ("质量", Level2.QUALITY),
    ("时效", Level2.TIMELINESS),
    ("及时", Level2.TIMELINESS),
    ("可持续", Level2.SUSTAINABILITY),
    ("生态", Level2.ECOLOGICAL),
    ("社会", Level2.SOCIAL),
    ("经济", Level2.ECONOMIC),
)


@lru_cache(maxsize=4_096)
def levels_of(path: tuple[str, ...]) -> tuple[Level1 | None, Level2 | None]:
    """Return what the first and the last label above a row stand for; None where there is none, or that is not plain."""
    return level1_of(path[0]) if path else None, level2_of(path[-1]) if len(path) > 1 else None


@lru_cache(maxsize=4_096)
def level1_of(label: str) -> Level1 | None:
    """Return what a level 1 label stands for, or None where that is not plain."""
    words = folded(label)
    return next((level for word, level in _LEVEL1_WORDS if word in words), None)


@lru_cache(maxsize=4_096)
def level2_of(label: str) -> Level2 | None:
    """Return what a level 2 label stands for, or None where that is not plain."""
    words = folded(label)
    return next((level for word, level in _LEVEL2_WORDS if word in words), None)
