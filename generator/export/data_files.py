"""Which files the open data of a whole site is in, and how each is put together from the parts of its records."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from generator.export.csv_table import csv_head
from generator.export.plain import Data, encoded
from generator.export.record_export import COMMA, FINDINGS_JSON, INDEX
from generator.export.tables import ALL_TABLES, PEERS, TABLES
from generator.plan.script_data import EXPLORE, explore_names, script_ends, script_url
from generator.plan.site_check import SiteCheck
from generator.plan.urls import API

API_VERSION = "1"
FOLDER = "data"

LONGEST = 100_000
"""Rows a table may have in one file; a longer one has a file for each year, which a spreadsheet can still open."""


class Site(NamedTuple):
    """What the files say about where they come from."""

    name: str = ""
    url: str = ""
    """Absolute address ending in /, or empty."""
    fingerprint: str = ""
    """Of the rules and packs that were used."""
    public_findings: str = ""
    """Which findings are shown."""


class DataFile(Struct, frozen=True):
    """A file that holds parts of many records: head, parts joined by the separator, tail.

    The parts come by year, the newest first, then by slug of the unit, then in the order of the catalog; a record
    that has nothing for the table is passed over.
    """

    path: str
    """Where it stands in the site."""
    table: str
    """Name of a table of the CSV, or `index`, `findings_json` or `explore`."""
    years: tuple[str, ...]
    """The years whose records it holds, in order."""
    head: bytes
    tail: bytes
    separator: bytes
    year: str = ""
    """The year it is for where its table has several files."""

    def joined(self, parts: Iterable[bytes]) -> bytes:
        """Return parts as they stand in the file, be they of records, of units or of years."""
        return self.separator.join(filter(None, parts))

    def content(self, parts: Iterable[bytes]) -> bytes:
        """Return the whole file."""
        return b"".join((self.head, self.joined(parts), self.tail))


def site_of(check: SiteCheck, *, name: str, url: str) -> Site:
    """Return what the files say about their site."""
    shown = "internal" if check.policy.internal else check.policy.public.value
    return Site(name, url, check.fingerprint, shown)


def data_files(counts: Mapping[str, Mapping[str, int]], site: Site) -> tuple[DataFile, ...]:
    """Plan the files; `counts` has how many rows each table has by year, as `RecordExport.counts` adds up.

    The year of a record is its fiscal year. A table that is not in `counts` is empty.
    """
    tables = (*TABLES, PEERS.name)
    files = [file for table in tables for file in _csv_files(table, counts.get(table, {}))]
    files += (_json_file(table, counts.get(table, {}), site) for table in (INDEX, FINDINGS_JSON))
    return tuple(files)


def explore_files(counts: Mapping[str, Mapping[str, int]]) -> tuple[DataFile, ...]:
    """Plan the files of all records for the site's own scripts; they are none of the open data."""
    files = []
    for name, years in explore_names(counts.get(EXPLORE, {})):
        start, end = script_ends(name)
        year = years[0] if name != EXPLORE else ""
        files.append(DataFile(script_url(name), EXPLORE, years, start + b"[\n", b"\n]" + end, COMMA, year))
    return tuple(files)


def year_slices(files: Iterable[DataFile]) -> tuple[DataFile, ...]:
    """Return for each table that stands in one file, and has rows of several years, a file for each of the years.

    What stands between head and tail of such a file stands in one piece in the file of the whole table.
    """
    return tuple(
        DataFile(f"{FOLDER}/{file.table}-{year}.csv", file.table, (year,), file.head, file.tail, file.separator, year)
        for file in files
        if file.table in TABLES and not file.year and len(file.years) > 1
        for year in file.years
    )


def head_of(site: Site, *, checked: bool) -> Data:
    """Return how a JSON file of the site begins; `checked` for what depends on the rules."""
    head: Data = {"api_version": API_VERSION, "site": {"name": site.name, "url": site.url}}
    return head | ({"fingerprint": site.fingerprint, "public_findings": site.public_findings} if checked else {})


def listed_in(head: Data, name: str, count: int) -> tuple[bytes, bytes]:
    """Return what stands before and behind the values of a list, which are joined by COMMA."""
    start = encoded(head | {"count": count}).removesuffix(b"}")
    return start + f',"{name}":[\n'.encode(), b"\n]}\n"


def _csv_files(table: str, counts: Mapping[str, int]) -> Iterable[DataFile]:
    years = sorted((year for year, count in counts.items() if count), reverse=True)
    head = csv_head(ALL_TABLES[table].columns)
    if sum(counts.values()) <= LONGEST:
        return (DataFile(f"{FOLDER}/{table}.csv", table, tuple(years), head, b"", b""),)
    return (DataFile(f"{FOLDER}/{table}-{year}.csv", table, (year,), head, b"", b"", year) for year in years)


def _json_file(table: str, counts: Mapping[str, int], site: Site) -> DataFile:
    name = "records" if table == INDEX else "findings"
    years = sorted((year for year, count in counts.items() if count), reverse=True)
    head, tail = listed_in(head_of(site, checked=table == FINDINGS_JSON), name, sum(counts.values()))
    return DataFile(f"{API}/{name}.json", table, tuple(years), head, tail, COMMA)
