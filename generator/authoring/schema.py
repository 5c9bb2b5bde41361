"""JSON Schema (draft 7) of records and of the registry: completion and hover text for editors.

The schemas follow from the vocabulary and the form definitions.
They accept whatever the reader accepts of usual spelling; what only a program can judge is left to `jixiao check`.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from generator.address import ALLOWED, PATTERN
from generator.authoring.obligations_schema import obligations_schema
from generator.authoring.schema_cells import Schema, cell_schemas, closed, having, reference, term_schema
from generator.errors import JixiaoError
from generator.load.corrections import CORRECTION_NEEDS
from generator.load.indicators import MAX_LEVELS
from generator.load.judgements import REPLY_NEEDS, WAIVER_NEEDS
from generator.load.registry import DEPARTMENTS, UNITS
from generator.load.unconfirmed import UNCONFIRMED_NEEDS
from generator.model.forms import FormDefinition, FormLibrary
from generator.vocabulary import Place, labels, term_for, term_of

DRAFT = "http://json-schema.org/draft-07/schema#"
MARK = "由 jixiao schema 生成，请勿手改；表样或词汇表改动之后重新运行 jixiao schema。"
REGISTRY = "units"
OBLIGATIONS = "obligations"

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def make_schemas(forms: FormLibrary) -> dict[str, Schema]:
    """Return every schema by name: one for each that the forms name, and the registry's.

    Raises JixiaoError where a form names its schema so that no file can be called that.
    """
    by_name: dict[str, list[FormDefinition]] = {}
    for definition in forms.definitions:
        if not _FILE_NAME.fullmatch(definition.schema) or definition.schema.lower() in (REGISTRY, OBLIGATIONS):
            raise JixiaoError(
                f"表样定义 {definition.identifier} 的 schema 写成“{definition.schema}”："
                f"须以字母或数字开头，只用英文字母、数字、_ 和 -，且不能是 {REGISTRY} 或 {OBLIGATIONS}。"
            )
        by_name.setdefault(definition.schema, []).append(definition)
    general = tuple(definition.layout for definition in forms.definitions if definition.any_title)
    schemas = {name: _record_schema(definitions, general) for name, definitions in sorted(by_name.items())}
    return {
        **schemas,
        REGISTRY: _registry_schema(),
        OBLIGATIONS: {"$schema": DRAFT, "$comment": MARK, **obligations_schema(forms)},
    }


def _record_schema(definitions: Iterable[FormDefinition], general: tuple[str, ...]) -> Schema:
    definitions = tuple(definitions)
    required = _required(definitions)
    identifiers = {term.identifier for label in required if (term := term_for(Place.RECORD, label))}
    bodies = _blocks(definitions)
    blocks = {identifier: reference(term_of(Place.RECORD, identifier).label) for identifier in bodies}
    blocks["long_term_indicators"] = blocks["indicators"]
    filled = {
        identifier: _filled(blocks.get(identifier) or term_schema(Place.RECORD, term_of(Place.RECORD, identifier)))
        for identifier in identifiers - {"fiscal_year"}
    }
    own = {"form": _form(definitions), "layout": _layout(definitions, general)}
    printed = {definition.label(field) for definition in definitions for field in (*definition.head, *definition.prose)}
    schema = closed(Place.RECORD, {**blocks, **filled, **own}, {*printed, *required})
    return {
        "$schema": DRAFT,
        "$comment": MARK,
        "title": "、".join(dict.fromkeys(definition.titles[0] for definition in definitions)),
        "description": "；".join(f"版式 {definition.layout}：{definition.description}" for definition in definitions)
        + "。",
        **schema,
        "allOf": [having(Place.RECORD, label) for label in required],
        "definitions": {
            **cell_schemas(),
            **_parts(definitions),
            **{blocks[identifier]["$ref"].rpartition("/")[2]: body for identifier, body in bodies.items()},
        },
    }


def _required(definitions: tuple[FormDefinition, ...]) -> tuple[str, ...]:
    """Return what each of the forms demands."""
    first, *others = definitions
    return tuple(label for label in first.required if all(_demands(other, label) for other in others))


def _demands(definition: FormDefinition, label: str) -> bool:
    term = term_for(Place.RECORD, label)
    return any(term_for(Place.RECORD, known) == term for known in definition.required)


def _filled(schema: Schema) -> Schema:
    """Return the schema of a field that may not be left blank."""
    return {"allOf": [schema, {"not": {"type": "null"}}]}


def _form(definitions: tuple[FormDefinition, ...]) -> Schema:
    titles = list(dict.fromkeys(title for definition in definitions for title in definition.titles))
    if any(definition.any_title for definition in definitions):
        return {"anyOf": [{"enum": titles}, {"type": "string", "minLength": 1}]}
    return {"enum": titles}


def _layout(definitions: tuple[FormDefinition, ...], general: tuple[str, ...]) -> Schema:
    return {"enum": list(dict.fromkeys((*(definition.layout for definition in definitions), *general)))}


def _blocks(definitions: tuple[FormDefinition, ...]) -> dict[str, Schema]:
    """Return the parts of a record that have fields of their own, by identifier."""
    levels = {
        level1: {level2: None for definition in definitions for level2 in definition.indicator_levels.get(level1, ())}
        for definition in definitions
        for level1 in definition.indicator_levels
    }
    table = {"标题": reference("文字"), "表头": {"type": "array", "items": reference("文字")}}
    rows = {"type": "array", "items": {"type": "array", "items": reference("文字")}}
    free_table = closed(Place.TABLE, {"title": table["标题"], "columns": table["表头"], "rows": rows})
    return {
        "funding": _funding(definitions),
        "objective": {"anyOf": [reference("大段文字"), reference("总体目标")]},
        "indicators": _levels(levels),
        "level1_weights": {"type": "object", "additionalProperties": reference("数字")},
        "total": {"anyOf": [{"allOf": [reference("数字"), {"not": {"type": "object"}}]}, closed(Place.TOTAL, {})]},
        "source": closed(Place.SOURCE, {}),
        "tables": {"type": "array", "items": {**free_table, "required": ["标题", "表头", "行"]}},
        "extra": reference("其他栏目"),
        "waivers": _judgements(Place.WAIVER, WAIVER_NEEDS),
        "replies": _judgements(Place.REPLY, REPLY_NEEDS),
        "unconfirmed": _judgements(Place.UNCONFIRMED, UNCONFIRMED_NEEDS),
        "corrections": _corrections(),
    }


def _judgements(place: Place, needs: Iterable[str]) -> Schema:
    """Return waivers, replies or values to confirm: a list of them, or a single one without its dash."""
    demanded = [having(place, term_of(place, identifier).label) for identifier in needs]
    one = {**closed(place, {}), "allOf": demanded}
    return {"anyOf": [{"type": "array", "items": one}, one, {"type": "null"}]}


def _corrections() -> Schema:
    """Return the corrections: what was and is printed is a figure, or the figures of a row."""
    row = {"type": "object", "additionalProperties": reference("文字")}
    side = {"anyOf": [reference("文字"), row]}
    demanded = [having(Place.CORRECTION, term_of(Place.CORRECTION, one).label) for one in CORRECTION_NEEDS]
    one = {**closed(Place.CORRECTION, {"old": side, "new": side}), "allOf": demanded}
    return {"anyOf": [{"type": "array", "items": one}, one, {"type": "null"}]}


def _levels(usual: Mapping[str, Iterable[str]]) -> Schema:
    """Return the indicator table: levels to open, with the usual names proposed, or a list of rows."""
    below = {
        level1: {
            "anyOf": [
                reference("指标行"),
                {
                    "type": "object",
                    "properties": {name: reference(_level_name(2)) for name in level2},
                    "additionalProperties": reference(_level_name(2)),
                },
            ]
        }
        for level1, level2 in usual.items()
    }
    nested = {"type": "object", "properties": below, "additionalProperties": reference(_level_name(1))}
    return {"anyOf": [reference("指标行"), nested]}


def _level_name(depth: int) -> str:
    return f"第{depth}层之下"


def _parts(definitions: tuple[FormDefinition, ...]) -> dict[str, Schema]:
    """Return the named parts that blocks refer to, some of them to themselves."""
    levels = {
        _level_name(depth): {
            "anyOf": [
                reference("指标行"),
                {"type": "object", "additionalProperties": reference(_level_name(depth + 1))},
            ]
        }
        for depth in range(1, MAX_LEVELS)
    }
    printed = [title for definition in definitions for title in definition.indicator_columns.values()]
    money = [title for definition in definitions for title in definition.funding_columns.values()]
    objective = [definition.label(name) for definition in definitions for name in ("expected", "achieved")]
    parts = {"type": "array", "items": reference("指标")}
    indicator = closed(Place.INDICATOR, {"parts": parts, "extra": reference("其他栏目")}, printed)
    return {
        "总体目标": closed(Place.OBJECTIVE, {}, objective),
        "指标": {**indicator, "minProperties": 1},
        "指标行": {"anyOf": [{"type": "array", "items": reference("指标")}, {"type": "null"}]},
        **levels,
        _level_name(MAX_LEVELS): reference("指标行"),
        "资金行": _funding_row(money),
        "资金": {"anyOf": [reference("数字"), reference("资金行")]},
        "资金列表": {"type": "array", "items": {"allOf": [reference("资金行"), having(Place.FUNDING_ROW, "资金名称")]}},
        # A row's column names nothing in a group, so a row with one wrong column does not pass as a group.
        "资金组的行名": {"not": {"enum": list(labels(Place.FUNDING_ROW))}},
        "其他栏目": {"type": "object", "additionalProperties": reference("文字")},
    }


def _funding(definitions: tuple[FormDefinition, ...]) -> Schema:
    """Return the money block: the unit, then rows and groups of rows, those of the forms proposed."""
    rows = [row for definition in definitions for row in definition.funding_rows]
    proposed: dict[str, Schema] = {}
    for group, members in groupby(rows, key=lambda row: row.group):
        entries = {row.label: {"description": f"本表印作“{row.printed}”。", **reference("资金")} for row in members}
        if group:
            names = reference("资金组的行名")
            inner = {
                "type": "object",
                "properties": entries,
                "propertyNames": names,
                "additionalProperties": reference("资金"),
            }
            proposed[group] = {"anyOf": [inner, reference("数字"), reference("资金行"), reference("资金列表")]}
        else:
            proposed.update({label: entry for label, entry in entries.items() if label not in proposed})
    block = closed(Place.FUNDING, {})
    group = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": reference("资金组的行名"),
        "additionalProperties": {"anyOf": [reference("资金"), reference("资金列表")]},
    }
    any_row = {"anyOf": [reference("数字"), reference("资金行"), reference("资金列表"), group]}
    properties = {**block["properties"], **proposed}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": any_row,
        **having(Place.FUNDING, "单位"),
    }


def _funding_row(printed: Iterable[str]) -> Schema:
    inner = {"type": "object", "additionalProperties": {"anyOf": [reference("资金"), reference("资金列表")]}}
    figures = {"type": "array", "items": reference("数字")}
    row = closed(Place.FUNDING_ROW, {"parts": inner, "printed_cells": figures, "extra": reference("其他栏目")}, printed)
    return {**row, "minProperties": 1, "dependencies": {"印出数字": ["无法辨认"]}}


def _registry_schema() -> Schema:
    name = {"type": "string", "minLength": 1}
    fields: Schema = {
        "名称": {"description": "现行全称。", **name},
        "别名": {"description": "表上印过的其他写法，一个一条。", "type": ["array", "null"], "items": name},
        "所在区": {"description": "所在的区县。", "type": ["string", "null"]},
    }
    department = {"description": "上面“主管部门”一节里的标识。", "type": ["string", "null"]}
    slugs = {"pattern": f"^{PATTERN}$", "patternErrorMessage": f"标识只能用{ALLOWED}。"}

    def section(description: str, properties: Schema) -> Schema:
        body = {"type": "object", "properties": properties, "required": ["名称"], "additionalProperties": False}
        return {
            "description": description,
            "type": ["object", "null"],
            "propertyNames": slugs,
            "additionalProperties": body,
        }

    return {
        "$schema": DRAFT,
        "$comment": MARK,
        "title": "单位登记表",
        "description": "主管部门和单位的名册；标识是网页地址的一部分，定下后不要改。",
        "type": "object",
        "properties": {
            DEPARTMENTS: section("主管部门，一个标识一条。", fields),
            UNITS: section(
                "单位，一个标识一条；标识就是它在记录文件夹里的文件夹名。", {**fields, "主管部门": department}
            ),
        },
        "additionalProperties": False,
    }
