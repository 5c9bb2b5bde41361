"""The code of a number format, such as `#,##0.00;[Red]-#,##0.00`, as tokens."""

import re
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

LONGEST_CODE = 255
"""Spreadsheets take no longer code."""


class Kind(Enum):
    """What a token stands for."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    GENERAL = auto()
    TEXT = auto()
    DATE = auto()
    ELAPSED = auto()
    HALF_DAY = auto()
    SYSTEM = auto()
    """Shown as each computer is set up."""
    DOUBTFUL = auto()
    """A literal behind an exclamation mark, which some programs show as well."""
    UNKNOWN = auto()


class Token(NamedTuple):
    """A part of a code."""

    kind: Kind
    text: str


class Section(NamedTuple):
    """One of up to four parts of a code, separated by semicolons."""

    tokens: tuple[Token, ...]
    operator: str = ""
    """Of its condition, such as >=; empty for none."""
    bound: Decimal = Decimal(0)

    def has(self, *kinds: Kind) -> bool:
        """Tell whether a token of one of these kinds is in it."""
        return any(token.kind in kinds for token in self.tokens)

    def meets(self, value: Decimal) -> bool:
        """Tell whether a figure meets the section's condition."""
        return {
            "<": value < self.bound,
            "<=": value <= self.bound,
            ">": value > self.bound,
            ">=": value >= self.bound,
            "=": value == self.bound,
            "<>": value != self.bound,
        }[self.operator]


_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | (?P<doubtful>!.)
    | \\(?P<escaped>.)
    | _(?P<blank>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half_day>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|a{3,4})
    | (?P<digit>[0\#?])
    | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<semicolon>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_KINDS = {
    "general": Kind.GENERAL,
    "half_day": Kind.HALF_DAY,
    "exponent": Kind.EXPONENT,
    "date": Kind.DATE,
    "digit": Kind.DIGIT,
    "point": Kind.POINT,
    "comma": Kind.COMMA,
    "percent": Kind.PERCENT,
    "text": Kind.TEXT,
}
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*([+-]?\d{1,20}(?:\.\d{1,20})?)\s*")
_COLOR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝青绿洋红白黄]色?|颜色\s*\d+", re.IGNORECASE
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<place>[0-9a-z]+))?", re.IGNORECASE)
_SYSTEM_PLACES = {"F800", "F400"}


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the sections of a code; empty where it is none that a spreadsheet could hold."""
    if len(code) > LONGEST_CODE:
        return ()
    sections: list[Section] = [Section(())]
    for match in _TOKEN.finditer(code):
        name = match.lastgroup or ""
        if name == "semicolon":
            sections.append(Section(()))
        elif name == "bracket":
            sections[-1] = _with_bracket(sections[-1], match["bracket"])
        else:
            token = _token(name, match[name])
            sections[-1] = sections[-1]._replace(tokens=(*sections[-1].tokens, token))
    return tuple(sections)


def _token(name: str, text: str) -> Token:
    if name in _KINDS:
        return Token(_KINDS[name], text)
    if name == "blank":
        return Token(Kind.LITERAL, " ")
    if name == "doubtful":
        return Token(Kind.DOUBTFUL, text[1:])
    if name == "fill":
        return Token(Kind.LITERAL, "")
    # A Latin letter of its own means something in some language of the program.
    is_letter = name == "other" and text.isascii() and text.isalnum()
    return Token(Kind.UNKNOWN if is_letter else Kind.LITERAL, text)


def _with_bracket(section: Section, text: str) -> Section:
    condition = _CONDITION.fullmatch(text)
    if condition:
        return section._replace(operator=condition[1], bound=Decimal(condition[2]))
    if _COLOR.fullmatch(text):
        return section
    currency = _CURRENCY.fullmatch(text)
    if _ELAPSED.fullmatch(text):
        token = Token(Kind.ELAPSED, text)
    elif currency and (currency["place"] or "").upper() in _SYSTEM_PLACES:
        token = Token(Kind.SYSTEM, "")
    elif currency:
        token = Token(Kind.LITERAL, currency["sign"])
    else:
        token = Token(Kind.UNKNOWN, text)
    return section._replace(tokens=(*section.tokens, token))


BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "[$-F800]yyyy/m/d",
    15: "[$-F800]d-mmm-yy",
    16: "[$-F800]d-mmm",
    17: "[$-F800]mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "[$-F800]yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Codes that files name by number alone, as the Chinese edition of Excel shows them."""
