"""The open data of a site as files, all made at once."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from generator.artifact import Artifact
from generator.export.data_files import DataFile, data_files, site_of, year_slices
from generator.export.data_package import PATH, Digest, datapackage
from generator.export.record_export import export_record
from generator.export.site_files import DATA_FILES, constant_files, unit_document, unit_json_url
from generator.model.catalog import Catalog
from generator.plan.rows import Lines
from generator.plan.site_check import SiteCheck
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
    files: dict[DataFile, Digest] = {}
    planned = data_files(counts, site)
    for file in (*planned, *year_slices(planned)):
        parts = (made[one.id].part(file.table) for one in catalog.records if str(one.fiscal_year) in file.years)
        content = file.content(parts)
        files[file] = _digest(content)
        yield Artifact(file.path, content)
    rules, *schemas = constant_files(check, site)
    yield from (rules, *schemas)
    yield Artifact(PATH, datapackage(files, _digest(rules.content), site))


def _digest(content: bytes) -> Digest:
    return Digest(len(content), hashlib.sha256(content).hexdigest())
