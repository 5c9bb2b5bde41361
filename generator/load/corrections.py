"""Corrections: what a record says of the figures that were changed after it had been published."""

from collections.abc import Iterator

from generator.load.cells import UNREADABLE, read_cell
from generator.load.judgements import mappings_of, report_missing, texts_of
from generator.load.reading import Entry, Fields, Reading, excerpt, joined
from generator.load.record_faults import BAD_DATE, BAD_NUMBER, INCOMPLETE_CORRECTION
from generator.load.tree import Mapping, Node, Row
from generator.model.days import days_of
from generator.model.records import ABSENT, Correction, Side
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern
from generator.vocabulary import Kind, Place, Term, term_of

CORRECTION_NEEDS = ("item", "old", "new", "reason", "decided_by", "date")
"""What must be written."""

BLANK_WORD = "空白"
"""Says that a cell prints nothing."""

TO_WRITE = "……"
"""Stands where only the author can say something."""

_ANYTHING = Term("cell", "", Kind.TEXT, "")
_NOTHING = lazy_pattern(
    r"(?i)[\W_]*(?:(?:to *do|tbd|tbc|n/?a|x+|无|没有|同上|不详|略|原因|决定|待定|待补充?|待填写?|待写|请填写?|空白)[\W_]*)?"
)
"""What says nothing where somebody has to say why, or who: marks alone, and words that stand for what is to come."""
_NUMBER = lazy_pattern(r"(?:第 *)?([1-9]\d{0,3})(?: *行)?")


def read_corrections(entry: Entry | None, reading: Reading) -> tuple[Correction, ...]:
    """Decode the corrections of a record; one that lacks anything is reported and left out."""
    return tuple(_corrections(entry, reading))


def _corrections(entry: Entry | None, reading: Reading) -> Iterator[Correction]:
    for field, mapping in mappings_of(entry, Place.CORRECTION, CORRECTION_NEEDS, reading):
        fields = reading.fields(mapping, Place.CORRECTION, field)
        reading.report_unknown(fields.unknown, Place.CORRECTION, field)
        texts = texts_of(fields, Place.CORRECTION, field, reading)
        old, new = (_side(fields.known.get(one), field, reading) for one in ("old", "new"))
        is_row = bool((old and old.cells) or (new and new.cells))
        needs = [*CORRECTION_NEEDS]
        if old and old.cells:
            # Where to put it back: rows are known by their place as well.
            needs.insert(3, "position")
        # A figure may have been blank, so 原 and 新 have to be there, and that is all.
        is_given = {"old": old is not None, "new": new is not None}
        lacking = [one for one in needs if not is_given.get(one, not _says_nothing(texts.get(one, ""), one))]
        if lacking:
            given = [one for one in needs if one not in lacking]
            missing, there = ([term_of(Place.CORRECTION, one).label for one in some] for some in (lacking, given))
            report_missing(INCOMPLETE_CORRECTION, mapping, field, missing, there, reading)
            continue
        if is_row and old and new and not _is_one_row(old, new):
            _report_two_sides(mapping, field, reading)
            continue
        day, position = _day(fields, field, reading), _position(fields, texts["position"], field, reading)
        if old is not None and new is not None and day and position is not None:
            yield Correction(texts["item"], old, new, position, texts["reason"], texts["decided_by"], day, mapping.span)


def _says_nothing(text: str, identifier: str) -> bool:
    """Tell whether a text is blank, or where reasons are asked for, a word that only stands for what is to be written."""
    if identifier not in ("reason", "decided_by"):
        return text in BLANK_MARKS
    return _NOTHING.fullmatch(text) is not None


def _is_one_row(old: Side, new: Side) -> bool:
    """Tell whether a row came or went, so that one side alone has its figures."""
    return (old if new.cells else new) == Side(ABSENT)


def _report_two_sides(mapping: Mapping, field: str, reading: Reading) -> None:
    old, new = (term_of(Place.CORRECTION, one).label for one in ("old", "new"))
    reading.report(
        INCOMPLETE_CORRECTION, mapping.span, f"“{field}”逐栏列出一行，另一边没有写“{ABSENT}”",
        found=f"“{old}”和“{new}”", expected=f"增加的一行，“{old}: {ABSENT}”；删去的一行，“{new}: {ABSENT}”",
        hint="一行里改了几个数字的，每个数字写一条", field=field,
    )  # fmt: skip


def _side(entry: Entry | None, field: str, reading: Reading) -> Side | None:
    """Return what was or is printed; None where it is not written, or written as nothing can be printed."""
    if entry is None:
        return None
    node, where = entry.node, joined(field, entry.key.text)
    if isinstance(node, Mapping | Row) and not (len(node.entries) == 1 and node.entries[0][0].text == UNREADABLE):
        cells = {key.text: _printed(value, reading, joined(where, key.text)) for key, value in node.entries}
        return Side("", {key: text for key, text in cells.items() if text is not None})
    text = _printed(node, reading, where)
    return None if text is None else Side(text)


def _printed(node: Node, reading: Reading, field: str) -> str | None:
    cell = read_cell(node, _ANYTHING, reading, field)
    if cell is None:
        return None
    if cell.unreadable:
        return f"{UNREADABLE}：{cell.unreadable}"
    if is_spelt_blank(cell.text):
        return "" if cell.text.strip() == BLANK_WORD else cell.text.strip().removeprefix("\\")
    return cell.text


def is_spelt_blank(text: str) -> bool:
    """Tell whether a text is the word for a blank; where a form prints that very word, a backslash stands before it."""
    return text.strip().lstrip("\\") == BLANK_WORD


def _day(fields: Fields, field: str, reading: Reading) -> str:
    """Return the day, ISO; empty where it is none."""
    entry = fields.known["date"]
    text = getattr(entry.node, "text", "")
    days = days_of(text)
    if days is None:
        return ""  # reported with the cell
    if days.first != days.last:
        reading.report(
            BAD_DATE, entry.node.span, f"“{field}”的日期没有写到哪一天", found=excerpt(text), expected="例如 2025-05-20",
            hint="写明年、月、日", field=joined(field, entry.key.text),
        )  # fmt: skip
        return ""
    return days.first.isoformat()


def _position(fields: Fields, text: str, field: str, reading: Reading) -> int | None:
    """Return the number of a row, 0 where none is written; None where it is no number."""
    if text in BLANK_MARKS:
        return 0
    match = _NUMBER.fullmatch(text)
    if match:
        return int(match[1])
    entry = fields.known["position"]
    reading.report(
        BAD_NUMBER, entry.node.span, f"“{field}”的行次不是数字", found=excerpt(text), expected="例如 3",
        hint="写这一行原来是所在的表的第几行", field=joined(field, entry.key.text),
    )  # fmt: skip
    return None
