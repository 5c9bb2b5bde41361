"""Pages about many records: the home page, and a page for each unit, department, year, project and form."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct

from generator.model.amounts import MainAmounts
from generator.model.catalog import Catalog, Project
from generator.model.forms import FormDefinition
from generator.plan import urls
from generator.plan.charts import Chart, execution_chart, rates_chart, spread_chart
from generator.plan.contexts import (
    Download,
    Entry,
    Group,
    HomeContext,
    RecordGroupContext,
)  # fmt: skip
from generator.plan.documents import year_documents
from generator.plan.listed import ListedRecord
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import LONGEST, Link, RecordRow, department_link
from generator.plan.site_view import Section, SiteView
from generator.plan.tally import Tally, tally_of
from generator.plan.totals import project_totals, totals_by_kind

_LATEST = 8


def home_page(view: SiteView, *, site_name: str, description: str, duties: int = 0) -> Planned:
    """Plan the home page; `duties` is how many forms are registered that have to be published."""

    def plan() -> Page:
        tally = view.whole.tally
        context = HomeContext(
            site_name=site_name,
            description=description,
            records=tally.records,
            units=len(view.units),
            years=tuple(reversed(view.years)),
            totals=totals_by_kind(tally),
            projects=project_totals(tally),
            scores=(tally.scores[0][0], _median(tally), tally.scores[-1][0]) if tally.scores else None,
            charts=_distributions(tally),
            deviations=tally.deviations,
            unexplained=tally.unexplained,
            findings=tally.findings,
            contradicting=tally.contradicting,
            topics=_topics(view, duties),
            ways=_ways(view),
            latest=tuple(_latest(view)),
        )
        return Page(urls.HOME, "pages/home.html", context, site_name, description, "home", wide=True)

    key = key_of(view.whole.digest, view.registry.units, view.registry.departments, site_name, description, duties)
    return Planned(urls.HOME, "pages/home.html", key, plan)


def _median(tally: Tally) -> Decimal:
    """Return the middle score; of two in the middle, what lies between them."""
    count = sum(times for _, times in tally.scores)
    low, high = (_score_at(tally, position) for position in ((count - 1) // 2, count // 2))
    return low if count % 2 else (low + high) / 2


def _score_at(tally: Tally, position: int) -> Decimal:
    for score, times in tally.scores:
        if position < times:
            return score
        position -= times
    raise IndexError(position)


def _latest(view: SiteView) -> list[RecordRow]:
    """Return the first records of the newest year."""
    found: list[RecordRow] = []
    for year in view.years:
        for slug in view.section(year=year).parts:
            if len(found) < _LATEST:
                found += [one.row for one in view.rows_of(slug) if one.row.year.title == year]
    return found[:_LATEST]


def _topics(view: SiteView, duties: int) -> tuple[Entry, ...]:
    tally = view.whole.tally
    coverage = Entry("公开情况", urls.COVERAGE, len(view.units), "个单位有公开的表")
    if duties:
        coverage = Entry("公开情况", urls.COVERAGE, duties, "项应当公开的表")
    return (
        Entry("预算变动", urls.BUDGET_CHANGES, tally.budgets, f"份自评表，{tally.halved} 份调减一半以上且基本执行完"),
        Entry("未达目标", urls.MISSED_TARGETS, tally.missed, f"行指标，{tally.missed_unpunished} 行仍得满分"),
        Entry("全部偏差", urls.DEVIATIONS, tally.deviations, f"行指标，{tally.unexplained} 行未填写原因"),
        Entry("满分", urls.FULL_MARKS, tally.full_marks, f"份自评得满分，{tally.full_marks_missed} 份有未达目标的指标"),
        coverage,
    )


def _ways(view: SiteView) -> tuple[Group, ...]:
    registry = view.registry
    years = (Entry(f"{year}年度", urls.year_url(year), view.section(year=year).tally.records) for year in view.years)
    units = (Entry(registry.units[slug].name, urls.unit_url(slug), unit.records) for slug, unit in view.units.items())
    departments = (
        Entry(
            registry.departments[slug].name, urls.department_url(slug), sum(view.units[unit].records for unit in found)
        )
        for slug, found in view.units_by_department.items()
        if slug
    )
    forms = (
        Entry(form_title(view.forms.by_identifier(form)), urls.form_url(form), view.section(form=form).tally.records)
        for form in view.form_identifiers
    )
    groups = (
        ("年度", urls.YEARS, years), ("单位", urls.UNITS, units), ("主管部门", urls.DEPARTMENTS, departments),
        ("项目", urls.PROJECTS, _first_projects(view)), ("表样", urls.FORMS, forms),
    )  # fmt: skip
    return tuple(Group(title, url, tuple(islice(entries, _SHOWN))) for title, url, entries in groups)


def _first_projects(view: SiteView) -> Iterable[Entry]:
    for slug in view.units:
        for link, found in by_project(view.rows_of(slug)).items():
            yield Entry(link.title, link.url, len(found), view.registry.units[slug].name)


def by_project(found: Iterable[ListedRecord]) -> dict[Link, list[ListedRecord]]:
    """Return the records of a unit project by project, by the address of the project."""
    projects: dict[Link, list[ListedRecord]] = {}
    for one in found:
        projects.setdefault(one.row.project, []).append(one)
    return {link: projects[link] for link in sorted(projects, key=lambda link: link.url.removesuffix(".html"))}


_SHOWN = 12
"""How many entries a way into the site names before it points at its index."""


def _project_entry(project: Project) -> Entry:
    return Entry(project.name, urls.project_url(project.unit, project.key), len(project.records))


def unit_page(
    slug: str,
    catalog: Catalog,
    found: Sequence[ListedRecord],
    digest: bytes,
    feed: Link | None = None,
    exports: tuple[str, ...] = (),
) -> Planned:
    """Plan the page of a unit; the catalog has its records, `digest` is that of all their rows.

    `feed` tells of them, `exports` are the formats in which their forms can be had.
    """
    unit = catalog.registry.units[slug]
    department = department_link(unit.department, catalog)
    projects = tuple(_project_entry(project) for project in catalog.projects.values())
    subject = _Subject(
        Link(unit.name, urls.unit_url(slug)),
        Link("单位", urls.UNITS),
        f"{unit.name}公开的全部绩效表。",
        (
            ("主管部门", department),
            ("所在区", Link(unit.district, "")),
            ("承诺与结果", _promises(slug, found)),
            ("同类指标", Link("与其他单位比较", f"{urls.PEERS}#unit={slug}")),
            ("订阅更新", _named_atom(feed)),
            *_question_sheets(slug, found),
        ),
        (Group("项目", "", projects),),
        feed,
        year_documents(slug, catalog.records, exports),
    )
    return _planned(subject, digest, lambda: _group_page(subject, tally_of(found), lambda _: found))


def _promises(slug: str, found: Iterable[ListedRecord]) -> Link:
    """Return where the unit's declarations are compared with its self-evaluations; an empty link where none are."""
    page = f"{urls.PROMISES.removesuffix('.html')}/{slug}.html"
    return Link("申报与自评逐项对照", page) if any(one.promises for one in found) else Link("", "")


def _question_sheets(slug: str, found: Iterable[ListedRecord]) -> Iterable[tuple[str, Link]]:
    """Yield the way to the sheet of questions on each year, the newest first."""
    for year in dict.fromkeys(one.row.year.title for one in found):
        yield "问题单", Link(f"{year}年度", urls.question_sheet_url(slug, year))


def _named_atom(feed: Link | None) -> Link:
    return Link("Atom", feed.url) if feed else Link("", "")


def department_pages(view: SiteView) -> Iterable[Planned]:
    """Plan a page for every competent department that has records."""
    for slug, found in view.units_by_department.items():
        if not slug:
            continue
        department = view.registry.departments[slug]
        units = tuple(
            Entry(view.registry.units[unit].name, urls.unit_url(unit), view.units[unit].records) for unit in found
        )
        subject = _Subject(
            Link(department.name, urls.department_url(slug)),
            Link("主管部门", urls.DEPARTMENTS),
            f"{department.name}及所属单位公开的全部绩效表。",
            (("所在区", Link(department.district, "")),),
            (Group("所属单位", "", units),),
        )
        yield _section_page(subject, view.section(units=found))


def year_pages(view: SiteView) -> Iterable[Planned]:
    """Plan a page for every year."""
    for year in sorted(view.years):
        section = view.section(year=year)
        subject = _Subject(
            Link(f"{year}年度", urls.year_url(year)),
            Link("年度", urls.YEARS),
            f"{year}年度公开的全部绩效表。",
            (),
            (_units_of(section),),
        )
        yield _section_page(subject, section)


def form_title(form: FormDefinition) -> str:
    """Name a form so that two layouts of one title are told apart."""
    return f"其他表（{form.layout}版式）" if form.any_title else f"{form.titles[0]}（{form.layout}）"


def form_pages(view: SiteView) -> Iterable[Planned]:
    """Plan a page for every form that has records."""
    for identifier in view.form_identifiers:
        form = view.forms.by_identifier(identifier)
        section = view.section(form=identifier)
        subject = _Subject(
            Link(form_title(form), urls.form_url(identifier)),
            Link("表样", urls.FORMS),
            f"{form.description}。",
            (),
            (_units_of(section),),
        )
        yield _section_page(subject, section)


def _units_of(section: Section) -> Group:
    """List the units of some records, with how many of them each has."""
    units = section.view.registry.units
    entries = (
        Entry(units[slug].name, urls.unit_url(slug), sum(part.tally.records for part in parts))
        for slug, parts in section.parts.items()
    )
    return Group("单位", "", tuple(entries))


class _Subject(Struct, frozen=True):
    """What a page about several records says of them besides the records."""

    link: Link
    index: Link
    """The list it stands in, which says what kind of thing it is."""
    lead: str
    facts: tuple[tuple[str, Link], ...]
    groups: tuple[Group, ...]
    feed: Link | None = None
    downloads: tuple[Download, ...] = ()


_TEMPLATE = "pages/record_group.html"


def _planned(subject: _Subject, digest: bytes, make: Callable[[], Page]) -> Planned:
    groups = [(group.title, [(one.title, one.url, one.count) for one in group.entries]) for group in subject.groups]
    files = [(one.title, one.url, one.description) for one in subject.downloads]
    key = key_of(subject.link, subject.index, subject.lead, subject.facts, groups, digest, files)
    return Planned(subject.link.url, _TEMPLATE, key, make)


def _section_page(subject: _Subject, section: Section) -> Planned:
    return _planned(subject, section.digest, lambda: _group_page(subject, section.tally, section.records))


def _group_page(subject: _Subject, tally: Tally, fetch: Callable[[str], Sequence[ListedRecord]]) -> Page:
    """Plan the page of one subject; `fetch` gives its records with the rows of a kind, see `Section.records`."""
    rows = tuple(one.row for one in fetch("rows")) if tally.records <= LONGEST else ()
    deviations = fetch("deviations") if 0 < tally.deviations <= _BESIDE else ()
    findings = fetch("findings") if 0 < tally.listed_findings <= _BESIDE else ()
    few = tally.records <= _FEW
    context = RecordGroupContext(
        heading=subject.link.title,
        kind=subject.index.title,
        lead=subject.lead,
        facts=tuple((label, link) for label, link in subject.facts if link.title),
        totals=totals_by_kind(tally),
        total=tally.records,
        rows=rows,
        groups=tuple(group for group in subject.groups if group.entries),
        downloads=subject.downloads,
        charts=_present(execution_chart("预算执行", _labelled(rows))) if few else _distributions(tally),
        deviation_count=tally.deviations,
        deviations=tuple(row for one in deviations for row in one.deviations),
        finding_count=tally.listed_findings,
        findings=tuple(row for one in findings for row in one.findings),
    )
    return Page(
        url=subject.link.url,
        template=_TEMPLATE,
        context=context,
        title=subject.link.title,
        description=subject.lead,
        section=subject.index.url.removesuffix(".html"),
        crumbs=(subject.index, Link(subject.link.title, "")),
        wide=True,
        feed=subject.feed,
    )


_FEW = 6
"""Up to so many records a bar for each says more than a distribution."""

_BESIDE = 300
"""Deviations, and findings, that may stand on a page beside the records they come from."""


def _distributions(tally: Tally) -> tuple[Chart, ...]:
    return _present(spread_chart(tally.scores), rates_chart(tally.rates))


def _present(*charts: Chart | None) -> tuple[Chart, ...]:
    return tuple(chart for chart in charts if chart)


def _labelled(rows: Sequence[RecordRow]) -> Iterable[tuple[str, str, MainAmounts]]:
    return ((f"{row.year.title} {row.name}", row.url, row.amounts) for row in reversed(rows))
