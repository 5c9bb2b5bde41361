"""Forms laid out for the tests of understanding: by their own templates, or by hand."""

import re
from collections.abc import Sequence
from pathlib import Path

from generator.forms.definitions import load_forms
from generator.forms.grid import CellKind, Grid, GridCell
from generator.importers.document import Document
from generator.importers.draft import Branch, Draft, Listing, Node
from generator.importers.draft_yaml import yaml_of
from generator.importers.understand import understand
from generator.importers.understand.texts import one_line
from generator.importers.understand.words import word_for
from generator.load.assemble import FileResult, load_record
from generator.load.discover import SourceFile
from generator.model.records import Record
from generator.money import is_figure
from generator.resources import packaged
from generator.vocabulary import Place

FORMS = load_forms([packaged("templates")])


def grid(*rows: str, above: Sequence[str] = (), place: str = "表1", below: Sequence[str] = ()) -> Grid:
    """Lay a table out: cells between bars, `→n` and `↓n` behind a text merge, a place merged over is left out.

    A lone dot is a blank cell, `\\n` in a cell is a line end.
    """
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for part in line.split("|"):
            while (row, column) in covered:
                column += 1
            text = part.strip()
            wide, tall = re.search(r"→(\d+)", text), re.search(r"↓(\d+)", text)
            text = re.sub(r"[→↓]\d+", "", text).strip()
            columns, height = int(wide[1]) if wide else 1, int(tall[1]) if tall else 1
            covered |= {(row + down, column + right) for down in range(height) for right in range(columns)}
            cells.append(
                GridCell(
                    row, column, "" if text == "." else text.replace("\\n", "\n"), height, columns,
                    place=f"{place}!第{row + 1}行第{column + 1}列",
                )
            )  # fmt: skip
            column += columns
    return Grid(tuple(cells), above=tuple(above), place=place, below=tuple(below))


def without_names(*grids: Grid) -> tuple[Grid, ...]:
    """Return grids as a file has them that says nothing of its cells: neither their fields nor what they are."""
    return tuple(
        Grid(
            tuple(
                GridCell(
                    cell.row, cell.column, cell.text, cell.rows, cell.columns, CellKind.UNKNOWN, cell.align,
                    cell.vertical, (), cell.place or f"第{number}张第{cell.row + 1}行第{cell.column + 1}格",
                )
                for cell in grid.cells
            ),
            above=grid.above, below=grid.below, place=grid.place or f"第{number}张表",
        )
        for number, grid in enumerate(grids, 1)
    )  # fmt: skip


def drafts(*grids: Grid, kind: str = "xlsx", **properties: str) -> tuple[Draft, ...]:
    """Understand a document of these tables."""
    return understand(Document(kind, grids, (), properties), FORMS)


def draft(*grids: Grid) -> Draft:
    """Understand a document of one form."""
    (one,) = drafts(*grids)
    return one


def loaded(one: Draft, folder: Path, address: str = "2024/shi/biao", *, text: str = "") -> FileResult:
    """Write a draft and read it back as any record is read, without what is still to be confirmed."""
    file = folder / "one.yaml"
    file.write_text(re.sub(r"^待确认:\n(?:  .*\n)*", "", text or yaml_of(one), flags=re.MULTILINE), encoding="utf-8")
    return load_record(SourceFile("one.yaml", file, address, is_markdown=False), FORMS)


def values_of(record: Record) -> dict[str, object]:
    """Return what a record says, value by value; blanks are as good as nothing, prose is compared by its letters."""
    said: dict[str, object] = {"表样": record.form, "年度": record.fiscal_year, "单位": ""}
    said |= {f"head {key}": cell.text for key, cell in record.head.items()}
    said |= {f"extra {key}": cell.text for key, cell in record.extra.items()}
    said |= {f"total {key}": cell.text for key, cell in record.total.items()}
    said |= {f"weight {key}": cell.text for key, cell in record.level1_weights.items()}
    said |= {f"prose {key}": re.sub(r"(?m)^\d\.|[-\s\\]", "", text.text) for key, text in record.prose.items()}
    for number, row in enumerate(record.funding.rows if record.funding else ()):
        here = f"money {number} {row.group} {row.label}"
        said[here] = tuple(cell.text for cell in row.printed_cells)
        said |= {
            f"{here} {key}": cell.text or bool(cell.unreadable) for key, cell in {**row.cells, **row.extra}.items()
        }
    if record.funding:
        said["单位"] = record.funding.unit.text
    for number, line in enumerate(record.indicators):
        here = f"indicator {number} {line.horizon} {line.path} {line.name}"
        said[here] = line.anchor
        said |= {
            f"{here} {key}": cell.text or bool(cell.unreadable) for key, cell in {**line.cells, **line.extra}.items()
        }
    for number, table in enumerate(record.tables):
        said[f"table {number} {table.title}"] = (
            table.columns,
            *(tuple(cell.text for cell in row) for row in table.rows),
        )
    return {key: value for key, value in said.items() if value}


def difference(one: Record, other: Record) -> dict[str, tuple[object, object]]:
    """Return the values that two records do not share."""
    first, second = values_of(one), values_of(other)
    return {key: (first.get(key), second.get(key)) for key in first | second if first.get(key) != second.get(key)}


def lost(grids: Sequence[Grid], found: Sequence[Draft]) -> list[str]:
    """Return every cell that neither fills a field nor is left over, though it is no label that a form prints."""
    said: dict[str, list[str]] = {}
    for one in found:
        for value in one.filled:
            said.setdefault(value.place, []).extend((value.text, one_line(value.printed), value.printed))
        for left in one.leftover:
            said.setdefault(left.place, []).extend((left.text, one_line(left.text)))
    return [
        f"{cell.place} {cell.text}"
        for table in grids
        for cell in table.cells
        if cell.text.strip() and not _is_said(cell.text, said.get(cell.place, [])) and not _is_label(cell.text, found)
    ]


def _is_said(text: str, said: Sequence[str]) -> bool:
    line = one_line(text)
    return any(line == part or line.rstrip(":：") == part or text.strip() in part for part in said)


def _is_label(text: str, found: Sequence[Draft]) -> bool:
    line = one_line(text)
    if is_figure(line):
        return False
    if line.startswith("单位："):
        return True
    if " › " in line:
        # The way to a cell that the layout has no place for.
        return True
    known = any(word_for(place, line) for place in Place) or any(line in (one.title, *one.columns) for one in found)
    return known or line.rstrip(":：") in yaml_words(found)


def yaml_words(found: Sequence[Draft]) -> set[str]:
    """Return every label that the drafts keep as printed: keys, titles of tables and their columns."""
    words: set[str] = set()

    def walk(node: Node) -> None:
        if isinstance(node, Branch):
            for key, inner in node.entries:
                words.add(key)
                if key == "表头" and isinstance(inner, Listing):
                    words.update(str(item) for item in inner.items)
                walk(inner)
        elif isinstance(node, Listing):
            for item in node.items:
                walk(item)

    for one in found:
        walk(one.record)
    return words
