"""JSON Schema of a parsed target or actual value: one closed object for each kind."""

from enum import StrEnum
from typing import Any, get_args

from generator.model.values import MAGNITUDES, Comparator, Cycle, Degree, Limit, Part, Value

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$", "description": "十进制数字的文本。"}
_WHOLE: Schema = {"type": "string", "pattern": r"^\d+$"}
_FLAG: Schema = {"type": "boolean"}
_WORDS: Schema = {"type": "array", "items": _TEXT}


def _choice(terms: type[StrEnum], description: str) -> Schema:
    return {"enum": [term.value for term in terms], "description": description}


_COMPARATOR = _choice(Comparator, "比较符号；没有印就没有这一项，含义为等于。")
_MAGNITUDE: Schema = {"enum": list(MAGNITUDES), "description": "数字后面的数量级，数字本身未乘。"}
_UNIT: Schema = {"type": "string", "description": "计量单位，统一为半角和通行写法。"}
_DETAIL: Schema = {"type": "string", "description": "后面括号里的说明。"}
_MOMENT: Schema = {"year": _WHOLE, "month": _WHOLE, "day": _WHOLE}
_DAY: Schema = {"type": "object", "properties": _MOMENT, "additionalProperties": False}
_COUNT: Schema = {"comparator": _COMPARATOR, "number": _NUMBER, "unit": _UNIT}

# For each kind: what it is in Chinese, what it always has, what it may have.
_KINDS: dict[str, tuple[str, Schema, Schema]] = {
    "quantity": (
        "一个数，可带比较符号和单位",
        {"number": _NUMBER},
        {"comparator": _COMPARATOR, "magnitude": _MAGNITUDE, "unit": _UNIT},
    ),
    "range": (
        "两个数之间",
        {"lower": _NUMBER, "upper": _NUMBER},
        {"magnitude": _MAGNITUDE, "unit": _UNIT, "lower_included": _FLAG, "upper_included": _FLAG},
    ),
    "deadline": (
        "完成的日期，可以只到年、季或月",
        {},
        _MOMENT
        | {"half": {"enum": ["1", "2"]}, "quarter": {"enum": ["1", "2", "3", "4"]}}
        | {"part": _choice(Part, "月、季、年的哪一段。"), "limit": _choice(Limit, "前 或 内。"), "detail": _DETAIL},
    ),
    "period": ("一段时间", {"first": _DAY, "last": _DAY}, {"detail": _DETAIL}),
    "frequency": (
        "每个周期的次数",
        {"number": _NUMBER, "cycle": _choice(Cycle, "周期。")},
        {"comparator": _COMPARATOR, "unit": _UNIT, "every": _WHOLE, "average": _FLAG},
    ),
    "counted_list": ("数目和所列各项", {"number": _NUMBER, "items": _WORDS}, _COUNT),
    "words": ("定性的词", {}, {"words": _WORDS, "marked": {"type": "boolean", "description": "前面印有“定性”。"}}),
    "achievement": ("对完成情况的概括说法", {"degree": _choice(Degree, "达成的程度。")}, {}),
    "budget_bound": ("以预算为上限", {}, {}),
    "blank": (
        "空白，或表示空白的符号",
        {},
        {"mark": {"type": "string", "description": "印出的符号；空格子没有这一项。"}},
    ),
    "free_text": ("其他文字，不从中取数字", {"text": _TEXT}, {}),
}


def value_schema() -> Schema:
    """Return the schema of a parsed value, in the order in which the model lists its kinds."""
    return {
        "title": "Parsed value",
        "description": "按指标值的写法解析出的内容；原文在不带 _parsed 的同名字段里。",
        "oneOf": [_kind(kind.kind) for kind in get_args(Value)],
    }


def _kind(kind: str) -> Schema:
    description, always, sometimes = _KINDS[kind]
    return {
        "type": "object",
        "description": f"{description}。",
        "properties": {"kind": {"const": kind}} | always | sometimes,
        "required": ["kind", *always],
        "additionalProperties": False,
    }
