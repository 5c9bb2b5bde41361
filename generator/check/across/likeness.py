"""How alike two texts are, in percent, without ever comparing long ones in full for nothing."""

from collections import Counter
from decimal import Decimal

from msgspec import Struct

LONGEST = 800
"""Characters of a text that are compared; what is copied shows long before."""

_NONE = Decimal(0)


class Difference(Struct, frozen=True):
    """How alike two texts are, and what differs."""

    percent: Decimal
    """Characters both have in the same order, of all; zero where it is surely below what was asked for."""
    changes: tuple[str, ...] = ()
    """What either has alone, place by place."""


def difference(one: str, other: str, lowest: Decimal) -> Difference:
    """Compare two texts; the difference is worked out only where they may be as alike as asked for."""
    first, second = one[:LONGEST], other[:LONGEST]
    whole = len(first) + len(second)
    if not whole or Decimal(200 * min(len(first), len(second))) / whole < lowest:
        return Difference(_NONE)
    # As many signs in common as there can be, whatever their order.
    common = sum((Counter(first) & Counter(second)).values())
    if Decimal(200 * common) / whole < lowest:
        return Difference(_NONE)
    # Few texts come so far, and a small change has none to compare.
    from difflib import SequenceMatcher  # noqa: PLC0415

    codes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    changes = tuple(first[start:end] + second[begin:stop] for tag, start, end, begin, stop in codes if tag != "equal")
    return Difference(Decimal(200 * same) / whole, changes)
