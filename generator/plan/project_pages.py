"""A page for every project, over its years and stages."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from generator.check.subject import Subject
from generator.model.catalog import Catalog, Project
from generator.plan import urls
from generator.plan.charts import execution_chart
from generator.plan.comparisons import comparisons_of_project
from generator.plan.contexts import ProjectContext
from generator.plan.listed import ListedRecord
from generator.plan.over_years import over_years
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.promise_view import promises_view
from generator.plan.promises import YearPromises
from generator.plan.rows import Link


def project_pages(
    catalog: Catalog,
    records: Mapping[str, ListedRecord],
    digests: Mapping[str, bytes],
    subjects: Mapping[str, Subject],
    promises: Mapping[str, tuple[YearPromises, ...]],
) -> Iterable[Planned]:
    """Plan a page for every project.

    `records`, `digests` and `subjects` are by record id, `promises` by key of the project.
    """
    for project in catalog.projects.values():
        found = [records[record.id] for record in project.records]
        url = urls.project_url(project.unit, project.key)
        answered = promises.get(project.key, ())
        key = key_of([digests[record.id] for record in project.records])
        seen = [subjects[record.id] for record in project.records]
        yield Planned(url, "pages/project.html", key, partial(_project_page, project, found, seen, answered))


def _project_page(
    project: Project, found: Sequence[ListedRecord], subjects: Sequence[Subject], promises: Sequence[YearPromises]
) -> Page:
    rows = tuple(one.row for one in found)
    unit = rows[0].unit
    labelled = ((f"{row.year.title} {row.form.title}", row.url, row.amounts) for row in reversed(rows))
    context = ProjectContext(
        name=project.name,
        unit=unit,
        department=rows[0].department,
        rows=rows,
        comparisons=comparisons_of_project(rows),
        chart=execution_chart("各年度预算执行", labelled),
        years=over_years(subjects, {row.id: row for row in rows}) if len(rows) > 1 else (),
        promises=promises_view(promises),
        deviations=tuple(deviation for one in found for deviation in one.deviations),
        findings=tuple(finding for one in found for finding in one.findings),
    )
    years = "、".join(sorted({row.year.title for row in rows}))
    return Page(
        url=urls.project_url(project.unit, project.key),
        template="pages/project.html",
        context=context,
        title=f"{project.name} · {unit.title}",
        description=f"{unit.title}“{project.name}”各年度、各阶段的绩效表（{years}）。",
        section="projects",
        crumbs=(Link("项目", urls.PROJECTS), unit, Link(project.name, "")),
        wide=True,
    )
