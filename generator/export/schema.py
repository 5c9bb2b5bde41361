"""JSON Schema of the published data, made from the vocabulary."""

from collections.abc import Iterable

from generator.export import words
from generator.export.check_schema import check_definitions, site_schema
from generator.export.data_files import API_VERSION
from generator.export.value_schema import Schema, value_schema
from generator.export.words import ADDED, Name, english, name_of, total_name
from generator.model.achievement import Outcome
from generator.model.catalog import STAGES
from generator.model.full_marks import FullMarks
from generator.money import MONEY_UNITS
from generator.plan.budget_change import Change
from generator.vocabulary import TERMS, Place, Term, term_of

_TEXT: Schema = {"type": "string"}
_CELL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
_YUAN: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_POSITION: Schema = {"type": "integer", "minimum": 1}
_CELLS: Schema = {"type": "object", "additionalProperties": _CELL}
_REASONS: Schema = {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}, "minProperties": 1}
_CODE: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"}


def api_schema() -> Schema:
    """Return the schema of records.json; `#/$defs/record` is that of the file of one record, and so on."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:jixiao:api:v{API_VERSION}",
        "title": "Budget performance records",
        "description": (
            "records.json：全部公开的绩效表的目录。其他文件的结构见 $defs：一份表的全部内容是 record，"
            "一个单位的全部表是 unit_file，检查结果是 findings_file，规则是 rules_file。"
            "印出的内容都是文本，与原表一字不差；null 是没有这一栏或无法辨认，空文本是原表留空。各网址相对于站点的根目录。"
        ),
    } | _closed(
        {
            "api_version": _VERSION,
            "site": site_schema(),
            "count": _titled("count", "记录数。", _COUNT),
            "records": _titled("records", "全部记录，年度由新到旧。", {"type": "array", "items": _to("index_entry")}),
        }
    ) | {
        "$defs": {
            "index_entry": _index_entry(),
            "unit_file": _unit_file(),
            "record": _record(),
            "funding_row": _funding_row(),
            "indicator": _indicator(),
            "table": _table(),
            "computed": _computed(),
            **check_definitions(),
            "value": value_schema(),
        }
    }  # fmt: skip


_VERSION: Schema = {
    "title": "Api version",
    "description": "接口版本；只增加字段时不变。",
    "const": API_VERSION,
}


_YES_OR_NO: Schema = {"enum": ["yes", "no", None]}


def _closed(properties: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties | (optional or {}),
        "required": list(properties),
        "additionalProperties": False,
    }


def _to(definition: str) -> Schema:
    return {"$ref": f"#/$defs/{definition}"}


def _titled(identifier: str, description: str, schema: Schema) -> Schema:
    return {"title": english(identifier), "description": description} | schema


def _described(identifier: str, name: Name, schema: Schema) -> Schema:
    return _titled(identifier, f"{name.label}：{name.description}", schema)


def _printed(terms: Iterable[Term], schema: Schema = _CELL) -> Schema:
    return {term.identifier: _described(term.identifier, name_of(term), schema) for term in terms}


def _added(**schemas: Schema) -> Schema:
    return {identifier: _described(identifier, ADDED[identifier], schema) for identifier, schema in schemas.items()}


def _index_entry() -> Schema:
    form = _printed((term_of(Place.RECORD, "form"),), _TEXT)
    year = _printed((term_of(Place.RECORD, "fiscal_year"),), {"type": "integer"})
    yuan: Schema = {"type": ["number", "null"]}
    score, grade = term_of(Place.TOTAL, "score"), term_of(Place.RECORD, "grade")
    properties = _added(id=_TEXT) | {"name": _titled("name", "怎样称呼这份表：项目名称，没有的用单位或表名。", _TEXT)}
    properties |= year | _place() | form | _added(record_type={"enum": list(STAGES)}, url=_TEXT, json_url=_TEXT)
    properties |= {
        "budget_yuan": _titled(
            "budget_yuan", "全年预算数，没有的取申请数或年初预算数，折算为元；没有数字的为 null。", yuan
        ),
        "executed_yuan": _titled("executed_yuan", "全年执行数，折算为元；没有数字的为 null。", yuan),
        "total_score": _described("total_score", total_name(score), _CELL),
    }
    properties |= _printed((grade,))
    for key, schema in {"points_lost": _NUMBER, "findings": _COUNT, "contradictions": _COUNT}.items():
        properties[key] = _described(key, ADDED[f"computed_{key}"], schema)
    return {"title": "Entry of the list of records", "description": "目录里的一份绩效表。"} | _closed(properties)


def _unit_file() -> Schema:
    count = _titled("count", "记录数。", _COUNT)
    records = _titled(
        "records",
        "这个单位的全部记录，年度由新到旧；每份与它单独的文件相同。",
        {"type": "array", "items": _to("record")},
    )
    properties = {"api_version": _VERSION} | _place() | {"count": count, "records": records}
    return {"title": "Unit file", "description": "units/<单位标识>.json：一个单位的全部绩效表。"} | _closed(properties)


def _place() -> Schema:
    """Return the unit and the department as registered."""
    body = _closed({"slug": _CODE, "name": _TEXT})
    return _added(unit=body, department={"oneOf": [body, {"type": "null"}]})


def _record() -> Schema:
    term = {one.identifier: one for one in (term_of(Place.RECORD, key) for key in _FROM_RECORD)}
    properties = _added(id=_TEXT) | _printed((term["form"], term["layout"]), _TEXT)
    properties |= _added(form_definition=_TEXT, record_type={"enum": list(STAGES)})
    properties |= _printed((term["fiscal_year"],), {"type": "integer"}) | _printed(words.HEAD)
    properties |= _place() | _added(project=_closed({"key": _CODE, "url": _TEXT}))
    properties |= _added(money_unit={"enum": [*MONEY_UNITS, None]})
    properties |= _printed((term["funding"],), {"type": "array", "items": _to("funding_row")})
    properties |= _printed((term["indicators"],), {"type": "array", "items": _to("indicator")})
    properties |= _printed((term["level1_weights"],), _CELLS)
    totals = {f"total_{one.identifier}": total_name(one) for one in words.TOTALS}
    properties |= {identifier: _described(identifier, name, _CELL) for identifier, name in totals.items()}
    texts = {f"objective_{one.identifier}": name_of(one) for one in words.OBJECTIVE}
    texts |= {one.identifier: name_of(one) for one in words.PROSE}
    prose = _CELL | {"contentMediaType": "text/markdown"}
    properties |= {identifier: _described(identifier, name, prose) for identifier, name in texts.items()}
    source = {"type": "object", "properties": _printed(words.SOURCE), "additionalProperties": False}
    properties |= _printed((term["source"],), source)
    properties |= _printed((term["tables"],), {"type": "array", "items": _to("table")}) | _printed(
        (term["extra"],), _CELLS
    )
    properties |= _added(labels={"type": "object", "additionalProperties": _TEXT})
    properties |= _printed((term["rule_pack"],), _CELL)
    for identifier, place in (("waivers", Place.WAIVER), ("replies", Place.REPLY)):
        items = {"type": "array", "items": _closed(_printed(TERMS[place], _TEXT))}
        properties |= _printed((term[identifier],), items)
    side = {"type": ["string", "object", "null"], "additionalProperties": _TEXT}
    of_correction = _printed(TERMS[Place.CORRECTION], _TEXT)
    of_correction |= _printed((term_of(Place.CORRECTION, key) for key in ("old", "new")), side)
    of_correction |= _printed((term_of(Place.CORRECTION, "position"),), {"type": ["integer", "null"]})
    properties |= _printed((term["corrections"],), {"type": "array", "items": _closed(of_correction)})
    properties |= _added(url=_TEXT, json_url=_TEXT, source_url=_TEXT) | {
        "computed": _to("computed"),
        "check": _to("check"),
        **_added(content_sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    }
    return {"title": "Record", "description": "一份绩效表。"} | _closed(properties, _added(unreadable=_REASONS))


_FROM_RECORD = (
    *("form", "layout", "fiscal_year", "funding", "indicators", "level1_weights", "source", "tables", "extra"),
    *("rule_pack", "waivers", "replies", "corrections"),
)


def _funding_row() -> Schema:
    label = term_of(Place.FUNDING_ROW, "label")
    amounts = {"type": "object", "properties": _printed(words.AMOUNTS, _YUAN), "additionalProperties": False}
    properties = _added(number=_POSITION) | _printed((label,), _TEXT)
    properties |= _added(group=_TEXT, parent=_POSITION | {"type": ["integer", "null"]}, yuan=amounts)
    loose: Schema = {"type": "array", "items": _CELL, "minItems": 1}
    properties |= _printed(term for term in words.FUNDING_CELLS if term.identifier in words.FUNDING_ALWAYS)
    optional = _printed(term for term in words.FUNDING_CELLS if term.identifier not in words.FUNDING_ALWAYS)
    optional |= _added(printed_cells=loose, extra=_CELLS, unreadable=_REASONS)
    return {"title": "Funding row", "description": "资金栏的一行；原表没有主要各栏的为 null。"} | _closed(
        properties, optional
    )


def _indicator() -> Schema:
    properties = _added(number=_POSITION, horizon={"enum": ["annual", "long_term"]})
    properties |= _added(levels={"type": "array", "items": _TEXT, "maxItems": 3})
    properties |= _printed((term_of(Place.INDICATOR, "name"),), _TEXT)
    properties |= _added(parent=_POSITION | {"type": ["integer", "null"]})
    properties |= _printed(term for term in words.INDICATOR_CELLS if term.identifier in words.ALWAYS)
    parsed = {f"{identifier}_parsed": term_of(Place.INDICATOR, identifier) for identifier in words.PARSED}
    properties |= {
        identifier: _titled(
            identifier,
            f"{term.label}：解析出的内容；原文为 null 的为 null。",
            {"oneOf": [_to("value"), {"type": "null"}]},
        )
        for identifier, term in parsed.items()
    }
    properties |= _added(computed_points_lost=_NUMBER, computed_outcome={"enum": [one.value for one in Outcome]})
    properties |= _added(anchor=_TEXT)
    optional = _printed(term for term in words.INDICATOR_CELLS if term.identifier not in words.ALWAYS)
    optional |= _added(extra=_CELLS, unreadable=_REASONS) | {"computed_miss": _miss()}
    return {"title": "Indicator", "description": "指标表的一行。"} | _closed(properties, optional)


def _miss() -> Schema:
    word = {"target": _TEXT, "gap": _NUMBER, "unit": _CELL, "way": {"enum": ["below", "above", None]}}
    parts = word | {"share": _NUMBER, "full_score": _YES_OR_NO}
    properties = {key: _described(key, ADDED[f"computed_miss_{key}"], schema) for key, schema in parts.items()}
    return _titled("computed_miss", "明确没有达到的指标值；只有未达目标的行才有。", _closed(properties))


def _table() -> Schema:
    title, columns, rows = (term_of(Place.TABLE, identifier) for identifier in ("title", "columns", "rows"))
    properties = _printed((title,), _TEXT) | _printed((columns,), {"type": "array", "items": _TEXT})
    properties |= _printed((rows,), {"type": "array", "items": {"type": "array", "items": _CELL}})
    return {"title": "Table", "description": "照录的附表。"} | _closed(properties)


def _computed() -> Schema:
    printed = _titled("printed", "原表印出的数；原表没有总额、由本站相加的为 null。", _CELL)
    summed = _titled("summed", "是否由本站把各来源相加。", {"type": "boolean"})
    amount = {
        "oneOf": [
            _closed({"printed": printed, "yuan": _titled("yuan", ADDED["yuan"].description, _YUAN), "summed": summed}),
            {"type": "null"},
        ]
    }
    rate = term_of(Place.FUNDING_ROW, "execution_rate")
    properties = {
        key: _described(key, ADDED[f"computed_{key}"], schema)
        for key, schema in {
            "execution_rate": _NUMBER,
            "adjustment": {"type": ["number", "null"]},
            "points_lost": _NUMBER,
            "deviations": _COUNT,
            "findings": _COUNT,
            "contradictions": _COUNT,
            "missed": _COUNT,
            "adjustment_rate": _NUMBER,
            "initial_execution_rate": _NUMBER,
            "budget_change": {"enum": [*(one.value for one in Change), None]},
            "halved_and_spent": _YES_OR_NO,
            "full_marks": {"enum": [*(one.value for one in FullMarks if one), None]},
        }.items()
    }
    properties["amounts"] = _titled(
        "amounts", "整份表的主要金额，取自总额行。", _closed(_printed(words.MAIN_AMOUNTS, amount))
    )
    properties["printed_execution_rate"] = _titled("printed_execution_rate", f"总额行印出的{rate.label}。", _CELL)
    return {"title": "Computed", "description": "由印出的内容算出的。"} | _closed(properties)  # fmt: skip
