"""How findings and reports are printed; the one place that words them for the terminal."""

from collections.abc import Iterable, Sequence

from generator.build.pipeline import BuildReport
from generator.finding import Finding, Severity

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def format_finding(finding: Finding) -> str:
    """Return a finding as text: place, code, what is wrong, found against expected, and the cure."""
    lines = [f"{finding.origin}: {finding.code} {_SEVERITIES[finding.severity]}：{finding.message}"]
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


def format_counts(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, or that there are none."""
    counts = [
        (label, sum(1 for finding in findings if finding.severity is severity))
        for severity, label in _SEVERITIES.items()
    ]
    named = "，".join(f"{count} 处{label}" for label, count in counts if count)
    return named or "没有发现问题"


def format_refusal(report: BuildReport) -> str:
    """Return why nothing was published."""
    files = "\n".join(f"  {path}" for path in report.failed)
    return (
        f"没有生成网站：{len(report.failed)} 个文件有错误，不能公开：\n{files}\n"
        "改正后再生成；要先公开其余的记录，加上 --keep-going。原有的网站没有改动。"
    )


def format_left_out(report: BuildReport) -> str:
    """Return which files are missing from a site that was published all the same."""
    files = "\n".join(f"  {path}" for path in report.failed)
    return f"其余的记录已经生成；下面 {len(report.failed)} 个文件有错误，没有公开：\n{files}"
