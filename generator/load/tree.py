"""A YAML file as its author wrote it: scalars stay text, every node knows its place."""

from typing import NamedTuple

from generator.origin import Span
from generator.vocabulary import Place

QUOTES = frozenset("\"'")


class Scalar(NamedTuple):
    """One value as written: `0012`, `94.60` and `是` stay what they are."""

    text: str
    span: Span
    plain: bool = True
    """Whether it was written without quotes and not as a block."""
    first_line: int = 0
    """Line its text begins on, where its lines are lines of the file: a block or a section; otherwise 0."""


class Sequence(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


class Mapping(NamedTuple):
    """Keys and values in the order written; a duplicate key is still there twice."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span


class Slot(NamedTuple):
    """Where a row of a known shape has one of its columns."""

    identifier: str
    """What the vocabulary calls the column."""
    key: str
    """What the author calls it."""
    number: int
    """Lines down from the first one."""
    column: int
    """Where the value stands."""


class Shape(NamedTuple):
    """What rows have in common that hold the same columns in the same order, one a line.

    The vocabulary knows every column at the place, and no two are the same.
    """

    place: Place
    column: int
    """Where the keys stand, from 1."""
    slots: tuple[Slot, ...]
    cells: tuple[Slot, ...]
    """Those that hold cells: all but the name of an indicator."""
    name: int = -1
    """Which one holds the name."""


class Row(NamedTuple):
    """A mapping of a known shape, kept as it was taken from the text: most of a record is such rows.

    Every value is one that the columns may hold and that is not blank, so nothing can be wrong with it.
    """

    shape: Shape
    texts: tuple[str, ...]
    """The values as written, with their quotes."""
    line: int
    """Line of the first value; the others follow line by line."""

    @property
    def span(self) -> Span:
        """Where the first key stands."""
        return Span(self.line, self.shape.column)

    @property
    def entries(self) -> tuple[tuple[Scalar, Scalar], ...]:
        """Keys and values as in any mapping."""
        return tuple(
            (
                Scalar(slot.key, Span(self.line + slot.number, self.shape.column)),
                Scalar(unquoted(text), Span(self.line + slot.number, slot.column), plain=text[0] not in QUOTES),
            )
            for slot, text in zip(self.shape.slots, self.texts, strict=True)
        )

    def mapping(self) -> Mapping:
        """Return the same as any mapping."""
        return Mapping(self.entries, self.span)


def unquoted(text: str) -> str:
    """Return a value of one line without the quotes around it."""
    return text[1:-1] if text[0] in QUOTES else text


type_names = {Scalar: "一个值", Sequence: "一个列表", Mapping: "一组键值", Row: "一组键值"}

Node = Scalar | Sequence | Mapping | Row
