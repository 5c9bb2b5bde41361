"""The last part of a build: the pages about the whole site, the open data, and all files that are copied."""

import contextlib
import hashlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from generator.build import cache
from generator.build.common import Common
from generator.build.data_building import (
    NO_DATA,
    Database,
    DataFiles,
    DataFileState,
    DataLayout,
    UnitSegments,
    build_data,
)
from generator.build.making import Making
from generator.build.page_making import page_maker
from generator.build.readers import cores
from generator.build.reading import Reading
from generator.build.site_state import KeptUnit
from generator.build.sitemap import make_sitemaps, sitemap_lines
from generator.build.sources import Sources
from generator.errors import JixiaoError, disk_reason
from generator.export.about_files import COVERAGE_JSON, PACKAGE_PATH, RULES
from generator.export.coverage_data import COVERAGE_FILE, coverage_csv, coverage_json
from generator.export.data_files import Site, site_of
from generator.export.data_package import Digest, datapackage
from generator.export.feeds import (
    SITE_FEED,
    corrections_feed,
    corrections_feed_download,
    site_feed,
    site_feed_download,
)
from generator.export.site_files import constant_files, database_downloads, downloads
from generator.load.assemble import digest_of
from generator.load.pages import PagesResult
from generator.plan import urls
from generator.plan.contexts import Download
from generator.plan.coverage import Coverage
from generator.plan.listed import ListedRecord, unpack_listed
from generator.plan.page import PageHeading
from generator.plan.planned import key_of
from generator.plan.planner import OpenData, SiteText, WrittenPage, plan_site
from generator.plan.rows import CorrectionRow
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import SiteView
from generator.plan.urls import CORRECTIONS_FEED
from generator.render.prose import page_headings
from generator.render.theme_assets import theme_assets

_HELD = 512
"""Lists of units that are held in memory at a time."""


def site_view(
    common: Common, reading: Reading, units: Mapping[str, KeptUnit], stage: Path, built: Collection[str]
) -> SiteView:
    """Return the whole site seen from far; rows of units built just now are in `stage`, others where they were kept."""
    here, there = str(stage), str(common.site_cache)

    def fetch(slug: str, kind: str) -> tuple[ListedRecord, ...]:
        place = f"{here if slug in built else there}/{slug}.{kind}"
        return kept_list(place, common.owner, units[slug].digests[kind])

    published = {slug: unit.summary for slug, unit in sorted(units.items()) if unit.summary.parts}
    digests = {slug: units[slug].digests for slug in published}
    return SiteView(reading.registry, common.forms, published, fetch, digests)


@lru_cache(maxsize=_HELD)
def kept_list(place: str, owner: bytes, digest: bytes) -> tuple[ListedRecord, ...]:
    """Return a list that was kept; a preview has it at hand for its next build too."""
    data = cache.kept(place, owner)
    if data is not None and digest_of(data) == digest:
        with contextlib.suppress(msgspec.DecodeError):
            return unpack_listed(data)
    folder = place.rpartition("/")[0]
    raise cache.CacheLostError(f"写到 {folder} 的中间结果读不回来，网站没有改动。请检查磁盘空间和文件夹的权限。")


def build_site_files(
    common: Common,
    reading: Reading,
    sources: Sources,
    view: SiteView,
    making: Making,
    data: tuple[DataLayout, Mapping[str, UnitSegments], Iterable[str]],
    *,
    coverage: Coverage,
    has_feed: bool,
) -> tuple[int, DataLayout]:
    """Make every file that belongs to no unit but the feed; return how many pages these are, and where the data stands."""
    settings, pages = common.settings, sources.pages
    site = SiteCheck(common.rules, {}, {}, common.policy, reading.fingerprint)
    named = site_of(site, name=settings.site_name, url=settings.site_url)
    with ThreadPoolExecutor(cores()) as threads:
        opened = build_data(making, threads, data, named) if common.parts.exports else None
        listed = downloads(opened.files, opened.sizes) if opened else ()
        listed += (site_feed_download(),) if has_feed else ()
        listed += (corrections_feed_download(),) if _add_corrections_feed(making, common, view, sources) else ()
        describe = (
            partial(_describe, making, site, opened, data[0], common, coverage) if opened else lambda: (NO_DATA, ())
        )
        # Databases are listed with their sizes, and made from the finished files; pages need not wait for anything else.
        described = describe() if settings.databases else None
        listed += database_downloads((one.about, one.state.size) for one in described[1]) if described else ()
        count = _build_pages(common, site, pages, view, making, listed, coverage)
        layout, _ = described or describe()
    for name, location in pages.files:
        _copy(making, name, location)
    if not making.keep_all_of(common.theme_key):
        for asset in theme_assets(settings):
            making.make(asset.path, common.theme_key, partial(_read, asset.source))
    return count, layout


def _build_pages(
    common: Common,
    site: SiteCheck,
    pages: PagesResult,
    view: SiteView,
    making: Making,
    listed: tuple[Download, ...],
    coverage: Coverage,
) -> int:
    """Make the pages that belong to no unit; return how many these are."""
    settings = common.settings
    planned = plan_site(
        view,
        site,
        site=SiteText(settings.site_name, settings.site_description, settings.site_url),
        written=_written(pages),
        data=OpenData(listed, _example(view)),
        coverage=coverage,
    )
    render = page_maker(common, making)
    count = 0
    for page in planned:
        render(page)
        count += 1
    return count


def add_sitemap(making: Making, common: Common, urls_of_site: Iterable[str], units: Mapping[str, KeptUnit]) -> None:
    """Make the list of pages for search engines, where the site has an address and is public."""
    settings = common.settings
    if settings.site_url and not settings.internal:
        own = sitemap_lines(urls_of_site, settings.site_url, {})
        for artifact in make_sitemaps(b"".join((own, *(unit.sitemap for unit in units.values()))), settings.site_url):
            making.make(artifact.path, key_of(artifact.content), partial(bytes, artifact.content))


def add_feed(making: Making, common: Common, units: Mapping[str, KeptUnit], day: str) -> None:
    """Make the feed of the site; `day` is the latest that git knows of."""
    settings = common.settings
    if common.parts.exports and not settings.internal:
        entries = (entry for unit in units.values() for entry in unit.feed)
        content = site_feed(
            entries, site_url=settings.site_url, site_name=settings.site_name, publisher=settings.publisher, day=day
        )
        if content:
            making.make(SITE_FEED, key_of(content), lambda: content)


def _add_corrections_feed(making: Making, common: Common, view: SiteView, sources: Sources) -> bool:
    """Make the feed of what was corrected, once anything can be, and tell whether there is one."""
    settings = common.settings
    if not common.parts.exports or settings.internal or not settings.site_url:
        return False
    rows, releases = _corrections(view), sources.published.releases
    content = corrections_feed(
        rows,
        site_url=settings.site_url,
        site_name=settings.site_name,
        publisher=settings.publisher,
        day=releases[0].day if releases else "",
    )
    if content:
        making.make(CORRECTIONS_FEED, key_of(content), lambda: content)
    return bool(content)


def _corrections(view: SiteView) -> list[CorrectionRow]:
    return [row for one in view.whole.records("corrections") for row in one.corrections]


def _describe(
    making: Making, site: SiteCheck, opened: DataFiles, former: DataLayout, common: Common, coverage: Coverage
) -> tuple[DataLayout, tuple[Database, ...]]:
    """Wait for the data, then make what is about it: rules, schemas, databases, the Data Package.

    Return the layout with these in it, and the databases.
    """
    settings = common.settings
    layout = opened.finish()
    rules = former.files.get(RULES.path)
    named = site_of(site, name=settings.site_name, url=settings.site_url)
    key = key_of(common.page_key, site.fingerprint)
    if rules is None or rules.ends != key or not making.keep_all_of(key):
        constants = tuple(constant_files(site, named))
        for artifact in constants:
            making.make(artifact.path, key, partial(bytes, artifact.content))
        rules = DataFileState(len(constants[0].content), hashlib.sha256(constants[0].content).hexdigest(), key)
    listed, told = _make_coverage(making, coverage, former, named, common)
    digests = {file: _digest(layout.files[file.path]) for file in opened.files} | {COVERAGE_FILE: _digest(listed)}
    package = datapackage(digests, _digest(rules), named, coverage=_digest(told))
    databases: tuple[Database, ...] = ()
    if settings.databases:
        # Few sites ask for them.
        from generator.build.database_building import build_databases  # noqa: PLC0415

        databases = build_databases(making, settings.databases, package, former.files, common.tool)
        package = datapackage(
            digests,
            _digest(rules),
            named,
            {(one.about, one.kind): _digest(one.state) for one in databases},
            coverage=_digest(told),
        )
    making.make(PACKAGE_PATH, key_of(package), lambda: package)
    made = {one.about.path: one.state for one in databases}
    made |= {RULES.path: rules, COVERAGE_FILE.path: listed, COVERAGE_JSON.path: told}
    return DataLayout(layout.runs, {**layout.files, **made}), databases


def _make_coverage(
    making: Making, coverage: Coverage, former: DataLayout, site: Site, common: Common
) -> tuple[DataFileState, DataFileState]:
    """Make the data about what is published, CSV and JSON, unless it is as the last build left it."""
    key = key_of(coverage.key, common.page_key, site)
    states = []
    for path, content in (
        (COVERAGE_FILE.path, partial(coverage_csv, coverage)),
        (COVERAGE_JSON.path, partial(coverage_json, coverage, site)),
    ):
        state = former.files.get(path)
        if state is None or state.ends != key or not making.keep(path, key):
            made = content()
            making.make(path, key, partial(bytes, made))
            state = DataFileState(len(made), hashlib.sha256(made).hexdigest(), key)
        states.append(state)
    return states[0], states[1]


def _digest(state: DataFileState) -> Digest:
    return Digest(state.size, state.sha256)


def _example(view: SiteView) -> str:
    for year in view.years:
        for slug in view.section(year=year).parts:
            first = next(one for one in view.rows_of(slug) if one.row.year.title == year)
            return f"{urls.API}/{first.row.url.removesuffix('.html')}.json"
    return ""


def _written(pages: PagesResult) -> tuple[WrittenPage, ...]:
    return tuple(
        WrittenPage(
            page.url, page.title, page.description, page.markdown, partial(_headings, page.markdown),
        )
        for page in pages.pages
    )  # fmt: skip


def _headings(markdown: str) -> tuple[PageHeading, ...]:
    return tuple(PageHeading(*heading) for heading in page_headings(markdown))


def _copy(making: Making, path: str, location: Path) -> None:
    content = _read(location)
    making.make(path, key_of(content), lambda: content)


def _read(location: Path) -> bytes:
    try:
        return location.read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {location}：{disk_reason(error)}。网站没有改动，请再生成一次。") from error
