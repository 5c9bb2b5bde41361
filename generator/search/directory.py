"""What scripts load first: the units, departments, forms and rules there are, and where each record belongs."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from generator.model.catalog import Registry, Unit
from generator.model.forms import FormLibrary
from generator.plan.group_pages import form_title
from generator.plan.site_view import SiteView
from generator.search.postings import digits_for, number_of
from generator.search.shards import shard_count

DIRECTORY = "directory"


class UnitEntry(Struct, frozen=True, array_like=True, gc=False):
    """The years and forms of a unit's records, in the order of the catalog."""

    years: tuple[tuple[str, int], ...]
    """Each with how many records in a row are of it."""
    forms: str
    """A digit, or two, for each record."""


NO_RECORDS = UnitEntry((), "")


def unit_entry(records: Iterable[tuple[str, str]], forms: FormLibrary) -> UnitEntry:
    """Return the entry of a unit; `records` are years and identifiers of forms."""
    found = tuple(records)
    width = digits_for(len(forms.definitions))
    numbers = {one: number_of(number, width) for number, one in enumerate(_identifiers(forms))}
    years = tuple((year, len(tuple(own))) for year, own in groupby(year for year, _ in found))
    return UnitEntry(years, "".join(numbers[form] for _, form in found))


def unit_ids(ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of a unit's records as scripts load them: years in a row, each with the last parts of its records' ids."""
    parts = (identifier.split("/", 2) for identifier in ids)
    return tuple((year, *(name for *_, name in own)) for year, own in groupby(parts, lambda part: part[0]))


def _identifiers(forms: FormLibrary) -> tuple[str, ...]:
    return tuple(sorted({form.identifier for form in forms.definitions}))


def directory(view: SiteView, entries: Mapping[str, UnitEntry], rules: Sequence[str], pages: int) -> dict[str, Any]:
    """Return the directory; `rules` are the codes that are asked, `pages` how many pages can be found."""
    registry = view.registry
    titles = {one.code: one.title for one in view.rule_findings}
    total = view.whole.tally.records
    units = []
    for slug in view.units:
        unit, entry = registry.units[slug], entries[slug]
        runs = [part for year, count in entry.years for part in (year, count)]
        units.append([slug, unit.name, unit.department, district_of(unit, registry), runs, entry.forms])
    wanted = {one for one in view.units_by_department if one in registry.departments}
    forms = [view.forms.by_identifier(one) for one in _identifiers(view.forms)]
    return {
        "units": units,
        "departments": {
            one: [registry.departments[one].name, registry.departments[one].district] for one in sorted(wanted)
        },
        "forms": [[form.identifier, form_title(form), form.record_type] for form in forms],
        "rules": {code: [titles[code]] for code in rules if code in titles},
        "shards": shard_count(total),
        "records": total,
        "pages": pages,
    }


def district_of(unit: Unit, registry: Registry) -> str:
    """Return the district of a unit: its own as registered, else that of its department."""
    department = registry.departments.get(unit.department)
    return unit.district or (department.district if department else "")
