"""Read one file of the office: its tables, the drafts understood from them, and what the check would say of each.

Runs in a process of its own, for the bytes may be hostile; it gets plain values and gives plain values.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import PackLibrary, load_packs
from generator.check.registry import all_rules
from generator.check.runner import conclude, decide, make_subject
from generator.check.waivers import Codes
from generator.errors import disk_reason
from generator.exchange.imported import CellFinding, ImportedDraft, ImportedFile
from generator.exchange.named_cells import named_spans
from generator.finding import Finding, has_errors, in_reading_order
from generator.forms.definitions import load_forms
from generator.importers.document import Document, UnreadableError
from generator.importers.draft import Branch, Draft, Filled, Node
from generator.importers.guard import MAX_FILE_BYTES, MIB
from generator.load.assemble import with_unregistered
from generator.load.decode import decode_with_errors
from generator.load.parse import parse_tree
from generator.load.record_faults import UNCONFIRMED_VALUE
from generator.load.unconfirmed import LABEL, identifier_of
from generator.model.catalog import Registry, make_catalog
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.origin import Span
from generator.vocabulary import Place, term_of

_ABOVE = frozenset({"title", "fiscal_year", "period"})
_NO_LINES = "PDF 里的表没有框线，分不出哪些字在哪一格，一栏也没有填；请改用 xlsx 或 docx 的原件，或给表加上框线，另存为 PDF 再导入"

_ELSEWHERE = "dan-wei"
"""Folder of a draft whose unit is not known yet, for the check alone."""


class Surroundings(Struct, frozen=True):
    """What decides how a file is read and checked besides its bytes."""

    template_dirs: tuple[Path, ...]
    rule_packs_dir: Path
    rule_packs: tuple[str, ...]
    project_dir: Path
    registry: Registry
    today: date
    year: str = ""
    """The year that the user says; empty where the document's own counts."""
    unit: str = ""
    """Slug of the unit that the user says."""


class _Tools(NamedTuple):
    """What all files of one process share."""

    forms: FormLibrary
    library: PackLibrary


@lru_cache(maxsize=1)
def _tools(template_dirs: tuple[Path, ...], rule_packs_dir: Path, project_dir: Path) -> _Tools:
    return _Tools(load_forms(template_dirs), load_packs(rule_packs_dir, project_dir))


def import_path(path: Path, name: str, around: Surroundings) -> ImportedFile:
    """Read one file of this disk; never raise for what it holds."""
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return ImportedFile(fault=f"文件打不开：{disk_reason(error)}；请检查权限，以及是否被其他程序占用")
    if len(data) > MAX_FILE_BYTES:
        return ImportedFile(
            fault=f"文件超过 {MAX_FILE_BYTES // MIB} MB，没有读取；请只留绩效表所在的页或工作表，另存后再导入"
        )
    return import_bytes(data, name, around)


def import_bytes(data: bytes, name: str, around: Surroundings) -> ImportedFile:
    """Read the bytes of a file; never raise for what they hold."""
    # They bring the libraries for office documents along.
    from generator.importers.read import read  # noqa: PLC0415
    from generator.importers.understand import understand  # noqa: PLC0415

    forms = _tools(around.template_dirs, around.rule_packs_dir, around.project_dir).forms
    try:
        document = read(data, name)
        drafts = understand(document, forms)
    except UnreadableError as error:
        return ImportedFile(fault=str(error))
    if document.kind == "pdf" and drafts and _is_without_lines(document) and not any(map(_says_anything, drafts)):
        return ImportedFile(fault=_NO_LINES)
    imported = tuple(import_draft(draft, around) for draft in drafts)
    fault = "" if imported else "没有认出绩效表；请确认文件里有带“项目名称”“绩效指标”等栏目的表格，扫描件要先做文字识别"
    return ImportedFile(document.kind, imported, document.remarks, fault)


def _is_without_lines(document: Document) -> bool:
    return any("没有框线" in remark.text for remark in document.remarks)


def _says_anything(draft: Draft) -> bool:
    """Tell whether a draft has more than what stands above its table, and the table as it is."""
    return any(value.field not in _ABOVE and not value.field.startswith("table.") for value in draft.filled)


def import_draft(draft: Draft, around: Surroundings) -> ImportedDraft:
    """Return a draft as text, with what the check says of it cell by cell."""
    from generator.importers.draft_yaml import yaml_of  # noqa: PLC0415

    draft = _of_year(draft, around.year)
    text = yaml_of(draft)
    return ImportedDraft(
        title=draft.title,
        layout=draft.layout,
        kind=draft.kind,
        fiscal_year=draft.fiscal_year,
        project=draft.project,
        unit=draft.unit,
        record_id=draft.record_id,
        text=text,
        filled=draft.filled,
        leftover=draft.leftover,
        remarks=draft.remarks,
        findings=_findings(draft, text, around),
    )


def _of_year(draft: Draft, year: str) -> Draft:
    """Return a draft of the year the user says."""
    if not year:
        return draft
    label = term_of(Place.RECORD, "fiscal_year").label
    entries: list[tuple[str, Node]] = [(key, node) for key, node in draft.record.entries if not _is_year(key)]
    # Behind the form and its layout, where authors write it.
    place = sum(1 for key, _ in entries if identifier_of(key) in ("form", "layout"))
    entries.insert(place, (label, year))
    filled = tuple(value for value in draft.filled if not _is_year(value.path))
    return replace(draft, fiscal_year=int(year), record=Branch(tuple(entries)), filled=filled)


def _is_year(key: str) -> bool:
    return identifier_of(key) == "fiscal_year"


def record_of(text: str, identifier: str, path: str, forms: FormLibrary) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return the record that a draft's text stands for, as far as it can be read, and what is wrong with the text."""
    tree = parse_tree(text, path)
    if tree.node is None:
        return None, tree.findings
    decoded = decode_with_errors(tree.node, identifier=identifier, path=path, forms=forms)
    return decoded.record, (*tree.findings, *decoded.findings)


def is_sound(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing is wrong with a record, values to confirm aside."""
    return not has_errors(finding for finding in findings if finding.code != UNCONFIRMED_VALUE.code)


def open_fields(text: str, forms: FormLibrary) -> tuple[str, ...]:
    """Return the fields of a record's text that are still to be compared with a document."""
    if LABEL not in text:
        return ()
    _, findings = record_of(text, "0000/x/x", "", forms)
    return tuple(finding.field for finding in findings if finding.code == UNCONFIRMED_VALUE.code)


def _findings(draft: Draft, text: str, around: Surroundings) -> tuple[CellFinding, ...]:
    forms, library = _tools(around.template_dirs, around.rule_packs_dir, around.project_dir)
    record, findings = record_of(text, f"{draft.fiscal_year:04}/{around.unit or _ELSEWHERE}/x", "", forms)
    findings = tuple(finding for finding in findings if finding.code != UNCONFIRMED_VALUE.code)
    spans: Mapping[str, Span] = {}
    if record is not None:
        spans = named_spans(record)
        if is_sound(findings):
            findings += _judged(record, forms, library, around)
    places = _places(draft.filled, spans)
    return tuple(_cell_finding(finding, places) for finding in in_reading_order(findings))


def _judged(record: Record, forms: FormLibrary, library: PackLibrary, around: Surroundings) -> tuple[Finding, ...]:
    """Ask the rules over single records."""
    catalog = make_catalog((record,), with_unregistered(around.registry, (record,)), forms)
    choice = PackChoice(library, around.rule_packs, catalog)
    subject = make_subject(record, catalog, choice)
    rules = all_rules()
    return conclude(subject, decide(subject, rules), Codes(rules, rules), around.today).findings


class _Places(NamedTuple):
    """Where the fields of a draft come from."""

    by_path: Mapping[str, str]
    by_span: Mapping[Span, str]
    by_line: Mapping[int, str]
    """Of the lines that hold one field alone."""


def _places(filled: Iterable[Filled], spans: Mapping[str, Span]) -> _Places:
    by_path: dict[str, str] = {}
    by_span: dict[Span, str] = {}
    by_line: dict[int, set[str]] = {}
    for value in filled:
        if not value.place:
            continue
        by_path.setdefault(value.path, value.place)
        span = spans.get(value.field)
        if span is not None:
            by_span.setdefault(span, value.place)
            by_line.setdefault(span.line, set()).add(value.place)
    return _Places(by_path, by_span, {line: one for line, (one, *more) in by_line.items() if not more})


def _cell_finding(finding: Finding, places: _Places) -> CellFinding:
    span = Span(finding.origin.line, finding.origin.column)
    place = places.by_path.get(finding.field) or places.by_span.get(span) or places.by_line.get(span.line, "")
    return CellFinding(
        finding.code, finding.severity, finding.message, finding.field, finding.found, finding.expected, finding.hint,
        place, span.line,
    )  # fmt: skip
