"""Everything the open data has of one record, made once and then put together again and again."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.export.columns import CONTEXT
from generator.export.computed_data import index_data
from generator.export.csv_table import csv_cells
from generator.export.explore_data import explore_line
from generator.export.plain import Data, Values, encoded, printed
from generator.export.promise_data import promise_values
from generator.export.record_data import RecordData, record_data
from generator.export.tables import (
    BUDGET_CHANGES,
    CORRECTIONS,
    DEVIATIONS,
    FINDINGS,
    FULL_MARKS,
    FUNDING,
    INDICATORS,
    MISSED_TARGETS,
    PROMISES,
    RECORDS,
    TABLES,
    Table,
)
from generator.model.catalog import Catalog
from generator.model.records import ABSENT
from generator.plan.budget_change import has_budget
from generator.plan.correction_rows import correction_rows
from generator.plan.promises import PromiseRow
from generator.plan.rows import CorrectionRow, Lines
from generator.plan.script_data import EXPLORE
from generator.plan.site_check import SiteCheck

INDEX = "index"
"""Name of the list of all records, as one of the tables that files are put together from."""

FINDINGS_JSON = "findings_json"
"""Name of the list of all findings, likewise."""

COMMA = b",\n"
"""Stands between the values of a list, so that each has a line of its own."""


class RecordExport(Struct, frozen=True, array_like=True, gc=False):
    """One record in every form in which it is published."""

    json: bytes
    """The file of the single record."""
    index: bytes
    """Its object in the list of all records."""
    findings: bytes
    """Its objects in the list of all findings, joined; empty where it has none."""
    explore: bytes
    """Its line in the list of all records for scripts."""
    rows: dict[str, bytes]
    """Its lines in the CSV, by name of the table; empty where it has none there."""
    counts: dict[str, int]
    """How many rows or objects these are, by name of the table, the three lists among them."""

    def part(self, table: str) -> bytes:
        """Return what it gives to the files of a table."""
        if table == INDEX:
            return self.index
        if table == EXPLORE:
            return self.explore
        return self.findings if table == FINDINGS_JSON else self.rows[table]


def export_record(
    lines: Lines, catalog: Catalog, site: SiteCheck, *, site_url: str, promises: Sequence[PromiseRow] = ()
) -> RecordExport:
    """Make all that is published of one record; of the catalog only its unit, project and form are asked for.

    Addresses in the CSV have `site_url` before them, those in the JSON have not. `promises` says what became of the
    indicators that were declared for it.
    """
    made = record_data(lines, catalog, site, site_url=site_url)
    data = made.record.data
    findings = [encoded({"id": data["id"], **finding}) for finding in data["check"]["findings"]]
    rows = _rows(made, lines, promises, site_url)
    return RecordExport(
        json=encoded(data) + b"\n",
        index=encoded(index_data(data, lines)),
        findings=COMMA.join(findings),
        explore=explore_line(lines, catalog),
        rows={name: "".join(texts).encode() for name, texts in rows.items()},
        counts={
            INDEX: 1,
            FINDINGS_JSON: len(findings),
            EXPLORE: 1,
            **{name: len(texts) for name, texts in rows.items()},
        },
    )


def _rows(made: RecordData, lines: Lines, promises: Sequence[PromiseRow], site_url: str) -> Mapping[str, list[str]]:
    """Return the lines of each table."""
    record = made.record.values
    context = csv_cells(_CONTEXT, record)
    of_record = {"money_unit": record["money_unit"], "url": record["url"]}
    deviating = [row.values for row, line in zip(made.indicators, lines.indicators, strict=True) if line.is_deviation]
    missed = [row.values for row, line in zip(made.indicators, lines.indicators, strict=True) if line.miss]
    found = made.record.data["check"]["findings"]
    return {
        RECORDS.name: [f"{csv_cells(_RECORD, record)}\r\n"],
        FUNDING.name: _lines(FUNDING, context, ({**row.values, **of_record} for row in made.funding)),
        INDICATORS.name: _lines(INDICATORS, context, (row.values for row in made.indicators)),
        DEVIATIONS.name: _lines(DEVIATIONS, context, deviating),
        FINDINGS.name: _lines(FINDINGS, context, (_finding(finding, site_url) for finding in found)),
        BUDGET_CHANGES.name: _lines(BUDGET_CHANGES, context, _budget(record, lines)),
        FULL_MARKS.name: _lines(FULL_MARKS, context, (record,) if lines.row.full_marks else ()),
        MISSED_TARGETS.name: _lines(MISSED_TARGETS, context, missed),
        PROMISES.name: _lines(
            PROMISES, context, (promise_values(number, row, site_url) for number, row in enumerate(promises, 1))
        ),
        CORRECTIONS.name: _lines(
            CORRECTIONS, context, (_correction(row, site_url) for row in correction_rows(lines.record, lines.row))
        ),
    }


_CONTEXT = tuple(column.identifier for column in CONTEXT)
_RECORD = RECORDS.identifiers
_OWN = {table.name: table.identifiers[len(_CONTEXT) :] for table in TABLES.values() if table is not RECORDS}
"""Columns behind those about the record."""


def _budget(record: Values, lines: Lines) -> Iterable[Values]:
    """Return the record where its budget can have changed; a cell that holds no amount stands there as printed."""
    if has_budget(lines.row):
        yield {**record, **{name: printed(cell) for name, cell in lines.row.amounts.unusable.items()}}


def _lines(table: Table, context: str, rows: Iterable[Values]) -> list[str]:
    own = _OWN[table.name]
    return [f"{context},{csv_cells(own, values)}\r\n" for values in rows]


def _correction(row: CorrectionRow, site_url: str) -> Values:
    parts = {"item": row.item, "reason": row.reason, "decided_by": row.decided_by, "date": row.date}
    parts |= {"old": ABSENT if row.is_added else row.old, "new": ABSENT if row.is_removed else row.new}
    values = {f"correction_{key}": text for key, text in parts.items()}
    return values | {"number": str(row.number), "url": site_url + row.url}


def _finding(finding: Data, site_url: str) -> Values:
    values = {f"finding_{key}": text for key, text in finding.items() if isinstance(text, str)}
    values |= {"number": str(finding["number"]), "url": site_url + finding["url"]}
    # A fault that is no rule's has no page of its own.
    return values | {"rule_url": site_url + finding["rule_url"] if finding["rule_url"] else ""}
