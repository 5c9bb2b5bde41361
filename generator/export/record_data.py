"""One record as the plain data that the interface publishes."""

from pathlib import PurePosixPath

from generator.export import words
from generator.export.check_data import check_data
from generator.export.funding_data import funding_row_data
from generator.export.indicator_data import indicator_data
from generator.export.judgement_data import judgement_data
from generator.export.plain import Data, exact, in_whole_cents, printed, printed_cells, why_unreadable
from generator.model.amounts import Amount, MainAmounts
from generator.model.catalog import Catalog, Unit
from generator.model.records import FreeTable, Record
from generator.plan.rows import Lines, RecordRow
from generator.plan.site_check import SiteCheck
from generator.plan.urls import record_json_url, source_url


def record_data(lines: Lines, catalog: Catalog, site: SiteCheck) -> Data:
    """Return a record with everything it prints and everything computed from it."""
    record, row = lines.record, lines.row
    funding = record.funding
    data: Data = {"id": record.id, "form": record.form, "layout": row.layout}
    data |= {"form_definition": record.layout, "record_type": row.record_type, "fiscal_year": record.fiscal_year}
    data |= {term.identifier: printed(record.head.get(term.identifier)) for term in words.HEAD}
    data |= _place(record, row, catalog)
    data["money_unit"] = printed(funding.unit) if funding else None
    unit = funding.unit.text if funding else ""
    rows = funding.rows if funding else ()
    form = catalog.form_of(record)
    data["funding"] = [funding_row_data(number, one, unit, form) for number, one in enumerate(rows, 1)]
    pairs = zip(record.indicators, lines.indicators, strict=True)
    data["indicators"] = [indicator_data(number, *pair, form) for number, pair in enumerate(pairs, 1)]
    data["level1_weights"] = printed_cells(record.level1_weights)
    data |= {f"total_{term.identifier}": printed(record.total.get(term.identifier)) for term in words.TOTALS}
    data |= {f"objective_{term.identifier}": _prose(record, term.identifier) for term in words.OBJECTIVE}
    data |= {term.identifier: _prose(record, term.identifier) for term in words.PROSE}
    data |= {"source": printed_cells(record.source), "tables": [_table(table) for table in record.tables]}
    data["extra"] = printed_cells(record.extra)
    data |= judgement_data(record)
    data["labels"] = dict(record.labels)
    data |= {"url": row.url, "json_url": record_json_url(record)}
    data["source_url"] = source_url(record, PurePosixPath(record.path).suffix)
    data["computed"] = _computed(lines)
    data["check"] = check_data(lines, site)
    if unreadable := _unreadable(record):
        data["unreadable"] = unreadable
    return data


def _place(record: Record, row: RecordRow, catalog: Catalog) -> Data:
    """Return where the record belongs: its unit, department and project as registered."""
    unit: Unit = catalog.unit_of(record)
    department = catalog.registry.departments.get(unit.department)
    return {
        "unit": {"slug": unit.slug, "name": unit.name},
        "department": {"slug": department.slug, "name": department.name} if department else None,
        "project": {"key": record.project_key, "url": row.project.url},
    }


def _prose(record: Record, identifier: str) -> str | None:
    prose = record.prose.get(identifier)
    return None if prose is None else prose.text


def _table(table: FreeTable) -> Data:
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[printed(cell) for cell in row] for row in table.rows],
    }


def _computed(lines: Lines) -> Data:
    row, amounts = lines.row, lines.row.amounts
    return {
        "execution_rate": exact(amounts.computed_execution_rate),
        "adjustment": in_whole_cents(amounts.adjustment) if amounts.adjustment is not None else None,
        "points_lost": None if row.lost_unknown else exact(row.lost),
        "deviations": row.deviations,
        "findings": row.findings,
        "amounts": _main_amounts(amounts),
        "printed_execution_rate": printed(amounts.execution_rate),
    }


def _main_amounts(amounts: MainAmounts) -> Data:
    found: dict[str, Amount | None] = {
        term.identifier: getattr(amounts, term.identifier) for term in words.MAIN_AMOUNTS
    }
    return {
        identifier: amount
        and {"printed": amount.printed or None, "yuan": in_whole_cents(amount.yuan), "summed": amount.computed}
        for identifier, amount in found.items()
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
