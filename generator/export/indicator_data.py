"""One row of the indicator table as plain data."""

from generator.export import words
from generator.export.plain import Data, exact, printed, printed_cells, why_unreadable
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, Indicator
from generator.model.values import parse_value
from generator.plan.rows import IndicatorRow


def indicator_data(number: int, indicator: Indicator, row: IndicatorRow, form: FormDefinition) -> Data:
    """Return a row as printed, with its target and actual value also as parsed."""
    levels = indicator.path
    data: Data = {"number": number, "horizon": indicator.horizon, "levels": list(levels)}
    data |= {f"level{position + 1}": levels[position] if position < len(levels) else None for position in (0, 1)}
    data["name"] = indicator.name
    data["parent"] = None if indicator.parent is None else indicator.parent + 1
    # A column that the layout prints and the author left out is a blank cell.
    cells = {**{key: BLANK for key in form.indicator_columns if key in words.ALWAYS}, **indicator.cells}
    data |= {
        term.identifier: printed(cells.get(term.identifier))
        for term in words.INDICATOR_CELLS
        if term.identifier in cells or term.identifier in words.ALWAYS
    }
    for identifier in words.PARSED:
        text = data[identifier]
        data[f"{identifier}_parsed"] = None if text is None else parse_value(text).to_data()
    data |= {"computed_points_lost": exact(row.lost), "computed_outcome": row.outcome.value}
    if indicator.extra:
        data["extra"] = printed_cells(indicator.extra)
    if unreadable := why_unreadable(cells) | why_unreadable(indicator.extra, "extra"):
        data["unreadable"] = unreadable
    return data | {"anchor": indicator.anchor, "url": row.url}
