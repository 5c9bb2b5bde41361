"""Names that cells of a workbook bear: the fields that a form of ours says they show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.forms.field_names import FIELD_TABLE, decoded, read_name_table
from generator.importers.document import Remark
from generator.importers.sheet import Area, Place, a1

OWN_PREFIX = "jixiao."
"""Of the properties that are ours."""


class NamedArea(NamedTuple):
    """A defined name and where it points."""

    name: str
    sheet: str
    area: Area | None
    """None where it points to no single range, or nowhere any more."""


class CellFields(NamedTuple):
    """The fields that a worksheet's cells show, and what to say of names that point elsewhere."""

    by_place: Mapping[Place, Sequence[str]]
    remarks: tuple[Remark, ...]


def cell_fields(
    named: Iterable[NamedArea], sheet: str, merged: Iterable[Area], properties: Mapping[str, str]
) -> CellFields:
    """Return what the defined names of a workbook say of the cells of one worksheet."""
    table = read_name_table(properties.get(FIELD_TABLE, ""))
    ends = {Place(area.top, area.left): area for area in merged}
    fields: dict[Place, list[str]] = {}
    remarks = []
    for each in named:
        name = decoded(each.name, table)
        if name is None or each.sheet.casefold() != sheet.casefold() or each.area is None:
            continue
        place = Place(each.area.top, each.area.left)
        own = ends.get(place, Area(*place, *place))
        if each.area in {own, Area(*place, *place)} and not _is_covered(place, ends.values()):
            fields.setdefault(place, []).append(name)
        else:
            span = f"{a1(place)}:{a1(Place(each.area.bottom, each.area.right))}"
            remarks.append(
                Remark(
                    f"名称 {each.name} 应指向一个单元格，现在指向 {span}，没有采用；改按栏目名称认。",
                    f"工作表“{sheet}”",
                )
            )
    return CellFields({place: tuple(dict.fromkeys(names)) for place, names in fields.items()}, tuple(remarks))


def lost_names(named: Iterable[NamedArea], sheets: Iterable[str], properties: Mapping[str, str]) -> tuple[Remark, ...]:
    """Return what to say of names of ours that point nowhere any more."""
    table = read_name_table(properties.get(FIELD_TABLE, ""))
    known = {sheet.casefold() for sheet in sheets}
    lost = [
        each.name
        for each in named
        if decoded(each.name, table) is not None and (each.area is None or each.sheet.casefold() not in known)
    ]
    if not lost:
        return ()
    return (Remark(f"{len(lost)} 个名称（如 {lost[0]}）所指的单元格已不在，没有采用；改按栏目名称认。"),)


def _is_covered(place: Place, areas: Iterable[Area]) -> bool:
    return any(
        area.top <= place.row <= area.bottom and area.left <= place.column <= area.right and area[:2] != place
        for area in areas
    )
