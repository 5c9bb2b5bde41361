"""Automatic numbers of paragraphs, written as Word shows them."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from generator.importers.docx_package import WORD

_PLACE_HOLDER = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLET = "•"
_LARGEST = 99
"""Number that is still written in words."""
_DIGITS_OF_SIZES = 8
_FIRST_PRIVATE, _LAST_PRIVATE = "\ue000", "\uf8ff"
UNKNOWN = "?"
"""Stands for a number that we cannot write."""


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    suffix: str
    restarts_after: int
    """Level, from 1, whose numbers start this one anew; 0 for never, -1 for any higher one."""
    is_legal: bool


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: etree._Element) -> None:
        abstract = {item.get(f"{WORD}abstractNumId", ""): item for item in numbering.iter(f"{WORD}abstractNum")}
        linked = {
            link.get(f"{WORD}val", ""): key
            for key, item in abstract.items()
            if (link := item.find(f"{WORD}styleLink")) is not None
        }
        for item in numbering.iter(f"{WORD}num"):
            number = item.get(f"{WORD}numId", "")
            key = _value(item, "abstractNumId")
            source = abstract.get(key)
            link = source.find(f"{WORD}numStyleLink") if source is not None else None
            if link is not None:
                key = linked.get(link.get(f"{WORD}val", ""), key)
                source = abstract.get(key)
            self._lists[number] = key
            levels = _levels(source)
            for override in item.iter(f"{WORD}lvlOverride"):
                at = _whole(override.get(f"{WORD}ilvl"), 0)
                levels |= _levels(override)
                if override.find(f"{WORD}startOverride") is not None:
                    self._restarts[number, at] = _whole(_value(override, "startOverride"), 1)
            self._levels[number] = levels

    def next_label(self, properties: etree._Element | None) -> str:
        """Return the number that Word sets before a paragraph, with the blank behind it; empty for none.

        It is UNKNOWN where the number is written in a way we do not know.
        """
        number, at = self._place(properties)
        if number in {"", "0"}:
            return ""
        level = self._levels.get(number, {}).get(at)
        if level is None:
            return ""
        self._count(number, at, level)
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return _bullet(level.text) + _behind(level)
        return self._written(number, level) + _behind(level)

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        if properties is None:
            return "", 0
        own = properties.find(f"{WORD}numPr")
        style = self._styles.get(_value(properties, "pStyle"), ("", 0))
        if own is None:
            return style
        number = own.find(f"{WORD}numId")
        at = own.find(f"{WORD}ilvl")
        return (
            number.get(f"{WORD}val", "") if number is not None else style[0],
            _whole(at.get(f"{WORD}val"), 0) if at is not None else style[1],
        )

    def _count(self, number: str, at: int, level: _Level) -> None:
        counts = self._counts.setdefault(self._lists[number], {})
        if (number, at) in self._restarts and (number, at) not in self._started:
            counts[at] = self._restarts[number, at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._started.add((number, at))
        for deeper in [other for other in counts if other > at]:
            rule = self._levels[number].get(deeper)
            if rule is None or rule.restarts_after < 0 or 0 < rule.restarts_after >= at + 1:
                del counts[deeper]

    def _written(self, number: str, level: _Level) -> str:
        counts = self._counts[self._lists[number]]

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._levels[number].get(at)
            if other is None:
                return ""
            form = "decimal" if level.is_legal else other.form
            return written_number(counts.get(at, other.start), form) or UNKNOWN

        return _PLACE_HOLDER.sub(one, level.text)


def written_number(number: int, form: str) -> str:
    """Return a number in one of Word's ways of writing; empty where we do not know the way."""
    write = _FORMS.get(form)
    return write(number) if write is not None else ""


def _levels(source: etree._Element | None) -> dict[int, _Level]:
    levels = {}
    for item in source.findall(f"{WORD}lvl") if source is not None else ():
        restart = item.find(f"{WORD}lvlRestart")
        levels[_whole(item.get(f"{WORD}ilvl"), 0)] = _Level(
            start=_whole(_value(item, "start"), 0),
            form=_value(item, "numFmt") or "decimal",
            text=_value(item, "lvlText"),
            suffix=_value(item, "suff") or "tab",
            restarts_after=_whole(restart.get(f"{WORD}val"), 0) if restart is not None else -1,
            is_legal=item.find(f"{WORD}isLgl") is not None,
        )
    return levels


def _style_numbers(styles: etree._Element | None) -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.findall(f"{WORD}style") if styles is not None else ():
        key = style.get(f"{WORD}styleId", "")
        based[key] = _value(style, "basedOn")
        number = style.find(f"{WORD}pPr/{WORD}numPr")
        if number is not None:
            found[key] = (_value(number, "numId"), _whole(_value(number, "ilvl"), 0))
    for key, first in based.items():
        seen = {key}
        parent = first
        while key not in found and parent and parent not in seen:
            if parent in found:
                found[key] = found[parent]
            seen.add(parent)
            parent = based.get(parent, "")
    return found


def _value(item: etree._Element, name: str) -> str:
    child = item.find(f"{WORD}{name}")
    return child.get(f"{WORD}val", "") if child is not None else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _DIGITS_OF_SIZES else otherwise


def _behind(level: _Level) -> str:
    return "" if level.suffix == "nothing" else " "


def _bullet(text: str) -> str:
    return _BULLET if not text or _FIRST_PRIVATE <= text[0] <= _LAST_PRIVATE else text


def _chinese(number: int) -> str:
    if number > _LARGEST:
        return ""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _legal(number: int) -> str:
    if number > _LARGEST:
        return ""
    tens, ones = divmod(number, 10)
    if not tens:
        return _LEGAL_DIGITS[ones]
    return _LEGAL_DIGITS[tens] + "拾" + (_LEGAL_DIGITS[ones] if ones else "")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= _LARGEST else ""


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST:
        return ""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else ""


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "chineseLegalSimplified": _legal,
    "ideographTraditional": _one_of(_STEMS),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
}
