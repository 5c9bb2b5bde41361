"""What a record prints, taken from its published JSON: whoever has the file can hold it against a print."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.export import words
from generator.export.plain import Data
from generator.model.printed import Content, plain_prose, without_blanks

_TEXTS = ("form", "fiscal_year", *(term.identifier for term in words.HEAD), "money_unit")
_TEXTS += tuple(f"total_{term.identifier}" for term in words.TOTALS)
_PROSE = (
    *(f"objective_{term.identifier}" for term in words.OBJECTIVE),
    *(term.identifier for term in words.PROSE),
)
_FUNDING = ("label", "group", "parent", *(term.identifier for term in words.FUNDING_CELLS))
_INDICATOR = ("horizon", "levels", "name", "parent", *(term.identifier for term in words.INDICATOR_CELLS))
_BESIDE = "source/"
"""How the ways to cells begin that stand beside the form."""


def content_of_json(data: Data) -> Content:
    """Return the same as `printed_content` of the record that a JSON was made from."""
    content: Content = {key: data.get(key) for key in _TEXTS}
    content |= {key: plain_prose(data[key]) for key in _PROSE if data.get(key)}
    content["funding"] = [_row(row, _FUNDING) for row in data["funding"]]
    content["indicators"] = [_row(row, _INDICATOR) for row in data["indicators"]]
    content["level1_weights"] = without_blanks(data["level1_weights"])
    content["tables"] = [
        {**table, "columns": list(table["columns"]), "rows": [_listed(row) for row in table["rows"]]}
        for table in data["tables"]
    ]
    content["extra"] = without_blanks(data["extra"])
    unreadable: Mapping[str, str] = data.get("unreadable", {})
    content["unreadable"] = {way: why for way, why in unreadable.items() if not way.startswith(_BESIDE)}
    return without_blanks(content)


def _row(row: Mapping[str, Any], keys: Iterable[str]) -> Content:
    content: Content = {key: row.get(key) for key in keys}
    content["printed_cells"] = _listed(row.get("printed_cells", ()))
    content["extra"] = without_blanks(row.get("extra", {}))
    content["unreadable"] = row.get("unreadable", {})
    return without_blanks(content)


def _listed(cells: Iterable[str | None]) -> list[str]:
    return [text or "" for text in cells]
