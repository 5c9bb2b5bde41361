"""The values of the same indicator in several units, as rows of the CSV."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.export.csv_table import csv_cells
from generator.export.plain import Values, exact
from generator.export.tables import PEERS
from generator.model.amounts import percentage
from generator.money import decimal_of
from generator.plan.peers import PeerIndicator, PeerValue, peer_indicators


class PeerRows(NamedTuple):
    """The rows of a year."""

    total: int
    content: bytes


def peer_rows(found: Iterable[PeerIndicator], site_url: str) -> dict[str, PeerRows]:
    """Return the rows of some indicators by year; addresses have `site_url` before them."""
    rows: dict[str, list[str]] = {}
    for one in found:
        for year in one.years:
            costs = frozenset(year.costs)
            rows.setdefault(year.year, []).extend(
                f"{csv_cells(PEERS.identifiers, _values(one, value, site_url, has_cost=value in costs))}\r\n"
                for value in year.values
            )
    return {year: PeerRows(len(lines), "".join(lines).encode()) for year, lines in sorted(rows.items())}


def all_peer_rows(units: Mapping[str, Mapping[str, bytes]], site_url: str) -> Iterator[tuple[str, PeerRows]]:
    """Yield the rows of all units by year, bucket after bucket; `units` has what each says, by bucket."""
    for bucket in sorted({bucket for answers in units.values() for bucket in answers}):
        own = {slug: answers[bucket] for slug, answers in sorted(units.items()) if bucket in answers}
        yield from peer_rows(peer_indicators(own), site_url).items()


def _values(one: PeerIndicator, value: PeerValue, site_url: str, *, has_cost: bool) -> Values:
    said = value.said
    return {
        "peer_group": one.anchor,
        "fiscal_year": said.year,
        "form": one.form,
        "peer_level": one.label,
        "peer_name": one.title,
        "unit_name": value.unit_name,
        "id": said.record,
        "project_name": said.project,
        "peer_target": said.target,
        "peer_actual": said.actual,
        "peer_measure": one.measure,
        "computed_peer_value": exact(value.number),
        "points": said.points,
        "score": said.score,
        "computed_score_rate": exact(percentage(decimal_of(said.score), decimal_of(said.points))),
        "peer_executed": said.executed if has_cost else None,
        "computed_unit_cost": exact(value.cost) if has_cost else None,
        "url": f"{site_url}{value.url}",
    }
