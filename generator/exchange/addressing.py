"""Give the drafts of one import their addresses, so that neither their order nor their number changes any of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.address import address_fault
from generator.exchange.addresses import (
    Choice,
    Known,
    Wishes,
    identity,
    new_name,
    plain_name,
    settled_name,
    suffix_of,
    unit_of,
    year_of,
)
from generator.exchange.existing import Existing
from generator.exchange.imported import ImportedDraft
from generator.exchange.importing import is_sound
from generator.finding import Finding
from generator.model.catalog import Registry
from generator.model.records import Record

Decode = Callable[[str, str], tuple[Record | None, tuple[Finding, ...]]]
"""Gives the record that a text is at an address, and what is wrong with it."""


class Wanted(NamedTuple):
    """One draft with its address."""

    identifier: str
    record: Record | None
    """As far as the draft can be read; None where nothing can."""
    is_sound: bool
    """Whether nothing is wrong with it, values to confirm aside."""


class _Room(NamedTuple):
    """Year and unit of a draft."""

    year: str
    unit: str


def addresses_of(
    drafts: Sequence[ImportedDraft],
    wishes: Wishes,
    registry: Registry,
    registry_path: str,
    existing: Existing,
    decode: Decode,
) -> list[Wanted | str]:
    """Return for every draft its address, or in Chinese why it has none and what to do."""
    rooms = [_room(draft, wishes, registry, registry_path, existing) for draft in drafts]
    named = _named(drafts, rooms, wishes, existing)
    addresses: list[Wanted | str] = []
    for draft, room, name in zip(drafts, rooms, named, strict=True):
        fault = room if isinstance(room, str) else name.fault
        if not fault and (wrong := address_fault(name.part)):
            fault = f"“{name.part}”不能用作文件名：{wrong}；请用 --as 另写一个"
        if fault or isinstance(room, str):
            addresses.append(fault)
            continue
        identifier = f"{room.year}/{room.unit}/{name.part}"
        record, findings = decode(identifier, draft.text)
        addresses.append(Wanted(identifier, record, is_sound(findings)))
    return addresses


def _room(
    draft: ImportedDraft, wishes: Wishes, registry: Registry, registry_path: str, existing: Existing
) -> _Room | str:
    year = year_of(draft, wishes)
    unit = unit_of(draft, registry, wishes, registry_path, existing.unit_of)
    return "；".join(choice.fault for choice in (year, unit) if choice.fault) or _Room(year.part, unit.part)


def _named(
    drafts: Sequence[ImportedDraft], rooms: Sequence[_Room | str], wishes: Wishes, existing: Existing
) -> list[Choice]:
    """Name every draft that has a year and a unit: first those that something names, then what is new."""
    known: defaultdict[str, tuple[Known, ...]] = defaultdict(tuple)
    for room in rooms:
        if isinstance(room, _Room):
            known[room.unit] = existing.of_unit(room.unit)
    first = _settled(drafts, rooms, wishes, known, [None] * len(drafts))
    joined = defaultdict(tuple, known)
    for draft, room, name in zip(drafts, rooms, first, strict=True):
        if isinstance(room, _Room) and name is not None and name.part:
            one = Known(f"{room.year}/{room.unit}/{name.part}", draft.kind, draft.title, draft.project)
            joined[room.unit] = (*joined[room.unit], one)
    # A form of a project that another file of the import names goes with it.
    settled = _settled(drafts, rooms, wishes, joined, first)
    rivals = _rivals(
        (draft, room)
        for draft, room, name in zip(drafts, rooms, settled, strict=True)
        if isinstance(room, _Room) and name is None
    )
    return [
        Choice("")
        if isinstance(room, str)
        else name or new_name(draft, joined[room.unit], is_contested=len(rivals[_contest(draft, room)]) > 1)
        for draft, room, name in zip(drafts, rooms, settled, strict=True)
    ]


def _settled(
    drafts: Sequence[ImportedDraft],
    rooms: Sequence[_Room | str],
    wishes: Wishes,
    known: Mapping[str, Sequence[Known]],
    before: Sequence[Choice | None],
) -> list[Choice | None]:
    """Name what something names, but for what was named before."""
    return [
        name
        if name is not None or isinstance(room, str)
        else settled_name(draft, room.year, room.unit, known[room.unit], wishes)
        for draft, room, name in zip(drafts, rooms, before, strict=True)
    ]


def _rivals(new: Iterable[tuple[ImportedDraft, _Room]]) -> Mapping[tuple[str, str], set[str]]:
    """Return the projects that want each name."""
    rivals: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for draft, room in new:
        rivals[_contest(draft, room)].add(identity(draft))
    return rivals


def _contest(draft: ImportedDraft, room: _Room) -> tuple[str, str]:
    """Return what new drafts of different projects must not have in common."""
    name = plain_name(draft)
    return room.unit, name if draft.project.strip() else f"{name}{suffix_of(draft)}"
