"""The last part of a build: the pages about the whole site, the open data, and all files that are copied."""

import contextlib
import hashlib
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from generator.build import cache
from generator.build.common import Common
from generator.build.data_building import NO_DATA, DataLayout, UnitSegments, build_data
from generator.build.making import Making
from generator.build.reading import Reading
from generator.build.site_state import KeptUnit
from generator.build.sitemap import make_sitemaps, sitemap_lines
from generator.build.unit_building import page_key
from generator.build.workers import renderer_of
from generator.errors import JixiaoError
from generator.export.data_files import DataFile, site_of
from generator.export.data_package import PATH as PACKAGE_PATH
from generator.export.data_package import Digest, datapackage
from generator.export.site_files import constant_files, downloads
from generator.load.assemble import digest_of
from generator.load.pages import PagesResult
from generator.plan import urls
from generator.plan.listed import ListedRecord, unpack_listed
from generator.plan.page import PageHeading
from generator.plan.planned import Planned, key_of
from generator.plan.planner import OpenData, SiteText, WrittenPage, plan_site
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import SiteView
from generator.render.prose import page_headings
from generator.render.renderer import Renderer
from generator.render.theme_assets import theme_assets

_HELD = 512
"""Lists of units that are held in memory at a time."""


def site_view(
    common: Common, reading: Reading, units: Mapping[str, KeptUnit], stage: Path, built: Collection[str]
) -> SiteView:
    """Return the whole site seen from far; rows of units built just now are in `stage`, others where they were kept."""

    @lru_cache(maxsize=_HELD)
    def fetch(slug: str, kind: str) -> tuple[ListedRecord, ...]:
        data = cache.kept((stage if slug in built else common.site_cache) / f"{slug}.{kind}", common.owner)
        if data is not None and digest_of(data) == units[slug].digests[kind]:
            with contextlib.suppress(msgspec.DecodeError):
                return unpack_listed(data)
        raise cache.CacheLostError(
            f"写到 {common.site_cache} 的中间结果读不回来，网站没有改动。请检查磁盘空间和文件夹的权限。"
        )

    published = {slug: unit.summary for slug, unit in sorted(units.items()) if unit.summary.parts}
    return SiteView(reading.registry, common.forms, published, fetch)


def build_site_files(
    common: Common,
    reading: Reading,
    pages: PagesResult,
    view: SiteView,
    making: Making,
    data: tuple[DataLayout, Mapping[str, UnitSegments], Iterable[str]],
) -> tuple[int, DataLayout]:
    """Make every file that belongs to no unit; return how many pages these are, and where the data stands."""
    settings = common.settings
    site = SiteCheck(common.rules, {}, {}, common.policy, reading.fingerprint)
    files: tuple[DataFile, ...] = ()
    layout = NO_DATA
    if common.parts.exports:
        named = site_of(site, name=settings.site_name, url=settings.site_url)
        files, layout = build_data(making, *data, named)
        _describe(making, site, files, layout, common)
    planned = plan_site(
        view,
        site,
        site=SiteText(settings.site_name, settings.site_description, settings.site_url),
        written=_written(pages),
        data=OpenData(downloads(files) if files else (), _example(view)),
    )
    renderer = renderer_of(common)
    count = 0
    for page in planned:
        making.make(page.url, key_of(page.key, page_key(common, page)), partial(_rendered, renderer, page))
        count += 1
    for name, location in pages.files:
        _copy(making, name, location)
    if not making.keep_all_of(common.theme_key):
        for asset in theme_assets(settings):
            making.make(asset.path, common.theme_key, partial(_read, asset.source))
    return count, layout


def _rendered(renderer: Renderer, page: Planned) -> bytes:
    return renderer.render(page.make()).content


def add_sitemap(making: Making, common: Common, urls_of_site: Iterable[str], units: Mapping[str, KeptUnit]) -> None:
    """Make the list of pages for search engines, where the site has an address and is public."""
    settings = common.settings
    if settings.site_url and not settings.internal:
        own = sitemap_lines(urls_of_site, settings.site_url, {})
        for artifact in make_sitemaps(b"".join((own, *(unit.sitemap for unit in units.values()))), settings.site_url):
            making.make(artifact.path, key_of(artifact.content), partial(bytes, artifact.content))


def _describe(making: Making, site: SiteCheck, files: Iterable[DataFile], layout: DataLayout, common: Common) -> None:
    """Make the files about the data: rules, schemas, the Data Package."""
    settings = common.settings
    named = site_of(site, name=settings.site_name, url=settings.site_url)
    constants = tuple(constant_files(site, named))
    for artifact in constants:
        making.make(artifact.path, key_of(artifact.content), partial(bytes, artifact.content))
    digests = {file: Digest(layout.files[file.path].size, layout.files[file.path].sha256) for file in files}
    rules = constants[0].content
    package = datapackage(digests, Digest(len(rules), hashlib.sha256(rules).hexdigest()), named)
    making.make(PACKAGE_PATH, key_of(package), lambda: package)


def _example(view: SiteView) -> str:
    for year in view.years:
        for slug in view.section(year=year).parts:
            first = next(one for one in view.rows_of(slug) if one.row.year.title == year)
            return f"{urls.API}/{first.row.url.removesuffix('.html')}.json"
    return ""


def _written(pages: PagesResult) -> tuple[WrittenPage, ...]:
    return tuple(
        WrittenPage(
            page.url, page.title, page.description, page.markdown,
            tuple(PageHeading(*heading) for heading in page_headings(page.markdown)),
        )
        for page in pages.pages
    )  # fmt: skip


def _copy(making: Making, path: str, location: Path) -> None:
    content = _read(location)
    making.make(path, key_of(content), lambda: content)


def _read(location: Path) -> bytes:
    try:
        return location.read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {location}：{error.strerror or error}。网站没有改动，请再生成一次。") from error
