"""Third job of a build: make the pages of some buckets, and their rows of the open data.

Of each bucket all that units say in it is kept, so a job needs no more than what those say that were made just now.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.build.breadcrumb import at_work_on
from generator.build.common import Common
from generator.build.data_building import UnitSegments
from generator.build.making import Making
from generator.build.page_making import page_maker
from generator.build.peer_cache import PeerCache
from generator.build.peer_chunks import Place, read_chunks
from generator.build.peer_segments import KeptRows, PeerSegments
from generator.build.stage import FileState, Stage
from generator.export.peer_rows import peer_rows
from generator.load.assemble import digest_of
from generator.plan.peer_index import peer_lines
from generator.plan.peer_pages import bucket_url, peer_pages
from generator.plan.peers import peer_indicators
from generator.plan.planned import Planned


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


class PeerJob(Struct, frozen=True):
    """Some buckets, and all that making their pages depends on besides what jobs have in common."""

    changed: tuple[str, ...]
    """Those in which a unit says something else than before."""
    again: dict[str, tuple[str, ...]]
    """Pages of other buckets that are to be made anew, by bucket."""
    former: dict[str, KeptBucket]
    """What the last build made of them, both of those that changed and of the others."""
    said: dict[str, tuple[str, tuple[Place, ...]]]
    """Where the units made in this build say something in those that changed: in which file, by slug."""
    anew: frozenset[str]
    """Slugs of all units of which nothing holds that they said before."""
    files: dict[str, FileState]
    """Their pages as the last build left them."""
    weight: int
    """How much work it is: roughly the bytes of what units say."""

    @property
    def count(self) -> int:
        """How many buckets there are."""
        return len(self.changed) + len(self.again)

    @property
    def name(self) -> str:
        """Return what no other job of the build is called."""
        return min((*self.changed, *self.again))


class PeersMade(Struct, frozen=True):
    """What a job came to."""

    name: str
    buckets: dict[str, KeptBucket]
    """Those that changed, as far as anybody says anything in them."""
    lines: dict[str, dict[str, bytes]]
    """Lines in the list of all indicators that changed, by shelf and bucket; nothing where there are none any more."""
    segments: dict[str, UnitSegments]
    """See `PeerSegments`."""
    files: dict[str, FileState]
    changed: tuple[str, ...]
    """Those of the files that wait on the stage."""


def peer_cache(common: Common, stage: Stage) -> PeerCache:
    """Return what keeps buckets and shelves."""
    return PeerCache(common.site_cache, Path(stage.folder) / "cache", common.owner)


def make_peers(common: Common, job: PeerJob, stage: Stage) -> PeersMade:
    """Make the pages of some buckets, collect their rows of the open data, and keep what the next build starts from."""
    at_work_on(bucket_url(job.name))
    kept, making = peer_cache(common, stage), Making(stage, job.files)
    render = page_maker(common, making)
    site_url = common.settings.site_url
    buckets: dict[str, KeptBucket] = {}
    lines: dict[str, dict[str, bytes]] = {}
    with PeerSegments(Path(stage.folder) / "segments", job.name) as segments:
        for bucket, answers in _answers(kept, job):
            at_work_on(bucket_url(bucket))
            before = job.former.get(bucket, _NOTHING)
            found = peer_indicators(answers)
            pages = tuple(peer_pages(bucket, found))
            for page in pages:
                render(page)
            own = peer_lines(found)
            after = KeptBucket(
                digest=kept.put(bucket, answers) if answers else b"",
                pages=tuple(KeptPage(page.url, page.template, page.key) for page in pages),
                lines={shelf: digest_of(data) for shelf, data in own.items()},
                rows=segments.add(bucket, peer_rows(found, site_url), before.rows),
            )
            for shelf in after.lines.keys() | before.lines.keys():
                if after.lines.get(shelf) != before.lines.get(shelf):
                    lines.setdefault(shelf, {})[bucket] = own.get(shelf, b"")
            if answers:
                buckets[bucket] = after
    _show_again(kept, render, job)
    at_work_on("")
    return PeersMade(job.name, buckets, lines, segments.found, making.files, tuple(making.changed))


_NOTHING = KeptBucket(b"", (), {}, {})


def _answers(kept: PeerCache, job: PeerJob) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield what all units say in each bucket that changed, by slug in order."""
    new: dict[str, dict[str, bytes]] = {bucket: {} for bucket in job.changed}
    for slug, (file, places) in job.said.items():
        for bucket, data in read_chunks(file, places):
            new[bucket][slug] = data
    for bucket in job.changed:
        former = job.former.get(bucket)
        others = kept.get(bucket, former.digest) if former else {}
        whole = {slug: data for slug, data in others.items() if slug not in job.anew} | new.pop(bucket)
        yield bucket, dict(sorted(whole.items()))


def _show_again(kept: PeerCache, render: Callable[[Planned], None], job: PeerJob) -> None:
    """Make pages of buckets that did not change."""
    for bucket, urls in job.again.items():
        at_work_on(bucket_url(bucket))
        for page in peer_pages(bucket, peer_indicators(kept.get(bucket, job.former[bucket].digest))):
            if page.url in urls:
                render(page)
