"""What was corrected of one record after it had been published: the lines that say so, and the cells of its form."""

from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.model.figure_groups import EXTRA, FUNDING, INDICATORS, TABLES
from generator.model.forms import FormDefinition
from generator.model.printed import ROW_WORDS
from generator.model.records import BLANK, Cell, FreeTable, FundingRow, Indicator, Record, Side
from generator.model.undoing import UNIT, former_figures, in_order, shown_cells
from generator.plan.rows import CorrectionRow, RecordRow, correction_anchor


class FormerText(Struct, frozen=True, gc=False):
    """What a cell printed before a correction."""

    text: str
    """Empty for a blank."""
    url: str
    """Of the notice, on the same page."""
    number: int
    """Of the notice."""


class CorrectedCell(Cell, frozen=True, gc=False):
    """A cell that printed something else when it was published."""

    former: tuple[FormerText, ...] = ()
    """The oldest first."""


_WORDS = frozenset(chain.from_iterable(ROW_WORDS.values()))
"""A name is no cell of its row."""

_Texts = Mapping[str, Sequence[FormerText]]


def correction_rows(record: Record, row: RecordRow) -> tuple[CorrectionRow, ...]:
    """Return a line for each correction of a record, in the order in which they were made."""
    return tuple(
        CorrectionRow(
            row, number, one.item, shown_side(one.old), shown_side(one.new),
            one.is_about_row and not one.old.cells, one.is_about_row and not one.new.cells,
            one.reason, one.decided_by, one.date,
        )
        for number, one in enumerate(in_order(record.corrections), 1)
    )  # fmt: skip


def titled(title: str, unit: Cell) -> str | Cell:
    """Return a title with the unit of money in it; a cell where that was corrected, for what it was is shown as well."""
    now = title.format(unit=unit.text)
    if not isinstance(unit, CorrectedCell) or "{unit}" not in title:
        return now
    former = tuple(replace(one, text=title.format(unit=one.text)) for one in unit.former)
    return CorrectedCell(now, unit.span, "", former)


def shown_side(side: Side) -> str:
    """Return what an item printed in one string, empty for a blank."""
    return shown_cells(side.cells) if side.cells else side.text


def with_former(record: Record, form: FormDefinition) -> Record:
    """Return a record whose cells know what they were before they were corrected, for drawing its form."""
    if not record.corrections:
        return record
    found: dict[tuple[str, int], dict[str, list[FormerText]]] = {}
    for one in former_figures(record):
        text = FormerText(one.text, f"#{correction_anchor(one.number)}", one.number)
        found.setdefault((one.block, one.row), {}).setdefault(one.key, []).append(text)
    if not found:
        return record
    changed: dict[str, object] = {
        name: _cells(getattr(record, name), found.get((name, 0), {})) for name in ("level1_weights", "extra")
    }
    # As below: a total that is blank now has its place all the same.
    former_total = found.get(("total", 0), {})
    changed["total"] = _cells({**dict.fromkeys(former_total, BLANK), **record.total}, former_total)
    columns = frozenset(dict(form.indicator_columns))
    changed["indicators"] = tuple(
        _row(row, found.get((INDICATORS, number), {}), columns) for number, row in enumerate(record.indicators)
    )
    if record.funding is not None:
        columns = frozenset(dict(form.funding_columns))
        rows = tuple(_row(row, found.get((FUNDING, n), {}), columns) for n, row in enumerate(record.funding.rows))
        funding = replace(record.funding, rows=rows)
        former = found.get((FUNDING, 0), {}).get(UNIT)
        changed["funding"] = replace(funding, unit=_corrected(funding.unit, former)) if former else funding
    changed["tables"] = tuple(_table(number, table, found) for number, table in enumerate(record.tables))
    return replace(record, **changed)


def _row(row: FundingRow | Indicator, former: _Texts, columns: frozenset[str]) -> FundingRow | Indicator:
    if not former:
        return row
    extra = {key.removeprefix(EXTRA): texts for key, texts in former.items() if key.startswith(EXTRA)}
    # A cell that is blank now need not be written, and yet the layout has a place for it.
    blank = {key: BLANK for key in former if key in columns and key not in (*row.cells, *_WORDS)}
    return replace(row, cells=_cells({**row.cells, **blank}, former), extra=_cells(row.extra, extra))


def _cells(cells: Mapping[str, Cell], former: _Texts) -> Mapping[str, Cell]:
    return {key: _corrected(cell, former[key]) if key in former else cell for key, cell in cells.items()}


def _corrected(cell: Cell, former: Sequence[FormerText]) -> CorrectedCell:
    return CorrectedCell(cell.text, cell.span, cell.unreadable, tuple(former))


def _table(number: int, table: FreeTable, found: Mapping[tuple[str, int], _Texts]) -> FreeTable:
    rows = []
    for place, row in enumerate(table.rows):
        former = found.get((f"{TABLES}/{number}", place), {})
        cells = ((str(column), cell) for column, cell in enumerate(row))
        rows.append(tuple(_corrected(cell, former[key]) if key in former else cell for key, cell in cells))
    return replace(table, rows=tuple(rows))
