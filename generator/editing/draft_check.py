"""What the check says of a draft, field by field: what `jixiao check` would say of its file alone.

Rules that compare records are left to `jixiao check`, for they need all the others.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from generator.check.corrections import correction_findings
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import PackLibrary
from generator.check.registry import all_rules
from generator.check.runner import conclude, decide, make_subject
from generator.check.waivers import Codes
from generator.editing.draft import NEW, Draft
from generator.exchange.existing import Present, read_again
from generator.exchange.named_cells import named_spans
from generator.finding import Finding, Severity, has_errors, in_reading_order
from generator.load.assemble import comments_of, name_findings, with_unregistered
from generator.load.text_file import conflict_findings, decode_text
from generator.model.catalog import Registry, make_catalog
from generator.model.forms import FormLibrary
from generator.model.publications import NOTHING_PUBLISHED, Publications
from generator.model.records import Cell, Prose, Record
from generator.origin import Span


class Checker(NamedTuple):
    """What decides how a record is checked."""

    forms: FormLibrary
    packs: PackLibrary
    selection: tuple[str, ...]
    registry: Registry
    today: date
    published: Publications = NOTHING_PUBLISHED
    """What was published before."""


class Said(NamedTuple):
    """What the check says of a record."""

    findings: tuple[Finding, ...]
    fields: tuple[str, ...]
    """For each finding the name of the field it is about, empty where it is about none."""
    is_publishable: bool
    """Whether nothing keeps the record from being published."""

    @property
    def by_field(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings by field."""
        names = dict.fromkeys(name for name in self.fields if name)
        return {
            name: tuple(one for one, of in zip(self.findings, self.fields, strict=True) if of == name) for name in names
        }

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much and are not waived."""
        return sum(one.severity is severity and one.outcome != "waived" for one in self.findings)


def check_file(present: Present, checker: Checker) -> tuple[Finding, ...]:
    """Return all that the check says of a record's file alone, in reading order."""
    text, reading = decode_text(present.data, present.file.path)
    if text is None or present.record is None:
        return in_reading_order(
            (*reading, *conflict_findings(present.text, present.file.path), *_read(present, checker))
        )
    findings = (*reading, *_read(present, checker))
    record, path = present.record, present.file.path
    findings += (*name_findings(record, checker.registry), *conflict_findings(present.text, path))
    if record.layout:
        ruled = _ruled(replace(record, comments=comments_of(text, is_markdown=present.file.is_markdown)), checker)
        findings += ruled if not has_errors(findings) else tuple(_of_filled(ruled, record))
    return in_reading_order(findings)


def _read(present: Present, checker: Checker) -> tuple[Finding, ...]:
    return read_again(present.text, present.file, checker.forms)[1]


def _ruled(record: Record, checker: Checker) -> tuple[Finding, ...]:
    """Ask the rules over single records."""
    catalog = make_catalog((record,), with_unregistered(checker.registry, (record,)), checker.forms)
    choice = PackChoice(checker.packs, checker.selection, catalog)
    subject = make_subject(record, catalog, choice)
    rules = all_rules()
    corrections = correction_findings(record, checker.published.figures_of(record.id), checker.today)
    return conclude(subject, decide(subject, rules), Codes(rules, rules), checker.today, corrections).findings


def _of_filled(findings: Iterable[Finding], record: Record) -> Iterable[Finding]:
    """Yield what rules say of cells that are filled in: a form half done need not be told that its other half is not."""
    filled = {span for span, text in _texts(record).items() if text}
    return (one for one in findings if Span(one.origin.line, one.origin.column) in filled)


def _texts(record: Record) -> Mapping[Span, str]:
    cells: list[Cell | Prose] = [*record.head.values(), *record.total.values(), *record.level1_weights.values()]
    cells += record.prose.values()
    for row in record.indicators:
        cells += [Cell(row.name, row.span), *row.cells.values(), *row.extra.values()]
    for money in record.funding.rows if record.funding else ():
        cells += [*money.cells.values(), *money.extra.values()]
    return {cell.span: cell.text for cell in cells}


def check_draft(draft: Draft, checker: Checker) -> Said:
    """Check a record as it would be; where what was typed cannot be written, as it is."""
    result = draft.result
    present = draft.base if result is None else result._replace(data=result.text.encode())
    findings = check_file(present, checker)
    record = present.record
    names = _Names(record, _shown_anchors(draft, record)) if record is not None else None
    fields = tuple(names.of(one) if names else "" for one in findings)
    return Said(findings, fields, not has_errors(findings))


def _shown_anchors(draft: Draft, record: Record) -> Mapping[str, str]:
    """Return under which key the page shows each row of the record as it would be."""
    keys = [
        row.anchor for row in draft.shown.indicators if not row.anchor.startswith(NEW) or row.anchor in draft.new_rows
    ]
    anchors = [row.anchor for row in record.indicators]
    return dict(zip(anchors, keys, strict=True)) if len(keys) == len(anchors) else {}


class _Names:
    """Tells which field a finding is about."""

    def __init__(self, record: Record, shown: Mapping[str, str]) -> None:
        self._record = record
        self._shown = shown
        self._by_span = {span: name for name, span in named_spans(record).items()}

    def of(self, finding: Finding) -> str:
        """Return the name that the page has for the field of a finding."""
        span = Span(finding.origin.line, finding.origin.column)
        name = self._by_span.get(span) or self._prose_at(span.line)
        if not name and finding.anchor.startswith("i-"):
            name = f"{finding.anchor}.name"
        anchor, dot, identifier = name.partition(".")
        return f"{self._shown.get(anchor, anchor)}{dot}{identifier}" if anchor.startswith("i-") else name

    def _prose_at(self, line: int) -> str:
        for identifier, prose in self._record.prose.items():
            if prose.first_line and prose.first_line <= line <= prose.first_line + prose.text.count("\n"):
                return self._by_span.get(prose.span, "") or f"prose.{identifier}"
        return ""
