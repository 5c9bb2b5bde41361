"""The list of all indicators that several units have, on as many pages as it takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from generator.check.levels import Level2, level2_of
from generator.plan import urls
from generator.plan.contexts import Entry
from generator.plan.figures import format_decimal
from generator.plan.page import Page
from generator.plan.peer_pages import FOLDER, TITLE, middle_of, peer_url, with_measure
from generator.plan.peers import FEWEST, PeerIndicator
from generator.plan.planned import Planned, key_of
from generator.plan.rows import Link

LONGEST = 1_000
"""Indicators on one page of the list, for it is made again whenever one of them changes."""

_MOST_UNITS = 40
"""Up to so many units an indicator names those by which it can be filtered; others are kept by every filter."""

_OTHER = "other"
_SHELVES = {level.name.lower(): level.value for level in Level2} | {_OTHER: "其他"}
"""Title of each kind of indicators by its part of the address."""

SHELVES = tuple(_SHELVES)


class Figure(Struct, frozen=True, array_like=True, gc=False):
    """A computed figure with what it sorts by."""

    text: str
    number: Decimal


class PeerLine(Struct, frozen=True, array_like=True, gc=False):
    """An indicator in the list: its newest year, and which other years there are."""

    title: str
    label: str
    form: str
    measure: str
    url: str
    year: str
    units: int
    low: Figure
    middle: Figure
    high: Figure
    earlier: tuple[str, ...]
    slugs: tuple[str, ...]
    """The units that have it in any of the years; empty where they are too many to filter by."""


class PeersContext(Struct, frozen=True):
    """pages/peers.html: all indicators that several units have, or those of one kind."""

    heading: str
    """The kind; empty for all."""
    lines: tuple[PeerLine, ...]
    parts: tuple[Entry, ...]
    """The pages that list them, where they are too many for this one."""
    total: int
    fewest: int


_ENCODER = msgspec.msgpack.Encoder()
_LINES = msgspec.msgpack.Decoder(tuple[PeerLine, ...])


def peer_lines(found: Iterable[PeerIndicator]) -> dict[str, bytes]:
    """Return the lines of some indicators by shelf, packed; shelves without any are left out."""
    shelves: dict[str, list[PeerLine]] = {}
    for one in found:
        level = level2_of(one.label)
        shelves.setdefault(level.name.lower() if level else _OTHER, []).append(_line(one))
    return {shelf: _ENCODER.encode(lines) for shelf, lines in sorted(shelves.items())}


def unpacked(lines: Iterable[bytes]) -> list[PeerLine]:
    """Return the lines of a shelf, or of several, in the order of the list; raise msgspec.DecodeError for other bytes."""
    found = [line for data in lines for line in _LINES.decode(data)]
    found.sort(key=lambda line: (line.title, line.label, line.form, line.measure, line.url))
    # The newest year comes first; names within a year keep their order.
    return sorted(found, key=lambda line: line.year, reverse=True)


def _line(indicator: PeerIndicator) -> PeerLine:
    newest, *earlier = indicator.years
    numbers = [value.number for value in newest.values]
    slugs = {value.slug for year in indicator.years for value in year.values}
    return PeerLine(
        title=indicator.title,
        label=indicator.label,
        form=indicator.form,
        measure=indicator.measure,
        url=peer_url(indicator),
        year=newest.year,
        units=newest.units,
        low=_figure(numbers[-1], indicator.measure),
        middle=_figure(middle_of(numbers[::-1]), indicator.measure),
        high=_figure(numbers[0], indicator.measure),
        earlier=tuple(year.year for year in earlier),
        slugs=tuple(sorted(slugs)) if len(slugs) <= _MOST_UNITS else (),
    )


def _figure(number: Decimal, measure: str) -> Figure:
    return Figure(with_measure(format_decimal(number), measure), number)


def is_split(counts: Mapping[str, int]) -> bool:
    """Tell whether the list is too long for one page; `counts` has how many indicators each shelf has."""
    return sum(counts.values()) > LONGEST


def peers_page(counts: Mapping[str, int], key: bytes, lines_of: Callable[[], Sequence[PeerLine]]) -> Planned:
    """Plan the list of all indicators; where it would be too long it leads to the shelves.

    `counts` has how many each shelf has, `key` is the digest of all lines, `lines_of` fetches them.
    """
    total = sum(counts.values())

    def plan() -> Page:
        parts = tuple(
            Entry(_SHELVES[shelf], shelf_url(shelf, 1), counts[shelf]) for shelf in SHELVES if counts.get(shelf)
        )
        if is_split(counts):
            return _page(urls.PEERS, "", (), parts, total)
        return _page(urls.PEERS, "", lines_of(), (), total)

    return Planned(urls.PEERS, "pages/peers.html", key_of(sorted(counts.items()) if is_split(counts) else key), plan)


def shelf_url(shelf: str, part: int) -> str:
    """Return the address of a part of a shelf."""
    return f"{FOLDER}/list-{shelf}{f'-{part}' if part > 1 else ''}.html"


def shelf_pages(shelf: str, lines: Sequence[PeerLine]) -> Iterator[Planned]:
    """Plan the pages of one shelf."""
    starts = range(0, len(lines), LONGEST)
    parts = tuple(
        Entry(f"第 {number} 页，从“{lines[start].title}”（{lines[start].year} 年度）起", shelf_url(shelf, number),
              min(LONGEST, len(lines) - start))
        for number, start in enumerate(starts, 1)
    )  # fmt: skip
    for number, start in enumerate(starts, 1):
        own = lines[start : start + LONGEST]
        title = f"{_SHELVES[shelf]}{f'，第 {number} 页' if len(parts) > 1 else ''}"
        others = tuple(part for part in parts if part.url != parts[number - 1].url)
        yield _shelf_page(parts[number - 1].url, title, own, others, len(lines))


def _shelf_page(url: str, title: str, lines: Sequence[PeerLine], others: tuple[Entry, ...], total: int) -> Planned:
    entries = [(other.title, other.url, other.count) for other in others]
    key = key_of(title, list(lines), entries, total)
    return Planned(url, "pages/peers.html", key, lambda: _page(url, title, lines, others, total))


def _page(
    url: str,
    heading: str,
    lines: Sequence[PeerLine],
    parts: tuple[Entry, ...],
    total: int,
) -> Page:
    context = PeersContext(heading, tuple(lines), parts, total, FEWEST)
    title = f"{TITLE}：{heading}" if heading else TITLE
    trail = (Link(TITLE, urls.PEERS), Link(heading, "")) if heading else (Link(TITLE, ""),)
    description = "不同单位的同一项指标并列：各家的指标值、完成值和得分，最低、中间和最高值，可比家数。"
    return Page(url, "pages/peers.html", context, title, description, "peers", trail, wide=True)
