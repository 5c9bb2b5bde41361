"""Where each field of a record stands in its file, by the stable name that grids and drafts give the field."""

from collections.abc import Iterator, Mapping

from generator.model.records import Cell, FundingRow, Record
from generator.origin import Span
from generator.plan.form_view import funding_anchor
from generator.vocabulary import TERMS, Place

_OBJECTIVE = frozenset(term.identifier for term in TERMS[Place.OBJECTIVE])


def named_spans(record: Record) -> dict[str, Span]:
    """Return the place of every field of a record by its name."""
    return dict(_spans(record))


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    for identifier, cell in record.head.items():
        yield ("period" if identifier == "period" else f"head.{identifier}"), cell.span
    yield from _cells("head_extra", record.extra)
    if "form" in record.keys:
        yield "title", record.keys["form"]
    if record.funding is not None:
        yield "funding.unit", record.funding.unit.span
        for row in record.funding.rows:
            yield from _funding_row(row)
    for identifier, prose in record.prose.items():
        yield f"{'objective' if identifier in _OBJECTIVE else 'prose'}.{identifier}", prose.span
    for indicator in record.indicators:
        yield f"{indicator.anchor}.name", indicator.span
        yield from _cells(indicator.anchor, indicator.cells)
        yield from _cells(indicator.anchor, indicator.extra)
    yield from _cells("weight", record.level1_weights)
    yield from _cells("total", record.total)
    yield from _cells("source", record.source)
    for number, table in enumerate(record.tables, 1):
        for line, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells, 1):
                yield f"table.{number}.{line}.{column}", cell.span


def _funding_row(row: FundingRow) -> Iterator[tuple[str, Span]]:
    anchor = funding_anchor(row.group, row.label)
    yield f"{anchor}.label", row.span
    yield from _cells(anchor, row.cells)
    yield from _cells(anchor, row.extra)
    for number, cell in enumerate(row.printed_cells, 1):
        yield f"{anchor}.printed.{number}", cell.span


def _cells(name: str, cells: Mapping[str, Cell]) -> Iterator[tuple[str, Span]]:
    return ((f"{name}.{identifier}", cell.span) for identifier, cell in cells.items())
