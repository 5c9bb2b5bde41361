"""A form of another make as it is printed, with what each of its cells says beside it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.text import folded
from generator.vocabulary import TERMS, Kind, Place

ANYWHERE = "?"
"""Of a cell that no field is meant for: it must not get lost, and must not fill a field of the form."""
_PROSE = frozenset(term.identifier for term in TERMS[Place.RECORD] if term.kind is Kind.PROSE)


class Printed(NamedTuple):
    """One cell."""

    row: int
    column: int
    text: str
    rows: int
    columns: int


class Page:
    """Lines and rows of one form; `facts` is the truth, by field.

    A row is cells between bars. `→n` and `↓n` behind a text merge, places merged over from above are left out,
    `\\n` breaks a line, and `@field ` before a text says which field it is.
    """

    def __init__(self, title: str, *, year: str = "", period: str = "", at: str = "") -> None:
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.cells: list[Printed] = []
        self.facts: dict[str, str] = {"title": title}
        self.loose: list[str] = []
        """Texts that belong nowhere in particular."""
        self.covered: set[tuple[int, int]] = set()
        self.height = 0
        if year:
            self.facts["fiscal_year"] = year
        if period:
            self.facts["period"] = period
        if at:
            self.facts["funding.unit"] = at

    @property
    def width(self) -> int:
        return max(cell.column + cell.columns for cell in self.cells)

    def above(self, *lines: str) -> "Page":
        """Print lines over the table; `@field text` where one is a field and nothing else."""
        self.lines += lines
        return self

    def below(self, *lines: str) -> "Page":
        self.notes += lines
        return self

    def says(self, **facts: str) -> "Page":
        """State fields that stand within other text."""
        self.facts |= {_field(name.replace("__", ".")): text for name, text in facts.items()}
        return self

    def rows(self, *rows: str) -> "Page":
        for row in rows:
            self._row(row.split("|"))
        return self

    def _row(self, parts: Iterable[str]) -> None:
        column = 0
        for part in parts:
            column = self._free(column)
            text, field = part.strip(), ""
            wide, tall = re.search(r"→(\d+)", text), re.search(r"↓(\d+)", text)
            text = re.sub(r"[→↓]\d+", "", text).strip()
            if text.startswith("@"):
                field, _, text = text[1:].partition(" ")
            text = "" if text == "." else text
            columns, rows = int(wide[1]) if wide else 1, int(tall[1]) if tall else 1
            self._cell(Printed(self.height, column, text.replace("\\n", "\n"), rows, columns), field)
            column += columns
        self.height += 1

    def _free(self, column: int) -> int:
        while (self.height, column) in self.covered:
            column += 1
        return column

    def _cell(self, cell: Printed, field: str) -> None:
        self.cells.append(cell)
        self.covered |= {
            (cell.row + down, cell.column + right) for down in range(cell.rows) for right in range(cell.columns)
        }
        if field == ANYWHERE:
            self.loose.append(cell.text)
        elif field and cell.text:
            field = _field(field)
            assert field not in self.facts, f"the truth has {field} twice"
            self.facts[field] = cell.text

    def money(self, side: str, titles: str, *rows: str, spans: Sequence[int] = (), under: str = "") -> "Page":
        """Print a money block: `title:column` for each column, the first one above the labels.

        A label may have `path>` before it that is not printed: the row that it is part of, or its group.
        """
        columns = [_titled(title) for title in titles.split("|")]
        beside = [f"{side}↓{len(rows) + 1}"] if side else []
        self._row([*beside, *(_spanned(title, spans, n) for n, (title, _) in enumerate(columns))])
        for row in rows:
            label, *amounts = row.split("|")
            path, _, shown = label.rpartition(">")
            name = "/".join(part for part in (under, path, row_name(shown)) if part)
            cells = [
                f"@money/{name}/{column} {amount}" if column and amount not in ("", ".") else amount
                for (_, column), amount in zip(columns[1:], amounts, strict=True)
            ]
            self._row(_spanned(cell, spans, n) for n, cell in enumerate((shown, *cells)))
        return self

    def indicators(
        self, side: str, titles: str, *rows: str, spans: Sequence[int] = (), levels: str = "merged",
        horizon: str = "annual", head: bool = True,
    ) -> "Page":  # fmt: skip
        """Print an indicator table; a blank level goes on with the one above, printed as `levels` says."""
        columns = [_titled(title) for title in titles.split("|")]
        depth = [number for number, (_, column) in enumerate(columns) if column in ("level1", "level2", "level3")]
        table = [row.split("|") for row in rows]
        beside = [f"{side}↓{len(table) + head}"] if side else []
        if head:
            self._row([*beside, *(_spanned(title, spans, n) for n, (title, _) in enumerate(columns))])
            beside = []
        current: dict[int, str] = {}
        for number, row in enumerate(table):
            parts: list[str] = []
            for position, text in enumerate(row):
                if position in depth:
                    if text:
                        current = {at: known for at, known in current.items() if at < position} | {position: text}
                        run = _run(table, number, position, depth) if levels == "merged" else 1
                        parts.append(_spanned(f"{text}↓{run}" if run > 1 else text, spans, position))
                    elif levels == "repeated":
                        parts.append(_spanned(current.get(position, ""), spans, position))
                    elif levels == "blank":
                        parts.append(_spanned("", spans, position))
                    continue
                column = columns[position][1]
                path = "›".join(
                    [current[at].replace("\\n", "") for at in depth if at in current] + [_name(columns, row)]
                )
                tag = f"@ind/{horizon}/{path}/{column} " if column and text not in ("", ".") else ""
                parts.append(_spanned(f"{tag}{text}", spans, position))
            self._row([*beside, *parts])
            beside = []
        return self


def row_name(label: str) -> str:
    """Return what a row of money is called, without the words that only lead to it."""
    return folded(label).removeprefix("其中").strip(":")


def _field(name: str) -> str:
    if "." in name or "/" in name or name in ("title", "period", "fiscal_year"):
        return name
    return f"prose.{name}" if name in _PROSE else f"head.{name}"


def _titled(text: str) -> tuple[str, str]:
    title, _, column = text.partition("~")
    return title, column


def _name(columns: Sequence[tuple[str, str]], row: Sequence[str]) -> str:
    return next(text.replace("\\n", "") for (_, column), text in zip(columns, row, strict=True) if column == "name")


def _spanned(text: str, spans: Sequence[int], number: int) -> str:
    return f"{text}→{spans[number]}" if spans and spans[number] > 1 else text


def _run(table: Sequence[Sequence[str]], start: int, position: int, depth: Sequence[int]) -> int:
    run = 1
    for row in table[start + 1 :]:
        if any(row[at] for at in depth if at <= position):
            break
        run += 1
    return run
