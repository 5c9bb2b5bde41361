"""How figures are written: folding of look-alike characters, numbers, comparators, Chinese numerals."""

from msgspec import Struct

from generator.model.values.terms import Comparator
from generator.patterns import lazy_pattern
from generator.text import half_width

_LOOK_ALIKES = {
    "≧⩾≽": "≥",
    "≦⩽≼": "≤",
    "═﹦": "=",
    "﹥": ">",
    "﹤": "<",
    "﹪": "%",
    "﹙": "(",
    "﹚": ")",
    "–―‒─━": "—",
    "‐‑−": "-",
    "〜∼∽": "~",
    "∕⁄": "/",
    "•・∙⋅": "·",
    # Invisible characters come along when a cell is copied from a web page; they count as blanks.
    "\u200b\u200c\u200d\u2060\ufeff": " ",
}
_FOLD = str.maketrans({character: plain for characters, plain in _LOOK_ALIKES.items() for character in characters})

# At most 23 digits, so that no product with a magnitude is ever rounded by the decimal context.
NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?![0-9,])(?:\.[0-9]{1,8})?(?![0-9.])"
NUMERAL = r"[一二两三四五六七八九十]{1,3}"
MAGNITUDE = r"[十百千]?万亿|[十百千]?亿|[十百千]?万|[百千](?!分)"
RANGE_SIGN = r"(?:-|——?|~|至|到)"

# Legal Chinese counts 以上, 以下, 以内 with the number itself, 超过, 不足 without it.
WORD_COMPARATORS = {
    "大于或等于": Comparator.GE,
    "大于等于": Comparator.GE,
    "不少于": Comparator.GE,
    "不低于": Comparator.GE,
    "不小于": Comparator.GE,
    "至少": Comparator.GE,
    "小于或等于": Comparator.LE,
    "小于等于": Comparator.LE,
    "不超过": Comparator.LE,
    "不高于": Comparator.LE,
    "不大于": Comparator.LE,
    "不多于": Comparator.LE,
    "至多": Comparator.LE,
    "等于": Comparator.EQ,
    "大于": Comparator.GT,
    "高于": Comparator.GT,
    "多于": Comparator.GT,
    "超过": Comparator.GT,
    "小于": Comparator.LT,
    "低于": Comparator.LT,
    "少于": Comparator.LT,
    "不足": Comparator.LT,
    "不满": Comparator.LT,
}
_SYMBOL_COMPARATORS = {
    "≥": Comparator.GE,
    ">=": Comparator.GE,
    "=>": Comparator.GE,
    "≤": Comparator.LE,
    "<=": Comparator.LE,
    "=<": Comparator.LE,
    "=": Comparator.EQ,
    ">": Comparator.GT,
    "<": Comparator.LT,
}
_COMPARATORS = _SYMBOL_COMPARATORS | WORD_COMPARATORS
COMPARATOR = r"(?:>\s*=|=\s*>|<\s*=|=\s*<|[≥≤=><]|" + "|".join(WORD_COMPARATORS) + ")"

_INCLUSIVE = r"(?:\(含(?:本数)?\))"
SUFFIX = rf"(?:{_INCLUSIVE}?[及或]?以[上下内]{_INCLUSIVE}?|以[上下]\(不含(?:本数)?\)|之内|内)"
"""What stands behind a number and its unit instead of a comparator before them."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_SPLIT_NUMBER = lazy_pattern(r"[0-9][.,]?\s+[.,]?[0-9]")


class Printed(Struct, frozen=True):
    """A printed text in the three shapes the readers look at."""

    text: str
    """As printed."""
    folded: str
    """Half width and canonical signs, character by character, so that positions stay those of the text."""
    squeezed: str
    """Folded, without any blank and without a closing full stop; empty where that would join two numbers."""


def printed(text: str) -> Printed:
    """Return the shapes of one printed text."""
    folded = half_width(text).translate(_FOLD)
    squeezed = "" if _SPLIT_NUMBER.search(folded) else "".join(folded.split()).rstrip("。")
    return Printed(text, folded, squeezed)


def comparator_of(symbol: str) -> Comparator | None:
    """Return the comparator a folded symbol or word stands for."""
    return _COMPARATORS.get("".join(symbol.split()))


def suffix_comparator(suffix: str) -> Comparator | None:
    """Return the comparator that words behind a number (以上, 及以下, 内) stand for."""
    if "上" in suffix:
        return Comparator.GT if "不含" in suffix else Comparator.GE
    if "下" in suffix:
        return Comparator.LT if "不含" in suffix else Comparator.LE
    return Comparator.LE if "内" in suffix else None


def agreed_comparator(before: str, behind: str) -> tuple[bool, Comparator | None]:
    """Join what stands before and behind a number; the first item tells whether the two agree."""
    left, right = comparator_of(before), suffix_comparator(behind)
    return left is None or right is None or left is right, left or right


def numeral_value(numeral: str) -> int | None:
    """Return the value of a Chinese numeral up to 99 (两, 十二, 二十), or None where it is none."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    if not ten:
        return _DIGITS.get(ones)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
