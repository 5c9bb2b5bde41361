"""What a record prints as one short text, so that a print or a copy can be held against what was published.

Only the form itself counts: not how its file is laid out, nor what stands beside the form (source, notes, waivers,
replies, corrections). A cell that is not there prints as blank as one that is; blank, 0, -, — and / stay different.
The digests are printed on paper and published for good, so nothing here may change what they are of.
"""

import hashlib
from collections.abc import Iterable, Mapping

from msgspec.json import Encoder

from generator.model.records import Cell, FreeTable, Funding, FundingRow, Indicator, Prose, Record
from generator.patterns import lazy_pattern
from generator.vocabulary import TERMS, Kind, Place

Content = dict[str, object]
"""Texts, numbers of rows and lists and objects of such."""

SHORTEST, SHORT = 12, 16
"""Digits of a digest that tell a record: the fewest that are taken, and those that are printed."""

_BLANK = lazy_pattern(r"(?<![!-~])\s+|\s+(?![!-~])")
"""Blanks but those between two words or figures of Latin script: 1 2 is not 12."""
FIGURES = {
    place: frozenset(term.identifier for term in TERMS[place] if term.kind in (Kind.FIGURE, Kind.VALUE))
    for place in (Place.FUNDING_ROW, Place.INDICATOR)
}
ROW_WORDS = {
    Place.FUNDING_ROW: ("label", "group", "parent"),
    Place.INDICATOR: ("horizon", "levels", "name", "parent"),
}
"""What says whose figures those of a row are: the same ten thousand beside another name is another figure."""
_OF_FIGURES = ("fiscal_year", "money_unit", "total_", "level1_weights", "tables", "extra")
"""How the names of fields begin that are figures or hold any."""
_canonical = Encoder(order="sorted").encode


def printed_digest(record: Record) -> str:
    """Return the SHA-256 of all that a record prints, 64 digits."""
    return digest_of_content(printed_content(record))


def figures_digest(record: Record) -> str:
    """Return the SHA-256 of the figures in a record's tables, 64 digits: amounts, values, points, scores, weights.

    The words of each row are, since they say what its figures are of; figures amid words of a text are not.
    """
    return digest_of_content(figures_of(printed_content(record)))


def short_digest(digest: str) -> str:
    """Return a digest as it is printed: 1a2b 3c4d 5e6f 7a8b."""
    return " ".join(digest[start : start + 4] for start in range(0, SHORT, 4))


def digest_of_content(content: Content) -> str:
    """Return the SHA-256 of what a form prints: of its JSON without blanks, keys in order, in UTF-8."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def printed_content(record: Record) -> Content:
    """Return what a record prints, named as in the published JSON; what is blank is left out."""
    unreadable: dict[str, str] = {}
    content: Content = {"form": record.form, "fiscal_year": record.fiscal_year}
    content |= _texts(record.head, unreadable)
    content |= _prose(record.prose)
    if record.funding is not None:
        content |= _texts({"money_unit": record.funding.unit}, unreadable)
        content["funding"] = _funding(record.funding)
    content["indicators"] = [_indicator(row) for row in record.indicators]
    content["level1_weights"] = _texts(record.level1_weights, unreadable, "level1_weights/")
    content |= {f"total_{key}": text for key, text in _texts(record.total, unreadable, "total_").items()}
    content["tables"] = [_table(table, f"tables/{number}/", unreadable) for number, table in enumerate(record.tables)]
    content["extra"] = _texts(record.extra, unreadable, "extra/")
    content["unreadable"] = unreadable
    return without_blanks(content)


def figures_of(content: Content) -> Content:
    """Return the part of what a record prints that is figures; `content` as from `printed_content`."""
    found = {key: value for key, value in content.items() if key.startswith(_OF_FIGURES)}
    unreadable = content.get("unreadable", {})
    if isinstance(unreadable, dict):
        # By its way: money_unit, total_score, level1_weights/..., tables/...
        found["unreadable"] = {way: why for way, why in unreadable.items() if way.startswith(_OF_FIGURES)}
    for block, place in (("funding", Place.FUNDING_ROW), ("indicators", Place.INDICATOR)):
        rows = content.get(block, ())
        if isinstance(rows, list):
            found[block] = [_figures(row, place) for row in rows]
    return without_blanks(found)


def without_blanks(content: Content) -> Content:
    """Leave out what is empty, one level deep: what is not there prints the same."""
    return {key: value for key, value in content.items() if value}


def plain_prose(text: str) -> str:
    """Return a text without its line breaks and blanks, but for those between words of Latin script."""
    return " ".join(_BLANK.sub("", text).split())


def escaped(part: str) -> str:
    """Return a name as one part of a way: a printed title may hold a slash."""
    return part.replace("~", "~0").replace("/", "~1")


def _texts(cells: Mapping[str, Cell], unreadable: dict[str, str], way: str = "") -> dict[str, str]:
    """Return what cells print, without blanks, and note those that cannot be read."""
    # Written out, since a corpus has millions of them.
    texts = {}
    for key, cell in cells.items():
        if cell.text:
            texts[key] = cell.text
        if cell.unreadable:
            unreadable[way + escaped(key)] = cell.unreadable
    return texts


def _prose(texts: Mapping[str, Prose]) -> dict[str, str]:
    objective = {term.identifier for term in TERMS[Place.OBJECTIVE]}
    return {f"objective_{key}" if key in objective else key: plain_prose(prose.text) for key, prose in texts.items()}


def _funding(funding: Funding) -> list[Content]:
    return [_funding_row(row) for row in funding.rows]


def _funding_row(row: FundingRow) -> Content:
    unreadable = {"row": row.unreadable} if row.unreadable else {}
    content: Content = {"label": row.label, "group": row.group, **_texts(row.cells, unreadable)}
    content["parent"] = None if row.parent is None else row.parent + 1
    content["printed_cells"] = _listed(row.printed_cells, "printed_cells/", unreadable)
    content["extra"] = _texts(row.extra, unreadable, "extra/")
    content["unreadable"] = unreadable
    return without_blanks(content)


def _indicator(row: Indicator) -> Content:
    unreadable: dict[str, str] = {}
    content: Content = {"horizon": row.horizon, **_texts(row.cells, unreadable)}
    # Said only where there is any: most rows have but their cells.
    if row.path:
        content["levels"] = row.path
    if row.name:
        content["name"] = row.name
    if row.parent is not None:
        content["parent"] = row.parent + 1
    extra = _texts(row.extra, unreadable, "extra/") if row.extra else None
    if extra:
        content["extra"] = extra
    if unreadable:
        content["unreadable"] = unreadable
    return content


def _table(table: FreeTable, way: str, unreadable: dict[str, str]) -> Content:
    rows = [_listed(row, f"{way}rows/{number}/", unreadable) for number, row in enumerate(table.rows)]
    return {"title": table.title, "columns": list(table.columns), "rows": rows}


def _listed(cells: Iterable[Cell], way: str, unreadable: dict[str, str]) -> list[str]:
    cells = list(cells)
    unreadable |= {f"{way}{place}": cell.unreadable for place, cell in enumerate(cells) if cell.unreadable}
    return [cell.text for cell in cells]


def _figures(row: Content, place: Place) -> Content:
    kept = (*ROW_WORDS[place], *FIGURES[place], "printed_cells", "extra", "unreadable")
    return {key: row[key] for key in kept if key in row}
