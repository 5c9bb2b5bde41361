"""What follows from the words of a row alone: found once for all rows that print the same.

A corpus has thousands of times the same target with the same result, and an indicator keeps its name from year to
year. Each rule would else look up again, row by row, what it asks of them.
"""

import re
from decimal import Decimal

from generator.check.lazily import lazily
from generator.check.levels import Level2
from generator.check.rows.indicator_names import (
    is_completion,
    is_placeholder,
    is_rate,
    is_satisfaction,
    is_share,
    name_key,
    names_a_cost,
    wants_ceiling,
    wants_floor,
    whole_name,
)
from generator.check.rows.indicator_units import is_percent, says_what_is_counted, unit_of
from generator.check.scores.number_pairs import Pair, excess_of, pair_of
from generator.model.achievement import compared
from generator.model.comparable import measure_of, why_not_comparable
from generator.model.targets import Printed, has_number
from generator.model.values import (
    Comparator,
    CountedList,
    Deadline,
    Frequency,
    Period,
    Quantity,
    Range,
    Value,
)
from generator.patterns import lazy_pattern
from generator.text import folded

_REMEMBERED = 4_096

_ALL = Decimal(100)
_MAY_BE_BOUND = (Quantity, Frequency, CountedList)
_COUNTABLE = (Quantity, Range, CountedList, Frequency)
_DATES = (Deadline, Period)
_SHARES = (Quantity, Range)
_SATISFACTION = lazy_pattern(r"满意[度率](?:情况|调查结果)?")
_TIMELINESS = lazy_pattern(r"(?:及时|按时|准时)(?:性|率|完成率|完成情况)")
_LOWER_IS_BETTER = (
    "投诉", "差错", "事故", "违规", "违法", "死亡", "逾期", "故障", "空置", "退订", "流失", "费用", "成本",
)  # fmt: skip


class ValueFacts:
    """What the target and the actual value of a row are, side by side."""

    def __init__(self, printed: Printed) -> None:
        self.printed = printed
        self.target, self.actual, self.achieved = compared(printed)
        self.is_counted = isinstance(self.target, _COUNTABLE)
        """Whether the target is a number of any kind."""
        self.is_dated = isinstance(self.target, _DATES) or isinstance(self.actual, _DATES)
        """Whether target or actual value is a date or a span of time."""

    @lazily
    def asks_for_number(self) -> bool:
        """Whether the target asks for a number, be it amid words."""
        return has_number(self.target)

    @lazily
    def percentages(self) -> tuple[tuple[bool, Quantity | Range], ...]:
        """Those of target and actual value that are percentages, each with whether it is the target."""
        both = ((True, self.target), (False, self.actual))
        return tuple((is_target, one) for is_target, one in both if isinstance(one, _SHARES) and is_percent(one))

    @lazily
    def folded_target(self) -> str:
        """The target as a key for comparison."""
        return folded(self.printed.target)

    @lazily
    def units(self) -> tuple[str, str]:
        """The units of target and actual value; empty where there is none."""
        return unit_of(self.target), unit_of(self.actual)

    @lazily
    def target_is_bound(self) -> bool:
        """Whether the target is a bound or a range."""
        return is_bound(self.target)

    @lazily
    def pair(self) -> Pair | None:
        """Target and actual value as numbers of one kind; None where they are not."""
        return pair_of(self.printed)

    @lazily
    def wants_exactly(self) -> bool:
        """Whether the target is one number, neither a floor nor a ceiling."""
        return self.pair is not None and self.pair.target.comparator is Comparator.EQ

    @lazily
    def excess(self) -> Decimal | None:
        """By how many percent the actual value exceeds the target, as `number_pairs.excess_of` has it."""
        return excess_of(self.printed)

    @lazily
    def is_one_unit(self) -> bool:
        """Whether the actual value is a number surely in the unit of its target, be it that its own is left out."""
        target, actual = self.target, self.actual
        if not isinstance(actual, Quantity) or not isinstance(target, (Quantity, CountedList)):
            return False
        return not why_not_comparable(measure_of(target), measure_of(actual))

    @lazily
    def is_numeric(self) -> bool:
        """Whether both are numbers of one unit, the natural ends of the scale left out."""
        return self.is_one_unit and not is_bound(self.actual) and wants_a_number(self.target)

    @lazily
    def is_exactly_met(self) -> bool:
        """Whether the reported number is the number of the target, neither more nor less."""
        target, actual = self.target, self.actual
        if not self.is_one_unit or not isinstance(actual, Quantity):
            return False
        wanted = (
            target.number
            if isinstance(target, CountedList)
            else target.amount
            if isinstance(target, Quantity)
            else None
        )
        return wanted == actual.amount

    @lazily
    def repeats_target(self) -> bool:
        """Whether the reported value is the target written again, whatever the spelling."""
        target, actual = self.target, self.actual
        if isinstance(target, Quantity) and isinstance(actual, Quantity):
            same = (target.comparator, target.amount) == (actual.comparator, actual.amount)
            return same and actual.normalised_unit in ("", target.normalised_unit)
        return isinstance(actual, type(target)) and folded(target.text) == folded(actual.text)


class NameFacts:
    """What the name of a row says."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_named = not is_placeholder(name)
        """Whether it has a name of its own."""

    @lazily
    def is_rate(self) -> bool:
        """See `indicator_names.is_rate`."""
        return is_rate(self.name)

    @lazily
    def is_share(self) -> bool:
        """See `indicator_names.is_share`."""
        return is_share(self.name)

    @lazily
    def is_satisfaction(self) -> bool:
        """See `indicator_names.is_satisfaction`."""
        return is_satisfaction(self.name)

    @lazily
    def wants_ceiling(self) -> bool:
        """See `indicator_names.wants_ceiling`."""
        return wants_ceiling(self.name)

    @lazily
    def sense(self) -> tuple[bool, bool]:
        """Whether less of it is better, and whether more."""
        # To spend all of the money for travel and cars is no aim: “三公”经费预算完成率 ≤100%.
        is_spending = names_a_cost(self.name) and is_completion(self.name)
        return self.wants_ceiling, (wants_floor(self.name) and not is_spending) or self.is_satisfaction

    @lazily
    def begins_with_word(self) -> bool:
        """Whether it begins with a Chinese word, and not only with the one that a blank form prints."""
        return "\u4e00" <= self.name[:1] <= "\u9fff" and (self.is_named or not self.name.startswith("指标"))

    @lazily
    def key(self) -> str:
        """See `indicator_names.name_key`."""
        return name_key(self.name)

    @lazily
    def class_told(self) -> Level2 | None:
        """The class that the end of the name tells, satisfaction or timeliness; None where it tells none."""
        end = self.name.rstrip()
        if _ends(_SATISFACTION, end):
            return Level2.SATISFACTION
        return Level2.TIMELINESS if _ends(_TIMELINESS, end) else None

    @lazily
    def whole_name(self) -> str:
        """See `indicator_names.whole_name`."""
        return whole_name(self.name)

    @lazily
    def says_what_is_counted(self) -> bool:
        """See `indicator_units.says_what_is_counted`."""
        return says_what_is_counted(self.name)

    @lazily
    def is_burden(self) -> bool:
        """Whether it is about costs or faults, of which less is better."""
        return any(word in self.name for word in _LOWER_IS_BETTER)


def _ends(pattern: re.Pattern[str], name: str) -> bool:
    return any(match.end() == len(name) for match in pattern.finditer(name))


# Of a dictionary nothing is touched but what is looked for; `lru_cache` moves each find to the front of its list.
KNOWN_VALUES: dict[tuple[str, str, str | None, str | None], ValueFacts] = {}
"""What was found lately, by the parts of `Printed`; ask `value_facts` where there is none."""
KNOWN_NAMES: dict[str, NameFacts] = {}
"""What was found lately; ask `name_facts` where there is none."""


def value_facts(printed: tuple[str, str, str | None, str | None]) -> ValueFacts:
    """Return what follows from a target and an actual value, and remember it."""
    if len(KNOWN_VALUES) >= _REMEMBERED:
        KNOWN_VALUES.clear()
    found = KNOWN_VALUES[printed] = ValueFacts(Printed(*printed))
    return found


def name_facts(name: str) -> NameFacts:
    """Return what follows from a name, and remember it."""
    if len(KNOWN_NAMES) >= _REMEMBERED:
        KNOWN_NAMES.clear()
    found = KNOWN_NAMES[name] = NameFacts(name)
    return found


def is_bound(value: Value) -> bool:
    """Tell whether a value is a bound or a range, not one number."""
    if isinstance(value, _MAY_BE_BOUND):
        return value.comparator is not None and value.comparator is not Comparator.EQ
    return isinstance(value, Range)


def wants_a_number(target: Value) -> bool:
    """Tell whether a target is a number, and neither 0 nor 100 %."""
    if not isinstance(target, (Quantity, CountedList)) or not target.number:
        return False
    return not (is_percent(target) and target.number == _ALL)
