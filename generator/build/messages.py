"""How a finding is printed, on the terminal and in the log of MkDocs."""

from collections.abc import Iterable, Mapping

from generator.finding import SEVERITY_LABELS, Finding, Severity


def format_finding(finding: Finding) -> str:
    """Return a finding as text: place, code, what is wrong, found against expected, and the cure."""
    lines = [f"{finding.origin}: {finding.code} {SEVERITY_LABELS[finding.severity]}：{finding.message}"]
    if finding.found or finding.expected:
        parts = [
            f"现为：{finding.found}" if finding.found else "",
            f"应为：{finding.expected}" if finding.expected else "",
        ]
        lines.append("        " + "；".join(part for part in parts if part))
    if finding.hint:
        lines.append(f"        提示：{finding.hint}")
    return "\n".join(lines)


def format_findings(findings: Iterable[Finding]) -> str:
    """Return findings one below the other."""
    return "\n".join(format_finding(finding) for finding in findings)


def format_rule_counts(counts: Mapping[Severity, int]) -> str:
    """Return one line on what the rules found, or nothing where they found nothing."""
    told = "，".join(
        f"{counts[severity]} 处{label}" for severity, label in SEVERITY_LABELS.items() if counts.get(severity)
    )
    return f"规则检查发现 {told}；记录照原表公开，jixiao check 逐条列出。" if told else ""
