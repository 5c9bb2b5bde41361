"""From text to tree: the quick reader where a text is in the usual layout, the general one for all others."""

from msgspec import Struct

from generator.finding import Finding
from generator.load.plain_yaml import read_plain
from generator.load.tree import Mapping


class TreeResult(Struct, frozen=True):
    """What a text gave."""

    node: Mapping | None
    """The tree; None where too much is broken to go on."""
    findings: tuple[Finding, ...]
    """Every fault, in reading order."""


def parse_tree(text: str, path: str, *, with_rows: bool = False) -> TreeResult:
    """Return the tree of a YAML text and all its faults; never raise for what the text holds.

    With rows, some of the mappings of a record may be a `Row`, which decoding takes as a whole.
    """
    plain = read_plain(text, with_rows=with_rows)
    if plain is not None:
        return TreeResult(plain, ())
    # The general reader and what it knows of slips take longer to import than a record to read, and few need it.
    from generator.load.yaml_tree import parse_any  # noqa: PLC0415

    return parse_any(text, path)
