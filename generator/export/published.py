"""The tables of a built site as its Data Package describes them: what other formats are made from."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.errors import JixiaoError
from generator.export.about_files import PACKAGE_PATH, TITLE_END
from generator.export.csv_table import APOSTROPHE
from generator.patterns import lazy_pattern

_PLAIN_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.csv")
_IDENTIFIER = lazy_pattern(r"[a-z][a-z0-9_]*")
_LONGEST_CELL = 1 << 30
_REBUILD = "请用这个版本的 jixiao build --full 重新生成网站。"


class PublishedColumn(Struct, frozen=True):
    """One column of a table."""

    name: str
    """Its title in the file, in Chinese."""
    identifier: str
    """Its name in English."""
    description: str
    type: str
    """As a Data Package says it: string, number, integer or year."""
    description_en: str = ""

    @property
    def is_amount(self) -> bool:
        """Tell whether it holds amounts in yuan."""
        return self.type == "number" and (self.identifier.endswith("_yuan") or self.identifier == "computed_adjustment")

    @property
    def is_whole(self) -> bool:
        """Tell whether it holds whole numbers."""
        return self.type in ("integer", "year")


class PublishedFile(NamedTuple):
    """One CSV file."""

    path: str
    """Beside the Data Package."""
    size: int
    sha256: str


class PublishedTable(NamedTuple):
    """One table, whose rows stand in one file or in one for each year."""

    name: str
    title: str
    description: str
    columns: tuple[PublishedColumn, ...]
    key: tuple[str, ...]
    """Identifiers of the columns that tell a row from all others."""
    files: tuple[PublishedFile, ...]


Read = Callable[[PublishedFile], bytes]
"""Gives the content of a file, which `verified` then accepts or refuses."""


class _Schema(Struct):
    fields: tuple[PublishedColumn, ...]
    key: tuple[str, ...] = msgspec.field(name="primaryKey")


class _Resource(Struct):
    name: str
    path: str
    title: str
    description: str
    format: str
    bytes: int
    hash: str
    schema: _Schema | None = None


class _Package(Struct):
    resources: tuple[_Resource, ...]
    title: str = ""


def published_tables(descriptor: bytes) -> tuple[PublishedTable, ...]:
    """Return the tables that a site's Data Package describes; raise JixiaoError where it is none of ours."""
    package = _package(descriptor)
    found: dict[str, PublishedTable] = {}
    whole = {one.name for one in package.resources}
    for one in package.resources:
        name, _, year = one.name.partition("-")
        # A table that stands in one file may have slices by year beside it.
        if one.schema is None or (year and name in whole):
            continue
        _examine(name, one, one.schema)
        file = PublishedFile(one.path, one.bytes, one.hash.removeprefix("sha256:"))
        table = found.get(name)
        if table is None:
            titles = {column.name: column.identifier for column in one.schema.fields}
            title = one.title.replace("（CSV）", "").replace(f"（{year} 年，CSV）", "")
            key = tuple(titles[column] for column in one.schema.key)
            about = one.description.removeprefix(f"{year} 年度的：") if year else one.description
            found[name] = PublishedTable(name, title, about, one.schema.fields, key, (file,))
        elif table.columns == one.schema.fields:
            found[name] = table._replace(files=(*table.files, file))
        else:
            raise JixiaoError(f"{PACKAGE_PATH} 里 {one.path} 的列与同一张表的其他文件不同。{_REBUILD}")
    return tuple(found.values())


def published_files(descriptor: bytes) -> tuple[PublishedFile, ...]:
    """Return every file beside a site's Data Package that it describes, tables and others."""
    found = _package(descriptor).resources
    return tuple(
        PublishedFile(one.path, one.bytes, one.hash.removeprefix("sha256:")) for one in found if "://" not in one.path
    )


def site_title(descriptor: bytes) -> str:
    """Return the name of the site that a Data Package belongs to."""
    return _package(descriptor).title.removesuffix(TITLE_END)


def _package(descriptor: bytes) -> _Package:
    try:
        return msgspec.json.decode(descriptor, type=_Package)
    except msgspec.DecodeError as error:
        raise JixiaoError(f"{PACKAGE_PATH} 读不懂：{error}。{_REBUILD}") from error


def verified(content: bytes, file: PublishedFile) -> bytes:
    """Return the content of a file; refuse what is not the one that the Data Package describes."""
    if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.sha256:
        raise JixiaoError(
            f"{file.path} 与 datapackage.json 写的不符（大小或 SHA-256 不同）：文件在网站生成之后被改过，或没有传全。"
            "请用 jixiao build --full 重新生成网站，再运行这条命令；不加 --full 时，内容没有改动的文件不会重写。"
        )
    return content


def rows_of(table: PublishedTable, read: Read) -> Iterator[list[str | None]]:
    """Yield the rows of a table: each cell as printed, without the apostrophe before what looks like a formula.

    An empty cell is None: the CSV does not tell a blank from a column that the form has not.
    """
    csv.field_size_limit(_LONGEST_CELL)
    titles = [column.name for column in table.columns]
    for file in table.files:
        content = verified(read(file), file)
        try:
            lines = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=""), strict=True)
            if next(lines, None) != titles:
                raise JixiaoError(f"{file.path} 的第一行与 datapackage.json 写的列名不符。{_REBUILD}")
            for row in lines:
                if len(row) != len(titles):
                    raise JixiaoError(
                        f"{file.path} 第 {lines.line_num} 行有 {len(row)} 格，应有 {len(titles)} 格。{_REBUILD}"
                    )
                # Written out, since a corpus has millions of cells.
                yield [None if not cell else cell if cell[0] != APOSTROPHE else cell[1:] for cell in row]
        except (csv.Error, UnicodeDecodeError) as error:
            raise JixiaoError(f"{file.path} 读不出来：{error}。{_REBUILD}") from error


def _examine(name: str, resource: _Resource, schema: _Schema) -> None:
    """Refuse names that could lead out of the folder or mean something else in a query."""
    identifiers = [column.identifier for column in schema.fields]
    sound = (
        _PLAIN_NAME.fullmatch(resource.path)
        and all(_IDENTIFIER.fullmatch(word) for word in (name, *identifiers))
        and len(set(identifiers)) == len(identifiers)
        and {*schema.key} <= {column.name for column in schema.fields}
    )
    if not sound:
        raise JixiaoError(f"{PACKAGE_PATH} 里 {resource.name} 一项的文件名或列名不合规矩。{_REBUILD}")
