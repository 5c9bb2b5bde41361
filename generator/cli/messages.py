"""How findings and reports are printed on the terminal."""

from collections.abc import Sequence

from generator.build.messages import format_finding, format_findings
from generator.build.report import BuildReport
from generator.finding import SEVERITY_LABELS, Finding

__all__ = ["format_counts", "format_finding", "format_findings", "format_left_out", "format_refusal"]


def format_counts(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, or that there are none."""
    counts = [
        (label, sum(1 for finding in findings if finding.severity is severity))
        for severity, label in SEVERITY_LABELS.items()
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
