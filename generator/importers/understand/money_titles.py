"""The titles of a money block: which column holds which amount, and which the labels."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.importers.understand.collect import Collected
from generator.importers.understand.money_unit import take_money_unit
from generator.importers.understand.sheet import Box, Key, Line
from generator.importers.understand.words import Word, block_word, word_for
from generator.money import BLANK_MARKS, is_figure
from generator.text import folded
from generator.vocabulary import Place

NOT_AMOUNTS = ("label", "printed_cells", "unreadable", "parts", "extra")


NO_MONEY = ("points", "score", "review_score", "execution_rate", "adjustment_reason")


_HALVES = 2


_WHOLE = ("合计", "小计", "总额", "总计")


_WORD = re.compile(r"[\u4e00-\u9fff]")
"""Labels have Chinese words; a figure with a footnote mark, in brackets or in error is none."""
_AMOUNT = re.compile(r"[^\u4e00-\u9fff]*[0-9]\s*[百千万亿]*元?")


LOOK_AHEAD = 3
"""Rows below a header that say which of its columns hold labels."""


class Column(NamedTuple):
    """One column of amounts."""

    left: int
    right: int
    title: str
    word: Word | None
    """None where the vocabulary does not know the title."""


class MoneyColumns(NamedTuple):
    """The header of a money block."""

    columns: tuple[Column, ...]
    side: str
    """What the merged cell on the left calls the block; empty where there is none."""
    beside: frozenset[Key] = frozenset()
    """Cells left of the amounts that reach from the header into the rows: no labels of single rows."""

    @property
    def label_to(self) -> int:
        """Column behind those of the labels."""
        return min(column.left for column in self.columns)


def money_header(
    form: Collected, boxes: Sequence[Box], below: Sequence[Line] = (), *, in_block: bool, side: str = ""
) -> MoneyColumns | None:
    """Return the columns where a row is the header of a money block, and take its cells.

    `side` is the merged cell on the left that names the block; with it, the rows may have no labels of their own.
    """
    words = {box.key: word_for(Place.FUNDING_ROW, box.text) for box in boxes if box.text}
    amounts = [box for box in boxes if (word := words.get(box.key)) is not None and word.identifier not in NOT_AMOUNTS]
    texts = [box for box in boxes if box.text]
    names = [
        box
        for box in texts
        if ((word := words[box.key]) is not None and word.identifier == "label") or block_word(box.text) == "funding"
    ]
    enough = 1 if in_block or names else 2
    if all(word.identifier in NO_MONEY for box in amounts if (word := words[box.key])):
        return None
    if len(amounts) < enough or len(amounts) * 2 < len(texts) - 1:
        return None
    if len(amounts) > 1 and _is_over_labels(amounts[0], amounts[1], below):
        names = [*names, amounts[0]]
        amounts = amounts[1:]
    if any(is_figure(box.text) for box in texts) or (amounts[0].left == boxes[0].left and not side):
        return None
    first = amounts[0].left
    columns = tuple(
        Column(box.left, box.right, box.text, words[box.key]) for box in boxes if box.text and box.left >= first
    )
    columns_of = {box.key for box in boxes if box.left >= first}
    for box in texts:
        form.seen("funding")
        if box in names or box.key in columns_of or box.cell.rows > 1:
            form.label(box)
        else:
            form.keep(box, "金额栏左边的文字，没有认出是什么")
        take_money_unit(form, box)
        if box in names and block_word(box.text):
            form.blocks.setdefault("funding", box.text)
    for column in columns:
        if column.word is not None:
            form.money_columns.setdefault(column.word.identifier, column.title)
        else:
            form.money_columns.setdefault(column.title, column.title)
    beside = frozenset(box.key for box in boxes if box.left < first and box.cell.rows > 1)
    return MoneyColumns(columns, side, beside)


def divided(form: Collected, header: MoneyColumns, line: Line) -> MoneyColumns | None:
    """Return the columns where the row below a header divides some of them: 合计, 市级, 区级 below 预算数."""
    boxes = [box for box in line.new if box.text]
    if not boxes or any(is_figure(box.text) or box.text in BLANK_MARKS or box.left < header.label_to for box in boxes):
        return None
    leaves: list[Column] = []
    for column in header.columns:
        inner = [box for box in boxes if column.left <= box.left and box.right <= column.right]
        if len(inner) < _HALVES:
            leaves.append(column)
            boxes = [box for box in boxes if box not in inner]
            continue
        for box in inner:
            form.label(box)
            take_money_unit(form, box)
            boxes.remove(box)
            whole = folded(box.text) in _WHOLE
            leaves.append(
                Column(
                    box.left,
                    box.right,
                    column.title if whole else f"{column.title}（{box.text}）",
                    column.word if whole else None,
                )
            )
    if boxes or len(leaves) == len(header.columns):
        return None
    return header._replace(columns=tuple(leaves))


def _is_over_labels(title: Box, second: Box, below: Sequence[Line]) -> bool:
    """Tell whether a column that is called as one of amounts holds the labels: 年度预算数（万元） above 总额."""
    for line in below:
        here = [box for box in line.new if box.text and box.over(title.left, title.right)]
        beside = [box for box in line.new if box.text and box.over(second.left, second.right)]
        if here:
            # The first row that has a text there decides; what stands further down may be another table.
            is_word = all(_WORD.search(box.text) and not _AMOUNT.fullmatch(box.text) for box in here)
            return is_word and bool(beside) and all(is_figure(box.text) for box in beside)
    return False


def looks_like_header(texts: Sequence[Box]) -> bool:
    """Tell whether a row may be the header of a money block."""
    words = [word for box in texts if (word := word_for(Place.FUNDING_ROW, box.text))]
    return sum(1 for word in words if word.identifier not in (*NO_MONEY, *NOT_AMOUNTS)) > 0


def heads_labels(box: Box, boxes: Sequence[Box]) -> bool:
    """Tell whether a cell that names the block is the title of the labels below it: amounts stand right beside it."""
    beside = next((other for other in boxes if other.left == box.right), None)
    word = word_for(Place.FUNDING_ROW, beside.text) if beside is not None and beside.text else None
    return box.cell.rows == 1 and word is not None and word.identifier not in NOT_AMOUNTS
