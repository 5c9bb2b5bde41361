"""Read a Markdown record: YAML between `---` lines, then sections whose text fills the prose fields."""

import re
from collections.abc import Mapping as MappingType
from typing import NamedTuple

from generator.finding import Finding, in_reading_order
from generator.load import faults
from generator.load.parse import TreeResult, parse_tree
from generator.load.tree import Mapping, Node, Scalar, type_names
from generator.origin import Origin, Span
from generator.text import folded, nearest

Sections = MappingType[str, tuple[str, ...]]
"""Which key path the text below a heading fills."""

_HEADING = re.compile(r" {0,3}##(?!#)(?P<blank>[ \t]*)(?P<title>.*?)(?:[ \t]+#+)?[ \t]*")
_OTHER_HEADING = re.compile(r" {0,3}(?P<marks>[#＃]+)[ \t\u3000]*(?P<title>[^#＃\s].*?)(?:[ \t]+[#＃]+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_MARK = re.compile(r"---[ \t]*")


class _Section(NamedTuple):
    """One level-2 section: its heading and where its text stands; lines count from 1."""

    title: str
    line: int
    first: int
    end: int


def parse_markdown_record(text: str, path: str, sections: Sections, *, with_rows: bool = False) -> TreeResult:
    """Return the tree of a Markdown record: its front matter with the sections merged in; rows as in `parse_tree`."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _MARK.fullmatch(lines[start]):
        finding = faults.NO_FRONT_MATTER.at(
            Origin(path, start + 1, 1),
            "文件开头缺少“---”数据区",
            found=lines[start].strip()[:40],
            expected="第一行是 ---，其后是“键: 值”，再以一行 --- 结束",
            hint="在文件开头写一行 ---，填写项目名称等各栏，再写一行 ---，其后写正文小节",
        )
        return TreeResult(None, (finding, *_read_sections(lines, start, path, sections)[1]))
    findings: list[Finding] = []
    close = next((number for number in range(start + 1, len(lines)) if _MARK.fullmatch(lines[number])), None)
    if close is None:
        hint = "在数据区最后一栏之后、正文之前另起一行写 ---"
        findings.append(faults.FRONT_MATTER_UNCLOSED.at(Origin(path, start + 1, 1), "“---”数据区没有结束", hint=hint))
        heading = (number for number in range(start + 1, len(lines)) if _HEADING.fullmatch(lines[number]))
        close = next(heading, len(lines)) - 1
    # Blank lines stand for the marks, so that the lines of the front matter keep their numbers.
    front_lines = ["" for _ in lines[: start + 1]] + lines[start + 1 : close + bool(findings)]
    front = parse_tree("\n".join(front_lines), path, with_rows=with_rows)
    texts, section_findings = _read_sections(lines, close + 1, path, sections)
    findings += [*front.findings, *section_findings]
    node = front.node
    if node is not None:
        for title, value in texts.items():
            node = _merged(node, sections[title], value, path, findings)
    return TreeResult(node, in_reading_order(findings))


def _read_sections(
    lines: list[str], start: int, path: str, sections: Sections
) -> tuple[dict[str, Scalar], list[Finding]]:
    """Return the text of each known section by its heading, and the faults of the body."""
    findings: list[Finding] = []
    known = {folded(title): title for title in sections}
    found = _split(lines, start, path, known, findings)
    texts: dict[str, Scalar] = {}
    first_lines: dict[str, int] = {}
    for section in found:
        origin = Origin(path, section.line, 1)
        title = known.get(folded(section.title))
        if title is None:
            near = nearest(section.title, sections)
            findings.append(
                faults.UNKNOWN_SECTION.at(
                    origin,
                    f"不认识的小节标题“{section.title}”，其下的文字没有读取",
                    found=section.title,
                    expected=f"“{near}”" if near else "“预期目标”“实际完成情况”等文字栏目的名称",
                    hint=f"是不是“{near}”？" if near else "词汇表列出全部文字栏目；文中的小标题请用 ###",
                )
            )
        elif title in texts:
            message = f"小节“{title}”在第 {first_lines[title]} 行已经写过"
            hint = "把两处文字合到一个小节里"
            findings.append(faults.DUPLICATE_SECTION.at(origin, message, found=title, hint=hint))
        else:
            texts[title] = _text_of(lines, section)
            first_lines[title] = section.line
    return texts, findings


def _split(
    lines: list[str], start: int, path: str, known: MappingType[str, str], findings: list[Finding]
) -> list[_Section]:
    """Return the level-2 sections from a line on; headings inside fenced code are text."""
    headings: list[tuple[str, int]] = []
    fence = ""
    stray: int | None = None
    for number in range(start, len(lines)):
        line = lines[number]
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark["fence"]
        elif fence:
            if mark and mark["fence"].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif heading := _HEADING.fullmatch(line):
            headings.append((heading["title"], number + 1))
            if not heading["blank"] and heading["title"]:
                hint = f"写成 ## {heading['title']}"
                message = "标题的 ## 之后缺少空格"
                findings.append(
                    faults.BLANK_AFTER_HASH.at(Origin(path, number + 1, 1), message, found=line.strip(), hint=hint)
                )
        elif (other := _OTHER_HEADING.fullmatch(line)) and folded(other["title"]) in known:
            headings.append((other["title"], number + 1))
            findings.append(_wrong_marks(other, Origin(path, number + 1, 1)))
        if stray is None and not headings and line.strip():
            stray = number
    if stray is not None:
        findings.append(
            faults.TEXT_BEFORE_SECTION.at(
                Origin(path, stray + 1, 1),
                "第一个小节标题之前有文字，不知道属于哪一栏",
                found=lines[stray].strip()[:40],
                expected="以“## 标题”开头的小节",
                hint="在这段文字前加上小节标题，如 ## 预期目标",
            )
        )
    ends = [*(line - 1 for _, line in headings[1:]), len(lines)][: len(headings)]
    return [_Section(title, line, line + 1, end) for (title, line), end in zip(headings, ends, strict=True)]


def _wrong_marks(heading: re.Match[str], origin: Origin) -> Finding:
    """Return the fault of a section whose heading has other marks than two number signs."""
    marks, title = heading["marks"], heading["title"]
    message = (
        f"小节标题“{title}”前用了全角井号" if "＃" in marks else f"小节标题“{title}”前有 {len(marks)} 个 #，应是两个"
    )
    return faults.UNKNOWN_SECTION.at(
        origin, message, found=heading[0].strip(), expected=f"## {title}", hint=f"改为 ## {title}"
    )


def _text_of(lines: list[str], section: _Section) -> Scalar:
    """Return the trimmed text of a section, at the place of its first line."""
    body = lines[section.first - 1 : section.end]
    while body and not body[-1].strip():
        body.pop()
    skipped = 0
    while skipped < len(body) and not body[skipped].strip():
        skipped += 1
    body = body[skipped:]
    if not body:
        return Scalar("", Span(section.line, 1), plain=False)
    first = section.first + skipped
    return Scalar("\n".join(body).rstrip(), Span(first, 1), plain=False, first_line=first)


def _merged(node: Mapping, keys: tuple[str, ...], value: Scalar, path: str, findings: list[Finding]) -> Mapping:
    """Return the mapping with a value put at a key path; where something stands there already, report it."""
    key, *rest = keys
    for number, (known, present) in enumerate(node.entries):
        if known.text != key:
            continue
        new: Node
        if rest and type(present) is Mapping:
            new = _merged(present, tuple(rest), value, path, findings)
        elif type(present) is Scalar and not present.text:
            new = _nested(tuple(rest), value)
        else:
            findings.append(_given_twice(keys[-1], known, present, value, path))
            return node
        entries = (*node.entries[:number], (known, new), *node.entries[number + 1 :])
        return Mapping(entries, node.span)
    return Mapping((*node.entries, (Scalar(key, value.span), _nested(tuple(rest), value))), node.span)


def _nested(keys: tuple[str, ...], value: Scalar) -> Node:
    """Return the value wrapped in a mapping for each key."""
    node: Node = value
    for key in reversed(keys):
        node = Mapping(((Scalar(key, value.span), node),), value.span)
    return node


def _given_twice(title: str, known: Scalar, present: Node, value: Scalar, path: str) -> Finding:
    """Return the finding for a field written in the front matter and as a section."""
    shown = present.text[:40] if type(present) is Scalar else type_names[type(present)]
    return faults.GIVEN_TWICE.at(
        Origin(path, *value.span),
        f"“{title}”在数据区第 {known.span.line} 行和正文里都写了",
        found=shown,
        expected="只在一处写",
        hint=f"删去数据区第 {known.span.line} 行的“{known.text}”，或删去正文的这个小节",
    )
