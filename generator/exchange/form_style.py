"""How wide the columns of a form are and how its cells stand, as the style sheet for print has it."""

from collections.abc import Sequence

from generator.forms.grid import Align, CellKind, Grid, GridCell
from generator.forms.html_table import HtmlCell, HtmlTable

_WIDTHS = {"c-side": 13, "c-level": 16, "c-level2": 25, "c-points": 10, "c-rate": 15, "c-value": 23}
"""Millimetres on an A4 page, by class of the column; the name of an indicator takes what is left."""
_OWN_WIDTHS = {
    "form-a1": {"c-level": 14, "c-points": 13, "c-reason": 35},
    "form-a2": {"c-reason": 27},
    "form-b1": {"c-level": 14, "c-reason": 27},
    "form-c1": {"c-side": 16},
}
_AFTER_LEVEL = {
    "form-a1": ("c-level", 20),
    "form-a2": ("c-level", 19),
    "form-b1": ("c-points", 17),
}
"""Width of a column of a class that follows the one of the first level."""
_PAGE = 186
"""Millimetres between the margins of an A4 page."""
_LEAST_REST = 18

_LONGEST, _SHORTEST = 24, 4
"""Characters of a line beyond which a column needs no more room, and below which it gets no less."""


def styled_cells(table: HtmlTable) -> tuple[GridCell, ...]:
    """Return a table's cells, aligned as print has them."""
    return tuple(
        _aligned(cell, source, table.classes) for cell, source in zip(table.grid.cells, table.cells, strict=True)
    )


def column_shares(table: HtmlTable) -> tuple[float, ...]:
    """Return the share of each column in the width of the page: those of its classes, else by what stands in it."""
    if not table.columns or len(table.columns) != table.grid.width:
        return shares_by_text(table.grid)
    form = next((name for name in sorted(table.classes) if name in _OWN_WIDTHS), "")
    widths: list[float | None] = []
    for number, classes in enumerate(table.columns):
        before = table.columns[number - 1] if number else frozenset[str]()
        widths.append(_width(form, classes, before))
    free = widths.count(None)
    taken = sum(width for width in widths if width is not None)
    rest = max(_LEAST_REST, (_PAGE - taken) / free) if free else 0
    return _shares([rest if width is None else width for width in widths])


def shares_by_text(grid: Grid) -> tuple[float, ...]:
    """Return shares by the longest line of each column; merged cells say little of any one."""
    longest = [_SHORTEST] * grid.width
    for cell in grid.cells:
        if cell.columns == 1:
            length = max(map(len, cell.text.split("\n")))
            longest[cell.column] = max(longest[cell.column], min(length, _LONGEST))
    return _shares(longest)


def _aligned(cell: GridCell, source: HtmlCell, table: frozenset[str]) -> GridCell:
    align = Align.LEFT if source.classes & {"name", "reason", "prose"} else Align.CENTER
    if "num" in source.classes and source.row_id.startswith("funding"):
        # Points, rates and scores of the money stand in the middle, sums of money below one another.
        centred = 3 if table & {"form-a1", "form-a2"} else 1 if "form-b1" in table else 0
        align = Align.CENTER if source.from_end <= centred else Align.RIGHT
    # A cell without a field is printed by the form, whatever element draws it.
    kind = CellKind.VALUE if cell.fields and cell.kind is not CellKind.LABEL else CellKind.LABEL
    return GridCell(cell.row, cell.column, cell.text, cell.rows, cell.columns, kind, align, cell.vertical, cell.fields)


def _width(form: str, classes: frozenset[str], before: frozenset[str]) -> float | None:
    name = next((name for name in sorted(classes) if name.startswith("c-")), "")
    second, width = _AFTER_LEVEL.get(form, ("", 0))
    if name and name == second and "c-level" in before:
        return width
    return _OWN_WIDTHS.get(form, {}).get(name) or _WIDTHS.get(name)


def _shares(widths: Sequence[float]) -> tuple[float, ...]:
    whole = sum(widths) or 1
    return tuple(round(width / whole, 4) for width in widths)
