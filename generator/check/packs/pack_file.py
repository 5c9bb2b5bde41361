"""One rule pack as written: what it decides, from which pack it differs, and for which records it holds."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import Struct

from generator.check.codes import nearest_code
from generator.check.levels import Level1
from generator.check.pack import NATIONAL, Excess, ExecutionMethod, Grade, Profile, Thresholds
from generator.check.packs import pack_faults as faults
from generator.check.packs.pack_reading import PackReading
from generator.finding import Severity
from generator.load.reading import Reading, excerpt, joined
from generator.load.tree import Mapping as Tree
from generator.load.tree import Node, Scalar, Sequence
from generator.origin import Span
from generator.patterns import lazy_pattern
from generator.text import folded

RULES, FREE = "规则", "不定"
TOTAL = "满分"
EXECUTION_POINTS, EXECUTION_METHOD = "预算执行 › 分值", "预算执行 › 方法"
PROFILES, GRADES = "一级指标分值", "评分等级"
MET, PARTLY = "定性档次 › 达成", "定性档次 › 部分达成"
EXCESS = "超过上限"
SWITCHES = {"是": True, "否": False}
METHODS = {"按比例": ExecutionMethod.PROPORTION, "不计算": ExecutionMethod.UNDECIDED}
EXCESSES = {"不计算": Excess.UNDECIDED, "目标比完成": Excess.TARGET_OVER_ACTUAL, "按超出比例": Excess.BY_EXCESS}
SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.NOTE}
THRESHOLDS = {
    joined("界限", label): name
    for label, name in zip(Thresholds.__struct_encode_fields__, Thresholds.__struct_fields__, strict=True)
}
"""Name of the field of `Thresholds` by its place in a pack file."""

_ABOUT = ("标题", "说明", "来源")
_SCOPE = ("年度", "地区", "单位", "表样")
_YEARS = lazy_pattern(r"(?P<only>\d{4})|(?P<first>\d{4})?[-—–~至](?P<last>\d{4})?")
_EVER = (0, 9999)


class Scope(NamedTuple):
    """For which records a pack holds; what is empty does not matter."""

    years: tuple[tuple[int, int], ...] = ()
    """First and last year, both included."""
    regions: tuple[str, ...] = ()
    """Words of the district that the unit or its department is registered in."""
    units: tuple[str, ...] = ()
    """Folders of units."""
    forms: tuple[str, ...] = ()
    """Titles of forms."""


class PackFile(Struct, frozen=True):
    """One file."""

    identifier: str
    """Name of the file without its ending."""
    path: str
    """As printed in messages."""
    title: str
    description: str
    source: str
    """Where its numbers come from."""
    is_verified: bool
    """Whether somebody compared them with the printed rule."""
    base: str
    """Identifier of the pack it differs from; empty for the one all others rest on."""
    scope: Scope
    values: Mapping[str, Any]
    """What it decides, by the way to it in the file; packs are laid over each other by these."""
    spans: Mapping[str, Span]
    """Where each of them stands, the base too."""


class PackResult(Struct, frozen=True):
    """What a tree gave."""

    file: PackFile | None
    reading: Reading


def decode_pack(tree: Tree, *, identifier: str, path: str, codes: Collection[str]) -> PackResult:
    """Decode one pack; `codes` are those of the rules there are."""
    decoding = _Decoding(Reading(path), codes)
    about = decoding.about(tree)
    written = [key for key, text in about.items() if text]
    decoding.demand(tree, ("标题",) if identifier == NATIONAL else ("标题", "继承"), written)
    if identifier == NATIONAL:
        decoding.demand(tree, tuple(_LEAVES), decoding.values)
    file = PackFile(
        identifier, path, about["标题"], about["说明"], about["来源"], decoding.is_verified,
        about["继承"], decoding.scope, decoding.values, decoding.spans,
    )  # fmt: skip
    return PackResult(None if decoding.reading.findings else file, decoding.reading)


class _Decoding(PackReading):
    """One pack while it is decoded."""

    def __init__(self, reading: Reading, codes: Collection[str]) -> None:
        super().__init__(reading)
        self.codes = codes
        self.values: dict[str, Any] = {}
        self.scope = Scope()
        self.is_verified = False

    def about(self, tree: Tree) -> dict[str, str]:
        """Read everything; return the texts that say what the pack is."""
        texts = dict.fromkeys((*_ABOUT, "继承"), "")
        groups = dict.fromkeys(path.partition(" › ")[0] for path in _LEAVES)
        known = (*texts, "核实", "适用", *groups, RULES)
        for key, node in self.entries(tree, "", known):
            if key in texts:
                texts[key] = (self.text(node, key) or "").strip()
                if texts[key]:
                    self.spans[key] = node.span
            elif key == "核实":
                self.is_verified = self.word(node, key, SWITCHES) is True
            elif key == "适用":
                self.scope = self.read_scope(node)
            elif key == RULES:
                self.read_rules(node)
            else:
                self.read_decision(key, node)
        return texts

    def demand(self, tree: Tree, wanted: Collection[str], given: Collection[str]) -> None:
        """Report what must stand in the file and does not; a wrong value is reported already."""
        told = {finding.field for finding in self.reading.findings}
        for path in wanted:
            if path not in given and not any(path == field or path.startswith(f"{field} › ") for field in told):
                hint = "加一行“继承: national”，再写不同之处" if path == "继承" else f"补上“{path}”"
                self.report(
                    faults.MISSING_KEY, tree.span, f"规则包没有写“{path}”", "没有这一项", f"“{path}: …”", hint, path
                )

    def read_decision(self, key: str, node: Node) -> None:
        """Read what one key decides: a value, or a group of them."""
        if key in _LEAVES:
            self.keep(key, node)
            return
        known = [path.partition(" › ")[2] for path in _LEAVES if path.startswith(f"{key} › ")]
        for part, inner in self.entries(node, key, known):
            self.keep(joined(key, part), inner)

    def keep(self, path: str, node: Node) -> None:
        value = _LEAVES[path](self, node, path)
        if value is not None:
            self.values[path] = value
            self.spans[path] = node.span

    def read_rules(self, node: Node) -> None:
        for code, inner in self.entries(node, RULES, None):
            field = joined(RULES, code)
            if code not in self.codes:
                near = nearest_code(code, self.codes)
                self.report(
                    faults.UNKNOWN_RULE, self.spans[field], f"没有规则 {code}", code, "jixiao rules 列出的代码之一",
                    f"改为 {near}" if near else "照 jixiao rules 改正代码，或删去这一行", field,
                )  # fmt: skip
                continue
            for key, value in self.entries(inner, field, ("启用", "程度")):
                path = joined(field, key)
                words: Mapping[str, Any] = SWITCHES if key == "启用" else SEVERITIES
                setting = self.word(value, path, words)
                if setting is not None:
                    self.values[path] = setting
                    self.spans[path] = value.span

    def read_scope(self, node: Node) -> Scope:
        texts: dict[str, tuple[str, ...]] = {}
        years = []
        for key, inner in self.entries(node, "适用", _SCOPE):
            field = joined("适用", key)
            items = inner.items if isinstance(inner, Sequence) else (inner,)
            texts[key] = tuple(text for text in (self.text(item, field) for item in items) if text)
            if key == "年度":
                years += [span for item in items if (span := self.years(item, field)) is not None]
        return Scope(tuple(years), texts.get("地区", ()), texts.get("单位", ()), texts.get("表样", ()))

    def years(self, node: Node, field: str) -> tuple[int, int] | None:
        text = folded(node.text) if isinstance(node, Scalar) else ""
        match = _YEARS.fullmatch(text)
        if match and match["only"]:
            return int(match["only"]), int(match["only"])
        first = int(match["first"] or _EVER[0]) if match else 0
        last = int(match["last"] or _EVER[1]) if match else 0
        if match and (match["first"] or match["last"]) and first <= last:
            return first, last
        if isinstance(node, Scalar):
            self.report(
                faults.BAD_NUMBER, node.span, f"“{field}”不是年度", excerpt(node.text) or "空白",
                "年度或年度的起止，例如 2024、2021-2023、2021-", "改为四位数字的年度", field,
            )  # fmt: skip
        return None

    def number_or_free(self, node: Node, field: str) -> Decimal | str | None:
        """Read a number, or the word that leaves it open."""
        return FREE if isinstance(node, Scalar) and folded(node.text) == FREE else self.number(node, field)

    def profiles(self, node: Node, field: str) -> tuple[Profile, ...] | None:
        """Read the usual distributions of points; an empty list leaves them free."""
        return self.rows(node, field, ("名称", *Level1), self.profile)

    def profile(self, parts: Mapping[str, Node], span: Span, field: str) -> Profile | None:
        points = {level: self.number(parts[level], joined(field, level)) for level in Level1 if level in parts}
        title = self.needed(parts, "名称", span, field)
        numbers = {level: number for level, number in points.items() if number is not None}
        return Profile(title, numbers) if title and len(numbers) == len(points) else None

    def grades(self, node: Node, field: str) -> tuple[Grade, ...] | None:
        """Read the grades."""
        return self.rows(node, field, ("等级", "最低", "也写作"), self.grade)

    def grade(self, parts: Mapping[str, Node], span: Span, field: str) -> Grade | None:
        word = self.needed(parts, "等级", span, field)
        lowest = self.number(parts["最低"], joined(field, "最低")) if self.needed(parts, "最低", span, field) else None
        also = parts.get("也写作", Sequence((), span))
        items = also.items if isinstance(also, Sequence) else (also,)
        synonyms = tuple(text for text in (self.text(item, joined(field, "也写作")) for item in items) if text)
        return Grade(word, lowest, synonyms) if word and lowest is not None else None

    def rows(
        self, node: Node, field: str, keys: Collection[str], read: Callable[[Mapping[str, Node], Span, str], Any]
    ) -> tuple[Any, ...] | None:
        """Read a list of rows; None where any of them is wrong."""
        if not isinstance(node, Sequence):
            self.wrong_shape(node, field, "一个列表，每行以“- ”开头")
            return None
        made = []
        for number, item in enumerate(node.items, 1):
            where = joined(field, f"第 {number} 行")
            parts = dict(self.entries(item, where, keys))
            made.append(read(parts, item.span, where) if isinstance(item, Tree) else None)
        return None if None in made else tuple(made)

    def needed(self, parts: Mapping[str, Node], key: str, span: Span, field: str) -> str:
        text = self.text(parts[key], joined(field, key)) if key in parts else ""
        if text == "":
            self.report(
                faults.MISSING_KEY, span, f"“{field}”没有写“{key}”", "没有这一项", f"“{key}: …”", f"补上“{key}”", field
            )
        return text or ""


_Read = Callable[[_Decoding, Node, str], Any]

_LEAVES: Mapping[str, _Read] = {
    TOTAL: _Decoding.number,
    EXECUTION_POINTS: _Decoding.number_or_free,
    EXECUTION_METHOD: lambda decoding, node, field: decoding.word(node, field, METHODS),
    PROFILES: _Decoding.profiles,
    GRADES: _Decoding.grades,
    MET: _Decoding.number,
    PARTLY: _Decoding.number,
    EXCESS: lambda decoding, node, field: decoding.word(node, field, EXCESSES),
    **dict.fromkeys(THRESHOLDS, _Decoding.number),
}
"""How each decision is read, by the way to it in the file."""
