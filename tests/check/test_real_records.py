"""What the eight real records must give, nothing more and nothing less; `real_records.md` says why each holds."""

import re
from datetime import date
from pathlib import Path

from generator.build.checking import check_content
from generator.check.result import CheckReport
from generator.configuration import load_settings
from tests.site_tools import PROJECT

EXPECTED = Path(__file__).with_name("real_records.md")
_ROW = re.compile(r"^\| (?P<code>[A-Z]{3}\d{3}) \| (?P<severity>\w+) \| (?P<lines>[\d ]+) \| (?P<why>.+) \|$")


def report() -> CheckReport:
    """Check the project's own content."""
    return check_content(load_settings(PROJECT / "mkdocs.yml"), today=date(2026, 1, 1)).check


def expected() -> list[tuple[str, str, str, int]]:
    """Return record, code, severity and line of every finding that holds."""
    record, rows = "", []
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            record = line.removeprefix("## ")
        elif row := _ROW.match(line):
            rows += [(record, row["code"], row["severity"], int(number)) for number in row["lines"].split()]
    return rows


def test_the_real_records_give_just_the_findings_that_hold() -> None:
    found = [(one.record, one.code, one.severity.value, one.origin.line) for one in report().findings]

    assert sorted(found) == sorted(expected())


def test_no_rule_breaks_down_on_a_real_record() -> None:
    broken = [
        (identifier, line)
        for identifier, ledger in report().ledgers().items()
        for line in ledger
        if line.outcome == "error"
    ]

    assert broken == []
