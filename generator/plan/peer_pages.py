"""Pages about the same indicator in several units: one for each bucket, and more where that would be too long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from msgspec import Struct

from generator.model.amounts import percentage
from generator.money import EXACT, decimal_of
from generator.plan import urls
from generator.plan.figures import format_decimal
from generator.plan.page import Page
from generator.plan.peer_strip import place, strip
from generator.plan.peers import Answer, PeerIndicator, PeerValue, PeerYear
from generator.plan.planned import Planned, key_of
from generator.plan.rows import LONGEST, Link

FOLDER = urls.PEERS.removesuffix(".html")
TITLE = "同类指标"


class Spread(NamedTuple):
    """The lowest, middle and highest of some numbers, computed."""

    low: str
    middle: str
    high: str
    dots: str
    """The numbers as dots of a drawing; empty where they are all the same."""
    middle_place: int
    """Where the middle stands in the drawing."""


class Printed(NamedTuple):
    """A printed figure with what it sorts by."""

    text: str
    number: Decimal | None


class PeerRow(NamedTuple):
    """One value of one unit; the template takes it apart in this order."""

    unit: Link
    project: str
    url: str
    """The row on the record's page."""
    target: str
    """As printed, as are actual, points and score."""
    actual: str
    number: Decimal
    """In the unit of measure itself."""
    shown: str
    rank: int
    """From the highest; equal numbers have the same."""
    points: Printed
    score: Printed
    rate: Decimal | None
    """Score over points in percent, computed; None where either is no number."""


class CostRow(NamedTuple):
    """What a unit spent on one person or event, computed."""

    unit: Link
    project: str
    url: str
    executed: str
    """As printed, as is actual."""
    actual: str
    cost: Decimal
    shown: str
    rank: int


class PeerYearView(Struct, frozen=True):
    """An indicator in one year."""

    year: str
    anchor: str
    units: int
    count: int
    """How many values there are."""
    spread: Spread
    rows: tuple[PeerRow, ...]
    listed: str
    """Which of the values are listed here, where they take several pages."""
    parts: tuple[Link, ...]
    """The pages that list the values, where they are too many for this one."""
    is_converted: bool
    """Whether any number is not the one printed."""
    notes: tuple[str, ...]
    """Which units answer otherwise."""
    costs: tuple[CostRow, ...]
    cost_units: int
    cost_spread: Spread | None


class PeerView(Struct, frozen=True):
    """One indicator."""

    anchor: str
    title: str
    label: str
    form: str
    measure: str
    url: str
    """Its own page, where that is another."""
    years: tuple[PeerYearView, ...]


class PeerContext(Struct, frozen=True):
    """pages/peer.html: some indicators over the years, each with the units that have it."""

    heading: str
    indicators: tuple[PeerView, ...]
    is_several: bool
    """Whether the page needs a list of them."""


def peer_url(indicator: PeerIndicator) -> str:
    """Return where an indicator is found, however many pages its bucket takes."""
    bucket, _, _ = indicator.anchor.partition("-")
    return f"{bucket_url(bucket)}#{indicator.anchor}"


def bucket_url(bucket: str) -> str:
    """Return the page of a bucket."""
    return f"{FOLDER}/{bucket}.html"


def peer_pages(bucket: str, found: Sequence[PeerIndicator]) -> Iterator[Planned]:
    """Plan the pages of a bucket: one for all its indicators, or where that would be too long one for each as well."""
    if not found:
        return
    url = bucket_url(bucket)
    if sum(one.rows for one in found) <= LONGEST:
        yield _planned(url, found, lambda: [_view(one) for one in found])
        return
    yield _planned(url, found, lambda: [_view(one, url=_own_url(one), listed=()) for one in found])
    for one in found:
        yield from _own_pages(one)


def _own_url(indicator: PeerIndicator, part: str = "") -> str:
    bucket, _, name = indicator.anchor.partition("-")
    return f"{FOLDER}/{bucket}/{name}{part}.html"


def _own_pages(indicator: PeerIndicator) -> Iterator[Planned]:
    """Plan the pages of one indicator: one for all its years, or for each year as many as it takes."""
    url = _own_url(indicator)
    if indicator.rows <= LONGEST:
        yield _planned(url, (indicator,), lambda: [_view(indicator)])
        return
    yield _planned(url, (indicator,), lambda: [_view(indicator, listed=())])
    for year in indicator.years:
        alone = indicator._replace(years=(year,))
        for link, listed in _parts(indicator, year):
            yield _planned(link.url, (alone,), partial(_one_view, alone, listed), f"{year.year} 年度{link.title}")


def _one_view(indicator: PeerIndicator, listed: range) -> list["PeerView"]:
    return [_view(indicator, listed=listed)]


def _parts(indicator: PeerIndicator, year: PeerYear) -> Iterator[tuple[Link, range]]:
    """Yield the pages of one year, each with the places of the values that it lists."""
    count = len(year.values)
    for number, start in enumerate(range(0, count, LONGEST), 1):
        places = range(start, min(start + LONGEST, count))
        name = f"-{year.year}" if number == 1 else f"-{year.year}-{number}"
        yield Link(f"第 {start + 1} 至 {places.stop} 个值", _own_url(indicator, name)), places


def _planned(url: str, found: Sequence[PeerIndicator], make: Callable[[], list[PeerView]], part: str = "") -> Planned:
    names = list(dict.fromkeys(one.title for one in found))
    title = f"{TITLE}：{names[0]}{f' 等 {len(names)} 项' if len(names) > 1 else ''}{f'，{part}' if part else ''}"

    def plan() -> Page:
        context = PeerContext(title, tuple(make()), len(found) > 1)
        return Page(
            url, "pages/peer.html", context, title,
            f"各单位的“{'”“'.join(names[:3])}”：指标值、完成值和得分并列，附最低、中间和最高值。", "peers",
            (Link(TITLE, urls.PEERS), Link(title.removeprefix(f"{TITLE}："), "")), wide=True,
        )  # fmt: skip

    return Planned(url, "pages/peer.html", key_of(found, part), plan)


def _view(indicator: PeerIndicator, *, url: str = "", listed: Sequence[int] | None = None) -> PeerView:
    """Show an indicator; of the values those at the places `listed`, or all of them."""
    return PeerView(
        anchor=indicator.anchor,
        title=indicator.title,
        label=indicator.label,
        form=indicator.form,
        measure=indicator.measure,
        url=url,
        years=tuple(_year_view(indicator, year, listed, has_own=bool(url)) for year in indicator.years),
    )


def _year_view(
    indicator: PeerIndicator, year: PeerYear, listed: Sequence[int] | None, *, has_own: bool
) -> PeerYearView:
    measure, values = indicator.measure, year.values
    numbers = [value.number for value in values]
    rows = _rows(values, numbers, range(len(values)) if listed is None else listed, measure)
    # Beside the first of the rows, where these take several pages.
    costs = _costs(year.costs, measure) if listed is None or 0 in listed else ()
    return PeerYearView(
        year=year.year,
        anchor=f"{indicator.anchor}-{year.year}",
        units=year.units,
        count=len(values),
        spread=spread_of(numbers, measure),
        rows=rows,
        listed=f"第 {listed[0] + 1} 至 {listed[-1] + 1} 个值" if listed else "",
        parts=tuple(link for link, _ in _parts(indicator, year)) if listed is not None and not rows and not has_own else (),
        is_converted=any(value.said.is_converted for value in values),
        notes=tuple(_notes(year)),
        costs=costs,
        cost_units=len({row.unit.url for row in costs}),
        cost_spread=_cost_spread(costs) if costs else None,
    )  # fmt: skip


_SAID = {
    Answer.UNITLESS: "只填了数字、没有计量单位",
    Answer.BOUND: "填的是范围或上下限",
    Answer.TIME: "以日期或时段作答",
    Answer.WORDS: "以文字作答",
    Answer.BLANK: "没有填完成值",
    Answer.UNREADABLE: "完成值无法辨认",
}


def _notes(year: PeerYear) -> Iterator[str]:
    yield from (f"{count} 家{_SAID[answer]}" for answer, count in year.others.items())
    yield from (f"{count} 家以“{measure}”计量" for measure, count in year.measures)


def with_measure(text: str, measure: str) -> str:
    """Return a number with its unit of measure."""
    return f"{text}{measure}" if measure in ("%", "‰") else f"{text} {measure}"


def middle_of(ordered: Sequence[Decimal]) -> Decimal:
    """Return the middle of ordered numbers; of two in the middle, what lies between them."""
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return EXACT.divide(EXACT.add(ordered[half - 1], ordered[half]), Decimal(2))


def spread_of(numbers: Iterable[Decimal], measure: str) -> Spread:
    """Return the spread of some numbers in one unit of measure."""
    return _spread(sorted(numbers), lambda number: with_measure(format_decimal(number), measure))


def _spread(ordered: Sequence[Decimal], shown: Callable[[Decimal], str]) -> Spread:
    low, middle, high = ordered[0], middle_of(ordered), ordered[-1]
    dots = strip(ordered, low, high)
    return Spread(shown(low), shown(middle), shown(high), dots, place(middle, low, high) if dots else 0)


def _rows(
    values: Sequence[PeerValue], numbers: Sequence[Decimal], places: Sequence[int], measure: str
) -> tuple[PeerRow, ...]:
    """Show the values at some places; `numbers` are those of all values."""
    ranks = _ranks(numbers)
    rows = []
    for position in places:
        said, number = values[position].said, numbers[position]
        rows.append(
            PeerRow(
                _unit_link(values[position].unit_name, values[position].slug),
                said.project,
                values[position].url,
                said.target,
                said.actual,
                number,
                with_measure(format_decimal(number), measure),
                ranks[position],
                *_scored(said.points, said.score),
            )
        )
    return tuple(rows)


# One unit has many values, and forms give the same few points again and again.
@lru_cache(maxsize=1024)
def _unit_link(name: str, slug: str) -> Link:
    return Link(name, urls.unit_url(slug))


@lru_cache(maxsize=4096)
def _scored(points: str, score: str) -> tuple[Printed, Printed, Decimal | None]:
    """Return the last of the fields of a row."""
    limit, number = decimal_of(points), decimal_of(score)
    return Printed(points, limit), Printed(score, number), percentage(number, limit)


def _ranks(descending: Sequence[Decimal]) -> list[int]:
    """Return the place of each number: one more than how many are above it."""
    ranks: list[int] = []
    for position, number in enumerate(descending):
        ranks.append(ranks[-1] if position and number == descending[position - 1] else position + 1)
    return ranks


def _costs(values: Sequence[PeerValue], measure: str) -> tuple[CostRow, ...]:
    """Return what each spent on one of what it counts, the highest first."""
    known = [(cost, value) for value in values if (cost := value.cost) is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].slug, pair[1].said.record))
    ranks = _ranks([cost for cost, _ in known])
    return tuple(
        CostRow(
            unit=_unit_link(value.unit_name, value.slug),
            project=value.said.project,
            url=value.url,
            executed=value.said.executed,
            actual=value.said.actual,
            cost=cost,
            shown=_per(cost, measure),
            rank=rank,
        )
        for (cost, value), rank in zip(known, ranks, strict=True)
    )


def _cost_spread(costs: Sequence[CostRow]) -> Spread:
    measure = costs[0].shown.rpartition("元/")[2]
    return _spread([row.cost for row in reversed(costs)], lambda cost: _per(cost, measure))


def _per(cost: Decimal, measure: str) -> str:
    """Return a computed cost to the fen, saying so where that rounds it."""
    rounded = cost.quantize(_FEN, ROUND_HALF_UP, context=EXACT)
    if not rounded:
        return f"不足 {_FEN} 元/{measure}"
    return f"{'' if rounded == cost else '约 '}{rounded:,f} 元/{measure}"


_FEN = Decimal("0.01")
