"""The target and the actual value of a row, wherever its form prints their parts."""

from msgspec import Struct

from generator.model.records import BLANK, Cell, Indicator
from generator.model.values import CountedList, FreeText, Frequency, Quantity, Range, Value, parse_value
from generator.patterns import lazy_pattern
from generator.text import folded

TARGET_COLUMNS = ("adjusted_target", "target", "initial_target")
"""Where several targets are printed, the last one approved is what counts."""

_BESIDE = ("nature", "target_unit")
_BY_WORDS = frozenset({"定性", "定性指标"})


def target_cell(indicator: Indicator) -> Cell:
    """Return the target that counts, or a blank cell where the form has none.

    An operator or a unit of its own column that cannot be read leaves the whole target unreadable.
    """
    cells = indicator.cells
    for key in _BESIDE:
        if key in cells and cells[key].unreadable:
            return cells[key]
    first = None
    for key in TARGET_COLUMNS:
        if key in cells:
            cell = cells[key]
            if cell.text or cell.unreadable:
                return cell
            first = first or cell
    return first or BLANK


# A number with its counting word inside a sentence; years, months and numbers of documents are none.
_COUNTED = lazy_pattern(r"[0-9](?:人次|场次|平方米|公里|万元|[%‰人名次场个项家户件份期批元])")


def has_number(target: Value) -> bool:
    """Tell whether a target asks for a number, be it amid words; a date is none."""
    if isinstance(target, FreeText):
        return _COUNTED.search(folded(target.text)) is not None
    return isinstance(target, (Quantity, Range, CountedList, Frequency))


class Printed(Struct, frozen=True):
    """What one row prints of its target and its actual value."""

    target: str
    actual: str
    nature: str | None
    """The operator of the target where it has a column of its own; None where it has none."""
    unit: str | None
    """The unit of both where it has a column of its own; None where it has none."""


def printed_of(indicator: Indicator, target: Cell) -> Printed:
    """Return what a row prints of its target that counts, as `target_cell` finds it, and of its actual value."""
    cells = indicator.cells
    nature, unit = cells.get("nature"), cells.get("target_unit")
    return Printed(
        target.text,
        cells.get("actual", BLANK).text,
        None if nature is None else nature.text,
        None if unit is None else unit.text,
    )


def target_of(printed: Printed) -> Value:
    """Parse the target; an operator and a unit in columns of their own are read together with it."""
    return _joined(printed, printed.target, with_operator=True)


def actual_of(printed: Printed) -> Value:
    """Parse the actual value; a unit in a column of its own is read together with it."""
    return _joined(printed, printed.actual, with_operator=False)


def _joined(printed: Printed, text: str, *, with_operator: bool) -> Value:
    value = parse_value(text)
    if not isinstance(value, Quantity) or (printed.nature is None and printed.unit is None):
        return value
    nature, unit = folded(printed.nature or ""), (printed.unit or "").strip()
    before = nature if with_operator and value.comparator is None and nature not in _BY_WORDS else ""
    whole = parse_value(f"{before}{text.strip()}{'' if value.unit else unit}")
    return whole if isinstance(whole, Quantity) else value
