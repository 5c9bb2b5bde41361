"""From the model to plain data: printed text stays as it is, amounts in yuan become numbers, other results text."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator.model.records import Cell
from generator.plan.figures import format_decimal

Data = dict[str, Any]
"""An object of the published JSON; no value in it is a float."""


def printed(cell: Cell | None) -> str | None:
    """Return what a cell prints: empty for a blank, None for a cell that is not there or cannot be read."""
    return None if cell is None or (cell.unreadable and not cell.text) else cell.text


def printed_cells(cells: Mapping[str, Cell]) -> dict[str, str | None]:
    """Return what several cells print, by their key."""
    return {key: printed(cell) for key, cell in cells.items()}


def why_unreadable(cells: Mapping[str, Cell], *way: str) -> dict[str, str]:
    """Return the reasons of cells that cannot be read, by the way to them inside their object.

    The parts of the way are joined by / and escaped as in a JSON Pointer, since printed titles may hold a slash.
    """
    return {
        "/".join(_escaped(part) for part in (*way, key)): cell.unreadable
        for key, cell in cells.items()
        if cell.unreadable
    }


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def exact(number: Decimal | None) -> str | None:
    """Return a computed number as text without exponent, or None where there is none."""
    return None if number is None else format_decimal(number)


def in_whole_cents(yuan: Decimal) -> Decimal:
    """Return an amount in yuan with two places, or with more where it has more: 4173200.00."""
    whole, _, fraction = format(yuan, "f").partition(".")
    return Decimal(f"{whole}.{fraction.rstrip('0').ljust(2, '0')}")


def encoded(data: Data) -> bytes:
    """Return compact JSON; a Decimal becomes a number with all its digits, without passing through a float."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_marked)
    return _MARKED.sub(r"\1", text).encode()


# Private-use characters, which no form prints, around what is to lose its quotation marks.
_MARKED = re.compile('"\ue000(-?[0-9.]+)\ue001"')


def _marked(number: Decimal) -> str:
    return f"\ue000{number:f}\ue001"
