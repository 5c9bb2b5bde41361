"""The indexes of years, units, departments, projects and forms: one line each."""

from collections.abc import Callable, Iterable, Sequence

from generator.plan import urls
from generator.plan.contexts import Entry, GroupIndexContext, GroupLine
from generator.plan.group_pages import by_project, form_title
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import LONGEST, Link
from generator.plan.site_view import SiteView
from generator.plan.tally import Tally, tally_of
from generator.plan.totals import project_totals


def index_pages(view: SiteView) -> Iterable[Planned]:
    """Plan the indexes of years, units, departments, projects and forms."""
    key = key_of(view.whole.digest, view.registry.units, view.registry.departments)
    for url, heading, lead, lines in (
        (urls.YEARS, "年度", "每个预算年度公开的绩效表和资金合计。", _years),
        (urls.UNITS, "单位", "公开绩效表的单位。", _units),
        (urls.DEPARTMENTS, "主管部门", "有所属单位公开绩效表的主管部门。", _departments),
        (urls.PROJECTS, "项目", "每个项目各年度、各阶段的绩效表归在一起。", _projects),
        (urls.FORMS, "表样", "本站用到的表样；页面上的原表按它们的版式排印。", _forms),
    ):
        yield Planned(url, _TEMPLATE, key, _index(view, url, heading, lead, lines))


_TEMPLATE = "pages/group_index.html"
_Lines = Callable[[SiteView], Sequence[GroupLine]]


def _index(view: SiteView, url: str, heading: str, lead: str, lines: _Lines) -> Callable[[], Page]:
    def plan() -> Page:
        too_long = url == urls.PROJECTS and sum(unit.projects for unit in view.units.values()) > LONGEST
        found = () if too_long else tuple(lines(view))
        parts = tuple(_holders(view)) if too_long else ()
        context = GroupIndexContext(heading, lead, found, parts)
        section = url.removesuffix(".html")
        return Page(url, _TEMPLATE, context, heading, lead, section, (Link(heading, ""),), wide=True)

    return plan


def _holders(view: SiteView) -> Iterable[Entry]:
    """Return the units, whose pages name their projects."""
    units = view.registry.units
    return (Entry(units[slug].name, urls.unit_url(slug), unit.records) for slug, unit in view.units.items())


def _years(view: SiteView) -> list[GroupLine]:
    return [_line(Link(f"{year}年度", urls.year_url(year)), "", view.section(year=year).tally) for year in view.years]


def _units(view: SiteView) -> list[GroupLine]:
    units = view.registry.units
    return [
        _line(Link(units[slug].name, urls.unit_url(slug)), units[slug].district, view.section(units=(slug,)).tally)
        for slug in view.units
    ]


def _departments(view: SiteView) -> list[GroupLine]:
    departments = view.registry.departments
    return [
        _line(
            Link(departments[slug].name, urls.department_url(slug)), departments[slug].district,
            view.section(units=found).tally,
        )
        for slug, found in view.units_by_department.items()
        if slug
    ]  # fmt: skip


def _projects(view: SiteView) -> list[GroupLine]:
    return [
        _line(link, view.registry.units[slug].name, tally_of(found))
        for slug in view.units
        for link, found in by_project(view.rows_of(slug)).items()
    ]


def _forms(view: SiteView) -> list[GroupLine]:
    return [
        _line(
            Link(form_title(view.forms.by_identifier(form)), urls.form_url(form)), "", view.section(form=form).tally
        )
        for form in view.form_identifiers
    ]  # fmt: skip


def _line(link: Link, note: str, tally: Tally) -> GroupLine:
    return GroupLine(link, note, tally.records, project_totals(tally), tally.deviations, tally.findings)
