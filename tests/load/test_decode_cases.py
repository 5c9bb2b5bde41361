"""The literate cases of decoding: prose, a record or a registry, and the findings it must give."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.finding import Finding, Severity, in_reading_order
from generator.forms.definitions import load_forms
from generator.load.assemble import load_record
from generator.load.discover import SourceFile
from generator.load.obligations import load_obligations
from generator.load.record_faults import RECORD_FAULTS
from generator.load.registry import load_registry
from generator.model.catalog import Department, Registry, Unit
from generator.resources import packaged

CASES_DIR = Path(__file__).parent / "decode_cases"
FORMS = load_forms([packaged("templates")])
_CASE = re.compile(
    r"^## (?P<title>.+?)\n(?:(?!^## ).)*?"
    r"^(?P<fence>`{3,4})(?P<kind>yaml|markdown|registry|obligations)\n(?P<text>.*?)^(?P=fence)\n\s*^```findings\n(?P<findings>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_SUFFIXES = {"yaml": ".yaml", "markdown": ".md"}
_NAMES = {"registry": "units.yaml", "obligations": "obligations.yaml"}
REGISTRY = Registry(
    {"zhongxin": Unit("zhongxin", "中心", department="jiedao")}, {"jiedao": Department("jiedao", "街道")}
)
"""What obligations are read with."""


class Case(NamedTuple):
    """One file and what must be found in it."""

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


def findings_of(case: Case, folder: Path) -> tuple[Finding, ...]:
    """Read the case's text from a file of the year 2024, the way a whole site is read."""
    location = folder / (_NAMES.get(case.kind) or f"yangli{_SUFFIXES[case.kind]}")
    location.write_text(case.text, encoding="utf-8")
    if case.kind == "registry":
        return in_reading_order(load_registry(folder, folder).findings)
    if case.kind == "obligations":
        return in_reading_order(load_obligations(folder, folder, REGISTRY, FORMS).findings)
    source = SourceFile(location.name, location, "2024/shili/yangli", is_markdown=case.kind == "markdown")
    result = load_record(source, FORMS)
    is_refused = any(finding.severity is Severity.ERROR for finding in result.findings)
    assert (result.record is None) is is_refused, "a record is refused for an error, and for nothing else"
    return in_reading_order(result.findings)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_file_gives_just_the_findings_its_case_names(case: Case, tmp_path: Path) -> None:
    findings = findings_of(case, tmp_path)
    shown = "\n".join(
        f"{one.origin.line}:{one.origin.column} {one.code} {one.message}｜{one.found}｜{one.expected}｜{one.hint}｜{one.field}"
        for one in findings
    )
    expected = [line.split(" ", 2) for line in case.expected]

    assert [f"{one.origin.line}:{one.origin.column} {one.code}" for one in findings] == [
        f"{place} {code}" for place, code, _ in expected
    ], shown
    for finding, (_, _, words) in zip(findings, expected, strict=True):
        text = f"{finding.message}｜{finding.found}｜{finding.expected}｜{finding.hint}｜{finding.field}"
        assert all(word in text for word in words.split("…")), f"{words!r} is not in {text}"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_finding_tells_what_stands_there_and_what_to_do(case: Case, tmp_path: Path) -> None:
    for finding in findings_of(case, tmp_path):
        if finding.code.startswith("REC"):
            assert finding.message
            assert finding.hint
            assert finding.field


def test_every_fault_of_decoding_has_a_case() -> None:
    shown = {line.split(" ")[1] for case in CASES.values() for line in case.expected}
    # Names against the registry and rule packs need more than one file; see test_decode_names and check/test_packs.
    elsewhere = {"REC015", "REC018", "REC019"}

    assert set(RECORD_FAULTS) - elsewhere <= shown
