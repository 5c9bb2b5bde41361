"""The open data of a site as files, all made at once."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from generator.artifact import Artifact
from generator.export.about_files import COVERAGE_JSON, PACKAGE_PATH
from generator.export.coverage_data import COVERAGE_FILE, coverage_csv, coverage_json
from generator.export.data_files import DataFile, data_files, site_of, year_slices
from generator.export.data_package import Digest, datapackage
from generator.export.peer_rows import all_peer_rows
from generator.export.record_export import export_record
from generator.export.site_files import DATA_FILES, constant_files, unit_document, unit_json_url
from generator.export.tables import PEERS
from generator.model.catalog import Catalog
from generator.plan.coverage import Coverage
from generator.plan.listed import listed as listed_record
from generator.plan.peers import record_answers, unit_answers
from generator.plan.rows import Lines
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import SiteView, summarize
from generator.plan.urls import record_json_url

__all__ = ["DATA_FILES", "export_artifacts"]


def export_artifacts(
    catalog: Catalog, lines: Mapping[str, Lines], check: SiteCheck, *, site_url: str, site_name: str
) -> Iterator[Artifact]:
    """Make every file of the open data; `lines` has the rows of every record by id."""
    site = site_of(check, name=site_name, url=site_url)
    made = {record.id: export_record(lines[record.id], catalog, check, site_url=site_url) for record in catalog.records}
    for record in catalog.records:
        yield Artifact(record_json_url(record), made[record.id].json)
    for slug, records in catalog.by_unit.items():
        unit = catalog.registry.units[slug]
        department = catalog.registry.departments.get(unit.department)
        yield Artifact(unit_json_url(slug), unit_document(unit, department, [made[one.id].json for one in records]))
    counts: dict[str, Counter[str]] = {}
    for record in catalog.records:
        for table, count in made[record.id].counts.items():
            counts.setdefault(table, Counter())[str(record.fiscal_year)] += count
    peers = tuple(all_peer_rows(_answers(catalog, lines), site_url))
    for year, rows in peers:
        counts.setdefault(PEERS.name, Counter())[year] += rows.total
    files: dict[DataFile, Digest] = {}
    planned = data_files(counts, site)
    for file in (*planned, *year_slices(planned)):
        parts = (made[one.id].part(file.table) for one in catalog.records if str(one.fiscal_year) in file.years)
        if file.table == PEERS.name:
            parts = (rows.content for wanted in file.years for year, rows in peers if year == wanted)
        content = file.content(parts)
        files[file] = _digest(content)
        yield Artifact(file.path, content)
    rules, *schemas = constant_files(check, site)
    yield from (rules, *schemas)
    coverage = _coverage(catalog, lines)
    listed = Artifact(COVERAGE_FILE.path, coverage_csv(coverage))
    told = Artifact(COVERAGE_JSON.path, coverage_json(coverage, site))
    yield from (listed, told)
    files[COVERAGE_FILE] = _digest(listed.content)
    yield Artifact(PACKAGE_PATH, datapackage(files, _digest(rules.content), site, coverage=_digest(told.content)))


def _answers(catalog: Catalog, lines: Mapping[str, Lines]) -> dict[str, dict[str, bytes]]:
    """Return what each unit says of indicators that others may have."""
    return {
        slug: unit_answers(catalog.registry.units[slug].name, [record_answers(lines[one.id]) for one in records])
        for slug, records in catalog.by_unit.items()
    }


def _coverage(catalog: Catalog, lines: Mapping[str, Lines]) -> Coverage:
    """Return what is published, where nobody registered what has to be."""
    units = {}
    for slug, records in catalog.by_unit.items():
        own = [lines[record.id] for record in records]
        units[slug] = summarize(slug, own, [listed_record(one) for one in own], 0, ())
    return Coverage(SiteView(catalog.registry, catalog.forms, units, lambda _slug, _kind: ()), (), date.min)


def _digest(content: bytes) -> Digest:
    return Digest(len(content), hashlib.sha256(content).hexdigest())
