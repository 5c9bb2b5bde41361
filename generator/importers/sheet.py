"""A worksheet as a reader finds it: cells by place, merged ranges, what is hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from generator.forms.grid import Align
from generator.importers.document import Remark, UnreadableError
from generator.importers.guard import MAX_CELLS, MAX_COLUMNS, MAX_PLACES, MAX_ROWS, MAX_TEXT_CHARACTERS

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
SHOWN_ROUNDED = 5
"""So many rounded figures are named, the others counted."""


class Place(NamedTuple):
    """A cell's row and column, both from 0."""

    row: int
    column: int


class Area(NamedTuple):
    """A merged range, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class SheetCell(NamedTuple):
    """One cell with text."""

    text: str
    note: str = ""
    is_ruled: bool = False
    """Whether a line stands at its left or right side."""
    align: Align = Align.LEFT
    vertical: bool = False


class Sheet(Struct, frozen=True):
    """One worksheet."""

    name: str
    cells: Mapping[Place, SheetCell]
    """Only those with text."""
    merged: tuple[Area, ...] = ()
    """Within the part of the sheet that holds something; no two overlap."""
    ruled_rows: frozenset[int] = frozenset()
    """Rows in which a cell, blank or not, has a line at its left or right side."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    fields: Mapping[Place, Sequence[str]] = field(default_factory=dict)
    """Names of the fields that cells say they show, by the first place of the cell."""


class Budget:
    """What is left of the limits of one file."""

    def __init__(self) -> None:
        self._cells = MAX_CELLS
        self._characters = MAX_TEXT_CHARACTERS

    def take(self, sheet: str, place: Place, text: str) -> None:
        """Count a cell with text; refuse the file that has too many."""
        self._cells -= 1
        self._characters -= len(text)
        if self._cells < 0 or self._characters < 0:
            raise too_much(sheet, f"有内容的单元格超过 {MAX_CELLS:,} 个，或文字超过 {MAX_TEXT_CHARACTERS:,} 个")
        if place.row >= MAX_ROWS or place.column >= MAX_COLUMNS:
            raise too_much(
                sheet, f"{a1(place)} 处还有内容，最多读取 {MAX_ROWS:,} 行、{MAX_COLUMNS:,} 列", "请把它移近或删去"
            )


class RoundedCells:
    """Cells of one file that show fewer digits than they hold."""

    def __init__(self) -> None:
        self._count = 0
        self._first: list[str] = []

    def add(self, sheet: str, place: Place, text: str, stored: str) -> None:
        """Take a cell."""
        self._count += 1
        if len(self._first) < SHOWN_ROUNDED:
            self._first.append(f"{sheet}!{a1(place)} 显示 {text}，存储的数值是 {stored}")

    def remarks(self) -> tuple[Remark, ...]:
        """Return what to say of them."""
        if not self._count:
            return ()
        rest = "等" if self._count > len(self._first) else ""
        return (
            Remark(
                f"有 {self._count} 格按格式四舍五入显示，照显示的读取，没有取存储的数值：{'；'.join(self._first)}{rest}。"
            ),
        )


def too_much(sheet: str, found: str, cure: str = "请只留下绩效表") -> UnreadableError:
    """Return the error for a worksheet beyond all limits."""
    return UnreadableError(f"工作表“{sheet}”太大：{found}，不像是一份绩效表。{cure}，另存后再导入。")


def column_letters(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(place: Place) -> str:
    """Return a place as people write it, such as B4."""
    return f"{column_letters(place.column)}{place.row + 1}"


def usable_merges(
    name: str, areas: Iterable[Area], cells: Mapping[Place, SheetCell]
) -> tuple[tuple[Area, ...], tuple[Remark, ...]]:
    """Return the merged ranges cut to where the sheet holds anything, without those that overlap, and what to say."""
    overlapping: list[Area] = []
    looked = 0
    wanted = list(dict.fromkeys(areas))
    bottom, right = _extent(wanted, cells)
    kept: list[Area] = []
    covered: set[tuple[int, int]] = set()
    for area in wanted:
        cut = Area(area.top, area.left, min(area.bottom, bottom), min(area.right, right))
        if cut.bottom < cut.top or cut.right < cut.left or cut[:2] == cut[2:]:
            continue
        places = set()
        for place in _places(cut):
            looked += 1
            if looked > MAX_PLACES:
                raise too_much(name, f"合并的单元格一共盖住 {MAX_PLACES:,} 格以上")
            if place in covered:
                break
            places.add(place)
        if len(places) < (cut.bottom - cut.top + 1) * (cut.right - cut.left + 1):
            overlapping.append(area)
            continue
        covered |= places
        kept.append(cut)
    if not overlapping:
        return tuple(kept), ()
    found = f"合并的单元格 {_area_text(overlapping[0])} 等 {len(overlapping)} 处与别的合并单元格重叠，按没有合并读取。"
    return tuple(kept), (Remark(found, f"工作表“{name}”"),)


def _extent(areas: Sequence[Area], cells: Mapping[Place, SheetCell]) -> tuple[int, int]:
    """Return the last row and column that hold anything; a range as large as the sheet says nothing of its size."""
    bottom = max((place.row for place in cells), default=-1)
    right = max((place.column for place in cells), default=-1)
    for area in areas:
        if (area.top, area.left) in cells and area.bottom < MAX_ROWS and area.right < MAX_COLUMNS:
            # A cell may reach past the text below it or beside it, but hardly by a thousand rows.
            bottom = max(bottom, min(area.bottom, bottom + 200))
            right = max(right, min(area.right, right + 100))
    return bottom, right


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _area_text(area: Area) -> str:
    return f"{a1(Place(area.top, area.left))}:{a1(Place(area.bottom, area.right))}"
