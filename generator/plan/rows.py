"""One line of the site's tables: a record, an indicator or a deviation, with what sorts it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.check.outcome import Outcome as Decided
from generator.check.policy import SeenCheck
from generator.check.rows.indicator_rows import is_missed_by_value
from generator.check.rule import Nature, Rule
from generator.check.subject import is_said, make_row
from generator.finding import SEVERITY_LABELS, Finding
from generator.model.achievement import Outcome, lost_points
from generator.model.amounts import Amount, MainAmounts, main_amounts
from generator.model.catalog import Catalog
from generator.model.full_marks import FullMarks, full_marks
from generator.model.gist import Gist, gist_of
from generator.model.records import BLANK, Cell, Indicator, Record
from generator.model.shortfall import Miss, miss_of
from generator.plan.lost_points import execution_of, lost_of
from generator.plan.site_check import SiteCheck
from generator.plan.urls import department_url, form_url, project_url, record_url, rule_url, unit_url, year_url

LONGEST = 2_500
"""Rows a list may have on one page; longer lists are split by unit or year, so that a phone can open them."""


_HUNDRED = Decimal(100)


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A page of the site and what to call it."""

    title: str
    url: str
    """Relative to the site; empty where there is no page."""


class OtherRecord(Struct, frozen=True, array_like=True, gc=False):
    """A record as pages of other records name it: no figure of it, so that they do not change with its figures."""

    name: str
    url: str
    year: Link
    form: Link
    record_type: str


class RecordRow(Struct, frozen=True, array_like=True, gc=False):
    """A record in a list."""

    id: str
    name: str
    url: str
    year: Link
    unit: Link
    department: Link
    project: Link
    form: Link
    record_type: str
    layout: str
    amounts: MainAmounts
    total_points: Cell
    total_score: Cell
    grade: Cell
    lost: Decimal | None
    """Sum of the points lost by indicators and execution; None for a form without scores, and where none is known."""
    lost_unknown: int
    """How many scored rows, execution among them, do not tell what they lost, so that `lost` is only a lower bound."""
    deviations: int
    """How many rows lost points or missed their target."""
    findings: int
    """How many findings of the rules are shown and not waived."""
    contradictions: int
    """How many of them say that the form contradicts itself."""
    missed: int
    """How many rows missed their target for certain."""
    published: str
    """When the original was published, as the record says; empty where it does not say."""
    full_marks: FullMarks
    """How it is known that the form gives itself every point; NONE where it does not."""

    @property
    def full_score(self) -> Decimal | None:
        """What the total score is out of: the printed points, 100 where the form prints none, None where that is unknown."""
        points = self.total_points
        return _HUNDRED if not points.text and not points.unreadable else points.number

    @property
    def budget(self) -> Amount | None:
        """The adjusted budget, or the amount applied for, or where there is neither the initial budget."""
        return self.amounts.adjusted_budget or self.amounts.requested or self.amounts.initial_budget


def other_record(row: RecordRow) -> OtherRecord:
    """Return a record as pages of other records name it."""
    return OtherRecord(row.name, row.url, row.year, row.form, row.record_type)


class IndicatorRow(Struct, frozen=True, array_like=True, gc=False):
    """An indicator in a list."""

    record: RecordRow
    url: str
    """The row on the record's page."""
    levels: tuple[str, ...]
    name: str
    target: Cell
    actual: Cell
    points: Cell
    score: Cell
    reason: Cell
    lost: Decimal | None
    outcome: Outcome
    miss: Miss | None
    """What was missed for certain; None where nothing was, and where less than an exact number may be what was wished."""

    @property
    def is_deviation(self) -> bool:
        """Tell whether points were lost or the target was missed."""
        return (self.lost is not None and self.lost > 0) or self.outcome is Outcome.MISSED

    @property
    def is_explained(self) -> bool:
        """Tell whether a reason is printed, be it that it cannot be read; a dash and 无 are none."""
        return bool(self.reason.unreadable) or is_said(self.reason.text)

    @property
    def is_unpunished(self) -> bool:
        """Tell whether the target was missed and the row got all its points all the same."""
        if self.miss is None or self.lost is None or self.points.number is None:
            return False
        return self.lost <= 0 < self.points.number


class FindingRow(Struct, frozen=True, array_like=True, gc=False):
    """A finding in a list."""

    record: RecordRow
    number: int
    """On the record's page, from 1."""
    code: str
    rule_title: str
    """What the rule is about, or of faults that are no rule's their English name."""
    rule_url: str
    """Empty for faults that are no rule's: those of waivers and replies."""
    severity: str
    """error, warning or note; as a word in Chinese, `label`."""
    label: str
    message: str
    field: str
    found: str
    expected: str
    is_waived: bool

    @property
    def url(self) -> str:
        """Where the finding stands on the record's page."""
        return f"{self.record.url}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its address on the record's page."""
        return f"finding-{self.number}"


class CorrectionRow(Struct, frozen=True, array_like=True, gc=False):
    """A figure that was changed after it had been published, in a list."""

    record: RecordRow
    number: int
    """Among those of its record, from 1, in the order in which they were made."""
    item: str
    old: str
    """As printed before, of a row all its figures; empty for a blank."""
    new: str
    is_added: bool
    """Whether a whole row was added."""
    is_removed: bool
    """Whether a whole row was taken out."""
    reason: str
    decided_by: str
    date: str
    """ISO."""

    @property
    def url(self) -> str:
        """Where its notice stands on the record's page."""
        return f"{self.record.url}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its address on the record's page."""
        return correction_anchor(self.number)


def correction_anchor(number: int) -> str:
    """Return the address of a correction's notice on its record's page."""
    return f"correction-{number}"


class Lines(Struct, frozen=True, array_like=True, gc=False):
    """A record with its row, its indicators' rows and what the rules found."""

    record: Record
    row: RecordRow
    indicators: tuple[IndicatorRow, ...]
    check: SeenCheck
    """What may be seen of its check."""
    findings: tuple[FindingRow, ...]
    """One for each finding that may be seen, in reading order."""
    digest: str
    """Of all that the record prints."""

    @property
    def filled(self) -> tuple[IndicatorRow, ...]:
        """The indicators without the levels that the form prints and nobody filled in."""
        pairs = zip(self.record.indicators, self.indicators, strict=True)
        return tuple(row for indicator, row in pairs if indicator.name or indicator.cells)

    @property
    def deviations(self) -> tuple[IndicatorRow, ...]:
        """The indicators that lost points or missed their target, in the form's order."""
        return tuple(row for row in self.indicators if row.is_deviation)


def make_lines(record: Record, catalog: Catalog, site: SiteCheck, gist: Gist | None = None) -> Lines:
    """Make the rows of one record; `gist` is its own, where that is known."""
    check = site.seen[record.id]
    gist = gist or gist_of(record)
    lost = [lost_points(indicator) for indicator in record.indicators]
    outcomes = list(zip(lost, gist.outcomes, strict=True))
    missed = missed_rows(record, gist.outcomes)
    row = _record_row(record, catalog, outcomes, check, site.rules, len(missed))
    indicators = tuple(
        [
            _indicator_row(row, indicator, *outcomes[position], missed.get(position))
            for position, indicator in enumerate(record.indicators)
        ]
    )
    findings = tuple(_finding_row(row, number, finding, site.rules) for number, finding in enumerate(check.findings, 1))
    return Lines(record, row, indicators, check, findings, gist.digest)


def missed_rows(record: Record, outcomes: Sequence[Outcome]) -> dict[int, Miss]:
    """Return what rows missed for certain, by position; `outcomes` are those of all rows."""
    return {
        position: miss_of(record.indicators[position])
        for position, outcome in enumerate(outcomes)
        if outcome is Outcome.MISSED and is_missed_by_value(make_row(record, position))
    }


def department_link(slug: str, catalog: Catalog) -> Link:
    """Return the page of a department, or an empty link where a unit has none registered."""
    department = catalog.registry.departments.get(slug)
    return Link(department.name, department_url(slug)) if department else Link("", "")


def _record_row(
    record: Record,
    catalog: Catalog,
    outcomes: list[tuple[Decimal | None, Outcome]],
    check: SeenCheck,
    rules: Mapping[str, Rule],
    missed: int,
) -> RecordRow:
    unit, form, project = catalog.unit_of(record), catalog.form_of(record), catalog.project_of(record)
    amounts = main_amounts(record)
    lost = lost_of(record, execution_of(record, amounts, form.funding_columns), [lost for lost, _ in outcomes])
    return RecordRow(
        id=record.id,
        name=record.name,
        url=record_url(record),
        year=Link(record.year, year_url(record.year)),
        unit=Link(unit.name, unit_url(unit.slug)),
        department=department_link(unit.department, catalog),
        project=Link(project.name, project_url(unit.slug, project.key)),
        form=Link(record.form, form_url(form.identifier)),
        record_type=form.record_type,
        layout=form.layout,
        amounts=amounts,
        total_points=record.total.get("points", BLANK),
        total_score=record.total.get("score", BLANK),
        grade=record.head.get("grade", BLANK),
        lost=lost.points,
        lost_unknown=lost.unknown,
        deviations=sum(1 for lost, outcome in outcomes if (lost or 0) > 0 or outcome is Outcome.MISSED),
        findings=len(check.open_findings),
        contradictions=sum(1 for finding in check.open_findings if _contradicts(finding, rules)),
        missed=missed,
        published=record.source.get("published", BLANK).text,
        full_marks=full_marks(record),
    )


def _contradicts(finding: Finding, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(finding.code)
    return rule is not None and rule.nature in (Nature.ARITHMETIC, Nature.CONTRADICTION)


def _finding_row(record: RecordRow, number: int, finding: Finding, rules: Mapping[str, Rule]) -> FindingRow:
    rule = rules.get(finding.code)
    return FindingRow(
        record=record,
        number=number,
        code=finding.code,
        rule_title=rule.title if rule else finding.name,
        rule_url=rule_url(finding.code) if rule else "",
        severity=finding.severity.value,
        label=SEVERITY_LABELS[finding.severity],
        message=finding.message,
        field=finding.field,
        found=finding.found,
        expected=finding.expected,
        is_waived=finding.outcome == Decided.WAIVED,
    )


def indicator_name(indicator: Indicator) -> str:
    """Return what to call a row where its name alone must tell it apart: a link needs a text."""
    return indicator.name or "（无名称）"


def _indicator_row(
    record: RecordRow, indicator: Indicator, lost: Decimal | None, outcome: Outcome, miss: Miss | None
) -> IndicatorRow:
    cells = indicator.cells
    return IndicatorRow(
        record=record,
        url=f"{record.url}#{indicator.anchor}",
        levels=indicator.path,
        name=indicator_name(indicator),
        target=cells.get("target", BLANK),
        actual=cells.get("actual", BLANK),
        points=cells.get("points", BLANK),
        score=cells.get("score", BLANK),
        reason=cells.get("deviation_reason", BLANK),
        lost=lost,
        outcome=outcome,
        miss=miss,
    )
