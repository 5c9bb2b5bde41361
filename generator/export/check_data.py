"""What the check of a record gives, as the plain data that the interface publishes."""

from collections.abc import Iterable

from generator.check.outcome import Outcome
from generator.check.rule import NATURE_LABELS, Basis, Rule
from generator.check.runner import CalculationLine, LedgerLine
from generator.check.scores.scoring import Scoring
from generator.check.waivers import replies_to
from generator.export.plain import Data, exact
from generator.finding import SEVERITY_LABELS, Finding, Related
from generator.plan.rows import FindingRow, Lines
from generator.plan.site_check import SiteCheck


def check_data(lines: Lines, site: SiteCheck) -> Data:
    """Return what may be seen of the check of one record."""
    check = lines.check
    pairs = zip(check.findings, lines.findings, strict=True)
    return {
        "fingerprint": site.fingerprint,
        "internal_rules": check.internal_rules,
        "findings": [finding_data(*pair, lines) for pair in pairs],
        "ledger": _ledger(check.ledger),
        "reasons": {line.code: line.reasons for line in check.ledger if line.reasons and not _is_usual(line, site)},
        "calculations": [_calculation(line) for line in check.calculations],
        "scoring": [_scoring(one) for one in site.scoring_of(lines.record.id)],
    }


def finding_data(finding: Finding, row: FindingRow, lines: Lines) -> Data:
    """Return one finding."""
    return {
        "number": row.number,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "outcome": finding.outcome,
        "message": finding.message,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "hint": finding.hint,
        "line": finding.origin.line,
        "column": finding.origin.column,
        "anchor": finding.anchor,
        "related": [_related(one) for one in finding.related],
        "reason": finding.reason,
        "replies": [
            {"text": reply.text, "respondent": reply.respondent, "date": reply.date}
            for reply in replies_to(finding, lines.record)
        ],
        "url": row.url,
        "rule_url": row.rule_url,
    }


def rule_data(rule: Rule, site: SiteCheck) -> Data:
    """Return one rule with all that its page says of it."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "why": rule.why,
        "formula": rule.formula,
        "otherwise": rule.otherwise,
        "severity": rule.severity.value,
        "severity_label": SEVERITY_LABELS[rule.severity],
        "nature": rule.nature.value,
        "nature_label": NATURE_LABELS[rule.nature],
        "basis": [_basis(one) for one in rule.basis],
        "record_types": sorted(rule.record_types),
        "since": rule.since,
        "keeps_back": rule.keeps_back,
        "public": site.policy.shows(rule.nature, rule.severity),
        "failing_example": rule.bad,
        "passing_example": rule.good,
    }


def _basis(basis: Basis) -> Data:
    return {"text": basis.text, "confidence": basis.confidence.value}


def _related(related: Related) -> Data:
    return {"words": related.words, "id": related.record or None}


def _ledger(lines: Iterable[LedgerLine]) -> Data:
    """Return by outcome, for the rules that ended so, how many places each looked at."""
    found: dict[Outcome, dict[str, int]] = {}
    for line in lines:
        found.setdefault(line.outcome, {})[line.code] = line.examined
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def _is_usual(line: LedgerLine, site: SiteCheck) -> bool:
    """Tell whether a rule does not apply for want of anything to look at, and why is in the list of rules."""
    rule = site.rules.get(line.code)
    return rule is not None and line.reasons == (rule.otherwise,) and line.outcome is Outcome.NOT_APPLICABLE


def _calculation(line: CalculationLine) -> Data:
    calculation = line.calculation
    data = {
        "code": line.code,
        "title": calculation.title,
        "formula": calculation.formula,
        "printed": calculation.printed,
        "computed": exact(calculation.computed),
        "outcome": line.outcome,
    }
    if line.message:
        data["message"] = line.message
    return data


def _scoring(scoring: Scoring) -> Data:
    """Return how a score comes about; name and points of the row stand in the row that the anchor leads to."""
    data: Data = {
        "anchor": scoring.anchor,
        "method": scoring.method,
        "printed": scoring.printed,
        "outcome": scoring.outcome,
    }
    low, high = scoring.low, scoring.high
    if low is not None and low == high and scoring.high_included:
        data["expected"] = exact(high)
    elif high is not None:
        data |= {"expected_low": exact(low), "expected_high": exact(high), "high_included": scoring.high_included}
    if scoring.formula:
        data["formula"] = scoring.formula
    if scoring.reason:
        data["reason"] = scoring.reason
    if scoring.remark:
        data["remark"] = scoring.remark
    return data
