"""Labels and values in running text."""

import re

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.importers.understand.money_unit import is_unit, take_money_unit
from generator.importers.understand.put import put
from generator.importers.understand.sheet import Box
from generator.importers.understand.words import Word, head_word, source_word

_COLON = re.compile(r"[:：]")


_INLINE = re.compile(
    r"(?P<label>[^\s:：,，。；;]{2,16}?)\s*[:：]\s*(?P<value>.*?)(?=(?:\s{1,}|[，,；;])[^\s:：,，。；;]{2,12}[:：]|$)"
)


_MANY = 24


def take_inline(form: Collected, box: Box) -> bool:
    """Read a cell or a line that holds labels and values in running text: 填报单位：某局　单位：万元."""
    found = _inline(box.text)
    if not found:
        return False
    form.used[box.key] = "value"
    for word, label, text, in_source in found:
        value = Value(
            text, box.cell.place, Certainty.LIKELY, f"从一行文字“{label}：…”中取出", box.cell.text, label, box.key
        )
        if not put(form, word, value, in_source=in_source):
            form.remark(f"“{label}”另印有“{text}”，先出现的已经填入", box.cell.place)
    take_money_unit(form, box)
    return True


def _inline(text: str) -> list[tuple[Word, str, str, bool]]:
    """Return the fields of a line, if it consists of nothing else."""
    if not _COLON.search(text) or len(text) > _MANY * 8:
        return []
    rest, found = text, []
    for match in _INLINE.finditer(text):
        label, value = match["label"], match["value"].strip(" 　,，;；")
        word = head_word(label) or source_word(label)
        if word is None and is_unit(match[0]):
            rest = rest.replace(match[0], "", 1)
            continue
        if word is None:
            return []
        rest = rest.replace(match[0], "", 1)
        found.append((word, label, value, head_word(label) is None))
    return found if not rest.strip(" 　,，;；()（）") else []
