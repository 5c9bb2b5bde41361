"""Ask the rules over several records about one unit, and conclude what all rules decided about each record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from generator.build.breadcrumb import at_work_on
from generator.build.cache import CacheLostError
from generator.build.entries import Entry, KeptEntries, entry_key, from_kept
from generator.build.grounds import Grounds
from generator.check.packs.pack_choice import PackChoice
from generator.check.registry import all_rules
from generator.check.runner import Recall, RecordCheck, ask_anew, conclude, decide_across, make_subject
from generator.check.subject import Subject
from generator.check.waivers import Codes
from generator.model.catalog import Catalog, Unit


class Member(Struct, frozen=True, array_like=True, gc=False):
    """A record in a group of several units' records."""

    unit: Unit
    id: str
    key: bytes
    """See `unit_reading.FileRead`."""
    is_published: bool


class SharedGroup(Struct, frozen=True, array_like=True, gc=False):
    """Records of several units, or of one, that a rule looks at together."""

    code: str
    members: tuple[Member, ...]
    """Newest year first, then by id."""


class JudgedUnit(NamedTuple):
    """One unit, with what rules decided about its records."""

    entries: Mapping[str, Entry]
    """All records that can be read, by id."""
    subjects: Mapping[str, Subject]
    """The same as rules see them, in the order of the catalog."""
    others: Mapping[str, Subject]
    """Records of other units that rules look at together with this unit's, by id."""
    checks: Mapping[str, RecordCheck]
    """By id, in the order of the catalog."""


def judge_unit(
    common: Grounds,
    unit: Unit,
    keys: Mapping[str, bytes],
    shared: Sequence[SharedGroup],
    *,
    recall: Recall = ask_anew,
    left_out: Collection[str] = (),
) -> JudgedUnit:
    """Conclude what rules decided about each record of a unit that can be read.

    `keys` has the key of each by its id, see `unit_reading.FileRead`, `shared` the groups they belong to. Of those
    `left_out` nothing is concluded, though the others are held against them.
    """
    entries = kept_of_unit(common, unit.slug, keys)
    records = [entry.record for entry in entries.values() if entry.record is not None]
    subjects = _subjects(common, common.catalog_of(unit, records))
    others = _others(common, unit, shared)
    if records:
        at_work_on(records[0].path)
    across = decide_across(tuple(subjects.values()), common.rules, _groups(shared, subjects | others), recall)
    codes = Codes(all_rules(), common.rules)
    checks = {}
    for identifier, subject in subjects.items():
        if identifier not in left_out:
            entry = entries[identifier]
            at_work_on(entry.path)
            decisions = (*from_kept(entry.decisions, common.rules), *across.get(identifier, ()))
            checks[identifier] = conclude(subject, decisions, codes, common.today, entry.of_corrections)
    return JudgedUnit(entries, subjects, others, checks)


def kept_of_unit(common: Grounds, slug: str, wanted: Mapping[str, bytes]) -> dict[str, Entry]:
    """Return what was kept of records a moment ago; `wanted` has their keys, see `unit_reading.FileRead`, by id.

    Raises CacheLostError where any of them was not kept.
    """
    kept = KeptEntries((common.record_cache, common.borrowed), slug, common.record_owner)
    found: dict[str, Entry] = {}
    for identifier, key in wanted.items():
        entry = kept[identifier]
        if entry is None or entry_key(entry) != key:
            raise CacheLostError(
                f"写到 {common.record_cache} 的中间结果读不回来（{identifier}），网站没有改动。"
                "请检查磁盘空间和文件夹的权限。"
            )
        found[identifier] = entry
    return found


def _subjects(common: Grounds, catalog: Catalog) -> dict[str, Subject]:
    choice = PackChoice(common.library, common.settings.rule_packs, catalog)
    return {record.id: make_subject(record, catalog, choice) for record in catalog.records}


def _others(common: Grounds, unit: Unit, shared: Iterable[SharedGroup]) -> dict[str, Subject]:
    """Return the records of other units that rules look at together with this unit's."""
    wanted: dict[str, dict[str, bytes]] = {}
    units: dict[str, Unit] = {}
    for member in (member for group in shared for member in group.members if member.unit.slug != unit.slug):
        units[member.unit.slug] = member.unit
        wanted.setdefault(member.unit.slug, {})[member.id] = member.key
    subjects: dict[str, Subject] = {}
    for slug, identifiers in sorted(wanted.items()):
        entries = kept_of_unit(common, slug, identifiers).values()
        records = [entry.record for entry in entries if entry.record is not None]
        subjects |= _subjects(common, common.catalog_of(units[slug], records))
    return subjects


def _groups(shared: Iterable[SharedGroup], subjects: Mapping[str, Subject]) -> dict[str, list[list[Subject]]]:
    """Return the groups by code of their rule."""
    groups: dict[str, list[list[Subject]]] = {}
    for group in shared:
        groups.setdefault(group.code, []).append([subjects[member.id] for member in group.members])
    return groups
