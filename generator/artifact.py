"""A file of the site before it is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file."""

    path: str
    """POSIX path relative to the site folder, never leaving it."""
    content: bytes
