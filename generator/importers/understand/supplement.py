"""What a form's layout has no place for, printed below it line by line: 培训次数 › 改进措施 | 另择日期补办."""

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, MoneyRow, Value
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.words import word_for
from generator.text import folded
from generator.vocabulary import Kind, Place, term_of

SUPPLEMENT = "版式之外的内容"
"""What our own documents print above it."""
_STEP = "›"
_WEIGHT = "权重"
_GROUPED = 3


def take_path(form: Collected, line: Line) -> bool:
    """Read a row whose label is a path to a cell of a row read before; tell whether it is one."""
    texts = line.texts
    if len(line.new) > 2 or not texts or _STEP not in texts[0].text or texts[0] is not line.boxes[0]:  # noqa: PLR2004
        return False
    label = texts[0]
    parts = [part.strip() for part in label.text.split(_STEP)]
    value = texts[1] if len(texts) > 1 else None
    if value is None or not (
        _weight(form, parts, value) or _indicator(form, parts, value) or _money(form, parts, value)
    ):
        form.keep_all(texts, "没有找到这一栏所属的那一行，或者不止一行")
        return True
    form.label(label)
    return True


def _value(form: Collected, box: Box, title: str) -> Value:
    return form.value(box, Certainty.LIKELY, "印在表后面，按名称找到它的那一行", title)


def _weight(form: Collected, parts: list[str], box: Box) -> bool:
    if len(parts) != 2 or parts[0] != _WEIGHT or parts[1] in form.weights:  # noqa: PLR2004
        return False
    form.seen("level1_weights")
    form.weights[parts[1]] = _value(form, box, _WEIGHT)
    return True


def _indicator(form: Collected, parts: list[str], box: Box) -> bool:
    *above, name, title = parts if len(parts) > 1 else ["", *parts]
    rows = [
        row
        for row in form.rows
        if folded(row.name.text) == folded(name) and set(map(folded, above)) <= set(map(folded, row.levels))
    ]
    if len(rows) != 1:
        return False
    word = word_for(Place.INDICATOR, title)
    if word is not None and term_of(Place.INDICATOR, word.identifier).kind is not Kind.BLOCK:
        if rows[0].cells.get(word.identifier, Value("")).text:
            return False
        rows[0].cells[word.identifier] = _value(form, box, title)
        return True
    rows[0].extra[title] = _value(form, box, title)
    return True


def _money(form: Collected, parts: list[str], box: Box) -> bool:
    *above, label, title = parts if len(parts) > 1 else ["", *parts]
    rows = [
        row
        for row in form.money
        if _plain(row.label) == _plain(label) and all(part in (row.group, "其中") for part in above)
    ]
    if not rows and len(parts) == _GROUPED:
        name = Value(label, box.cell.place, Certainty.LIKELY, "印在表后面的一行资金")
        rows = [MoneyRow(label, above[0], None, name)]
        form.seen("funding")
        form.money += rows
    if len(rows) != 1:
        return False
    word = word_for(Place.FUNDING_ROW, title)
    identifier = word.identifier if word else ""
    if identifier and identifier not in ("label", "parts", "extra", "printed_cells", "unreadable"):
        if rows[0].cells.get(identifier, Value("")).text:
            return False
        rows[0].cells[identifier] = _value(form, box, title)
    else:
        rows[0].extra[title] = _value(form, box, title)
    return True


def _plain(label: str) -> str:
    """Return a row's label without what a layout prints before it."""
    return folded(label).removeprefix("其中").lstrip(":")
