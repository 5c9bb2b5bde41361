"""Rows whose cells stand one column too far, and cells that hold no figure where only figures belong."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, MoneyRow, Row, Value, doubt
from generator.load.cells import UNREADABLE
from generator.money import decimal_of, is_figure
from generator.text import folded

_POINTS = ("points", "score", "review_score")
_WORDS = ("label", "adjustment_reason")
"""Columns of money that hold words."""
_COMPARED = re.compile(r"[≥≤＝=><≧≦]|不(?:低|高|少|超)")
_TRUTHS = ("true", "false", "是", "否")
_MOST_RATE = _MOST_POINTS = Decimal(1000)
"""More than any form prints: percent of a budget spent, points of one row."""


def doubt_shifted(form: Collected) -> None:
    """Mark what cannot stand where it stands, and with it the row that has slipped."""
    with_percent = {key: _is_mixed(row.cells.get(key) for row in form.rows) for key in _POINTS}
    for row in form.rows:
        _indicator(row, {key for key, mixed in with_percent.items() if mixed})
    for money in form.money:
        _money(money)
    for key, value in form.total.items():
        form.total[key] = _figure_only(value)


def _is_mixed(values: Iterable[Value | None]) -> bool:
    """Tell whether a column holds figures with a percent sign beside figures without one."""
    figures = [value.text for value in values if value is not None and decimal_of(value.text) is not None]
    return 0 < sum(1 for text in figures if _is_percent(text)) < len(figures)


def _is_percent(text: str) -> bool:
    return text.strip().endswith(("%", "％"))


def _indicator(row: Row, mixed: Collection[str]) -> None:
    cells = row.cells
    slipped = next(_slips_of_figures(cells, _POINTS, percent_in=mixed), "")
    target, actual = cells.get("target"), cells.get("actual")
    if not slipped and target is not None and not target.text and actual is not None and _COMPARED.match(actual.text):
        slipped = f"“{_title(target)}”空白，“{_title(actual)}”印的却是“{actual.text}”"
    _mark(row, slipped)
    for key in _POINTS:
        if key in cells:
            cells[key] = _figure_only(cells[key])


def _money(row: MoneyRow) -> None:
    cells = row.cells
    rate = cells.get("execution_rate")
    number = decimal_of(rate.text) if rate is not None else None
    slipped = next(_slips_of_figures(cells, (*_POINTS, "execution_rate"), percent_in=_POINTS), "")
    slipped = slipped or next(_percents(cells), "")
    if not slipped and rate is not None and number is not None and number > _MOST_RATE:
        slipped = f"“{_title(rate)}”印的是“{rate.text}”"
    _mark(row, slipped)
    for key, value in cells.items():
        if key not in _WORDS:
            cells[key] = _figure_only(value)


def _slips_of_figures(cells: Mapping[str, Value], columns: Iterable[str], percent_in: Collection[str]) -> Iterator[str]:
    """Yield what stands in columns of figures though it belongs into another column."""
    for key in columns:
        value = cells.get(key)
        if value is None or not value.text or value.text == UNREADABLE or folded(value.text).casefold() in _TRUTHS:
            continue
        number = decimal_of(value.text)
        is_huge = key in _POINTS and number is not None and number > _MOST_POINTS
        if not is_figure(value.text) or is_huge or (key in percent_in and _is_percent(value.text)):
            yield f"“{_title(value)}”印的是“{value.text}”"


def _percents(cells: Mapping[str, Value]) -> Iterator[str]:
    """Yield what stands in a column of amounts though it is a share of one."""
    for key, value in cells.items():
        if key not in (*_POINTS, *_WORDS, "execution_rate") and _is_percent(value.text):
            yield f"“{_title(value)}”印的是“{value.text}”"


def _mark(row: Row | MoneyRow, slipped: str) -> None:
    if slipped:
        why = f"这一行像是错了一格：{slipped}"
        for part in (row.cells, row.extra):
            doubt(part, why)


def _figure_only(value: Value) -> Value:
    if not value.text or is_figure(value.text) or value.text == UNREADABLE:
        return value
    return value.doubted(Certainty.INFERRED, f"“{_title(value)}”印的是“{value.text}”，不是数字")


def _title(value: Value) -> str:
    return "".join(value.title.split())
