"""Ask the rules over several records about one unit, and lay out what is published of it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build.cache import CacheLostError
from generator.build.common import Common
from generator.build.entries import Entry, KeptEntries, entry_key, from_kept
from generator.build.file_versions import FileHistory
from generator.build.kept_verdicts import KeptVerdicts
from generator.build.unit_reading import FileToRead
from generator.check.packs.pack_choice import PackChoice
from generator.check.policy import seen_checks
from generator.check.registry import all_rules
from generator.check.runner import RecordCheck, conclude, decide_across, make_subject
from generator.check.scores.scoring import scorings_of
from generator.check.subject import Subject
from generator.check.waivers import Codes
from generator.model.catalog import Catalog, Unit
from generator.plan.listed import listed
from generator.plan.planned import key_of
from generator.plan.planner import UnitRecords
from generator.plan.promises import YearPromises, project_promises, promises_by_record
from generator.plan.record_page import named_page
from generator.plan.rows import make_lines
from generator.plan.site_check import SiteCheck


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


class BuildingJob(Struct, frozen=True, array_like=True):
    """All that making a unit's pages depends on, besides what jobs have in common."""

    unit: Unit
    files: tuple[FileToRead, ...]
    """Of all records that can be read."""
    digests: tuple[bytes, ...]
    """Of the bytes of each file."""
    keys: tuple[bytes, ...]
    """Of each, see `unit_reading.FileRead`."""
    kept_back: tuple[str, ...]
    """Ids of those that are not published."""
    shared: tuple[SharedGroup, ...]
    """The groups that its records belong to."""
    modified: dict[str, str]
    """When files were last changed, ISO, by path."""
    splits: tuple[str, ...]
    """See `planner.plan_unit`."""
    fingerprint: str
    day: str
    """The day that waivers are seen from, ISO; empty where no record has one."""
    uncommitted: tuple[str, ...] = ()
    """Ids of the records whose files are not as the last commit has them."""
    published: dict[str, tuple[str, str]] = {}
    """See `unit_reading.FileRead.first_published`; by id, those alone that have any."""
    histories_digest: bytes = b""
    """Of what git knows of the unit's files."""
    histories: dict[str, FileHistory] = {}
    """That itself, by path, once the unit is to be made; it has its digest beside it."""
    absent: tuple[str, ...] = ()
    """What old versions held that earlier builds asked git for in vain, and this clone still has not."""
    arrived: tuple[str, ...] = ()
    """The same that it has by now, for which alone the unit is to be made."""

    def key(self, common: Common) -> bytes:
        """Return the digest of everything the unit's part of the site depends on."""
        department = common.registry.departments.get(self.unit.department)
        files = [(file.id, file.path, file.location) for file in self.files]
        plain = msgspec.structs.replace(self, histories={}, absent=(), arrived=())
        own = (self.unit, department, files, *msgspec.structs.astuple(plain)[2:])
        offered = (common.parts.exports, common.settings.exports, common.settings.history)
        return key_of(common.page_key, common.template_digests, offered, own)


class CheckedUnit(NamedTuple):
    """One unit, checked and ready for its pages."""

    records: UnitRecords
    site: SiteCheck
    checks: Mapping[str, RecordCheck]
    """Of the published records, by id."""
    verdicts: bytes
    """What is to be kept of the rules' answers."""


def check_unit(common: Common, job: BuildingJob, before: bytes | None) -> CheckedUnit:
    """Ask the rules over several records, and lay out what is published of the unit.

    `before` is what the last build kept of the rules' answers, see `kept_verdicts`.
    """
    keys = dict(zip((file.id for file in job.files), job.keys, strict=True))
    entries = _entries(common, job.unit.slug, keys)
    records = [entry.record for entry in entries.values() if entry.record is not None]
    everything = common.catalog_of(job.unit, records)
    subjects = _subjects(common, everything)
    others = _others(common, job)
    known = {member.id: member.key for group in job.shared for member in group.members} | keys
    verdicts = KeptVerdicts(before, known)
    across = decide_across(tuple(subjects.values()), common.rules, _shared(job, subjects | others), verdicts)
    codes = Codes(all_rules(), common.rules)
    checks = {
        identifier: conclude(
            subject,
            (*from_kept(entries[identifier].decisions, common.rules), *across.get(identifier, ())),
            codes,
            common.today,
            entries[identifier].of_corrections,
        )
        for identifier, subject in subjects.items()
        if identifier not in job.kept_back
    }
    catalog = common.catalog_of(job.unit, (subjects[identifier].record for identifier in checks))
    published = checks.keys() | {one.id for group in job.shared for one in group.members if one.is_published}
    packs = {identifier: subjects[identifier].pack for identifier in checks}
    seen = seen_checks(checks, common.rules, packs, common.policy, published)
    # Of a record that is as before nobody asks how its scores come about, which takes as long as all that is done to it.
    scorings = cache(lambda identifier: scorings_of(subjects[identifier]))
    site = SiteCheck(common.rules, packs, seen, common.policy, job.fingerprint, scorings)
    lines = {
        identifier: make_lines(subjects[identifier].record, catalog, site, entries[identifier].gist)
        for identifier in checks
    }
    promises = project_promises(subjects.values(), {identifier: line.row for identifier, line in lines.items()})
    answers, promised = promises_by_record(promises), _promised(promises)
    unit = UnitRecords(
        slug=job.unit.slug,
        catalog=catalog,
        lines=lines,
        keys={identifier: key_of(keys[identifier], seen[identifier]) for identifier in lines},
        listed={identifier: listed(line, answers.get(identifier, ())) for identifier, line in lines.items()},
        named={
            identifier: named_page(subject.record)
            for identifier, subject in (subjects | others).items()
            if identifier in published
        },
        subjects={identifier: subjects[identifier] for identifier in lines},
        promises=promises,
        promised={
            identifier: key_of(
                [digest for one, digest in promised.get(line.record.project_key, ()) if one.is_about(line.record)]
            )
            for identifier, line in lines.items()
        },
    )
    return CheckedUnit(unit, site, checks, verdicts.encoded())


def _promised(promises: Mapping[str, Iterable[YearPromises]]) -> dict[str, list[tuple[YearPromises, bytes]]]:
    """Return promises with the digest of each, which several records need; what is kept back may decide what is said."""
    return {project: [(one, key_of(one)) for one in years] for project, years in promises.items()}


def _entries(common: Common, slug: str, wanted: Mapping[str, bytes]) -> dict[str, Entry]:
    """Return what was kept of records a moment ago; `wanted` has their keys, see `unit_reading.FileRead`, by id."""
    kept = KeptEntries(common.record_cache, slug, common.owner)
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


def _subjects(common: Common, catalog: Catalog) -> dict[str, Subject]:
    choice = PackChoice(common.library, common.settings.rule_packs, catalog)
    return {record.id: make_subject(record, catalog, choice) for record in catalog.records}


def _others(common: Common, job: BuildingJob) -> dict[str, Subject]:
    """Return the records of other units that rules look at together with this unit's."""
    wanted: dict[str, dict[str, bytes]] = {}
    units: dict[str, Unit] = {}
    for member in (member for group in job.shared for member in group.members if member.unit.slug != job.unit.slug):
        units[member.unit.slug] = member.unit
        wanted.setdefault(member.unit.slug, {})[member.id] = member.key
    subjects: dict[str, Subject] = {}
    for slug, identifiers in sorted(wanted.items()):
        records = [entry.record for entry in _entries(common, slug, identifiers).values() if entry.record is not None]
        subjects |= _subjects(common, common.catalog_of(units[slug], records))
    return subjects


def _shared(job: BuildingJob, subjects: Mapping[str, Subject]) -> dict[str, list[list[Subject]]]:
    """Return the groups by code of their rule."""
    groups: dict[str, list[list[Subject]]] = {}
    for group in job.shared:
        groups.setdefault(group.code, []).append([subjects[member.id] for member in group.members])
    return groups
