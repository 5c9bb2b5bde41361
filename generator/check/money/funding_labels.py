"""What the labels of the money block stand for."""

from enum import StrEnum
from functools import lru_cache

from generator.patterns import lazy_pattern
from generator.text import folded


class Source(StrEnum):
    """What a row of the money block is."""

    TOTAL = "total"
    CURRENT = "current"
    """Fiscal money of the year itself, last year's rest left out."""
    FISCAL = "fiscal"
    """Fiscal money, perhaps with last year's rest."""
    FISCAL_KIND = "fiscal_kind"
    """One kind of fiscal money: general budget, government funds ..."""
    CENTRAL = "central"
    LOCAL = "local"
    LOCAL_TIER = "local_tier"
    """One tier below the central government."""
    CARRIED = "carried"
    """Last year's rest."""
    OWN = "own"
    """A named kind of money that is not fiscal."""
    REST = "rest"
    """Whatever is left; a breakdown that prints it claims to be complete."""
    BASIC = "basic"
    PROJECT = "project"

    @property
    def is_spending(self) -> bool:
        """Tell whether it belongs to the cut by what money is spent on."""
        return self in (Source.BASIC, Source.PROJECT)


_WORDS = {
    Source.TOTAL: "年度资金总额 年度资金申请总额 资金总额 项目资金总额 合计 总计 总额 总量 年度预算 年度资金合计 资金合计 "
    "年度总金额 预算总额 年度预算总额 项目总投资 总投资 年度资金总计",
    Source.CURRENT: "当年财政拨款 本年财政拨款 当年财政资金 本年财政资金 本年度财政拨款 当年预算拨款",
    Source.FISCAL: "财政拨款 财政资金 财政性资金 财政拨款资金",
    Source.FISCAL_KIND: "一般公共预算 一般公共预算拨款 一般公共预算资金 政府性基金 政府性基金拨款 政府性基金预算 "
    "国有资本经营预算 国有资本经营预算拨款",
    Source.CENTRAL: "中央财政资金 中央资金 中央补助 中央财政拨款 中央补助资金",
    Source.LOCAL: "地方资金 地方财政资金 地方财政拨款",
    Source.LOCAL_TIER: "省级资金 省级财政资金 省级补助 市级资金 市级财政资金 县级资金 县级财政资金 区级资金 区级财政资金 "
    "本级资金 本级财政资金 上级资金 上级补助 上级财政资金 市县资金",
    Source.CARRIED: "上年结转资金 上年结转 上年结转结余 上年结转结余资金 上年结余资金 以前年度结转资金 结转资金",
    Source.OWN: "财政专户管理资金 财政专户资金 自有资金 社会资金 事业收入 经营收入 事业单位经营收入 债券资金",
    Source.REST: "其他资金 其它资金 其他 单位资金 其他收入",
    Source.BASIC: "基本支出",
    Source.PROJECT: "项目支出",
}
_SOURCES = {word: source for source, words in _WORDS.items() for word in words.split()}

# 其中: before a row, (1), 1. or 一、 before it, and (万元) or (A) behind it are the form's layout, not its words.
_LAYOUT = lazy_pattern(r"^(?:其中[:,]?)?(?:\(?[0-9一二三四五六七八九十]{1,2}[).、])?|\((?:元|千元|万元|亿元|[A-Z])\)$")


@lru_cache(maxsize=4_096)
def source_of(label: str) -> Source | None:
    """Return what a row's label stands for, or None where that is not plain."""
    return _SOURCES.get(_LAYOUT.sub("", folded(label)).rstrip(":"))
