"""The target and the actual value of a row, wherever its form prints their parts."""

from generator.model.records import BLANK, Cell, Indicator
from generator.model.values import Quantity, Value, parse_value
from generator.text import folded

TARGET_COLUMNS = ("adjusted_target", "target", "initial_target")
"""Where several targets are printed, the last one approved is what counts."""

_BY_WORDS = frozenset({"定性", "定性指标"})


def target_cell(indicator: Indicator) -> Cell:
    """Return the target that counts, or a blank cell where the form has none.

    An operator or a unit of its own column that cannot be read leaves the whole target unreadable.
    """
    for key in ("nature", "target_unit"):
        beside = indicator.cells.get(key)
        if beside is not None and beside.unreadable:
            return beside
    cells = [indicator.cells[key] for key in TARGET_COLUMNS if key in indicator.cells]
    return next((cell for cell in cells if cell.text or cell.unreadable), cells[0] if cells else BLANK)


def target_of(indicator: Indicator) -> Value:
    """Parse the target; an operator and a unit in columns of their own are read together with it."""
    return _joined(indicator, target_cell(indicator).text, with_operator=True)


def actual_of(indicator: Indicator) -> Value:
    """Parse the actual value; a unit in a column of its own is read together with it."""
    return _joined(indicator, indicator.cells.get("actual", BLANK).text, with_operator=False)


def _joined(indicator: Indicator, text: str, *, with_operator: bool) -> Value:
    value = parse_value(text)
    cells = indicator.cells
    if not isinstance(value, Quantity) or not ("nature" in cells or "target_unit" in cells):
        return value
    nature = folded(cells["nature"].text) if "nature" in cells else ""
    unit = cells["target_unit"].text.strip() if "target_unit" in cells else ""
    before = nature if with_operator and value.comparator is None and nature not in _BY_WORDS else ""
    whole = parse_value(f"{before}{text.strip()}{'' if value.unit else unit}")
    return whole if isinstance(whole, Quantity) else value
