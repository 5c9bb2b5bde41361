"""What the last build of a site left behind, so that the next one does only what has to be done."""

from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.data_building import DataLayout
from generator.build.found_files import FoundFiles
from generator.build.history import Log
from generator.build.peer_building import PeerState
from generator.build.search_building import SearchState
from generator.build.stage import FileState
from generator.build.unit_reading import UnitRead
from generator.export.feeds import FeedEntry
from generator.finding import Finding, Severity
from generator.plan.site_view import UnitSummary
from generator.search.directory import UnitEntry


class KeptUnit(Struct, frozen=True, array_like=True):
    """A unit as the last build made it."""

    key: bytes
    """Digest of everything its part of the site depends on."""
    summary: UnitSummary
    broken: tuple[Finding, ...]
    rule_counts: dict[Severity, int]
    pages: int
    files: int
    digests: dict[str, bytes]
    """Of what is kept of it, by kind, and of what boards show of it, by their section."""
    sitemap: bytes
    """Its lines in sitemap.xml."""
    feed: tuple[FeedEntry, ...]
    """Its latest records."""
    search: UnitEntry
    absent: tuple[str, ...]
    """What old versions held that git was asked for in vain."""


class SiteState(Struct, frozen=True, array_like=True):
    """All that is known of a site but what is kept unit by unit."""

    found: FoundFiles
    read: dict[str, UnitRead]
    units: dict[str, KeptUnit]
    files: dict[str, FileState]
    """Those that belong to no unit, by path."""
    data: DataLayout
    log: Log
    peers: PeerState
    search: SearchState


_ENCODER = msgspec.msgpack.Encoder()
_SITE = msgspec.msgpack.Decoder(SiteState)


def read_site(folder: Path, tool: bytes) -> SiteState | None:
    """Return what the last build by the same tool knew, or None where nothing can be trusted."""
    data = cache.kept(folder / "site", tool)
    try:
        return None if data is None else _SITE.decode(data)
    except msgspec.DecodeError:
        return None


def keep_site(folder: Path, state: SiteState, tool: bytes) -> None:
    """Keep what the next build starts from."""
    cache.keep(folder / "site", _ENCODER.encode(state), tool)
