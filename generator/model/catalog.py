"""The index of the whole site: records by year, unit, department, project and form."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from generator.model.forms import FormDefinition, FormLibrary
from generator.model.records import Record

Key = TypeVar("Key", str, tuple[str, str])

STAGES = ("TargetDeclaration", "Other", "SelfEvaluation", "DepartmentEvaluation")
"""Order of the records of one project within a year: promised before delivered."""


class Department(Struct, frozen=True):
    """A competent department as registered."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    district: str = ""


class Unit(Struct, frozen=True):
    """A unit that publishes records."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    department: str = ""
    """Slug of its competent department; empty where none is registered."""
    district: str = ""


class Registry(Struct, frozen=True):
    """Units and departments by slug."""

    units: Mapping[str, Unit]
    departments: Mapping[str, Department]


class Project(Struct, frozen=True):
    """One project of a unit over years and stages."""

    unit: str
    key: str
    name: str
    """The name printed on the latest record."""
    records: tuple[Record, ...]


class Catalog(Struct, frozen=True):
    """All records that can be published, in the order of the site: newest year first, then unit and project."""

    records: tuple[Record, ...]
    registry: Registry
    forms: FormLibrary
    by_year: Mapping[str, tuple[Record, ...]]
    by_unit: Mapping[str, tuple[Record, ...]]
    by_department: Mapping[str, tuple[Record, ...]]
    """By department slug; records of units without a department are under the empty slug."""
    by_form: Mapping[str, tuple[Record, ...]]
    """By identifier of the form definition."""
    projects: Mapping[tuple[str, str], Project]
    """By unit slug and project key."""

    def form_of(self, record: Record) -> FormDefinition:
        """Return the definition that lays out a record."""
        return self.forms.by_identifier(record.layout)

    def unit_of(self, record: Record) -> Unit:
        """Return the unit a record belongs to, by its folder."""
        return self.registry.units[record.unit]

    def project_of(self, record: Record) -> Project:
        """Return the project a record is a year or a stage of."""
        return self.projects[record.unit, record.project_key]


def make_catalog(records: Iterable[Record], registry: Registry, forms: FormLibrary) -> Catalog:
    """Index the records; every unit folder must be in the registry."""
    types = {definition.identifier: definition.record_type for definition in forms.definitions}

    def order(record: Record) -> tuple[int, str, str, int, str]:
        return (-record.fiscal_year, record.unit, record.project_key, STAGES.index(types[record.layout]), record.id)

    ordered = tuple(sorted(records, key=order))
    return Catalog(
        records=ordered,
        registry=registry,
        forms=forms,
        by_year=_grouped(ordered, lambda record: record.year),
        by_unit=_grouped(ordered, lambda record: record.unit),
        by_department=_grouped(ordered, lambda record: registry.units[record.unit].department),
        by_form=_grouped(ordered, lambda record: record.layout),
        projects={
            (unit, key): Project(unit, key, _project_name(group), group)
            for (unit, key), group in _grouped(ordered, lambda record: (record.unit, record.project_key)).items()
        },
    )


def _project_name(records: tuple[Record, ...]) -> str:
    return next((record.text("project_name") for record in records if record.text("project_name")), records[0].name)


def _grouped(records: Iterable[Record], key: Callable[[Record], Key]) -> dict[Key, tuple[Record, ...]]:
    groups: dict[Key, list[Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {value: tuple(group) for value, group in sorted(groups.items())}
