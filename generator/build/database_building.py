"""Offer the open data as databases too, made from the very CSV files that the site publishes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.build.data_building import Database, DataFileState
from generator.build.making import Making
from generator.build.splice import sha256_of
from generator.build.staging import writing
from generator.errors import JixiaoError
from generator.export.about_files import About
from generator.export.data_files import FOLDER
from generator.export.databases import SQLITE, parquet_about, parquet_writer, sqlite_writer
from generator.export.published import PublishedFile, PublishedTable, published_tables
from generator.plan.planned import key_of


class _Wanted(NamedTuple):
    about: About
    kind: str
    tables: Sequence[PublishedTable]
    write: Callable[[Path], object]
    """Writes it to a file that does not exist yet."""


def build_databases(
    making: Making, kinds: Sequence[str], package: bytes, former: Mapping[str, DataFileState], tool: bytes
) -> tuple[Database, ...]:
    """Make the files of these kinds, of all tables that a Data Package describes.

    `former` are the files of the last build by path, `tool` is the digest of what makes them.
    """
    tables = published_tables(package)
    try:
        return tuple(_made(making, one, former, tool) for one in _wanted(making, kinds, tables))
    except JixiaoError as error:
        raise JixiaoError(
            f"{error}\n网站没有改动。mkdocs.yml 的 databases 要求生成 {'、'.join(kinds)}，暂时不要可以改成 false。"
        ) from error


def _wanted(making: Making, kinds: Sequence[str], tables: Sequence[PublishedTable]) -> Iterator[_Wanted]:
    def read(file: PublishedFile) -> bytes:
        return _content(making, f"{FOLDER}/{file.path}")

    if "sqlite" in kinds:
        yield _Wanted(SQLITE, "sqlite", tables, partial(sqlite_writer(), tables, read))
    if "parquet" in kinds:
        write = parquet_writer()
        for table in tables:
            yield _Wanted(parquet_about(table), "parquet", (table,), partial(write, table, read))


def _content(making: Making, path: str) -> bytes:
    """Return a file of the site: as it waits on the stage, or as the site has it."""
    staged = Path(making.stage.tree) / path
    return (staged if staged.exists() else Path(making.stage.site_dir) / path).read_bytes()


def _made(making: Making, wanted: _Wanted, former: Mapping[str, DataFileState], tool: bytes) -> Database:
    path = wanted.about.path
    key = key_of(tool, wanted.kind, wanted.tables)
    before = former.get(path)
    if before is not None and before.ends == key and making.keep(path, key):
        return Database(wanted.about, wanted.kind, before)
    target = Path(making.stage.tree) / path
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        wanted.write(target)
    state = DataFileState(target.stat().st_size, sha256_of(target), key)
    making.note_spliced(path, key, target, state.sha256, differs=before is not None and before.sha256 != state.sha256)
    return Database(wanted.about, wanted.kind, state)
