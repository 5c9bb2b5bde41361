"""The whole way of a site, from the files in `content/` to the files in `site/`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.artifact import Artifact
from generator.build.addresses import beside_our_own
from generator.build.history import last_changes
from generator.build.sitemap import make_sitemap
from generator.build.writer import write_site
from generator.check.fingerprint import fingerprint
from generator.check.outcome import Outcome
from generator.check.pack import Pack
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import load_packs
from generator.check.policy import Policy, PublicFindings, seen_checks
from generator.check.registry import all_rules
from generator.check.result import CheckReport
from generator.check.runner import check_catalog
from generator.errors import JixiaoError
from generator.export.artifacts import DATA_FILES, export_artifacts
from generator.finding import Finding, has_errors, in_reading_order
from generator.forms.definitions import load_forms
from generator.load.assemble import Loaded, digest_of, load_catalog
from generator.load.pages import PagesResult, load_pages
from generator.model.catalog import Catalog, make_catalog
from generator.plan.page import Page, PageHeading
from generator.plan.planner import MENU, SiteText, WrittenPage, plan_site
from generator.plan.rows import Lines, make_lines
from generator.plan.site_check import SiteCheck
from generator.plan.urls import record_url, source_url
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

    check: CheckReport
    failed: tuple[str, ...]
    """Files that cannot be read without error or hold personal data; their records are not on the site."""
    records: int
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    published: bool = True
    """False where the build stopped before writing anything."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What reading found, what keeps records from being published, and rules that broke down, in reading order."""
        rules = (one for check in self.check.checks.values() for one in check.findings)
        told = (one for one in rules if one.outcome == Outcome.ERROR or _keeps_back(one))
        return in_reading_order((*self.check.reading, *told))

    @property
    def is_broken(self) -> bool:
        """Tell whether a rule broke down, so that something was not checked."""
        return any(one.outcome == Outcome.ERROR for one in self.findings)


class Content(NamedTuple):
    """Everything that was read, and all that is wrong with it."""

    loaded: Loaded
    pages: PagesResult
    check: CheckReport
    packs: Mapping[str, Pack]
    """The rule pack that holds for each record, by its id."""


def check_content(settings: Settings, *, today: date) -> Content:
    """Read everything, then ask the rules of all that could be read; waivers count until their last day.

    Raises JixiaoError where a rule pack is faulty.
    """
    forms = load_forms(settings.template_dirs)
    library = load_packs(settings.rule_packs_dir, settings.project_dir)
    loaded = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=forms,
        packs=library.files,
    )
    choice = PackChoice(library, settings.rule_packs, loaded.catalog)
    pages = beside_our_own(load_pages(settings.pages_dir, settings.project_dir, settings.page_titles), settings)
    reading = in_reading_order((*loaded.findings, *pages.findings, *choice.idle()))
    packs = {record.id: choice(record) for record in loaded.catalog.records}
    return Content(loaded, pages, _checked(reading, loaded.catalog, choice, today), packs)


def try_pack(settings: Settings, content: Content, pack: Path, *, today: date) -> CheckReport:
    """Check content that was read once more, with a rule pack on trial laid over those selected.

    It takes the place of a pack of the same name; see `check.trial` for comparing the two reports.
    Raises JixiaoError where the pack is faulty, or no record is in its scope, so that there is nothing to compare.
    """
    library = load_packs(settings.rule_packs_dir, settings.project_dir, trial=pack)
    selection = tuple(dict.fromkeys((*settings.rule_packs, pack.stem)))
    choice = PackChoice(library, selection, content.loaded.catalog)
    if pack.stem not in {file.identifier for file in choice.used()}:
        raise JixiaoError(
            f"没有一份表在规则包 {pack.stem} 的适用范围之内，无从比较。"
            "请核对规则包里的“适用”和登记表里单位的“所在区”；要拿全部的表来试，先去掉“适用”。"
        )
    return _checked(content.check.reading, content.loaded.catalog, choice, today)


def _checked(reading: tuple[Finding, ...], catalog: Catalog, choice: PackChoice, today: date) -> CheckReport:
    checks = check_catalog(catalog, all_rules(), choice, today=today)
    return CheckReport(reading, checks, fingerprint=fingerprint(choice.used(), choice.selection))


def build_site(
    settings: Settings, *, site_dir: Path, keep_going: bool, live: bool, today: date, report: Report
) -> BuildReport:
    """Build the site into a folder.

    Where a record cannot be read nothing is written, unless `keep_going` publishes the others.
    Raises JixiaoError where building makes no sense or the disk refuses.
    """
    _refuse_dangerous(site_dir, settings)
    content = check_content(settings, today=today)
    failed = _not_for_publication(content.check)
    content = _without(content, failed)
    count = len(content.loaded.catalog.records)
    if failed and not keep_going:
        return BuildReport(content.check, failed, count, published=False)
    report(f"读入 {count} 份记录")
    source = _Source(settings, *content)
    urls: list[str] = []
    done = write_site(site_dir, _artifacts(source, urls, live=live))
    report(
        f"生成 {len(urls)} 个页面：写入 {len(done.written)} 个文件，未变 {done.unchanged} 个，删除 {len(done.removed)} 个"
    )
    return BuildReport(content.check, failed, count, done.written, done.unchanged, done.removed)


def _keeps_back(finding: Finding) -> bool:
    """Tell whether a finding keeps its record from being published: personal data that nobody waived."""
    rule = all_rules().get(finding.code)
    return rule is not None and rule.keeps_back and finding.outcome == Outcome.FAIL


def _not_for_publication(check: CheckReport) -> tuple[str, ...]:
    """Return the files that are not published, in reading order."""
    unreadable = (finding for finding in check.reading if has_errors((finding,)))
    private = (finding for one in check.checks.values() for finding in one.findings if _keeps_back(finding))
    return tuple(dict.fromkeys(finding.origin.path for finding in in_reading_order((*unreadable, *private))))


def _without(content: Content, failed: tuple[str, ...]) -> Content:
    """Return the content without the records of some files."""
    catalog = content.loaded.catalog
    kept = tuple(record for record in catalog.records if record.path not in failed)
    if len(kept) == len(catalog.records):
        return content
    return content._replace(loaded=content.loaded._replace(catalog=make_catalog(kept, catalog.registry, catalog.forms)))


@dataclass(frozen=True, slots=True)
class _Source:
    """All that a site is made of."""

    settings: Settings
    loaded: Loaded
    pages: PagesResult
    check: CheckReport
    packs: Mapping[str, Pack]

    def site_check(self) -> SiteCheck:
        """Return what of the check the site shows."""
        policy = Policy(PublicFindings(self.settings.public_findings), internal=self.settings.internal)
        rules = all_rules()
        checks = {record.id: self.check.checks[record.id] for record in self.loaded.catalog.records}
        seen = seen_checks(checks, rules, self.packs, policy)
        return SiteCheck(rules, self.packs, seen, policy, self.check.fingerprint)

    def bytes_of(self, identifier: str) -> bytes:
        """Return a record's file as it was checked; refuse one that has been changed since."""
        file = self.loaded.sources[identifier]
        data = _read(file.location)
        if digest_of(data) != self.loaded.digests[identifier]:
            raise JixiaoError(f"{file.path} 在生成过程中被改动，网站没有改动。请再生成一次。")
        return data

    def text_of(self, identifier: str) -> tuple[str, str]:
        """Return the ending and the text of a record's file."""
        suffix = self.loaded.sources[identifier].location.suffix
        return suffix, self.bytes_of(identifier).decode("utf-8-sig")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {path}：{error.strerror or error}。网站没有改动，请再生成一次。") from error


def _artifacts(source: _Source, urls: list[str], *, live: bool) -> Iterator[Artifact]:
    """Yield every file of the site, each made as it is asked for, and note the addresses of the pages."""
    settings, loaded = source.settings, source.loaded
    catalog = loaded.catalog
    check = source.site_check()
    lines = {record.id: make_lines(record, catalog, check) for record in catalog.records}
    modified = last_changes(settings.project_dir, settings.records_dir)
    nav = [NavEntry(*entry) for entry in MENU]
    nav += [NavEntry(page.title, page.url, page.url.removesuffix(".html")) for page in source.pages.pages]
    renderer = Renderer(settings.template_dirs, load_shell(settings, nav, live=live), root_path=settings.root_path)
    yield from renderer.render_all(_noted(_pages(source, lines, check, modified), urls))
    for record in catalog.records:
        suffix = loaded.sources[record.id].location.suffix
        yield Artifact(source_url(record, suffix), source.bytes_of(record.id))
    yield from export_artifacts(catalog, lines, check, site_url=settings.site_url, site_name=settings.site_name)
    for name, location in source.pages.files:
        yield Artifact(name, _read(location))
    for asset in theme_assets(settings):
        yield Artifact(asset.path, _read(asset.source))
    if settings.site_url and not settings.internal:
        dates = {record_url(record): modified.get(record.path, "") for record in catalog.records}
        yield Artifact("sitemap.xml", make_sitemap(urls, settings.site_url, dates))


def _noted(pages: Iterable[Page], urls: list[str]) -> Iterator[Page]:
    """Pass pages on one by one, so that none is kept longer than its rendering takes."""
    for page in pages:
        urls.append(page.url)
        yield page


def _pages(
    source: _Source, lines: Mapping[str, Lines], check: SiteCheck, modified: Mapping[str, str]
) -> Iterable[Page]:
    settings = source.settings
    written = [
        WrittenPage(page.url, page.title, page.description, page.markdown, tuple(PageHeading(*h) for h in page_headings(page.markdown)))
        for page in source.pages.pages
    ]  # fmt: skip
    return plan_site(
        source.loaded.catalog,
        lines,
        check,
        site=SiteText(settings.site_name, settings.site_description, settings.site_url),
        written=written,
        downloads=DATA_FILES,
        source_of=source.text_of,
        modified=modified,
    )


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
