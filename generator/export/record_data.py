"""One record as the plain data that the interface publishes."""

from pathlib import PurePosixPath

from msgspec import Struct

from generator.export import words
from generator.export.check_data import check_data
from generator.export.columns import RECORD_COLUMNS
from generator.export.computed_data import computed_data
from generator.export.csv_table import named, reasons
from generator.export.funding_data import funding_row_data
from generator.export.indicator_data import columns_of, indicator_data
from generator.export.judgement_data import judgement_data
from generator.export.plain import Data, Row, Values, printed, printed_cells, why_unreadable
from generator.model.catalog import Catalog, Department, Unit
from generator.model.forms import FormDefinition
from generator.model.records import FreeTable, Record
from generator.plan.rows import Lines
from generator.plan.site_check import SiteCheck
from generator.plan.urls import record_json_url, source_url


class RecordData(Struct, frozen=True):
    """A record whole, and its rows."""

    record: Row
    funding: tuple[Row, ...]
    indicators: tuple[Row, ...]


_HEAD = tuple(term.identifier for term in words.HEAD)
_PROSE = tuple(term.identifier for term in words.PROSE)
_TOTALS = tuple((f"total_{term.identifier}", term.identifier) for term in words.TOTALS)
_OBJECTIVE = tuple((f"objective_{term.identifier}", term.identifier) for term in words.OBJECTIVE)


def record_data(lines: Lines, catalog: Catalog, site: SiteCheck, *, site_url: str) -> RecordData:
    """Return a record with everything it prints and everything computed from it.

    Addresses in the JSON are relative to the site; those in the CSV have `site_url` before them.
    """
    record, form, computed = lines.record, catalog.form_of(lines.record), computed_data(lines)
    funding, columns = _funding(record, form), columns_of(form)
    pairs = zip(record.indicators, lines.indicators, strict=True)
    indicators = tuple(indicator_data(number, *pair, columns, site_url) for number, pair in enumerate(pairs, 1))
    data: Data = _head(lines, catalog)
    data |= {"funding": [one.data for one in funding], "indicators": [one.data for one in indicators]}
    data["level1_weights"] = printed_cells(record.level1_weights)
    data |= {name: printed(record.total.get(identifier)) for name, identifier in _TOTALS}
    data |= {name: _prose(record, identifier) for name, identifier in _OBJECTIVE}
    data |= {identifier: _prose(record, identifier) for identifier in _PROSE}
    data |= {"source": printed_cells(record.source), "tables": [_table(table) for table in record.tables]}
    data |= {"extra": printed_cells(record.extra), **judgement_data(record), "labels": record.labels}
    data |= {"url": lines.row.url, "json_url": record_json_url(record)}
    data |= {"source_url": source_url(record, PurePosixPath(record.path).suffix)}
    data |= {"computed": computed.data, "check": check_data(lines, site)}
    data["content_sha256"] = lines.digest
    if unreadable := _unreadable(record):
        data["unreadable"] = unreadable
    return RecordData(Row(data, _values(data, computed.values, site_url)), funding, indicators)


def _head(lines: Lines, catalog: Catalog) -> Data:
    """Return what the record is and where it belongs: its unit, department and project as registered."""
    record, row, unit = lines.record, lines.row, catalog.unit_of(lines.record)
    data: Data = {"id": record.id, "form": record.form, "layout": row.layout, "form_definition": record.layout}
    data |= {"record_type": row.record_type, "fiscal_year": record.fiscal_year}
    data |= {identifier: printed(record.head.get(identifier)) for identifier in _HEAD}
    data |= {"unit": body_data(unit), "department": body_data(catalog.registry.departments.get(unit.department))}
    data |= {"project": {"key": record.project_key, "url": row.project.url}}
    data["money_unit"] = printed(record.funding.unit) if record.funding else None
    return data


def _values(data: Data, computed: Values, site_url: str) -> Values:
    """Return the record as a row; most columns are called as in the JSON."""
    values = {**data, **computed, "fiscal_year": str(data["fiscal_year"]), "extra": named(data["extra"])}
    values |= {"unit_name": data["unit"]["name"], "project_key": data["project"]["key"]}
    values["department_name"] = data["department"]["name"] if data["department"] else None
    values |= {"url": site_url + data["url"], "json_url": site_url + data["json_url"]}
    if "unreadable" in data:
        values["unreadable"] = reasons(data["unreadable"], RECORD_COLUMNS)
    return values


def body_data(body: Unit | Department | None) -> Data | None:
    """Return a unit or a department as registered."""
    return {"slug": body.slug, "name": body.name} if body else None


def _funding(record: Record, form: FormDefinition) -> tuple[Row, ...]:
    if record.funding is None:
        return ()
    unit = record.funding.unit.text
    return tuple(funding_row_data(number, row, unit, form) for number, row in enumerate(record.funding.rows, 1))


def _prose(record: Record, identifier: str) -> str | None:
    prose = record.prose.get(identifier)
    return None if prose is None else prose.text


def _table(table: FreeTable) -> Data:
    return {
        "title": table.title,
        "columns": table.columns,
        "rows": [[printed(cell) for cell in row] for row in table.rows],
    }


def _unreadable(record: Record) -> dict[str, str]:
    """Return the reasons for cells of the record itself; those of rows stand in the rows."""
    found = why_unreadable(record.head)
    if record.funding:
        found |= why_unreadable({"money_unit": record.funding.unit})
    found |= why_unreadable({f"total_{key}": cell for key, cell in record.total.items()})
    found |= why_unreadable(record.level1_weights, "level1_weights")
    found |= why_unreadable(record.source, "source")
    for number, table in enumerate(record.tables):
        for position, row in enumerate(table.rows):
            cells = {str(column): cell for column, cell in enumerate(row)}
            found |= why_unreadable(cells, "tables", str(number), "rows", str(position))
    return found | why_unreadable(record.extra, "extra")
