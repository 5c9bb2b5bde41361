"""The indexes of years, units, departments, projects and forms: one line each."""

from collections.abc import Iterable, Sequence

from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import Entry, GroupIndexContext, GroupLine
from generator.plan.group_pages import AllLines, form_title
from generator.plan.page import Page
from generator.plan.rows import LONGEST, Lines, Link, department_link
from generator.plan.totals import project_totals


def index_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan the indexes of years, units, departments, projects and forms."""
    registry = catalog.registry
    years = [
        _line(Link(f"{year}年度", urls.year_url(year)), "", [lines[r.id] for r in found])
        for year, found in sorted(catalog.by_year.items(), reverse=True)
    ]
    yield _index(urls.YEARS, "年度", "每个预算年度公开的绩效表和资金合计。", years)
    units = [
        _line(
            Link(registry.units[slug].name, urls.unit_url(slug)),
            registry.units[slug].district,
            [lines[r.id] for r in found],
        )
        for slug, found in catalog.by_unit.items()
    ]
    yield _index(urls.UNITS, "单位", "公开绩效表的单位。", units)
    departments = [
        _line(department_link(slug, catalog), registry.departments[slug].district, [lines[r.id] for r in found])
        for slug, found in catalog.by_department.items()
        if slug
    ]
    yield _index(urls.DEPARTMENTS, "主管部门", "有所属单位公开绩效表的主管部门。", departments)
    projects = [
        _line(
            Link(project.name, urls.project_url(project.unit, project.key)), registry.units[project.unit].name,
            [lines[r.id] for r in project.records],
        )
        for project in catalog.projects.values()
    ]  # fmt: skip
    holders = (Entry(line.link.title, line.link.url, line.records) for line in units)
    yield _index(urls.PROJECTS, "项目", "每个项目各年度、各阶段的绩效表归在一起。", projects, holders)
    forms = [
        _line(
            Link(form_title(catalog.forms.by_identifier(identifier)), urls.form_url(identifier)), "",
            [lines[r.id] for r in found],
        )
        for identifier, found in catalog.by_form.items()
    ]  # fmt: skip
    yield _index(urls.FORMS, "表样", "本站用到的表样；页面上的原表按它们的版式排印。", forms)


def _line(link: Link, note: str, found: Sequence[Lines]) -> GroupLine:
    rows = [line.row for line in found]
    deviations = sum(len(line.deviations) for line in found)
    return GroupLine(link, note, len(rows), project_totals(rows), deviations, sum(row.findings for row in rows))


def _index(url: str, heading: str, lead: str, found: Sequence[GroupLine], parts: Iterable[Entry] = ()) -> Page:
    """Plan one index; where it would be too long it leads to `parts`."""
    too_long = len(found) > LONGEST
    context = GroupIndexContext(heading, lead, () if too_long else tuple(found), tuple(parts) if too_long else ())
    section = url.removesuffix(".html")
    return Page(url, "pages/group_index.html", context, heading, lead, section, (Link(heading, ""),), wide=True)
