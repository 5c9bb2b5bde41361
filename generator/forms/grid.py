"""A form as cells with spans: what a page's table is read into, what documents are written from and read into."""

from enum import StrEnum

from msgspec import Struct


class CellKind(StrEnum):
    """What a cell is in the form."""

    LABEL = "label"
    """Printed by the form itself."""
    VALUE = "value"
    """Filled in by the unit."""
    UNKNOWN = "unknown"
    """The document does not say."""


class Align(StrEnum):
    """How a cell's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Field(Struct, frozen=True, gc=False):
    """A field of the record that a cell shows."""

    name: str
    """Stable name of the field, such as head.project_name or i-1f0c9a3b.actual; see `field_names`."""
    text: str
    """Its text, the whole of the cell's unless the cell shows several fields."""


class GridCell(Struct, frozen=True, gc=False):
    """One cell, merged or not."""

    row: int
    """From 0, the first row it covers."""
    column: int
    """From 0, the first column it covers."""
    text: str
    """As printed; lines are separated by a line feed."""
    rows: int = 1
    columns: int = 1
    kind: CellKind = CellKind.UNKNOWN
    align: Align = Align.LEFT
    vertical: bool = False
    """Whether the text is written from top to bottom."""
    fields: tuple[Field, ...] = ()
    """What the document itself says the cell shows; empty where it says nothing."""
    place: str = ""
    """Where it stands in its document, for people: 表1!B4, 第2页表1第3行第2格; empty for what we make ourselves."""
    note: str = ""
    """What a person should know of how it was read, in Chinese: 公式的缓存值, 隐藏行; empty where there is nothing."""


class Grid(Struct, frozen=True):
    """One table and the lines around it."""

    cells: tuple[GridCell, ...]
    """By row, then column; no two cover the same place, and a place may be covered by none."""
    above: tuple[str, ...] = ()
    """Lines of text between the table before and this one: title, year, unit of money."""
    below: tuple[str, ...] = ()
    """Lines behind the last table of the document."""
    widths: tuple[float, ...] = ()
    """Share of each column of the whole width; empty where unknown."""
    repeated: tuple[tuple[str, int], ...] = ()
    """Head that each printed page of the table repeats: text and columns of each cell; empty for none."""
    place: str = ""
    """Where it stands in its document, for people: 工作表“自评表”, 第2至3页."""

    @property
    def height(self) -> int:
        """Count rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Count columns."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)


class FormGrid(Struct, frozen=True):
    """One record's form: the tables of its layout under one title."""

    title: str
    period: str
    """Line under the title, with its brackets; empty where the form prints none."""
    grids: tuple[Grid, ...]
    record: str = ""
    """Id of the record."""
    layout: str = ""
    """Name of its layout, such as A1."""
