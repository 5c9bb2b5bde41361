"""A worksheet cut into the tables it holds, each with the lines above it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from generator.forms.grid import Field, Grid, GridCell
from generator.importers.document import Remark
from generator.importers.sheet import Area, Place, Sheet, SheetCell, a1

MOST_BLANK_ROWS = 50
"""So many ruled rows without text end a table."""
MOST_QUOTED = 30
"""Characters of a line that a remark about it repeats."""
MOST_PLACES = 100_000
"""In a table with more places than these the blank ones are left out."""
_WIDE = 0.8
"""Share of the table's width that makes a cell a line over the table."""

_TITLE = re.compile(r"[^：:]{0,40}(?:绩效|自评|评价|目标|监控|申报).{0,50}(?:表|报告)\s*(?:[（(][^（）()]{0,30}[）)])?")
_OWN_LINE = re.compile(r"[（(\[【].{0,60}[）)\]】]|[^：:]{1,20}[：:]\s*\S.{0,200}", re.DOTALL)
_FOOTNOTE = re.compile(r"\s*(?:注|备注|说明|填表说明|填[表报]人|联系人|联系电话|填[表报]日期)\s*\d*\s*[：:]", re.DOTALL)


class _Row(NamedTuple):
    number: int
    places: tuple[Place, ...]
    """Of its cells with text."""
    is_ruled: bool
    is_inside: bool
    """Whether a cell from a row above reaches into it."""


class _Part(NamedTuple):
    """Lines and the rows of the table that follows them."""

    lines: tuple[str, ...]
    rows: tuple[_Row, ...]


def grids_of(sheet: Sheet) -> tuple[tuple[Grid, ...], tuple[Remark, ...]]:
    """Return the tables of a worksheet, and what to say of it."""
    areas = {Place(area.top, area.left): area for area in sheet.merged}
    covered = {
        Place(row, column): first
        for first, area in areas.items()
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    seen = {place: cell for place, cell in sheet.cells.items() if covered.get(place, place) == place}
    remarks = []
    under = sorted(sheet.cells.keys() - seen.keys())
    if under:
        places = "、".join(a1(place) for place in under[:5])
        remarks.append(
            Remark(f"{places} 等 {len(under)} 格的内容被合并的单元格盖住，看不见，没有读取。", f"工作表“{sheet.name}”")
        )
    rows = _live_rows(sheet, seen, areas)
    is_ruled = any(sum(seen[place].is_ruled for place in row.places) > 1 for row in rows)
    parts = _parts(rows, seen, areas, is_ruled=is_ruled)
    in_tables = {place for part in parts for row in part.rows for place in row.places}
    remarks += [
        Remark(
            f"表外的文字“{cell.text.strip()[:MOST_QUOTED] or '（空白）'}”：{cell.note}，请核对。",
            f"{sheet.name}!{a1(place)}",
        )
        for place, cell in sorted(seen.items())
        if cell.note and place not in in_tables
    ]
    return tuple(_grids(sheet, parts, areas, covered)), tuple(remarks)


def _live_rows(sheet: Sheet, seen: Mapping[Place, SheetCell], areas: Mapping[Place, Area]) -> list[_Row]:
    """Return the rows that hold something, or into which a cell with text reaches."""
    by_row: dict[int, list[Place]] = {}
    for place in sorted(seen):
        by_row.setdefault(place.row, []).append(place)
    inside = {row for first, area in areas.items() if first in seen for row in range(area.top + 1, area.bottom + 1)}
    last = max((*by_row, *inside), default=-1)
    numbers = sorted({*by_row, *inside, *(row for row in sheet.ruled_rows if row <= last)})
    return [
        _Row(number, tuple(by_row.get(number, ())), number in sheet.ruled_rows, number in inside) for number in numbers
    ]


def _parts(
    rows: Sequence[_Row], seen: Mapping[Place, SheetCell], areas: Mapping[Place, Area], *, is_ruled: bool
) -> list[_Part]:
    parts: list[_Part] = []
    lines: list[str] = []
    table: list[_Row] = []
    before = -1
    for position, row in enumerate(rows):
        rest = rows[position : position + MOST_BLANK_ROWS]
        blank = row.number - before - 1 if before >= 0 else 0
        before = row.number
        found = _lines_at(rest, seen, areas, is_ruled=is_ruled, in_table=bool(table) and not blank)
        if table and ((blank and (is_ruled or found)) or found or _is_gap(rest)):
            parts.append(_Part(tuple(lines), tuple(table)))
            lines, table = [], []
        if found:
            lines.extend(found)
        elif table or row.places:
            table.append(row)
    if table or lines:
        parts.append(_Part(tuple(lines), tuple(table)))
    return parts


def _is_gap(rows: Sequence[_Row]) -> bool:
    ahead = rows[:MOST_BLANK_ROWS]
    return len(ahead) == MOST_BLANK_ROWS and not any(row.places or row.is_inside for row in ahead)


def _lines_at(
    rows: Sequence[_Row],
    seen: Mapping[Place, SheetCell],
    areas: Mapping[Place, Area],
    *,
    is_ruled: bool,
    in_table: bool,
) -> list[str]:
    """Return the lines of text that the first of some rows holds, none where it belongs to a table."""
    row = rows[0]
    if row.is_inside or not row.places:
        return []
    texts = [seen[place].text for place in row.places]
    if row.is_ruled:
        wide = not in_table and len(texts) == 1 and is_ruled and _is_wide(row.places[0], rows[1:], areas)
        return texts if wide else []
    if len(texts) > 1 and not all(_OWN_LINE.fullmatch(text) for text in texts):
        return []
    if len(texts) > 1 and not is_ruled and in_table:
        return []
    return texts if not in_table or _leaves_table(rows, seen, is_ruled=is_ruled) else []


def _leaves_table(rows: Sequence[_Row], seen: Mapping[Place, SheetCell], *, is_ruled: bool) -> bool:
    """Tell whether a line right under a table is no row of it: a title, or the notes at its end."""
    run: list[str] = []
    number = rows[0].number
    for row in rows:
        if row.number != number:
            return is_ruled or _is_note(run)
        if row.is_ruled or len(row.places) != 1 or row.is_inside:
            return any(_TITLE.fullmatch(text.strip()) for text in run)
        run.append(seen[row.places[0]].text)
        number += 1
    return is_ruled or _is_note(run)


def _is_note(run: Sequence[str]) -> bool:
    return bool(_FOOTNOTE.match(run[0]) or _TITLE.fullmatch(run[0].strip()))


def _is_wide(place: Place, below: Sequence[_Row], areas: Mapping[Place, Area]) -> bool:
    columns = [_end(each, areas).column for row in below[:20] for each in row.places]
    firsts = [each.column for row in below[:20] for each in row.places]
    if not columns:
        return False
    width = max(columns) - min(firsts) + 1
    own = _end(place, areas).column - place.column + 1
    return own > 1 and own >= width * _WIDE


def _end(place: Place, areas: Mapping[Place, Area]) -> Place:
    area = areas.get(place)
    return Place(area.bottom, area.right) if area else place


def _grids(
    sheet: Sheet,
    parts: Iterable[_Part],
    areas: Mapping[Place, Area],
    covered: Mapping[Place, Place],
) -> list[Grid]:
    grids: list[Grid] = []
    for part in parts:
        if part.rows:
            grids.append(_grid(sheet, part, areas, covered))
        elif grids:
            # Lines without a table behind them are the notes of the one before.
            grids[-1] = replace(grids[-1], below=part.lines)
        else:
            grids.append(Grid((), below=part.lines, place=f"工作表“{sheet.name}”"))
    return grids


def _grid(
    sheet: Sheet,
    part: _Part,
    areas: Mapping[Place, Area],
    covered: Mapping[Place, Place],
) -> Grid:
    rows = list(part.rows)
    while not rows[-1].places and not rows[-1].is_inside:
        rows.pop()
    firsts = [place for row in rows for place in row.places]
    ends = [_end(place, areas) for place in firsts]
    origin = Place(rows[0].number, min(place.column for place in firsts))
    last = Place(max(rows[-1].number, *(end.row for end in ends)), max(end.column for end in ends))
    shown = set(firsts)
    if (last.row - origin.row + 1) * (last.column - origin.column + 1) <= MOST_PLACES:
        shown |= {
            first
            for row in range(origin.row, last.row + 1)
            for column in range(origin.column, last.column + 1)
            if (first := covered.get(Place(row, column), Place(row, column))) >= origin
            and first.column >= origin.column
        }
    cells = tuple(_cell(sheet, place, origin, areas, last) for place in sorted(shown))
    return Grid(cells, above=part.lines, place=f"工作表“{sheet.name}”")


def _cell(sheet: Sheet, place: Place, origin: Place, areas: Mapping[Place, Area], last: Place) -> GridCell:
    cell = sheet.cells.get(place, SheetCell(""))
    end = _end(place, areas)
    notes = [cell.note] if cell.note else []
    if sheet.hidden_rows and all(row in sheet.hidden_rows for row in range(place.row, end.row + 1)):
        notes.append("隐藏行")
    if sheet.hidden_columns and all(column in sheet.hidden_columns for column in range(place.column, end.column + 1)):
        notes.append("隐藏列")
    if sheet.is_hidden:
        notes.append("隐藏的工作表")
    return GridCell(
        row=place.row - origin.row,
        column=place.column - origin.column,
        text=cell.text,
        rows=min(end.row, last.row) - place.row + 1,
        columns=min(end.column, last.column) - place.column + 1,
        align=cell.align,
        vertical=cell.vertical,
        fields=tuple(Field(name, cell.text) for name in sheet.fields.get(place, ())),
        place=f"{sheet.name}!{a1(place)}",
        note="；".join(notes),
    )
