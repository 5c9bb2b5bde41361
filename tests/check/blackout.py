"""Records with cells made unreadable, kind by kind."""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from generator.model.records import Cell, Record

WHY = "看不清"


def blacked(cells: Mapping[str, Cell], identifier: str) -> dict[str, Cell]:
    """Return cells of which one cannot be read."""
    return {key: Cell("", cell.span, WHY) if key == identifier else cell for key, cell in cells.items()}


def kinds_of(record: Record) -> list[str]:
    """Return the kinds of cells that a record fills."""
    found = {f"head.{key}" for key, cell in record.head.items() if cell.text}
    found |= {f"total.{key}" for key, cell in record.total.items() if cell.text}
    rows = record.funding.rows if record.funding else ()
    found |= {f"funding.{key}" for row in rows for key, cell in row.cells.items() if cell.text}
    found |= {f"indicator.{key}" for row in record.indicators for key, cell in row.cells.items() if cell.text}
    return sorted(found)


def blackouts(record: Record) -> Iterator[tuple[str, Record]]:
    """Yield a record once for each kind of cell it fills, with all cells of that kind unreadable."""
    for kind in kinds_of(record):
        place, _, identifier = kind.partition(".")
        yield kind, _MAKERS[place](record, identifier)


def _in_funding(record: Record, identifier: str) -> Record:
    funding = record.funding
    assert funding is not None
    rows = tuple(replace(row, cells=blacked(row.cells, identifier)) for row in funding.rows)
    return replace(record, funding=replace(funding, rows=rows))


def _in_indicators(record: Record, identifier: str) -> Record:
    rows = tuple(replace(row, cells=blacked(row.cells, identifier)) for row in record.indicators)
    return replace(record, indicators=rows)


_MAKERS: Mapping[str, Callable[[Record, str], Record]] = {
    "head": lambda record, identifier: replace(record, head=blacked(record.head, identifier)),
    "total": lambda record, identifier: replace(record, total=blacked(record.total, identifier)),
    "funding": _in_funding,
    "indicator": _in_indicators,
}
