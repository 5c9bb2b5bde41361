"""Walk the lines of a YAML text the parser rejects; name every typical slip and mend it in memory.

The parser stops at its first trouble and says it in its own words.
This walk knows only the few shapes a record is written in (`键: 值`, lists, block text), so it can go on to the end.
A value is called faulty only when the parser rejects it by itself, which keeps sound lines free of false alarms.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from generator.finding import Finding, in_reading_order
from generator.load import faults
from generator.load.yaml_doubts import is_label
from generator.load.yaml_repair import Edit, Repair
from generator.load.yaml_values import Slip, accepts, closing, find_slips, may_split_number, quoted
from generator.origin import Origin
from generator.patterns import lazy_pattern

_LINE = lazy_pattern(r"(?P<indent>[ \t\u3000\xa0]*)(?P<dashes>(?:-(?:[ \t]+|$)){0,20})(?P<rest>.*)")
_KEY = lazy_pattern(r"(?P<key>\"(?:[^\"\\]|\\.)*\"[ \t]*|'(?:[^']|'')*+'[ \t]*|[^\s\"'#\[{].*?)(?P<colon>:)(?=[ \t]|$)")
_LOOSE_KEY = lazy_pattern(r"(?P<key>[^\s:：\"'#\[{>|-][^:：，。；,;]{0,19}?)[ \t]*(?P<colon>[:：])[ \t\u3000\xa0]*")
_BLOCK_HEADER = lazy_pattern(r"(?P<sign>[|>])[+-]?(?P<digit>[1-9]?)[+-]?[ \t]*(?:#.*)?")
_PROPERTIES = lazy_pattern(r"(?:(?:&[\w-]+|![\w:!/-]*)(?:[ \t]+|$))+", re.ASCII)
_FULL_WIDTH_MAP = lazy_pattern(r"[^\s:：\"'#\[{-][^:：，。；,;{]{0,19}：[ \t]*\{.*\}[ \t]*$")
_DASH_SLIP = lazy_pattern(r"(?P<dash>[-—–－])[ \t\u3000]*(?P<key>[\u4e00-\u9fff（）()/、]{2,14})(?=:)")
_DASH_LINE = lazy_pattern(r"(?m)^[ \t]*" + _DASH_SLIP.pattern)
_PROSE = lazy_pattern(r"[，。；、！？]")
_WIDE = {"\t": 2, "\u3000": 2}
_RESERVED = "*&!%@`|>,]}?-"
_LONGEST_HINT = 60
_LOOKAHEAD = 100


class _Last(NamedTuple):
    """What the latest line with a key or a dash left open."""

    column: int = -1
    is_open: bool = False
    """Whether its value is still to come on the next lines."""
    is_plain: bool = False
    """Whether its value is plain text, which may go on below."""
    block_column: int | None = None
    """Where its block text belongs, when it has one."""


def repair_traps(text: str, path: str) -> tuple[Repair, tuple[Finding, ...]]:
    """Return the text with typical slips mended, line for line, and a finding for each."""
    walk = _Walk(text, path)
    walk.run()
    return Repair(text, walk.edits), in_reading_order(walk.findings)


def may_hide_slips(text: str) -> bool:
    """Tell whether a text the parser takes may still hold a wrong dash or a split number."""
    if "{" in text and may_split_number(text):
        return True
    return any(is_label(dash["key"]) for dash in _DASH_LINE.finditer(text))


class _Walk:
    """One walk over the lines."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.lines = text.split("\n")
        self.offsets = [0]
        for line in self.lines:
            self.offsets.append(self.offsets[-1] + len(line) + 1)
        self.findings: list[Finding] = []
        self.edits: list[Edit] = []
        self.levels: list[tuple[int, bool]] = []
        """Open columns from the outside in; True for a list."""
        self.first_keys: dict[int, str] = {}
        """The first key of the latest item of the list in a column."""
        self.others = 0
        """How many keys the latest item has so far."""
        self.tabs: dict[str, int] = {}
        """Which column an indentation with tabs was taken for."""
        self.last = _Last()
        self.has_long_keys = bool(re.search(r"(?m)^\s*\?\s", text))

    def run(self) -> None:
        """Take the lines one after the other; a value may take several."""
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if not line.strip() or line.lstrip().startswith("#"):
                number += 1
            elif re.match(r"\s*:(?:\s|$)", line) and not self.has_long_keys:
                self._without_key(number)
                number += 1
            elif re.match(r"\s*[?:](?:\s|$)|(?:---|\.\.\.)(?:\s|$)|%(?:YAML|TAG)\b", line):
                # Marks of documents and of long keys: not for this walk, the parser judges them.
                self.last = _Last(is_open=True)
                number += 1
            else:
                number = self._line(number)

    def note(self, fault: faults.Fault, number: int, column: int, message: str, **facts: str) -> None:
        """Note a fault; line and column count from 0 here."""
        self.findings.append(fault.at(Origin(self.path, number + 1, column + 1), message, **facts))

    def edit(self, number: int, start: int, end: int, replacement: str) -> None:
        """Replace part of one line."""
        self.edits.append(Edit(self.offsets[number] + start, self.offsets[number] + end, replacement))

    def _line(self, number: int) -> int:
        """Take a line that is neither blank nor comment; return the number of the next one to take."""
        match = _LINE.fullmatch(self.lines[number])
        if match is None:
            return number + 1
        indent, dashes, rest = match["indent"], match["dashes"], match["rest"]
        width = sum(_WIDE.get(character, 1) for character in indent)
        start = match.start("rest")
        if not dashes and self._is_item(width, rest):
            return self._item(number, indent, width, rest)
        key = _KEY.match(rest)
        mapped = _FULL_WIDTH_MAP.match(rest)
        if mapped:
            key = None
        if not dashes and self._is_continuation(number, width, rest, key):
            return number + 1
        loose = None if key else _LOOSE_KEY.match(rest)
        if loose and not mapped and not self._is_entry(number, width + len(dashes), loose, in_list=bool(dashes)):
            loose = None
        if not (key or loose or dashes):
            if rest[0] in "[{" and accepts(rest):
                return number + 1
            self._without_colon(number, width, rest)
            return number + 1
        column = self._aligned(number, indent, width, is_list=bool(dashes))
        self._open_levels(column, dashes, has_key=bool(key or loose))
        self.others = 1 if dashes else self.others + 1
        if dashes and key:
            self.first_keys[column] = key["key"].strip()
        if key:
            self._check_key(number, start, key["key"].rstrip())
            return self._value(number, start + key.end(), key["key"].rstrip())
        if loose:
            self._loose_key(number, start, loose)
            return self._value(number, start + loose.end(), loose["key"])
        return self._value(number, start, "")

    def _is_item(self, width: int, rest: str) -> bool:
        """Tell whether a line was meant as an item of a list: its dash is missing, wrong or lacks its blank."""
        if slip := _DASH_SLIP.match(rest):
            return is_label(slip["key"]) and not (self.last.is_plain and width > self.last.column)
        key = _KEY.match(rest)
        name = key["key"].strip() if key else ""
        if (width, True) in self.levels:
            # Beside the keys of a mapping in the same column, only a label of the form is sure to be an item's.
            is_sure = (width, False) not in self.levels or is_label(name)
            return bool(name) and is_sure and self.first_keys.get(width) == name
        return self._is_next_item(width, name)

    def _is_next_item(self, width: int, name: str) -> bool:
        """Tell whether a key below its item begins that item anew, other keys standing between."""
        column = width - 2
        return (
            is_label(name) and (column, True) in self.levels and self.first_keys.get(column) == name and self.others > 1
        )

    def _item(self, number: int, indent: str, width: int, rest: str) -> int:
        """Report the dash of an item, and take its line as if it were right."""
        slip = _DASH_SLIP.match(rest)
        dash = slip["dash"] if slip else ""
        entry = rest[slip.start("key") :] if slip else rest
        said = f"短横“{dash}”不是列表用的英文短横" if dash != "-" else "列表的短横 - 后面缺少空格"
        if not dash and (width, True) not in self.levels:
            column = width - 2
            self.edit(number, 0, len(indent), " " * column)
        else:
            column = self._aligned(number, indent, width, is_list=True)
        self.others = 1
        self.note(
            faults.DASH_UNQUOTED,
            number,
            len(indent),
            said if dash else "这一项前面缺少短横 -",
            found=rest[:_LONGEST_HINT],
            expected="英文短横加一个空格",
            hint=f"写成 - {entry}",
        )
        start = len(indent) + len(rest) - len(entry)
        self.edit(number, len(indent), start, "- ")
        self._open_levels(column, "- ", has_key=True)
        key = _KEY.match(entry)
        if key:
            self.first_keys[column] = key["key"].strip()
            return self._value(number, start + key.end(), key["key"].rstrip())
        loose = _LOOSE_KEY.match(entry)
        if loose is None:
            return number + 1
        self._loose_key(number, start, loose)
        return self._value(number, start + loose.end(), loose["key"])

    def _without_key(self, number: int) -> None:
        """Report a line that begins with its colon, and leave it out."""
        line = self.lines[number]
        hint = "在冒号前写上栏目名称，或删去这一行"
        column = line.index(":")
        self.note(
            faults.EMPTY_KEY, number, column, "冒号前没有栏目名称", found=line.strip(), expected="栏目名称", hint=hint
        )
        self.edit(number, 0, len(line), "")

    def _is_continuation(self, number: int, width: int, rest: str, key: re.Match[str] | None) -> bool:
        """Tell whether a line goes on with the plain text above it, mending a colon that keeps it from doing so."""
        if not self.last.is_plain or width <= self.last.column:
            return False
        if key is None:
            return True
        if len(key["key"]) <= _LONGEST_KEY and not _PROSE.search(key["key"]):
            return False
        column = len(self.lines[number]) - len(rest) + key.start("colon")
        self.note(
            faults.COLON_IN_VALUE,
            number,
            column,
            "值里有“冒号加空格”，YAML 会当作又一个键",
            found=rest[:_LONGEST_HINT],
            expected="全角冒号，或加英文引号的值",
            hint="把这个冒号改成全角“：”，或用“|”写成多行文字",
        )
        self.edit(number, column, column + 1, "：")
        return True

    def _is_entry(self, number: int, width: int, loose: re.Match[str], *, in_list: bool) -> bool:
        """Tell whether a line with a faulty colon was meant as a key and its value."""
        if in_list or (self.last.is_open and width > self.last.column):
            # 主要原因：… alone below its key is text; with a neighbour of the same indentation it is an entry.
            following = next((line for line in self.lines[number + 1 : number + _LOOKAHEAD] if line.strip()), "")
            neighbour = _LINE.fullmatch(following)
            value = loose.string[loose.end() :]
            opens = not value or bool(_BLOCK_HEADER.fullmatch(value))
            if opens and neighbour and len(neighbour["indent"]) > width - 2 * in_list:
                return bool(value or neighbour["dashes"] or _KEY.match(neighbour["rest"]))
            if neighbour is None or neighbour["dashes"] or len(neighbour["indent"]) != width:
                return False
            return bool(_KEY.match(neighbour["rest"]) or _LOOSE_KEY.match(neighbour["rest"]))
        return not loose["key"][0].isdigit() and loose["key"].lower() not in ("http", "https")

    def _without_colon(self, number: int, width: int, rest: str) -> None:
        """Take a line of text without a key: it belongs to the value above, or lacks its colon."""
        line = self.lines[number]
        start = len(line) - len(rest)
        if self.last.is_open and width > self.last.column:
            self.last = self.last._replace(is_open=False, is_plain=True)
            return
        if self.last.block_column is not None:
            wanted = self.last.block_column
        elif self.last.is_plain and (_PROSE.search(rest) or len(rest) > _LONGEST_KEY):
            wanted = self.last.column + 2
        else:
            self._missing_colon(number, start, rest)
            return
        self.note(
            faults.WRONG_INDENTATION,
            number,
            start,
            "这一行文字没有缩进，接不上前面的内容",
            found=rest[:_LONGEST_HINT],
            expected=f"行首 {wanted} 个空格",
            hint=f"在行首补足 {wanted} 个空格",
        )
        self.edit(number, 0, start, " " * wanted)

    def _missing_colon(self, number: int, start: int, rest: str) -> None:
        """Report a line that has text but no colon, and read its first word as the key."""
        key, _, value = rest.strip().partition(" ")
        fixed = f"{key}: {value.strip()}".rstrip()
        message = "这一行没有冒号，不知道是哪一栏"
        hint = f"如果“{key}”是栏目名称，写成 {fixed}；如果是上一行的文字，行首加空格"
        self.note(
            faults.MISSING_COLON, number, start, message, found=rest[:_LONGEST_HINT], expected="键: 值", hint=hint
        )
        if self.levels and accepts(f"k: {value.strip()}"):
            column = next((column for column, is_list in reversed(self.levels) if not is_list), 0)
            self.edit(number, 0, len(self.lines[number]), " " * column + fixed)
        else:
            self.edit(number, 0, len(self.lines[number]), "")

    def _aligned(self, number: int, indent: str, width: int, *, is_list: bool) -> int:
        """Return the column a line belongs to; report an indentation that fits none."""
        allowed = {column for column, listed in self.levels if listed == is_list}
        if self.last.is_open or not self.levels:
            fits_below = width >= self.last.column if is_list else width > self.last.column
            if fits_below:
                allowed.add(width)
        column = min(allowed, key=lambda known: (abs(known - width), -known)) if allowed else width
        if "\t" in indent:
            # An editor shows a tab as two, four or eight blanks; the author aligned by eye.
            seen = {len(indent.expandtabs(size)) for size in (2, 4, 8)} & allowed
            if self.last.is_open:
                seen.discard(self.last.column)
            column = self.tabs.get(indent, max(seen, default=column))
            self.tabs[indent] = column
        sound = not set(indent) - {" "}
        if not sound:
            tab = "\t" in indent
            self.note(
                faults.TAB_INDENTATION if tab else faults.FULL_WIDTH_BLANK,
                number,
                next(place for place, character in enumerate(indent) if character != " "),
                "缩进里有制表符（Tab），YAML 不允许" if tab else "缩进里有全角空格或不间断空格，YAML 会当作文字",
                found="Tab" if tab else "全角空格",
                expected="半角空格",
                hint=f"行首改用 {column} 个半角空格",
            )
        elif column != width:
            message = f"缩进没有对齐：这一行缩进 {width} 格，同一层是 {column} 格"
            hint = f"把行首改为 {column} 个空格"
            found = f"{width} 个空格"
            self.note(
                faults.WRONG_INDENTATION, number, width, message, found=found, expected=f"{column} 个空格", hint=hint
            )
        if not sound or column != width:
            self.edit(number, 0, len(indent), " " * column)
        return column

    def _open_levels(self, column: int, dashes: str, *, has_key: bool) -> None:
        """Close the levels a line ends and open those it begins."""
        is_list = bool(dashes)
        while self.levels and (self.levels[-1][0] > column or (self.levels[-1] == (column, True) and not is_list)):
            self.levels.pop()
        if (column, is_list) not in self.levels:
            self.levels.append((column, is_list))
        for dash in re.finditer("-", dashes):
            if (column + dash.start(), True) not in self.levels:
                self.levels.append((column + dash.start(), True))
        if dashes and has_key:
            self.levels.append((column + len(dashes), False))

    def _check_key(self, number: int, start: int, key: str) -> None:
        """Report a key whose first sign YAML keeps for itself."""
        if key[0] not in _RESERVED or accepts(f"{key}: 1"):
            return
        message = f"键以“{key[0]}”开头，YAML 会当作特殊标记"
        hint = f"删去这个符号，或写成 {quoted(key)}"
        self.note(faults.SIGN_UNQUOTED, number, start, message, found=key, expected="栏目名称", hint=hint)
        self.edit(number, start, start + len(key), quoted(key))

    def _loose_key(self, number: int, start: int, loose: re.Match[str]) -> None:
        """Report a colon that YAML does not see as one."""
        line = self.lines[number]
        column = start + loose.start("colon")
        strange = line[start + loose.end("colon") :][:1] in ("\xa0", "\u3000")
        full = loose["colon"] == "："
        self.note(
            faults.FULL_WIDTH_COLON if full else faults.MISSING_BLANK_AFTER_COLON,
            number,
            column,
            f"“{loose['key']}”后用了全角冒号"
            if full
            else f"“{loose['key']}”的冒号后是看不见的不间断空格或全角空格 U+{ord(line[column + 1]):04X}，不是普通空格"
            if strange
            else f"“{loose['key']}”的冒号后缺少空格",
            found=line.strip()[:_LONGEST_HINT],
            expected="英文冒号加一个空格",
            hint=f"写成 {loose['key']}: {line[start + loose.end() :].strip()}".rstrip(),
        )
        self.edit(number, column, start + loose.end(), ": ")

    def _value(self, number: int, start: int, key: str) -> int:
        """Take the value that begins on a line; return the number of the line after it."""
        line = self.lines[number]
        start += len(line[start:]) - len(line[start:].lstrip(" \t"))
        properties = _PROPERTIES.match(line, start)
        if properties and (properties.end() == len(line) or line[properties.end()] in "|>#"):
            start = properties.end()
        value = line[start:]
        column = self.levels[-1][0] if self.levels else 0
        if not value or value.startswith("#"):
            self.last = _Last(column, is_open=True)
            return number + 1
        header = _BLOCK_HEADER.fullmatch(value)
        if header:
            end = self._block_end(number, column)
            if not (header["digit"] and header["sign"] == ">" and end == number + 1):
                self.last = _Last(column, block_column=column + 2)
                return end
            sign = value.split("#")[0].strip()
            message = "值以大于号 > 开头，YAML 会当作多行文字的标记"
            self._slip(number, start, key, Slip(faults.COMPARATOR_UNQUOTED, message, 0, len(sign), sign, quoted(sign)))
            self.last = _Last(column)
            return number + 1
        if value[0] == "|" and key:
            return self._text_behind_bar(number, start, key, value)
        end = self._value_end(number, value, column)
        whole = self.text[self.offsets[number] + start : self.offsets[end] - 1]
        for slip in find_slips(whole):
            self._slip(number, start, key, slip)
        self.last = _Last(column, is_plain=value[0] not in "\"'[{")
        return end

    def _text_behind_bar(self, number: int, start: int, key: str, value: str) -> int:
        """Report text on the line of its bar; return the number of the line after the whole text."""
        text = value[1:].strip()
        self.note(
            faults.BAR_UNQUOTED,
            number,
            start,
            "竖线 | 之后紧跟着文字，YAML 要求换行后再写",
            found=value[:_LONGEST_HINT],
            expected="竖线之后换行，文字另起一行并缩进",
            hint=f"“{key}: |”之后换行，下一行缩进后写“{text[:20]}”；如果竖线是内容，写成 {key}: {quoted(value.rstrip())}",
        )
        self.edit(number, start, start + len(value), quoted(text))
        column = self.levels[-1][0] if self.levels else 0
        end = self._block_end(number, column)
        for line in range(number + 1, end):
            self.edit(line, 0, len(self.lines[line]), "")
        self.last = _Last(column, block_column=column + 2)
        return end

    def _slip(self, number: int, start: int, key: str, slip: Slip) -> None:
        """Note a slip in a value and its mending."""
        offset = self.offsets[number] + start + slip.start
        at = bisect_right(self.offsets, offset) - 1
        key = slip.key or key
        fixed = slip.shown or (f"{key}: {slip.replacement}" if key else slip.replacement)
        self.note(
            slip.fault,
            at,
            offset - self.offsets[at],
            slip.message,
            found=slip.found[:_LONGEST_HINT],
            expected=_EXPECTED.get(slip.fault.code, "加英文引号的值"),
            hint=f"写成 {' '.join(fixed.split()) if len(fixed.splitlines()) > 1 else fixed}",
        )
        self.edits.append(Edit(offset, offset + slip.end - slip.start, slip.replacement))

    def _block_end(self, number: int, column: int) -> int:
        """Return the number of the line after a block text whose key stands in a column."""
        end = number + 1
        while end < len(self.lines):
            line = self.lines[end]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
                indent = line[: len(line) - len(line.lstrip(" \t"))]
                if "\t" not in indent or self.tabs.get(indent, column + 1) <= column:
                    break
                self.note(
                    faults.TAB_INDENTATION,
                    end,
                    indent.index("\t"),
                    "缩进里有制表符（Tab），YAML 不允许",
                    found="Tab",
                    expected="半角空格",
                    hint=f"行首改用 {column + 2} 个半角空格",
                )
                self.edit(end, 0, len(indent), " " * (column + 2))
            end += 1
        return end

    def _value_end(self, number: int, value: str, column: int) -> int:
        """Return the number of the line after a quoted or bracketed value, which may close further down."""
        if value[0] not in "\"'[{" or closing(value) is not None:
            return number + 1
        for end in range(number + 1, min(number + _LOOKAHEAD, len(self.lines))):
            line = self.lines[end]
            text = line.strip()
            is_outside = len(line) - len(line.lstrip()) <= column and text and text[0] not in "]}"
            if is_outside:
                return number + 1
            value = f"{value}\n{line}"
            if closing(value) is not None:
                return end + 1
        return number + 1


_LONGEST_KEY = 15
_EXPECTED = {
    faults.FULL_WIDTH_COMMA.code: "英文逗号加一个空格",
    faults.FULL_WIDTH_COLON.code: "英文冒号加一个空格",
    faults.MISSING_BLANK_AFTER_COLON.code: "英文冒号加一个空格",
    faults.BRACKET_UNBALANCED.code: "成对的括号，或加英文引号的值",
    faults.QUOTE_UNCLOSED.code: "成对的英文引号",
}
