"""The whole way of a site, from the files in `content/` to the files in `site/`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.artifact import Artifact
from generator.build.history import last_changes
from generator.build.sitemap import make_sitemap
from generator.build.writer import write_site
from generator.errors import JixiaoError
from generator.export.artifacts import DATA_FILES, export_artifacts
from generator.finding import Finding, has_errors, in_reading_order
from generator.forms.definitions import load_forms
from generator.load.assemble import Loaded, load_catalog
from generator.load.faults import SAME_ADDRESS
from generator.load.pages import PagesResult, load_pages
from generator.origin import START, Origin
from generator.plan.contexts import Download
from generator.plan.page import Page, PageHeading
from generator.plan.planner import MENU, SiteText, WrittenPage, plan_site
from generator.plan.rows import Lines, make_lines
from generator.plan.urls import NOT_FOUND, record_url, source_url
from generator.render.prose import page_headings
from generator.render.renderer import Renderer
from generator.render.shell import NavEntry, load_shell
from generator.render.theme_assets import theme_assets
from generator.settings import Settings

Report = Callable[[str], None]
"""Takes one line of progress, in Chinese."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and did."""

    findings: tuple[Finding, ...]
    failed: tuple[str, ...]
    """Files with errors; their records are not on the site."""
    records: int
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    published: bool = True
    """False where the build stopped before writing anything."""


def check_content(settings: Settings) -> tuple[Loaded, PagesResult, tuple[Finding, ...]]:
    """Read everything and return all that is wrong with it, in reading order."""
    forms = load_forms(settings.template_dirs)
    loaded = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=forms,
    )
    pages = _beside_our_own(load_pages(settings.pages_dir, settings.project_dir, settings.page_titles), settings)
    return loaded, pages, in_reading_order((*loaded.findings, *pages.findings))


def _beside_our_own(pages: PagesResult, settings: Settings) -> PagesResult:
    """Set aside hand-written pages at an address that the site needs itself."""
    ours = {url: title for title, url, _ in MENU} | {NOT_FOUND: "没有这个页面"}
    findings = [
        SAME_ADDRESS.at(
            Origin(_printed(settings.pages_dir / page.path, settings.project_dir), *START),
            f"手写页与本站自带的“{ours[page.url]}”是同一网址：{page.url}",
            found=page.path, expected="本站没有用到的文件名", hint="给这个文件改名，例如 about.md",
        )
        for page in pages.pages
        if page.url in ours
    ]  # fmt: skip
    others = tuple(page for page in pages.pages if page.url not in ours)
    return PagesResult(others, pages.files, (*pages.findings, *findings))


def _printed(path: Path, project_dir: Path) -> str:
    return path.relative_to(project_dir).as_posix() if path.is_relative_to(project_dir) else path.as_posix()


def build_site(settings: Settings, *, site_dir: Path, keep_going: bool, live: bool, report: Report) -> BuildReport:
    """Build the site into a folder.

    Where a record cannot be read nothing is written, unless `keep_going` publishes the others.
    Raises JixiaoError where building makes no sense or the disk refuses.
    """
    _refuse_dangerous(site_dir, settings)
    loaded, pages, findings = check_content(settings)
    failed = tuple(dict.fromkeys(finding.origin.path for finding in findings if has_errors((finding,))))
    count = len(loaded.catalog.records)
    if failed and not keep_going:
        return BuildReport(findings, failed, count, published=False)
    report(f"读入 {count} 份记录")
    lines = {record.id: make_lines(record, loaded.catalog) for record in loaded.catalog.records}
    modified = last_changes(settings.project_dir, settings.records_dir)
    planned = list(_pages(settings, loaded, pages, lines, modified))
    nav = [NavEntry(*entry) for entry in MENU]
    nav += [NavEntry(page.title, page.url, page.url.removesuffix(".html")) for page in pages.pages]
    renderer = Renderer(settings.template_dirs, load_shell(settings, nav, live=live), root_path=settings.root_path)
    done = write_site(site_dir, _artifacts(settings, loaded, pages, lines, planned, renderer, modified))
    report(
        f"生成 {len(planned)} 个页面：写入 {len(done.written)} 个文件，未变 {done.unchanged} 个，删除 {len(done.removed)} 个"
    )
    return BuildReport(findings, failed, count, done.written, done.unchanged, done.removed)


def _pages(
    settings: Settings, loaded: Loaded, pages: PagesResult, lines: Mapping[str, Lines], modified: Mapping[str, str]
) -> Iterator[Page]:
    def source_of(identifier: str) -> tuple[str, str]:
        source = loaded.sources[identifier]
        return source.location.suffix, source.location.read_bytes().decode("utf-8-sig")

    written = [
        WrittenPage(page.url, page.title, page.description, page.markdown, tuple(PageHeading(*h) for h in page_headings(page.markdown)))
        for page in pages.pages
    ]  # fmt: skip
    yield from plan_site(
        loaded.catalog,
        lines,
        site=SiteText(settings.site_name, settings.site_description, settings.site_url),
        written=written,
        downloads=tuple(Download(file.title, file.path, file.description) for file in DATA_FILES),
        source_of=source_of,
        modified=modified,
    )


def _artifacts(
    settings: Settings, loaded: Loaded, pages: PagesResult, lines: Mapping[str, Lines], planned: list[Page],
    renderer: Renderer, modified: Mapping[str, str],
) -> Iterator[Artifact]:  # fmt: skip
    """Yield every file of the site."""
    yield from renderer.render_all(planned)
    for record in loaded.catalog.records:
        location = loaded.sources[record.id].location
        yield Artifact(source_url(record, location.suffix), location.read_bytes())
    yield from export_artifacts(loaded.catalog, lines, site_url=settings.site_url, site_name=settings.site_name)
    for name, location in pages.files:
        yield Artifact(name, location.read_bytes())
    for asset in theme_assets(settings):
        yield Artifact(asset.path, asset.source.read_bytes())
    if settings.site_url:
        dates = {record_url(record): modified.get(record.path, "") for record in loaded.catalog.records}
        yield Artifact("sitemap.xml", make_sitemap(planned, settings.site_url, dates))


def _refuse_dangerous(site_dir: Path, settings: Settings) -> None:
    """Refuse to write a site over the project or its content."""
    site = site_dir.resolve()
    project = settings.project_dir.resolve()
    if site == project or site in project.parents:
        raise JixiaoError(
            f"site_dir 是 {site_dir}，会盖住项目本身。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
        )
    for folder in (settings.records_dir, settings.registry_dir, settings.pages_dir, *settings.template_dirs):
        inner = folder.resolve()
        if site == inner or site in inner.parents or inner in site.parents:
            raise JixiaoError(
                f"site_dir 是 {site_dir}，与 {folder} 重叠。请在 mkdocs.yml 里另设一个文件夹，例如 site_dir: site。"
            )
