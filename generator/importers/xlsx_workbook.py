"""What a workbook's own part says: its worksheets, defined names and properties."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.importers.package import Package, local_name
from generator.importers.sheet import LAST_COLUMN, LAST_ROW, Area, Place
from generator.importers.sheet_names import OWN_PREFIX, NamedArea

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.IGNORECASE | re.ASCII)
_ON_SHEET = re.compile(r"=?\$?(?:'(?P<quoted>(?:[^']|''){1,200})'|(?P<plain>[^'!:$]{1,200}))[!.](?P<cells>[^!]{2,40})")
_TRUE = {"1", "true"}


def children(element: Any, name: str = "") -> list[Any]:  # noqa: ANN401
    """Return an element's children, or those of its first child of a name."""
    if name:
        element = next((each for each in element if local_name(each) == name), ())
    return list(element)


def is_true(text: str | None) -> bool:
    """Tell whether an attribute says yes."""
    return text in _TRUE


def number(text: str | None, default: int = 0) -> int:
    """Return an attribute as a number, or the default where it is none."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdecimal() else default  # noqa: PLR2004


def place_of(reference: str) -> Place | None:
    """Return the place of a reference such as B4 or $B$4, or None where it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(int(match[2]) - 1, column - 1) if int(match[2]) <= LAST_ROW and column <= LAST_COLUMN else None


def area_of(reference: str) -> Area | None:
    """Return the area of a reference such as A1:C2, or None where it is none."""
    first, _, second = reference.partition(":")
    start, end = place_of(first), place_of(second or first)
    if start is None or end is None:
        return None
    return Area(
        min(start.row, end.row), min(start.column, end.column), max(start.row, end.row), max(start.column, end.column)
    )


def named_areas(elements: Iterable[Any]) -> tuple[NamedArea, ...]:
    """Return the defined names of a workbook and where they point."""
    found = []
    for element in elements:
        match = _ON_SHEET.fullmatch((element.text or "").strip())
        sheet = (match["quoted"] or match["plain"] or "").replace("''", "'") if match else ""
        found.append(NamedArea(element.get("name") or "", sheet, area_of(match["cells"]) if match else None))
    return tuple(found)


def own_properties(package: Package) -> Mapping[str, str]:
    """Return the properties of a file that are ours."""
    parts = [each.target for each in package.relations("").values() if each.kind == "custom-properties"]
    root = package.root(parts[0]) if parts else None
    return {
        element.get("name"): "".join(element.itertext())
        for element in (root if root is not None else ())
        if (element.get("name") or "").startswith(OWN_PREFIX)
    }
