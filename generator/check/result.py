"""All that a check of the whole content gives."""

from collections.abc import Mapping

from msgspec import Struct

from generator.check.runner import RecordCheck
from generator.finding import Finding


class CheckReport(Struct, frozen=True):
    """What readers and rules found."""

    reading: tuple[Finding, ...]
    """What was found while reading, in reading order; an error among them keeps its file from being published."""
    checks: Mapping[str, RecordCheck]
    """What rules decided, by id of the record, in the order of the catalog; only for records that could be read."""
    fingerprint: str
    """Of the rules and packs that were used."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, readers' and rules', in reading order."""
        rules = (finding for check in self.checks.values() for finding in check.findings)
        return tuple(sorted((*self.reading, *rules), key=lambda one: (one.origin, one.code, one.message)))
