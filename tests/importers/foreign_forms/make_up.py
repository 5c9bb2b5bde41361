"""The same form made up in another way: what hands, programs and printers do to a table without changing what it says."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy

from generator.importers.understand.words import word_for
from generator.vocabulary import Place
from tests.importers.foreign_forms.page import Page, Printed

_HALF_WIDTH = str.maketrans("（）：", "():")


def _labels(page: Page) -> set[str]:
    values = {*page.facts.values(), *page.loose}
    return {
        cell.text
        for cell in page.cells
        if cell.text not in values and any(word_for(place, cell.text) for place in Place)
    }


def _relabelled(page: Page, change: Callable[[Printed], str]) -> Sequence[Printed]:
    labels = _labels(page)
    return [cell._replace(text=change(cell)) if cell.text in labels else cell for cell in page.cells]


def labels_over_two_lines(page: Page) -> Sequence[Printed]:
    return _relabelled(page, lambda cell: f"{cell.text[:2]}\n{cell.text[2:]}" if len(cell.text) > 3 else cell.text)


def labels_spaced_out(page: Page) -> Sequence[Printed]:
    return _relabelled(page, lambda cell: " ".join(cell.text) if len(cell.text) <= 4 else cell.text)


def labels_of_half_width(page: Page) -> Sequence[Printed]:
    return _relabelled(page, lambda cell: cell.text.translate(_HALF_WIDTH))


def labels_with_colons(page: Page) -> Sequence[Printed]:
    return _relabelled(page, lambda cell: f"{cell.text}：" if not cell.column and cell.rows == 1 else cell.text)


def page_number_between_rows(page: Page) -> Sequence[Printed]:
    cut = page.height * 2 // 3
    cells = []
    for cell in page.cells:
        if cell.row >= cut:
            cells.append(cell._replace(row=cell.row + 1))
        else:
            cells.append(cell._replace(rows=cell.rows + (cell.row + cell.rows > cut)))
    covered = {
        column
        for cell in cells
        if cell.row <= cut < cell.row + cell.rows
        for column in range(cell.column, cell.column + cell.columns)
    }
    free = sorted({*range(page.width)} - covered)
    return [*cells, Printed(cut, free[0], "- 1 -", 1, free[-1] - free[0] + 1)]


def merged_rows_taken_apart(page: Page) -> Sequence[Printed]:
    return [
        cell._replace(row=cell.row + down, rows=1, text="" if down else cell.text)
        for cell in page.cells
        for down in range(cell.rows)
    ]


def all_merges_taken_apart(page: Page) -> Sequence[Printed]:
    return [
        Printed(cell.row + down, cell.column + right, "" if down or right else cell.text, 1, 1)
        for cell in page.cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]


CHANGES: Mapping[str, Callable[[Page], Sequence[Printed]]] = {
    change.__name__: change
    for change in (
        labels_over_two_lines, labels_spaced_out, labels_of_half_width, labels_with_colons, page_number_between_rows,
        merged_rows_taken_apart, all_merges_taken_apart,
    )
}  # fmt: skip


def made_up(page: Page, change: Callable[[Page], Sequence[Printed]]) -> Page:
    """Return a page whose cells are changed and whose truth is not."""
    other = copy(page)
    other.cells = sorted(change(page), key=lambda cell: (cell.row, cell.column))
    other.height = max(cell.row + cell.rows for cell in other.cells)
    return other
