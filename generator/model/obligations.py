"""Which forms have to be published, by whom and by when, as somebody registered it."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct


class WantedBy(StrEnum):
    """By what a form is named."""

    KIND = "kind"
    """The kind of record: SelfEvaluation, DepartmentEvaluation, TargetDeclaration."""
    TITLE = "title"
    """The title printed on the form."""
    DEFINITION = "definition"
    """Identifier of the form definition."""


class WantedForm(Struct, frozen=True):
    """Which form has to be published."""

    by: WantedBy
    value: str
    label: str
    """As authored."""


class Deadline(Struct, frozen=True):
    """The last day on which a form is published in time."""

    month: int
    day: int
    year: int | None = None
    """None where it counts from the year of the form."""
    years_after: int = 0
    """How many years after the year of the form, where no year is said."""

    def of(self, fiscal_year: int) -> date:
        """Return the day for the forms of a year; the last day of February where there is no 29th."""
        year = fiscal_year + self.years_after if self.year is None else self.year
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, self.month, 28)


class Obligation(Struct, frozen=True):
    """Some forms that some units have to publish."""

    title: str
    """What it is called; empty where it has no name of its own."""
    forms: tuple[WantedForm, ...]
    """Any of them will do."""
    units: tuple[str, ...]
    """Slugs, in order."""
    years: tuple[int, ...]
    """Newest first."""
    projects: tuple[str, ...] = ()
    """Keys of projects each of which has to have the form; empty where one form of the unit will do."""
    deadline: Deadline | None = None
    basis: str = ""
    """What it rests on."""


class Duty(Struct, frozen=True):
    """One form that one unit has to publish for one year."""

    unit: str
    year: str
    forms: tuple[WantedForm, ...]
    """Any of them will do."""
    project: str
    """Key of the project; empty where any form of the unit will do."""
    due: date | None
    title: str
    basis: str

    @property
    def name(self) -> str:
        """What to call the form that is due."""
        return self.title or "或".join(form.label for form in self.forms)


def duties_of(obligations: tuple[Obligation, ...]) -> tuple[Duty, ...]:
    """Return every single form that has to be published; what is registered twice counts once, as registered first."""
    found: dict[tuple[object, ...], Duty] = {}
    for one in obligations:
        for year in one.years:
            due = one.deadline.of(year) if one.deadline else None
            for unit in one.units:
                for project in one.projects or ("",):
                    duty = Duty(unit, str(year), one.forms, project, due, one.title, one.basis)
                    found.setdefault((unit, year, one.forms, project, due), duty)
    return tuple(found.values())


def turning_days(duties: tuple[Duty, ...], today: date) -> tuple[str, str]:
    """Return the days, ISO, from which on and before which nothing is due that was not; empty where there is no such."""
    turns = {one.due + timedelta(days=1) for one in duties if one.due}
    past, coming = [one for one in turns if one <= today], [one for one in turns if one > today]
    return max(past).isoformat() if past else "", min(coming).isoformat() if coming else ""
