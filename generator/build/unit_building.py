"""Second job for each unit: ask the rules over several records, and make the unit's pages and data.

What depends on nothing that changed is not made again; what is made and equals what the site has is not written.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.breadcrumb import at_work_on
from generator.build.common import Common
from generator.build.kept_verdicts import KIND as VERDICTS
from generator.build.kept_verdicts import kept_verdicts
from generator.build.listeners import PagesMade, ignore
from generator.build.making import Making
from generator.build.page_making import page_maker
from generator.build.peer_chunks import KIND as ANSWERS
from generator.build.peer_chunks import Chunks, kept_answers, peer_file, write_chunks
from generator.build.segments import RecordSegments, unchanged, write_segments
from generator.build.stage import FileState, Stage
from generator.build.staging import writing
from generator.build.unit_checking import BuildingJob, check_unit
from generator.build.unit_past import UnitPast
from generator.build.unit_search import KIND, add_search, kept_search
from generator.check.outcome import Outcome
from generator.errors import JixiaoError, disk_reason
from generator.export.feeds import FeedEntry, feed_entry, newest, unit_feed, unit_feed_title, unit_feed_url
from generator.export.record_export import RecordExport, export_record
from generator.export.site_files import unit_document, unit_json_url
from generator.finding import Finding, Severity
from generator.load.assemble import digest_of
from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.board_pages import board_digests
from generator.plan.listed import ROW_KINDS, unit_rows
from generator.plan.planned import Planned, key_of
from generator.plan.planner import SiteText, UnitRecords, plan_unit
from generator.plan.rows import Link
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import UnitSummary, summarize
from generator.search.directory import NO_RECORDS, UnitEntry


class Outputs(Struct, frozen=True, array_like=True):
    """What is kept of a unit's part of the site."""

    files: dict[str, FileState]
    """By path."""
    segments: tuple[RecordSegments, ...]
    """In the order of the catalog."""
    peers: Chunks = {}
    """What it says of indicators that other units may have."""
    search: bytes = b""
    """Digest of what is kept of its grams."""
    answers: bytes = b""
    """Digest of what is kept of what its records say of such indicators."""


class UnitBuilt(Struct, frozen=True, array_like=True):
    """What the build needs to know of a unit whose pages are made."""

    summary: UnitSummary
    outputs: Outputs
    changed: tuple[str, ...]
    """Files that wait on the stage."""
    broken: tuple[Finding, ...]
    """Rules over several records that broke down."""
    rule_counts: dict[Severity, int]
    """Findings of the rules, by weight."""
    pages: int
    digests: dict[str, bytes]
    """Of what is kept of it, by kind, and of what boards show of it, by their section."""
    feed: tuple[FeedEntry, ...]
    """Its latest records."""
    search: UnitEntry
    absent: tuple[str, ...]
    """What old versions held that git was asked for in vain."""


_ENCODER = msgspec.msgpack.Encoder()
_OUTPUTS = msgspec.msgpack.Decoder(Outputs)


def kept_outputs(folder: Path, slug: str, owner: bytes, digest: bytes) -> Outputs | None:
    """Return what is kept of a unit's part of the site; None where it is not what has this digest."""
    data = cache.kept(folder / f"{slug}.files", owner)
    try:
        return None if data is None or digest_of(data) != digest else _OUTPUTS.decode(data)
    except msgspec.DecodeError:
        return None


def build_unit(
    common: Common, job: BuildingJob, stage: Stage, *, former: bytes, made: Callable[[PagesMade], None] = ignore
) -> UnitBuilt:
    """Make the pages and data of one unit.

    `former` is the digest of what the last build kept of it, empty where the site is not as that build left it;
    `made` is told of each page before there is anything else.
    """
    slug = job.unit.slug
    grams, entry = b"", NO_RECORDS
    before = kept_outputs(common.site_cache, slug, common.owner, former) if former else None
    at_work_on(job.unit.name)
    answered = kept_verdicts(common.site_cache, slug, common.owner) if former else None
    unit, site, checks, verdicts = check_unit(common, job, answered)
    making = _UnitMaking(common, job, stage, before or Outputs({}, ()))
    making.add_sources(unit.catalog)
    feed = making.add_feed(unit, job.modified) if common.parts.exports else None
    settings = common.settings
    past = UnitPast(common, job)
    pages = plan_unit(
        unit, site, source_of=making.text_of, history=past.told(unit.catalog), splits=frozenset(job.splits), feed=feed,
        site=SiteText(settings.site_name, settings.site_description, settings.site_url), exports=settings.exports,
    )  # fmt: skip
    count = making.add_pages(pages, made)
    past.keep()
    if common.parts.exports:
        making.add_data(unit, site)
        sought = kept_search(common.site_cache, slug, common.owner, before.search) if before else None
        grams, entry = add_search(making, common, unit, sought)
    if common.settings.exports:
        # What draws documents is heavy, and few sites offer them.
        from generator.build.unit_documents import add_documents  # noqa: PLC0415

        add_documents(making, common, slug, unit.catalog)
    at_work_on("")
    found = tuple(unit.listed.values())
    rows = unit_rows(found, with_indicators=urls.INDICATORS not in job.splits)
    former_answers = kept_answers(common.site_cache, slug, common.owner, before.answers) if before else {}
    said, answers = write_chunks(peer_file(stage, slug), job.unit.name, unit, former_answers)
    kept = {kind: getattr(rows, kind) for kind in ROW_KINDS} | {KIND: grams, ANSWERS: answers, VERDICTS: verdicts}
    digests = {kind: digest_of(content) for kind, content in kept.items()}
    outputs = Outputs(making.files, making.segments, said, digests[KIND], digests[ANSWERS])
    kept["files"] = _ENCODER.encode(outputs)
    digests["files"] = digest_of(kept["files"])
    for kind, content in kept.items():
        place = Path(stage.folder) / "cache" / f"{slug}.{kind}"
        with writing(place):
            place.write_bytes(cache.sealed(content, common.owner))
    findings = [one for check in checks.values() for one in check.findings]
    return UnitBuilt(
        summary=summarize(slug, tuple(unit.lines.values()), found, len(unit.catalog.projects), tuple(common.rules)),
        outputs=outputs,
        changed=tuple(making.changed),
        broken=tuple(one for one in findings if one.outcome == Outcome.ERROR),
        rule_counts=Counter(one.severity for one in findings if one.outcome == Outcome.FAIL),
        pages=count,
        digests=digests | board_digests(found),
        feed=making.feed,
        search=entry,
        absent=past.absent,
    )


class _UnitMaking(Making):
    """Makes the files of one unit."""

    def __init__(self, common: Common, job: BuildingJob, stage: Stage, before: Outputs) -> None:
        super().__init__(stage, before.files)
        self.feed: tuple[FeedEntry, ...] = ()
        self.segments: tuple[RecordSegments, ...] = ()
        self.segments_file = Path(stage.folder) / "segments" / job.unit.slug
        self._common = common
        self._texts: dict[str, bytes] = {}
        self._former = {one.id: one for one in before.segments}
        self._sources = {file.id: file for file in job.files}
        self._digests = dict(zip((file.id for file in job.files), job.digests, strict=True))

    def add_sources(self, catalog: Catalog) -> None:
        """Publish the authored files of the records."""
        for record in catalog.records:
            path = urls.source_url(record, self._suffix(record.id))
            self.make(path, self._digests[record.id], lambda identifier=record.id: self._bytes_of(identifier))  # type: ignore[misc]  # mypy cannot tell the types of defaults

    def add_pages(self, pages: Iterable[Planned], made: Callable[[PagesMade], None]) -> int:
        """Render the pages that changed and tell of each; return how many there are."""
        render = page_maker(self._common, self)
        count = told = 0
        for page in pages:
            count += 1
            at_work_on(page.url)
            render(page)
            if len(self.changed) > told:
                made(PagesMade(self.stage.tree, frozenset(self.changed[told:])))
                told = len(self.changed)
        return count

    def add_data(self, unit: UnitRecords, site: SiteCheck) -> None:
        """Make the open data of the records that changed, and of the unit."""
        documents: list[bytes] = []
        made: dict[tuple[str, str], RecordExport] = {}
        for record in unit.catalog.records:
            at_work_on(record.path)
            lines = unit.lines[record.id]
            path = urls.record_json_url(record)
            promises = unit.listed[record.id].promises
            answered = promises and unit.promised[record.id]
            key = key_of(unit.keys[record.id], lines.row, answered, site.fingerprint, self._common.page_key)
            if record.id in self._former and self.keep(path, key):
                documents.append((Path(self.stage.site_dir) / path).read_bytes())
                continue
            export = export_record(
                lines, unit.catalog, site, site_url=self._common.settings.site_url, promises=promises
            )
            self.note(path, *self.stage.put(path, export.json, key))
            documents.append(export.json)
            made[record.id, record.year] = export
        written = write_segments(self.segments_file, made)
        self.segments = tuple(
            written.get(record.id) or unchanged(self._former[record.id]) for record in unit.catalog.records
        )
        registry = unit.catalog.registry
        of_unit = registry.units[unit.slug]
        department = registry.departments.get(of_unit.department)
        if documents:
            document = unit_document(of_unit, department, documents)
            self.make(unit_json_url(unit.slug), digest_of(document), lambda: document)

    def add_feed(self, unit: UnitRecords, modified: Mapping[str, str]) -> Link | None:
        """Make the feed of the unit, of the records whose day is known, and return it."""
        settings = self._common.settings
        if not settings.site_url or settings.internal:
            return None
        known = (record for record in unit.catalog.records if record.path in modified)
        self.feed = newest(feed_entry(unit.lines[one.id].row, modified[one.path]) for one in known)
        name = unit.catalog.registry.units[unit.slug].name
        content = unit_feed(self.feed, slug=unit.slug, unit=name, site_url=settings.site_url)
        if not content:
            return None
        self.make(unit_feed_url(unit.slug), key_of(content), lambda: content)
        return Link(unit_feed_title(name), unit_feed_url(unit.slug))

    def text_of(self, identifier: str) -> tuple[str, str]:
        """Return the ending and the text of a record's file."""
        data = self._bytes_of(identifier)
        # A record has one page, so nobody asks for its text again.
        self._texts.pop(identifier, None)
        return self._suffix(identifier), data.decode("utf-8-sig")

    def _suffix(self, identifier: str) -> str:
        return os.path.splitext(self._sources[identifier].place)[1]  # noqa: PTH122  no more is needed of a path here

    def _bytes_of(self, identifier: str) -> bytes:
        """Return a record's file as it was checked; refuse one that has been changed since."""
        if identifier in self._texts:
            return self._texts[identifier]
        file = self._sources[identifier]
        try:
            data = Path(file.place).read_bytes()
        except OSError as error:
            raise JixiaoError(f"读不出 {file.path}：{disk_reason(error)}。网站没有改动，请再生成一次。") from error
        if digest_of(data) != self._digests[identifier]:
            raise JixiaoError(f"{file.path} 在生成过程中被改动，网站没有改动。请再生成一次。")
        self._texts[identifier] = data
        return data
