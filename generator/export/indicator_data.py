"""One row of the indicator table as plain data."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Raw, Struct

from generator.export import words
from generator.export.columns import INDICATOR_COLUMNS, PARTS_OF_VALUE
from generator.export.csv_table import named, reasons
from generator.export.plain import Data, Row, Values, encoded, exact, printed_cells, why_unreadable, yes_or_no
from generator.model.forms import FormDefinition
from generator.model.records import Indicator
from generator.model.shortfall import Miss
from generator.model.values import parse_value
from generator.plan.rows import IndicatorRow

_TARGET, _ACTUAL = words.PARSED


class _Parsed(Struct, frozen=True):
    """A printed value taken apart."""

    data: Raw | None
    values: Values


_NOTHING = _Parsed(None, {})


def columns_of(form: FormDefinition) -> dict[str, str | None]:
    """Return what an indicator of a form has in each column that every indicator has, before its own cells."""
    # A column that the layout prints and the author left out is a blank cell.
    return {identifier: "" if identifier in form.indicator_columns else None for identifier in words.ALWAYS}


def indicator_data(
    number: int, indicator: Indicator, row: IndicatorRow, columns: Mapping[str, str | None], site_url: str
) -> Row:
    """Return a row as printed, with its target and actual value also as parsed.

    `columns` is what it has where it has no cell; `site_url` stands before the address in the CSV.
    """
    path, parent = indicator.path, None if indicator.parent is None else indicator.parent + 1
    cells = {**columns, **printed_cells(indicator.cells)}
    target, actual = _parsed(_TARGET, cells[_TARGET]), _parsed(_ACTUAL, cells[_ACTUAL])
    data: Data = {
        "number": number,
        "horizon": indicator.horizon,
        "levels": path,
        "name": indicator.name,
        "parent": parent,
        **cells,
        "target_parsed": target.data,
        "actual_parsed": actual.data,
        "computed_points_lost": exact(row.lost),
        "computed_outcome": row.outcome,
    }
    # Most columns are called as in the JSON.
    values = {
        **data,
        **target.values,
        **actual.values,
        "number": str(number),
        "level1": path[0] if path else None,
        "level2": path[1] if len(path) > 1 else None,
        "levels": " › ".join(path),
        "parent": None if parent is None else str(parent),
        "url": site_url + row.url,
    }
    if row.miss:
        miss = data["computed_miss"] = _miss(row, row.miss)
        values |= {f"computed_miss_{name}": text for name, text in miss.items()}
    unreadable = why_unreadable(indicator.cells)
    if indicator.extra:
        unreadable |= why_unreadable(indicator.extra, "extra")
        extra = data["extra"] = printed_cells(indicator.extra)
        values["extra"] = named(extra)
    if unreadable:
        data["unreadable"] = unreadable
        values["unreadable"] = reasons(unreadable, INDICATOR_COLUMNS)
    data["anchor"] = indicator.anchor
    return Row(data, values)


def _miss(row: IndicatorRow, miss: Miss) -> dict[str, str | None]:
    gap = miss.shortfall
    return {
        "target": miss.target,
        "gap": exact(gap.number) if gap else None,
        "unit": gap.unit if gap else None,
        "way": ("below" if gap.is_below else "above") if gap else None,
        "share": exact(gap.share) if gap else None,
        "full_score": None if row.lost is None else yes_or_no(row.is_unpunished),
    }


# Targets and results repeat from row to row and from year to year.
@lru_cache(maxsize=16_384)
def _parsed(identifier: str, text: str | None) -> _Parsed:
    if text is None:
        return _NOTHING
    data = parse_value(text).to_data()
    parts = {f"{identifier}_parsed_{part}": str(data[part]) for part in PARTS_OF_VALUE if part in data}
    return _Parsed(Raw(encoded(data)), parts)
