"""A YAML file as its author wrote it: scalars stay text, every node knows its place."""

from typing import NamedTuple

from generator.origin import Span


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


type_names = {Scalar: "一个值", Sequence: "一个列表", Mapping: "一组键值"}

Node = Scalar | Sequence | Mapping
