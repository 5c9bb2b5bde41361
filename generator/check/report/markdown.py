"""The report for the comment of a merge request: what was found, file by file, in Markdown."""

from generator.check.report.contents import ReportContents, is_broken, is_waived, told_in_full
from generator.check.report.terminal import plain
from generator.check.report.text import format_summary
from generator.finding import SEVERITY_LABELS, Finding
from generator.text import as_markdown


def format_markdown(contents: ReportContents) -> str:
    """Return the findings that are not waived as a list; nothing of a record acts as Markdown in it."""
    told = [_item(finding, contents.prefix) for finding in contents.findings if not is_waived(finding)]
    summary = as_markdown(format_summary(contents))
    return "\n".join(["### 检查绩效表", "", summary, *([""] if told else []), *told]) + "\n"


def _item(finding: Finding, prefix: str) -> str:
    label = "规则出错" if is_broken(finding) else SEVERITY_LABELS[finding.severity]
    first, *others = (as_markdown(plain(line)) for line in told_in_full(finding).split("\n"))
    place = as_markdown(plain(f"{prefix}{finding.origin.path} 第 {finding.origin.line} 行"))
    return "  \n  ".join([f"- **{finding.code} {label}** {place}：{first}", *others])
