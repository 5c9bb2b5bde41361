"""Rows and other groups of figures by the words of their form, each of which can be changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.model.records import Cell
from generator.text import folded
from generator.vocabulary import Place, term_for, term_of

UNREADABLE = "无法辨认："
"""Begins what stands for a cell that cannot be read."""

FUNDING, INDICATORS, TABLES = "funding", "indicators", "tables"
STEP = " › "
"""Between the words of a way."""
LISTED = "、"
"""Between figures whose columns cannot be told."""
COLUMN = " | "
"""Between the cells of a row, or its titles, where a whole one is given."""

_TITLE, _HEADINGS = "标题", "表头"


class Value(NamedTuple):
    """What a cell prints."""

    text: str
    unreadable: str = ""

    @property
    def shown(self) -> str:
        """In one string, as lists of changes print it."""
        return f"{UNREADABLE}{self.unreadable}" if self.unreadable else self.text


def value_of(shown: str) -> Value:
    """Return the value that a string of `Value.shown` stands for."""
    return Value("", shown.removeprefix(UNREADABLE)) if shown.startswith(UNREADABLE) else Value(shown)


def cell_value(cell: Cell) -> Value:
    """Return what a cell prints."""
    return Value(cell.text, cell.unreadable)


def joined(texts: Iterable[str], separator: str) -> str:
    """Return texts as one, so that `parted` finds them again whatever stands in them."""
    mark = separator.strip()
    return separator.join(text.replace("\\", "\\\\").replace(mark, f"\\{mark}") for text in texts)


def parted(text: str, separator: str) -> list[str]:
    """Return the texts that were put together."""
    pattern = rf"\\([\\{re.escape(separator.strip())}])|({re.escape(separator)})|(.)"
    parts = [""]
    for mark, end, character in re.findall(pattern, text, re.DOTALL):
        if end:
            parts.append("")
        else:
            parts[-1] += mark or character
    return parts


class Group:
    """Cells that stand below one way of words: a row, the totals, the weights."""

    def __init__(self, way: tuple[str, ...], place: Place | None, labels: Mapping[str, str]) -> None:
        self.way = way
        self.place = place
        """By which the titles of its cells are understood; None where each is known by its own title alone."""
        self.labels = labels
        """Title of each cell that has another one than the vocabulary's word, by key."""
        self.aliases: list[tuple[str, ...]] = []
        """Ways of words that led to it later on, while corrections are undone."""
        self.cells: dict[str, Value] = {}
        """By identifier, or else `extra/` and the printed title."""

    def key_of(self, word: str) -> str | None:
        """Return the key of the cell that a title names, blank ones too; None where no column is called so."""
        wanted = folded(word)
        for key in (*self.labels, *self.cells):
            if folded(self.title_of(key)) == wanted:
                return key
        term = term_for(self.place, word) if self.place else None
        return term.identifier if term and term.identifier not in ("label", "name", "parts", "extra") else None

    def title_of(self, key: str) -> str:
        """Return what a cell is called."""
        if key.startswith(EXTRA):
            return key.removeprefix(EXTRA)
        return self.labels.get(key) or (term_of(self.place, key).label if self.place else key)

    def get(self, key: str) -> str:
        """Return what a cell prints."""
        return self.cells.get(key, Value("")).shown

    def set(self, key: str, shown: str) -> None:
        """Have a cell print something else."""
        self.cells[key] = value_of(shown)

    def all(self) -> Mapping[str, str]:
        """Return what all cells print, by title; none that is blank."""
        return {self.title_of(key): self.get(key) for key in self.cells if self.get(key)}

    def add(self, cells: Mapping[str, Cell], prefix: str = "") -> "Group":
        """Put cells into it."""
        for key, cell in cells.items():
            if cell.text or cell.unreadable:
                self.cells[prefix + key] = cell_value(cell)
        return self


EXTRA = "extra/"


class Table(Group):
    """A table that fits no block."""

    block = TABLES

    def __init__(self, way: tuple[str, ...], title: str, columns: tuple[str, ...], rows: Iterable[list[Value]]) -> None:
        super().__init__(way, None, {})
        self.title, self.columns = title, columns
        self.rows = list(rows)

    def call(self, number: int) -> None:
        """Let its way be what it is called as the table of this number, from 1."""
        self.way = (self.way[0], self.title or str(number))

    def key_of(self, word: str) -> str | None:
        """Return the word where it names the title or the columns."""
        return word if word in (_TITLE, _HEADINGS) else None

    def get(self, key: str) -> str:
        """Return the title, the columns or a row."""
        if key == _TITLE:
            return self.title
        return joined(self.columns, COLUMN) if key == _HEADINGS else ""

    def set(self, key: str, shown: str) -> None:
        """Change the title or the columns."""
        if key == _TITLE:
            self.title = shown
        else:
            self.columns = tuple(parted(shown, COLUMN)) if shown else ()
            for row in self.rows:
                # Every row has as many cells as there are columns, or the file could not be read.
                row.extend([Value("")] * (len(self.columns) - len(row)))
                while len(row) > len(self.columns) and row[-1] == Value(""):
                    row.pop()

    def all(self) -> Mapping[str, str]:
        """Return all that it prints, row by row."""
        rows = {row_title(n): joined((value.shown for value in row), COLUMN) for n, row in enumerate(self.rows, 1)}
        return {_TITLE: self.title, _HEADINGS: self.get(_HEADINGS), **rows}

    def lines(self) -> Iterator["TableLine"]:
        """Yield its rows."""
        return (TableLine(self, number) for number in range(len(self.rows)))


class TableLine(Group):
    """A row of such a table."""

    def __init__(self, table: Table, number: int) -> None:
        super().__init__((*table.way, row_title(number + 1)), None, {})
        self.aliases = [(*way, row_title(number + 1)) for way in table.aliases]
        self.table, self.number = table, number
        self.row = table.rows[number]

    def key_of(self, word: str) -> str | None:
        """Return the number of the column that a title names."""
        titles = [folded(self._column(n)) for n in range(max(len(self.row), len(self.table.columns)))]
        return str(titles.index(folded(word))) if titles.count(folded(word)) == 1 else None

    def title_of(self, key: str) -> str:
        """Return the title of a column."""
        return self._column(int(key))

    def get(self, key: str) -> str:
        """Return what a cell prints."""
        return self.row[int(key)].shown if int(key) < len(self.row) else ""

    def set(self, key: str, shown: str) -> None:
        """Have a cell print something else."""
        while len(self.row) <= int(key):
            self.row.append(Value(""))
        self.row[int(key)] = value_of(shown)

    def all(self) -> Mapping[str, str]:
        """Return what all cells print, by title; all of them, for their number counts."""
        return {self._column(n): value.shown for n, value in enumerate(self.row)}

    def _column(self, number: int) -> str:
        columns = self.table.columns
        title = columns[number] if number < len(columns) else ""
        return title if title and columns.count(title) == 1 else f"第 {number + 1} 栏"


def row_title(number: int) -> str:
    """Return what a row without a name is called."""
    return f"第 {number} 行"


def is_whole_table(cells: Mapping[str, str]) -> bool:
    """Tell whether cells are those of a table that came or went as a whole."""
    return _HEADINGS in cells


def table_of(way: tuple[str, ...], cells: Mapping[str, str]) -> Table:
    """Return the table that `Table.all` told of."""
    columns = cells.get(_HEADINGS, "")
    rows = [text for title, text in cells.items() if title not in (_TITLE, _HEADINGS)]
    return Table(
        way,
        cells.get(_TITLE, ""),
        tuple(parted(columns, COLUMN)) if columns else (),
        ([value_of(text) for text in parted(row, COLUMN)] for row in rows),
    )
