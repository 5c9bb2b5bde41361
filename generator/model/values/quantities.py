"""Read numbers with units: quantities, ranges, frequencies, counted lists."""

from decimal import Decimal

from generator.model.values.notation import (
    COMPARATOR,
    MAGNITUDE,
    NUMBER,
    NUMERAL,
    RANGE_SIGN,
    SUFFIX,
    Printed,
    agreed_comparator,
    numeral_value,
)
from generator.model.values.terms import Comparator, Cycle, Layout
from generator.model.values.types import CountedList, Frequency, Quantity, Range
from generator.model.values.units import DURATIONS, is_bracketed_unit, is_unit, normalised_unit
from generator.money import decimal_of
from generator.patterns import lazy_pattern

_UNIT = r"[^\s0-9(),;:、，><=≥≤~—-](?:[^0-9(),;:、，><=≥≤~—-]{0,15}?[^\s0-9(),;:、，><=≥≤~—-])??[23]?"

_QUANTITY = lazy_pattern(
    rf"(?P<lead>\s*)(?:(?P<symbol>{COMPARATOR}|控制在)(?P<symbol_gap>\s*))?"
    rf"(?P<number>{NUMBER})(?P<number_gap>\s*)(?:(?P<magnitude>{MAGNITUDE})(?P<magnitude_gap>\s*))?"
    rf"(?:(?P<opening>\(\s*)(?:(?P<inner>{MAGNITUDE})(?P<inner_gap>\s*))?(?P<bracketed>{_UNIT})?(?P<closing>\s*\))"
    rf"|(?P<bare>{_UNIT}))?"
    rf"(?P<suffix>\s*{SUFFIX}?[\s。]*)"
)
_YEARS = range(1900, 2101)
# 2024.12 and 20241231 without a unit are as likely dates as numbers.
_LIKE_A_DATE = lazy_pattern(r"20[0-9]{2}(?:\.(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))")

_BOUND_UNIT = r"(?:\([^0-9()]{1,12}\)|[^0-9()~—至到-]{1,12}?)?"
_INCLUDED = r"(?:\((不?含)(?:本数)?\))?"
_RANGE = lazy_pattern(
    rf"(?P<lower>{NUMBER})(?P<lower_unit>{_BOUND_UNIT}){_INCLUDED}{RANGE_SIGN}"
    rf"(?P<upper>{NUMBER})(?P<upper_unit>{_BOUND_UNIT}){_INCLUDED}"
)
_MAGNITUDE_FIRST = lazy_pattern(rf"\(?({MAGNITUDE})?(.*?)\)?")

_CYCLES = {
    "年": Cycle.YEAR,
    "年度": Cycle.YEAR,
    "半年": Cycle.HALF_YEAR,
    "学期": Cycle.TERM,
    "季度": Cycle.QUARTER,
    "季": Cycle.QUARTER,
    "月": Cycle.MONTH,
    "周": Cycle.WEEK,
    "星期": Cycle.WEEK,
    "日": Cycle.DAY,
    "天": Cycle.DAY,
}
_FREQUENCY = lazy_pattern(
    rf"(?:(?P<average>平均|均)?每(?:(?P<every_numeral>{NUMERAL})|(?P<every>[0-9]{{1,2}}))?(?P<counted>个)?(?P<cycle>半年|年度|年|学期|季度|季|月|周|星期|日|天)"
    rf"|一个?(?P<one>年|周|天|月)|(?P<mean>[年季月周日])均)"
    rf"(?P<symbol>{COMPARATOR})?(?:(?P<number>{NUMBER})|(?P<numeral>{NUMERAL}))"
    rf"(?P<unit>[^0-9(),;、]{{1,8}}?)(?P<suffix>{SUFFIX}?)"
)

_COUNTED_LIST = lazy_pattern(
    rf"(?P<symbol>{COMPARATOR})?(?:(?P<number>[0-9]{{1,4}})|(?P<numeral>{NUMERAL}))"
    r"(?P<unit>[^0-9(),;、]{1,4})\((?P<items>[^()]+)\)"
)
_ITEM_SIGN = lazy_pattern(r"[、,;]")


def read_quantity(printed: Printed) -> Quantity | None:
    """Read a number with an optional comparator, magnitude and unit."""
    match = _QUANTITY.fullmatch(printed.folded)
    if match is None:
        return None
    piece = match.groupdict(default="")
    capped = piece["symbol"] == "控制在"
    agreed, comparator = agreed_comparator(piece["symbol"], piece["suffix"])
    unit = normalised_unit(piece["bracketed"] or piece["bare"])
    if not agreed or (capped and comparator is not Comparator.LE) or (piece["magnitude"] and piece["inner"]):
        return None
    if not _fits(piece, unit, comparator):
        return None

    def as_printed(name: str) -> str:
        start, end = match.span(name)
        return printed.text[start:end] if start >= 0 else ""

    number_text = as_printed("number")
    number = decimal_of(number_text)
    if number is None:
        return None
    inside = bool(piece["inner"])
    return Quantity(
        comparator,
        number,
        number_text,
        as_printed("inner" if inside else "magnitude"),
        as_printed("bracketed") or as_printed("bare"),
        unit,
        Layout(
            as_printed("lead"),
            as_printed("symbol"),
            as_printed("symbol_gap"),
            as_printed("number_gap"),
            as_printed("inner_gap" if inside else "magnitude_gap"),
            as_printed("opening"),
            as_printed("closing"),
            as_printed("suffix"),
            inside,
        ),
    )


def _fits(piece: dict[str, str], unit: str, comparator: Comparator | None) -> bool:
    """Tell whether number and unit belong together and cannot be a date."""
    if not unit:
        bare_number = comparator is None and not (piece["magnitude"] or piece["inner"])
        return not (bare_number and _LIKE_A_DATE.fullmatch(piece["number"]))
    if unit in {"年", "年度"} and piece["number"].isdigit() and int(piece["number"]) in _YEARS:
        return False
    if unit in {"%", "‰"} and (piece["magnitude"] or piece["inner"]):
        return False
    if piece["bracketed"]:
        return is_bracketed_unit(unit)
    suffix = piece["suffix"].strip("。 ")
    if suffix == "内" and unit not in DURATIONS:
        return False
    return is_unit(unit) or (unit == "日" and comparator is not None)


def read_range(printed: Printed) -> Range | None:
    """Read two numbers of one unit."""
    match = _RANGE.fullmatch(printed.squeezed)
    if match is None:
        return None
    lower, upper = decimal_of(match["lower"]), decimal_of(match["upper"])
    lower_magnitude, lower_unit = _magnitude_and_unit(match["lower_unit"])
    magnitude, unit = _magnitude_and_unit(match["upper_unit"])
    if lower is None or upper is None or lower > upper or not is_unit(unit):
        return None
    if lower_unit not in {"", unit} or lower_magnitude not in {"", magnitude}:
        return None
    # "1万-2" and "5人-8万人": a magnitude printed once counts for both only when it closes the range.
    if magnitude and lower_unit and not lower_magnitude:
        return None
    if unit == "年" and int(upper) in _YEARS:
        return None
    included = {None: None, "含": True, "不含": False}
    return Range(printed.text, lower, upper, magnitude, unit, included[match[3]], included[match[6]])


def _magnitude_and_unit(text: str) -> tuple[str, str]:
    match = _MAGNITUDE_FIRST.fullmatch(text)
    return (match[1] or "", normalised_unit(match[2])) if match else ("", text)


def read_frequency(printed: Printed) -> Frequency | None:
    """Read a number per cycle."""
    match = _FREQUENCY.fullmatch(printed.squeezed)
    if match is None:
        return None
    piece = match.groupdict(default="")
    agreed, comparator = agreed_comparator(piece["symbol"], piece["suffix"])
    number = _number(piece["number"], piece["numeral"])
    every = _number(piece["every"], piece["every_numeral"]) if piece["every"] or piece["every_numeral"] else Decimal(1)
    unit = normalised_unit(piece["unit"])
    if not agreed or number is None or not every or not is_unit(unit):
        return None
    # 每2个月 is every two months, 每2月 may be every February.
    if every > 1 and piece["cycle"] == "月" and not piece["counted"]:
        return None
    cycle = _CYCLES[piece["cycle"] or piece["one"] or piece["mean"]]
    return Frequency(printed.text, comparator, number, unit, cycle, int(every), bool(piece["average"] or piece["mean"]))


def read_counted_list(printed: Printed) -> CountedList | None:
    """Read a count with its items in brackets."""
    match = _COUNTED_LIST.fullmatch(printed.squeezed)
    if match is None:
        return None
    piece = match.groupdict(default="")
    number = _number(piece["number"], piece["numeral"])
    unit = normalised_unit(piece["unit"])
    items = tuple(_ITEM_SIGN.split(piece["items"]))
    if number is None or not is_unit(unit) or not all(items):
        return None
    # 2项 announces a list; behind other units the bracket may be any remark, as in 5次(上半年2次、下半年3次).
    if unit != "项" and number != len(items):
        return None
    _, comparator = agreed_comparator(piece["symbol"], "")
    return CountedList(printed.text, comparator, number, unit, items)


def _number(number: str, numeral: str) -> Decimal | None:
    if number:
        return decimal_of(number)
    value = numeral_value(numeral)
    return None if value is None else Decimal(value)
