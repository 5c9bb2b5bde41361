"""What a check keeps for the next one besides the records: where files stand, what is known of them, and by which tool."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.found_files import FoundFiles
from generator.build.inputs import CODE, Stamps, Watched, installed_at, stamps_of, to_keep
from generator.build.record_caches import is_open, is_ours, record_cache, record_owner
from generator.build.tool import PACKAGE, owner_of, tool_digest
from generator.build.unit_reading import UnitRead
from generator.settings import Settings


class CheckCache(NamedTuple):
    """Where a check finds what is known, and whether it may add to it."""

    records: Path
    """Folder of what was read and decided record by record."""
    tool: bytes
    """See `tool.tool_digest`."""
    owner: bytes
    record_owner: bytes
    """See `grounds.Grounds`, both."""
    project_dir: Path
    is_writable: bool
    opened: int
    """When that was, in nanoseconds, by the clock of its file system."""


class CheckState(Struct, frozen=True, array_like=True):
    """What the last check left."""

    stamps: Stamps
    """Of the files of records."""
    found: FoundFiles
    read: dict[str, UnitRead]
    """By slug of the unit."""


class _KnownTool(Struct, frozen=True, array_like=True):
    """By which tool it was, as long as nothing is installed anew."""

    source: Stamps
    packages: Stamps
    tool: bytes


_ENCODER = msgspec.msgpack.Encoder()
_STATE = msgspec.msgpack.Decoder(CheckState)
_TOOL = msgspec.msgpack.Decoder(_KnownTool)
_OWNER = hashlib.blake2b(b"tool 1", digest_size=16).digest()
"""What says which tool it was cannot be kept as that tool's own."""


def open_check_cache(cache_dir: Path, settings: Settings) -> CheckCache | None:
    """Return what is known of a project's records, below the folder of its cache; None where that is not to be trusted."""
    place = record_cache(cache_dir, settings)
    is_writable = is_open(place, cache_dir)
    if not is_writable and not is_ours(cache_dir):
        return None
    opened = (cache_dir / ".gitignore").stat().st_mtime_ns if is_writable else 0
    tool = _tool(cache_dir, opened, is_writable=is_writable)
    owner = owner_of(tool, settings.project_dir)
    whose = record_owner(owner, cache_dir)
    return CheckCache(place, tool, owner, whose, settings.project_dir, is_writable, opened)


def _tool(cache_dir: Path, opened: int, *, is_writable: bool) -> bytes:
    """Return what made this check, from the last one where the source is as it was then."""
    stamps = stamps_of(Watched({CODE: PACKAGE}, installed_at()))
    place = cache_dir / "records" / "tool"
    data = cache.kept(place, _OWNER)
    try:
        known = None if data is None else _TOOL.decode(data)
    except msgspec.DecodeError:
        known = None
    if known is not None and known.source == stamps[CODE] and known.packages == stamps[""]:
        return known.tool
    kept = to_keep(stamps, opened)
    tool = tool_digest(stamps[CODE])
    if is_writable:
        cache.keep(place, _ENCODER.encode(_KnownTool(kept[CODE], kept[""], tool)), _OWNER)
    return tool


def read_check_state(known: CheckCache) -> CheckState | None:
    """Return what the last check left, or None where there was none, or nothing can be trusted."""
    data = cache.kept(_place(known), known.record_owner)
    try:
        return None if data is None else _STATE.decode(data)
    except msgspec.DecodeError:
        return None


def keep_check_state(known: CheckCache, state: CheckState) -> None:
    """Keep what the next check starts from."""
    cache.keep(_place(known), _ENCODER.encode(state), known.record_owner)


def forget_check_state(known: CheckCache) -> None:
    """Have the next check look at everything."""
    cache.forget(_place(known))


def _place(known: CheckCache) -> Path:
    return known.records.with_name(f"{known.records.name}.checked")
