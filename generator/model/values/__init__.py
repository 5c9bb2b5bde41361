"""The grammar of targets and actual values: `≥80.00(元/人)`, `2024年12月前完成`, `及时`."""

from generator.model.values.format import canonical, format_value
from generator.model.values.parse import LONGEST, parse_value
from generator.model.values.terms import (
    MAGNITUDES,
    Brackets,
    Comparator,
    Cycle,
    Data,
    Degree,
    Layout,
    Limit,
    Moment,
    Part,
)
from generator.model.values.types import (
    Achievement,
    Blank,
    BudgetBound,
    CountedList,
    Deadline,
    FreeText,
    Frequency,
    Period,
    Quantity,
    Range,
    Value,
    Words,
)
from generator.model.values.units import normalised_unit

__all__ = [
    "LONGEST",
    "MAGNITUDES",
    "Achievement",
    "Blank",
    "Brackets",
    "BudgetBound",
    "Comparator",
    "CountedList",
    "Cycle",
    "Data",
    "Deadline",
    "Degree",
    "FreeText",
    "Frequency",
    "Layout",
    "Limit",
    "Moment",
    "Part",
    "Period",
    "Quantity",
    "Range",
    "Value",
    "Words",
    "canonical",
    "format_value",
    "normalised_unit",
    "parse_value",
]
