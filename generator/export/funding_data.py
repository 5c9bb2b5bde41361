"""One row of the money block as plain data."""

from generator.export import words
from generator.export.columns import FUNDING_COLUMNS
from generator.export.csv_table import listed, named, reasons
from generator.export.plain import Data, Row, number_of, printed, printed_cells, why_unreadable, yuan_of
from generator.model.forms import FormDefinition
from generator.model.records import FundingRow

_AMOUNTS = tuple(term.identifier for term in words.AMOUNTS)
_NO_COLUMN: dict[str, str | None] = dict.fromkeys(words.FUNDING_ALWAYS)


def funding_row_data(number: int, row: FundingRow, unit: str, form: FormDefinition) -> Row:
    """Return a row with the columns it has, each amount also in yuan."""
    # A column that the layout prints and the author left out is a blank cell, unless its figures stand elsewhere.
    blank = {} if row.printed_cells else dict.fromkeys(form.funding_columns, "")
    cells = {**_NO_COLUMN, **blank, **printed_cells(row.cells)}
    parent = None if row.parent is None else row.parent + 1
    yuan = _yuan(row, unit)
    data: Data = {"number": number, "label": row.label, "group": row.group, "parent": parent, **cells}
    data["yuan"] = {identifier: number_of(amount) for identifier, amount in yuan.items()}
    values = {"number": str(number), "label": row.label, "group": row.group, **cells}
    values |= {f"{identifier}_yuan": amount for identifier, amount in yuan.items()}
    if parent is not None:
        values["parent"] = str(parent)
    if row.printed_cells:
        loose = data["printed_cells"] = [printed(cell) for cell in row.printed_cells]
        values["printed_cells"] = listed(loose)
    if row.extra:
        extra = data["extra"] = printed_cells(row.extra)
        values["extra"] = named(extra)
    if unreadable := _unreadable(row):
        data["unreadable"] = unreadable
        values["unreadable"] = reasons(unreadable, FUNDING_COLUMNS)
    return Row(data, values)


def _unreadable(row: FundingRow) -> dict[str, str]:
    found = {"row": row.unreadable} if row.unreadable else {}
    found |= why_unreadable(row.cells)
    if row.printed_cells:
        loose = {str(position): cell for position, cell in enumerate(row.printed_cells)}
        found |= why_unreadable(loose, "printed_cells")
    return found | why_unreadable(row.extra, "extra")


def _yuan(row: FundingRow, unit: str) -> dict[str, str]:
    amounts = {}
    for identifier in _AMOUNTS:
        cell = row.cells.get(identifier)
        yuan = yuan_of(cell.text, unit) if cell is not None else None
        if yuan is not None:
            amounts[identifier] = yuan
    return amounts
