"""What each record of a unit gives to the large files of the open data."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.build.staging import writing
from generator.export.record_export import COMMA, RecordExport
from generator.export.tables import ALL_TABLES

UNCHANGED = -1


class Segment(Struct, frozen=True, array_like=True, gc=False):
    """What one record gives to one table."""

    size: int
    rows: int
    offset: int
    """In the unit's file of new segments; UNCHANGED where it stands in the files of the last build."""


class RecordSegments(Struct, frozen=True, array_like=True, gc=False):
    """What one record gives to all tables."""

    id: str
    year: str
    parts: dict[str, Segment]
    """By table."""


def separator_of(table: str) -> bytes:
    """Return what stands between two segments of a table in its file."""
    return b"" if table in ALL_TABLES else COMMA


def unchanged(former: RecordSegments) -> RecordSegments:
    """Return what a record gives as it stands in the files of the last build."""
    parts = {table: Segment(part.size, part.rows, UNCHANGED) for table, part in former.parts.items()}
    return RecordSegments(former.id, former.year, parts)


def write_segments(file: Path, made: Mapping[tuple[str, str], RecordExport]) -> dict[str, RecordSegments]:
    """Write what records give to a file, by table and year, so that it can be copied in few pieces.

    `made` is by id and year, in the order of the catalog; returned by id.
    """
    parts: dict[str, dict[str, Segment]] = {identifier: {} for identifier, _ in made}
    tables = dict.fromkeys(table for export in made.values() for table in export.counts)
    years = dict.fromkeys(year for _, year in made)
    with writing(file), file.open("wb") as target:
        offset = 0
        for table in tables:
            for year in years:
                between = b""
                for (identifier, its_year), export in made.items():
                    if its_year != year:
                        continue
                    content = export.part(table)
                    if content:
                        offset += target.write(between)
                        between = separator_of(table)
                    parts[identifier][table] = Segment(len(content), export.counts[table], offset)
                    offset += target.write(content)
    return {identifier: RecordSegments(identifier, year, parts[identifier]) for identifier, year in made}
