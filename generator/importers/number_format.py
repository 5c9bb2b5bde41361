"""Figures of a spreadsheet as it shows them: stored text and number format in, printed text out.

Done exactly: 0 # ? with literals between them, thousands, scaling commas, percent, scientific notation, sections,
conditions, colours, currencies, accounting blanks, General, dates in digits, times. Not done, and said so in the note:
fractions, figures in Chinese characters, names of months, calendars of other countries.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from generator.importers.date_format import date_text, plain_date
from generator.importers.format_code import Kind, Section, Token, sections_of

SIGNIFICANT_DIGITS = 15
"""Spreadsheets show no more digits of a figure than these, whatever the file holds."""


class Shown(NamedTuple):
    """A figure as it is shown."""

    text: str
    note: str = ""
    """Why the text may differ from what a person sees; empty where it cannot."""
    stored: str = ""
    """The stored figure where it has more digits than are shown; empty where all are."""


_STORED = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_CONTEXT = Context(prec=1500, rounding=ROUND_HALF_UP)
_TO_STORED = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 11
_GENERAL_LIMIT = Decimal(10) ** _GENERAL_WIDTH
_GENERAL_LEAST = Decimal("0.0001")
_SIGNS = re.compile(r"[-\u2212\uff0d(（△▲负]")
"""Ways to show that a figure is below zero."""


def shown(stored: str, code: str, *, since_1904: bool = False) -> Shown:
    """Return a stored figure as its number format shows it."""
    if not _STORED.fullmatch(stored):
        return Shown(stored, "不是可以识别的数值，照原样保留")
    # 815826.17 may be stored as 815826.17000000004.
    value = _TO_STORED.create_decimal(stored)
    sections = sections_of(code or "General")
    chosen = _chosen(value, sections)
    if chosen is None:
        return _raw(value, code)
    section, is_negative = chosen
    if section.has(Kind.DATE, Kind.ELAPSED, Kind.SYSTEM):
        return _date(value, section, code, since_1904=since_1904)
    if section.has(Kind.GENERAL, Kind.TEXT):
        return _general_section(value, section, code, is_negative=is_negative)
    text = _section_text(abs(value), section)
    if text is None:
        return _raw(value, code)
    return _finished(text.strip(), value, section, is_negative=is_negative)


def _finished(text: str, value: Decimal, section: Section, *, is_negative: bool) -> Shown:
    """Return a figure with its sign, and with a note where programs differ in how they show it."""
    stored = plain(value)
    sign = "-" if is_negative else ""
    if not text.strip(". "):
        return Shown("", f"按格式不显示，存储的数值是 {stored}")
    if is_negative and not re.search("[1-9]", text):
        return Shown(sign + text, f"显示为零的负数，存储的数值是 {stored}")
    if text.endswith(".") and section.has(Kind.POINT):
        return Shown(sign + text.rstrip("."), f"末尾的小数点没有读取，存储的数值是 {stored}")
    if section.has(Kind.DOUBTFUL) or (section.has(Kind.PERCENT) and _is_tie(value, section)):
        return Shown(sign + text, f"各种办公软件显示的可能不同，存储的数值是 {stored}")
    if value < 0 and not _SIGNS.search(sign + text):
        return Shown(text, f"负数按格式不显示负号，存储的数值是 {stored}")
    scale, places = _scale_and_places(section)
    if scale:
        return Shown(sign + text, f"按格式缩小为 {10 ** (3 * scale):,} 分之一显示，存储的数值是 {stored}")
    is_rounded = not section.has(Kind.EXPONENT) and _rounded(value, places) != value
    return Shown(sign + text, stored=stored if is_rounded and section.has(Kind.DIGIT) else "")


def _scale_and_places(section: Section) -> tuple[int, int]:
    """Return how many thousands a section leaves out, and how many places of the stored figure it shows."""
    tokens = section.tokens
    point = next((position for position, token in enumerate(tokens) if token.kind is Kind.POINT), len(tokens))
    _, scale, _ = _commas(tokens[:point], tokens[point:])
    percents = sum(token.kind is Kind.PERCENT for token in tokens)
    return scale, sum(token.kind is Kind.DIGIT for token in tokens[point:]) + 2 * percents


def _is_tie(value: Decimal, section: Section) -> bool:
    """Tell whether a figure lies right between two that the section can show."""
    fraction = "".join(
        "." if token.kind is Kind.POINT else token.text[:1]
        for token in section.tokens
        if token.kind in {Kind.POINT, Kind.DIGIT}
    )
    places = len(fraction.partition(".")[2]) + 2
    return abs(value).scaleb(places) % 1 == Decimal("0.5")


def shown_text(text: str, code: str) -> str:
    """Return a text cell as its number format shows it."""
    sections = sections_of(code or "General")
    section = sections[3] if len(sections) > 3 else next((each for each in sections if each.has(Kind.TEXT)), None)  # noqa: PLR2004
    if section is None or section.has(Kind.UNKNOWN, Kind.DIGIT, Kind.DATE, Kind.GENERAL):
        return text
    literals = [token.text for token in section.tokens if token.kind is not Kind.TEXT]
    if not section.has(Kind.TEXT) or not "".join(literals).strip():
        return text
    return "".join(text if token.kind is Kind.TEXT else token.text for token in section.tokens).strip()


def plain(value: Decimal) -> str:
    """Return a figure without exponent and without zeros at its end."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _raw(value: Decimal, code: str) -> Shown:
    return Shown(plain(value), f"数字格式“{code}”不能照样显示，保留存储的数值")


def _chosen(value: Decimal, sections: Sequence[Section]) -> tuple[Section, bool] | None:
    """Return the section for a figure, and whether a minus sign stands before it."""
    if not sections:
        return None
    numeric = sections[:3] if len(sections) > 3 or not sections[-1].has(Kind.TEXT) else sections[:-1] or sections  # noqa: PLR2004
    if any(section.operator for section in numeric):
        return _chosen_by_condition(value, numeric)
    if value == 0 and len(numeric) > 2:  # noqa: PLR2004
        return numeric[2], False
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    return numeric[0], value < 0


def _chosen_by_condition(value: Decimal, sections: Sequence[Section]) -> tuple[Section, bool] | None:
    if value < 0:
        # Whether the sign is shown depends on the program.
        return None
    for position, section in enumerate(sections):
        if section.operator:
            if section.meets(value):
                return section, False
        elif position == len(sections) - 1 or (position == 0 and value > 0):
            return section, False
    return None


def _date(value: Decimal, section: Section, code: str, *, since_1904: bool) -> Shown:
    text = date_text(section, value, since_1904=since_1904)
    if text is not None and not section.has(Kind.SYSTEM):
        return Shown(text.strip())
    text = text or plain_date(value, since_1904=since_1904)
    return Shown(text.strip(), "日期的样式随各台电脑的设置或语言而不同") if text else _raw(value, code)


def _general_section(value: Decimal, section: Section, code: str, *, is_negative: bool) -> Shown:
    if section.has(Kind.UNKNOWN, Kind.DIGIT, Kind.PERCENT, Kind.EXPONENT):
        return _raw(value, code)
    general = _general(abs(value))
    parts = [general.text if token.kind in {Kind.GENERAL, Kind.TEXT} else token.text for token in section.tokens]
    text = ("-" if is_negative else "") + "".join(parts).strip()
    if value < 0 and not _SIGNS.search(text):
        return Shown(text, f"负数按格式不显示负号，存储的数值是 {plain(value)}")
    return Shown(text, general.note)


def _general(value: Decimal) -> Shown:
    exact = plain(value)
    if len(exact) <= _GENERAL_WIDTH:
        return Shown(exact)
    note = f"常规格式按列宽显示位数，存储的数值是 {exact}"
    if not _GENERAL_LEAST <= value < _GENERAL_LIMIT:
        return Shown(exact, note)
    places = max(_GENERAL_WIDTH - 1 - len(str(int(value))), 0)
    return Shown(plain(_rounded(value, places)), note)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def _section_text(value: Decimal, section: Section) -> str | None:
    """Return a figure without its sign, or None where the section cannot be done exactly."""
    tokens = section.tokens
    if section.has(Kind.UNKNOWN):
        return None
    digits = [position for position, token in enumerate(tokens) if token.kind is Kind.DIGIT]
    if not digits:
        only_literals = all(token.kind is Kind.LITERAL for token in tokens)
        return "".join(token.text for token in tokens) if only_literals else None
    if any(token.text == "/" for token in tokens[digits[0] : digits[-1]]):
        return None
    if section.has(Kind.EXPONENT):
        return _scientific(value, tokens)
    point = next((position for position, token in enumerate(tokens) if token.kind is Kind.POINT), len(tokens))
    return _fixed(value, tokens[:point], tokens[point:])


def _fixed(value: Decimal, whole: Sequence[Token], fraction: Sequence[Token]) -> str | None:
    places = sum(token.kind is Kind.DIGIT for token in fraction)
    grouped, scale, is_known = _commas(whole, fraction)
    if not is_known or sum(token.kind is Kind.POINT for token in fraction) > 1:
        return None
    percents = sum(token.kind is Kind.PERCENT for token in (*whole, *fraction))
    scaled = value.scaleb(2 * percents - 3 * scale, context=_CONTEXT)
    digits, _, decimals = f"{_rounded(scaled, places):f}".partition(".")
    return _whole_text(digits.lstrip("0"), whole, grouped=grouped) + _fraction_text(decimals, fraction)


def _commas(whole: Sequence[Token], fraction: Sequence[Token]) -> tuple[bool, int, bool]:
    """Return whether thousands are separated, how many thousands are left out, and whether all commas are known."""
    digits = [position for position, token in enumerate(whole) if token.kind is Kind.DIGIT]
    commas = [position for position, token in enumerate(whole) if token.kind is Kind.COMMA]
    behind = [token for token in fraction if token.kind is Kind.COMMA]
    if not digits:
        return False, len(behind), not commas
    between = [position for position in commas if digits[0] < position < digits[-1]]
    after = [position for position in commas if position > digits[-1]]
    return bool(between), len(after) + len(behind), len(between) + len(after) == len(commas)


def _whole_text(digits: str, tokens: Sequence[Token], *, grouped: bool) -> str:
    places = [position for position, token in enumerate(tokens) if token.kind is Kind.DIGIT]
    left = list(digits)
    parts: list[str] = []
    written = 0
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        if token.kind is not Kind.DIGIT:
            parts.append("" if token.kind is Kind.COMMA else token.text)
            continue
        is_last = bool(places) and position == places[0]
        for digit in [left.pop() for _ in range(len(left) if is_last else min(1, len(left)))] or [_filler(token)]:
            parts.append("," if grouped and digit.isdigit() and written and written % 3 == 0 else "")
            parts.append(digit)
            written += digit.isdigit()
    return ("" if places else digits) + "".join(reversed(parts)) if places else _before_point(digits, tokens)


def _before_point(digits: str, tokens: Sequence[Token]) -> str:
    # `.00` shows 12.5 as 12.50: figures go before the point even without a place for them.
    return "".join(token.text for token in tokens) + digits


def _filler(token: Token) -> str:
    return {"0": "0", "?": " ", "#": ""}[token.text]


def _fraction_text(decimals: str, tokens: Sequence[Token]) -> str:
    places = [token.text for token in tokens if token.kind is Kind.DIGIT]
    kept = len(places)
    while kept and places[kept - 1] != "0" and decimals[kept - 1] == "0":
        kept -= 1
    parts: list[str] = []
    position = 0
    for token in tokens:
        if token.kind is Kind.DIGIT:
            parts.append(decimals[position] if position < kept else _filler(token))
            position += 1
        elif token.kind is not Kind.COMMA:
            parts.append(token.text)
    return "".join(parts)


_SCIENTIFIC = re.compile(r"0(?:\.(?P<places>0*))?E(?P<sign>[+-])(?P<width>0+)", re.IGNORECASE)


def _scientific(value: Decimal, tokens: Sequence[Token]) -> str | None:
    match = _SCIENTIFIC.fullmatch("".join(token.text for token in tokens))
    if match is None:
        return None
    places = len(match["places"] or "")
    rounded = Context(prec=places + 1, rounding=ROUND_HALF_UP).create_decimal(value)
    exponent = rounded.adjusted() if value else 0
    mantissa = _rounded(rounded.scaleb(-exponent), places)
    sign = "-" if exponent < 0 else match["sign"].replace("-", "")
    return f"{mantissa}E{sign}{abs(exponent):0{len(match['width'])}}"
