"""One SQLite database of everything in the published CSV files, with exact sums of money and words in Chinese.

Texts stand as printed. An amount in yuan stands twice: digit by digit as text, and as a whole number of fen, which
adds up exactly; the few amounts that are no whole number of fen have no such number and are listed in a table.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from generator.errors import JixiaoError
from generator.export.published import PublishedColumn, PublishedTable, Read, rows_of

APPLICATION = 0x4A585858
"""Marks a database as one of ours, for programs that ask."""

NOT_IN_FEN = "amounts_not_in_fen"
"""Name of the table of amounts that are no whole number of fen."""

_LONGEST_FEN = 18
"""Digits that a whole number of SQLite can always hold."""
_PLACES_OF_FEN = 2

# Everything that decides about the bytes of the file and is not the same everywhere.
_SETTINGS = """
PRAGMA page_size = 8192;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA secure_delete = ON;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
"""

_ABOUT = f"""
CREATE TABLE tables (
  name TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, row_count INTEGER NOT NULL
);
CREATE TABLE columns (
  table_name TEXT NOT NULL REFERENCES tables (name), position INTEGER NOT NULL, name TEXT NOT NULL,
  title TEXT NOT NULL, type TEXT NOT NULL, description TEXT NOT NULL, description_en TEXT NOT NULL,
  PRIMARY KEY (table_name, position)
);
CREATE TABLE {NOT_IN_FEN} (
  table_name TEXT NOT NULL REFERENCES tables (name), row_id INTEGER NOT NULL, column_name TEXT NOT NULL,
  yuan TEXT NOT NULL
);
"""

_INDEXES = {
    "records": (("fiscal_year", "unit_name"), ("unit_name", "project_key")),
    "findings": (("finding_code",),),
}
"""Columns by which tables are often searched, beside their keys."""

_PARENTS = dict.fromkeys(("deviations", "missed_targets"), ("indicators", ("id", "number")))
"""Rows that are rows of another table, by their key."""


class Loaded(NamedTuple):
    """What a database holds."""

    rows: dict[str, int]
    """By table."""
    not_in_fen: int
    """How many amounts are no whole number of fen."""


class _Column(NamedTuple):
    """A column of the database."""

    name: str
    title: str
    type: str
    description: str
    description_en: str


def write_sqlite(tables: Sequence[PublishedTable], read: Read, target: Path) -> Loaded:
    """Write a database of all tables to a file that must not exist yet."""
    try:
        return _written(tables, read, target)
    except sqlite3.Error as error:
        raise JixiaoError(
            f"SQLite 数据库没有写成：{error}。请检查磁盘空间；空间足够的，请用 jixiao build --full 重新生成网站再试。"
        ) from error


def _written(tables: Sequence[PublishedTable], read: Read, target: Path) -> Loaded:
    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        database.executescript(_SETTINGS)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("BEGIN")
        for statement in _ABOUT.split(";\n"):
            database.execute(statement)
        known = {table.name for table in tables}
        loaded = {table.name: _load(database, table, known, read) for table in tables}
        _refuse_loose_ends(database)
        (left,) = database.execute(f"SELECT count(*) FROM {NOT_IN_FEN}").fetchone()  # noqa: S608  our own name
        database.execute("COMMIT")
    return Loaded(loaded, left)


def _load(database: sqlite3.Connection, table: PublishedTable, known: set[str], read: Read) -> int:
    columns = _columns(table)
    database.execute(_create(table, columns, known))
    amounts = [position for position, column in enumerate(table.columns) if column.is_amount]
    places = ", ".join("?" * len(columns))
    rows = rows_of(table, read)
    database.executemany(
        f"INSERT INTO {table.name} VALUES ({places})",  # noqa: S608  names are examined where they are read
        _with_fen(rows, amounts) if amounts else rows,
    )
    for number, indexed in enumerate(_INDEXES.get(table.name, ()), 1):
        database.execute(f"CREATE INDEX {table.name}_{number} ON {table.name} ({', '.join(indexed)})")
    words = ", ".join(f"{_quoted(column.name)} AS {_quoted(column.title)}" for column in columns)
    database.execute(f"CREATE VIEW {_quoted(table.title)} AS SELECT {words} FROM {table.name}")  # noqa: S608  as above
    (count,) = database.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608  as above
    database.execute("INSERT INTO tables VALUES (?, ?, ?, ?)", (table.name, table.title, table.description, count))
    described = ((table.name, position, *column) for position, column in enumerate(columns, 1))
    database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?, ?)", described)
    for name in (table.columns[position].identifier for position in amounts):
        database.execute(
            f"INSERT INTO {NOT_IN_FEN} SELECT ?, rowid, ?, {name} FROM {table.name}"  # noqa: S608  as above
            f" WHERE {name} IS NOT NULL AND {_fen_name(name)} IS NULL ORDER BY rowid",
            (table.name, name),
        )
    return int(count)


def _columns(table: PublishedTable) -> list[_Column]:
    """Return the columns of the file, and behind them one in fen for each amount."""
    own = [
        _Column(one.identifier, one.name, "INTEGER" if one.is_whole else "TEXT", one.description, one.description_en)
        for one in table.columns
    ]
    return own + [_fen_column(one) for one in table.columns if one.is_amount]


def _fen_name(identifier: str) -> str:
    return f"{identifier.removesuffix('_yuan')}_fen"


def _fen_column(column: PublishedColumn) -> _Column:
    title = column.name.removesuffix("（元）")
    return _Column(
        _fen_name(column.identifier),
        f"{title}（分）",
        "INTEGER",
        f"{column.name}折算为分的整数，相加没有误差；没有数字的、不是整分的为空，后者列在 {NOT_IN_FEN} 里。",
        f"The same amount as a whole number of fen (0.01 yuan), for exact sums; empty where it is none: see {NOT_IN_FEN}.",
    )


def _create(table: PublishedTable, columns: Iterable[_Column], known: set[str]) -> str:
    needed = {*table.key}
    parts = [
        f"{_quoted(column.name)} {column.type}{' NOT NULL' if column.name in needed else ''}" for column in columns
    ]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.name != "records" and "records" in known and "id" in table.key:
        parts.append("FOREIGN KEY (id) REFERENCES records (id)")
    if "parent" in {column.identifier for column in table.columns}:
        parts.append(f"FOREIGN KEY (id, parent) REFERENCES {table.name} (id, number)")
    parent, key = _PARENTS.get(table.name, ("", ()))
    if parent in known:
        parts.append(f"FOREIGN KEY ({', '.join(key)}) REFERENCES {parent} ({', '.join(key)})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + "\n)"


def _with_fen(rows: Iterable[list[str | None]], amounts: Sequence[int]) -> Iterator[list[str | int | None]]:
    for row in rows:
        yield [*row, *[_in_fen(row[position]) for position in amounts]]


def _in_fen(yuan: str | None) -> int | None:
    """Return an amount in yuan as a whole number of fen, or None where it is none."""
    if yuan is None:
        return None
    whole, _, fraction = yuan.partition(".")
    digits = whole.removeprefix("-") + fraction
    is_exact = len(fraction) == _PLACES_OF_FEN and len(digits) <= _LONGEST_FEN and digits.isdecimal()
    return int(whole + fraction) if is_exact else None


def _refuse_loose_ends(database: sqlite3.Connection) -> None:
    loose = database.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise JixiaoError(
            f"{loose[0]} 表第 {loose[1]} 行所属的记录不在 {loose[2]} 表里：几个 CSV 文件不是同一次生成的。请用 jixiao build --full 重新生成网站。"
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
