"""The open data of the whole site: large files put together from what each record gives to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.build.making import Making
from generator.build.segments import RecordSegments, Segment, separator_of
from generator.build.splice import Piece, hold_the_same, joined, sha256_of, splice
from generator.export.about_files import About
from generator.export.data_files import DataFile, Site, data_files, explore_files, year_slices
from generator.plan.planned import key_of


class Run(Struct, frozen=True, array_like=True, gc=False):
    """What the records of one unit and year give to a table; it stands in one piece in its file."""

    rows: int
    path: str
    """The file of the site that holds it."""
    start: int
    size: int
    """0 where they give nothing."""


class DataFileState(Struct, frozen=True, array_like=True, gc=False):
    """A file of the open data as the Data Package describes it."""

    size: int
    sha256: str
    ends: bytes
    """Digest of what stands before and behind the runs."""


class Database(Struct, frozen=True):
    """A file with the same data that is offered beside CSV and JSON."""

    about: About
    kind: str
    """Of `settings.DATABASE_FORMATS`."""
    state: DataFileState


_Runs = dict[str, dict[str, dict[str, Run]]]


class DataLayout(Struct, frozen=True, array_like=True):
    """Where everything stands in the files of the open data."""

    runs: _Runs
    """By table, year and unit."""
    files: dict[str, DataFileState]
    """By path."""


NO_DATA = DataLayout({}, {})


class UnitSegments(NamedTuple):
    """What a unit gives to the open data now, and gave before."""

    file: str
    """The unit's file of new segments."""
    now: tuple[RecordSegments, ...]
    before: tuple[RecordSegments, ...]


class _Part(NamedTuple):
    """A run to be written, and where its content is to be had."""

    rows: int
    pieces: Sequence[Piece]
    size: int


_Parts = dict[str, dict[str, dict[str, _Part]]]


class DataFiles(NamedTuple):
    """The files of the open data, some of them still at work."""

    files: tuple[DataFile, ...]
    sizes: Mapping[str, int]
    """In bytes, by path."""
    finish: Callable[[], DataLayout]
    """Wait for them, and note them as made."""


def build_data(
    making: Making, threads: Executor, data: tuple[DataLayout, Mapping[str, UnitSegments], Iterable[str]], site: Site
) -> DataFiles:
    """Put the files of the open data together on threads, for that is the work of the disk and of one digest.

    `data` has the layout at the last build, what units made in this build give, by slug, and the units that are no more.
    What other units give is taken from the files of the last build.
    """
    former, units, gone = data
    root = making.stage.site_dir
    parts = _kept_parts(root, former, units.keys() | set(gone))
    for slug, unit in units.items():
        for table, year, part in _new_parts(root, former, slug, unit):
            parts.setdefault(table, {}).setdefault(year, {})[slug] = part
    counts = {
        table: {year: sum(part.rows for part in of_year.values()) for year, of_year in years.items()}
        for table, years in parts.items()
    }
    open_files = data_files(counts, site)
    files = (*open_files, *explore_files(counts))
    runs: _Runs = {}
    states = {}
    sizes = {}
    for file in files:
        placed = _placed(file, parts.get(file.table, {}))
        for year, slug, _, run in placed:
            runs.setdefault(file.table, {}).setdefault(year, {})[slug] = run
        pieces = [piece for _, _, part, _ in placed for piece in part.pieces]
        state = former.files.get(file.path)
        whole = Piece(f"{root}/{file.path}", len(file.head), _inner(file, state)) if state else None
        states[file.path] = _started(making, threads, file, pieces, state, whole)
        sizes[file.path] = _size(file, pieces)
    slices = year_slices(open_files)
    for file in slices:
        of_year = parts[file.table][file.year]
        pieces = [piece for _, part in sorted(of_year.items()) for piece in part.pieces]
        whole = _former_year(root, former, file)
        states[file.path] = _started(making, threads, file, pieces, former.files.get(file.path), whole)
        sizes[file.path] = _size(file, pieces)
    return DataFiles(
        (*open_files, *slices), sizes, lambda: DataLayout(runs, {path: state() for path, state in states.items()})
    )


def _size(file: DataFile, pieces: Sequence[Piece]) -> int:
    """Return how many bytes a file will have."""
    between = len(file.separator) * max(len(pieces) - 1, 0)
    return len(file.head) + sum(piece.size for piece in pieces) + between + len(file.tail)


def _kept_parts(root: str, former: DataLayout, others: Iterable[str]) -> _Parts:
    """Return what units give of which nothing changed."""
    left_out = frozenset(others)
    return {
        table: {
            year: {
                slug: _Part(run.rows, (Piece(f"{root}/{run.path}", run.start, run.size),) if run.size else (), run.size)
                for slug, run in of_year.items()
                if slug not in left_out
            }
            for year, of_year in years.items()
        }
        for table, years in former.runs.items()
    }


def _new_parts(root: str, former: DataLayout, slug: str, unit: UnitSegments) -> Iterator[tuple[str, str, _Part]]:
    """Yield what a unit gives to each table in each year."""
    for table in sorted({table for one in unit.now for table in one.parts}):
        between = len(separator_of(table))
        for year in sorted({one.year for one in unit.now}):
            run = former.runs.get(table, {}).get(year, {}).get(slug)
            old = dict(_former_pieces(root, run, table, year, unit.before)) if run else {}
            found = [(one.id, one.parts[table]) for one in unit.now if one.year == year]
            pieces = [_piece(unit.file, part, old.get(identifier)) for identifier, part in found if part.size]
            size = sum(piece.size for piece in pieces) + between * max(len(pieces) - 1, 0)
            yield table, year, _Part(sum(part.rows for _, part in found), pieces, size)


def _piece(file: str, part: Segment, old: Piece | None) -> Piece:
    """Return where a record's rows are to be had; in their old place where they are the same, which spares a file its copy."""
    if part.offset < 0:
        assert old is not None  # noqa: S101  only what is known from the last build is not made again
        return old
    new = Piece(file, part.offset, part.size)
    return old if old is not None and hold_the_same(new, old) else new


def _former_pieces(
    root: str, run: Run, table: str, year: str, before: Iterable[RecordSegments]
) -> Iterator[tuple[str, Piece]]:
    """Yield where each record of a unit and year stands in the files of the last build."""
    start = run.start
    for one in before:
        size = one.parts[table].size if one.year == year else 0
        if size:
            yield one.id, Piece(f"{root}/{run.path}", start, size)
            start += size + len(separator_of(table))


def _placed(file: DataFile, parts: Mapping[str, Mapping[str, _Part]]) -> list[tuple[str, str, _Part, Run]]:
    """Return the runs of a file in their order, each with where it will stand."""
    placed = []
    start = len(file.head)
    for year in sorted(parts, reverse=True) if not file.year else (file.year,):
        for slug, part in sorted(parts[year].items()):
            placed.append((year, slug, part, Run(part.rows, file.path, start, part.size)))
            start += part.size + len(file.separator) if part.size else 0
    return placed


def _started(
    making: Making,
    threads: Executor,
    file: DataFile,
    pieces: Sequence[Piece],
    former: DataFileState | None,
    whole: Piece | None,
) -> Callable[[], DataFileState]:
    """Begin to write a file, unless it is the one of the last build; return what waits for it and notes it.

    `whole` is all that it held at the last build, in a file of then.
    """
    ends = key_of(file.head, file.tail)
    is_same = joined(pieces, len(file.separator)) == ([whole] if whole and whole.size else [])
    if former is not None and former.ends == ends and is_same and making.keep(file.path, ends):
        return lambda: former
    target = Path(making.stage.tree) / file.path
    work = threads.submit(_written, target, file, pieces)

    def note() -> DataFileState:
        state = DataFileState(*work.result(), ends)
        if former is not None and former.sha256 == state.sha256 and making.keep(file.path, ends):
            target.unlink()
        else:
            # Files of the last build are known to be as we left them, or nothing of it would be used.
            making.note_spliced(file.path, ends, target, state.sha256, differs=former is not None)
        return state

    return note


def _written(target: Path, file: DataFile, pieces: Sequence[Piece]) -> tuple[int, str]:
    """Write a file; return its size and SHA-256."""
    splice(target, file.head, pieces, file.separator, file.tail)
    return target.stat().st_size, sha256_of(target)


def _former_year(root: str, former: DataLayout, file: DataFile) -> Piece | None:
    """Return where the rows of a slice's year stood at the last build, in one piece."""
    runs = [run for run in former.runs.get(file.table, {}).get(file.year, {}).values() if run.size]
    if not runs:
        return None
    start = min(run.start for run in runs)
    return Piece(f"{root}/{runs[0].path}", start, max(run.start + run.size for run in runs) - start)


def _inner(file: DataFile, former: DataFileState) -> int:
    return former.size - len(file.head) - len(file.tail)
