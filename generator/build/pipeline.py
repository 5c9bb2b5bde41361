"""The whole way of a site, from the files in `content/` to the files in `site/`, doing only what has to be done."""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.build import cache
from generator.build.common import ALL_PARTS, Common, Parts
from generator.build.data_building import NO_DATA, UnitSegments
from generator.build.frame import kept_shell, template_digests
from generator.build.glance import BUILT, Look, folder_times, look, times_after
from generator.build.glance_state import Glance, forget_glance, keep_glance, read_glance
from generator.build.history import NO_LOG, head_of, last_changes
from generator.build.inputs import Stamps, Watched, installed_at, stamps_of, to_keep
from generator.build.making import Making
from generator.build.memory import peak_memory
from generator.build.publish import Change, claim, owned, publish, refuse_taken
from generator.build.reading import Reading, read_all
from generator.build.report import BuildReport, as_unchanged
from generator.build.site_building import add_sitemap, build_site_files, site_view
from generator.build.site_state import KeptUnit, SiteState, keep_site, read_site
from generator.build.sitemap import sitemap_lines
from generator.build.sources import Sources, load_sources, watched_folders
from generator.build.stage import Stage
from generator.build.staging import empty, staging, writing
from generator.build.tool import PACKAGE, tool_digest
from generator.build.unit_building import Outputs, UnitBuilt, kept_outputs
from generator.build.unit_checking import BuildingJob
from generator.build.workers import Crew, Progress, cores
from generator.check.outcome import Outcome
from generator.errors import JixiaoError
from generator.finding import Severity, in_reading_order
from generator.plan import urls
from generator.plan.planned import key_of
from generator.plan.planner import MENU
from generator.plan.rows import LONGEST
from generator.render.shell import NavEntry
from generator.settings import Settings


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Take progress that nobody wants to see."""


@dataclass(frozen=True)
class Order:
    """How a build is to be done."""

    settings: Settings
    site_dir: Path
    keep_going: bool
    """Whether to publish the other records where some cannot be read."""
    live: bool
    """Whether the site is a preview."""
    today: date
    kept: Path
    """Folder for what is kept about this site until the next build."""
    cache_dir: Path
    """Folder for what is kept about records."""
    jobs: int = field(default_factory=cores)
    """Processes to work with."""
    executor: Executor | None = None
    """Who takes the jobs instead of processes of this machine."""
    parts: Parts = ALL_PARTS
    options: bytes = b""
    """Digest of how the build was called; a build called in another way starts from nothing."""
    watched: tuple[str, ...] = ()
    """Single files that the build depends on, such as mkdocs.yml; none where they do not say all."""
    progress: Progress = say_nothing
    seen: Look | None = None
    """What was seen at a glance already."""


@dataclass(frozen=True)
class _Before:
    """What is known from the last build."""

    state: SiteState | None
    stamps: Mapping[str, Stamps]
    damaged: frozenset[str]
    """Units of which a file was touched since."""


def build_site(order: Order) -> BuildReport:
    """Build a site, or find that there is nothing to do.

    Where a record cannot be read nothing is written, unless the order says to publish the others.
    Raises JixiaoError where building makes no sense, a template or a pack is faulty, or the disk refuses.
    """
    seen = order.seen or look(order.kept, order.options, order.today)
    if seen is not None and seen.is_unchanged and Path(seen.glance.site_dir) == order.site_dir.absolute():
        return seen.glance.report
    settings = order.settings
    _refuse_dangerous(order.site_dir, settings)
    if order.site_dir.is_dir() and seen is None:
        owned(order.site_dir)
    watched = Watched(
        {name: str(path) for name, path in watched_folders(settings).items()} | {"code": PACKAGE},
        (*order.watched, *installed_at()),
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
        # Before anything is read, so that whatever changes from here on is seen by the next build.
        self._to_keep = to_keep(self._stamps, folder.stat().st_mtime_ns)
        self._tool = self._tool_digest()
        self._owner = key_of(self._tool, os.fsencode(order.settings.project_dir))

    def run(self) -> BuildReport:
        """Build."""
        with ExitStack() as crews:
            return self._run(crews)

    def _run(self, crews: ExitStack) -> BuildReport:
        order = self._order
        before = self._before()
        state = before.state
        with self._timed("read"):
            sources = load_sources(
                order.settings,
                state.found if state else None,
                before.stamps.get("records", {}),
                self._stamps["records"],
            )
            common = self._common(sources)
            crew = crews.enter_context(Crew(common, self._stage, order.jobs, order.executor, order.progress))
            reading = read_all(common, sources, crew, state.read if state else {})
        count = sum(len(files) for files in reading.published.values())
        if reading.failed and not order.keep_going:
            return BuildReport(reading.findings, reading.failed, count, {}, published=False)
        log = last_changes(
            order.settings.project_dir, order.settings.records_dir, self._now.head, state.log if state else NO_LOG
        )
        with self._timed("build"):
            units, built = self._units(common, sources, reading, log.dates, before, crew)
        gone = tuple(slug for slug in state.units if slug not in units) if state else ()
        former = self._former(state, (*built, *gone)) if state else {}
        with self._timed("site"):
            making = Making(self._stage, state.files if state else {})
            view = site_view(common, reading, units, self._folder / "cache", built)
            segments = {slug: self._segments(slug, one, former.get(slug)) for slug, one in built.items()}
            data = (state.data if state else NO_DATA, segments, gone)
            pages, layout = build_site_files(common, reading, sources.pages, view, making, data)
            add_sitemap(making, common, [path for path in making.files if path.endswith(".html")], units)
        with self._timed("write"):
            change = self._change(before, built, former, making)
            refuse_taken(order.site_dir, change)
            forget_glance(order.kept)
            removed = publish(order.site_dir, self._folder, change)
        broken = tuple(finding for unit in units.values() for finding in unit.broken)
        total = len(making.files) + sum(unit.files for unit in units.values())
        report = BuildReport(
            findings=in_reading_order({*reading.findings, *broken}),
            failed=reading.failed,
            records=count,
            rule_counts=_added(unit.rule_counts for unit in units.values()),
            is_broken=any(one.outcome == Outcome.ERROR for one in (*reading.findings, *broken)),
            pages=pages + sum(unit.pages for unit in units.values()),
            written=tuple(sorted(change.changed)),
            unchanged=total - len(change.changed),
            removed=removed,
            seconds=self._seconds,
            peak_memory=peak_memory(),
        )
        self._keep(
            SiteState(sources.found, dict(reading.units), units, making.files, layout, log), reading, report, gone
        )
        return report

    def _tool_digest(self) -> bytes:
        """Return what made the pages, from the last build where the source is as it was then."""
        glance = read_glance(self._order.kept)
        packages = {path: self._stamps[""][path] for path in installed_at()}
        if glance is None or glance.stamps.get("code") != self._stamps["code"]:
            return tool_digest(self._stamps["code"])
        same = all(glance.stamps[""].get(path) == stamp for path, stamp in packages.items())
        return glance.tool if same else tool_digest(self._stamps["code"])

    def _before(self) -> _Before:
        """Return what the last build left, as far as it can be trusted."""
        order = self._order
        glance = read_glance(order.kept)
        state = read_site(order.kept, self._owner)
        if glance is None or state is None or glance.options != order.options:
            return _Before(None, {}, frozenset())
        is_ours = self._now.site.get(BUILT) == glance.site.get(BUILT)
        if Path(glance.site_dir) != order.site_dir.absolute() or not is_ours or not self._is_data_intact(state):
            return _Before(None, glance.stamps, frozenset())
        damaged = frozenset() if self._now.site == glance.site else self._damaged(state)
        return _Before(state, glance.stamps, damaged)

    def _is_data_intact(self, state: SiteState) -> bool:
        return all(path in state.files and self._stage.is_intact(path, state.files[path]) for path in state.data.files)

    def _damaged(self, state: SiteState) -> frozenset[str]:
        """Return the units of which a file is not as we left it."""
        outputs = {slug: self._outputs(state, slug) for slug in state.units}
        return frozenset(
            slug
            for slug, one in outputs.items()
            if one is None or not all(self._stage.is_intact(path, file) for path, file in one.files.items())
        )

    def _common(self, sources: Sources) -> Common:
        order, settings = self._order, self._order.settings
        nav = [NavEntry(*entry) for entry in MENU]
        nav += [NavEntry(page.title, page.url, page.url.removesuffix(".html")) for page in sources.pages.pages]
        theme = {name: stamps for name, stamps in self._stamps.items() if name.startswith(("templates", "theme"))}
        theme_key = key_of(self._tool, theme, msgspec.msgpack.encode(settings, enc_hook=os.fsencode))
        shell = kept_shell(settings, nav, live=order.live, kept=order.kept, key=key_of(theme_key, nav, order.live))
        forms = [form.identifier for form in sources.forms.definitions]
        return Common(
            settings=settings,
            forms=sources.forms,
            library=sources.library,
            registry=sources.registry,
            shell=shell,
            theme_key=theme_key,
            today=order.today,
            parts=order.parts,
            tool=self._tool,
            owner=self._owner,
            record_cache=self._record_cache(),
            site_cache=order.kept,
            template_digests=template_digests(settings, shell, forms, order.kept, self._tool),
        )

    def _record_cache(self) -> Path:
        """Return where records are kept; a project that cannot be written to has them kept for this build alone."""
        settings = self._order.settings
        # Sites that are checked by other packs would take what is kept from each other again and again.
        name = key_of(settings.rule_packs, os.fsencode(settings.records_dir), self._order.parts.checks).hex()[:12]
        folder = self._order.cache_dir / "records" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Nobody is to commit what is kept.
            (self._order.cache_dir / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError:
            return self._folder / "records"
        return folder if os.access(folder, os.W_OK) else self._folder / "records"

    def _units(
        self,
        common: Common,
        sources: Sources,
        reading: Reading,
        dates: Mapping[str, str],
        before: _Before,
        crew: Crew,
    ) -> tuple[dict[str, KeptUnit], dict[str, UnitBuilt]]:
        """Make what belongs to each unit; return all units that publish anything, and those made just now."""
        jobs = {}
        kept: dict[str, KeptUnit] = {}
        for job in _building_jobs(sources, reading, dates, common):
            slug, key = job.unit.slug, job.key(common)
            known = before.state.units.get(slug) if before.state and slug not in before.damaged else None
            if known is not None and known.key == key:
                kept[slug] = known
            else:
                jobs[slug] = (job, key)
        built = {
            one.summary.slug: one
            for one in crew.build([job for job, _ in jobs.values()], self._former_digests(before.state))
        }
        for slug, one in built.items():
            job, key = jobs[slug]
            kept[slug] = _kept(one, job, key, common.settings.site_url)
        return dict(sorted(kept.items())), built

    def _outputs(self, state: SiteState, slug: str) -> Outputs | None:
        known = state.units.get(slug)
        return kept_outputs(self._order.kept, slug, self._owner, known.digests["files"]) if known else None

    def _former_digests(self, state: SiteState | None) -> dict[str, bytes]:
        return {slug: one.digests["files"] for slug, one in state.units.items()} if state else {}

    def _former(self, state: SiteState, slugs: Iterable[str]) -> dict[str, Outputs]:
        """Return what was kept of units that are made again, or gone."""
        former: dict[str, Outputs] = {}
        for slug in slugs:
            outputs = self._outputs(state, slug)
            if outputs is not None:
                former[slug] = outputs
            elif slug in state.units:
                raise cache.CacheLostError(f"{self._order.kept} 里的中间结果读不回来，网站没有改动。请再生成一次。")
        return former

    def _segments(self, slug: str, built: UnitBuilt, former: Outputs | None) -> UnitSegments:
        file = self._folder / "segments" / slug
        return UnitSegments(str(file), built.outputs.segments, former.segments if former else ())

    def _change(
        self, before: _Before, built: Mapping[str, UnitBuilt], former: Mapping[str, Outputs], making: Making
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

    def _keep(self, state: SiteState, reading: Reading, report: BuildReport, gone: Iterable[str]) -> None:
        """Keep what the next build starts from; the glance comes last, for it says that everything is in place."""
        order, settings = self._order, self._order.settings
        if not cache.take_in(self._folder / "cache", order.kept):
            return
        for slug in gone:
            for ending in ("rows", "files"):
                cache.forget(order.kept / f"{slug}.{ending}")
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
                head=self._now.head,
                day=order.today.isoformat() if reading.has_waivers else "",
                site=times_after(order.site_dir, self._now.site, (*report.written, *report.removed)),
                report=as_unchanged(report),
                warnings=settings.warnings,
            )
            keep_glance(order.kept, glance)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._seconds[stage] = round(time.perf_counter() - start, 3)


def forget_everything(kept: Path, cache_dir: Path) -> None:
    """Forget all that earlier builds kept, about this site and about the records."""
    for folder in (kept, cache_dir / "records"):
        shutil.rmtree(folder, ignore_errors=True)


def _building_jobs(
    sources: Sources, reading: Reading, dates: Mapping[str, str], common: Common
) -> Iterator[BuildingJob]:
    """Yield what is to be made of each unit that publishes anything."""
    published = [file for files in reading.published.values() for file in files]
    totals = (
        (urls.INDICATORS, sum(one.indicators for one in published)),
        (urls.DEVIATIONS, sum(one.deviations for one in published)),
    )
    splits = tuple(url for url, total in totals if total > LONGEST)
    day = common.today.isoformat()
    for slug, unit in reading.units.items():
        shown = {file.id for file in reading.published[slug]}
        readable = [file for file in unit.files if file.key]
        if not shown:
            continue
        places = {file.id: file for file in sources.found.units[slug]}
        yield BuildingJob(
            unit=unit.unit,
            files=tuple(places[file.id] for file in readable),
            digests=tuple(file.digest for file in readable),
            keys=tuple(file.key for file in readable),
            kept_back=tuple(file.id for file in readable if file.id not in shown),
            shared=reading.groups.get(slug, ()),
            modified={file.path: dates[file.path] for file in readable if file.path in dates},
            splits=splits,
            fingerprint=reading.fingerprint,
            day=day if any(file.has_waivers for file in readable) else "",
        )


def _kept(built: UnitBuilt, job: BuildingJob, key: bytes, site_url: str) -> KeptUnit:
    pages = sorted(path for path in built.outputs.files if path.endswith(".html"))
    dates = {f"records/{file.id}.html": job.modified.get(file.path, "") for file in job.files}
    return KeptUnit(
        key=key,
        summary=built.summary,
        broken=built.broken,
        rule_counts=built.rule_counts,
        pages=built.pages,
        files=len(built.outputs.files),
        digests=built.digests,
        sitemap=sitemap_lines(pages, site_url, dates) if site_url else b"",
    )


def _added(counts: Iterable[Mapping[Severity, int]]) -> dict[Severity, int]:
    total: Counter[Severity] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def _refuse_dangerous(site_dir: Path, settings: Settings) -> None:
    """Refuse to write a site over the project or its content."""
    site = site_dir.resolve()
    project = settings.project_dir.resolve()
    if site == project or site in project.parents:
        raise JixiaoError(
            f"site_dir 是 {site_dir}，会盖住项目本身。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
        )
    for folder in (
        settings.records_dir,
        settings.registry_dir,
        settings.pages_dir,
        settings.rule_packs_dir,
        *settings.template_dirs,
    ):
        inner = folder.resolve()
        if site == inner or site in inner.parents or inner in site.parents:
            raise JixiaoError(
                f"site_dir 是 {site_dir}，与 {folder} 重叠。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
            )
