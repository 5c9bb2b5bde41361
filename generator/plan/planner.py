"""All pages of the site: those about one unit's records, and those about the whole site."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import Download
from generator.plan.finding_pages import finding_pages
from generator.plan.group_pages import department_pages, form_pages, home_page, project_pages, unit_page, year_pages
from generator.plan.index_pages import index_pages
from generator.plan.list_pages import (
    DEVIATIONS,
    INDICATORS,
    counts_of,
    data_page,
    not_found_page,
    prose_page,
    records_page,
)  # fmt: skip
from generator.plan.listed import ListedRecord
from generator.plan.page import Page, PageHeading
from generator.plan.planned import Planned, key_of
from generator.plan.record_page import SIBLINGS, record_page
from generator.plan.rows import Lines, Link, other_record
from generator.plan.rule_pages import rule_pages
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import SiteView


class WrittenPage(NamedTuple):
    """A hand-written page as far as planning needs it."""

    url: str
    title: str
    description: str
    markdown: str
    headings: Callable[[], tuple[PageHeading, ...]]
    """Asked where the page is made."""


class SiteText(NamedTuple):
    """What the site says of itself."""

    name: str
    description: str
    url: str


class OpenData(NamedTuple):
    """What there is to download."""

    downloads: tuple[Download, ...]
    example: str
    """Address of the JSON of one record, empty where there is none."""


class UnitRecords(NamedTuple):
    """The published records of one unit, ready for their pages."""

    slug: str
    catalog: Catalog
    """Holds these records alone."""
    lines: Mapping[str, Lines]
    """By record id, in the order of the catalog."""
    keys: Mapping[str, bytes]
    """Digest of each record and all that the check found about it, by record id."""
    listed: Mapping[str, ListedRecord]
    """By record id, in the order of the catalog, with their indicators."""
    named: Mapping[str, Link]
    """Pages of the records that findings may name, those of other units too, by record id."""


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


def plan_unit(
    unit: UnitRecords,
    check: SiteCheck,
    *,
    source_of: Callable[[str], tuple[str, str]],
    modified: Mapping[str, str],
    splits: frozenset[str],
    feed: Link | None = None,
    exports: tuple[str, ...] = (),
) -> Iterable[Planned]:
    """Plan the pages about one unit's records.

    `source_of` gives the ending and the text of a record's authored file, `modified` the date of a file's last change.
    `splits` names the lists over the site that are so long that each unit has pages of its own: the addresses of
    INDICATORS and DEVIATIONS. `exports` are the formats in which forms can be had as documents.
    """
    rows = {identifier: other_record(line.row) for identifier, line in unit.lines.items()}
    row_keys = {identifier: key_of(row) for identifier, row in rows.items()}
    catalog = unit.catalog
    for record in catalog.records:
        date = modified.get(record.path, "")

        def plan(identifier: str = record.id, date: str = date) -> Page:
            lines, source = unit.lines[identifier], source_of(identifier)
            return record_page(lines, catalog, rows, unit.named, check, source, date, exports)

        # Its neighbours, siblings and the records that findings name are all of them rows of its unit, or foreign ones.
        own = unit.lines[record.id].row
        key = key_of(unit.keys[record.id], own, date, check.fingerprint, _around(record.id, unit, row_keys), exports)
        yield Planned(urls.record_url(record), "pages/record.html", key, plan, record.layout)
    digests = {identifier: key_of(unit.keys[identifier], line.row) for identifier, line in unit.lines.items()}
    whole = key_of(list(digests.values()))
    yield from project_pages(catalog, unit.listed, digests)
    found = tuple(unit.listed.values())
    if found:
        yield unit_page(unit.slug, catalog, found, whole, feed, exports)
    name = catalog.registry.units[unit.slug].name
    for pages in (INDICATORS, DEVIATIONS):
        if pages.url in splits:
            yield from pages.of_unit(unit.slug, name, found, whole)


def _around(identifier: str, unit: UnitRecords, row_keys: Mapping[str, bytes]) -> list[bytes]:
    """Return the digests of the rows that a record's page shows beside its own."""
    record = unit.lines[identifier].record
    others = (other.id for other in unit.catalog.by_unit[record.unit] if other.project_key != record.project_key)
    project = (other.id for other in unit.catalog.project_of(record).records)
    quoted = (one.record for finding in unit.lines[identifier].check.findings for one in finding.related)
    rows = [row_keys[other] for other in (*project, *islice(others, SIBLINGS))]
    return [*rows, *(key_of(unit.named.get(other)) for other in quoted)]


def plan_site(
    view: SiteView, check: SiteCheck, *, site: SiteText, written: Sequence[WrittenPage], data: OpenData
) -> Iterable[Planned]:
    """Plan the pages about the whole site."""
    yield home_page(view, site_name=site.name, description=site.description)
    yield records_page(view)
    yield from index_pages(view)
    yield from year_pages(view)
    yield from department_pages(view)
    yield from form_pages(view)
    yield INDICATORS.whole(view.whole, counts_of(view, lambda tally: tally.indicators))
    yield DEVIATIONS.whole(view.whole, counts_of(view, lambda tally: tally.deviations))
    yield from finding_pages(view, check)
    yield from rule_pages(view, check)
    records = view.whole.tally.records
    files = [(one.title, one.url, one.description) for one in data.downloads]
    yield Planned(
        urls.DATA, "pages/data.html", key_of(files, data.example, records, site.url),
        lambda: data_page(data.downloads, records, data.example, site.url),
    )  # fmt: skip
    for page in written:
        yield _prose(page)
    yield Planned(urls.NOT_FOUND, "pages/not_found.html", b"", not_found_page)


def _prose(page: WrittenPage) -> Planned:
    key = key_of(page.title, page.description, page.markdown)
    return Planned(
        page.url, "pages/prose.html", key,
        lambda: prose_page(page.url, page.title, page.description, page.markdown, page.headings()),
    )  # fmt: skip
