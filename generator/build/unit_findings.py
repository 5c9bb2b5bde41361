"""Second job of a check for each unit: what rules found about its records, and what became of each rule.

What was found about a unit is kept under the digest of all that decides it.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.breadcrumb import at_work_on
from generator.build.grounds import Grounds
from generator.build.unit_judging import SharedGroup, judge_unit
from generator.check.outcome import Outcome
from generator.check.runner import LedgerLine, RecordCheck
from generator.finding import Finding
from generator.model.catalog import Unit
from generator.plan.planned import key_of


class FindingsJob(Struct, frozen=True, array_like=True):
    """All that what rules find in a unit depends on, besides what jobs have in common."""

    unit: Unit
    keys: dict[str, bytes]
    """Of all records that can be read, by id; see `unit_reading.FileRead`."""
    shared: tuple[SharedGroup, ...]
    """The groups that its records belong to."""
    day: str
    """The day that waivers are seen from, ISO; empty where no record has one."""

    @property
    def key(self) -> bytes:
        """Return the digest of it."""
        return key_of(self)


class UnitFindings(Struct, frozen=True, array_like=True, gc=False):
    """What rules found about the records of a unit."""

    slug: str
    key: bytes
    """See `FindingsJob`."""
    findings: dict[str, tuple[Finding, ...]]
    """By id of the record, in the order of the catalog."""
    ledgers: bytes
    """What became of the rules; see `ledgers_of`."""


class _Ledgers(Struct, frozen=True, array_like=True, gc=False):
    """What became of the rules that were due for the records of a unit."""

    lines: tuple[LedgerLine, ...]
    """Each once, for most records have most lines in common."""
    places: dict[str, tuple[int, ...]]
    """Which of them a record has, in the order of codes, by its id."""


_ENCODER = msgspec.msgpack.Encoder()
_FINDINGS = msgspec.msgpack.Decoder(UnitFindings)
_LEDGERS = msgspec.msgpack.Decoder(_Ledgers)


def find_in_unit(common: Grounds, job: FindingsJob) -> bytes:
    """Ask the rules over several records about one unit; return what all rules found, and keep it."""
    checks = judge_unit(common, job.unit, job.keys, job.shared).checks
    findings = {identifier: check.findings for identifier, check in checks.items()}
    content = _ENCODER.encode(UnitFindings(job.unit.slug, job.key, findings, _packed(checks.values())))
    # What broke down may have lacked memory, so it is asked again.
    if not any(line.outcome is Outcome.ERROR for check in checks.values() for line in check.ledger):
        cache.keep(_folder(common.record_cache) / job.unit.slug, content, common.record_owner)
    at_work_on("")
    return content


def findings_of(content: bytes) -> UnitFindings:
    """Return what `find_in_unit` found."""
    return _FINDINGS.decode(content)


def kept_findings(common: Grounds, job: FindingsJob) -> UnitFindings | None:
    """Return what was found before, where nothing that decides it has changed since."""
    for folder in (common.record_cache, common.borrowed):
        content = cache.kept(_folder(folder) / job.unit.slug, common.record_owner) if folder is not None else None
        try:
            found = None if content is None else findings_of(content)
        except msgspec.DecodeError:
            continue
        if found is not None and found.key == job.key:
            return found
    return None


def ledgers_of(packed: Iterable[bytes], order: Iterable[str]) -> dict[str, tuple[LedgerLine, ...]]:
    """Return what became of the rules that were due for each record of units, by its id, in an order of ids."""
    # Units have most lines in common too.
    same: dict[LedgerLine, LedgerLine] = {}
    found: dict[str, tuple[LedgerLine, ...]] = {}
    for one in packed:
        ledgers = _LEDGERS.decode(one)
        lines = [same.setdefault(line, line) for line in ledgers.lines]
        found |= {
            identifier: tuple([lines[number] for number in places]) for identifier, places in ledgers.places.items()
        }
    return {identifier: found[identifier] for identifier in order}


def _packed(checks: Iterable[RecordCheck]) -> bytes:
    numbers: dict[LedgerLine, int] = {}
    places = {
        check.record: tuple([numbers.setdefault(line, len(numbers)) for line in check.ledger]) for check in checks
    }
    return _ENCODER.encode(_Ledgers(tuple(numbers), places))


def _folder(record_cache: Path) -> Path:
    """Return where findings are kept, beside the records they are about."""
    return record_cache.with_name(f"{record_cache.name}.found")
