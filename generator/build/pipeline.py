"""The whole way of a site, from the files in `content/` to the files in `site/`, doing only what has to be done."""

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.build import cache
from generator.build.basis import Basis, Surroundings, make_basis
from generator.build.building_jobs import building_jobs, kept_unit
from generator.build.common import Common
from generator.build.data_building import NO_DATA, UnitSegments
from generator.build.glance import folder_times, look, times_after
from generator.build.glance_state import Glance, forget_glance, keep_glance, read_glance
from generator.build.history import NO_LOG, Log, head_of
from generator.build.inputs import CODE, Stamps, Watched, installed_at, stamps_of, to_keep
from generator.build.kept_verdicts import KIND as VERDICTS
from generator.build.last_build import LastBuild, read_last_build
from generator.build.left import what_is_left
from generator.build.listeners import PagesMade, ignore
from generator.build.making import Making
from generator.build.memory import peak_memory
from generator.build.old_contents import absent_here
from generator.build.order import Order
from generator.build.peer_building import NO_PEERS, PeerState, build_peers
from generator.build.peer_cache import file_of
from generator.build.peer_chunks import KIND as ANSWERS
from generator.build.peer_chunks import UnitChunks, peer_file
from generator.build.publish import Change, claim, owned, publish, refuse_taken
from generator.build.published_list import list_of
from generator.build.reading import Reading, read_all
from generator.build.report import BuildReport, as_unchanged
from generator.build.search_building import (
    NO_SEARCH,
    SearchPlaces,
    SearchState,
    SearchUnit,
    build_search,
)
from generator.build.site_building import add_feed, add_sitemap, build_site_files, site_view
from generator.build.site_place import refuse_dangerous, refuse_links
from generator.build.site_state import KeptUnit, SiteState, keep_site
from generator.build.sources import Sources, load_sources, watched_folders, with_records
from generator.build.stage import Stage
from generator.build.staging import empty, staging, writing
from generator.build.tool import PACKAGE, owner_of, tool_digest
from generator.build.unit_building import Outputs, UnitBuilt
from generator.build.unit_histories import FILE as HISTORIES
from generator.build.unit_histories import Histories, last_changes
from generator.build.unit_histories import Kept as KeptHistories
from generator.build.unit_search import KIND
from generator.build.workers import Crew
from generator.check.outcome import Outcome
from generator.finding import Severity, in_reading_order
from generator.model.obligations import duties_of, turning_days
from generator.plan.coverage import Coverage
from generator.plan.listed import ROW_KINDS
from generator.plan.site_view import SiteView

_NO_ANSWER = "git 没有答复，网页上这一次没有修改记录和更新日期；下次生成时再问。"


def build_site(order: Order) -> BuildReport:
    """Build a site, or find that there is nothing to do.

    Where a record cannot be read nothing is written, unless the order says to publish the others.
    Raises JixiaoError where building makes no sense, a template or a pack is faulty, or the disk refuses.
    """
    seen = order.seen or look(order.kept, order.options, order.today)
    if (
        seen is not None
        and seen.is_unchanged
        and not order.to_leave
        and Path(seen.glance.site_dir) == order.site_dir.absolute()
    ):
        return seen.glance.report
    settings = order.settings
    refuse_dangerous(order.site_dir, settings)
    if order.site_dir.is_dir() and seen is None:
        owned(order.site_dir)
    watched = Watched(
        {name: str(path) for name, path in watched_folders(settings).items()} | {CODE: PACKAGE},
        (*order.watched, str(list_of(settings.project_dir)), *installed_at()),
    )
    stamps = seen.stamps if seen is not None and seen.glance.watched == watched else stamps_of(watched)
    if seen is None:
        now = _Now(watched, stamps, head_of(settings.project_dir), folder_times(order.site_dir))
    else:
        now = _Now(watched, stamps, seen.head, seen.site)
    with staging(order.site_dir) as folder:
        try:
            return _Build(order, folder, now).run()
        except cache.CacheLostError:
            # Once more from nothing, and with nothing kept where it was lost.
            order.listeners.made(PagesMade("", frozenset()))
            forget_everything(order.kept, order.cache_dir)
            empty(folder)
            return _Build(replace(order, cache_dir=folder), folder, now).run()


class _Now(NamedTuple):
    """What was found before anything was read."""

    watched: Watched
    stamps: dict[str, Stamps]
    head: str
    """Where git stands."""
    site: dict[str, int]
    """Times of the site's folders."""


class _Build:
    """One build, from the first record to the last file."""

    def __init__(self, order: Order, folder: Path, now: _Now) -> None:
        self._order = order
        self._folder = folder
        self._now = now
        self._stamps = now.stamps
        self._stage = Stage(str(order.site_dir.absolute()), str(folder.absolute()))
        with writing(folder):
            for name in ("tree", "cache", "segments"):
                (folder / name).mkdir()
        self._seconds: dict[str, float] = {}
        self._turns = ("", "")
        # Before anything is read, so that whatever changes from here on is seen by the next build.
        self._to_keep = to_keep(self._stamps, folder.stat().st_mtime_ns)
        # Once more, for another build may have ended since the first glance: this one holds the lock.
        self._left = order.left if order.left and order.left.is_current else None
        self._glance = self._left.glance if self._left else read_glance(order.kept)
        self._is_as_before = self._has_new_records_alone()
        # A page may need what is not in its place yet, such as a new style sheet.
        self._listeners = order.listeners if self._is_as_before else order.listeners._replace(made=ignore)
        self._tool = self._tool_digest()
        self._owner = owner_of(self._tool, order.settings.project_dir)

    def run(self) -> BuildReport:
        """Build."""
        with ExitStack() as crews:
            return self._run(crews)

    def _run(self, crews: ExitStack) -> BuildReport:
        order = self._order
        before = read_last_build(order, self._owner, self._glance, self._stage, self._now.site)
        state = before.state
        with self._timed("read"):
            basis, log, histories = self._basis(before)
            sources, common = basis.sources, basis.common
            crew = crews.enter_context(Crew(common, self._stage, order.jobs, order.executor, self._listeners))
            reading = read_all(common, sources, crew, state.read if state else {})
        count = sum(len(files) for files in reading.published.values())
        if reading.failed and not order.keep_going:
            return BuildReport(reading.findings, reading.failed, count, {}, published=False)
        with self._timed("build"):
            units, built = self._units(common, sources, reading, (log, histories), before, crew)
            # What the workers remember takes more memory than all that is left to do.
            crew.relieve()
        self._listeners.made(
            PagesMade(self._stage.tree, frozenset(path for one in built.values() for path in one.changed))
        )
        gone = tuple(slug for slug in state.units if slug not in units) if state else ()
        former = before.outputs((*built, *gone))
        with self._timed("site"):
            making = Making(self._stage, state.files if state else {})
            view = site_view(common, reading, units, self._folder / "cache", built)
            peers, side_by_side = self._peers(common, making, crew, state.peers if state else NO_PEERS, built, former)
            crew.relieve()
            segments = {slug: self._segments(slug, one, former.get(slug)) for slug, one in built.items()}
            segments |= side_by_side
            data = (state.data if state else NO_DATA, segments, gone)
            has_feed = any(unit.feed for unit in units.values())
            coverage = Coverage(view, duties_of(sources.obligations), order.today)
            self._turns = turning_days(coverage.duties, order.today)
            pages, layout = build_site_files(
                common,
                reading,
                sources,
                view,
                making,
                data,
                coverage=coverage,
                has_feed=has_feed,
            )
            search = self._search(common, making, view, reading, sources, units, built, state)
            add_feed(making, common, units, max(log.dates.values(), default=""))
            add_sitemap(making, common, [path for path in making.files if path.endswith(".html")], units)
        with self._timed("write"):
            change = self._change(before, built, former, making)
            refuse_taken(order.site_dir, change)
            forget_glance(order.kept)
            removed = publish(order.site_dir, self._folder, change)
        if change.changed or removed:
            order.listeners.published()
        broken = tuple(finding for unit in units.values() for finding in unit.broken)
        total = len(making.files) + sum(unit.files for unit in units.values())
        report = BuildReport(
            findings=in_reading_order({*reading.findings, *broken}),
            failed=reading.failed,
            records=count,
            rule_counts=_added(unit.rule_counts for unit in units.values()),
            is_broken=any(one.outcome == Outcome.ERROR for one in (*reading.findings, *broken)),
            pages=pages + peers.pages + sum(unit.pages for unit in units.values()),
            written=tuple(sorted(change.changed)),
            unchanged=total - len(change.changed),
            removed=removed,
            seconds=self._seconds,
            peak_memory=peak_memory(),
            warnings=(_NO_ANSWER,) if self._now.head and not log.head else (),
        )
        self._keep(
            SiteState(sources.found, dict(reading.units), units, making.files, layout, log, peers, search),
            basis,
            reading,
            report,
            _no_more(gone, state, peers),
        )
        return report

    def _search(
        self,
        common: Common,
        making: Making,
        view: SiteView,
        reading: Reading,
        sources: Sources,
        units: Mapping[str, KeptUnit],
        built: Mapping[str, UnitBuilt],
        state: SiteState | None,
    ) -> SearchState:
        """Make what scripts search in, where data is made at all."""
        if not common.parts.exports:
            return NO_SEARCH
        known = state.units if state else {}
        given = {
            slug: SearchUnit(
                units[slug].search,
                units[slug].digests[KIND],
                known[slug].digests.get(KIND, b"") if slug in known else b"",
                is_built=slug in built,
            )
            for slug in view.units
        }
        before = (state.search, state.files) if state else (NO_SEARCH, {})
        places = SearchPlaces(self._folder / "cache", self._order.kept)
        return build_search(making, common, view, given, sources.pages.pages, reading.fingerprint, places, before)

    def _has_new_records_alone(self) -> bool:
        """Tell whether all inputs but the records are as they were at the last build."""
        before = self._glance.stamps if self._glance else {}
        return all(before.get(name) == stamps for name, stamps in self._stamps.items() if name != "records")

    def _tool_digest(self) -> bytes:
        """Return what made the pages, from the last build where the source is as it was then."""
        glance = self._glance
        packages = {path: self._stamps[""][path] for path in installed_at()}
        if glance is None or glance.stamps.get(CODE) != self._stamps[CODE]:
            return tool_digest(self._stamps[CODE])
        same = all(glance.stamps[""].get(path) == stamp for path, stamp in packages.items())
        return glance.tool if same else tool_digest(self._stamps[CODE])

    def _basis(self, before: LastBuild) -> tuple[Basis, Log, Histories]:
        """Read everything but the records, and what git knows of these."""
        order, state = self._order, before.state
        settings = order.settings
        times = (before.stamps.get("records", {}), self._stamps["records"])
        former = None
        if state and self._left and self._is_as_before:
            former = self._left.basis
            sources = with_records(former.sources, settings, state.found, *times)
        else:
            sources = load_sources(settings, state.found if state else None, *times)
        log, histories = last_changes(
            settings.project_dir, settings.records_dir, self._now.head, state.log if state else NO_LOG,
            KeptHistories(order.kept / HISTORIES, self._folder / "cache" / HISTORIES),
        )  # fmt: skip
        around = Surroundings(self._tool, self._owner, self._stamps, self._folder)
        return make_basis(order, around, sources, former, has_dates=bool(log.dates)), log, histories

    def _units(
        self,
        common: Common,
        sources: Sources,
        reading: Reading,
        known: tuple[Log, Histories],
        before: LastBuild,
        crew: Crew,
    ) -> tuple[dict[str, KeptUnit], dict[str, UnitBuilt]]:
        """Make what belongs to each unit; return all units that publish anything, and those made just now."""
        (log, histories), jobs = known, {}
        kept: dict[str, KeptUnit] = {}
        absent, arrived = self._sought(before)
        for job in building_jobs(sources, reading, log, histories.digest, common):
            slug, key = job.unit.slug, job.key(common)
            former = before.state.units.get(slug) if before.state and slug not in before.damaged else None
            sought = former.absent if former is not None else ()
            come = tuple(blob for blob in sought if blob in arrived)
            if former is not None and former.key == key and not come:
                kept[slug] = former
            else:
                still = tuple(blob for blob in sought if blob in absent)
                whole = msgspec.structs.replace(job, histories=histories.of(slug), absent=still, arrived=come)
                jobs[slug] = (whole, key)
        built = {one.summary.slug: one for one in crew.build([job for job, _ in jobs.values()], before.unit_digests())}
        for slug, one in built.items():
            job, key = jobs[slug]
            kept[slug] = kept_unit(one, job, key, common.settings.site_url)
        return dict(sorted(kept.items())), built

    def _sought(self, before: LastBuild) -> tuple[frozenset[str], frozenset[str]]:
        """Return what earlier builds asked git for in vain: what is still not here, and what is by now."""
        sought = {blob for one in (before.state.units.values() if before.state else ()) for blob in one.absent}
        if not sought:
            return frozenset(), frozenset()
        absent = absent_here(self._order.settings.project_dir, sought)
        return absent, frozenset(sought) - absent

    def _peers(
        self,
        common: Common,
        making: Making,
        crew: Crew,
        state: PeerState,
        built: Mapping[str, UnitBuilt],
        former: Mapping[str, Outputs],
    ) -> tuple[PeerState, dict[str, UnitSegments]]:
        """Make the pages that put units side by side; `former` are the outputs of units made again, or gone."""
        units = {
            slug: UnitChunks(
                peer_file(self._stage, slug), one.outputs.peers, former[slug].peers if slug in former else {}
            )
            for slug, one in built.items()
        }
        gone = {slug: one.peers for slug, one in former.items() if slug not in built}
        return build_peers(common, making, crew.compare, state, units, gone)

    def _segments(self, slug: str, built: UnitBuilt, former: Outputs | None) -> UnitSegments:
        file = self._folder / "segments" / slug
        return UnitSegments(str(file), built.outputs.segments, former.segments if former else ())

    def _change(
        self, before: LastBuild, built: Mapping[str, UnitBuilt], former: Mapping[str, Outputs], making: Making
    ) -> Change:
        """Return what is to become of the site; `former` are the outputs of units made again, or gone."""
        changed = frozenset(path for one in built.values() for path in one.changed) | frozenset(making.changed)
        made = [path for files in (*(one.outputs.files for one in built.values()), making.files) for path in files]
        after = frozenset(made)
        if before.state is None:
            claim(made)
            previous = owned(self._order.site_dir)
            return Change(previous, after - previous, previous - after, changed)
        earlier = {path for one in former.values() for path in one.files} | before.state.files.keys()
        added, gone = after - earlier, earlier - after
        previous = owned(self._order.site_dir) if added or gone else frozenset()
        # What is ours and was none of theirs belongs to a unit that is not made again.
        claim([*made, *(previous & added)])
        claim((previous - gone) | added)
        return Change(previous, added, frozenset(gone), changed)

    def _keep(
        self, state: SiteState, basis: Basis, reading: Reading, report: BuildReport, forgotten: Iterable[str]
    ) -> None:
        """Keep what the next build starts from; the glance comes last, for it says that everything is in place."""
        order, settings = self._order, self._order.settings
        if not cache.take_in(self._folder / "cache", order.kept):
            return
        for name in forgotten:
            cache.forget(order.kept / name)
        keep_site(order.kept, state, self._owner)
        if order.watched:
            glance = Glance(
                options=order.options,
                tool=self._tool,
                project_dir=str(settings.project_dir),
                site_dir=str(order.site_dir.absolute()),
                folders=dict(self._now.watched.folders),
                files=self._now.watched.files,
                stamps=self._to_keep,
                head=_settled_head(state),
                day=order.today.isoformat() if reading.depends_on_day else "",
                turns=self._turns,
                site=times_after(order.site_dir, self._now.site, (*report.written, *report.removed)),
                report=as_unchanged(report),
                warnings=settings.warnings,
            )
            keep_glance(order.kept, glance)
            order.listeners.left(what_is_left(order.kept, self._owner, glance, state, basis))

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._seconds[stage] = round(time.perf_counter() - start, 3)


def forget_everything(kept: Path, cache_dir: Path) -> None:
    """Forget all that earlier builds kept, about this site and about the records.

    Raises JixiaoError where a link leads out of the cache: what is there is none of ours.
    """
    refuse_links(cache_dir, kept.parent)
    for folder in (kept, cache_dir / "records"):
        shutil.rmtree(folder, ignore_errors=True)


def _settled_head(state: SiteState) -> str:
    """Return where git stood, or nothing where the next build is to ask it again though it stands there still."""
    return "" if any(unit.absent for unit in state.units.values()) else state.log.head


def _no_more(gone: Iterable[str], before: SiteState | None, peers: PeerState) -> Iterator[str]:
    """Yield the files of the cache that nothing asks for any more, `gone` being the units that are no more."""
    yield from (f"{slug}.{ending}" for slug in gone for ending in (*ROW_KINDS, KIND, ANSWERS, VERDICTS, "files"))
    yield from map(file_of, (before.peers.names if before else frozenset()) - peers.names)


def _added(counts: Iterable[Mapping[Severity, int]]) -> dict[Severity, int]:
    total: Counter[Severity] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)
