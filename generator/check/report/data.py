"""The report for programs: JSON, with its published schema."""

import json
from collections.abc import Iterator
from typing import Any

from generator.check.outcome import Outcome
from generator.check.report.contents import ReportContents, count, fingerprints
from generator.check.report.terminal import escaped
from generator.check.runner import LedgerLine
from generator.finding import Finding, Related, Severity

Data = dict[str, Any]


def format_json(contents: ReportContents) -> str:
    """Return the report as JSON, in an order that depends on the content alone."""
    # Of ten thousand records the ledger is a million lines and a half, most of them alike: each text is made once.
    head = dumped(_without_ledger(contents)).removesuffix("\n}\n")
    return "".join((head, ',\n "ledger": {', *_ledger_text(contents), "\n }\n}\n" if contents.ledger else "}\n}\n"))


def _ledger_text(contents: ReportContents) -> Iterator[str]:
    texts: dict[LedgerLine, str] = {}
    comma = ""
    for record, lines in sorted(contents.ledger.items()):
        yield f"{comma}\n  {escaped(json.dumps(record, ensure_ascii=False))}: ["
        comma = ","
        for line in lines:
            if line not in texts:
                texts[line] = "\n   " + dumped(_line(line)).rstrip("\n").replace("\n", "\n   ")
        yield ",".join([texts[line] for line in lines])
        yield "\n  ]" if lines else "]"


def dumped(data: Data) -> str:
    """Return JSON text that can be printed as it is: Chinese stays legible, what cannot be seen is escaped."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def _without_ledger(contents: ReportContents) -> Data:
    """Return all of the report that comes before the ledger, as plain values."""
    counts = count(contents.findings)
    identifiers = fingerprints(contents.findings)
    return {
        "tool": "jixiao",
        "version": contents.version,
        "fingerprint": contents.fingerprint,
        "summary": {"records": contents.records, **counts._asdict()},
        "findings": [
            _finding(finding, identifier) for finding, identifier in zip(contents.findings, identifiers, strict=True)
        ],
    }


def _finding(finding: Finding, identifier: str) -> Data:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "outcome": str(finding.outcome),
        "message": finding.message,
        "path": finding.origin.path,
        "line": finding.origin.line,
        "column": finding.origin.column,
        "record": finding.record,
        "field": finding.field,
        "expected": finding.expected,
        "found": finding.found,
        "hint": finding.hint,
        "anchor": finding.anchor,
        "related": [_related(related) for related in finding.related],
        "reason": finding.reason,
        "identifier": identifier,
    }


def _related(related: Related) -> Data:
    return {
        "path": related.origin.path,
        "line": related.origin.line,
        "column": related.origin.column,
        "record": related.record,
        "words": related.words,
    }


def _line(line: LedgerLine) -> Data:
    return {
        "code": line.code,
        "outcome": line.outcome.value,
        "examined": line.examined,
        "reasons": list(line.reasons),
    }


_TEXT: Data = {"type": "string"}
_COUNT: Data = {"type": "integer", "minimum": 0}
_PLACE: Data = {"type": "integer", "minimum": 1}
_CODE: Data = {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}


def report_schema() -> Data:
    """Return the JSON Schema of the report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jixiao:check-report:v1",
        "title": "jixiao check report",
        "description": "`jixiao check --format json` 的输出。",
        **closed(
            {
                "tool": {"const": "jixiao"},
                "version": said_of("jixiao 的版本。", _TEXT),
                "fingerprint": said_of("所用规则和规则包的指纹；规则、界限或口径有变时随之改变。", _TEXT),
                "summary": said_of("各种结果的数目。", _summary()),
                "findings": said_of("全部问题，按文件、行、列排列。", {"type": "array", "items": _finding_schema()}),
                "ledger": said_of(
                    "每份记录应核对的每条规则的结果，按规则代码排列。",
                    {"type": "object", "additionalProperties": {"type": "array", "items": _line_schema()}},
                ),
            }
        ),
    }


def format_report_schema() -> str:
    """Return the JSON Schema of the report as text."""
    return dumped(report_schema())


def closed(properties: Data) -> Data:
    """Return the schema of an object that has just these properties, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def said_of(description: str, schema: Data) -> Data:
    """Return a schema with what it means."""
    return {"description": description, **schema}


def _summary() -> Data:
    said = {
        "records": "检查了几份可公开的记录。",
        "error": "错误的数目，不含已豁免的。",
        "warning": "警告的数目，不含已豁免的。",
        "note": "提示的数目，不含已豁免的。",
        "waived": "已豁免的数目。",
        "broken": "规则自身出错的数目。",
    }
    return closed({name: said_of(description, _COUNT) for name, description in said.items()})


def _finding_schema() -> Data:
    related = {"path": _TEXT, "line": _PLACE, "column": _PLACE, "record": _TEXT, "words": _TEXT}
    return closed(
        {
            "code": said_of("规则代码。", _CODE),
            "name": said_of("问题的英文名称。", {"type": "string", "pattern": "^[a-z0-9-]+$"}),
            "severity": said_of("程度。", {"enum": [severity.value for severity in Severity]}),
            "outcome": said_of(
                "fail 不通过，waived 已豁免，error 规则自身出错。",
                {"enum": [Outcome.FAIL.value, Outcome.WAIVED.value, Outcome.ERROR.value]},
            ),
            "message": said_of("哪里不对，一句话。", _TEXT),
            "path": said_of("文件，相对于项目文件夹。", _TEXT),
            "line": said_of("行，从 1 起。", _PLACE),
            "column": said_of("列，从 1 起，按字符计。", _PLACE),
            "record": said_of("记录标识；问题不属于一份读得出来的记录时为空。", _TEXT),
            "field": said_of("栏目，用表上的字样，以 › 相连。", _TEXT),
            "expected": said_of("应为什么。", _TEXT),
            "found": said_of("现为什么，与原文一字不差。", _TEXT),
            "hint": said_of("怎样改。", _TEXT),
            "anchor": said_of("这一行在记录网页上的位置；不是指标行时为空。", _TEXT),
            "related": said_of("相关的其他位置。", {"type": "array", "items": closed(related)}),
            "reason": said_of("豁免的理由；没有豁免时为空。", _TEXT),
            "identifier": said_of(
                "同一个问题的标识，行号变动时不变。", {"type": "string", "pattern": "^[0-9a-f]{32}$"}
            ),
        }
    )


def _line_schema() -> Data:
    return closed(
        {
            "code": said_of("规则代码。", _CODE),
            "outcome": said_of("结果。", {"enum": [outcome.value for outcome in Outcome]}),
            "examined": said_of("核对了几处。", _COUNT),
            "reasons": said_of("不适用的原因、缺少的数据等；没有时为空列表。", {"type": "array", "items": _TEXT}),
        }
    )
