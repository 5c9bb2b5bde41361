"""A money block laid on its side: kinds of money as columns, amounts as rows."""

from collections.abc import Sequence

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, MoneyRow
from generator.importers.understand.money_titles import NOT_AMOUNTS
from generator.importers.understand.money_unit import take_money_unit, without_unit
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.words import Word, word_for
from generator.money import BLANK_MARKS, is_figure
from generator.vocabulary import Place

_FEWEST = 2


def turned_money(form: Collected, lines: Sequence[Line], sides: Sequence[Box]) -> int:
    """Read rows of amounts below a row of kinds; return how many rows that were, 0 where it is no such block."""
    first, *kinds = (box for box in lines[0].new if box not in sides)
    if len(kinds) < _FEWEST or not all(_is_kind(box) for box in kinds):
        return 0
    rows = []
    for line in lines[1:]:
        new = [box for box in line.new if box not in sides]
        word = _amount(new[0]) if new else None
        if word is None or not _is_below(new[1:], kinds):
            break
        rows.append((word, new))
    if not rows:
        return 0
    form.label(first, "funding")
    for title in (first, *kinds, *(new[0] for _, new in rows)):
        take_money_unit(form, title)
    found = [MoneyRow(without_unit(kind.text).rstrip(":："), "", None, form.value(kind)) for kind in kinds]
    for word, (title, *amounts) in rows:
        form.label(title)
        form.money_columns.setdefault(word.identifier, title.text)
        for row, box in zip(found, amounts, strict=True):
            why = "资金名称印在上方，金额名称印在左边"
            row.cells.setdefault(word.identifier, form.value(box, Certainty.LIKELY, why, title.text))
    form.money += found
    return len(rows) + 1


def _is_kind(box: Box) -> bool:
    return bool(box.text) and not is_figure(box.text) and box.text not in BLANK_MARKS and _amount(box) is None


def _amount(box: Box) -> Word | None:
    word = word_for(Place.FUNDING_ROW, box.text)
    return word if word is not None and word.identifier not in NOT_AMOUNTS else None


def _is_below(amounts: Sequence[Box], kinds: Sequence[Box]) -> bool:
    return (
        [(box.left, box.right) for box in amounts] == [(box.left, box.right) for box in kinds]
        and all(not box.text or box.text in BLANK_MARKS or is_figure(box.text) for box in amounts)
        and any(is_figure(box.text) for box in amounts)
    )
