"""The pages that put the same indicator of several units side by side, bucket by bucket.

Of each bucket all that units say in it is kept. Where a unit says something else than before, that alone is exchanged,
and what is made of the bucket is made again; no other bucket is looked at.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.peer_chunks import Chunk, UnitChunks
from generator.build.peer_segments import KeptRows, PeerSegments
from generator.build.staging import writing
from generator.export.peer_rows import peer_rows
from generator.load.assemble import digest_of
from generator.plan.page import Page
from generator.plan.peer_index import SHELVES, PeerLine, is_split, peer_lines, peers_page, shelf_pages, unpacked
from generator.plan.peer_pages import peer_pages
from generator.plan.peers import peer_indicators
from generator.plan.planned import Planned, key_of

Render = Callable[[Planned], None]
"""Makes a page, unless the site has it already."""


class KeptPage(Struct, frozen=True, array_like=True, gc=False):
    """A page of the last build."""

    url: str
    template: str
    key: bytes


class KeptBucket(Struct, frozen=True, array_like=True, gc=False):
    """A bucket at the last build."""

    digest: bytes
    """Of what is kept of it."""
    pages: tuple[KeptPage, ...]
    lines: dict[str, bytes]
    """Digest of its lines in the list of all indicators, by shelf."""
    rows: dict[str, KeptRows]
    """What it gives to the open data, by year."""


class KeptShelf(Struct, frozen=True, array_like=True, gc=False):
    """A shelf of the list of all indicators at the last build."""

    digest: bytes
    """Of what is kept of it: its lines by bucket."""
    count: int
    """How many lines it has."""
    pages: tuple[KeptPage, ...]
    """Those it takes where the list is too long for one page."""


class PeerState(Struct, frozen=True, array_like=True):
    """What the pages of the last build were made of."""

    buckets: dict[str, KeptBucket]
    shelves: dict[str, KeptShelf]
    beside: bytes
    """Digest of all that rows of the open data depend on besides their bucket."""

    @property
    def names(self) -> frozenset[str]:
        """Under which names buckets and shelves are kept."""
        return frozenset(self.buckets.keys() | self.shelves.keys())

    @property
    def counts(self) -> dict[str, int]:
        """How many indicators each shelf has."""
        return {shelf: one.count for shelf, one in self.shelves.items()}

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        of_list = sum(len(one.pages) for one in self.shelves.values()) if is_split(self.counts) else 0
        return 1 + of_list + sum(len(one.pages) for one in self.buckets.values())


NO_PEERS = PeerState({}, {}, b"")


class PeerCache:
    """Keeps buckets and shelves from one build to the next, each by name."""

    def __init__(self, kept: Path, stage: Path, owner: bytes) -> None:
        """Read what the last build `kept`, unless this one has put it anew on the `stage`."""
        self._kept = kept
        self._stage = stage
        self._owner = owner
        self._fresh: set[str] = set()

    def put(self, name: str, parts: Mapping[str, bytes]) -> bytes:
        """Keep something; return its digest."""
        content = _ENCODER.encode(parts)
        place = self._stage / file_of(name)
        with writing(place):
            place.write_bytes(cache.sealed(content, self._owner))
        self._fresh.add(name)
        return digest_of(content)

    def get(self, name: str, digest: bytes) -> dict[str, bytes]:
        """Return what is kept; raise CacheLostError where it is not what has this digest."""
        content = cache.kept((self._stage if name in self._fresh else self._kept) / file_of(name), self._owner)
        if content is not None and digest_of(content) == digest:
            with contextlib.suppress(msgspec.DecodeError):
                return _PARTS.decode(content)
        raise cache.CacheLostError(
            f"写到 {self._kept} 的中间结果读不回来，网站没有改动。请检查磁盘空间和文件夹的权限。"
        )


_ENCODER = msgspec.msgpack.Encoder()
_PARTS = msgspec.msgpack.Decoder(dict[str, bytes])


def file_of(name: str) -> str:
    """Return the file of a bucket or shelf; no unit's files are called so, for these have a dot."""
    return f"peers-{name}"


def build_peers(
    kept: PeerCache,
    render: Render,
    segments: PeerSegments,
    state: PeerState,
    units: Mapping[str, UnitChunks],
    gone: Mapping[str, Mapping[str, Chunk]],
) -> PeerState:
    """Make the pages, and collect the rows of the open data; return what the next build starts from.

    `state` is that of the last build, `units` are those made in this build, by slug, `gone` those that are no more.
    """
    changed = {bucket for unit in units.values() for bucket in unit.changed()} | {
        bucket for chunks in gone.values() for bucket in chunks
    }
    beside = key_of(segments.site_url)
    if beside != state.beside:
        changed |= state.buckets.keys()
    buckets = dict(state.buckets)
    lines: dict[str, dict[str, bytes]] = {}
    for bucket, answers in _answers(kept, state, units, gone, changed):
        before = buckets.pop(bucket, _NOTHING)
        found = peer_indicators(answers)
        pages = tuple(peer_pages(bucket, found))
        for page in pages:
            render(page)
        own = peer_lines(found)
        after = KeptBucket(
            digest=kept.put(bucket, answers) if answers else b"",
            pages=tuple(KeptPage(page.url, page.template, page.key) for page in pages),
            lines={shelf: digest_of(data) for shelf, data in own.items()},
            rows=segments.add(bucket, peer_rows(found, segments.site_url), before.rows),
        )
        for shelf in after.lines.keys() | before.lines.keys():
            if after.lines.get(shelf) != before.lines.get(shelf):
                lines.setdefault(shelf, {})[bucket] = own.get(shelf, b"")
        if answers:
            buckets[bucket] = after
    for bucket, one in buckets.items():
        if bucket not in changed:
            for same in one.pages:
                again = partial(_page_again, kept, bucket, one.digest, same.url)
                render(Planned(same.url, same.template, same.key, again))
    return PeerState(dict(sorted(buckets.items())), _build_list(kept, render, state, lines), beside)


_NOTHING = KeptBucket(b"", (), {}, {})


def _answers(
    kept: PeerCache,
    state: PeerState,
    units: Mapping[str, UnitChunks],
    gone: Collection[str],
    changed: Collection[str],
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield what all units say in each bucket that changed, by slug in order; few buckets are held at a time."""
    for _, some in groupby(sorted(changed), lambda bucket: bucket[0]):
        buckets = set(some)
        new: dict[str, dict[str, bytes]] = {bucket: {} for bucket in sorted(buckets)}
        for slug, unit in units.items():
            for bucket, data in unit.read(buckets):
                new[bucket][slug] = data
        for bucket, answers in new.items():
            former = state.buckets.get(bucket)
            others = kept.get(bucket, former.digest) if former else {}
            whole = {slug: data for slug, data in others.items() if slug not in units and slug not in gone} | answers
            yield bucket, dict(sorted(whole.items()))


def _page_again(kept: PeerCache, bucket: str, digest: bytes, url: str) -> Page:
    """Plan a page of a bucket that did not change, because its template did or somebody touched it."""
    found = peer_indicators(kept.get(bucket, digest))
    return next(page for page in peer_pages(bucket, found) if page.url == url).make()


def _build_list(
    kept: PeerCache, render: Render, state: PeerState, changes: Mapping[str, Mapping[str, bytes]]
) -> dict[str, KeptShelf]:
    """Make the list of all indicators; `changes` has the lines that changed, by shelf and bucket."""
    shelves: dict[str, KeptShelf] = {}
    for shelf in SHELVES:
        before = state.shelves.get(shelf)
        if shelf not in changes:
            if before:
                shelves[shelf] = before
            continue
        former = kept.get(shelf, before.digest) if before else {}
        parts = {bucket: data for bucket, data in (former | dict(changes[shelf])).items() if data}
        if parts:
            found = unpacked(parts.values())
            pages = tuple(KeptPage(page.url, page.template, page.key) for page in shelf_pages(shelf, found))
            shelves[shelf] = KeptShelf(kept.put(shelf, dict(sorted(parts.items()))), len(found), pages)
    counts = {shelf: one.count for shelf, one in shelves.items()}
    digest = key_of([one.digest for one in shelves.values()])
    render(peers_page(counts, digest, lambda: unpacked(_lines(kept, shelves))))
    if is_split(counts):
        for shelf, one in shelves.items():
            for page in one.pages:
                render(Planned(page.url, page.template, page.key, partial(_shelf_again, kept, shelf, one, page.url)))
    return shelves


def _lines(kept: PeerCache, shelves: Mapping[str, KeptShelf]) -> Iterable[bytes]:
    for shelf, one in shelves.items():
        yield from kept.get(shelf, one.digest).values()


def _shelf_again(kept: PeerCache, shelf: str, one: KeptShelf, url: str) -> Page:
    lines: list[PeerLine] = unpacked(kept.get(shelf, one.digest).values())
    return next(page for page in shelf_pages(shelf, lines) if page.url == url).make()
