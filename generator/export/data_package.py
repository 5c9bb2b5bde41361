"""The Data Package descriptor: what each file of the open data holds, column by column."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec
from msgspec import Struct

from generator.export.about_files import COVERAGE_JSON, RULES, TITLE_END, About, about
from generator.export.columns import Column
from generator.export.csv_table import DIALECT, UNSAFE_CELLS_NOTE
from generator.export.data_files import FOLDER, DataFile, Site
from generator.export.english_words import english_description
from generator.export.plain import Data
from generator.export.tables import ALL_TABLES, RECORDS, Table
from generator.export.words import english

_CODES_NOTE = (
    "表格软件双击打开 CSV 时会自行改写长数字（例如项目编码）、前导零和像日期的文字；要原样看，"
    "请用“数据”里的“从文本/CSV”导入，把各列设为文本，或读 JSON。"
)

_MEDIA_TYPES = {"sqlite": "application/vnd.sqlite3", "parquet": "application/vnd.apache.parquet"}
"""Of databases, by their kind."""


class Digest(Struct, frozen=True):
    """What tells whether a file is the one described."""

    size: int
    """In bytes."""
    sha256: str
    """In hexadecimal digits."""


def datapackage(
    files: Mapping[DataFile, Digest],
    rules: Digest,
    site: Site,
    databases: Mapping[tuple[About, str], Digest] = MappingProxyType({}),
    *,
    coverage: Digest | None = None,
) -> bytes:
    """Describe the CSV files, databases by what they are called and their kind, and the JSON where the site has an address.

    A descriptor may name files beside or below it and full addresses, but none above it,
    so the JSON, which stands in another folder, needs the site's address.
    """
    package: Data = {
        "name": "jixiao-records",
        "profile": "data-package",
        "title": f"{site.name}{TITLE_END}",
        "description": f"全部公开的绩效表。各列照原表为文本，名称带“（元）”和“（计算）”的为计算所得。{UNSAFE_CELLS_NOTE}{_CODES_NOTE}",
        "unsafeCells": {"prefix": "'", "description": UNSAFE_CELLS_NOTE},
    }
    if site.url:
        package["homepage"] = site.url
    tables = {file: digest for file, digest in files.items() if file.table in ALL_TABLES}
    package["resources"] = [_csv_resource(file, digest, tables) for file, digest in tables.items()]
    package["resources"] += [
        _resource(said, said.path.removeprefix(f"{FOLDER}/"), kind, _MEDIA_TYPES[kind], digest)
        for (said, kind), digest in databases.items()
    ]
    if site.url:
        lists = [(about(file), digest) for file, digest in files.items() if file.table not in ALL_TABLES]
        package["resources"] += [
            _resource(said, site.url + said.path, "json", "application/json", digest) | {"encoding": "utf-8"}
            for said, digest in (*lists, (RULES, rules), *(((COVERAGE_JSON, coverage),) if coverage else ()))
        ]
    return readable(package)


def readable(data: Data) -> bytes:
    """Return JSON for people to read."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _csv_resource(file: DataFile, digest: Digest, files: Iterable[DataFile]) -> Data:
    said = about(file)
    return {
        "name": said.name,
        "path": said.path.removeprefix(f"{FOLDER}/"),
        "profile": "tabular-data-resource",
        "title": said.title,
        "description": said.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_digest(digest),
        "dialect": DIALECT,
        "schema": _table_schema(ALL_TABLES[file.table], _records_of(file, files)),
    }


def _resource(said: About, path: str, kind: str, media_type: str, digest: Digest) -> Data:
    return {
        "name": said.name,
        "path": path,
        "profile": "data-resource",
        "title": said.title,
        "description": said.description,
        "format": kind,
        "mediatype": media_type,
        **_digest(digest),
    }


def _digest(digest: Digest) -> Data:
    return {"bytes": digest.size, "hash": f"sha256:{digest.sha256}"}


def _records_of(file: DataFile, files: Iterable[DataFile]) -> str:
    """Return the resource that has the records of all rows of a file, or nothing where no single one has them."""
    records = (one for one in files if one.table == RECORDS.name and one.year in ("", file.year))
    has_records = file.table != RECORDS.name and "id" in ALL_TABLES[file.table].identifiers
    return next((about(one).name for one in records if has_records), "")


def _table_schema(table: Table, records: str) -> Data:
    labels = {column.identifier: column.name.label for column in table.columns}
    schema: Data = {
        "fields": [_field(table.name, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [labels[identifier] for identifier in table.key],
    }
    if records:
        reference = {"resource": records, "fields": [labels["id"]]}
        schema["foreignKeys"] = [{"fields": [labels["id"]], "reference": reference}]
    return schema


def _field(table: str, column: Column) -> Data:
    """Describe a column; its name must be the title in the file, so the English name stands beside it."""
    return {
        "name": column.name.label,
        "identifier": column.identifier,
        "title": english(column.identifier),
        "description": column.name.description,
        "description_en": english_description(table, column.identifier),
        "type": column.kind.value,
    }
