"""Pages about many records: the home page, and a page and an index for units, departments, years, projects and forms."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median

from generator.model.catalog import Catalog, Project
from generator.model.forms import FormDefinition
from generator.model.records import Record
from generator.plan import urls
from generator.plan.charts import execution_chart, spread_chart
from generator.plan.contexts import (
    Entry,
    Group,
    HomeContext,
    ProjectContext,
    RecordGroupContext,
)  # fmt: skip
from generator.plan.page import Page
from generator.plan.rows import LONGEST, Lines, Link, RecordRow, department_link
from generator.plan.totals import project_totals, totals_by_kind

_LATEST = 8

AllLines = Mapping[str, Lines]
"""The lines of every record by id, in the order of the catalog."""


def home_page(catalog: Catalog, lines: AllLines, *, site_name: str, description: str) -> Page:
    """Plan the home page."""
    rows = [line.row for line in lines.values()]
    deviations = [row for line in lines.values() for row in line.deviations]
    scores = _scores(rows)
    context = HomeContext(
        site_name=site_name,
        description=description,
        records=len(rows),
        units=len(catalog.by_unit),
        years=tuple(sorted(catalog.by_year)),
        totals=totals_by_kind(rows),
        projects=project_totals(rows),
        scores=(scores[0], Decimal(median(scores)), scores[-1]) if scores else None,
        spread=spread_chart(scores),
        deviations=len(deviations),
        unexplained=sum(1 for row in deviations if not row.reason.text),
        findings=sum(row.findings for row in rows),
        contradicting=sum(1 for row in rows if row.contradictions),
        ways=_ways(catalog),
        latest=tuple(rows[:_LATEST]),
    )
    return Page(urls.HOME, "pages/home.html", context, site_name, description, "home", wide=True)


def _ways(catalog: Catalog) -> tuple[Group, ...]:
    years = (
        Entry(f"{year}年度", urls.year_url(year), len(found))
        for year, found in sorted(catalog.by_year.items(), reverse=True)
    )
    units = (
        Entry(catalog.registry.units[slug].name, urls.unit_url(slug), len(found))
        for slug, found in catalog.by_unit.items()
    )
    departments = (
        Entry(catalog.registry.departments[slug].name, urls.department_url(slug), len(found))
        for slug, found in catalog.by_department.items()
        if slug
    )
    projects = (
        _project_entry(project, catalog.registry.units[project.unit].name) for project in catalog.projects.values()
    )
    forms = (
        Entry(form_title(catalog.forms.by_identifier(identifier)), urls.form_url(identifier), len(found))
        for identifier, found in catalog.by_form.items()
    )
    groups = (
        ("年度", urls.YEARS, years), ("单位", urls.UNITS, units), ("主管部门", urls.DEPARTMENTS, departments),
        ("项目", urls.PROJECTS, projects), ("表样", urls.FORMS, forms),
    )  # fmt: skip
    return tuple(Group(title, url, tuple(entries)[:_SHOWN]) for title, url, entries in groups)


_SHOWN = 12
"""How many entries a way into the site names before it points at its index."""


def _project_entry(project: Project, note: str = "") -> Entry:
    return Entry(project.name, urls.project_url(project.unit, project.key), len(project.records), note)


def project_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every project."""
    for project in catalog.projects.values():
        rows = tuple(lines[record.id].row for record in project.records)
        unit = rows[0].unit
        labelled = ((f"{row.year.title} {row.form.title}", row) for row in reversed(rows))
        context = ProjectContext(
            name=project.name,
            unit=unit,
            department=rows[0].department,
            rows=rows,
            chart=execution_chart("各年度预算执行", labelled),
            deviations=tuple(deviation for row in rows for deviation in lines[row.id].deviations),
            findings=tuple(finding for row in rows for finding in lines[row.id].findings),
        )
        years = "、".join(sorted({row.year.title for row in rows}))
        yield Page(
            url=urls.project_url(project.unit, project.key),
            template="pages/project.html",
            context=context,
            title=f"{project.name} · {unit.title}",
            description=f"{unit.title}“{project.name}”各年度、各阶段的绩效表（{years}）。",
            section="projects",
            crumbs=(Link("项目", urls.PROJECTS), unit, Link(project.name, "")),
            wide=True,
        )


def unit_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every unit."""
    projects: dict[str, list[Entry]] = {}
    for project in catalog.projects.values():
        projects.setdefault(project.unit, []).append(_project_entry(project))
    for slug, records in catalog.by_unit.items():
        unit = catalog.registry.units[slug]
        yield _group_page(
            Link(unit.name, urls.unit_url(slug)),
            Link("单位", urls.UNITS),
            f"{unit.name}公开的全部绩效表。",
            [lines[record.id] for record in records],
            facts=(("主管部门", department_link(unit.department, catalog)), ("所在区", Link(unit.district, ""))),
            groups=(Group("项目", "", tuple(projects[slug])),),
        )


def department_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every competent department that has records."""
    units: dict[str, list[Entry]] = {}
    for slug, found in catalog.by_unit.items():
        unit = catalog.registry.units[slug]
        units.setdefault(unit.department, []).append(Entry(unit.name, urls.unit_url(slug), len(found)))
    for slug, records in catalog.by_department.items():
        if not slug:
            continue
        department = catalog.registry.departments[slug]
        yield _group_page(
            Link(department.name, urls.department_url(slug)),
            Link("主管部门", urls.DEPARTMENTS),
            f"{department.name}及所属单位公开的全部绩效表。",
            [lines[record.id] for record in records],
            facts=(("所在区", Link(department.district, "")),),
            groups=(Group("所属单位", "", tuple(units[slug])),),
        )


def year_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every year."""
    for year, records in catalog.by_year.items():
        yield _group_page(
            Link(f"{year}年度", urls.year_url(year)),
            Link("年度", urls.YEARS),
            f"{year}年度公开的全部绩效表。",
            [lines[record.id] for record in records],
            groups=(_units_of(records, catalog),),
        )


def form_title(form: FormDefinition) -> str:
    """Name a form so that two layouts of one title are told apart."""
    return f"其他表（{form.layout}版式）" if form.any_title else f"{form.titles[0]}（{form.layout}）"


def form_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every form that has records."""
    for identifier, records in catalog.by_form.items():
        form = catalog.forms.by_identifier(identifier)
        title = form_title(form)
        yield _group_page(
            Link(title, urls.form_url(identifier)),
            Link("表样", urls.FORMS),
            f"{form.description}。",
            [lines[record.id] for record in records],
            groups=(_units_of(records, catalog),),
        )


def _units_of(records: Iterable[Record], catalog: Catalog) -> Group:
    """List the units of some records, with how many of them each has."""
    counts = Counter(record.unit for record in records)
    units = (
        Entry(catalog.registry.units[unit].name, urls.unit_url(unit), count) for unit, count in sorted(counts.items())
    )
    return Group("单位", "", tuple(units))


def _group_page(
    subject: Link,
    index: Link,
    lead: str,
    found: Sequence[Lines],
    *,
    facts: Iterable[tuple[str, Link]] = (),
    groups: Iterable[Group] = (),
) -> Page:
    """Plan the page of one subject; `index` is the list it stands in and says what kind of thing it is."""
    rows = tuple(line.row for line in found)
    deviations = tuple(row for line in found for row in line.deviations)
    findings = tuple(row for line in found for row in line.findings)
    scores = _scores(rows)
    context = RecordGroupContext(
        heading=subject.title,
        kind=index.title,
        lead=lead,
        facts=tuple((label, link) for label, link in facts if link.title),
        totals=totals_by_kind(rows),
        total=len(rows),
        rows=rows if len(rows) <= LONGEST else (),
        groups=tuple(group for group in groups if group.entries),
        chart=spread_chart(scores) if len(rows) > _FEW else execution_chart("预算执行", _labelled(rows)),
        deviation_count=len(deviations),
        deviations=deviations if len(deviations) <= _BESIDE else (),
        finding_count=len(findings),
        findings=findings if len(findings) <= _BESIDE else (),
    )
    return Page(
        url=subject.url,
        template="pages/record_group.html",
        context=context,
        title=subject.title,
        description=lead,
        section=index.url.removesuffix(".html"),
        crumbs=(index, Link(subject.title, "")),
        wide=True,
    )


_FEW = 6
"""Up to so many records a bar for each says more than a distribution."""

_BESIDE = 300
"""Deviations, and findings, that may stand on a page beside the records they come from."""


def _scores(rows: Iterable[RecordRow]) -> list[Decimal]:
    """Return the printed totals of forms scored out of 100, lowest first; other scales do not compare."""
    hundred = (row for row in rows if row.total_points.number in (None, 100))
    return sorted(row.total_score.number for row in hundred if row.total_score.number is not None)


def _labelled(rows: Sequence[RecordRow]) -> Iterable[tuple[str, RecordRow]]:
    return ((f"{row.year.title} {row.name}", row) for row in reversed(rows))
