"""The unit of money: as it is printed, in one place or in several that disagree, or as the amounts tell it."""

import re
from decimal import Decimal

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.importers.understand.sheet import Box, Line
from generator.money import MONEY_UNITS, decimal_of
from generator.text import half_width

_WORD = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(?P<unit>元|千元|万元|百万元|亿元)(?:人民币)?")
_BRACKETED = re.compile(r"\((?:金额)?(?:单位:)?(?:人民币)?(?P<unit>元|千元|万元|百万元|亿元)\)")
_CERTAINLY_YUAN = Decimal(100_000)
_NOT_MONEY = ("points", "score", "review_score", "execution_rate", "adjustment_reason")
_SHOWN = 20


def take_money_unit(form: Collected, box: Box, *, alone: bool = False) -> bool:
    """Read the unit of money from a title, a header or a line; `alone` where a bracket behind a word is none."""
    text = half_width("".join(box.text.split()))
    match = _WORD.search(text) or (None if alone else _BRACKETED.search(text))
    if match is None:
        return False
    named = next((item for item in box.cell.fields if item.name == "funding.unit"), None)
    unit = named.text if named and named.text in MONEY_UNITS else match["unit"]
    note_unit(form, Value(unit, box.cell.place, printed=box.cell.text, title="单位"), box.cell.note)
    return True


def note_unit(form: Collected, value: Value, note: str = "") -> None:
    """Note a unit that is printed; one that contradicts the one before leaves both to be confirmed."""
    value = value.doubted(Certainty.INFERRED, note) if note else value
    if form.unit is None:
        form.unit = value
    elif form.unit.text != value.text:
        why = f"印出的金额单位不一致：{_shown(form.unit)}，{_shown(value)}；用了前一个"
        form.unit = form.unit._replace(certainty=Certainty.INFERRED, why=why)


def _shown(unit: Value) -> str:
    printed = " ".join(unit.printed.split()) or unit.text
    printed = printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN]}…"
    return f"{unit.place or '表外'}的“{printed}”是{unit.text}"


def take_unit_cells(form: Collected, line: Line) -> None:
    """Take the cells of a row that print the unit of money and nothing else."""
    for box in line.texts:
        if is_unit(box.text):
            take_money_unit(form, box)
            form.label(box)


def without_unit_cells(line: Line) -> Line:
    """Return a row with those cells blank: they are no part of what stands beside them."""
    return line._replace(boxes=tuple(box._replace(text="") if is_unit(box.text) else box for box in line.boxes))


def is_unit(text: str) -> bool:
    """Tell whether a text is the unit of money with its label, and nothing else."""
    return _WORD.fullmatch(half_width("".join(text.split())).strip("()")) is not None


def without_unit(label: str) -> str:
    """Return the name of a kind of money without the unit printed behind it, as it is where none is."""
    text = half_width(label)
    match = _BRACKETED.search(text)
    return label[: match.start()].rstrip() if match and match.end() == len(text.rstrip(":")) else label


def settle_unit(form: Collected) -> None:
    """State a unit that the amounts themselves tell, to be confirmed; leave it blank where they do not."""
    if form.unit is not None or not form.money:
        return
    texts = [
        value.text
        for row in form.money
        for value in (*(cell for key, cell in row.cells.items() if key not in _NOT_MONEY), *row.printed)
    ]
    amounts = [number for text in texts if (number := decimal_of(text)) is not None]
    largest = max(amounts, default=Decimal(0))
    if largest >= _CERTAINLY_YUAN:
        why = f"表上没有找到金额单位；最大的金额是 {largest:,f}，以万元计就不少于十亿元，按元理解"
        form.unit = Value("元", "", Certainty.INFERRED, why)
    elif any(number != number.to_integral_value() for number in amounts) and largest < _CERTAINLY_YUAN / 10:
        why = f"表上没有找到金额单位；最大的金额只有 {largest:,f} 并带小数，按万元理解"
        form.unit = Value("万元", "", Certainty.INFERRED, why)
    else:
        form.remark("表上没有找到金额单位，从金额大小也看不出，请补上“元”或“万元”")
