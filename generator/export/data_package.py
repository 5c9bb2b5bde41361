"""The Data Package descriptor: what each file of the open data holds, column by column."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.artifact import Artifact
from generator.export.columns import Column, Kind
from generator.export.csv_table import DIALECT, UNSAFE_CELLS_NOTE
from generator.export.plain import Data
from generator.export.words import english


class Table(NamedTuple):
    """One CSV file."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Identifiers of the columns that tell a row from all others."""

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return f"{FOLDER}/{self.name}.csv"


FOLDER = "data"
PATH = f"{FOLDER}/datapackage.json"

_CODES_NOTE = (
    "表格软件双击打开 CSV 时会自行改写长数字（例如项目编码）、前导零和像日期的文字；要原样看，"
    "请用“数据”里的“从文本/CSV”导入，把各列设为文本，或读 JSON。"
)


class Site(NamedTuple):
    """What a descriptor says about where the files come from."""

    name: str
    url: str
    """Absolute address ending in /, or empty."""


class JsonFile(NamedTuple):
    """One JSON file."""

    name: str
    title: str
    description: str
    path: str
    """Where it stands in the site."""


def data_package(tables: Mapping[Table, Artifact], json_files: Mapping[JsonFile, Artifact], site: Site) -> Data:
    """Describe the CSV files, and the JSON where the site has an address.

    A descriptor may name files beside or below it and full addresses, but none above it,
    so the JSON, which stands in another folder, needs the site's address.
    """
    package: Data = {
        "name": "jixiao-records",
        "profile": "data-package",
        "title": f"{site.name}：开放数据",
        "description": f"全部公开的绩效表。各列照原表为文本，名称带“（元）”和“（计算）”的为计算所得。{UNSAFE_CELLS_NOTE}{_CODES_NOTE}",
        "unsafeCells": {"prefix": "'", "description": UNSAFE_CELLS_NOTE},
    }
    if site.url:
        package["homepage"] = site.url
    package["resources"] = [_csv_resource(table, artifact) for table, artifact in tables.items()]
    if site.url:
        package["resources"] += [_json_resource(*one, site.url) for one in json_files.items()]
    return package


def _csv_resource(table: Table, artifact: Artifact) -> Data:
    return {
        "name": table.name,
        "path": artifact.path.removeprefix(f"{FOLDER}/"),
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_digest(artifact),
        "dialect": DIALECT,
        "schema": _table_schema(table),
    }


def _json_resource(file: JsonFile, artifact: Artifact, site_url: str) -> Data:
    return {
        "name": file.name,
        "path": site_url + artifact.path,
        "profile": "data-resource",
        "title": file.title,
        "description": file.description,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        **_digest(artifact),
    }


def _digest(artifact: Artifact) -> Data:
    return {"bytes": len(artifact.content), "hash": f"sha256:{hashlib.sha256(artifact.content).hexdigest()}"}


def _table_schema(table: Table) -> Data:
    labels = {column.identifier: column.name.label for column in table.columns}
    schema: Data = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": _labels(table.key, labels),
    }
    if table.name != "records":
        reference = {"resource": "records", "fields": [labels["id"]]}
        schema["foreignKeys"] = [{"fields": [labels["id"]], "reference": reference}]
    return schema


def _labels(identifiers: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    return [labels[identifier] for identifier in identifiers]


def _field(column: Column) -> Data:
    """Describe a column; its name must be the title in the file, so the English name stands beside it."""
    field: Data = {
        "name": column.name.label,
        "identifier": column.identifier,
        "title": english(column.identifier),
        "description": column.name.description,
        "type": "string" if column.kind is Kind.ADDRESS else column.kind.value,
    }
    return field
