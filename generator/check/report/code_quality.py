"""The report as GitLab reads it: a list of issues in the format of Code Climate."""

import json

from generator.check.report.contents import ReportContents, fingerprints, is_broken, is_waived, told_in_full
from generator.check.report.terminal import escaped
from generator.finding import Finding, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def format_code_quality(contents: ReportContents) -> str:
    """Return the findings that are not waived as a GitLab code quality report."""
    pairs = zip(contents.findings, fingerprints(contents.findings), strict=True)
    issues = [
        {
            "description": told_in_full(finding).replace("\n", "；"),
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": identifier,
            "severity": _severity(finding),
            "location": {"path": contents.prefix + finding.origin.path, "lines": {"begin": finding.origin.line}},
        }
        for finding, identifier in pairs
        if not is_waived(finding)
    ]
    return escaped(json.dumps(issues, ensure_ascii=False, indent=1)) + "\n"


def _severity(finding: Finding) -> str:
    return "blocker" if is_broken(finding) else _SEVERITIES[finding.severity]
