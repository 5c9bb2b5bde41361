"""The values of a rule pack, each checked as it is read."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.check.packs import pack_faults as faults
from generator.load.faults import Fault
from generator.load.reading import Reading, excerpt, is_blank, joined
from generator.load.tree import Mapping as Tree
from generator.load.tree import Node, Scalar, type_names
from generator.money import decimal_of
from generator.origin import Span
from generator.text import folded, nearest

_LARGEST = Decimal(10) ** 15


class PackReading:
    """Reads single values and groups of one file; what is wrong goes to `reading`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.spans: dict[str, Span] = {}
        """Where each key, or the value that is kept for it, stands."""

    def entries(self, node: Node, field: str, known: Collection[str] | None) -> Iterator[tuple[str, Node]]:
        """Yield the keys of a mapping that are known, or all of them; report the others."""
        if not isinstance(node, Tree):
            if not (is_blank(node) and field):
                self.wrong_shape(node, field or "规则包", "一组“项目: 内容”")
            return
        for key, value in node.entries:
            where = joined(field, key.text)
            if known is None or key.text in known:
                self.spans.setdefault(where, key.span)
                yield key.text, value
                continue
            near = nearest(key.text, known)
            self.report(
                faults.UNKNOWN_KEY, key.span, f"不认识“{where}”", excerpt(key.text), "、".join(known),
                f"改为“{near}”" if near else "删去这一项", where,
            )  # fmt: skip

    def number(self, node: Node, field: str) -> Decimal | None:
        """Read a number that is not below zero."""
        text = self.text(node, field)
        number = decimal_of(text) if text and "%" not in folded(text) else None
        if text is not None and (number is None or not 0 <= number <= _LARGEST):
            self.report(
                faults.BAD_NUMBER, node.span, f"“{field}”不是可用的数字", excerpt(text) or "空白",
                "不小于零的数字，不带单位和百分号", "改为数字", field,
            )  # fmt: skip
            return None
        return number

    def word(self, node: Node, field: str, words: Mapping[str, Any]) -> Any:  # noqa: ANN401  whatever the words stand for
        """Read one of several words."""
        text = self.text(node, field)
        if text is None or text in words:
            return None if text is None else words[text]
        near = nearest(text, words)
        self.report(
            faults.UNKNOWN_WORD, node.span, f"“{field}”不能这样写", excerpt(text) or "空白", "、".join(words),
            f"改为“{near}”" if near else f"改为{'、'.join(words)}之一", field,
        )  # fmt: skip
        return None

    def text(self, node: Node, field: str) -> str | None:
        """Return a single value, or None where it is none."""
        if isinstance(node, Scalar):
            return "" if is_blank(node) else node.text.strip()
        self.wrong_shape(node, field, "一个值")
        return None

    def wrong_shape(self, node: Node, field: str, expected: str) -> None:
        """Report that something else was expected at a node."""
        found = excerpt(node.text) or "空白" if isinstance(node, Scalar) else type_names[type(node)]
        self.report(faults.WRONG_SHAPE, node.span, f"“{field}”的写法不对", found, expected, f"改写为{expected}", field)

    def report(self, fault: Fault, span: Span, message: str, found: str, expected: str, hint: str, field: str) -> None:
        """Add one finding."""
        self.reading.report(fault, span, message, found=found, expected=expected, hint=hint, field=field)
