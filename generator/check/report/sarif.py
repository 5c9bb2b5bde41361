"""The report as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from typing import Any
from urllib.parse import quote

from generator.check.report.contents import (
    KNOWN_FAULTS,
    ReportContents,
    fingerprints,
    is_broken,
    is_waived,
    told_in_full,
)
from generator.check.report.data import dumped
from generator.check.rule import NATURE_LABELS, Rule
from generator.finding import Finding, Severity
from generator.load.faults import Fault
from generator.origin import Origin

Data = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The name of the standard's schema; services know the version by it."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_FINGERPRINT = "jixiao/v1"


def format_sarif(contents: ReportContents) -> str:
    """Return the report as SARIF."""
    return dumped(sarif_log(contents))


def sarif_log(contents: ReportContents) -> Data:
    """Return the report as a SARIF log with one run."""
    known = _descriptors(contents)
    index = {descriptor["id"]: number for number, descriptor in enumerate(known)}
    broken = [finding for finding in contents.findings if is_broken(finding)]
    invocation: Data = {"executionSuccessful": not broken}
    if broken:
        invocation["toolExecutionNotifications"] = [_notification(finding, contents, index) for finding in broken]
    results = [
        _result(finding, identifier, contents, index)
        for finding, identifier in zip(contents.findings, fingerprints(contents.findings), strict=True)
        if not is_broken(finding)
    ]
    run = {
        "tool": {
            "driver": {
                "name": "jixiao",
                "version": contents.version,
                "language": "zh-CN",
                "rules": known,
                "properties": {"fingerprint": contents.fingerprint},
            }
        },
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptors(contents: ReportContents) -> list[Data]:
    """Return a description of every rule, and of each fault of reading that was found."""
    found = {finding.code: finding for finding in contents.findings}
    described = {code: _rule(rule) for code, rule in contents.rules.items()}
    for code, finding in found.items():
        if code not in described:
            described[code] = _fault(KNOWN_FAULTS[code]) if code in KNOWN_FAULTS else _unknown(finding)
    return [described[code] for code in sorted(described)]


def _rule(rule: Rule) -> Data:
    basis = "；".join(one.text for one in rule.basis)
    text = f"{rule.title}。\n\n{rule.why}\n\n算法：{rule.formula}\n依据：{basis}"
    examples = f"\n\n反例：\n\n```yaml\n{rule.bad}```\n\n正例：\n\n```yaml\n{rule.good}```\n"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": text + examples},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family, rule.nature.value, NATURE_LABELS[rule.nature]]},
    }


def _fault(fault: Fault) -> Data:
    return {
        "id": fault.code,
        "name": fault.name,
        "shortDescription": {"text": fault.title},
        "help": {"text": f"{fault.title}。请照每一处的提示改正；程度是错误的，改正之前这份表不能公开。"},
        "defaultConfiguration": {"level": _LEVELS[fault.severity]},
        "properties": {"tags": [fault.code[:3]]},
    }


def _unknown(finding: Finding) -> Data:
    return {
        "id": finding.code,
        "name": finding.name,
        "shortDescription": {"text": finding.name},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [finding.code[:3]]},
    }


def _result(finding: Finding, identifier: str, contents: ReportContents, index: dict[str, int]) -> Data:
    facts = {
        "record": finding.record,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "hint": finding.hint,
        "anchor": finding.anchor,
    }
    result: Data = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": told_in_full(finding)},
        "locations": [_located(finding, contents)],
        "partialFingerprints": {_FINGERPRINT: identifier},
        "properties": {name: fact for name, fact in facts.items() if fact},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_physical(related.origin, contents), "message": {"text": related.words or "相关"}}
            for number, related in enumerate(finding.related, 1)
        ]
    # An empty list says that the tool knows of suppressions and this result is not suppressed.
    result["suppressions"] = (
        [{"kind": "inSource", "status": "accepted", "justification": finding.reason}] if is_waived(finding) else []
    )
    return result


def _located(finding: Finding, contents: ReportContents) -> Data:
    location = _physical(finding.origin, contents)
    if finding.field:
        place = f"{finding.record}#{finding.field}" if finding.record else finding.field
        location["logicalLocations"] = [{"name": finding.field, "fullyQualifiedName": place}]
    return location


def _physical(origin: Origin, contents: ReportContents) -> Data:
    region: Data = {"startLine": origin.line, "startColumn": origin.column}
    lines = contents.lines(origin.path)
    if 0 < origin.line <= len(lines) and lines[origin.line - 1].strip():
        region["snippet"] = {"text": lines[origin.line - 1]}
    uri = quote(contents.prefix + origin.path, safe="/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _notification(finding: Finding, contents: ReportContents, index: dict[str, int]) -> Data:
    return {
        "level": "error",
        "message": {"text": told_in_full(finding)},
        "associatedRule": {"id": finding.code, "index": index[finding.code]},
        "locations": [_physical(finding.origin, contents)],
    }
