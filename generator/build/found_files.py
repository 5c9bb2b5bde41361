"""The record files there are, as they are kept from one run to the next."""

from msgspec import Struct

from generator.build.unit_reading import FileToRead
from generator.finding import Finding


class FoundFiles(Struct, frozen=True, array_like=True):
    """The record files there are."""

    units: dict[str, tuple[FileToRead, ...]]
    """By slug of their unit, each in the order of ids."""
    set_aside: tuple[FileToRead, ...]
    """Files with a faulty address."""
    findings: tuple[Finding, ...]
    """Faults of names, places and links."""
