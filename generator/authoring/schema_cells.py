"""JSON Schemas of single cells, by the kind of their term: no stricter than the reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.address import ALLOWED, PATTERN
from generator.load.cells import AS_PRINTED, UNREADABLE
from generator.money import MONEY_UNITS
from generator.vocabulary import TERMS, Kind, Place, Term, term_for

Schema = dict[str, Any]

_WRITTEN = ["string", "number", "boolean"]
_REASON = {"type": ["string", "number"], "pattern": r"\S", "description": "为什么读不出来，例如“原件此处模糊”。"}

_WORDS = {"type": _WRITTEN, "description": "原表在数字栏里印的文字，例如“约50”；照录，不参加计算。"}

# What is said of a cell instead of its value is a mapping of one key; `type` tells the mapping from plain values.
_AS_TOLD: Schema = {
    "properties": {UNREADABLE: _REASON, AS_PRINTED: _WORDS},
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}

# Wider than the reader, which also wants whole groups of three digits: an editor helps, `jixiao check` decides.
_FIGURE = r"^\s*(?:[-－–—/／]|——|[+＋\-－]?[0-9０-９.．,，][\s\S]*)?\s*$"
_DATE = r"^\s*(?:[-－–—/／]|——|[0-9０-９][\s\S]*)?\s*$"

_EXAMPLES: Mapping[str, list[str | int]] = {
    "fiscal_year": [2024],
    "period": ["(2024年度)"],
    "grade": ["优", "良", "中", "差"],
    "planned_start": ["2024-01-01"],
    "planned_end": ["2024-12-31"],
    "project_nature": ["其他经常性项目", "新增项目", "延续项目"],
    "project_category": ["特定目标类", "运转类", "人员类"],
    "target": ["≥80.00(元/人)", "=100%", "2024年12月前完成", "及时"],
    "actual": ["78.50(元/人)", "100%", "达成指标"],
    "target_unit": ["元/人", "次", "%"],
    "nature": ["≥", "=", "定性"],
    "rule": ["BUD001"],
    "valid_until": ["2025-12-31"],
    "likelihood": ["确定能", "有可能", "不可能"],
}


def cell_schemas() -> dict[str, Schema]:
    """Return the cells that every schema refers to, by name."""
    anything: Schema = {"type": [*_WRITTEN, "null", "object"], **_AS_TOLD}
    return {
        "文字": anything,
        "数字": {
            "type": ["number", "string", "null", "object"],
            "pattern": _FIGURE,
            "patternErrorMessage": "这里写数字（可带千位分隔符、小数、百分号），或空白、-、—、/。",
            **_AS_TOLD,
        },
        "指标值": anything,
        "日期": {
            "type": ["string", "integer", "null", "object"],
            "pattern": _DATE,
            "patternErrorMessage": "这里写日期，例如 2024-01-01 或 2024年1月1日。",
            **_AS_TOLD,
        },
        "大段文字": {"type": [*_WRITTEN, "null"]},
    }


_BY_KIND = {Kind.TEXT: "文字", Kind.FIGURE: "数字", Kind.VALUE: "指标值", Kind.DATE: "日期", Kind.PROSE: "大段文字"}
_LEVEL = {"type": [*_WRITTEN, "null"]}


def reference(name: str) -> Schema:
    """Return a reference to a named part of the same schema."""
    return {"$ref": f"#/definitions/{name}"}


def term_schema(place: Place, term: Term) -> Schema:
    """Return the schema of a term that is a single value."""
    schema = _own_schema(place, term) or reference(_BY_KIND[term.kind])
    examples = _EXAMPLES.get(term.identifier)
    return {**schema, "examples": examples} if examples and "enum" not in schema else schema


def _own_schema(place: Place, term: Term) -> Schema | None:
    if place is Place.FUNDING:
        return {"enum": list(MONEY_UNITS)}
    if term.kind is Kind.YEAR:
        year: Schema = {
            "type": ["integer", "string"],
            "pattern": "^(?:19|20)[0-9]{2}$",
            "minimum": 1900,
            "maximum": 2099,
        }
        return {**year, "patternErrorMessage": "年度写四位数字，例如 2024。"}
    if term.identifier == "project_key":
        pattern = {"pattern": f"^{PATTERN}$", "patternErrorMessage": f"只能用{ALLOWED}。"}
        return {"type": ["string", "integer"], **pattern}
    # The names of rows and levels are words of the table's frame, which the reader takes only as plain values.
    is_name = place is Place.INDICATOR and term.identifier in ("level1", "level2", "name", "level4")
    return _LEVEL if is_name or (place, term.identifier) == (Place.FUNDING_ROW, "label") else None


def properties(
    place: Place, schemas: Mapping[str, Schema], printed: Iterable[str] = ()
) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Return the properties of a place, every label and synonym, and the patterns of those with other brackets.

    Editors propose the vocabulary's labels and those that the forms print; other synonyms are understood.
    """
    shown = {label for label in printed if term_for(place, label)}
    by_label: dict[str, Schema] = {}
    patterns: dict[str, Schema] = {}
    for term in TERMS[place]:
        schema = schemas.get(term.identifier) or term_schema(place, term)
        for label in dict.fromkeys((term.label, *term.synonyms)):
            if term_for(place, label) != term:
                continue
            same = "" if label == term.label else f"即“{term.label}”。"
            described = {"description": f"{same}{term.description}", **schema}
            hidden = {} if label == term.label or label in shown else {"doNotSuggest": True}
            by_label[label] = {**described, **hidden}
            if (pattern := wide_pattern(label)) is not None:
                patterns[pattern] = described
    return by_label, patterns


_WIDE = {"(": "[(（]", ")": "[)）]", "%": "[%％]", "/": "[/／]", "-": "[-－]"}


def wide_pattern(label: str) -> str | None:
    """Return a pattern for a label written with full-width signs, or None where it has none that could be."""
    if not any(sign in label for sign in _WIDE):
        return None
    return "^" + "".join(_WIDE.get(character, character) for character in label) + "$"


def closed(place: Place, schemas: Mapping[str, Schema], printed: Iterable[str] = ()) -> Schema:
    """Return the schema of a mapping that holds the terms of a place and nothing else."""
    by_label, patterns = properties(place, schemas, printed)
    schema: Schema = {"type": "object", "properties": by_label, "additionalProperties": False}
    return {**schema, "patternProperties": patterns} if patterns else schema


def having(place: Place, label: str) -> Schema:
    """Return the demand that a field is there, under whichever of its names."""
    term = term_for(place, label)
    names = list(dict.fromkeys((label, term.label, *term.synonyms))) if term else [label]
    return {"required": names} if len(names) == 1 else {"anyOf": [{"required": [name]} for name in names]}
