"""Turn YAML text into a tree whose scalars stay text, with every fault of the text in one run.

`yaml.safe_load` loses what a disclosure needs: `0012`, `94.60`, duplicate keys, places.
So the tree is composed here from the parser's events; a text the parser rejects is repaired in memory line by line
(`yaml_traps`), so that what else is wrong in it is reported in the same run.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import yaml
from msgspec.structs import replace

from generator.finding import Finding, in_reading_order
from generator.load import faults
from generator.load.parse import TreeResult, parse_tree
from generator.load.text_file import CONTROL
from generator.load.tree import Mapping, Node, Scalar, Sequence, type_names
from generator.load.yaml_doubts import empty_value_doubts, find_doubts, may_swallow_entries, swallowed_entries
from generator.load.yaml_problems import explain
from generator.load.yaml_repair import Repair
from generator.load.yaml_traps import may_hide_slips, repair_traps
from generator.origin import START, Origin, Span

__all__ = ["MAX_ALIASES", "MAX_DEPTH", "MAX_NODES", "TreeResult", "parse_any", "parse_tree"]

MAX_DEPTH = 20
MAX_NODES = 10_000
MAX_ALIASES = 20
_MAX_PROBLEMS = 10

# The stubs know neither the C parser nor that every mark of its events is set.
_Event = Any
_Loader = Any
_LOADER: _Loader = getattr(yaml, "CLoader", yaml.Loader)


class _Composed(NamedTuple):
    """One pass over the events of a text."""

    node: Node | None
    findings: tuple[Finding, ...]
    problem: Exception | None


class _Frame(NamedTuple):
    """An open list or mapping."""

    items: list[Node]
    """What it holds so far; in a mapping, keys and values by turns."""
    is_mapping: bool
    span: Span
    anchor: str | None
    counted: int
    """How many nodes there were before it."""


_LONGEST_REPAIRED = 131_072
"""Up to so many characters slips are looked for; a record has a tenth of that, and a hostile text costs seconds."""


def parse_any(text: str, path: str) -> TreeResult:
    """Return the tree of a YAML text and all its faults; never raise for what the text holds."""
    composed = _compose(text, path)
    if (
        composed.problem is None
        and type(composed.node) is Mapping
        and (may_hide_slips(text) or any(finding.code == faults.DUPLICATE_KEY.code for finding in composed.findings))
    ):
        repair, traps = repair_traps(text, path)
        if traps:
            return _after_repair(repair, path, traps, _compose(repair.text, path))
    if composed.problem is None and type(composed.node) is Mapping:
        findings = (*composed.findings, *find_doubts(text, path, composed.node))
        return TreeResult(composed.node, in_reading_order(findings) if findings else ())
    if composed.problem is None and (composed.node is None or type(composed.node) is Sequence):
        return TreeResult(None, composed.findings or (_wrong_shape(composed.node, path),))
    if composed.problem is not None and len(text) > _LONGEST_REPAIRED:
        problem = explain(composed.problem, text, path)
        return TreeResult(None, in_reading_order((*composed.findings, problem)))
    repair, traps = repair_traps(text, path)
    if traps:
        composed = _compose(repair.text, path)
    elif composed.problem is None:
        return TreeResult(None, (_wrong_shape(composed.node, path),))
    return _after_repair(repair, path, traps, composed)


def _after_repair(repair: Repair, path: str, traps: tuple[Finding, ...], composed: _Composed) -> TreeResult:
    """Return the tree of a repaired text; what is still rejected costs its line and the tree."""
    text = repair.text
    problems: list[Finding] = []
    while composed.problem is not None and len(problems) < _MAX_PROBLEMS:
        problem = explain(composed.problem, text, path)
        problems.append(problem)
        lines = text.split("\n")
        number = min(problem.origin.line, len(lines)) - 1
        if not lines[number].strip():
            break
        lines[number] = ""
        text = "\n".join(lines)
        composed = _compose(text, path)
    doubts = find_doubts(text, path, composed.node) if type(composed.node) is Mapping else []
    others = (
        replace(finding, origin=repair.origin(finding.origin)) for finding in (*problems, *composed.findings, *doubts)
    )
    findings = in_reading_order((*traps, *others))
    node = repair.mapping(composed.node) if type(composed.node) is Mapping and not problems else None
    return TreeResult(node, findings)


def _wrong_shape(node: Node | None, path: str) -> Finding:
    """Return the finding for a text whose top is not a mapping."""
    if node is None or (type(node) is Scalar and not node.text):
        hint = "填写内容，或删去这个文件"
        return faults.EMPTY_FILE.at(Origin(path, *START), "文件里没有内容，只有注释或标记", hint=hint)
    found = node.text if type(node) is Scalar else type_names[type(node)]
    return faults.NOT_A_MAPPING.at(
        Origin(path, *node.span),
        f"文件的最外层应是一组“键: 值”，这里是{type_names[type(node)]}",
        found=found.split("\n")[0][:40],
        expected="每行一个“键: 值”，如 项目名称: 示例项目",
        hint="在键后写英文冒号和一个空格，再写值",
    )


def _compose(text: str, path: str) -> _Composed:
    """Compose the tree of a text as far as the parser gets."""
    composer = _Composer(text, path)
    problem: Exception | None = None
    try:
        composer.run(_LOADER(text))
    except _Abandoned:
        pass
    except (yaml.YAMLError, UnicodeError) as error:
        problem = error
    return _Composed(None if problem else composer.root, tuple(composer.findings), problem)


class _Abandoned(Exception):  # noqa: N818
    """The rest of the text is not read: a bound is passed, already noted."""


class _Composer:
    """One pass: events in, tree and findings out."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.stack: list[_Frame] = []
        self.items: list[Node] = []
        self.is_mapping = False
        self.anchors: dict[str, tuple[Node, int] | None] = {}
        self.aliases = 0
        self.count = 0

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the text; few texts ever need them."""
        return self.text.split("\n")

    def note(self, fault: faults.Fault, span: Span, message: str, **facts: str) -> None:
        """Note a fault at a place of this text."""
        self.findings.append(fault.at(Origin(self.path, *span), message, **facts))

    def run(self, loader: _Loader) -> None:
        """Read the events of the first document; a build spends its reading time in this loop."""
        next_event = loader.get_event
        new = tuple.__new__
        scalar_event, stream_end = yaml.ScalarEvent, yaml.StreamEndEvent
        handlers: dict[type, Callable[[_Event], None]] = {
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: self._document_end,
            yaml.StreamStartEvent: lambda _: None,
        }
        look_closer = any(sign in self.text for sign in "&!\\") or may_swallow_entries(self.text)
        items = self.items
        while (kind := type(event := next_event())) is not stream_end:
            if kind is scalar_event:
                mark, value = event.start_mark, event.value
                # The text of a block begins on the line below its mark.
                first = mark.line + 2 if event.style == "|" else 0
                items.append(new(Scalar, (value, new(Span, (mark.line + 1, mark.column + 1)), not event.style, first)))
                if look_closer or not value:
                    self._look_closer(event)
            else:
                handlers[kind](event)
                items = self.items

    def _look_closer(self, event: _Event) -> None:
        """Report what may be wrong with the scalar just read."""
        *before, node = self.items[-2:]
        if type(node) is not Scalar:
            return
        if event.anchor is not None or event.tag is not None:
            self._anchor_and_tag(event, node)
        if event.style == '"' and CONTROL.search(node.text):
            node = self._without_controls(node)
        key = before[0] if before and self.is_mapping and len(self.items) % 2 == 0 else None
        if not node.text:
            self.findings += empty_value_doubts(self.lines, self.path, node, key)
        elif node.plain and (key or not self.is_mapping):
            first = node.span.line + (key is not None and key.span.line == node.span.line)
            self.findings += swallowed_entries(self.lines, self.path, first, event.end_mark.line + 1, node)

    def _without_controls(self, node: Scalar) -> Scalar:
        """Report characters that nobody can see and that are written as escapes, for no form prints them."""
        codes = "、".join(dict.fromkeys(f"U+{ord(found[0]):04X}" for found in CONTROL.finditer(node.text)))
        self.note(
            faults.CONTROL_CHARACTER,
            node.span,
            f"双引号里用反斜杠写了看不见的控制字符 {codes}",
            found=codes,
            expected="看得见的文字",
            hint="删去这个写法；确实要印反斜杠时改用单引号",
        )
        self.items[-1] = seen = node._replace(text=CONTROL.sub(" ", node.text))
        return seen

    def _start(self, event: _Event) -> None:
        """Open a list or mapping, unless it stands too deep."""
        span = Span(event.start_mark.line + 1, event.start_mark.column + 1)
        if event.tag is not None:
            self._anchor_and_tag(event, None)
        if len(self.stack) == MAX_DEPTH:
            self.note(
                faults.TOO_DEEP,
                span,
                f"层次过深，超过 {MAX_DEPTH} 层",
                expected=f"不超过 {MAX_DEPTH} 层",
                hint="检查缩进或括号，表样用不到这么多层",
            )
            raise _Abandoned
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self._counted(1, span)
        self.is_mapping = type(event) is yaml.MappingStartEvent
        self.items = []
        self.stack.append(_Frame(self.items, self.is_mapping, span, event.anchor, self.count))

    def _end(self, _event: _Event) -> None:
        """Close the innermost list or mapping and put it where it belongs."""
        items, is_mapping, span, anchor, counted = self.stack.pop()
        node = self._mapping(items, span) if is_mapping else Sequence(tuple(items), span)
        self._counted(len(items), span)
        if anchor is not None:
            self.anchors[anchor] = (node, self.count - counted + 1)
        if self.stack:
            self.items, self.is_mapping = self.stack[-1].items, self.stack[-1].is_mapping
        else:
            self.items, self.is_mapping = [], False
        self.items.append(node)

    def _mapping(self, items: list[Node], span: Span) -> Mapping:
        """Return the mapping of keys and values by turns; report keys that are no good."""
        keys = items[::2]
        texts = {key[0] for key in keys if type(key) is Scalar}
        if len(texts) != len(keys) or "<<" in texts or "" in texts:
            self._faulty_keys(keys)
            pairs = zip(keys, items[1::2], strict=True)
            return Mapping(
                tuple((key, value) for key, value in pairs if type(key) is Scalar and key.text not in {"", "<<"}), span
            )
        return Mapping(tuple(zip(keys, items[1::2], strict=True)), span)  # type: ignore[arg-type]  # all are scalars

    def _faulty_keys(self, keys: list[Node]) -> None:
        """Report keys given twice, keys that are not text, empty keys and merge keys."""
        first: dict[str, Span] = {}
        for key in keys:
            if type(key) is not Scalar:
                hint = "这里只能写表样上的栏目名称；值以括号开头时请加英文引号"
                self.note(faults.KEY_NOT_TEXT, key.span, f"键不是文字，而是{type_names[type(key)]}", hint=hint)
            elif key.text == "<<" and key.plain:
                hint = "把要合并的各栏直接写出来"
                self.note(faults.MERGE_KEY, key.span, "不支持合并键 <<", found="<<", expected="栏目名称", hint=hint)
            elif not key.text:
                hint = "在冒号前写上栏目名称，或删去这一行"
                self.note(faults.EMPTY_KEY, key.span, "冒号前没有栏目名称", expected="栏目名称", hint=hint)
            elif key.text in first:
                line = first[key.text].line
                self.note(
                    faults.DUPLICATE_KEY,
                    key.span,
                    f"“{key.text}”在第 {line} 行已经写过，第 {key.span.line} 行又写了一次",
                    found=key.text,
                    expected="同一处每栏只写一次",
                    hint=f"第 {line} 行与第 {key.span.line} 行只留一行",
                )
            else:
                first[key.text] = key.span

    def _alias(self, event: _Event) -> None:
        """Put the node an alias stands for, as far as the bound allows."""
        span = Span(event.start_mark.line + 1, event.start_mark.column + 1)
        name = event.anchor
        self.aliases += 1
        node: Node = Scalar("", span)
        hint = f'如果要写的就是这几个字，请加英文引号："*{name}"'
        if self.aliases > MAX_ALIASES:
            if self.aliases == MAX_ALIASES + 1:
                expected = f"不超过 {MAX_ALIASES} 个"
                self.note(faults.TOO_MANY_ALIASES, span, "YAML 别名过多", expected=expected, hint="把内容直接写出来")
        elif name not in self.anchors:
            self.note(faults.UNKNOWN_ALIAS, span, f"“*{name}”引用了没有定义的内容", found=f"*{name}", hint=hint)
        elif (known := self.anchors[name]) is None:
            self.note(faults.ALIAS_TO_ITSELF, span, f"“*{name}”引用了自身", found=f"*{name}", hint="把内容直接写出来")
        else:
            node, size = known
            self._counted(size - 1, span)
        self.items.append(node)

    def _document(self, event: _Event) -> None:
        """Begin the document; a second one is reported and left unread."""
        if self.root is not None:
            self.note(
                faults.SEVERAL_DOCUMENTS,
                Span(event.start_mark.line + 1, 1),
                "一个文件里有几份文档，只读了第一份",
                found="---",
                expected="一个文件一个记录",
                hint="删去这一行“---”，或把后一份另存为一个文件",
            )
            raise _Abandoned

    def _document_end(self, _event: _Event) -> None:
        """Take the document's only node as the root."""
        self.root = self.items.pop()

    def _anchor_and_tag(self, event: _Event, node: Scalar | None) -> None:
        """Remember an anchored value; report a tag."""
        if event.anchor is not None and node is not None:
            self.anchors[event.anchor] = (node, 1)
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.note(
                faults.UNSUPPORTED_TAG,
                Span(event.start_mark.line + 1, event.start_mark.column + 1),
                f"不支持 YAML 标签“{shown}”",
                found=shown,
                expected="不带标签的值",
                hint="删去标签；如果感叹号是内容，请给整个值加英文引号",
            )

    def _counted(self, number: int, span: Span) -> None:
        """Count nodes, those behind aliases as often as they are used."""
        self.count += number
        if self.count > MAX_NODES:
            expected = f"不超过 {MAX_NODES:,} 个键和值"
            hint = "一个文件只写一个项目；减少 YAML 别名"
            self.note(faults.TOO_MANY_VALUES, span, "内容过多，没有读完", expected=expected, hint=hint)
            raise _Abandoned
