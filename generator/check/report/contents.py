"""What every format of a report is made from, and what they all say of a finding."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from generator.check.corrections import CORRECTION_FAULTS
from generator.check.outcome import Outcome
from generator.check.packs.pack_faults import PACK_FAULTS
from generator.check.rule import Rule
from generator.check.runner import LedgerLine
from generator.check.waivers import JUDGEMENT_FAULTS
from generator.finding import Finding, Severity
from generator.load.faults import FAULTS, Fault
from generator.load.record_faults import RECORD_FAULTS
from generator.patterns import lazy_pattern

Lines = Callable[[str], Sequence[str]]
"""Gives the lines of an authored file by its path; none where it cannot be read."""

KNOWN_FAULTS: Mapping[str, Fault] = {
    **FAULTS,
    **RECORD_FAULTS,
    **JUDGEMENT_FAULTS,
    **CORRECTION_FAULTS,
    **PACK_FAULTS,
}
"""Every fault that is found otherwise than by a rule, by its code."""


class ReportContents(Struct, frozen=True):
    """All that a report tells, whatever its format."""

    version: str
    """Of jixiao."""
    fingerprint: str
    """Of the rules and packs that were used."""
    records: int
    """How many records could be read and were checked."""
    findings: tuple[Finding, ...]
    """In reading order."""
    ledger: Mapping[str, tuple[LedgerLine, ...]]
    """What became of each rule that was due, by record."""
    paths: Mapping[str, str]
    """The file of each record that was checked."""
    rules: Mapping[str, Rule]
    lines: Lines
    prefix: str = ""
    """What stands before a path where a service wants it from the top of the repository; empty or ending in `/`."""


class Counts(NamedTuple):
    """How many findings of each kind there are; what is waived or comes of a broken rule counts apart."""

    error: int
    warning: int
    note: int
    waived: int
    broken: int


def is_fault(finding: Finding) -> bool:
    """Tell whether a finding is a fault of the content that nobody has waived."""
    return finding.outcome == Outcome.FAIL


def is_waived(finding: Finding) -> bool:
    """Tell whether the record says that a finding is known."""
    return finding.outcome == Outcome.WAIVED


def is_broken(finding: Finding) -> bool:
    """Tell whether a finding says that a rule broke down."""
    return finding.outcome == Outcome.ERROR


def count(findings: Iterable[Finding]) -> Counts:
    """Count findings by what they are."""
    listed = tuple(findings)
    of = Counter(finding.severity for finding in listed if is_fault(finding))
    return Counts(
        of[Severity.ERROR], of[Severity.WARNING], of[Severity.NOTE],
        sum(map(is_waived, listed)), sum(map(is_broken, listed)),
    )  # fmt: skip


_PRIVATE = lazy_pattern(r"\d(?:[ \-]?\d){9,}[Xx]?|[\w.+-]+@[\w.-]+")
_PRIVATE_FAMILY = "PRI"


def hiding_personal_data(lines: Lines, findings: Iterable[Finding]) -> Lines:
    """Return what gives the lines of files without the numbers and addresses in files where personal data was found.

    A report goes to terminals, logs and code hosts, so no excerpt may repeat them; places stay where they were.
    """
    private = {finding.origin.path for finding in findings if finding.code.startswith(_PRIVATE_FAMILY)}

    def shown(path: str) -> Sequence[str]:
        if path not in private:
            return lines(path)
        return [_PRIVATE.sub(lambda match: "*" * len(match[0]), line) for line in lines(path)]

    return shown


_LINE_NUMBER = lazy_pattern(r"第 ?\d+ ?行")


def key_of(finding: Finding) -> tuple[str, ...]:
    """Return what makes a finding the same one after lines were put above it or elsewhere in its file."""
    said = finding.found or _LINE_NUMBER.sub("第几行", finding.message)
    return (finding.code, finding.record or finding.origin.path, finding.field, said)


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return an identifier for each finding that outlives moved lines; of equal ones the second and later differ."""
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in findings:
        key = key_of(finding)
        seen[key] += 1
        parts = (*key, str(seen[key])) if seen[key] > 1 else key
        made.append(hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32])
    return tuple(made)


def told_in_full(finding: Finding) -> str:
    """Return a finding's message with what stands there, what may and what to do, one a line."""
    lines = (
        finding.message,
        f"栏目：{finding.field}" if finding.field else "",
        f"现为：{finding.found}" if finding.found else "",
        f"应为：{finding.expected}" if finding.expected else "",
        f"提示：{finding.hint}" if finding.hint else "",
        f"已豁免：{finding.reason or '没有写明理由'}" if is_waived(finding) else "",
    )
    return "\n".join(line for line in lines if line)
