"""Who has published what: the forms that are due, each with what became of it, and what there is by unit and year."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from generator.model.days import days_of
from generator.model.forms import FormLibrary
from generator.model.obligations import Duty, WantedBy, WantedForm
from generator.plan.listed import ListedRecord
from generator.plan.planned import key_of
from generator.plan.rows import RecordRow
from generator.plan.site_view import SiteView
from generator.text import folded


class Standing(StrEnum):
    """What became of a form that has to be published, what is worst first."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    """Missing as well, but of a project that no form of the unit is about in any year: the register may be wrong."""
    OPEN = "open"
    LATE = "late"
    UNDATED = "undated"
    NOT_DUE = "not_due"
    PUBLISHED = "published"
    ON_TIME = "on_time"


STANDINGS: Mapping[Standing, str] = {
    Standing.MISSING: "已过期限，未公开",
    Standing.UNKNOWN: "已过期限，本站没有这个项目的任何表",
    Standing.OPEN: "未公开，没有登记期限",
    Standing.LATE: "逾期公开",
    Standing.UNDATED: "已公开，日期不详",
    Standing.NOT_DUE: "未到期限，未公开",
    Standing.PUBLISHED: "已公开，没有登记期限",
    Standing.ON_TIME: "按期公开",
}
"""In words."""


class Filing(Struct, frozen=True):
    """One form that has to be published, and what became of it."""

    duty: Duty
    standing: Standing
    records: tuple[RecordRow, ...]
    """The forms that were published, as far as there are any."""

    @property
    def dates(self) -> tuple[str, ...]:
        """When the originals were published, as the records say."""
        return tuple(dict.fromkeys(row.published for row in self.records if row.published))


class Coverage(Struct, frozen=True, dict=True):
    """All forms that have to be published, seen on a day."""

    view: SiteView
    duties: tuple[Duty, ...]
    today: date

    @cached_property
    def key(self) -> bytes:
        """Digest of all it says; the day is in it only as far as something fell due."""
        registry = self.view.registry
        departments = [(one.slug, one.name) for one in registry.departments.values()]
        named = [(one.slug, one.name, one.department) for one in registry.units.values()]
        types = [(one.identifier, one.record_type) for one in self.view.forms.definitions]
        return key_of(self.unit_keys, departments, named, types, sorted(self.published.items()))

    @cached_property
    def unit_keys(self) -> dict[str, bytes]:
        """Digest of what each unit has to publish and what became of it, by slug; names of units are not part of it."""
        units, types = self.view.units, [(one.identifier, one.titles) for one in self.view.forms.definitions]
        by_type = key_of(types)
        return {
            slug: key_of(
                [
                    (
                        one.year,
                        [tuple_of(form) for form in one.forms],
                        one.project,
                        str(one.due or ""),
                        one.title,
                        one.basis,
                        self._is_past(one),
                    )
                    for one in duties
                ],
                units[slug].filings if slug in units else b"",
                by_type,
            )
            for slug, duties in self.by_unit.items()
        }

    @cached_property
    def by_unit(self) -> dict[str, tuple[Duty, ...]]:
        """What each unit has to publish, by slug in order."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties:
            found.setdefault(duty.unit, []).append(duty)
        return {slug: tuple(found[slug]) for slug in sorted(found)}

    @cached_property
    def published(self) -> dict[tuple[str, str, str], int]:
        """How many records there are, by unit, year and form definition."""
        return {
            (slug, part.year, part.form): part.tally.records
            for slug, unit in self.view.units.items()
            for part in unit.parts
        }

    @cached_property
    def filings(self) -> tuple[Filing, ...]:
        """Every form that has to be published: what is worst first, then the newest year, then by unit."""
        return _in_order(one for slug, duties in self.by_unit.items() for one in self._of_unit(slug, duties))

    def filings_of(self, slug: str) -> tuple[Filing, ...]:
        """Return those of a unit, in the same order."""
        return _in_order(self._of_unit(slug, self.by_unit[slug]))

    def _of_unit(self, slug: str, duties: Sequence[Duty]) -> Iterable[Filing]:
        rows = self.view.rows_of(slug) if slug in self.view.units else ()
        for duty in duties:
            records = tuple(one.row for one in rows if self._answers(one, duty))
            is_known = not duty.project or any(project_key(one.row) == duty.project for one in rows)
            yield Filing(duty, self._standing(duty, records, is_known=is_known), records)

    def _answers(self, one: ListedRecord, duty: Duty) -> bool:
        if one.row.year.title != duty.year or duty.project not in ("", project_key(one.row)):
            return False
        return any(is_wanted(one, form, self.view.forms) for form in duty.forms)

    def _standing(self, duty: Duty, records: Sequence[RecordRow], *, is_known: bool) -> Standing:
        if not records:
            if duty.due is None:
                return Standing.OPEN
            missing = Standing.MISSING if is_known else Standing.UNKNOWN
            return missing if self._is_past(duty) else Standing.NOT_DUE
        if duty.due is None:
            return Standing.PUBLISHED
        # What is there before the last day is in time, whatever the form says of when it came.
        if not self._is_past(duty):
            return Standing.ON_TIME
        return in_time([row.published for row in records], duty.due)

    def _is_past(self, duty: Duty) -> bool:
        return duty.due is not None and duty.due < self.today

    @cached_property
    def counts(self) -> Counter[Standing]:
        """How many forms stand how."""
        return Counter(one.standing for one in self.filings)


_ORDER = {standing: place for place, standing in enumerate(Standing)}


def _in_order(found: Iterable[Filing]) -> tuple[Filing, ...]:
    return tuple(sorted(found, key=lambda one: (_ORDER[one.standing], -int(one.duty.year))))


def in_time(dates: Iterable[str], due: date) -> Standing:
    """Tell from the printed dates of publication whether the first form came in time.

    A date that is missing, no date or too coarse leaves that open, unless another one settles it.
    """
    days = [days_of(text) for text in dates]
    if any(one is not None and one.last <= due for one in days):
        return Standing.ON_TIME
    if any(one is None or one.first <= due for one in days):
        return Standing.UNDATED
    return Standing.LATE


def is_wanted(one: ListedRecord, form: WantedForm, forms: FormLibrary) -> bool:
    """Tell whether a record is of a form that is due."""
    match form.by:
        case WantedBy.KIND:
            return one.row.record_type == form.value
        case WantedBy.DEFINITION:
            return one.form == form.value
        case _:
            definition = forms.by_identifier(one.form)
            titles = () if definition.any_title else definition.titles
            # A layout may be known by several titles; one that takes any title says nothing by its list.
            return form.value in {folded(title) for title in (one.row.form.title, *titles)}


def project_key(row: RecordRow) -> str:
    """Return the key of a record's project, which its address ends in."""
    return row.project.url.rpartition("/")[2].removesuffix(".html")


def tuple_of(form: WantedForm) -> tuple[str, str, str]:
    """Return a form as plain values."""
    return form.by.value, form.value, form.label
