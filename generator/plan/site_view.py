"""The whole site seen from far: what each unit amounts to, and its rows where a page lists them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from generator.model.catalog import Registry
from generator.model.forms import FormLibrary
from generator.plan.listed import ListedRecord, pack_listed
from generator.plan.planned import key_of
from generator.plan.rows import Lines, RecordRow
from generator.plan.tally import Tally, outcome_counts, tally_of, total


class UnitPart(Struct, frozen=True, array_like=True, gc=False):
    """What a unit has of one form in one year."""

    year: str
    form: str
    """Identifier of the form definition."""
    tally: Tally
    digest: bytes
    """Of all rows that lists have of these records."""


class PartTally(Struct, frozen=True):
    """What some units have of one form in one year."""

    year: str
    form: str
    tally: Tally


class RuleFindings(Struct, frozen=True, array_like=True, gc=False):
    """What is shown of one rule's findings, or of one kind of fault."""

    code: str
    title: str
    url: str
    """Of the rule's page; empty for faults that are no rule's."""
    count: int
    digest: bytes = b""
    """Of the rows."""


class UnitSummary(Struct, frozen=True, array_like=True, gc=False):
    """What the pages about the whole site need to know of a unit."""

    slug: str
    parts: tuple[UnitPart, ...]
    """Newest year first, then by form."""
    projects: int
    outcomes: tuple[int, ...]
    """How often each rule ended how; see `tally.outcome_counts`."""
    rule_findings: tuple[RuleFindings, ...]
    """By code."""
    filings: bytes
    """Digest of what decides whether a form that has to be published is."""
    tally: Tally
    """What all its records amount to."""

    @property
    def records(self) -> int:
        """How many records the unit publishes."""
        return sum(part.tally.records for part in self.parts)


def summarize(
    slug: str, lines: Sequence[Lines], found: Sequence[ListedRecord], projects: int, codes: Sequence[str]
) -> UnitSummary:
    """Sum up the published records of a unit; `found` are the same records as `lines`, in the order of the catalog."""
    parts: dict[tuple[str, str], list[ListedRecord]] = {}
    for one in found:
        parts.setdefault((one.row.year.title, one.form), []).append(one)
    ordered = sorted(sorted(parts, key=lambda key: key[1]), key=lambda key: key[0], reverse=True)
    by_part = tuple(UnitPart(*key, tally_of(parts[key]), key_of(pack_listed(parts[key]))) for key in ordered)
    return UnitSummary(
        slug=slug,
        parts=by_part,
        projects=projects,
        outcomes=outcome_counts(lines, codes),
        rule_findings=rule_findings(found),
        filings=key_of([(one.form, _filing(one.row)) for one in found]),
        tally=total(part.tally for part in by_part),
    )


def _filing(row: RecordRow) -> tuple[object, ...]:
    return (row.url, row.name, row.form, row.project, row.record_type, row.published)


def rule_findings(found: Iterable[ListedRecord]) -> tuple[RuleFindings, ...]:
    """Count the findings rule by rule."""
    rows: dict[tuple[str, str, str], list[object]] = {}
    for one in found:
        for row in one.findings:
            rows.setdefault((row.code, row.rule_title, row.rule_url), []).append(row)
    return tuple(RuleFindings(*key, len(rows[key]), key_of(rows[key])) for key in sorted(rows))


class SiteView(Struct, frozen=True, dict=True):
    """All units that publish anything, by slug; their rows are fetched where a page shows them."""

    registry: Registry
    """With the units that nobody registered."""
    forms: FormLibrary
    units: Mapping[str, UnitSummary]
    fetch: Callable[[str, str], tuple[ListedRecord, ...]]
    """Fetches the rows of a unit of one of `listed.ROW_KINDS`, in the order of the catalog."""
    digests: Mapping[str, Mapping[str, bytes]] = {}
    """Of the rows that some lists show, by unit and section of the menu, among others."""

    def rows_of(self, slug: str) -> tuple[ListedRecord, ...]:
        """Fetch the records of a unit, without their indicators, deviations and findings."""
        return self.fetch(slug, "rows")

    def section(self, *, year: str = "", form: str = "", units: Iterable[str] | None = None) -> "Section":
        """Return some of the records: those of a year, a form, some units."""
        key = (year, form, None if units is None else tuple(sorted(units)))
        # Many pages show the same years, forms and departments, and adding them up takes time.
        if key not in self._sections:
            wanted = {
                slug: parts
                for slug in (sorted(self.units) if key[2] is None else key[2])
                if (parts := tuple(part for part in self.units[slug].parts if _fits(part, year, form)))
            }
            self._sections[key] = Section(self, wanted, year, form, is_of_all_units=units is None)
        return self._sections[key]

    @cached_property
    def _sections(self) -> "dict[tuple[str, str, tuple[str, ...] | None], Section]":
        return {}

    @cached_property
    def whole(self) -> "Section":
        """All records."""
        return self.section()

    @cached_property
    def parts(self) -> tuple[PartTally, ...]:
        """What all units have of each form in each year, which adds up to what they have of a year, of a form, of all."""
        found: dict[tuple[str, str], list[Tally]] = {}
        for unit in self.units.values():
            for part in unit.parts:
                found.setdefault((part.year, part.form), []).append(part.tally)
        return tuple(PartTally(*key, total(tallies)) for key, tallies in found.items())

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Every year with a record, newest first."""
        return tuple(sorted({part.year for unit in self.units.values() for part in unit.parts}, reverse=True))

    @cached_property
    def form_identifiers(self) -> tuple[str, ...]:
        """Every form with a record."""
        return tuple(sorted({part.form for unit in self.units.values() for part in unit.parts}))

    @cached_property
    def units_by_department(self) -> dict[str, tuple[str, ...]]:
        """The units of each department; those without one are under the empty slug."""
        found: dict[str, list[str]] = {}
        for slug in self.units:
            found.setdefault(self.registry.units[slug].department, []).append(slug)
        return {slug: tuple(units) for slug, units in sorted(found.items())}

    @cached_property
    def rule_findings(self) -> tuple[RuleFindings, ...]:
        """The findings of all units, rule by rule."""
        counts: Counter[tuple[str, str, str]] = Counter()
        digests: dict[tuple[str, str, str], list[bytes]] = {}
        for unit in self.units.values():
            for one in unit.rule_findings:
                key = (one.code, one.title, one.url)
                counts[key] += one.count
                digests.setdefault(key, []).append(one.digest)
        return tuple(RuleFindings(*key, counts[key], key_of(digests[key])) for key in sorted(counts))

    @cached_property
    def outcomes(self) -> tuple[int, ...]:
        """How often each rule ended how; see `tally.outcome_counts`."""
        return tuple(map(sum, zip(*(unit.outcomes for unit in self.units.values()), strict=True)))


def _fits(part: UnitPart | PartTally, year: str, form: str) -> bool:
    return (not year or part.year == year) and (not form or part.form == form)


class Section(Struct, frozen=True, dict=True):
    """Some of the records of the site."""

    view: SiteView
    parts: Mapping[str, tuple[UnitPart, ...]]
    """By unit; units without such records are left out."""
    year: str
    form: str
    is_of_all_units: bool

    @cached_property
    def tally(self) -> Tally:
        """What they amount to."""
        if self.is_of_all_units:
            return total(one.tally for one in self.view.parts if _fits(one, self.year, self.form))
        if self.year or self.form:
            return total(part.tally for parts in self.parts.values() for part in parts)
        return total(self.view.units[slug].tally for slug in self.parts)

    @cached_property
    def digest(self) -> bytes:
        """Digest of all rows that lists have of these records."""
        return key_of([(slug, [part.digest for part in parts]) for slug, parts in self.parts.items()])

    def digest_of(self, name: str) -> bytes:
        """Return the digest of the rows of a list, of all years and forms; of all rows where it is not known."""
        digests = self.view.digests
        if not self.parts.keys() <= digests.keys():
            return self.digest
        return key_of([(slug, digests[slug][name]) for slug in self.parts])

    def records(self, kind: str = "rows") -> list[ListedRecord]:
        """Fetch the records in the order of the catalog: newest year first, then unit by unit.

        `kind` is one of `listed.ROW_KINDS`; without it they come without their indicators, deviations and findings.
        """
        found = (
            one for slug, parts in self.parts.items() if _has_any(parts, kind) for one in self._of_unit(slug, kind)
        )
        return sorted(found, key=lambda one: one.row.year.title, reverse=True)

    def _of_unit(self, slug: str, kind: str) -> Iterator[ListedRecord]:
        for one in self.view.fetch(slug, kind):
            if (not self.year or one.row.year.title == self.year) and (not self.form or one.form == self.form):
                yield one


def _has_any(parts: Iterable[UnitPart], kind: str) -> bool:
    """Tell whether fetching is worth it."""
    if kind == "deviations":
        return any(part.tally.deviations for part in parts)
    if kind == "full_marks":
        return any(part.tally.full_marks for part in parts)
    if kind == "missed":
        return any(part.tally.missed for part in parts)
    if kind == "corrections":
        return any(part.tally.corrections for part in parts)
    if kind == "promises":
        return any(part.tally.answering for part in parts)
    return kind != "findings" or any(part.tally.listed_findings for part in parts)
