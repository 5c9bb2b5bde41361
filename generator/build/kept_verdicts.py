"""What rules over several records decided about groups of them, kept for as long as the groups are as they were."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from generator.build import cache
from generator.check.outcome import Outcome, Verdict
from generator.check.rule import Rule
from generator.check.subject import Subject
from generator.plan.planned import key_of

KIND = "across"
"""Ending of its file among what is kept of a unit."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[bytes, tuple[Verdict, ...]])


class KeptVerdicts:
    """Answers for a rule where a group of records is as it was; see `runner.Recall`."""

    def __init__(self, before: bytes | None, keys: Mapping[str, bytes]) -> None:
        """Take what the last build kept, and what tells each record and how rules see it, by id.

        The keys are those of `unit_reading.FileRead`: the record and where it stands, form, unit and pack are all in them.
        """
        try:
            self._before = {} if before is None else _DECODER.decode(before)
        except msgspec.DecodeError:
            self._before = {}
        self._keys = keys
        self._now: dict[bytes, tuple[Verdict, ...]] = {}

    def __call__(
        self, rule: Rule, group: Sequence[Subject], ask: Callable[[], tuple[Verdict, ...]]
    ) -> tuple[Verdict, ...]:
        """Return what a rule decides about a group, asking it where nobody knows."""
        key = key_of(rule.code, [(one.id, self._keys[one.id]) for one in group])
        found = self._before.get(key)
        if found is None:
            found = ask()
        # What broke down may have lacked memory, so it is asked again.
        if all(verdict.outcome is not Outcome.ERROR for verdict in found):
            self._now[key] = found
        return found

    def encoded(self) -> bytes:
        """Return what is to be kept: of the groups there are now."""
        return _ENCODER.encode(self._now)


def kept_verdicts(folder: Path, slug: str, owner: bytes) -> bytes | None:
    """Return what the last build kept of a unit; what it is about says itself, so that it may be of any age."""
    return cache.kept(folder / f"{slug}.{KIND}", owner)
