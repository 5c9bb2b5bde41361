"""Name the slip in a YAML value the parser rejects, and write the value as its author meant it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from generator.load import faults
from generator.patterns import lazy_pattern

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_COMMENT = lazy_pattern(r"(?<![ \t])[ \t]+#(?:[ \t].*)?$")
# What YAML sees as blank; to it a full-width blank is text.
_BLANK = " \t\n"
_MAX_DEPTH = 4
_DEEPEST = 20
_CLOSERS = {"[": "]", "{": "}"}
_COLON = lazy_pattern(r":(?=[ \t]|$)")
_GROUPED = lazy_pattern(r"[:：][ \t]*(?P<number>[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?=[ \t]*[,，}])")
_HALF_WIDTH = str.maketrans({"｛": "{", "｝": "}", "，": ", ", "：": ": "})
_SEPARATOR = lazy_pattern("[，；、]")
_WORD = lazy_pattern(r"[\u4e00-\u9fff]{2,}")
_FLOW_KEY = lazy_pattern(r"\s*(?P<key>\"[^\"]*\"|'[^']*'|[^:：\s,{}\[\]\"']+)[ \t]*(?P<colon>[:：])(?P<blank>[ \t]*)")


class Slip(NamedTuple):
    """One slip in a value, with the text that replaces it; offsets count from the value's first character."""

    fault: faults.Fault
    message: str
    start: int
    end: int
    found: str
    replacement: str
    key: str = ""
    """The key before it, where the slip is in braces."""
    shown: str = ""
    """The mended entry, where it is more than key and replacement."""


def accepts(source: str) -> bool:
    """Tell whether the parser takes this text; what nests too deep is left to the bound of the composer."""
    depth = 0
    try:
        for event in yaml.parse(source, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return True
    except (yaml.YAMLError, UnicodeError):
        return False
    return True


def quoted(value: str) -> str:
    """Return a value in quotes that need no escapes inside."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def may_split_number(text: str) -> bool:
    """Tell whether a number behind a key reads as if thousands separators stood in it."""
    return bool(_GROUPED.search(text))


def closing(value: str) -> int | None:
    """Return the offset just past the quote or bracket that closes the value's first character."""
    if value[0] == '"':
        match = re.match(r'"(?:[^"\\]|\\.)*"', value, re.DOTALL)
        return match.end() if match else None
    if value[0] == "'":
        match = re.match(r"'(?:[^']|'')*+'", value, re.DOTALL)
        return match.end() if match else None
    open_brackets: list[str] = []
    position = 0
    while position < len(value):
        character = value[position]
        if character in "\"'" and value[position - 1] in "[{,: \n":
            end = closing(value[position:])
            if end is None:
                return None
            position += end
            continue
        if character in _CLOSERS:
            open_brackets.append(_CLOSERS[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                return position + 1
        position += 1
    return None


def find_slips(value: str, *, depth: int = 0) -> tuple[Slip, ...]:
    """Return the slips of a value (without its key) that the parser rejects; none where it is sound or unexplained."""
    body = value.rstrip(_BLANK)
    # A number sign between quotes begins no comment.
    comment = _COMMENT.search(body, (closing(body) if body[:1] in ("'", '"') else None) or 0)
    if comment and body[0] not in "[{":
        body = body[: comment.start()].rstrip(_BLANK)
    if not body:
        return ()
    first = body[0]
    grouped = first == "{" and may_split_number(body)
    if not grouped and accepts(f"{{k: {body} }}" if depth else f"k: {body}\n"):
        return ()
    if first == "｛" and accepts(mended := body.translate(_HALF_WIDTH)):
        return (Slip(faults.BRACKET_UNBALANCED, "用了全角花括号｛｝", 0, len(body), body, mended),)
    if first in "[{":
        return tuple(_bracket_slips(body, depth)) if depth < _MAX_DEPTH else ()
    if first in "\"'":
        return (_quote_slip(body),)
    whole = (0, len(body), body, quoted(body))
    if first == ">":
        return (Slip(faults.COMPARATOR_UNQUOTED, "值以大于号 > 开头，YAML 会当作多行文字的标记", *whole),)
    if first == "|":
        return (Slip(faults.BAR_UNQUOTED, "值以竖线 | 开头，YAML 会当作多行文字的标记", *whole),)
    if first == "-" and (len(body) == 1 or body[1] in " \t"):
        return (Slip(faults.DASH_UNQUOTED, "短横 - 后面没有文字或是空格，YAML 会当作列表", *whole),)
    if first in "%@`*&!,]}?":
        return (Slip(faults.SIGN_UNQUOTED, f"值以“{first}”开头，YAML 会当作特殊标记", *whole),)
    colon = _COLON.search(body)
    if colon:
        return (Slip(faults.COLON_IN_VALUE, "值里有“冒号加空格”，YAML 会当作又一个键", *whole),)
    return ()


def _quote_slip(body: str) -> Slip:
    """Return the slip of a value that begins with a quote."""
    end = closing(body)
    if end is None:
        text = body[1:]
        return Slip(faults.QUOTE_UNCLOSED, f"引号 {body[0]} 没有成对", 0, len(body), body, quoted(text))
    if end < len(body):
        message = f"引号之后还有文字“{body[end:].strip()}”，YAML 只认引号里的部分"
        return Slip(faults.TEXT_AFTER_QUOTE, message, 0, len(body), body, quoted(body))
    inner = body[1:-1]
    return Slip(
        faults.UNKNOWN_ESCAPE, "双引号里的反斜杠写法有误", 0, len(body), body, "'" + inner.replace("'", "''") + "'"
    )


def _bracket_slips(body: str, depth: int) -> Iterator[Slip]:
    """Yield the slips of a value that begins with a bracket or brace."""
    end = closing(body)
    close = _CLOSERS[body[0]]
    if end is None:
        if body[0] == "{" and ":" in body:
            stripped = body.rstrip(", ")
            yield Slip(faults.BRACKET_UNBALANCED, "花括号没有成对", 0, len(body), body, stripped + close)
        elif body[0] == "[" and "," in body:
            yield Slip(faults.BRACKET_UNBALANCED, "方括号没有成对", 0, len(body), body, body.rstrip(", ") + close)
        else:
            message = f"值以“{body[0]}”开头，YAML 会当作括号，却没有成对"
            yield Slip(faults.BRACKET_UNBALANCED, message, 0, len(body), body, quoted(body))
    elif body[end:].strip() and not _COMMENT.fullmatch(body[end:]):
        message = f"括号之后还有文字“{body[end:].strip()}”，YAML 只认括号里的部分"
        yield Slip(faults.TEXT_AFTER_BRACKET, message, 0, len(body), body, quoted(body))
    else:
        yield from _item_slips(body[: end - 1], depth)


def _item_slips(body: str, depth: int) -> Iterator[Slip]:
    """Yield the slips of the items between braces; `body` begins with the brace and lacks its close."""
    for start, end in _items(body):
        item = body[start:end]
        entry = _FLOW_KEY.match(item) if body[0] == "{" else None
        # In braces YAML takes 年初预算数:94.60 for one long key.
        is_loose = entry is not None and (entry["colon"] == "：" or not entry["blank"]) and not _COLON.search(item)
        is_swallowed = is_loose and entry is not None and bool(_WORD.fullmatch(entry["key"]))
        number = _GROUPED.search(f"{item},") if body[0] == "{" else None
        if entry and number and number.start() == entry.start("colon"):
            at, amount = start + number.start("number"), number["number"]
            message = "花括号里的逗号会把数字拆成几项，带千位分隔符的数字要加引号"
            yield Slip(faults.SIGN_UNQUOTED, message, at, at + len(amount), amount, quoted(amount), entry["key"])
            continue
        if not is_swallowed and "，" not in item and accepts("{" + item + "}" if body[0] == "{" else "[" + item + "]"):
            continue
        offset = start
        key = ""
        if entry:
            key = entry["key"]
            if is_loose:
                colon = start + entry.start("colon")
                fault = faults.FULL_WIDTH_COLON if entry["colon"] == "：" else faults.MISSING_BLANK_AFTER_COLON
                message = "键后用了全角冒号" if entry["colon"] == "：" else "冒号后缺少空格"
                shown = f"{key}: {item[entry.end() :].strip()}"
                yield Slip(fault, message, colon, start + entry.end(), item.strip(), ": ", key, shown)
            offset = start + entry.end()
        value = body[offset:end]
        separators = [sign for sign in _SEPARATOR.finditer(value) if _FLOW_KEY.match(value, sign.end())]
        shown = item.strip()
        for sign in separators:
            shown = shown.replace(sign[0], ", ")
        for sign in separators:
            at = offset + sign.start()
            message = "各项之间用了全角逗号" if sign[0] == "，" else f"各项之间用了“{sign[0]}”，应是英文逗号"
            yield Slip(faults.FULL_WIDTH_COMMA, message, at, at + 1, item.strip(), ", ", key, shown)
        if separators:
            continue
        lead = len(value) - len(value.lstrip(_BLANK))
        for slip in find_slips(value.strip(_BLANK), depth=depth + 1):
            at = offset + lead
            yield slip._replace(start=slip.start + at, end=slip.end + at, key=slip.key or key)


def _items(body: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each item between commas, commas in quotes and inner brackets apart."""
    start = position = 1
    # The close of the braces is not part of this text.
    numbers = [number.span("number") for number in _GROUPED.finditer(body + "}")] if body[0] == "{" else []
    while position < len(body):
        character = body[position]
        if character == "," and not any(first < position < last for first, last in numbers):
            yield start, position
            start = position + 1
        elif character in "[{\"'" and body[start:position].rstrip()[-1:] in ("", ":", "："):
            end = closing(body[position:])
            if end is not None:
                position += end
                continue
        position += 1
    if body[start:].strip():
        yield start, len(body)
