"""JSON Schema (draft 7) of the obligations: which units have to publish which forms, and by when."""

from generator.address import PATTERN
from generator.authoring.schema_cells import Schema
from generator.load.obligations import (
    ALL_UNITS,
    BASIS,
    DEADLINE,
    DEADLINE_HINT,
    DEPARTMENTS,
    FORM,
    KINDS,
    NAME,
    PROJECTS,
    TOP,
    UNITS,
    YEARS,
)
from generator.model.forms import FormLibrary

_WORD: Schema = {"type": ["string", "null"]}


def obligations_schema(forms: FormLibrary) -> Schema:
    """Return the schema of `obligations.yaml`; kinds, titles and identifiers of forms are proposed."""
    identifiers = [form.identifier for form in forms.definitions]
    form: Schema = {"enum": list(dict.fromkeys((*KINDS, *forms.titles(), *identifiers)))}
    slug: Schema = {"type": "string", "pattern": f"^{PATTERN}$"}
    year: Schema = {
        "anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, {"type": "string", "pattern": r"^\d{4}$"}]
    }
    properties: Schema = {
        NAME: {"description": "给这一项起的名称，显示在网页上；不写就用表样的名称。", **_WORD},
        FORM: {
            "description": "要公开的表：表的种类、表样的名称或表样定义的标识；写成列表的，有其中一种就行。", **_one_or_more(form),
        },
        UNITS: {
            "description": f"要公开的单位，写 units.yaml 里的标识，一个或一列；写“{ALL_UNITS}”是登记的全部单位。",
            **_one_or_more({"anyOf": [{"const": ALL_UNITS}, slug]}),
        },
        DEPARTMENTS: {"description": "这些主管部门的全部单位，写 units.yaml 里的标识。", **_one_or_more(slug)},
        YEARS: {"description": "哪些年度的表，例如 2024 或 [2023, 2024]。", **_one_or_more(year)},
        PROJECTS: {
            "description": "每个项目各要一份的，写项目标识；不写就是单位有一份就行。", **_one_or_more({"type": ["string", "integer"]}),
        },
        DEADLINE: {"description": f"最后一天，{DEADLINE_HINT}；不知道就不写。", **_WORD},
        BASIS: {"description": "依据哪份文件，照实写；没有就不写。", **_WORD},
    }  # fmt: skip
    one: Schema = {
        "type": "object",
        "properties": properties,
        "required": [FORM, YEARS],
        "anyOf": [{"required": [UNITS]}, {"required": [DEPARTMENTS]}],
        "additionalProperties": False,
    }
    return {
        "title": "公开义务",
        "description": "哪些单位、哪些年度、应当公开哪些表、最后一天是哪天；“公开情况”一页照它列出公开了没有。",
        "type": "object",
        "properties": {TOP: {"description": "一条一个短横。", "type": ["array", "null"], "items": one}},
        "additionalProperties": False,
    }


def _one_or_more(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
