"""Whether a target and an actual value are numbers of one unit and one magnitude."""

from decimal import Decimal

from msgspec import Struct

from generator.model.values import CountedList, Quantity, Range
from generator.money import EXACT

BY_SHARE = {"%": Decimal(100), "‰": Decimal(1000)}
"""Units of shares, and what a whole is in each."""

_MOST = Decimal(2)
"""How many times its target a share without a unit may be for it still to look like a fraction: 1.05 of ≥100%."""


class Measure(Struct, frozen=True):
    """A number and what is printed with it."""

    amount: Decimal
    unit: str
    text: str
    """As printed, with its magnitude."""
    is_scaled: bool
    """Whether a magnitude (万) is printed with it."""


def measure_of(value: Quantity | Range | CountedList) -> Measure:
    """Return a value as one number; a range as its upper end."""
    match value:
        case Quantity():
            text = f"{value.number_text}{value.magnitude}"
            return Measure(value.amount, value.normalised_unit, text, bool(value.magnitude))
        case Range():
            return Measure(value.amounts[1], value.unit, value.text.strip(), bool(value.magnitude))
        case CountedList():
            return Measure(value.number, value.unit, f"{value.number:f}", is_scaled=False)


def why_not_comparable(target: Measure, actual: Measure) -> str:
    """Say why two numbers cannot be compared; empty where they can.

    An actual value without a unit is taken in that of its target only where it cannot mean anything else.
    """
    if actual.unit and not target.unit:
        return f"目标没有写单位，完成值的单位是“{actual.unit}”，不能比较"
    if actual.unit and actual.unit != target.unit:
        return f"单位不同（目标“{target.unit}”，完成值“{actual.unit}”），不能比较"
    # Nought is nought in any unit.
    if actual.unit or actual.amount == 0:
        return ""
    if target.is_scaled and not actual.is_scaled:
        return f"目标以“{target.text}”计，完成值没有写单位，看不出以什么计"
    whole = BY_SHARE.get(target.unit)
    if whole is not None and abs(EXACT.multiply(actual.amount, whole)) <= max(
        whole, EXACT.multiply(target.amount, _MOST)
    ):
        return f"目标是百分数，完成值“{actual.text}”没有写单位，看不出是不是小数"
    return ""
