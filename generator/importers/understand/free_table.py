"""Tables that no block of a form takes: kept row by row under the line above them."""

from collections.abc import Sequence

from generator.importers.draft import Certainty
from generator.importers.understand import indicator_titles, money_titles
from generator.importers.understand.collect import BLANK, Collected, FreeTable, Value
from generator.importers.understand.pairs import is_label
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.split import Piece, Text
from generator.importers.understand.texts import one_line
from generator.importers.understand.words import block_word
from generator.money import is_figure
from generator.text import half_width


def is_free_table(piece: Piece, texts: Sequence[Text]) -> bool:
    """Tell whether a table has a caption and nothing in it that a form has."""
    above = [text for text in texts if text.number == piece.number]
    boxes = [box for line in piece.lines for box in line.texts]
    if any(item.name.startswith("table.") for box in boxes for item in box.cell.fields):
        return True
    return (
        len(above) == 1
        and len(piece.lines) > 1
        and not block_word(one_line(above[0].text))
        and not any(is_label(box) or block_word(box.text) or "›" in box.text for box in boxes)
        and not any(
            indicator_titles.indicator_header(piece.lines, number, ())
            for number, line in enumerate(piece.lines)
            if line.texts
        )
        and not any(money_titles.looks_like_header(line.texts) for line in piece.lines)
    )  # fmt: skip


def take_table(form: Collected, lines: Sequence[Line], texts: list[Text]) -> None:
    """Keep rows as a table of their own."""
    starts = sorted({box.left for line in lines for box in line.new})
    first, *others = [{box.left: box for box in line.new} for line in lines]
    if any(is_figure(box.text) for box in first.values() if box.text):
        # A row of figures is no head; the columns have no titles then.
        columns, others = [f"第{number}栏" for number in range(1, len(starts) + 1)], [first, *others]
    else:
        columns = [first[start].text if start in first else "" for start in starts]
        for box in first.values():
            form.label(box)
    rows = [[_value(form, row[start]) if start in row else BLANK for start in starts] for row in others]
    form.seen("tables")
    form.tables.append(FreeTable(_caption(texts, lines[0].boxes[0].key[0]), columns, rows))


def _caption(texts: list[Text], number: int) -> str:
    """Take the line above a table, where there is just one."""
    above = [text for text in texts if text.number == number]
    if len(above) != 1 or ":" in half_width(above[0].text):
        return ""
    texts.remove(above[0])
    return one_line(above[0].text)


def _value(form: Collected, box: Box) -> Value:
    return form.value(box, Certainty.LIKELY, "没有认出这张表，逐行照录为附表") if box.text else BLANK
