"""Pictures with two axes: figures over the years, above a table of their numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from generator.plan.scale import WHOLE, Scale, percent, scale_of

_TOP, _BOTTOM = 140, 840
"""Between which heights figures are drawn: above stand the labels, below the years."""

_FILLED = 80
"""How much of a year's width its columns take together, in percent."""

_THINNEST = 6
_ABOVE = 20
"""How far a label stands above its line."""

_MOST_YEARS = 8
"""How many years have room for their name side by side on a phone."""


class Point(Struct, frozen=True, array_like=True, gc=False):
    """A figure of one year."""

    text: str
    """As it stands in the table, with its unit where it has one: exactly as printed, or saying that it is computed."""
    number: Decimal | None
    """What is drawn: amounts in yuan, scores as they are; None for a blank or what is no number."""
    url: str = ""
    """The page it stands on, relative to the site."""


class Series(Struct, frozen=True, array_like=True, gc=False):
    """One kind of figure over the years."""

    label: str
    kind: str
    """For its look: initial, adjusted, executed, requested of columns; score, points, rate of lines."""
    points: tuple[Point | None, ...]
    """One for each year; None where there is no such figure at all."""


class Shape(Struct, frozen=True, array_like=True, gc=False):
    """One shape of a picture; places and lengths in percent of its width or height."""

    form: Literal["rect", "line", "dot", "square", "ring"]
    kind: str
    x: str
    y: str
    width: str = ""
    """Of a line, where it ends; empty for dots."""
    height: str = ""
    text: str = ""
    """What is said of it on its own; empty for what only supports the others."""
    row: int = -1
    """Its row in the table, from 0; -1 for none."""


class Label(Struct, frozen=True, array_like=True, gc=False):
    """A short text in a picture."""

    text: str
    x: str
    y: str
    is_start: bool = False
    """Tell whether it begins at its place and does not stand in the middle of it."""


class Figure(Struct, frozen=True, array_like=True, gc=False):
    """A cell of the table."""

    text: str
    """Empty where there is nothing."""
    url: str = ""


class Plot(Struct, frozen=True, gc=False):
    """A picture with its caption and table."""

    anchor: str
    """An address on the page that nothing else has."""
    title: str
    note: str
    summary: str
    """What the picture shows, for who cannot see it."""
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    columns: tuple[tuple[str, str], ...]
    """Title and kind of each column behind that of the years."""
    rows: tuple[tuple[Figure, ...], ...]


def years_chart(
    title: str,
    years: Sequence[str],
    series: Sequence[Series],
    *,
    anchor: str,
    style: Literal["columns", "lines"] = "columns",
    note: str = "",
) -> Plot | None:
    """Draw figures over the years; None where fewer than two years have one.

    `years` are told once each, oldest first; each series has one point for each of them. Columns stand on zero and are for amounts, lines are for scores and rates. A year between them without a record stays empty, and no line leads over a gap.
    """
    drawn = [place for place, _ in enumerate(years) if any(_number(one, place) is not None for one in series)]
    if len(drawn) < 2:  # noqa: PLR2004  one year is no course
        return None
    places = _places(years)
    slots = max(places) + 1
    numbers = [number for one in series for place in drawn if (number := _number(one, place)) is not None]
    low, high = min(numbers), max(numbers)
    if style == "columns":
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    scale = scale_of(low, high, _BOTTOM, _TOP)
    draw = _columns if style == "columns" else _lines
    shapes = (*_levels(scale, style), *draw(years, series, places, slots, scale))
    labels = (*_level_labels(series, scale, style), *_year_labels(years, places, slots))
    said = [note, *_blanks(years, series, places, slots)]
    if style == "lines" and low != high:
        said.append(f"纵轴不从 0 起，下边是最低的 {_text_of(series, low)}，上边是最高的 {_text_of(series, high)}")
    return Plot(
        anchor=anchor,
        title=title,
        note="；".join(part.rstrip("。；") for part in said if part) + ("。" if any(said) else ""),
        summary=f"{years[0]} 至 {years[-1]} 年度的{'、'.join(one.label for one in series)}；数字都在图下的表里。",
        shapes=shapes,
        labels=labels,
        columns=tuple((one.label, one.kind) for one in series),
        rows=tuple(
            (Figure(year), *(Figure(p.text, p.url) if (p := one.points[place]) else Figure("") for one in series))
            for place, year in enumerate(years)
        ),
    )


def _number(series: Series, place: int) -> Decimal | None:
    point = series.points[place]
    return point.number if point else None


def _places(years: Sequence[str]) -> list[int]:
    """Return where each year stands: years that are left out keep their room."""
    if all(year.isascii() and year.isdecimal() for year in years):
        return [int(year) - int(years[0]) for year in years]
    return list(range(len(years)))


def _columns(
    years: Sequence[str], series: Sequence[Series], places: Sequence[int], slots: int, scale: Scale
) -> Iterator[Shape]:
    slot = WHOLE // slots
    width = slot * _FILLED // 100 // len(series)
    zero = scale.at(Decimal(0))
    for row, (year, place) in enumerate(zip(years, places, strict=True)):
        for position, one in enumerate(series):
            point = one.points[row]
            if point is None or point.number is None:
                continue
            x = slot * place + (slot - width * len(series)) // 2 + width * position
            # Zero is a stroke on the line, so that it is not taken for a blank; next to nothing can still be seen.
            edge = scale.at(point.number)
            top, height = min(edge, zero), max(abs(edge - zero), _THINNEST)
            text = f"{year} {one.label} {point.text}"
            if point.number:
                if point.number > 0:
                    top = zero - height
                yield Shape("rect", one.kind, percent(x), percent(top), percent(width), percent(height), text, row)
            else:
                yield Shape("line", "nil", percent(x), percent(zero), percent(x + width), percent(zero), text, row)


def _lines(
    years: Sequence[str], series: Sequence[Series], places: Sequence[int], slots: int, scale: Scale
) -> Iterator[Shape]:
    slot = WHOLE // slots
    forms: tuple[Literal["dot", "square", "ring"], ...] = ("dot", "square", "ring")
    for position, one in enumerate(series):
        before: tuple[int, int, int] | None = None
        dots = []
        for row, (year, place) in enumerate(zip(years, places, strict=True)):
            point = one.points[row]
            if point is None or point.number is None:
                continue
            x, y = slot * place + slot // 2, scale.at(point.number)
            if before and before[0] == place - 1:
                yield Shape("line", one.kind, percent(before[1]), percent(before[2]), percent(x), percent(y))
            before = (place, x, y)
            form = forms[position % len(forms)]
            dots.append(Shape(form, one.kind, percent(x), percent(y), text=f"{year} {one.label} {point.text}", row=row))
        yield from dots


def _levels(scale: Scale, style: str) -> Iterator[Shape]:
    """Yield the lines at the highest figure, at the lowest, and at zero where columns stand on it."""
    heights = {scale.at(scale.low), scale.at(scale.high)} | ({scale.at(Decimal(0))} if style == "columns" else set())
    zero = scale.at(Decimal(0)) if style == "columns" else None
    for height in sorted(heights):
        y = percent(height)
        yield Shape("line", "zero" if height == zero else "level", "0%", y, "100%", y)


def _level_labels(series: Sequence[Series], scale: Scale, style: str) -> Iterator[Label]:
    """Name the highest and the lowest figure by their own print, so that no figure is rounded for an axis."""
    for number in dict.fromkeys((scale.high, scale.low)):
        if style == "columns" and number == 0:
            continue
        # The lowest of lines stands at the foot, where its label fits above the line and the years below it.
        yield Label(_text_of(series, number), "0%", percent(scale.at(number) - _ABOVE), is_start=True)


def _text_of(series: Sequence[Series], number: Decimal) -> str:
    found = (point.text for one in series for point in one.points if point and point.number == number)
    return next(found, "")


def _year_labels(years: Sequence[str], places: Sequence[int], slots: int) -> Iterator[Label]:
    step = -(-slots // _MOST_YEARS)
    for year, place in zip(years, places, strict=True):
        if place % step == 0:
            yield Label(year, percent(WHOLE // slots * place + WHOLE // slots // 2), "97%")


def _blanks(years: Sequence[str], series: Sequence[Series], places: Sequence[int], slots: int) -> Iterator[str]:
    """Say which years and figures there are none of, so that a gap is not taken for zero."""
    absent = sorted({*range(slots)} - {*places})
    if absent:
        yield f"{'、'.join(str(int(years[0]) + place) for place in absent)} 年度没有这样的表"
    for one in series:
        missing = [year for place, year in enumerate(years) if _number(one, place) is None]
        if missing:
            yield f"{'、'.join(missing)} 年度没有可画的{one.label}，空着不是 0"
