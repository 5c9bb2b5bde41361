"""All pages of the site: those about one unit's records, and those about the whole site."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from generator.check.subject import Subject
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.plan import urls
from generator.plan.board_pages import BOARDS, BUDGET_CHANGES, FULL_MARKS, MISSED_TARGETS
from generator.plan.browse_pages import compare_page, explore_page, search_page
from generator.plan.contexts import Download
from generator.plan.corrections import CORRECTIONS
from generator.plan.coverage import Coverage
from generator.plan.coverage_page import coverage_pages
from generator.plan.finding_pages import finding_pages
from generator.plan.group_pages import department_pages, form_pages, home_page, unit_page, year_pages
from generator.plan.history import NO_HISTORY, RecordHistory, UnitHistory, history_pages
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
from generator.plan.project_pages import project_pages
from generator.plan.promise_pages import PROMISES
from generator.plan.promises import YearPromises
from generator.plan.question_sheet import Sheets, question_sheets
from generator.plan.record_page import SIBLINGS, AuthoredFile, record_page, record_title
from generator.plan.rows import Lines, Link, other_record
from generator.plan.rule_pages import rule_pages
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import SiteView


class WrittenPage(Struct, frozen=True):
    """A hand-written page as far as planning needs it."""

    url: str
    title: str
    description: str
    markdown: str
    headings: Callable[[], tuple[PageHeading, ...]]
    """Asked where the page is made."""


class SiteText(Struct, frozen=True):
    """What the site says of itself."""

    name: str
    description: str
    url: str


class OpenData(Struct, frozen=True):
    """What there is to download."""

    downloads: tuple[Download, ...]
    example: str
    """Address of the JSON of one record, empty where there is none."""

    def files_of(self, table: str) -> tuple[Link, ...]:
        """Return the files of a table of the CSV, whole and by year."""
        own = re.compile(rf"data/{table}(-\d+)?\.csv|api/v1/{table}\.json")
        return tuple(Link(one.title, one.url) for one in self.downloads if own.fullmatch(one.url))

    def feed_at(self, url: str) -> tuple[Link, ...]:
        """Return a feed, where there is one."""
        return tuple(Link(one.title, one.url) for one in self.downloads if one.url == url)


class UnitRecords(Struct, frozen=True):
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
    subjects: Mapping[str, Subject]
    """The records as rules see them, by record id."""
    promises: Mapping[str, tuple[YearPromises, ...]]
    """Target declarations compared with self-evaluations, by key of the project; only projects that have both."""
    promised: Mapping[str, bytes]
    """Digest of these as far as a record is one of the forms compared, by record id."""


def plan_unit(
    unit: UnitRecords,
    check: SiteCheck,
    *,
    source_of: Callable[[str], tuple[str, str]],
    history: UnitHistory = NO_HISTORY,
    splits: frozenset[str],
    feed: Link | None = None,
    site: SiteText,
    exports: tuple[str, ...] = (),
) -> Iterable[Planned]:
    """Plan the pages about one unit's records.

    `source_of` gives the ending and the text of a record's authored file, `history` is what git knows of the files.
    `splits` names the lists over the site that are so long that each unit has pages of its own, by their addresses:
    INDICATORS, DEVIATIONS, CORRECTIONS and BOARDS. `exports` are the formats in which forms can be had as documents.
    """
    rows = {identifier: other_record(line.row) for identifier, line in unit.lines.items()}
    row_keys = {identifier: key_of(row) for identifier, row in rows.items()}
    catalog = unit.catalog
    for record in catalog.records:
        date, past = history.modified.get(record.path, ""), history.records.get(record.id)

        promises = _promises_url(record, unit)

        def plan(
            identifier: str = record.id, date: str = date, past: RecordHistory | None = past, promises: str = promises
        ) -> Page:
            lines, source = unit.lines[identifier], AuthoredFile(*source_of(identifier), date, past)
            return record_page(lines, catalog, rows, unit.named, check, source, promises, exports)

        # Its neighbours, siblings and the records that findings name are all of them rows of its unit, or foreign ones.
        own = unit.lines[record.id].row
        around = _around(record.id, unit, row_keys)
        key = key_of(unit.keys[record.id], own, date, check.fingerprint, around, promises, exports, past)
        yield Planned(urls.record_url(record), "pages/record.html", key, plan, record.layout)
    digests = {
        identifier: key_of(unit.keys[identifier], line.row, unit.promised[identifier])
        for identifier, line in unit.lines.items()
    }
    whole = key_of(list(digests.values()))
    yield from project_pages(catalog, unit.listed, digests, unit.subjects, unit.promises)
    yield from history_pages(
        catalog.records, {identifier: line.row for identifier, line in unit.lines.items()}, record_title, history
    )
    found = tuple(unit.listed.values())
    sheets = Sheets(
        catalog.registry.units[unit.slug], unit.lines, unit.subjects, unit.promises, check.rules, history.modified,
        site.name, site.url,
    )  # fmt: skip
    yield from question_sheets(sheets, digests, check.fingerprint)
    if found:
        yield unit_page(unit.slug, catalog, found, whole, feed, exports)
    name = catalog.registry.units[unit.slug].name
    if any(one.promises for one in found):
        # Few units have any, so these have their own page whether or not the list of the site is split.
        yield from PROMISES.of_unit(unit.slug, name, found, whole)
    for pages in (INDICATORS, DEVIATIONS, CORRECTIONS, *BOARDS):
        if pages.url in splits:
            yield from pages.of_unit(unit.slug, name, found, whole)


def _promises_url(record: Record, unit: UnitRecords) -> str:
    """Return where promise and result of a record's project and year are compared; empty where it has not both."""
    years = (one for one in unit.promises.get(record.project_key, ()) if one.is_about(record))
    first = next(years, None)
    return f"{urls.project_url(record.unit, record.project_key)}#{first.anchor}" if first else ""


def _around(identifier: str, unit: UnitRecords, row_keys: Mapping[str, bytes]) -> list[bytes]:
    """Return the digests of the rows that a record's page shows beside its own."""
    record = unit.lines[identifier].record
    others = (other.id for other in unit.catalog.by_unit[record.unit] if other.project_key != record.project_key)
    project = (other.id for other in unit.catalog.project_of(record).records)
    quoted = (one.record for finding in unit.lines[identifier].check.findings for one in finding.related)
    rows = [row_keys[other] for other in (*project, *islice(others, SIBLINGS))]
    return [*rows, *(key_of(unit.named.get(other)) for other in quoted)]


def plan_site(
    view: SiteView,
    check: SiteCheck,
    *,
    site: SiteText,
    written: Sequence[WrittenPage],
    data: OpenData,
    coverage: Coverage,
) -> Iterable[Planned]:
    """Plan the pages about the whole site."""
    yield home_page(view, site_name=site.name, description=site.description, duties=len(coverage.duties))
    yield records_page(view)
    yield from index_pages(view)
    yield from year_pages(view)
    yield from department_pages(view)
    yield from form_pages(view)
    yield INDICATORS.whole(view.whole, counts_of(view, lambda tally: tally.indicators))
    for pages, table, count in (
        (PROMISES, "promises", lambda tally: tally.promises),
        (DEVIATIONS, "deviations", lambda tally: tally.deviations),
        (BUDGET_CHANGES, "budget_changes", lambda tally: tally.budgets),
        (FULL_MARKS, "full_marks", lambda tally: tally.full_marks),
        (MISSED_TARGETS, "missed_targets", lambda tally: tally.missed),
    ):
        yield pages.whole(view.whole, counts_of(view, count), files=data.files_of(table))
    counts = counts_of(view, lambda tally: tally.corrections)
    yield CORRECTIONS.whole(
        view.whole,
        counts,
        view.whole.tally.corrections,
        view.whole.tally.corrected,
        files=(*data.files_of("corrections"), *data.feed_at(urls.CORRECTIONS_FEED)),
    )
    yield from coverage_pages(coverage, data.files_of("coverage"))
    yield search_page()
    yield explore_page(view)
    yield compare_page()
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
