"""Where in an authored file something stands."""

from typing import NamedTuple


class Span(NamedTuple):
    """A place in one text: line and column, both counted from 1, the column in characters."""

    line: int
    column: int


class Origin(NamedTuple):
    """A place in one file."""

    path: str
    """POSIX path relative to the project folder, as printed in messages."""
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


START = Span(1, 1)
