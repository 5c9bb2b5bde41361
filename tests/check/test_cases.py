"""The literate cases of rules: `cases/<CODE>.md` holds prose and records; a comment on a line is what must be found.

A record without such comments must give no finding of the rule. Above a fence a line may name the outcome that the
rule must have for the record in the ledger: `结果：explained_by_rounding`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.check.pack import national
from generator.check.registry import all_rules
from generator.model.forms import FormLibrary
from tests.check.examples import run_example

CASES_DIR = Path(__file__).parent / "cases"
RULES = all_rules()
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OUTCOME = re.compile(r"^结果：(\w+)$", re.MULTILINE)
_EXPECTED = re.compile(r"# finding: (?:\"(?P<words>[^\"]*)\")?\s*$")


class Case(NamedTuple):
    """One example with what must be found in it."""

    code: str
    text: str
    outcome: str
    expected: tuple[tuple[int, str], ...]
    """Line in its part of the text, and words of the message."""


def _cases() -> Iterator[tuple[str, Case]]:
    for file in sorted(CASES_DIR.glob("*.md")):
        parts = _HEADING.split(file.read_text(encoding="utf-8"))
        for title, body in zip(parts[1::2], parts[2::2], strict=True):
            fences = _FENCE.findall(body)
            if len(fences) != 1:
                raise ValueError(f"{file.name}: {title}: one fenced record is wanted, there are {len(fences)}")
            outcome = _OUTCOME.search(body)
            yield (
                f"{file.stem}: {title}",
                Case(file.stem, fences[0], outcome[1] if outcome else "", tuple(_expected(fences[0]))),
            )


def _expected(text: str) -> Iterator[tuple[int, str]]:
    for part in re.split(r"^---\n", text, flags=re.MULTILINE):
        for number, line in enumerate(part.splitlines(), 1):
            comment = _EXPECTED.search(line)
            if comment:
                yield number, comment["words"] or ""


CASES = dict(_cases())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_record_gives_just_the_findings_its_lines_name(case: Case, forms: FormLibrary) -> None:
    example = run_example(case.text, {case.code: RULES[case.code]}, forms, national())
    found = [(finding.origin.line, finding.message) for finding in example.findings]

    assert sorted(line for line, _ in found) == sorted(line for line, _ in case.expected), example.findings
    for (line, message), (_, words) in zip(sorted(found), sorted(case.expected), strict=True):
        whole = next(f for f in example.findings if (f.origin.line, f.message) == (line, message))
        assert words in f"{whole.message}｜{whole.found}｜{whole.expected}｜{whole.hint}", whole


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.outcome], ids=[n for n, c in CASES.items() if c.outcome]
)
def test_the_ledger_has_the_outcome_the_case_names(case: Case, forms: FormLibrary) -> None:
    example = run_example(case.text, {case.code: RULES[case.code]}, forms, national())

    outcomes = {line.outcome.value for check in example.checks.values() for line in check.ledger}

    assert outcomes == {case.outcome}
