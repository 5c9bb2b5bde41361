"""Which forms have to be published and what became of it, as CSV and JSON."""

from generator.export.csv_table import csv_cells, csv_head
from generator.export.data_files import FOLDER, DataFile, Site, head_of, listed_in
from generator.export.plain import Data, encoded
from generator.export.record_export import COMMA
from generator.export.tables import COVERAGE
from generator.plan.coverage import Coverage, Filing

COVERAGE_FILE = DataFile(f"{FOLDER}/{COVERAGE.name}.csv", COVERAGE.name, (), csv_head(COVERAGE.columns), b"", b"")
"""The CSV as the Data Package describes it."""


def coverage_csv(coverage: Coverage) -> bytes:
    """Return every form that has to be published as CSV."""
    rows = (
        csv_cells(COVERAGE.identifiers, {key: _text(value) for key, value in _row(coverage, number, one).items()})
        for number, one in enumerate(coverage.filings, 1)
    )
    return COVERAGE_FILE.head + "".join(f"{row}\r\n" for row in rows).encode()


def coverage_json(coverage: Coverage, site: Site) -> bytes:
    """Return every form that has to be published, and how many records there are of each unit, year and form."""
    units, departments = coverage.view.registry.units, coverage.view.registry.departments
    published = [
        {
            "unit": {"slug": slug, "name": units[slug].name},
            "department": (
                {"slug": found.slug, "name": found.name} if (found := departments.get(units[slug].department)) else None
            ),
            "fiscal_year": int(year),
            "form_definition": form,
            "record_type": coverage.view.forms.by_identifier(form).record_type,
            "count": count,
        }
        for (slug, year, form), count in sorted(coverage.published.items())
    ]
    silent = [slug for slug in sorted(units) if slug not in coverage.view.units]
    head: Data = head_of(site, checked=False) | {"published": published, "without_records": silent}
    start, end = listed_in(head, "duties", len(coverage.filings))
    rows = (encoded(_row(coverage, number, one)) for number, one in enumerate(coverage.filings, 1))
    return b"".join((start, COMMA.join(rows), end))


def _row(coverage: Coverage, number: int, filing: Filing) -> Data:
    duty, registry = filing.duty, coverage.view.registry
    unit = registry.units[duty.unit]
    department = registry.departments.get(unit.department)
    return {
        "number": number,
        "fiscal_year": int(duty.year),
        "unit_slug": duty.unit,
        "unit_name": unit.name,
        "department_name": department.name if department else None,
        "duty_form": duty.name,
        "duty_project": duty.project or None,
        "duty_due": duty.due.isoformat() if duty.due else None,
        "duty_standing": filing.standing.value,
        "duty_published": list(filing.dates),
        "duty_records": [row.id for row in filing.records],
        "duty_basis": duty.basis or None,
    }


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return "；".join(value)
    return None if value is None else str(value)
