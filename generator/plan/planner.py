"""All pages of the site, in the order they are listed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import Download
from generator.plan.finding_pages import finding_pages
from generator.plan.group_pages import (
    department_pages,
    form_pages,
    home_page,
    project_pages,
    unit_pages,
    year_pages,
)  # fmt: skip
from generator.plan.index_pages import index_pages
from generator.plan.list_pages import (
    data_page,
    deviation_pages,
    indicator_pages,
    not_found_page,
    prose_page,
    records_page,
)  # fmt: skip
from generator.plan.page import Page, PageHeading
from generator.plan.record_page import record_page
from generator.plan.rows import Lines
from generator.plan.rule_pages import rule_pages
from generator.plan.site_check import SiteCheck


class WrittenPage(NamedTuple):
    """A hand-written page as far as planning needs it."""

    url: str
    title: str
    description: str
    markdown: str
    headings: tuple[PageHeading, ...]


class SiteText(NamedTuple):
    """What the site says of itself."""

    name: str
    description: str
    url: str


MENU = (
    ("首页", urls.HOME, "home"),
    ("全部记录", urls.RECORDS, "records"),
    ("年度", urls.YEARS, "years"),
    ("单位", urls.UNITS, "units"),
    ("主管部门", urls.DEPARTMENTS, "departments"),
    ("项目", urls.PROJECTS, "projects"),
    ("表样", urls.FORMS, "forms"),
    ("全部指标", urls.INDICATORS, "indicators"),
    ("全部偏差", urls.DEVIATIONS, "deviations"),
    ("检查", urls.FINDINGS, "findings"),
    ("开放数据", urls.DATA, "data"),
)
"""Title, address and section of the entries every site has; hand-written pages follow."""


def plan_site(
    catalog: Catalog,
    lines: Mapping[str, Lines],
    check: SiteCheck,
    *,
    site: SiteText,
    written: Sequence[WrittenPage],
    downloads: tuple[Download, ...],
    source_of: Callable[[str], tuple[str, str]],
    modified: Mapping[str, str],
) -> Iterable[Page]:
    """Plan every page.

    `source_of` gives the ending and the text of a record's authored file, `modified` the date of a file's last change.
    """
    yield home_page(catalog, lines, site_name=site.name, description=site.description)
    yield records_page(catalog, lines)
    yield from index_pages(catalog, lines)
    yield from year_pages(catalog, lines)
    yield from unit_pages(catalog, lines)
    yield from department_pages(catalog, lines)
    yield from project_pages(catalog, lines)
    yield from form_pages(catalog, lines)
    yield from indicator_pages(catalog, lines)
    yield from deviation_pages(catalog, lines)
    yield from finding_pages(catalog, lines, check)
    yield from rule_pages(catalog, lines, check)
    yield data_page(catalog, downloads, site.url)
    for page in written:
        yield prose_page(page.url, page.title, page.description, page.markdown, page.headings)
    yield not_found_page()
    rows = {identifier: line.row for identifier, line in lines.items()}
    for record in catalog.records:
        yield record_page(lines[record.id], catalog, rows, check, source_of(record.id), modified.get(record.path, ""))
