"""The literate cases: prose, a record, and the findings it must give."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.load.faults import FAULTS
from generator.load.markdown_record import parse_markdown_record
from generator.load.yaml_tree import parse_tree

CASES_DIR = Path(__file__).parent / "cases"
SECTIONS = {"预期目标": ("年度总体目标", "预期目标"), "实际完成情况": ("年度总体目标", "实际完成情况")}
_CASE = re.compile(
    r"^## (?P<title>.+?)\n(?:(?!^## ).)*?"
    r"^(?P<fence>`{3,4})(?P<kind>yaml|markdown)\n(?P<text>.*?)^(?P=fence)\n\s*^```findings\n(?P<findings>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    """One record and what must be found in it."""

    kind: str
    text: str
    expected: tuple[str, ...]


def _cases() -> Iterator[tuple[str, Case]]:
    for file in sorted(CASES_DIR.glob("*.md")):
        content = file.read_text(encoding="utf-8")
        matches = list(_CASE.finditer(content))
        if len(matches) != content.count("```findings\n"):
            raise ValueError(f"{file.name}: a case is not well formed")
        for match in matches:
            case = Case(match["kind"], match["text"], tuple(match["findings"].splitlines()))
            yield f"{file.stem}: {match['title']}", case


CASES = dict(_cases())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_record_gives_just_the_findings_its_case_names(case: Case) -> None:
    if case.kind == "yaml":
        result = parse_tree(case.text, "f.yaml")
    else:
        result = parse_markdown_record(case.text, "f.md", SECTIONS)
    shown = "\n".join(
        f"{finding.origin} {finding.code} {finding.message}｜{finding.hint}" for finding in result.findings
    )
    places = [f"{finding.origin.line}:{finding.origin.column} {finding.code}" for finding in result.findings]
    expected = [line.split(" ", 2) for line in case.expected]

    assert places == [f"{place} {code}" for place, code, _ in expected], shown
    for finding, (_, _, words) in zip(result.findings, expected, strict=True):
        assert words in finding.message + finding.found + finding.expected + finding.hint


def test_every_fault_of_yaml_and_markdown_has_a_case() -> None:
    shown = {line.split(" ")[1] for case in CASES.values() for line in case.expected}
    # Bounds need texts too long for a page; they are tested in test_yaml_tree.
    elsewhere = {"SRC034", "SRC038", "SRC039"}

    assert {code for code in FAULTS if code >= "SRC030"} - elsewhere <= shown


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_finding_tells_what_to_do(case: Case) -> None:
    result = parse_tree(case.text, "f.yaml")

    assert all(finding.hint and finding.message for finding in result.findings)
