"""The report as workflow commands, which GitHub Actions shows as annotations of the changed lines."""

from generator.check.report.contents import ReportContents, is_broken, is_waived, told_in_full
from generator.check.report.terminal import plain
from generator.finding import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def format_annotations(contents: ReportContents) -> str:
    """Return one workflow command for each finding that is not waived."""
    return "".join(
        f"{_annotation(finding, contents.prefix)}\n" for finding in contents.findings if not is_waived(finding)
    )


def _annotation(finding: Finding, prefix: str) -> str:
    title = f"{finding.code} {finding.name}" + ("（规则出错）" if is_broken(finding) else "")
    properties = {
        "file": prefix + finding.origin.path,
        "line": str(finding.origin.line),
        "col": str(finding.origin.column),
        "title": title,
    }
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {given}::{_message(told_in_full(finding))}"


def _message(text: str) -> str:
    """Escape what the runner would take for the end of the command."""
    return "%0A".join(plain(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    """Escape what would end a property as well."""
    return plain(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
