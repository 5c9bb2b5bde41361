"""One file while it is decoded: where it is, and what was found wrong so far."""

import re
from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct

from generator.finding import Finding
from generator.load.faults import Fault
from generator.load.record_faults import DUPLICATE_FIELD, UNKNOWN_KEY, WRONG_SHAPE
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence, Shape, type_names
from generator.origin import Origin, Span
from generator.text import nearest
from generator.vocabulary import Place, Term, labels, term_for


class Entry(Struct, frozen=True):
    """One key that the vocabulary knows, with its value."""

    term: Term
    key: Scalar
    node: Node


class Fields(Struct, frozen=True):
    """The keys of one mapping, told apart."""

    known: dict[str, Entry]
    """By identifier, in the order authored."""
    unknown: tuple[tuple[Scalar, Node], ...]


class Reading:
    """Collects findings about one file; the only state of decoding, gone when the record is made."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.labels: dict[str, str] = {}
        """What the author calls each field, by place and identifier; the first name written counts."""
        self._latest: Shape | None = None
        """Of which row the columns were named last."""

    def report(
        self,
        fault: Fault,
        span: Span,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        hint: str = "",
        field: str = "",
    ) -> None:
        """Add one finding at a place of this file."""
        origin = Origin(self.path, span.line, span.column)
        self.findings.append(fault.at(origin, message, found=found, expected=expected, hint=hint, field=field))

    def mapping(self, node: Node, field: str, *, expected: str = "一组“栏目: 内容”") -> Mapping | None:
        """Return the node where it is a mapping; report its shape where it is not."""
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Row):
            return node.mapping()
        self.wrong_shape(node, field, expected)
        return None

    def wrong_shape(self, node: Node, field: str, expected: str) -> None:
        """Report that something else was expected at a node."""
        found = excerpt(node.text) if isinstance(node, Scalar) else type_names[type(node)]
        name = field.rpartition(" › ")[2]
        # A line of a list has a number for a name, and no colon to write behind.
        has_key = isinstance(node, Scalar) and not re.fullmatch(r"\d+|第 \d+ 行", name)
        hint = f"在“{name}:”之后换行，缩进后逐项填写" if has_key else f"改写为{expected}"
        self.report(
            WRONG_SHAPE,
            node.span,
            f"“{field}”的写法不对",
            found=found or "空白",
            expected=expected,
            hint=hint,
            field=field,
        )

    def fields(self, node: Mapping, place: Place, field: str) -> Fields:
        """Sort the keys of a mapping into those the vocabulary knows at this place and the others."""
        known: dict[str, Entry] = {}
        unknown = []
        for key, value in node.entries:
            term = _term_for(place, key.text)
            if term is None:
                unknown.append((key, value))
            elif (first := known.get(term.identifier)) is None:
                known[term.identifier] = Entry(term, key, value)
                self.labels.setdefault(_label_key(place, term.identifier), key.text)
            elif first.key.text != key.text:
                # The same key twice is the tree's own finding; here are two names of one field.
                self.report(
                    DUPLICATE_FIELD, key.span, f"“{key.text}”与第 {first.key.span.line} 行的“{first.key.text}”是同一栏",
                    found=key.text, expected="同一栏只写一次", hint="删去其中一个", field=joined(field, key.text),
                )  # fmt: skip
        return Fields(known, tuple(unknown))

    def name_columns(self, shape: Shape) -> None:
        """Note what the author calls the columns of a row that was taken whole."""
        if shape is not self._latest:
            self._latest = shape
            for slot in shape.slots:
                self.labels.setdefault(_label_key(shape.place, slot.identifier), slot.key)

    def report_unknown(self, keys: Collection[tuple[Scalar, Node]], place: Place, field: str) -> None:
        """Report keys that no term stands for, each with the nearest one that does."""
        if not keys:
            return
        choices = tuple(labels(place))
        keep = "其他信息" if place is Place.RECORD else "其他栏目"
        keeps = place in (Place.RECORD, Place.FUNDING_ROW, Place.INDICATOR)
        for key, _ in keys:
            near = nearest(key.text, choices)
            if near:
                hint = f"改为“{near}”" + (f"；如果原表确有此栏，写到“{keep}”下面" if keeps else "")
            else:
                hint = f"如果原表确有此栏，写到“{keep}”下面" if keeps else "删去这一项，或改为词汇表里的名称"
            self.report(
                UNKNOWN_KEY, key.span, f"不认识“{key.text}”", found=excerpt(key.text),
                expected=f"“{near}”" if near else "词汇表里的栏目名称", hint=hint, field=joined(field, key.text),
            )  # fmt: skip


_term_for = lru_cache(maxsize=8192)(term_for)
"""Keys are the same few words in every record."""


@lru_cache(maxsize=1024)
def _label_key(place: Place, identifier: str) -> str:
    return f"{place}.{identifier}"


def joined(field: str, part: str) -> str:
    """Return the path of a field inside another."""
    return f"{field} › {part}" if field else part


def excerpt(text: str, length: int = 40) -> str:
    """Return the text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def is_blank(node: Node) -> bool:
    """Tell whether a value was left empty."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")


def is_empty(node: Node) -> bool:
    """Tell whether nothing was filled in below a key, however many keys with nothing behind them stand there."""
    if isinstance(node, Mapping):
        return all(is_empty(value) for _, value in node.entries)
    if isinstance(node, Sequence):
        return all(is_empty(item) for item in node.items)
    if isinstance(node, Row):
        return False
    return not node.text.strip() or is_blank(node)
