"""What the buckets of indicators give to the open data."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from msgspec import Struct

from generator.build.data_building import UnitSegments
from generator.build.segments import RecordSegments, Segment
from generator.build.staging import writing
from generator.export.peer_rows import PeerRows
from generator.export.tables import PEERS
from generator.load.assemble import digest_of


class KeptRows(Struct, frozen=True, array_like=True, gc=False):
    """The rows of a bucket and year at the last build."""

    digest: bytes
    size: int
    total: int


class PeerSegments:
    """Collects the rows of a job that changed, each year in a file of its own; used with `with`."""

    def __init__(self, folder: Path, job: str) -> None:
        """Write into this folder; no other job is called so."""
        self.found: dict[str, UnitSegments] = {}
        """What changed, each bucket and year under a name that no unit has."""
        self._folder = folder
        self._job = job
        self._files: dict[str, BinaryIO] = {}
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ending.close()

    def add(self, bucket: str, now: Mapping[str, PeerRows], before: Mapping[str, KeptRows]) -> dict[str, KeptRows]:
        """Collect what a bucket gives, by year, as far as it is not what it gave `before`; return what is to be kept."""
        kept = {year: KeptRows(digest_of(rows.content), len(rows.content), rows.total) for year, rows in now.items()}
        for year in sorted(kept.keys() | before.keys()):
            if kept.get(year) != before.get(year):
                self._collect(bucket, year, now.get(year))
        return kept

    def _collect(self, bucket: str, year: str, rows: PeerRows | None) -> None:
        name = f"~{bucket}-{year}"
        if rows is None:
            self.found[name] = UnitSegments("", (), ())
            return
        path = self._folder / f"~{PEERS.name}-{self._job}-{year}"
        with writing(path):
            if year not in self._files:
                self._files[year] = self._ending.enter_context(path.open("wb"))
            offset = self._files[year].tell()
            self._files[year].write(rows.content)
        segment = Segment(len(rows.content), rows.total, offset)
        self.found[name] = UnitSegments(str(path), (RecordSegments(name, year, {PEERS.name: segment}),), ())
