"""A file of the site before it is written."""

from msgspec import Struct


class Artifact(Struct, frozen=True):
    """One output file."""

    path: str
    """POSIX path relative to the site folder, never leaving it."""
    content: bytes
