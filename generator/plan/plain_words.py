"""Words for figures in running text: quotations that are never cut amid a number, percentages that never round away."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from generator.check.rows.indicator_rows import is_missed
from generator.check.subject import REASON_COLUMNS, is_said, make_row
from generator.model.achievement import Outcome
from generator.model.amounts import Amount
from generator.model.records import BLANK, Cell, Indicator, Record
from generator.model.targets import printed_of, target_cell
from generator.money import BLANK_MARKS, EXACT, decimal_of
from generator.patterns import lazy_pattern
from generator.plan.figures import format_decimal, format_percent, near_bound
from generator.text import half_width

_CENT = Decimal("0.01")
_CUT_NUMBER = lazy_pattern(r"[0-9０-９.,，．%％+\-±≥≤<>=]+$")


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most so many characters; where it is cut, never amid a number."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    # Half a number would look like a whole one.
    return (_CUT_NUMBER.sub("", kept) or kept[:0]) + "…"


def quoted(text: str, most: int) -> str:
    """Return a text in quotation marks, shortened."""
    return f"“{shortened(text, most)}”"


def say_percent(number: Decimal) -> str:
    """Return a percentage that is ours: exact where two places hold it, else 约, and never rounded to 0 or 100."""
    rounded = number.quantize(_CENT, rounding=ROUND_HALF_UP, context=EXACT)
    if rounded == number:
        return f"{format_decimal(rounded)}%"
    return near_bound(number) or f"约 {format_percent(number)}"


def say_change(change: Decimal) -> str:
    """Return how much something changed, in percent: 增加约 5.31%."""
    return ("增加" if change > 0 else "减少") + spaced(say_percent(change.copy_abs()))


def spaced(words: str) -> str:
    """Return what `say_percent` says as it follows Chinese words: a blank before a digit alone."""
    return words if words[0] in "约不略" else f" {words}"


def say_amount(amount: Amount) -> str:
    """Return an amount as printed with its unit; our own sum says that it is one."""
    if amount.computed:
        return f"{amount.number:,f} {amount.unit}（各来源相加，本站计算）"
    return f"{amount.printed} {amount.unit}"


def with_percent_sign(printed: str) -> str:
    """Return a printed rate with a percent sign, where it is a number and has none of its own."""
    return printed if "%" in half_width(printed) or decimal_of(printed) is None else f"{printed}%"


def say_points(cell: Cell) -> str:
    """Return printed points: 97.00 分; words and marks in quotation marks."""
    return f"{cell.text} 分" if cell.number is not None else quoted(cell.text, 12)


def say_cell(cell: Cell, most: int) -> str:
    """Return what a cell prints, or what it lacks."""
    if cell.unreadable:
        return "无法辨认"
    return quoted(cell.text, most) if cell.text.strip() else "空白"


class Values(NamedTuple):
    """What a row prints as its target and its actual value, parts in columns of their own put together."""

    target: Cell
    actual: Cell


def values_of(indicator: Indicator) -> Values:
    """Return the target that counts and the actual value of a row as a reader says them."""
    target, actual = target_cell(indicator), indicator.cells.get("actual", BLANK)
    printed = printed_of(indicator, target)
    if not printed.nature and not printed.unit:
        return Values(target, actual)
    sign = printed.nature if printed.nature and not printed.nature.startswith("定") else ""
    unit = printed.unit if printed.unit and printed.unit.strip() not in BLANK_MARKS else ""
    return Values(_with(target, sign, unit), _with(actual, "", unit))


def _with(cell: Cell, sign: str, unit: str) -> Cell:
    """Put the sign and the unit of a row's own columns to a bare number."""
    return Cell(f"{sign}{cell.text}{unit}", cell.span, cell.unreadable) if cell.number is not None else cell


class Told(StrEnum):
    """Whether a form says why a row fell short."""

    HERE = "here"
    """In the row itself."""
    PARTS = "parts"
    """In the parts of the row."""
    ELSEWHERE = "elsewhere"
    """In a text about the whole form."""
    UNREADABLE = "unreadable"
    NOWHERE = "nowhere"


class Reason(Struct, frozen=True):
    """Why a row fell short, as far as the form says so."""

    told: Told
    text: str = ""
    """As printed, where it stands in the row."""


_REASON_TITLES = ("原因", "说明", "偏差", "整改", "措施", "保障")
_EXPLANATIONS = ("form_deviation_reason", "improvement_measures", "problems")


def reason_of(record: Record, position: int) -> Reason:
    """Return what a form says of why one of its rows fell short; a dash and 无 say nothing."""
    indicator = record.indicators[position]
    row = make_row(record, position)
    said = row.reason or "；".join(
        [cell.text for title, cell in indicator.extra.items() if _is_for_reasons(title) and is_said(cell.text)]
    )
    if said:
        return Reason(Told.HERE, said)
    parts = [place for place, one in enumerate(record.indicators) if one.parent == position]
    if any(make_row(record, place).reason for place in parts):
        return Reason(Told.PARTS)
    if any(is_said(record.prose[key].text) for key in _EXPLANATIONS if key in record.prose):
        return Reason(Told.ELSEWHERE)
    rows = (indicator, *(record.indicators[place] for place in parts))
    unreadable = any(one.cells.get(key, BLANK).unreadable for one in rows for key in REASON_COLUMNS) or any(
        cell.unreadable for title, cell in indicator.extra.items() if _is_for_reasons(title)
    )
    return Reason(Told.UNREADABLE if unreadable else Told.NOWHERE)


def _is_for_reasons(title: str) -> bool:
    return any(word in title for word in _REASON_TITLES)


def fell_short(record: Record, position: int, outcome: Outcome) -> bool:
    """Tell whether a row certainly missed its target: less than an exact cost or headcount may have been wished for."""
    return outcome is Outcome.MISSED and is_missed(make_row(record, position), record.fiscal_year)
