"""What was understood of one form: a record as it would be authored, and how sure each of its values is."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from generator.importers.document import Remark


class Certainty(StrEnum):
    """How sure it is that a value belongs to its field."""

    CERTAIN = "certain"
    """A word of the vocabulary names the field, and the place is the only one it can have."""
    LIKELY = "likely"
    """Told by a word that was read loosely, by a merged cell or by what a header leaves no choice about."""
    INFERRED = "inferred"
    """Told by position or content alone, or put right: a person must confirm it."""


class Paragraphs(Struct, frozen=True, gc=False):
    """A text in Markdown, written as a block."""

    text: str


class Branch(Struct, frozen=True):
    """Labels and what stands behind them, in the order of the form."""

    entries: "tuple[tuple[str, Node], ...]"


class Listing(Struct, frozen=True):
    """A list."""

    items: "tuple[Node, ...]"


Node: TypeAlias = str | Paragraphs | Branch | Listing
"""Part of a record: a value, a text, labels with more behind them, or a list. An empty value is a blank cell."""


class Filled(Struct, frozen=True):
    """One value of the draft and where it comes from."""

    path: str
    """In the form's own words: 绩效指标 › 产出指标 › 数量指标 › 开展培训次数 › 得分."""
    field: str
    """Stable name of the field, such as i-1f0c9a3b.score."""
    text: str
    """As the draft has it."""
    place: str
    """Where it stands in the document; empty where nothing in particular says it."""
    certainty: Certainty
    why: str = ""
    """In Chinese: why it is not certain; empty where it is."""
    printed: str = ""
    """The text of its cell, where the draft has it in another way: line ends taken out, or put right."""


class Leftover(Struct, frozen=True):
    """Text of the document that filled no field."""

    text: str
    place: str
    why: str
    """In Chinese: why it filled none."""


class Draft(Struct, frozen=True):
    """One form."""

    title: str
    """As printed, without a year before it; empty where the document has none."""
    layout: str
    """Layout chosen, such as A1."""
    schema: str
    """Name of the JSON Schema of such records."""
    kind: str
    """SelfEvaluation, DepartmentEvaluation, TargetDeclaration or Other."""
    fiscal_year: int
    """0 where the document says none."""
    period: str
    """Line under the title; empty where there is none."""
    project: str
    unit: str
    """The unit that carries the project out, or that the form is about."""
    department: str
    record: Branch
    """The record as it would be authored."""
    filled: tuple[Filled, ...]
    leftover: tuple[Leftover, ...] = ()
    remarks: tuple[Remark, ...] = ()
    record_id: str = ""
    """Which record the document itself says this is; empty where it says none."""
    columns: tuple[str, ...] = ()
    """Titles of the indicator columns as printed, from left to right."""

    def of(self, certainty: Certainty) -> tuple[Filled, ...]:
        """Return the values of one certainty, in the order of the record."""
        return tuple(value for value in self.filled if value.certainty is certainty)
