"""What a record says of its own check: its rule pack, waivers, which set findings aside, and replies beside them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from generator.load.cells import last_day, read_cell, read_prose
from generator.load.faults import Fault
from generator.load.reading import Entry, Fields, Reading, is_blank, joined
from generator.load.record_faults import INCOMPLETE_REPLY, INCOMPLETE_WAIVER
from generator.load.tree import Mapping as Tree
from generator.load.tree import Sequence
from generator.model.records import BLANK, Cell, Reply, Waiver
from generator.money import BLANK_MARKS
from generator.origin import Span
from generator.vocabulary import TERMS, Kind, Place, term_of

Judgement = TypeVar("Judgement")
Texts = Mapping[str, str]

WAIVER_NEEDS = ("rule", "reason", "approver", "valid_until")
REPLY_NEEDS = ("rule", "text", "respondent", "date")
"""What must be written."""


def read_rule_pack(entry: Entry | None, reading: Reading) -> Cell:
    """Return the name of the rule pack a record asks for, blank where it asks for none."""
    cell = read_cell(entry.node, entry.term, reading, entry.key.text) if entry else None
    return cell or BLANK


def read_waivers(entry: Entry | None, reading: Reading) -> tuple[Waiver, ...]:
    """Decode the waivers of a record; one that lacks anything is reported and left out."""
    return tuple(read_items(entry, Place.WAIVER, INCOMPLETE_WAIVER, WAIVER_NEEDS, _waiver, reading))


def read_replies(entry: Entry | None, reading: Reading) -> tuple[Reply, ...]:
    """Decode the replies of a record; one that lacks anything is reported and left out."""
    return tuple(read_items(entry, Place.REPLY, INCOMPLETE_REPLY, REPLY_NEEDS, _reply, reading))


def _waiver(texts: Texts, span: Span) -> Waiver | None:
    until = last_day(texts["valid_until"])
    if until is None:
        return None  # reported with the cell
    return Waiver(texts["rule"].upper(), texts["field"], texts["reason"], texts["approver"], until, span)


def _reply(texts: Texts, span: Span) -> Reply:
    return Reply(texts["rule"].upper(), texts["field"], texts["text"], texts["respondent"], texts["date"], span)


def read_items(
    entry: Entry | None,
    place: Place,
    incomplete: Fault,
    needs: tuple[str, ...],
    make: Callable[[Texts, Span], Judgement | None],
    reading: Reading,
) -> Iterator[Judgement]:
    """Decode a list of items that each need certain texts; one that lacks any is reported and left out."""
    for field, mapping in mappings_of(entry, place, needs, reading):
        texts = _texts(mapping, place, field, reading)
        missing = [term_of(place, identifier).label for identifier in needs if texts[identifier] in BLANK_MARKS]
        if missing:
            given = [term_of(place, key).label for key, text in texts.items() if text not in BLANK_MARKS]
            report_missing(incomplete, mapping, field, missing, given, reading)
            continue
        made = make(texts, mapping.span)
        if made is not None:
            yield made


def mappings_of(
    entry: Entry | None, place: Place, needs: tuple[str, ...], reading: Reading
) -> Iterator[tuple[str, Tree]]:
    """Yield the items of a list, each with the way to it; report what is none."""
    if entry is None or is_blank(entry.node):
        return
    name = entry.key.text
    # A single one is often written without the dash of a list.
    nodes = (
        (entry.node,)
        if isinstance(entry.node, Tree)
        else entry.node.items
        if isinstance(entry.node, Sequence)
        else None
    )
    if nodes is None:
        listed = "、".join(term_of(place, identifier).label for identifier in needs)
        reading.wrong_shape(entry.node, name, f"{name}的列表，每条写明{listed}")
        return
    for number, node in enumerate(nodes, 1):
        field = joined(name, f"第 {number} 条")
        mapping = reading.mapping(node, field)
        if mapping is not None:
            yield field, mapping


def report_missing(
    fault: Fault, mapping: Tree, field: str, missing: Collection[str], given: Collection[str], reading: Reading
) -> None:
    """Report which parts of an item are not written; `given` are those that are."""
    reading.report(
        fault, mapping.span, f"“{field}”没有写{'、'.join(f'“{label}”' for label in missing)}",
        found="、".join(given) or "空白", expected="、".join(f"“{label}: …”" for label in (*given, *missing)),
        hint=f"补上{'、'.join(f'“{label}: …”' for label in missing)}", field=joined(field, next(iter(missing))),
    )  # fmt: skip


def _texts(mapping: Tree, place: Place, field: str, reading: Reading) -> dict[str, str]:
    """Return the text of every term of the place, empty where it is not written."""
    fields = reading.fields(mapping, place, field)
    reading.report_unknown(fields.unknown, place, field)
    return texts_of(fields, place, field, reading)


def texts_of(fields: Fields, place: Place, field: str, reading: Reading) -> dict[str, str]:
    """Return the text of every term of the place but blocks, empty where it is not written."""
    texts = {term.identifier: "" for term in TERMS[place] if term.kind is not Kind.BLOCK}
    for identifier, entry in fields.known.items():
        if entry.term.kind is Kind.BLOCK:
            continue
        where = joined(field, entry.key.text)
        if entry.term.kind is Kind.PROSE:
            prose = read_prose(entry.node, reading, where)
            texts[identifier] = prose.text.strip() if prose else ""
        else:
            cell = read_cell(entry.node, entry.term, reading, where)
            texts[identifier] = cell.text.strip() if cell else ""
    return texts
