"""Look at the inputs of a build in a second process, while this one loads what a build needs.

Looking at ten thousand files takes as long as loading the program, and neither needs the other. Where nothing has
changed, loading is given up at the next module, so nobody waits for what is not needed.
"""

import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import Struct

from generator.build.glance import Look, last_glance, look, seen_from
from generator.build.glance_state import Glance
from generator.build.inputs import Stamp, Stamps

_HEAVY = "generator.build.pipeline"
"""The module that needs all others."""

_UNCHANGED, _CHANGED = b"=", b"!"
"""First byte of what the second process tells; what changed comes behind it."""


class _UnchangedError(BaseException):
    """There is nothing to build; no module that is being loaded may take it for a fault of its own."""


class _Difference(Struct, frozen=True, array_like=True):
    """What was seen, as far as it differs from what the last build left."""

    head: str
    site: dict[str, int]
    changed: dict[str, dict[str, Stamp]]
    gone: dict[str, tuple[str, ...]]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Difference)


def look_while_loading(kept: Path, options: bytes, today: date) -> Look | None:
    """Return what `glance.look` returns, and have what a build needs loaded where something has changed."""
    if _HEAVY in sys.modules or not _gains_by_a_second_process():
        return look(kept, options, today)
    glance = last_glance(kept, options)
    if glance is None:
        return None
    told = _told_while_loading(glance, today)
    if told.startswith(_UNCHANGED):
        return Look(glance, glance.stamps, glance.head, glance.site, is_unchanged=True)
    if told.startswith(_CHANGED):
        with suppress(msgspec.DecodeError):
            return _put_together(glance, _DECODER.decode(told[1:]))
    # The second process could not be had, or did not come to its end.
    return seen_from(glance, today)


def _gains_by_a_second_process() -> bool:
    """Tell whether there is a core for it; only Linux copies a process safely whatever it has loaded."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _told_while_loading(glance: Glance, today: date) -> bytes:
    """Return what a second process tells, nothing where it could not be had."""
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return b""
    if not child:
        os.close(reading)
        _tell(writing, glance, today)
    os.close(writing)
    ear = _Ear(reading)
    try:
        with suppress(_UnchangedError), _asked_first(ear):
            import_module(_HEAVY)
        return ear.told_at_last()
    finally:
        os.close(reading)
        os.waitpid(child, 0)


def _tell(pipe: int, glance: Glance, today: date) -> NoReturn:
    """Look, write what was seen into a pipe, and end this process, whatever happens."""
    try:
        seen = seen_from(glance, today)
        told = memoryview(_UNCHANGED if seen.is_unchanged else _CHANGED + _ENCODER.encode(_difference(glance, seen)))
        while told:
            told = told[os.write(pipe, told) :]
    finally:
        # Nothing of what the first process has in hand is this one's to end.
        os._exit(0)


class _Ear:
    """Hears what comes out of a pipe whenever Python looks for a module; it finds none, for others do."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._told = b""

    def find_spec(self, _name: str, _path: object = None, _target: object = None) -> None:
        """Raise _UnchangedError as soon as it is known that nothing need be loaded."""
        if not self._told and select.select([self._pipe], [], [], 0)[0]:
            self._told = os.read(self._pipe, 1)
            if self._told == _UNCHANGED:
                raise _UnchangedError

    def told_at_last(self) -> bytes:
        """Return all that comes, waiting for its end."""
        parts = [self._told]
        while part := os.read(self._pipe, 1 << 20):
            parts.append(part)
        return b"".join(parts)


@contextmanager
def _asked_first(ear: _Ear) -> Iterator[None]:
    sys.meta_path.insert(0, ear)
    try:
        yield
    finally:
        sys.meta_path.remove(ear)


def _difference(glance: Glance, seen: Look) -> _Difference:
    changed = {name: _news(glance.stamps[name], stamps) for name, stamps in seen.stamps.items()}
    gone = {name: tuple(before.keys() - seen.stamps[name].keys()) for name, before in glance.stamps.items()}
    return _Difference(seen.head, seen.site, changed, gone)


def _news(before: Stamps, now: Stamps) -> Stamps:
    return {path: stamp for path, stamp in now.items() if before.get(path) != stamp}


def _put_together(glance: Glance, seen: _Difference) -> Look:
    stamps = {name: _renewed(before, seen.changed[name], seen.gone[name]) for name, before in glance.stamps.items()}
    return Look(glance, stamps, seen.head, seen.site, is_unchanged=False)


def _renewed(before: Stamps, news: Stamps, gone: Sequence[str]) -> Stamps:
    renewed = {**before, **news}
    for path in gone:
        del renewed[path]
    return renewed
