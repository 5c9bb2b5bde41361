"""What YAML takes without a word though its author meant something else: text cut off, entries swallowed."""

import re
from collections.abc import Iterator

import yaml
from msgspec.structs import replace

from generator.finding import Finding, Severity
from generator.load import faults
from generator.load.plain_yaml import QUOTED_SIGN
from generator.load.tree import Mapping, Node, Scalar, Sequence
from generator.load.yaml_values import quoted
from generator.origin import Origin
from generator.patterns import lazy_pattern
from generator.vocabulary import Place, labels

# Other words before a colon are common in prose (主要原因：…), so only the form's own labels raise a doubt.
_BESIDE = (Place.WAIVER, Place.REPLY, Place.UNCONFIRMED, Place.CORRECTION)
_LABELS = frozenset(label for place in Place if place not in _BESIDE for label in labels(place))

# A key of the form, in Chinese characters and brackets, then a colon and its value at once: 三级指标:开展培训.
_ENTRY = lazy_pattern(r"[ \t]*(?:-[ \t]+)*(?P<key>[\u4e00-\u9fff（）()/、]{2,14})(?P<colon>[:：])[ \t]*(?P<value>.*)")
_LOOSE_COLON = lazy_pattern(r"[:：](?![ \t\n])")
Lines = list[str]

_CUT_OFF = lazy_pattern(r"(?<=\S)(?P<blank>[ \t]+)#(?P<rest>[^\s#=!-].*)$")
# A comment has a blank after its sign, or is a rule drawn with signs; #1期 is meant as a value.
_WHOLE_CUT_OFF = lazy_pattern(r"(?P<blank>[ \t]+)(?P<value>#(?![\s#!]|[-=]{2}).+?)[ \t]*")
_DIGIT_HEADER = lazy_pattern(r">[+-]?[1-9]")


def is_label(text: str) -> bool:
    """Tell whether a text is a name that the form itself prints."""
    return text in _LABELS


def find_doubts(text: str, path: str, root: Mapping) -> list[Finding]:
    """Return the doubts about a text the parser accepts; costs next to nothing where none of the signs occurs."""
    findings: list[Finding] = []
    if " #" in text or "\t#" in text:
        findings += _cut_off(text, path)
    if "“" in text and QUOTED_SIGN.search(text):
        findings += _quoted_signs(root, path)
    if "\u3000" in text or "\xa0" in text:
        findings += _blank_keys(root, path)
    return findings


def empty_value_doubts(lines: Lines, path: str, node: Scalar, key: Node | None) -> list[Finding]:
    """Return the doubt about an empty value: a swallowed `>5` or `#1`, or in braces a key that took its value in."""
    source = _source(lines, node.span.line)[node.span.column - 1 :]
    if not node.plain and _DIGIT_HEADER.match(source):
        value = source.split("#")[0].strip()
        return [
            faults.BLOCK_SWALLOWED.at(
                Origin(path, *node.span),
                f"“{value}”被 YAML 当作多行文字的标记，值成了空的",
                found=value,
                expected="加英文引号的值",
                hint=f'写成 "{value}"',
            )
        ]
    if node.plain and (lost := _WHOLE_CUT_OFF.fullmatch(source)):
        return [_lost_value(path, node, key, lost)]
    if not (node.plain and type(key) is Scalar and key.plain):
        return []
    after = _source(lines, key.span.line)[key.span.column - 1 + len(key.text) :].lstrip()
    match = _ENTRY.fullmatch(key.text)
    if match is None or not match["value"] or after.startswith(":"):
        return []
    fault = faults.MISSING_BLANK_AFTER_COLON if match["colon"] == ":" else faults.FULL_WIDTH_COLON
    message = "冒号后缺少空格，键和值连成了一个键" if match["colon"] == ":" else "键后用了全角冒号，键和值连成了一个键"
    origin = Origin(path, key.span.line, key.span.column + match.start("colon"))
    fix = f"{match['key']}: {match['value']}"
    return [fault.at(origin, message, found=key.text, expected="英文冒号加一个空格", hint=f"写成 {fix}")]


def _lost_value(path: str, node: Scalar, key: Node | None, lost: re.Match[str]) -> Finding:
    """Return the fault of a value lost as a whole; where part of it is left, a doubt is enough."""
    value = lost["value"]
    fixed = f"{key.text}: {quoted(value)}" if type(key) is Scalar else quoted(value)
    finding = faults.TEXT_CUT_OFF.at(
        Origin(path, node.span.line, node.span.column + len(lost["blank"])),
        f"“{value}”以井号开头，被当作注释，值成了空的",
        found=value,
        expected="加英文引号的值，或注释的 # 后空一格",
        hint=f"写成 {fixed}；如果是注释，写成 # {value[1:]}",
    )
    return replace(finding, severity=Severity.ERROR)


def may_swallow_entries(text: str) -> bool:
    """Tell whether any line reads like an entry whose colon YAML does not see."""
    for colon in _LOOSE_COLON.finditer(text):
        end = colon.start()
        if text[text.rfind("\n", 0, end) + 1 : end].lstrip("- \t") in _LABELS:
            return True
    return False


def swallowed_entries(lines: Lines, path: str, first: int, last: int, node: Scalar) -> list[Finding]:
    """Return a doubt for each line of a plain value that reads like an entry of its own."""
    findings = []
    for line in range(first, last + 1):
        source = _source(lines, line)
        if line == node.span.line:
            source = " " * (node.span.column - 1) + source[node.span.column - 1 :]
        match = _ENTRY.match(source)
        if match is None or not match["value"] or match["key"] not in _LABELS:
            continue
        findings.append(
            faults.LOOKS_LIKE_KEY.at(
                Origin(path, line, match.start("key") + 1),
                f"“{match['key']}”像是栏目名称，却被当作值的一部分",
                found=match[0].strip(),
                expected="英文冒号加一个空格",
                hint=f"如果是栏目，写成 {match['key']}: {match['value']}；如果是文字，给整个值加英文引号",
            )
        )
    return findings


def _source(lines: Lines, line: int) -> str:
    """Return one line of the text, or nothing where the parser counts lines in another way."""
    return lines[line - 1] if line <= len(lines) else ""


def _cut_off(text: str, path: str) -> list[Finding]:
    """Return a doubt for each value that goes on behind a number sign: 示例 #1."""
    candidates = {
        (line, match.start()): match
        for line, source in enumerate(text.split("\n"))
        if "#" in source and (match := _CUT_OFF.search(source))
    }
    if not candidates:
        return []
    findings = []
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        if event.end_mark is None:
            continue
        line, column = event.end_mark.line, event.end_mark.column
        found = candidates.get((line, column))
        if found is None or type(event) is not yaml.ScalarEvent or event.style or not event.value:
            continue
        whole = f"{event.value}{found['blank']}#{found['rest']}"
        findings.append(
            faults.TEXT_CUT_OFF.at(
                Origin(path, line + 1, column + len(found["blank"]) + 1),
                f"“#{found['rest']}”被当作注释，值只剩“{event.value}”",
                found=whole,
                expected="整个值加英文引号，或注释的 # 后空一格",
                hint=f'如果是内容，写成 "{whole}"；如果是注释，写成 # {found["rest"]}',
            )
        )
    return findings


def _scalars(node: Node) -> Iterator[tuple[Scalar, bool]]:
    """Yield every scalar of a tree and whether it is a key."""
    if type(node) is Scalar:
        yield node, False
    elif type(node) is Sequence:
        for item in node.items:
            yield from _scalars(item)
    elif type(node) is Mapping:
        for key, value in node.entries:
            yield key, True
            yield from _scalars(value)


def _quoted_signs(root: Node, path: str) -> list[Finding]:
    """Return a doubt for each figure or dash in Chinese quotes, which stay part of the value."""
    return [
        faults.FULL_WIDTH_QUOTE.at(
            Origin(path, *scalar.span),
            f"中文引号成了值的一部分：{scalar.text}",
            found=scalar.text,
            expected="英文引号",
            hint=f'写成 "{match["inner"]}"',
        )
        for scalar, is_key in _scalars(root)
        if scalar.plain and not is_key and (match := QUOTED_SIGN.fullmatch(scalar.text))
    ]


def _blank_keys(root: Node, path: str) -> list[Finding]:
    """Return a fault for each key that begins with a full-width blank, which YAML takes as part of the key."""
    return [
        faults.FULL_WIDTH_BLANK.at(
            Origin(path, *key.span),
            f"“{key.text.strip()}”前面是全角空格或不间断空格，成了键的一部分",
            found=key.text,
            expected="用英文半角空格缩进",
            hint="删去行首的空格，切换到英文输入法后重新输入",
        )
        for key, is_key in _scalars(root)
        if is_key and key.plain and key.text[:1] in ("\u3000", "\xa0")
    ]
