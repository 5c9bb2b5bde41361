"""Pages about many records: the home page, and a page and an index for units, departments, years, projects and forms."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median

from generator.model.catalog import Catalog, Project
from generator.plan import urls
from generator.plan.charts import execution_chart, spread_chart
from generator.plan.contexts import (
    Entry,
    Group,
    GroupIndexContext,
    GroupLine,
    HomeContext,
    ProjectContext,
    RecordGroupContext,
)  # fmt: skip
from generator.plan.page import Page, PageHeading
from generator.plan.rows import IndicatorRow, Lines, Link, RecordRow, department_link
from generator.plan.totals import project_totals, totals_by_kind

_LATEST = 8

AllLines = Mapping[str, Lines]
"""The lines of every record by id, in the order of the catalog."""


def home_page(catalog: Catalog, lines: AllLines, *, site_name: str, description: str) -> Page:
    """Plan the home page."""
    rows = [line.row for line in lines.values()]
    deviations = [row for line in lines.values() for row in line.deviations]
    scores = sorted(row.total_score.number for row in rows if row.total_score.number is not None)
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
        ways=_ways(catalog),
        latest=tuple(rows[:_LATEST]),
    )
    headings = [PageHeading("figures", "总览"), PageHeading("ways", "按类查看"), PageHeading("latest", "最近的记录")]
    return Page(urls.HOME, "pages/home.html", context, site_name, description, "home", headings=tuple(headings))


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
    projects = (_project_entry(project, catalog) for project in catalog.projects.values())
    forms = (
        Entry(
            catalog.forms.by_identifier(identifier).titles[0],
            urls.form_url(identifier),
            len(found),
            catalog.forms.by_identifier(identifier).layout,
        )
        for identifier, found in catalog.by_form.items()
    )
    groups = (
        ("年度", urls.YEARS, years), ("单位", urls.UNITS, units), ("主管部门", urls.DEPARTMENTS, departments),
        ("项目", urls.PROJECTS, projects), ("表样", urls.FORMS, forms),
    )  # fmt: skip
    return tuple(Group(title, url, tuple(entries)[:_SHOWN]) for title, url, entries in groups)


_SHOWN = 12
"""How many entries a way into the site names before it points at its index."""


def _project_entry(project: Project, catalog: Catalog) -> Entry:
    unit = catalog.registry.units[project.unit]
    return Entry(project.name, urls.project_url(project.unit, project.key), len(project.records), unit.name)


def project_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every project."""
    for project in catalog.projects.values():
        rows = tuple(lines[record.id].row for record in project.records)
        unit = rows[0].unit
        context = ProjectContext(
            project.name,
            unit,
            rows[0].department,
            rows,
            execution_chart(tuple(reversed(rows))),
            _deviations(lines, rows),
        )
        years = "、".join(sorted({row.year.title for row in rows}))
        yield Page(
            urls.project_url(project.unit, project.key), "pages/project.html", context, f"{project.name} · {unit.title}",
            f"{unit.title}“{project.name}”各年度、各阶段的绩效表（{years}）。", "projects",
            (Link("项目", urls.PROJECTS), unit, Link(project.name, "")), _group_headings(rows, context.chart, context.deviations),
        )  # fmt: skip


def unit_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every unit."""
    projects: dict[str, list[Entry]] = {}
    for project in catalog.projects.values():
        projects.setdefault(project.unit, []).append(_project_entry(project, catalog))
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
    for slug, records in catalog.by_department.items():
        if not slug:
            continue
        department = catalog.registry.departments[slug]
        units = tuple(
            Entry(catalog.registry.units[unit].name, urls.unit_url(unit), len(found))
            for unit, found in catalog.by_unit.items()
            if catalog.registry.units[unit].department == slug
        )
        yield _group_page(
            Link(department.name, urls.department_url(slug)),
            Link("主管部门", urls.DEPARTMENTS),
            f"{department.name}及所属单位公开的全部绩效表。",
            [lines[record.id] for record in records],
            facts=(("所在区", Link(department.district, "")),),
            groups=(Group("所属单位", "", units),),
        )


def year_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every year."""
    for year, records in catalog.by_year.items():
        counts = Counter(record.unit for record in records)
        units = tuple(
            Entry(catalog.registry.units[unit].name, urls.unit_url(unit), count)
            for unit, count in sorted(counts.items())
        )
        yield _group_page(
            Link(f"{year}年度", urls.year_url(year)),
            Link("年度", urls.YEARS),
            f"{year}年度公开的全部绩效表。",
            [lines[record.id] for record in records],
            groups=(Group("单位", "", units),),
        )


def form_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan a page for every form that has records."""
    for identifier, records in catalog.by_form.items():
        form = catalog.forms.by_identifier(identifier)
        title = f"{form.titles[0]}（{form.layout}）" if not form.any_title else "其他表（通用版式）"
        yield _group_page(
            Link(title, urls.form_url(identifier)),
            Link("表样", urls.FORMS),
            f"{form.description}。",
            [lines[record.id] for record in records],
        )


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
    scores = [row.total_score.number for row in rows if row.total_score.number is not None]
    context = RecordGroupContext(
        heading=subject.title,
        kind=index.title,
        lead=lead,
        facts=tuple((label, link) for label, link in facts if link.title),
        totals=totals_by_kind(rows),
        rows=rows,
        groups=tuple(group for group in groups if group.entries),
        chart=spread_chart(scores) if len(scores) > _FEW else execution_chart(tuple(reversed(rows))),
        deviations=deviations,
    )
    further = tuple(PageHeading(f"way-{number}", group.title) for number, group in enumerate(context.groups, 1))
    return Page(
        url=subject.url,
        template="pages/record_group.html",
        context=context,
        title=subject.title,
        description=lead,
        section=index.url.removesuffix(".html"),
        crumbs=(index, Link(subject.title, "")),
        headings=_group_headings(rows, context.chart, deviations, further),
    )


_FEW = 6
"""Up to so many records a bar for each says more than a distribution."""


def _deviations(lines: AllLines, rows: Iterable[RecordRow]) -> tuple[IndicatorRow, ...]:
    return tuple(deviation for row in rows for deviation in lines[row.id].deviations)


def _group_headings(
    rows: Sequence[RecordRow], chart: object, deviations: Sequence[IndicatorRow], further: tuple[PageHeading, ...] = ()
) -> tuple[PageHeading, ...]:
    return (
        *([PageHeading("chart", "图")] if chart else ()),
        PageHeading("records", f"记录（{len(rows)}）"),
        *further,
        *([PageHeading("deviations", f"偏差（{len(deviations)}）")] if deviations else ()),
    )


def index_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan the indexes of years, units, departments, projects and forms."""
    registry = catalog.registry
    years = [
        _line(Link(f"{year}年度", urls.year_url(year)), "", [lines[r.id] for r in found])
        for year, found in sorted(catalog.by_year.items(), reverse=True)
    ]
    yield _index(urls.YEARS, "年度", "years", "每个预算年度公开的绩效表和资金合计。", years)
    units = [
        _line(
            Link(registry.units[slug].name, urls.unit_url(slug)),
            registry.units[slug].district,
            [lines[r.id] for r in found],
        )
        for slug, found in catalog.by_unit.items()
    ]
    yield _index(urls.UNITS, "单位", "units", "公开绩效表的单位。", units)
    departments = [
        _line(department_link(slug, catalog), registry.departments[slug].district, [lines[r.id] for r in found])
        for slug, found in catalog.by_department.items()
        if slug
    ]
    yield _index(urls.DEPARTMENTS, "主管部门", "departments", "有所属单位公开绩效表的主管部门。", departments)
    projects = [
        _line(
            Link(project.name, urls.project_url(project.unit, project.key)), registry.units[project.unit].name,
            [lines[r.id] for r in project.records],
        )
        for project in catalog.projects.values()
    ]  # fmt: skip
    yield _index(urls.PROJECTS, "项目", "projects", "每个项目各年度、各阶段的绩效表归在一起。", projects)
    forms = [
        _line(
            Link(catalog.forms.by_identifier(identifier).titles[0], urls.form_url(identifier)),
            f"{catalog.forms.by_identifier(identifier).layout}：{catalog.forms.by_identifier(identifier).description}",
            [lines[r.id] for r in found],
        )
        for identifier, found in catalog.by_form.items()
    ]  # fmt: skip
    yield _index(urls.FORMS, "表样", "forms", "本站用到的表样；页面上的原表按它们的版式排印。", forms)


def _line(link: Link, note: str, found: Sequence[Lines]) -> GroupLine:
    rows = [line.row for line in found]
    return GroupLine(link, note, len(rows), project_totals(rows), sum(len(line.deviations) for line in found))


def _index(url: str, heading: str, section: str, lead: str, found: Sequence[GroupLine]) -> Page:
    context = GroupIndexContext(heading, lead, heading, tuple(found))
    return Page(url, "pages/group_index.html", context, heading, lead, section, (Link(heading, ""),))
