"""The formats a report can have, by the names users type."""

from collections.abc import Callable, Mapping

from generator.check.report.annotations import format_annotations
from generator.check.report.code_quality import format_code_quality
from generator.check.report.contents import ReportContents
from generator.check.report.data import format_json
from generator.check.report.junit import format_junit
from generator.check.report.markdown import format_markdown
from generator.check.report.sarif import format_sarif
from generator.check.report.text import format_text

TEXT = "text"

FORMATS: Mapping[str, Callable[[ReportContents], str]] = {
    TEXT: format_text,
    "json": format_json,
    "sarif": format_sarif,
    "github": format_annotations,
    "gitlab": format_code_quality,
    "junit": format_junit,
    "markdown": format_markdown,
}
"""Each turns the contents of a report into text."""

WITH_LEDGER = frozenset({"json", "junit"})
"""Those that tell what became of each rule, of every record."""
