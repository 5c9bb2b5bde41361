"""What differs between two versions of a record's file that its form does not print: waivers, replies, corrections."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.exchange.shown_change import shown
from generator.model.records import Correction, Record, Reply, Side, Waiver
from generator.vocabulary import Place, term_of

BESIDE = "不在表上"
"""What such changes are called."""


class Open(NamedTuple):
    """A value that is still to be compared with the original."""

    field: str
    basis: str
    """How it came about."""


class BesideChange(NamedTuple):
    """One thing that came, went or changed."""

    head: str
    """Such as 新增豁免 IND020."""
    details: str = ""
    """What it says, or what of that changed."""

    def __str__(self) -> str:
        return self.head + self.details


class _Item(NamedTuple):
    """One entry of a list in a record's file."""

    kind: str
    """Such as 豁免."""
    name: str
    """What it is about."""
    facts: tuple[tuple[str, str], ...]
    """All else it says, by the field's word."""


def beside_changes(
    before: Record, after: Record, *, open_before: Sequence[Open] = (), open_after: Sequence[Open] = ()
) -> tuple[BesideChange, ...]:
    """Return what became of all that two records have beside their form."""
    found = list(_single(before, after))
    for items in _LISTS:
        found += _compared(tuple(items(before)), tuple(items(after)))
    return (*found, *_compared(tuple(map(_open, open_before)), tuple(map(_open, open_after))))


def _single(before: Record, after: Record) -> Iterator[BesideChange]:
    texts = [("rule_pack", before.rule_pack.text, after.rule_pack.text)]
    # That of a file without one of its own is its name.
    if before.id == after.id:
        texts.append(("project_key", before.project_key, after.project_key))
    for identifier, old, new in texts:
        if old != new:
            one, other = shown(old, new)
            label = term_of(Place.RECORD, identifier).label
            yield BesideChange(f"{label} {one or '空白'} → {other or '空白'}")


def _compared(before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[BesideChange]:
    """Yield what became of the entries of a list; entries in another order are the same."""
    same = Counter(before) & Counter(after)
    old, new = (list((Counter(items) - same).elements()) for items in (before, after))
    for item in old:
        partner = next((one for one in new if one.name == item.name), None)
        if partner is None:
            yield BesideChange(f"删去{item.kind} {item.name}", _told(item.facts))
            continue
        new.remove(partner)
        yield BesideChange(f"改动{item.kind} {item.name}", f"：{'；'.join(_differing(item, partner))}")
    for item in new:
        yield BesideChange(f"新增{item.kind} {item.name}", _told(item.facts))


def _told(facts: Iterable[tuple[str, str]]) -> str:
    words = "，".join(f"{label} {' '.join(text.split())}" for label, text in facts if text)
    return f"（{words}）" if words else ""


def _differing(before: _Item, after: _Item) -> Iterator[str]:
    for (label, old), (_, new) in zip(before.facts, after.facts, strict=True):
        if old != new:
            one, other = shown(old, new)
            yield f"{label} {one or '空白'} → {other or '空白'}"


def _waivers(record: Record) -> Iterator[_Item]:
    return (_judgement("waivers", Place.WAIVER, one, ("reason", "approver", "valid_until")) for one in record.waivers)


def _replies(record: Record) -> Iterator[_Item]:
    return (_judgement("replies", Place.REPLY, one, ("text", "respondent", "date")) for one in record.replies)


def _judgement(identifier: str, place: Place, given: Waiver | Reply, fields: Sequence[str]) -> _Item:
    name = f"{given.rule} {given.field}" if given.field else given.rule
    return _Item(_kind(identifier), name, _facts(place, {field: str(getattr(given, field)) for field in fields}))


def _corrections(record: Record) -> Iterator[_Item]:
    return (_correction(one) for one in record.corrections)


def _correction(given: Correction) -> _Item:
    words = {
        "old": _side(given.old), "new": _side(given.new), "position": str(given.position or ""),
        "reason": given.reason, "decided_by": given.decided_by, "date": given.date,
    }  # fmt: skip
    return _Item(_kind("corrections"), given.item, _facts(Place.CORRECTION, words))


def _side(side: Side) -> str:
    return "、".join(f"{title} {text}" for title, text in side.cells.items()) or side.text or "空白"


def _open(given: Open) -> _Item:
    return _Item(_kind("unconfirmed"), given.field, _facts(Place.UNCONFIRMED, {"basis": given.basis}))


def _kind(identifier: str) -> str:
    return term_of(Place.RECORD, identifier).label


def _facts(place: Place, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((term_of(place, identifier).label, text) for identifier, text in words.items())


_LISTS: tuple[Callable[[Record], Iterator[_Item]], ...] = (_waivers, _replies, _corrections)
