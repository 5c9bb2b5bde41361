"""JSON Schema of what the check of a record gives."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.check.outcome import Outcome
from generator.check.policy import PublicFindings
from generator.check.rule import Confidence, Nature
from generator.check.scores.scoring import METHOD_LABELS
from generator.export.value_schema import Schema
from generator.export.words import english
from generator.finding import Severity

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
_DIGITS: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_SAID: Schema = {"type": "string", "minLength": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_POSITION: Schema = {"type": "integer", "minimum": 1}
_BOOLEAN: Schema = {"type": "boolean"}
_CODE: Schema = {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}
_OUTCOMES: Schema = {"enum": [one.value for one in Outcome]}

_OUTCOME = (
    "规则的结果：pass 通过，fail 不通过，explained_by_rounding 四舍五入可解释，not_applicable 不适用，"
    "insufficient_data 数据不足，waived 已豁免，error 规则出错。"
)


def check_definitions() -> Schema:
    """Return the definitions that `check` of a record refers to, `check` among them."""
    return {
        "check": _check(),
        "finding": _finding(),
        "calculation": _calculation(),
        "scoring": _scoring(),
        "rule": _rule(),
        "findings_file": _file(
            "Findings file", "findings.json：全部可公开的检查结果。", "findings", _finding(of_site=True)
        ),
        "rules_file": _file("Rules file", "rules.json：全部规则。", "rules", {"$ref": "#/$defs/rule"}),
    }


def site_schema() -> Schema:
    """Return the schema of what a file says of its site."""
    address = "站点地址，以 / 结尾；没有设定的为空文本。"
    return _object("Site", "发布的站点。", name=("站点名称。", _TEXT), url=(address, _TEXT))


def _file(title: str, description: str, name: str, one: Schema) -> Schema:
    return _object(
        title,
        description,
        api_version=("接口版本；只增加字段时不变。", _TEXT),
        site=("发布的站点。", site_schema()),
        fingerprint=("所用规则和规则包的指纹。", _TEXT),
        public_findings=(
            "本站公开哪些检查结果：contradictions 矛盾，warnings 另加错误和警告，all 另加提示，internal 内部版的全部。",
            {"enum": [*(one.value for one in PublicFindings), "internal"]},
        ),
        count=("有多少个。", _COUNT),
        **{name: ("逐个列出。", {"type": "array", "items": one})},
    )


def _object(
    title: str,
    description: str,
    optional: Mapping[str, tuple[str, Schema]] = MappingProxyType({}),
    /,
    **properties: tuple[str, Schema],
) -> Schema:
    every = {**properties, **optional}
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": {
            key: {"title": english(key), "description": said} | schema for key, (said, schema) in every.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


_LEDGER = f"应查的每条规则的结果：按结果列出规则代码，和规则看了几处。{_OUTCOME}没有规则是这个结果的不列。"
_REASONS = (
    "各条规则为什么不适用，缺什么数据，或者为什么豁免，按规则代码。"
    "不适用而没有列在这里的，原因是 rules.json 里这条规则的 otherwise。"
)


def _list_of(definition: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}}


def _check() -> Schema:
    return _object(
        "Check",
        "规则对这份表的检查；只有可以公开的部分。",
        fingerprint=("所用规则和规则包的指纹；同样的内容和指纹，结果也相同。", _TEXT),
        internal_rules=("应查而结果只供内部使用的规则有多少条；与它们查出什么无关。", _COUNT),
        findings=("与规则不符之处，按原表的次序。", _list_of("finding")),
        ledger=(_LEDGER, _ledger()),
        reasons=(_REASONS, _by_code({"type": "array", "items": _TEXT, "minItems": 1})),
        calculations=("用原表自己的数字重算的各项，与原表并列，不代替原表。", _list_of("calculation")),
        scoring=("每个得分怎样来的。", _list_of("scoring")),
    )


def _finding(*, of_site: bool = False) -> Schema:
    own = {"id": ("所在记录的标识。", _TEXT)} if of_site else {}
    related = _object(
        "Related place",
        "与之对照的另一处。",
        words=("那一处印的内容。", _TEXT),
        id=("所在记录的标识；就在这份表里的为 null。", {"type": ["string", "null"]}),
    )
    reply = _object(
        "Reply",
        "填报单位的答复。",
        text=("答复的内容。", _TEXT | {"contentMediaType": "text/markdown"}),
        respondent=("答复人。", _TEXT),
        date=("日期，照作者所写。", _TEXT),
    )
    return _object(
        "Finding",
        "一处与规则不符。",
        **own,
        number=("在记录页上的序号。", _POSITION),
        code=("规则代码。", _CODE),
        name=("规则的英文名称。", _TEXT),
        severity=("轻重：error 错误，warning 警告，note 提示。", {"enum": [one.value for one in Severity]}),
        outcome=("fail 不通过，waived 已豁免，error 规则出错。", {"enum": ["fail", "waived", "error"]}),
        message=("哪里不符，一句话。", _TEXT),
        field=("位置，照原表的栏名，由外到内以 › 隔开。", _TEXT),
        found=("原表印的。", _TEXT),
        expected=("按规则应是什么。", _TEXT),
        hint=("作者可以怎样改。", _TEXT),
        line=("在源文件的第几行。", _POSITION),
        column=("在这一行的第几个字。", _POSITION),
        anchor=("所在行在记录页上的锚点；不在某一行的为空文本。", _TEXT),
        related=("与之对照的各处。", {"type": "array", "items": related}),
        reason=("豁免的理由；没有豁免的为空文本。", _TEXT),
        replies=("填报单位的答复。", {"type": "array", "items": reply}),
        url=("在记录页上的网址。", _TEXT),
        rule_url=("规则的网页。", _TEXT),
    )


def _ledger() -> Schema:
    outcomes = {one.value: _by_code(_COUNT) | {"minProperties": 1} for one in Outcome}
    return {"type": "object", "properties": outcomes, "additionalProperties": False}


def _by_code(one: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": _CODE["pattern"]}, "additionalProperties": one}


def _calculation() -> Schema:
    return _object(
        "Calculation",
        "原表的一个数与重算的结果。",
        {"message": ("哪里不符，或缺什么；没有可说的没有这一项。", _SAID)},
        code=("规则代码。", _CODE),
        title=("重算的是什么。", _TEXT),
        formula=("怎样算的。", _TEXT),
        printed=("原表印出的。", _TEXT),
        computed=("算出的，不四舍五入；数据不足的为 null。", _NUMBER),
        outcome=(_OUTCOME, _OUTCOMES),
    )


def _scoring() -> Schema:
    methods = "，".join(f"{method.value} {label}" for method, label in METHOD_LABELS.items())
    return _object(
        "Scoring",
        "一个得分怎样来的；名称、分值见锚点所指的一行。应得的分算不出的，没有 expected 开头的各项。",
        {
            "expected": ("应得的分，只有一个数的。", _DIGITS),
            "expected_low": ("应得的下限，应得的是一个范围的；不知道的为 null。", _NUMBER),
            "expected_high": ("应得的上限。", _DIGITS),
            "high_included": ("是否包括上限本身。", _BOOLEAN),
            "formula": ("带数字的算式。", _SAID),
            "reason": ("为什么算不出或不比较。", _SAID),
            "remark": ("规则包的决定，和其他要知道的。", _SAID),
        },
        anchor=("所在行在记录页上的锚点；预算执行率的为空文本。", _TEXT),
        method=(f"计分方法：{methods}。", {"enum": [method.value for method in METHOD_LABELS]}),
        printed=("原表印出的得分。", _TEXT),
        outcome=(_OUTCOME, _OUTCOMES),
    )


def _rule() -> Schema:
    basis = _object(
        "Basis",
        "规则的一项依据。",
        text=("依据什么。", _TEXT),
        confidence=(
            "verified 已核实；unverified 出自转述或惯例，未核实。",
            {"enum": [one.value for one in Confidence]},
        ),
    )
    return _object(
        "Rule",
        "一条规则。",
        code=("规则代码，不会再用于别的规则。", _CODE),
        name=("规则的英文名称。", _TEXT),
        title=("不符时的情形，一句话。", _TEXT),
        why=("为什么查，怎样判断。", _TEXT | {"contentMediaType": "text/markdown"}),
        formula=("怎样算。", _TEXT),
        otherwise=("没有可查之处时，为什么不适用。", _TEXT),
        severity=("轻重：error 错误，warning 警告，note 提示。", {"enum": [one.value for one in Severity]}),
        severity_label=("轻重的中文名称。", _TEXT),
        nature=("性质。", {"enum": [one.value for one in Nature]}),
        nature_label=("性质的中文名称。", _TEXT),
        basis=("依据。", {"type": "array", "items": basis, "minItems": 1}),
        record_types=("适用于哪几类表。", {"type": "array", "items": _TEXT}),
        since=("从哪个版本起有这条规则。", _TEXT),
        keeps_back=("有这种情形的表，豁免以前是否不公开。", _BOOLEAN),
        public=("本站是否公开这条规则的检查结果。", _BOOLEAN),
        failing_example=("有这种情形的例子，YAML。", _TEXT),
        passing_example=("改正以后的例子，YAML。", _TEXT),
    )
