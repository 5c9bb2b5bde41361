"""From files to the catalog: everything wrong in every file comes back with whatever could be read."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.finding import Finding, has_errors, in_reading_order
from generator.load.decode import decode_record
from generator.load.discover import SourceFile, discover
from generator.load.faults import FULL_WIDTH_COLON, MISSING_BLANK_AFTER_COLON
from generator.load.obligations import load_obligations
from generator.load.parse import TreeResult, parse_tree
from generator.load.reading import Reading, excerpt
from generator.load.record_faults import NAME_NOT_REGISTERED, UNIT_NOT_REGISTERED, UNKNOWN_KEY, UNKNOWN_RULE_PACK
from generator.load.registry import load_registry
from generator.load.text_file import load_text
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Record
from generator.origin import START, Span
from generator.patterns import lazy_pattern
from generator.text import nearest
from generator.vocabulary import TERMS, Kind, Place, term_of


class Loaded(Struct, frozen=True):
    """All that could be read, and all that was wrong."""

    catalog: Catalog
    sources: Mapping[str, SourceFile]
    """The file of each record of the catalog, by record id."""
    findings: tuple[Finding, ...]
    digests: Mapping[str, bytes]
    """By record id, the digest of the bytes that were checked: what is published must be the same."""


class FileResult(Struct, frozen=True):
    """One file read and decoded."""

    record: Record | None
    findings: tuple[Finding, ...]
    digest: bytes = b""
    """Of the data."""
    data: bytes = b""
    """The bytes of the file that were read, where its tree could be read; what is published must be the same."""


def digest_of(data: bytes) -> bytes:
    """Return a short digest of a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


@cache
def markdown_sections() -> dict[str, tuple[str, ...]]:
    """Return which field each section heading of a Markdown record fills."""
    objective = next(term.label for term in TERMS[Place.RECORD] if term.identifier == "objective")
    sections: dict[str, tuple[str, ...]] = {
        label: (term.label,)
        for term in TERMS[Place.RECORD]
        if term.kind is Kind.PROSE
        for label in (term.label, *term.synonyms)
    }
    for term in TERMS[Place.OBJECTIVE]:
        sections |= dict.fromkeys((term.label, *term.synonyms), (objective, term.label))
    return sections


def load_record(file: SourceFile, forms: FormLibrary, packs: Collection[str] | None = None) -> FileResult:
    """Read and decode one file; there is no record where anything in it is an error.

    `packs` are the names of the rule packs there are; without them nobody asks whether a record names one of them.
    """
    loaded = load_text(file)
    if loaded.text is None:
        return FileResult(None, loaded.findings)
    tree = _tree_of(loaded.text, file)
    findings = (*loaded.findings, *tree.findings)
    if tree.node is None:
        return FileResult(None, findings)
    decoded = decode_record(tree.node, identifier=file.id, path=file.path, forms=forms)
    if decoded.findings:
        findings += _without_echoes(decoded.findings, tree.findings)
    record = decoded.record
    if packs is not None and record is not None:
        findings += _pack_findings(record, packs)
    data, digest = loaded.data, digest_of(loaded.data)
    if record is None or has_errors(findings):
        return FileResult(None, findings, digest, data)
    comments = comments_of(loaded.text, is_markdown=file.is_markdown) if "#" in loaded.text else ()
    return FileResult(replace(record, comments=comments) if comments else record, findings, digest, data)


def _tree_of(text: str, file: SourceFile) -> TreeResult:
    if not file.is_markdown:
        return parse_tree(text, file.path, with_rows=True)
    # Few records are Markdown, and a process that reads a single one starts sooner without it.
    from generator.load.markdown_record import parse_markdown_record  # noqa: PLC0415

    return parse_markdown_record(text, file.path, markdown_sections(), with_rows=True)


_COMMENT = lazy_pattern(r"(?:^|(?<=[ \t]))#+[ \t]*(?P<text>[^\n]*\S)", re.MULTILINE)


def comments_of(text: str, *, is_markdown: bool) -> tuple[Cell, ...]:
    """Return what stands behind number signs, in a Markdown record only before its texts.

    A sign within a value is taken for a comment as well: whoever looks through the comments has seen the value before.
    """
    head = text.split("\n---", 1)[0] if is_markdown else text
    found = []
    for comment in _COMMENT.finditer(head):
        start = comment.start("text")
        line, column = head.count("\n", 0, start) + 1, start - head.rfind("\n", 0, start)
        found.append(Cell(comment["text"], Span(line, column)))
    return tuple(found)


def _pack_findings(record: Record, packs: Collection[str]) -> tuple[Finding, ...]:
    wanted = record.rule_pack
    if not wanted.text or wanted.text in packs:
        return ()
    reading = Reading(record.path)
    near = nearest(wanted.text, packs)
    reading.report(
        UNKNOWN_RULE_PACK, wanted.span, f"没有规则包“{excerpt(wanted.text)}”", found=excerpt(wanted.text),
        expected="、".join(sorted(packs)), hint=f"改为“{near}”" if near else "改为上列之一，或删去这一行用网站选定的规则包",
        field=record.label(Place.RECORD, "rule_pack"),
    )  # fmt: skip
    return tuple(reading.findings)


def _without_echoes(findings: Iterable[Finding], doubts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out unknown keys whose missing blank after the colon is reported already: 年初预算数:94.60 is one slip."""
    slips = {
        (doubt.origin.line, excerpt(doubt.found))
        for doubt in doubts
        if doubt.code in (MISSING_BLANK_AFTER_COLON.code, FULL_WIDTH_COLON.code)
    }
    return tuple(
        finding
        for finding in findings
        if finding.code != UNKNOWN_KEY.code or (finding.origin.line, finding.found) not in slips
    )


def load_catalog(
    *,
    records_dir: Path,
    registry_dir: Path,
    project_dir: Path,
    forms: FormLibrary,
    packs: Collection[str] | None = None,
) -> Loaded:
    """Load every record below a folder together with the registry; `packs` as in `load_record`."""
    discovery = discover(records_dir, project_dir)
    listed = load_registry(registry_dir, project_dir)
    owed = load_obligations(registry_dir, project_dir, listed.registry, forms)
    findings = [*discovery.findings, *listed.findings, *owed.findings]
    records: list[Record] = []
    sources: dict[str, SourceFile] = {}
    digests: dict[str, bytes] = {}
    for file in discovery.files:
        result = load_record(file, forms, packs)
        findings += result.findings
        if result.record is not None:
            records.append(result.record)
            sources[file.id], digests[file.id] = file, result.digest
            findings += name_findings(result.record, listed.registry)
    for file in discovery.set_aside:
        findings += load_record(file, forms, packs).findings
    registry = with_unregistered(listed.registry, records)
    return Loaded(make_catalog(records, registry, forms), sources, in_reading_order(findings), digests)


def with_unregistered(registry: Registry, records: Iterable[Record]) -> Registry:
    """Give folders that nobody registered a unit of the name their records print."""
    units = dict(registry.units)
    for record in records:
        if record.unit not in units:
            units[record.unit] = Unit(record.unit, printed_unit(record) or record.unit)
    return Registry(units, registry.departments)


def printed_unit(record: Record) -> str:
    """Return the name of the unit that a record prints, empty where it prints none."""
    return record.text("implementing_unit") or record.text("evaluated_department") or record.text("reporting_unit")


def name_findings(record: Record, registry: Registry) -> Iterable[Finding]:
    """Compare the names a record prints with those its folder stands for."""
    unit = registry.units.get(record.unit)
    if unit is None:
        return _unit_findings(record)
    bodies = (
        ("implementing_unit", unit),
        ("evaluated_department", unit),
        ("competent_department", registry.departments.get(unit.department)),
    )
    strange = [
        (identifier, cell, body)
        for identifier, body in bodies
        if body is not None
        and (cell := record.head.get(identifier)) is not None
        and cell.text not in ("", body.name, *body.aliases)
    ]
    if not strange:
        return ()
    reading = Reading(record.path)
    for identifier, cell, body in strange:
        reading.report(
            NAME_NOT_REGISTERED, cell.span, f"“{cell.text}”不是登记的名称", found=cell.text,
            expected="、".join((body.name, *body.aliases)), hint="核对有没有写错；原表确实这样印，就在登记表的“别名”里加上它",
            field=term_of(Place.RECORD, identifier).label,
        )  # fmt: skip
    return reading.findings


def _unit_findings(record: Record) -> Iterable[Finding]:
    reading = Reading(record.path)
    reading.report(
        UNIT_NOT_REGISTERED, START, f"文件夹“{record.unit}”没有在登记表里登记", found=record.unit,
        expected="content/registry/units.yaml 的“单位”里有它",
        hint=f"在登记表加上“{record.unit}: {{名称: {printed_unit(record) or '单位全称'}}}”", field="单位",
    )  # fmt: skip
    return reading.findings
