"""Lines of text around the tables of a form: units, fields in running text, notes."""

from collections.abc import Sequence

from generator.forms.grid import GridCell
from generator.importers.draft import Leftover
from generator.importers.understand.collect import Collected
from generator.importers.understand.inline import take_inline
from generator.importers.understand.money_unit import take_money_unit
from generator.importers.understand.sheet import Box
from generator.importers.understand.split import Text
from generator.importers.understand.supplement import SUPPLEMENT
from generator.importers.understand.texts import one_line
from generator.importers.understand.words import block_word, is_page_mark
from generator.text import folded

_OUTSIDE = -1


def read_texts(form: Collected, texts: Sequence[Text]) -> list[Leftover]:
    """Read the lines outside of the tables; return those that filled nothing."""
    left = []
    for number, text in enumerate(texts):
        line = one_line(text.text)
        box = Box((_OUTSIDE, number, 0), line, GridCell(0, 0, text.text, place=text.place), starts=True)
        if not line or take_inline(form, box) or take_money_unit(form, box, alone=len(line) > _SHORT):
            continue
        if block_word(line) or folded(line) == SUPPLEMENT:
            continue
        why = "页码，不是表的内容" if is_page_mark(line) else "表外的文字，没有认出是哪一栏"
        left.append(Leftover(text.text, text.place, why))
    return left


_SHORT = 20
