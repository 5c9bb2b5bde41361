"""First job for each unit: read its files, decode them, and ask the rules over single records.

What has not changed since the last time comes from the cache; what a record says is known by the bytes of its file.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.breadcrumb import at_work_on
from generator.build.entries import Entry, KeptDecision, KeptEntries, entry_key, from_kept, keep_entries, to_keep
from generator.build.grounds import Grounds
from generator.check.corrections import FUTURE, correction_findings, is_dated
from generator.check.outcome import Outcome
from generator.check.packs.pack_choice import PackChoice
from generator.check.registry import all_rules
from generator.check.runner import conclude, decide, is_due, make_subject
from generator.check.subject import Subject
from generator.check.waivers import Codes
from generator.finding import Finding
from generator.load.assemble import digest_of, load_record, name_findings, printed_unit
from generator.load.discover import SourceFile
from generator.load.text_file import SIZE_LIMIT
from generator.model.achievement import Outcome as Achieved
from generator.model.achievement import lost_points
from generator.model.catalog import Unit
from generator.model.full_marks import full_marks
from generator.model.gist import gist_of
from generator.model.printed import figures_digest
from generator.model.publications import PublishedFigures
from generator.model.records import Record
from generator.plan.budget_change import BUDGETED
from generator.plan.planned import key_of
from generator.plan.rows import missed_rows


class FileToRead(Struct, frozen=True, array_like=True, gc=False):
    """One record file."""

    path: str
    location: bytes
    """Where it stands on this disk, as the system spells it: a name need not be text."""
    id: str
    is_markdown: bool
    may_have_changed: bool
    """Whether its stamp differs from that of the last build or check."""

    @property
    def source(self) -> SourceFile:
        """Return the file as discovered."""
        return SourceFile(self.path, Path(self.place), self.id, self.is_markdown)

    @property
    def place(self) -> str:
        """Return its path on this disk."""
        return os.fsdecode(self.location)


class ReadingJob(Struct, frozen=True, array_like=True):
    """The files of one unit."""

    slug: str
    key: bytes
    """Digest of what decides how its records are read and checked, their own text aside."""
    files: tuple[FileToRead, ...]
    known: "UnitRead | None" = None
    """What was read the last time under the same key."""
    published: dict[str, tuple[PublishedFigures, ...]] = {}
    """Figures as they were published, by id of the record."""


class FileRead(Struct, frozen=True, array_like=True, gc=False):
    """What the whole site needs to know of one file before pages can be made."""

    id: str
    path: str
    digest: bytes
    """Of its bytes."""
    key: bytes
    """Digest of the record and what the rules decided; empty where it cannot be read."""
    findings: tuple[Finding, ...]
    """What was found while reading; an error keeps the file from being published."""
    grave: tuple[Finding, ...] = ()
    """What rules found that keeps the record back, and rules that broke down on it."""
    indicators: int = 0
    """Filled rows."""
    deviations: int = 0
    budgets: int = 0
    """1 for a form whose budget can have changed."""
    full_marks: int = 0
    """1 for a form that gives itself every point."""
    missed: int = 0
    """Rows that missed their target for certain."""
    groups: tuple[tuple[str, str], ...] = ()
    """Code of a rule over several units' records, and key of the group the record belongs to."""
    packs: tuple[str, ...] = ()
    depends_on_day: bool = False
    """Whether it has waivers, which end, or corrections, none of which may be dated in the future."""
    first_published: tuple[str, str] = ("", "")
    """The release that published it first, and its day; empty where its figures have not changed since."""
    corrections: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether another look finds the same: the file could be read, and no rule broke down on it."""
        # Every record is asked at every build, and next to none has anything grave.
        return bool(self.digest) and (not self.grave or all(one.outcome != Outcome.ERROR for one in self.grave))


class UnitRead(Struct, frozen=True, array_like=True, gc=False):
    """One unit, read."""

    slug: str
    key: bytes
    """See `ReadingJob`."""
    unit: Unit
    """As registered, or by the name its records print."""
    files: tuple[FileRead, ...]


def read_unit(common: Grounds, job: ReadingJob) -> UnitRead:
    """Read and check the records of one unit, each by itself, and keep what was found."""
    kept = KeptEntries((common.record_cache, common.borrowed), job.slug, common.record_owner)
    told = _known(common, job, kept)
    seen = {file.id: file.digest for file in job.known.files} if job.known is not None else {}
    read = [_entry(common, file, kept[file.id], seen.get(file.id, b"")) for file in job.files if file.id not in told]
    unit = _unit(common, job.slug, [entry for entry, _ in read])
    records = [entry.record for entry, _ in read if entry.record is not None]
    choice = PackChoice(common.library, common.settings.rule_packs, common.catalog_of(unit, records))
    judged = [_judged(common, entry, unit, choice, is_new=is_new) for entry, is_new in read]
    judged = [_corrected(common, entry, job.published.get(entry.id, ()), is_new=is_new) for entry, is_new in judged]
    content = kept.updated([entry for entry, is_new in judged if is_new], [file.id for file in job.files])
    if content is not None:
        keep_entries(common.record_cache, job.slug, content, common.record_owner)
    told |= {entry.id: _told(common, entry, unit, choice) for entry, _ in judged}
    at_work_on("")
    return UnitRead(job.slug, job.key, unit, tuple(told[file.id] for file in job.files))


def _known(common: Grounds, job: ReadingJob, kept: KeptEntries) -> dict[str, FileRead]:
    """Return what was told the last time of files that are as they were then, by id.

    Nobody knows of waivers whether they have ended, nor of corrections whether their day has come, nor what a unit is called that only its first record names.
    """
    if job.known is None or job.slug not in common.registry.units:
        return {}
    before = {file.id: file for file in job.known.files}
    same = (file for file in job.files if not file.may_have_changed and file.id in before and file.id in kept)
    return {
        file.id: before[file.id]
        for file in same
        if before[file.id].path == file.path and not before[file.id].depends_on_day and before[file.id].is_settled
    }


def _entry(common: Grounds, file: FileToRead, before: Entry | None, seen: bytes) -> tuple[Entry, bool]:
    """Return what a file says, from the cache where it is known to say the same as before, and whether it is new.

    `seen` is the digest of the file when its stamp was taken, which vouches for those bytes alone: others may have kept
    an entry since. What could not be read has no digest, and is tried again.
    """
    at_work_on(file.path)
    is_known = before is not None and before.path == file.path and before.decoding_key == common.decoding_key
    if before is not None and is_known and before.digest:
        is_as_seen = not file.may_have_changed and before.digest == seen
        if is_as_seen or _digest(file) == before.digest:
            return before, False
    result = load_record(file.source, common.forms, common.pack_names)
    gist = gist_of(result.record) if result.record else None
    entry = Entry(file.id, file.path, result.digest, common.decoding_key, result.record, result.findings, gist=gist)
    return entry, True


def _digest(file: FileToRead) -> bytes:
    try:
        with open(file.place, "rb") as opened:  # noqa: PTH123  pathlib reads only as a whole
            return digest_of(opened.read(SIZE_LIMIT + 1))
    except OSError:
        # Whoever reads the record says what is wrong.
        return b""


def _unit(common: Grounds, slug: str, entries: Iterable[Entry]) -> Unit:
    """Return a unit as registered, or by the name that its first record prints."""
    unit = common.registry.units.get(slug)
    first = next((entry.record for entry in entries if entry.record is not None), None)
    return unit or Unit(slug, (printed_unit(first) if first else "") or slug)


def _judged(common: Grounds, entry: Entry, unit: Unit, choice: PackChoice, *, is_new: bool) -> tuple[Entry, bool]:
    """Return a record with what the rules over single records decided, and whether anything about it is new."""
    if entry.record is None:
        return entry, is_new
    names = choice.names(entry.record)
    key = key_of(unit, common.layers_key(names), common.asks_rules)
    # What broke down may have lacked memory, so it is asked again.
    has_broken = any(one.outcome == Outcome.ERROR for decision in entry.decisions for one in decision.verdicts)
    if entry.rules_key == key and not has_broken:
        return entry, is_new
    at_work_on(entry.path)
    decisions = decide(_subject(common, entry.record, unit, choice), common.rules)
    return replace(entry, rules_key=key, packs=names, decisions=to_keep(decisions)), True


def _corrected(
    common: Grounds, entry: Entry, published: tuple[PublishedFigures, ...], *, is_new: bool
) -> tuple[Entry, bool]:
    """Return a record with what is wrong with its corrections, and whether anything about it is new."""
    if entry.record is None or not common.asks_rules:
        return entry, is_new
    was_dated = any(finding.code == FUTURE.code for finding in entry.of_corrections)
    if entry.published == published and not is_new and was_dated == is_dated(entry.record, common.today) is False:
        return entry, is_new
    if not published and not entry.record.corrections and not entry.published:
        return entry, is_new
    found = correction_findings(entry.record, published, common.today)
    return replace(entry, published=published, of_corrections=found), True


def _subject(common: Grounds, record: Record, unit: Unit, choice: PackChoice) -> Subject:
    return make_subject(record, common.catalog_of(unit, (record,)), choice)


def _told(common: Grounds, entry: Entry, unit: Unit, choice: PackChoice) -> FileRead:
    record = entry.record
    if record is None:
        return FileRead(entry.id, entry.path, entry.digest, b"", entry.findings)
    subject = _subject(common, record, unit, choice)
    rows = [row for row in record.indicators if row.name or row.cells]
    outcomes = (entry.gist or gist_of(record)).outcomes
    deviations = sum(
        1
        for row, outcome in zip(record.indicators, outcomes, strict=True)
        if (lost_points(row) or 0) > 0 or outcome is Achieved.MISSED
    )
    return FileRead(
        id=entry.id,
        path=entry.path,
        digest=entry.digest,
        key=entry_key(entry),
        findings=(*entry.findings, *name_findings(record, common.registry)),
        grave=tuple(_grave_findings(common, entry, subject)),
        indicators=len(rows),
        deviations=deviations,
        budgets=int(subject.record_type in BUDGETED),
        full_marks=int(bool(full_marks(record))),
        missed=len(missed_rows(record, outcomes)),
        groups=tuple(_groups(common, subject)),
        packs=entry.packs,
        depends_on_day=bool(record.waivers or record.corrections),
        first_published=_first_published(record, entry.published),
        corrections=len(record.corrections),
    )


def _first_published(record: Record, published: tuple[PublishedFigures, ...]) -> tuple[str, str]:
    """Return the release that published a record first, and its day, where its figures are other ones by now.

    Of figures that are as they were released nothing is said, so that a release changes no page.
    """
    if not published:
        return "", ""
    earlier = published[:-1] if published[-1].figures == figures_digest(record) else published
    return (earlier[0].release, earlier[0].day) if earlier else ("", "")


def _grave_findings(common: Grounds, entry: Entry, subject: Subject) -> Iterator[Finding]:
    """Yield what keeps a record from being published, waivers heeded, and rules that broke down on it."""
    rules = common.rules
    grave = [one for one in entry.decisions if one.verdicts and _is_grave(rules[one.code].keeps_back, one)]
    if grave:
        codes = Codes(all_rules(), rules)
        for finding in conclude(subject, from_kept(grave, rules), codes, common.today).findings:
            if finding.code in rules and finding.outcome in (Outcome.FAIL, Outcome.ERROR):
                yield finding


def _is_grave(keeps_back: bool, decision: KeptDecision) -> bool:  # noqa: FBT001  one fact about the rule
    outcomes = {verdict.outcome for verdict in decision.verdicts}
    return Outcome.ERROR in outcomes or (keeps_back and Outcome.FAIL in outcomes)


def _groups(common: Grounds, subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the groups of several units' records that a record belongs to."""
    for rule in common.rules.values():
        if rule.spans_units and rule.group_by is not None and is_due(rule, subject):
            for key in dict.fromkeys(rule.group_by(subject)):
                yield rule.code, key
