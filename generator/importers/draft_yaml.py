"""A draft as the text of a record file, written as a person would write it."""

import re
from collections.abc import Iterator

from generator.importers.doubts import doubts_of
from generator.importers.draft import Branch, Draft, Listing, Node, Paragraphs
from generator.load.quoting import yaml_text
from generator.load.tree import Mapping as TreeMapping
from generator.load.yaml_tree import parse_tree

UNCONFIRMED = "待确认"
_FIELD, _WHY = "栏", "依据"
_PLAIN_KEY = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]*")


def yaml_of(draft: Draft) -> str:
    """Return the text of a draft's record file; what must be confirmed stands in a list at its end."""
    lines = [f"# yaml-language-server: $schema=../../../schema/{draft.schema}.schema.json"]
    lines += _branch(draft.record, 0)
    doubts = doubts_of(draft.filled)
    if doubts:
        lines.append(f"{UNCONFIRMED}:")
        for doubt in doubts:
            lines.append(f"  - {_FIELD}: {_value(doubt.path)}")
            lines.append(f"    {_WHY}: {_value(doubt.why)}")
    return "\n".join(lines) + "\n"


def _branch(branch: Branch, indent: int) -> Iterator[str]:
    for label, node in branch.entries:
        yield from _entry(_key(label), node, indent)


def _entry(key: str, node: Node, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(node, str):
        yield f"{margin}{key}: {_value(node)}" if node else f"{margin}{key}:"
    elif isinstance(node, Paragraphs):
        yield from _block(f"{margin}{key}", node.text, indent + 2)
    elif isinstance(node, Branch):
        yield from _mapping(f"{margin}{key}", node, indent)
    elif all(isinstance(item, str) for item in node.items):
        yield f"{margin}{key}: {_flow(node)}"
    else:
        yield f"{margin}{key}:"
        for item in node.items:
            yield from _item(item, indent + 2)


def _mapping(head: str, node: Branch, indent: int) -> Iterator[str]:
    if len(node.entries) == 1 and isinstance(node.entries[0][1], str) and node.entries[0][0] in ("无法辨认", "原文"):
        label, text = node.entries[0]
        yield f"{head}: {{{label}: {_quoted(str(text))}}}"
    elif node.entries:
        yield f"{head}:"
        yield from _branch(node, indent + 2)
    else:
        yield f"{head}:"


def _item(item: Node, indent: int) -> Iterator[str]:
    """Return a list's item: its dash takes the place of the first line's margin."""
    margin = " " * indent
    if isinstance(item, Branch) and item.entries:
        first, *others = _branch(item, indent + 2)
        yield f"{margin}- {first.lstrip(' ')}"
        yield from others
    elif isinstance(item, Listing):
        yield f"{margin}- {_flow(item)}"
    else:
        yield f"{margin}- {_value(item) if isinstance(item, str) and item else _quoted('')}"


def _block(head: str, text: str, indent: int) -> Iterator[str]:
    """Return a text as a block; its lines are as they are."""
    if not _fits_block(text):
        yield f"{head}: {_value(text)}"
        return
    yield f"{head}: |"
    margin = " " * indent
    yield from (f"{margin}{line}" if line else "" for line in text.split("\n"))


def _fits_block(text: str) -> bool:
    return (
        bool(text)
        and not text[0].isspace()
        and text == text.strip("\n")
        and text.replace("\n", "").replace("\u3000", "").isprintable()
    )


def _flow(listing: Listing) -> str:
    return f"[{', '.join(_quoted(str(item)) for item in listing.items)}]"


def _key(label: str) -> str:
    if _PLAIN_KEY.fullmatch(label):
        return label
    tree = parse_tree(f"{label}: 甲\n", "")
    plain = (
        not tree.findings
        and isinstance(tree.node, TreeMapping)
        and len(tree.node.entries) == 1
        and tree.node.entries[0][0].text == label
    )
    return label if plain else _quoted(label)


def _value(text: str) -> str:
    return yaml_text(text) if "\n" not in text and text.isprintable() else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in double quotes; what nobody can see is written by its code."""
    inner = "".join(_escaped(character) for character in text)
    return f'"{inner}"'


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if character.isprintable() or character == "\u3000":
        return character
    return f"\\U{ord(character):08x}"
