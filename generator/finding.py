"""What a reader or a rule found: a value, never an exception."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from generator.origin import Origin


class Severity(StrEnum):
    """How much a finding weighs; only errors keep a record from being published."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


class Related(NamedTuple):
    """Another place that a finding is about."""

    origin: Origin
    words: str
    """What stands there, in Chinese."""
    record: str = ""
    """Id of the record it stands in."""


class Finding(Struct, frozen=True, array_like=True, gc=False):
    """One fault at one place, with all that its author needs to mend it."""

    code: str
    """Family letters and number, such as SRC003; never reused."""
    name: str
    """The fault's name in English, such as duplicate-key."""
    severity: Severity
    message: str
    """One Chinese sentence: what is wrong."""
    origin: Origin
    found: str = ""
    """What stands there, as written."""
    expected: str = ""
    """What may stand there, in Chinese."""
    hint: str = ""
    """What to do about it, in Chinese."""
    field: str = ""
    """The field's path in the form's own words, joined by › ."""
    outcome: str = "fail"
    """`fail`, `waived` or `error`; a reader's finding is always a failure."""
    record: str = ""
    """Id of the record; empty where a file gave none."""
    anchor: str = ""
    """The row's address on the record's page; empty where the finding is not about one row."""
    related: tuple[Related, ...] = ()
    """Other places it is about."""
    reason: str = ""
    """Where it is waived: why, who and until when."""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings by file, line, column and code."""
    return tuple(sorted(findings, key=lambda finding: (finding.origin, finding.code, finding.message)))
