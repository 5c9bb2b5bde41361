"""The row of totals in an indicator table."""

import re
from collections.abc import Sequence

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value, doubt_of_cell
from generator.importers.understand.indicator_titles import Header
from generator.importers.understand.sheet import Box
from generator.importers.understand.words import word_for
from generator.money import is_figure
from generator.vocabulary import Place

_TOTALS = ("points", "score", "review_score")
_SUBTOTAL = re.compile(r".{0,10}小\s*计[:：]?")
_PAIR = re.compile(r"(?P<label>[^\s\d:：]{2,6})\s*[:：]?\s*(?P<value>[\d.,]+)")


def is_total(box: Box) -> bool:
    """Tell whether a cell says that its row is the total."""
    word = word_for(Place.RECORD, box.text)
    return word is not None and word.identifier == "total"


def is_subtotal(box: Box) -> bool:
    """Tell whether a cell says that its row adds up the rows above it."""
    return _SUBTOTAL.fullmatch(box.text) is not None


def total_row(form: Collected, header: Header, boxes: Sequence[Box], label: Box) -> None:
    """Read the row of totals: each figure belongs to the column it stands in."""
    form.label(label, "total")
    rest = [box for box in boxes if box is not label and box.text]
    doubtful = [box for box in boxes if box.starts and not box.text and doubt_of_cell(box.cell.note)]
    for box in (*rest, *doubtful):
        over = [column for column in header.columns if box.over(column.left, column.right)]
        if _read_words(form, box):
            continue
        if len(over) == 1 and over[0].identifier in _TOTALS:
            why = f"它上方的“{over[0].title}”不能确定是哪一栏"
            _put(form, over[0].identifier, form.value(box, over[0].certainty, why, over[0].title))
        elif len(over) == 1 and over[0].identifier.startswith("weight."):
            form.weights.setdefault("合计", form.value(box, over[0].certainty, "", over[0].title))
            form.seen("level1_weights")
        elif len(rest) == 1 and is_figure(box.text) and "score" not in form.total:
            why = f"“{label.text}”后面只有这一个数字，它的上方不是得分一栏，按总得分理解"
            _put(form, "score", form.value(box, Certainty.INFERRED, why, label.text))
        else:
            form.keep(box, f"“{label.text}”这一行里，它的上方不是分值或得分")


def _put(form: Collected, identifier: str, value: Value) -> None:
    if identifier in form.total and form.total[identifier].text != value.text:
        form.remark(f"总分印了不止一处：“{form.total[identifier].text}”和“{value.text}”，用了先印出的", value.place)
    form.total.setdefault(identifier, value._replace(why=value.why if value.certainty is not Certainty.CERTAIN else ""))


def _read_words(form: Collected, box: Box) -> bool:
    """Read totals that are named within the cell: 分值 100　得分 97."""
    if is_figure(box.text):
        return False
    pairs = list(_PAIR.finditer(box.text))
    words = [word_for(Place.TOTAL, pair["label"]) for pair in pairs]
    if not pairs or not all(words) or _PAIR.sub("", box.text).strip(" 　,，;；"):
        return False
    value = form.value(box)
    for pair, word in zip(pairs, words, strict=True):
        if word is not None:
            _put(
                form,
                word.identifier,
                value._replace(
                    text=pair["value"],
                    certainty=Certainty.LIKELY,
                    why="从一格文字中取出",
                    printed=box.text,
                    title=pair["label"],
                ),
            )
    return True
