"""What is kept of each record: as it was decoded, and what the rules over single records decided."""

import contextlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.check.outcome import PASSED, Verdict
from generator.check.rule import Rule
from generator.check.runner import Decision
from generator.finding import Finding
from generator.model.gist import Gist
from generator.model.publications import PublishedFigures
from generator.model.records import Record
from generator.plan.planned import key_of


class KeptDecision(Struct, frozen=True, array_like=True, gc=False):
    """What a rule decided; that a place is right is only counted."""

    code: str
    passed: int
    verdicts: tuple[Verdict, ...]


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One record's file, read and checked by itself."""

    id: str
    path: str
    digest: bytes
    """Of the bytes of the file."""
    decoding_key: bytes
    """See `common.Common.decoding_key`."""
    record: Record | None
    """None where anything in the file is an error."""
    findings: tuple[Finding, ...]
    """What was found while reading."""
    rules_key: bytes = b""
    """Digest of what decides how the rules see the record, itself aside."""
    packs: tuple[str, ...] = ()
    """Names of the rule packs that hold for it."""
    decisions: tuple[KeptDecision, ...] = ()
    published: tuple[PublishedFigures, ...] = ()
    """Its figures as they were published, which the next are seen from."""
    of_corrections: tuple[Finding, ...] = ()
    """What is wrong with its corrections."""
    gist: Gist | None = None
    """What follows from the record alone; None where there is none."""


def entry_key(entry: Entry) -> bytes:
    """Return the digest of a record, of where it stands and of what was decided about it by itself.

    What was published before shows nowhere but in what is found, so that a release changes no page.
    """
    return key_of(entry.path, entry.digest, entry.decoding_key, entry.rules_key, entry.of_corrections)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Entry)
_BY_ID = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


class KeptEntries:
    """What is kept of a unit's records; each is taken apart only where it is asked for."""

    def __init__(self, folders: Iterable[Path | None], unit: str, owner: bytes) -> None:
        """Take those of the first folder that has any."""
        found = (cache.kept(folder / unit, owner) for folder in folders if folder is not None)
        data = next((one for one in found if one is not None), None)
        self._raw: dict[str, msgspec.Raw] = {}
        if data is not None:
            with contextlib.suppress(msgspec.DecodeError):
                self._raw = _BY_ID.decode(data)

    def __contains__(self, identifier: str) -> bool:
        """Tell whether a record is kept."""
        return identifier in self._raw

    def __getitem__(self, identifier: str) -> Entry | None:
        """Return a record, or None where it is not kept, or damaged."""
        raw = self._raw.get(identifier)
        try:
            return None if raw is None else _DECODER.decode(raw)
        except msgspec.DecodeError:
            return None

    def updated(self, entries: Iterable[Entry], identifiers: Collection[str]) -> bytes | None:
        """Return these records with some of them made anew, to be kept; None where nothing would change."""
        new = {entry.id: entry for entry in entries}
        if not new and self._raw.keys() == set(identifiers):
            return None
        return _ENCODER.encode({one: new[one] if one in new else self._raw[one] for one in identifiers})


def keep_entries(folder: Path, unit: str, content: bytes, owner: bytes) -> None:
    """Keep the records of a unit."""
    cache.keep(folder / unit, content, owner)


def to_keep(decisions: Iterable[Decision]) -> tuple[KeptDecision, ...]:
    """Return decisions as they are kept."""
    kept = []
    for decision in decisions:
        verdicts = decision.verdicts
        passed = verdicts.count(PASSED)
        told = tuple([one for one in verdicts if one != PASSED]) if passed < len(verdicts) else ()
        kept.append(KeptDecision(decision.rule.code, passed, told))
    return tuple(kept)


def from_kept(kept: Iterable[KeptDecision], rules: Mapping[str, Rule]) -> tuple[Decision, ...]:
    """Return decisions as the rules gave them, but for the order of places found right."""
    return tuple(
        [
            Decision(rules[one.code], (PASSED,) * one.passed + one.verdicts if one.passed else one.verdicts)
            for one in kept
            if one.code in rules
        ]
    )
