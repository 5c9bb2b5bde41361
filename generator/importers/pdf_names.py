"""What our own PDFs say of themselves: the fields that cells show, and whose forms they are."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

import pypdfium2  # type: ignore[import-untyped]
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from generator.forms.field_names import FIELD_TABLE, decoded, read_name_table
from generator.importers.pdf_page import upright_points

NAMES = 50_000
_OURS = "jixiao."
_XYZ = ("page", "XYZ", "left", "top")
_SCROLL_ROOM = 10.0
"""What the program that sets our PDFs leaves above a named place."""


class NamedPlace(NamedTuple):
    """A field's place on a page."""

    field: str
    x: float
    y: float


def read_properties(file: pypdfium2.PdfDocument) -> Mapping[str, str]:
    """Return what a file's keywords say under names of ours."""
    properties = {}
    for keyword in file.get_metadata_value("Keywords").split(","):
        name, equals, value = keyword.strip().partition("=")
        if equals and name.startswith(_OURS):
            properties[name] = unquote(value)
    return properties


def read_places(data: bytes, properties: Mapping[str, str]) -> Mapping[int, Sequence[NamedPlace]]:
    """Return by page, from 0, the places that are named by fields of ours, in the page's own space.

    pdfium takes the names for another encoding than theirs, and loses characters; so pdfminer reads them.
    """
    table = read_name_table(properties.get(FIELD_TABLE, ""))
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    numbers = {page.pageid: number for number, page in enumerate(PDFPage.create_pages(document))}
    tree = _entry(_entry(document.catalog, "Names"), "Dests")
    places: dict[int, list[NamedPlace]] = {}
    for name, target in _leaves(tree):
        field = decoded(name.decode("utf-8", "replace"), table)
        destination = _entry(target, "D") or resolve1(target)
        if field is None or not isinstance(destination, list) or len(destination) < len(_XYZ):
            continue
        page = numbers.get(getattr(destination[0], "objid", None))
        x, y = resolve1(destination[2]), resolve1(destination[3])
        if page is not None and isinstance(x, int | float) and isinstance(y, int | float):
            places.setdefault(page, []).append(NamedPlace(field, x, y))
    return places


def upright(page: pypdfium2.PdfPage, places: Sequence[NamedPlace]) -> Sequence[NamedPlace]:
    """Return the places of a page as seen from its top left corner."""
    points = upright_points(page, [(place.x, place.y) for place in places])
    return [NamedPlace(place.field, x, y + _SCROLL_ROOM) for place, (x, y) in zip(places, points, strict=True)]


def _leaves(tree: object) -> Iterator[tuple[bytes, object]]:
    """Yield names and what they stand for from a tree of names."""
    waiting = [tree]
    met = 0
    while waiting and met < NAMES:
        node = waiting.pop()
        met += 1
        waiting.extend(reversed(_listed(_entry(node, "Kids"))[:NAMES]))
        names = _listed(_entry(node, "Names"))
        for name, target in zip(names[::2], names[1::2], strict=False):
            met += 1
            key = resolve1(name)
            if isinstance(key, bytes):
                yield key, target


def _entry(node: object, key: str) -> object:
    found = resolve1(node)
    return resolve1(found.get(key)) if isinstance(found, dict) else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
