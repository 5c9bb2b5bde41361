"""What a reader makes of one file, whatever its kind."""

from collections.abc import Mapping

from msgspec import Struct, field

from generator.forms.grid import Grid


class Remark(Struct, frozen=True):
    """Something about a document that a person should know."""

    text: str
    """In Chinese: what was found, and what was done about it."""
    place: str = ""
    """Where, for people; empty for the document as a whole."""


class Document(Struct, frozen=True):
    """The tables of one file, in reading order."""

    kind: str
    """xlsx, xls, docx, pdf or html, told from the content and not from the name."""
    grids: tuple[Grid, ...]
    remarks: tuple[Remark, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    """What the file says of itself under names of ours, such as jixiao.records."""


class UnreadableError(Exception):
    """A file that cannot be imported; its text says in Chinese what was found, what was expected, and what to do."""
