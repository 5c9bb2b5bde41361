"""The report as JUnit XML: a test suite for each record, a test case for each rule that was due."""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.report.contents import (
    ReportContents,
    is_broken,
    is_fault,
    is_waived,
    told_in_full,
)
from generator.check.report.terminal import plain
from generator.check.runner import LedgerLine
from generator.finding import SEVERITY_LABELS, Finding

READING = "读取"
"""The test case of a file that says whether it could be read."""

_SKIPPED = frozenset({Outcome.NOT_APPLICABLE, Outcome.INSUFFICIENT, Outcome.WAIVED})


class _Case(NamedTuple):
    """One test case."""

    name: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


def format_junit(contents: ReportContents) -> str:
    """Return the report as JUnit XML."""
    texts = []
    totals = [0, 0, 0, 0]
    # One suite after the other, for all of them together take ten times the memory of their text.
    for path, cases in _suites(contents):
        suite = ET.Element("testsuite", name=_valid(path))
        for case in cases:
            _add(suite, case, path)
        numbers = _numbers(cases)
        totals = [total + number for total, number in zip(totals, numbers, strict=True)]
        _count(suite, numbers)
        ET.indent(suite, " ", level=1)
        texts.append(f"\n {ET.tostring(suite, encoding='unicode')}")
    suites = ET.Element("testsuites", name="jixiao check")
    _count(suites, totals)
    around = ET.tostring(suites, encoding="unicode", short_empty_elements=not texts)
    begin = around.removesuffix(_END)
    return "".join((f'<?xml version="1.0" encoding="UTF-8"?>\n{begin}', *texts, f"\n{_END}\n" if texts else "\n"))


_END = "</testsuites>"


def _suites(contents: ReportContents) -> Iterator[tuple[str, tuple[_Case, ...]]]:
    """Yield every file by its path, with its cases."""
    found: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in contents.findings:
        found[finding.origin.path][finding.code].append(finding)
    ledgers = {contents.paths[record]: lines for record, lines in contents.ledger.items() if record in contents.paths}
    for path in sorted({*found, *ledgers}):
        yield path, _cases(found.get(path, {}), ledgers.get(path, ()), contents)


def _cases(
    found: dict[str, list[Finding]], ledger: Sequence[LedgerLine], contents: ReportContents
) -> tuple[_Case, ...]:
    due = {line.code for line in ledger}
    read = tuple(finding for code, findings in found.items() if code not in due for finding in findings)
    outcome = Outcome.FAIL if any(map(is_fault, read)) else Outcome.PASS
    cases = [_Case(READING, outcome, read)]
    for line in ledger:
        rule = contents.rules.get(line.code)
        name = f"{line.code} {rule.title}" if rule else line.code
        findings = tuple(found.get(line.code, ()))
        cases.append(_Case(name, _outcome(line, findings), findings, line.reasons or _unlisted(line, findings)))
    return tuple(cases)


def _outcome(line: LedgerLine, findings: Sequence[Finding]) -> Outcome:
    """Return what the case shows: a fault that this report was not asked for is no failure of it."""
    if line.outcome is Outcome.FAIL and not any(map(is_fault, findings)):
        return Outcome.WAIVED
    return line.outcome


def _unlisted(line: LedgerLine, findings: Sequence[Finding]) -> tuple[str, ...]:
    return ("这条规则的问题不在本次报告的范围内",) if line.outcome is Outcome.FAIL and not findings else ()


def _add(suite: ET.Element, case: _Case, path: str) -> None:
    element = ET.SubElement(
        suite, "testcase", classname=_valid(path.removesuffix(".yaml").replace("/", ".")), name=_valid(case.name),
        file=_valid(path),
    )  # fmt: skip
    if case.outcome is Outcome.FAIL:
        for finding in filter(is_fault, case.findings):
            _told(element, "failure", finding)
    elif case.outcome is Outcome.ERROR:
        for finding in filter(is_broken, case.findings):
            _told(element, "error", finding)
        if not any(map(is_broken, case.findings)):
            ET.SubElement(element, "error", message=_valid("；".join(case.reasons)), type=Outcome.ERROR.value)
    elif case.outcome in _SKIPPED:
        reasons = (*case.reasons, *(finding.reason for finding in case.findings if is_waived(finding)))
        said = "：".join(part for part in (OUTCOME_LABELS[case.outcome], "；".join(reasons)) if part)
        ET.SubElement(element, "skipped", message=_valid(said))
    elif case.outcome is Outcome.ROUNDING:
        ET.SubElement(element, "system-out").text = _valid("；".join((OUTCOME_LABELS[case.outcome], *case.reasons)))


def _told(element: ET.Element, tag: str, finding: Finding) -> None:
    told = ET.SubElement(element, tag, message=_valid(finding.message), type=finding.severity.value)
    told.text = _valid(f"{finding.origin} {SEVERITY_LABELS[finding.severity]}\n{told_in_full(finding)}")


def _numbers(cases: Sequence[_Case]) -> list[int]:
    """Return how many cases there are, how many failed, broke down and were skipped."""
    outcomes = [case.outcome for case in cases]
    skipped = sum(outcome in _SKIPPED for outcome in outcomes)
    return [len(cases), outcomes.count(Outcome.FAIL), outcomes.count(Outcome.ERROR), skipped]


def _count(element: ET.Element, numbers: Sequence[int]) -> None:
    for name, number in zip(("tests", "failures", "errors", "skipped"), numbers, strict=True):
        element.set(name, str(number))


def _valid(text: str) -> str:
    """Return a text of characters that XML 1.0 allows; those it forbids are among those nobody can see."""
    return "\n".join(plain(line) for line in text.split("\n"))
