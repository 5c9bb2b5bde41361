"""The pages that put the same indicator of several units side by side, bucket by bucket.

Of each bucket all that units say in it is kept. Where a unit says something else than before, that alone is exchanged,
and what is made of the bucket is made again; no other bucket is looked at.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby

from msgspec import Struct

from generator.build.common import Common
from generator.build.data_building import UnitSegments
from generator.build.making import Making
from generator.build.page_making import page_maker, template_key
from generator.build.peer_cache import PeerCache
from generator.build.peer_chunks import Chunk, Place, UnitChunks
from generator.build.peer_making import KeptBucket, KeptPage, PeerJob, PeersMade, peer_cache
from generator.plan.page import Page
from generator.plan.peer_index import SHELVES, PeerLine, is_split, peers_page, shelf_pages, unpacked
from generator.plan.planned import Planned, key_of

Render = Callable[[Planned], None]
"""Makes a page, unless the site has it already."""

LOT = 1 << 20
"""Weight of a job, see `PeerJob`; so little that no process holds much of what units say."""


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


def build_peers(
    common: Common,
    making: Making,
    work: Callable[[Sequence[PeerJob]], Iterable[PeersMade]],
    state: PeerState,
    units: Mapping[str, UnitChunks],
    gone: Mapping[str, Mapping[str, Chunk]],
) -> tuple[PeerState, dict[str, UnitSegments]]:
    """Make the pages; return what the next build starts from, and the rows of the open data that changed.

    `work` does the jobs, in any order. `state` is that of the last build, `units` are those made in this build, by
    slug, `gone` those that are no more.
    """
    changed = {bucket for unit in units.values() for bucket in unit.changed()} | {
        bucket for chunks in gone.values() for bucket in chunks
    }
    beside = key_of(common.settings.site_url)
    if beside != state.beside:
        changed |= state.buckets.keys()
    buckets = {bucket: one for bucket, one in state.buckets.items() if bucket not in changed}
    again = dict(_to_show_again(common, making, buckets))
    lines: dict[str, dict[str, bytes]] = {}
    segments: dict[str, UnitSegments] = {}
    for made in sorted(work(_jobs(making, state, units, gone, changed, again)), key=lambda made: made.name):
        making.take(made.files, made.changed)
        buckets |= made.buckets
        segments |= made.segments
        for shelf, of_shelf in made.lines.items():
            lines.setdefault(shelf, {}).update(of_shelf)
    render, kept = page_maker(common, making), peer_cache(common, making.stage)
    return PeerState(dict(sorted(buckets.items())), _build_list(kept, render, state, lines), beside), segments


def _to_show_again(
    common: Common, making: Making, buckets: Mapping[str, KeptBucket]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Leave pages as they are; yield by bucket those that cannot stay, as their template changed or somebody touched them."""
    beside = cache(partial(template_key, common))
    for bucket, one in buckets.items():
        urls = [page.url for page in one.pages if not making.keep(page.url, key_of(page.key, beside(page.template)))]
        if urls:
            yield bucket, tuple(urls)


def _jobs(
    making: Making,
    state: PeerState,
    units: Mapping[str, UnitChunks],
    gone: Iterable[str],
    changed: Collection[str],
    again: Mapping[str, tuple[str, ...]],
) -> list[PeerJob]:
    """Part the work into jobs of about the same weight; they depend on the work alone, not on who does it."""
    weights = dict.fromkeys(sorted({*changed, *again}), 0)
    former = {bucket: state.buckets[bucket] for bucket in weights if bucket in state.buckets}
    for bucket, one in former.items():
        weights[bucket] = sum(rows.size for rows in one.rows.values())
    for unit in units.values():
        for bucket, _, size in unit.places(changed):
            weights[bucket] += size
    lots = _lots(weights)
    number = {bucket: place for place, lot in enumerate(lots) for bucket in lot}
    said: list[dict[str, tuple[str, tuple[Place, ...]]]] = [{} for _ in lots]
    for slug, unit in units.items():
        for lot, places in groupby(unit.places(changed), lambda place: number[place[0]]):
            said[lot][slug] = (str(unit.file), tuple(places))
    anew = frozenset((*units, *gone))
    return [
        PeerJob(
            changed=tuple(bucket for bucket in lot if bucket in changed),
            again={bucket: again[bucket] for bucket in lot if bucket in again},
            former={bucket: former[bucket] for bucket in lot if bucket in former},
            said=own,
            anew=anew,
            files=making.former(page.url for bucket in lot if bucket in former for page in former[bucket].pages),
            weight=sum(weights[bucket] for bucket in lot),
        )
        for lot, own in zip(lots, said, strict=True)
    ]


def _lots(weights: Mapping[str, int]) -> list[list[str]]:
    """Part buckets, in their order, so that each lot has the weight of a job."""
    lots: list[list[str]] = []
    weight = LOT
    for bucket, own in weights.items():
        if weight >= LOT:
            lots.append([])
            weight = 0
        lots[-1].append(bucket)
        weight += own
    return lots


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
