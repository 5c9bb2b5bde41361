"""One row of the money block as plain data."""

from generator.export import words
from generator.export.plain import Data, in_whole_cents, printed, printed_cells, why_unreadable
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, FundingRow
from generator.money import in_yuan


def funding_row_data(number: int, row: FundingRow, unit: str, form: FormDefinition) -> Data:
    """Return a row with the columns it has, each amount also in yuan."""
    # A column that the layout prints and the author left out is a blank cell, unless its figures stand elsewhere.
    blank = {} if row.printed_cells else dict.fromkeys(form.funding_columns, BLANK)
    cells = {**blank, **row.cells}
    data: Data = {"number": number, "label": row.label, "group": row.group}
    data["parent"] = None if row.parent is None else row.parent + 1
    data |= {
        term.identifier: printed(cells.get(term.identifier))
        for term in words.FUNDING_CELLS
        if term.identifier in cells or term.identifier in words.FUNDING_ALWAYS
    }
    data["yuan"] = _yuan(row, unit)
    if row.printed_cells:
        data["printed_cells"] = [printed(cell) for cell in row.printed_cells]
    if row.extra:
        data["extra"] = printed_cells(row.extra)
    if unreadable := _unreadable(row):
        data["unreadable"] = unreadable
    return data


def _unreadable(row: FundingRow) -> dict[str, str]:
    whole = {"row": row.unreadable} if row.unreadable else {}
    loose = {str(position): cell for position, cell in enumerate(row.printed_cells)}
    return (
        whole | why_unreadable(row.cells) | why_unreadable(loose, "printed_cells") | why_unreadable(row.extra, "extra")
    )


def _yuan(row: FundingRow, unit: str) -> Data:
    amounts = {}
    for term in words.AMOUNTS:
        cell = row.cells.get(term.identifier)
        yuan = in_yuan(cell.number, unit) if cell is not None and cell.number is not None else None
        if yuan is not None:
            amounts[term.identifier] = in_whole_cents(yuan)
    return amounts
