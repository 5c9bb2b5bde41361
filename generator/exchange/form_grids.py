"""A record's form as documents need it: drawn by its own template, read back cell by cell, each with its field's name.

The template is the one that draws the page, a project's replacement too, so a document looks like the page without
anybody telling it how. What the template leaves out of the record stands in further tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import jinja2
from msgspec.structs import replace

from generator.errors import JixiaoError
from generator.exchange.form_style import column_shares, shares_by_text, styled_cells
from generator.exchange.marked import Marks, Shown, marked_html, side_by_side
from generator.exchange.marked_view import make_marked_view
from generator.forms.field_names import LAYOUTS, RECORDS
from generator.forms.grid import Align, CellKind, Field, FormGrid, Grid, GridCell
from generator.forms.html_grid import OURS, TableTooLargeError, tables_of
from generator.forms.html_table import HtmlTable
from generator.model.catalog import Catalog
from generator.model.forms import FormDefinition
from generator.model.records import FreeTable, Record
from generator.render.environment import make_environment, template_fault

SUPPLEMENT = "版式之外的内容"
"""Line above the table of what the layout has no place for."""

_NOT_PRINTED = (".label", ".name", ".level1", ".level2", ".level3", ".level4")
"""Ends of the names of fields that a layout may print in words of its own."""


def form_environment(template_dirs: Sequence[Path]) -> jinja2.Environment:
    """Make the environment that draws forms for documents: fields print as their marks.

    It is not the pages' own, for filters that make HTML of a text would lose which field the text is.
    """
    environment = make_environment(template_dirs)
    environment.filters.update(prose=marked_html, side_by_side=side_by_side)
    return environment


def form_grids(records: Iterable[Record], catalog: Catalog, environment: jinja2.Environment) -> Iterator[FormGrid]:
    """Yield the form of each record."""
    for record in records:
        yield form_grid(record, catalog.form_of(record), environment)


def form_grid(record: Record, form: FormDefinition, environment: jinja2.Environment) -> FormGrid:
    """Return a record's form, with all that the record says.

    Raises JixiaoError where the form's template is faulty.
    """
    marks = Marks(record)
    view = make_marked_view(record, form, marks)
    name = f"forms/{form.identifier}.html"
    try:
        tables = tables_of(environment.get_template(name).render(form=view, base=""))
    except (jinja2.TemplateError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise JixiaoError(f"{record.path} 不能导出：{template_fault(error, name)}") from error
    except TableTooLargeError as error:
        raise JixiaoError(f"{record.path} 不能导出：模板 {name} 的{error}") from error
    ours = [table for table in tables if OURS in table.classes]
    seen: set[str] = set()
    grids = [_grid(table, marks, seen) for table in ours]
    title, period, grids = _heading(grids, view.title, view.period)
    return FormGrid(
        title=title,
        period=period,
        grids=(*grids, *_supplements(record, marks, seen)),
        record=record.id,
        layout=form.layout,
    )


def properties_of(forms: Sequence[FormGrid]) -> Mapping[str, str]:
    """Return what a document of these forms says of itself, for whoever reads it back."""
    return {RECORDS: ";".join(form.record for form in forms), LAYOUTS: ";".join(form.layout for form in forms)}


def _grid(table: HtmlTable, marks: Marks, seen: set[str]) -> Grid:
    cells = []
    for cell in table.grid.cells:
        text, fields = marks.read(cell.text)
        seen.update(field.name for field in fields)
        cells.append(replace(cell, text=text, fields=fields))
    above = []
    for line in table.grid.above:
        text, fields = marks.read(line)
        seen.update(field.name for field in fields)
        above.append(text)
    grid = replace(table.grid, cells=tuple(cells), above=tuple(above))
    read = table._replace(grid=grid)
    return replace(grid, cells=styled_cells(read), widths=column_shares(read))


def _heading(grids: list[Grid], title: str, period: str) -> tuple[str, str, list[Grid]]:
    """Take the title and the line below it from above the first table."""
    above = list(grids[0].above) if grids else []
    if title in above:
        above.remove(title)
    line = next((line for line in above if period and period in line), "")
    if line:
        above.remove(line)
    rest = [replace(grids[0], above=tuple(above)), *grids[1:]] if grids else []
    return str(title), line or str(period), rest


def _supplements(record: Record, marks: Marks, seen: set[str]) -> Iterator[Grid]:
    """Yield tables of what the layout has no place for, so that nothing authored is missing."""
    missing = {
        shown.name: shown
        for shown in marks.fields
        if shown.text
        and shown.name not in seen
        and shown.name not in _HEADING
        and not shown.name.endswith(_NOT_PRINTED)
    }
    lines = [shown for name, shown in missing.items() if not name.startswith("table.")]
    if lines:
        yield _facts(lines)
    for number, table in enumerate(record.tables, 1):
        names = [name for name in missing if name.startswith(f"table.{number}.")]
        if names or not table.rows:
            yield _free_table(table, number)


_HEADING = ("title", "period")


def _facts(lines: Sequence[Shown]) -> Grid:
    cells = []
    for row, shown in enumerate(lines):
        field = Field(shown.name, shown.text)
        cells.append(GridCell(row, 0, shown.where, kind=CellKind.LABEL, align=Align.LEFT))
        cells.append(GridCell(row, 1, shown.text, kind=CellKind.VALUE, align=Align.LEFT, fields=(field,)))
    return Grid(tuple(cells), above=(SUPPLEMENT,), widths=(0.3, 0.7))


def _free_table(table: FreeTable, number: int) -> Grid:
    titles = [
        GridCell(0, column, title, kind=CellKind.LABEL, align=Align.CENTER)
        for column, title in enumerate(table.columns)
    ]
    cells = [
        GridCell(
            row, column - 1, text, kind=CellKind.VALUE, align=Align.CENTER,
            fields=(Field(f"table.{number}.{row}.{column}", text),),
        )
        for row, line in enumerate(table.rows, 1)
        for column, text in enumerate((cell.text or ("无法辨认" if cell.unreadable else "") for cell in line), 1)
    ]  # fmt: skip
    grid = Grid((*titles, *cells), above=(table.title,))
    return replace(grid, widths=shares_by_text(grid))
