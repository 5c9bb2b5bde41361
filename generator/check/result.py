"""All that a check of the whole content gives."""

from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct

from generator.check.runner import LedgerLine
from generator.finding import Finding


class CheckReport(Struct, frozen=True, dict=True):
    """What readers and rules found."""

    reading: tuple[Finding, ...]
    """What was found while reading, in reading order; an error among them keeps its file from being published."""
    records: Mapping[str, tuple[Finding, ...]]
    """What rules found, by id of the record, in the order of the catalog; of every record that could be read."""
    ledgers: Callable[[], Mapping[str, tuple[LedgerLine, ...]]]
    """Gives what became of the rules, by id of the record; few reports tell it, and it is much."""
    fingerprint: str
    """Of the rules and packs that were used."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, readers' and rules', in reading order."""
        rules = (finding for findings in self.records.values() for finding in findings)
        return tuple(sorted((*self.reading, *rules), key=lambda one: (one.origin, one.code, one.message)))
