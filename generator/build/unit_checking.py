"""Ask the rules over several records about one unit, and lay out what is published of it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build.common import Common
from generator.build.file_versions import FileHistory
from generator.build.kept_verdicts import KeptVerdicts
from generator.build.unit_judging import SharedGroup, judge_unit
from generator.build.unit_reading import FileToRead
from generator.check.policy import seen_checks
from generator.check.runner import RecordCheck
from generator.check.scores.scoring import scorings_of
from generator.model.catalog import Unit
from generator.plan.listed import listed
from generator.plan.planned import key_of
from generator.plan.planner import UnitRecords
from generator.plan.promises import YearPromises, project_promises, promises_by_record
from generator.plan.record_page import named_page
from generator.plan.rows import make_lines
from generator.plan.site_check import SiteCheck


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
    known = {member.id: member.key for group in job.shared for member in group.members} | keys
    verdicts = KeptVerdicts(before, known)
    entries, subjects, others, checks = judge_unit(
        common, job.unit, keys, job.shared, recall=verdicts, left_out=job.kept_back
    )
    catalog = common.catalog_of(job.unit, (subjects[identifier].record for identifier in checks))
    published = checks.keys() | {one.id for group in job.shared for one in group.members if one.is_published}
    packs = {identifier: subjects[identifier].pack for identifier in checks}
    seen = seen_checks(checks, common.rules, packs, common.policy, published)
    # Of a record that is as before nobody asks how its scores come about, which takes as long as all that is done to it.
    scorings = cache(lambda identifier: scorings_of(subjects[identifier]) if common.parts.checks else ())
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
            for identifier, subject in {**subjects, **others}.items()
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
