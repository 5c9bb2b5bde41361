"""Dates and times as a spreadsheet shows them: serial numbers in, printed text out."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from generator.importers.format_code import Kind, Section, Token

_DAY = 86_400
_FIRST_SERIAL = 61
"""1 March 1900: Excel counts a 29 February 1900 that never was."""
_LAST_SERIAL = 2_958_465
_EPOCH = date(1899, 12, 30)
_SHIFT_1904 = 1462
_NOON = 12
_LONGEST_NUMERIC_MONTH = 2


def date_text(section: Section, serial: Decimal, *, since_1904: bool) -> str | None:
    """Return a date as the section shows it, or None where it cannot be done exactly."""
    marks = [token for token in section.tokens if token.kind in {Kind.DATE, Kind.ELAPSED}]
    if section.has(Kind.UNKNOWN, Kind.DIGIT, Kind.GENERAL, Kind.TEXT, Kind.EXPONENT, Kind.PERCENT) or serial < 0:
        return None
    shows_seconds = any(mark.text[0] in "sS" for mark in marks)
    # A whole minute may be stored a millionth of a second short.
    exact = (serial * _DAY).quantize(Decimal("0.001"), ROUND_HALF_UP)
    seconds = int(exact.quantize(Decimal(1), ROUND_HALF_UP)) if shows_seconds else int(exact)
    day = _day(seconds // _DAY, since_1904=since_1904)
    if day is None and any(mark.kind is Kind.DATE and mark.text[0] in "yYdDaA" for mark in marks):
        return None
    twelve = section.has(Kind.HALF_DAY)
    parts: list[str] = []
    position = 0
    for token in section.tokens:
        text: str | None = token.text
        if token.kind is Kind.HALF_DAY:
            text = _half_day(token.text, seconds % _DAY)
        elif token.kind in {Kind.DATE, Kind.ELAPSED}:
            is_minute = _is_minute(marks, position)
            position += 1
            text = _mark_text(token, day, seconds, is_minute=is_minute, twelve=twelve)
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)


def plain_date(serial: Decimal, *, since_1904: bool) -> str | None:
    """Return a date as 2024-03-05, with its time where it has one, or None where it is no date."""
    seconds = int((serial * _DAY).quantize(Decimal(1), ROUND_HALF_UP))
    day = _day(seconds // _DAY, since_1904=since_1904) if serial >= 0 else None
    if day is None:
        return None
    minutes, second = divmod(seconds % _DAY, 60)
    time = f" {minutes // 60:02}:{minutes % 60:02}:{second:02}" if seconds % _DAY else ""
    return day.isoformat() + time


def _day(serial: int, *, since_1904: bool) -> date | None:
    if since_1904:
        serial += _SHIFT_1904
    return _EPOCH + timedelta(days=serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None


def _is_minute(marks: list[Token], position: int) -> bool:
    before = marks[position - 1].text[0].lower() if position else ""
    after = marks[position + 1].text[0].lower() if position + 1 < len(marks) else ""
    return before == "h" or after == "s"


def _half_day(text: str, seconds: int) -> str:
    morning, afternoon = text.split("/")
    return afternoon if seconds >= _DAY // 2 else morning


def _mark_text(token: Token, day: date | None, seconds: int, *, is_minute: bool, twelve: bool) -> str | None:
    letter, width = token.text[0].lower(), len(token.text)
    if token.kind is Kind.ELAPSED:
        return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[letter]:0{width}}"
    if letter in "hs" or (letter == "m" and is_minute):
        return _time_text(letter, width, seconds % _DAY, twelve=twelve)
    if day is None:
        return None
    if letter == "y":
        return f"{day.year % 100:02}" if width <= _LONGEST_NUMERIC_MONTH else f"{day.year:04}"
    if letter == "a" or width > _LONGEST_NUMERIC_MONTH:
        # Names of months and days follow the language of the program.
        return None
    return f"{day.month if letter == 'm' else day.day:0{width}}"


def _time_text(letter: str, width: int, seconds: int, *, twelve: bool) -> str:
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    if twelve and letter == "h":
        hour = hour % _NOON or _NOON
    return f"{ {'h': hour, 'm': minute, 's': second}[letter]:0{min(width, 2)}}"
