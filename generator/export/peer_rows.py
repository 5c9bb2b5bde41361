"""The values of the same indicator in several units, as rows of the CSV."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from generator.export.csv_table import csv_cell, csv_line
from generator.export.plain import exact
from generator.export.tables import PEERS
from generator.model.amounts import percentage
from generator.money import decimal_of
from generator.plan.peers import PeerIndicator, PeerYear, peer_indicators


class PeerRows(Struct, frozen=True):
    """The rows of a year."""

    total: int
    content: bytes


_OF_ALL = ("peer_group", "fiscal_year", "form", "peer_level", "peer_name")
_OF_ONE = (
    "unit_name", "id", "project_name", "peer_target", "peer_actual", "peer_measure", "computed_peer_value", "points",
    "score", "computed_score_rate", "peer_executed", "computed_unit_cost", "url",
)  # fmt: skip
"""Columns of what the rows of a year have in common, and of what they have not, as `_rows` writes them."""
assert PEERS.identifiers == (*_OF_ALL, *_OF_ONE)  # noqa: S101  as the head of the file has them


def peer_rows(found: Iterable[PeerIndicator], site_url: str) -> dict[str, PeerRows]:
    """Return the rows of some indicators by year; addresses have `site_url` before them."""
    rows: dict[str, list[str]] = {}
    for one in found:
        for year in one.years:
            rows.setdefault(year.year, []).extend(_rows(one, year, site_url))
    return {year: PeerRows(len(lines), "".join(lines).encode()) for year, lines in sorted(rows.items())}


def all_peer_rows(units: Mapping[str, Mapping[str, bytes]], site_url: str) -> Iterator[tuple[str, PeerRows]]:
    """Yield the rows of all units by year, bucket after bucket; `units` has what each says, by bucket."""
    for bucket in sorted({bucket for answers in units.values() for bucket in answers}):
        own = {slug: answers[bucket] for slug, answers in sorted(units.items()) if bucket in answers}
        yield from peer_rows(peer_indicators(own), site_url).items()


def _rows(one: PeerIndicator, year: PeerYear, site_url: str) -> Iterator[str]:
    of_all = csv_line((one.anchor, year.year, one.form, one.label, one.title))
    has_costs = bool(year.costs)
    for value in year.values:
        said = value.said
        cost = value.cost if has_costs else None
        own = csv_line(
            (
                value.unit_name,
                said.record,
                said.project,
                said.target,
                said.actual,
                one.measure,
                exact(value.number),
                said.points,
                said.score,
                _score_rate(said.score, said.points),
                None if cost is None else said.executed,
                exact(cost),
            )
        )
        # No other row has its address, so it is not worth remembering.
        yield f"{of_all},{own},{csv_cell(f'{site_url}{value.url}')}\r\n"


# Forms give the same few points again and again.
@lru_cache(maxsize=4096)
def _score_rate(score: str, points: str) -> str | None:
    return exact(percentage(decimal_of(score), decimal_of(points)))
