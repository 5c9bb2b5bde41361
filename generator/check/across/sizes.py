"""How large one unit is beside another of its kind, where that is exact."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from generator.model.values import Cycle, Frequency

_SIZES: dict[str, dict[str, Fraction]] = {
    "time": {
        "秒": Fraction(1, 60),
        "分钟": Fraction(1),
        **dict.fromkeys(("小时", "个小时"), Fraction(60)),
        **dict.fromkeys(("天", "日", "自然日", "个自然日"), Fraction(1_440)),
        **dict.fromkeys(("周", "星期"), Fraction(10_080)),
    },
    # A month has no exact number of days, and a working day none of hours.
    "months": {"个月": Fraction(1), "个季度": Fraction(3), "年": Fraction(12)},
    "working days": dict.fromkeys(("工作日", "个工作日"), Fraction(1)),
    "length": {
        **dict.fromkeys(("毫米", "mm"), Fraction(1, 1_000)),
        **dict.fromkeys(("厘米", "cm"), Fraction(1, 100)),
        **dict.fromkeys(("米", "m"), Fraction(1)),
        **dict.fromkeys(("公里", "km"), Fraction(1_000)),
    },
    "area": {
        **dict.fromkeys(("平方米", "平米", "㎡"), Fraction(1)),
        "亩": Fraction(10_000, 15),
        "公顷": Fraction(10_000),
        **dict.fromkeys(("平方公里", "km²"), Fraction(1_000_000)),
    },
    "volume": {
        **dict.fromkeys(("毫升", "mL"), Fraction(1, 1_000)),
        **dict.fromkeys(("升", "L"), Fraction(1)),
        **dict.fromkeys(("立方米", "m³"), Fraction(1_000)),
    },
    "mass": {
        **dict.fromkeys(("克", "g"), Fraction(1)),
        "斤": Fraction(500),
        **dict.fromkeys(("公斤", "kg"), Fraction(1_000)),
        **dict.fromkeys(("吨", "t"), Fraction(1_000_000)),
    },
    "money": {"角": Fraction(1, 10), "元": Fraction(1)},
    "energy": {"瓦时": Fraction(1), "kWh": Fraction(1_000)},
    "power": {"瓦": Fraction(1), "kW": Fraction(1_000), "MW": Fraction(1_000_000)},
    "share": {"%": Fraction(1, 100), "‰": Fraction(1, 1_000)},
}
_SIZE_OF = {unit: (kind, size) for kind, sizes in _SIZES.items() for unit, size in sizes.items()}

_BETTER_BELOW = frozenset({"time", "months", "working days", "money"})


class Size(Struct, frozen=True):
    """A number of a unit, comparable with those of the same kind."""

    kind: str
    number: Fraction


def size_of(number: Decimal, unit: str) -> Size:
    """Return a number in the base unit of its kind; a unit that is in no table is a kind of its own."""
    kind, factor = _SIZE_OF.get(unit, (unit, Fraction(1)))
    return Size(kind, Fraction(number) * factor)


def is_time_or_money(unit: str) -> bool:
    """Tell whether a unit is one of which less is often what is wished for."""
    return unit in _SIZE_OF and _SIZE_OF[unit][0] in _BETTER_BELOW


# Months and quarters make a year exactly. Weeks do not, a term is a half-year or a third of one, and days may be
# working days: they are only known to lie between two numbers.
_TIMES_A_YEAR = {
    Cycle.YEAR: (1, 1),
    Cycle.HALF_YEAR: (2, 2),
    Cycle.TERM: (2, 3),
    Cycle.QUARTER: (4, 4),
    Cycle.MONTH: (12, 12),
    Cycle.WEEK: (48, 53),
    Cycle.DAY: (240, 366),
}


class Times(Struct, frozen=True):
    """How many times a year something is promised, at least and at most."""

    fewest: Fraction
    most: Fraction


def times_a_year(value: Frequency) -> Times:
    """Return how many times a year a frequency stands for."""
    fewest, most = _TIMES_A_YEAR[value.cycle]
    of_each = Fraction(value.number) / value.every
    return Times(of_each * fewest, of_each * most)


def rounds_a_year(value: Frequency) -> Fraction:
    """Return how often a year the cycle of a frequency begins anew, at most."""
    return Fraction(_TIMES_A_YEAR[value.cycle][1], value.every)
