"""From the model to plain data: printed text stays as it is, amounts in yuan become numbers, other results text."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Encoder

from generator.model.printed import escaped
from generator.model.records import Cell
from generator.money import decimal_of, in_yuan
from generator.plan.figures import format_decimal

Data = dict[str, Any]
"""An object of the published JSON; no value in it is a float."""

Values = Mapping[str, str | None]
"""The cells of a CSV row by the identifier of their column; what has no column does not matter."""


class Row(Struct, frozen=True, gc=False):
    """One row of a record's tables."""

    data: Data
    """As it stands in the JSON."""
    values: Values
    """As it stands in the CSV."""


encoded = Encoder().encode
"""Return compact JSON; a `number_of` stands there with all its digits, without passing through a float."""


def printed(cell: Cell | None) -> str | None:
    """Return what a cell prints: empty for a blank, None for a cell that is not there or cannot be read."""
    return None if cell is None or (cell.unreadable and not cell.text) else cell.text


def printed_cells(cells: Mapping[str, Cell]) -> dict[str, str | None]:
    """Return what several cells print, by their key."""
    # Written out, since a corpus has millions of them.
    return {key: None if cell.unreadable and not cell.text else cell.text for key, cell in cells.items()}


def why_unreadable(cells: Mapping[str, Cell], *way: str) -> dict[str, str]:
    """Return the reasons of cells that cannot be read, by the way to them inside their object.

    The parts of the way are joined by / and escaped as in a JSON Pointer, since printed titles may hold a slash.
    """
    return {
        "/".join(escaped(part) for part in (*way, key)): cell.unreadable
        for key, cell in cells.items()
        if cell.unreadable
    }


def exact(number: Decimal | None) -> str | None:
    """Return a computed number as text without exponent, or None where there is none."""
    return None if number is None else format_decimal(number)


def yes_or_no(holds: bool) -> str:  # noqa: FBT001  it is all there is to say
    """Return a fact as a word: a table has no other type for it that every program reads alike."""
    return "yes" if holds else "no"


def number_of(text: str) -> Raw:
    """Return digits as a number of the JSON, just as they are."""
    return Raw(text.encode())


def in_whole_cents(yuan: Decimal) -> str:
    """Return an amount in yuan with two places, or with more where it has more: 4173200.00."""
    whole, _, fraction = format(yuan, "f").partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


# A corpus prints the same few thousand figures over and over.
@lru_cache(maxsize=16_384)
def yuan_of(text: str, unit: str) -> str | None:
    """Return what a cell prints in a unit of money as an amount in yuan, or None where it prints no number."""
    number = decimal_of(text)
    yuan = None if number is None else in_yuan(number, unit)
    return None if yuan is None else in_whole_cents(yuan)
