"""The figures of a record by the words of its form, so that a change of one can be taken back.

What a sheet says of its figures is what `printed.figures_of` says of the record's, to the letter: only so a digest
proves that a record with its corrections undone is what was once published.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.figure_groups import (
    EXTRA,
    FUNDING,
    INDICATORS,
    STEP,
    TABLES,
    Group,
    Table,
    Value,
    cell_value,
)
from generator.model.figure_lines import WHY, Line
from generator.model.printed import Content, digest_of_content, escaped, without_blanks
from generator.model.records import FreeTable, FundingRow, Indicator, Record
from generator.patterns import lazy_pattern
from generator.text import folded
from generator.vocabulary import Place, term_for

_OF_SEVERAL = lazy_pattern(r"（第 \d+ 处）$")
_NAMELESS = lazy_pattern(r"第 \d+ 行")


class Sheet:
    """All figures of a record; changed in place while corrections are undone."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._heads = {
            FUNDING: {"annual": record.label(Place.RECORD, "funding")},
            INDICATORS: {
                "annual": record.label(Place.RECORD, "indicators"),
                "long_term": record.label(Place.RECORD, "long_term_indicators"),
            },
        }
        self.unit = self._group(("funding",), Place.FUNDING, {"unit": record.label(Place.FUNDING, "unit")})
        self.year = Group((), None, {"fiscal_year": record.label(Place.RECORD, "fiscal_year")})
        self.year.cells["fiscal_year"] = Value(str(record.fiscal_year) if record.fiscal_year else "")
        self.total = self._group(("total",), Place.TOTAL, self._labels(Place.TOTAL)).add(record.total)
        self.weights = self._group(("level1_weights",), None, {}).add(record.level1_weights)
        self.extra = self._group(("extra",), None, {}).add(record.extra)
        self.funding: list[Line] = []
        self.indicators = list(self._indicators(record.indicators))
        self.tables = [self._table(table) for table in record.tables]
        if record.funding is not None:
            self.unit.add({"unit": record.funding.unit})
            self.funding = list(self._money(record.funding.rows))
        self.call_rows()

    def _group(self, block: tuple[str], place: Place | None, labels: Mapping[str, str]) -> Group:
        return Group((self._record.label(Place.RECORD, block[0]),), place, labels)

    def _labels(self, place: Place) -> Mapping[str, str]:
        start = f"{place}."
        labels = self._record.labels
        return {key.removeprefix(start): label for key, label in labels.items() if key.startswith(start)}

    def _line(self, block: str) -> Line:
        return Line(block, self._labels(Place.FUNDING_ROW if block == FUNDING else Place.INDICATOR), self._heads[block])

    def _money(self, rows: Sequence[FundingRow]) -> Iterator[Line]:
        lines = [self._line(FUNDING) for _ in rows]
        for line, row in zip(lines, rows, strict=True):
            line.source, line.group, line.name = row, row.group, row.label
            line.parent = None if row.parent is None else lines[row.parent]
            line.add(row.cells).add(row.extra, EXTRA)
            line.printed = tuple(map(cell_value, row.printed_cells))
            line.is_lone = row.cells.keys() == {"amount"}
            if row.unreadable:
                line.cells[WHY] = Value(row.unreadable)
            yield line

    def _indicators(self, rows: Sequence[Indicator]) -> Iterator[Line]:
        lines = [self._line(INDICATORS) for _ in rows]
        for line, row in zip(lines, rows, strict=True):
            line.source, line.horizon, line.levels, line.name = row, row.horizon, row.path, row.name
            line.parent = None if row.parent is None else lines[row.parent]
            line.add(row.cells).add(row.extra, EXTRA)
            yield line

    def _table(self, table: FreeTable) -> Table:
        way = (self._record.label(Place.RECORD, "tables"), table.title)
        return Table(way, table.title, table.columns, ([cell_value(cell) for cell in row] for row in table.rows))

    def call_rows(self) -> None:
        """Call every row, and every table, by the words that it has now; the words it had before lead to it as well.

        To be asked for whenever rows or their words have changed.
        """
        blocks: tuple[Sequence[Line | Table], ...] = (self.funding, self.indicators, self.tables)
        for rows in blocks:
            before = [row.way for row in rows]
            for number, row in enumerate(rows, 1):
                row.call(number)
            _tell_apart(rows)
            for row, way in zip(rows, before, strict=True):
                if way and way != row.way and way not in row.aliases:
                    row.aliases.append(way)

    def groups(self) -> Iterator[Group]:
        """Yield all cells, group by group, in the order of the form."""
        yield from (self.year, self.unit, *self.funding, self.weights, *self.indicators, self.total)
        for table in self.tables:
            yield table
            yield from table.lines()
        yield self.extra

    def list_of(self, block: str) -> list[Line] | list[Table]:
        """Return the rows of a block, to be changed."""
        return {FUNDING: self.funding, INDICATORS: self.indicators, TABLES: self.tables}[block]  # type: ignore[return-value]  # lists do not vary

    def new_line(self, way: tuple[str, ...], block: str) -> Line:
        """Return a blank row of the money or the indicators that a way of words leads to."""
        line, above = self._line(block), way[:-1]
        if above and self.block_of(above[0]) == block:
            line.horizon = "long_term" if self._is_block(above[0], "long_term_indicators") else "annual"
            above = above[1:]
        name = _OF_SEVERAL.sub("", way[-1]) if way else ""
        line.name = "" if block == INDICATORS and _NAMELESS.fullmatch(name) else name
        if block == FUNDING:
            line.group = STEP.join(above)
        else:
            line.levels = above
        return line

    def line_called(self, words: str, block: str) -> Line | None:
        """Return the one row that is called so."""
        parts = tuple(folded(part) for part in words.split("›") if part.strip())
        lines = [line for line in (*self.funding, *self.indicators) if line.block == block]
        ways = [tuple(map(folded, line.way)) for line in lines]
        for start in (0, 1, -len(parts)):
            found = [line for line, way in zip(lines, ways, strict=True) if parts and way[start:] == parts]
            if len(found) == 1:
                return found[0]
        return None

    def block_of(self, word: str) -> str | None:
        """Return which block a word names, if any."""
        for block in ("funding", "indicators", "long_term_indicators", "tables"):
            if self._is_block(word, block):
                return INDICATORS if block == "long_term_indicators" else block
        return None

    def _is_block(self, word: str, block: str) -> bool:
        term = term_for(Place.RECORD, word)
        return folded(word) == folded(self._record.label(Place.RECORD, block)) or (
            term is not None and term.identifier == block
        )

    def digest(self) -> str:
        """Return what `printed.figures_digest` says of a record with these figures."""
        return digest_of_content(self.figures())

    def figures(self) -> Content:
        """Return what `printed.figures_of` says of a record with these figures."""
        unit = self.unit.cells.get("unit", Value(""))
        year = self.year.cells["fiscal_year"].text
        why = {"money_unit": unit.unreadable}
        why |= {f"total_{escaped(key)}": value.unreadable for key, value in self.total.cells.items()}
        found: Content = {"fiscal_year": int(year) if year.isascii() and year.isdigit() else year}
        found["money_unit"] = unit.text
        found |= {f"total_{key}": value.text for key, value in self.total.cells.items()}
        for name, group in (("level1_weights", self.weights), ("extra", self.extra)):
            found[name] = without_blanks({key: value.text for key, value in group.cells.items()})
            why |= {f"{name}/{escaped(key)}": value.unreadable for key, value in group.cells.items()}
        for name, lines in ((FUNDING, self.funding), (INDICATORS, self.indicators)):
            numbers = {id(line): number for number, line in enumerate(lines, 1)}
            found[name] = [line.figures(numbers) for line in lines]
        found["tables"] = [
            {
                "title": table.title,
                "columns": list(table.columns),
                "rows": [[value.text for value in row] for row in table.rows],
            }
            for table in self.tables
        ]
        for number, table in enumerate(self.tables):
            cells = ((m, n, value) for m, row in enumerate(table.rows) for n, value in enumerate(row))
            why |= {f"tables/{number}/rows/{m}/{n}": value.unreadable for m, n, value in cells}
        found["unreadable"] = without_blanks({**why})
        return without_blanks(found)


def _tell_apart(lines: Iterable[Group]) -> None:
    """Give rows that are called alike a number each."""
    same: dict[tuple[str, ...], list[Group]] = {}
    for line in lines:
        same.setdefault(tuple(map(folded, line.way)), []).append(line)
    for found in same.values():
        for number, line in enumerate(found, 1) if len(found) > 1 else ():
            line.way = (*line.way[:-1], f"{line.way[-1]}（第 {number} 处）")
