"""A record whose every cell says which field it is, so that a template draws names without knowing of them.

A template prints a mark in place of a text: private-use characters around the number of the field. The text itself never
passes through HTML, so it comes back exactly as authored.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from markupsafe import Markup, escape
from msgspec.structs import replace

from generator.forms.grid import Field
from generator.model.records import Cell, FreeTable, FundingRow, Indicator, Prose, Record
from generator.vocabulary import Place

UNREADABLE = "无法辨认"
"""What stands in place of a text that nobody can read."""


class Shown(NamedTuple):
    """A field as it is to be shown."""

    name: str
    where: str
    """In the words of the form, for where the layout has no place for it."""
    text: str


class MarkedText(str):
    """A text that prints as a mark; in every other way it is the text."""

    __slots__ = ("mark",)

    mark: str

    def __html__(self) -> str:
        """Return what stands for the text in HTML."""
        return self.mark


class MarkedCell(Cell, frozen=True, gc=False):
    """A cell that prints as a mark."""

    mark: str = ""

    def __html__(self) -> str:
        """Return what stands for the cell in HTML."""
        return self.mark


class Marks:
    """The fields of one form, numbered in the order they were named."""

    def __init__(self, record: Record) -> None:
        start, end = _unused(record)
        self.fields: list[Shown] = []
        self._start, self._end = start, end
        self._pattern = re.compile(f"{start}([0-9]+){end}")

    def text(self, name: str, where: str, text: str) -> MarkedText:
        """Name a text."""
        marked = MarkedText(text)
        # A marked text would print its former mark.
        marked.mark = self._mark(name, where, str(text))
        return marked

    def cell(self, name: str, where: str, cell: Cell) -> MarkedCell:
        """Name a cell; one that is named already keeps its name."""
        if isinstance(cell, MarkedCell):
            return cell
        text = self.text(name, where, UNREADABLE if cell.unreadable else cell.text)
        # A template may print or ask for the text alone; what cannot be read has none.
        if cell.text != str(text):
            plain = MarkedText(cell.text)
            plain.mark = text.mark
        else:
            plain = text
        return MarkedCell(plain, cell.span, cell.unreadable, text.mark)

    def phrase(self, before: str, text: MarkedText, after: str) -> MarkedText:
        """Return words around a named text."""
        phrase = MarkedText(f"{before}{text}{after}")
        phrase.mark = f"{escape(before)}{text.mark}{escape(after)}"
        return phrase

    def read(self, text: str) -> tuple[str, tuple[Field, ...]]:
        """Return the text that a marked one stands for, and the fields in it."""
        numbers = [int(number) for number in self._pattern.findall(text)]
        fields = tuple(Field(self.fields[number].name, self.fields[number].text) for number in numbers)
        return self._pattern.sub(lambda match: self.fields[int(match[1])].text, text), fields

    def replaced(self, text: str, draw: Callable[[Shown], str]) -> str:
        """Return a marked text with something drawn in the place of each mark."""
        return self._pattern.sub(lambda match: draw(self.fields[int(match[1])]), text)

    def _mark(self, name: str, where: str, text: str) -> str:
        self.fields.append(Shown(name, where, text))
        return f"{self._start}{len(self.fields) - 1}{self._end}"


def marked_html(value: object) -> Markup:
    """Print a text as its mark: what stands for every filter that would change its text."""
    return escape(value)


def side_by_side(cells: Iterable[Cell]) -> Markup:
    """Join the marks of figures whose columns cannot be told."""
    return Markup("　").join([escape(cell) for cell in cells])


def marked_record(record: Record, marks: Marks) -> Record:
    """Name every cell of a record but those of the money, whose rows are named by the layout; see `funding_row`."""
    return replace(
        record,
        head={
            key: marks.cell("period" if key == "period" else f"head.{key}", record.label(Place.RECORD, key), cell)
            for key, cell in record.head.items()
        },
        extra={label: marks.cell(f"head_extra.{label}", label, cell) for label, cell in record.extra.items()},
        prose={key: _marked_prose(record, key, prose, marks) for key, prose in record.prose.items()},
        indicators=tuple(_marked_indicator(record, row, marks) for row in record.indicators),
        level1_weights={
            label: marks.cell(f"weight.{label}", f"权重 › {label}", cell)
            for label, cell in record.level1_weights.items()
        },
        total={
            key: marks.cell(f"total.{key}", f"总分 › {record.label(Place.TOTAL, key)}", cell)
            for key, cell in record.total.items()
        },
        tables=tuple(_marked_tables(record.tables, marks)),
    )


def prose_name(identifier: str) -> str:
    """Return the name of a text's field."""
    return f"{'objective' if identifier in ('expected', 'achieved') else 'prose'}.{identifier}"


def funding_cells(record: Record, row: FundingRow, anchor: str) -> Iterator[tuple[str, str, Cell]]:
    """Yield name, place in words and cell of all that a row of money has."""
    where = " › ".join(part for part in (row.group, row.label) if part)
    for key, cell in row.cells.items():
        yield f"{anchor}.{key}", f"{where} › {record.label(Place.FUNDING_ROW, key)}", cell
    for title, cell in row.extra.items():
        yield f"{anchor}.{title}", f"{where} › {title}", cell
    for number, cell in enumerate(row.printed_cells, 1):
        yield f"{anchor}.printed.{number}", f"{where} › 印出数字", cell


def _marked_prose(record: Record, identifier: str, prose: Prose, marks: Marks) -> Prose:
    place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
    text = marks.text(prose_name(identifier), record.label(place, identifier), prose.text.strip("\n"))
    return replace(prose, text=text)


def _marked_indicator(record: Record, row: Indicator, marks: Marks) -> Indicator:
    return replace(
        row,
        name=marks.text(f"{row.anchor}.name", "指标", row.name),
        cells=_marked(row.cells, row, marks, {key: record.label(Place.INDICATOR, key) for key in row.cells}),
        extra=_marked(row.extra, row, marks, {}),
    )


def _marked(cells: Mapping[str, Cell], row: Indicator, marks: Marks, labels: Mapping[str, str]) -> Mapping[str, Cell]:
    return {
        key: marks.cell(f"{row.anchor}.{key}", f"{row.name} › {labels.get(key, key)}", cell)
        for key, cell in cells.items()
    }


def _marked_tables(tables: Iterable[FreeTable], marks: Marks) -> Iterator[FreeTable]:
    for number, table in enumerate(tables, 1):
        rows = tuple(
            tuple(
                marks.cell(f"table.{number}.{row}.{column}", table.title, cell) for column, cell in enumerate(cells, 1)
            )
            for row, cells in enumerate(table.rows, 1)
        )
        yield replace(table, rows=rows)


def _unused(record: Record) -> tuple[str, str]:
    """Return two private-use characters that the record itself does not use."""
    used = set(msgspec.json.encode(record).decode())
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    return next(free), next(free)
