"""Read a form's table as a grid of cells, merged cells filling every place they cover."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("br col wbr img hr".split())


@dataclass
class _Cell:
    colspan: int
    rowspan: int
    text: str = ""


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the tables of class `form-table`, without the head that is repeated in print."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._table: _Table | None = None
        self._cell: _Cell | None = None
        self._skipped = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        classes = values.get("class", "").split()
        if tag == "table" and "form-table" in classes:
            self._table = _Table()
            self.tables.append(self._table)
        elif tag == "thead":
            self._skipped = "form-print-header" in classes
        elif self._table is not None and not self._skipped:
            if tag == "tr":
                self._table.rows.append([])
            elif tag in ("td", "th"):
                self._cell = _Cell(int(values.get("colspan", "1")), int(values.get("rowspan", "1")))
                self._table.rows[-1].append(self._cell)
            elif tag in ("p", "li", "br") and self._cell is not None and self._cell.text:
                self._cell.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._skipped = False
        elif tag in ("td", "th"):
            self._cell = None
        elif tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text += data


class Merged(tuple[str, int, int]):
    """Text, columns and rows of one cell."""

    __slots__ = ()


class Grid:
    """One table: rows of cells as drawn, and what covers each place."""

    def __init__(self, table: _Table) -> None:
        self.rows = [[Merged((cell.text.strip(), cell.colspan, cell.rowspan)) for cell in row] for row in table.rows]
        self.places: dict[tuple[int, int], str] = {}
        self.overlaps: list[tuple[int, int]] = []
        for number, row in enumerate(self.rows):
            column = 0
            for text, colspan, rowspan in row:
                while (number, column) in self.places:
                    column += 1
                for down in range(rowspan):
                    for right in range(colspan):
                        place = (number + down, column + right)
                        if place in self.places:
                            self.overlaps.append(place)
                        self.places[place] = text
                column += colspan

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns its widest row covers."""
        return 1 + max(column for _, column in self.places)

    def is_rectangular(self) -> bool:
        """Tell whether every place is covered by exactly one cell, and nothing sticks out."""
        whole = {(row, column) for row in range(self.height) for column in range(self.width)}
        return not self.overlaps and set(self.places) == whole

    def row(self, number: int) -> list[str]:
        """Return what covers each column of a row."""
        return [self.places[number, column] for column in range(self.width)]

    def shape(self, number: int) -> str:
        """Return a row as drawn, merged cells with their columns and rows: `项目名称 | 党建 →7 | 资金 ↓5`."""
        cells = []
        for text, colspan, rowspan in self.rows[number]:
            line = " ".join(text.split())
            marks = (f" →{colspan}" if colspan > 1 else "") + (f" ↓{rowspan}" if rowspan > 1 else "")
            cells.append(f"{line}{marks}".strip())
        return " | ".join(cells).strip()


def form_grids(html: str) -> list[Grid]:
    """Return the grids of the form tables in a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    return [Grid(table) for table in reader.tables]
