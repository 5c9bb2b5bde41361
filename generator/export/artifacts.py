"""The open data of a site, file by file."""

import json
from collections.abc import Iterator, Mapping

from generator.artifact import Artifact
from generator.export.columns import DEVIATION_COLUMNS, FUNDING_COLUMNS, INDICATOR_COLUMNS, RECORD_COLUMNS
from generator.export.csv_table import UNSAFE_CELLS_NOTE, CsvTable
from generator.export.data_package import PATH as PACKAGE_PATH
from generator.export.data_package import Site, Table, data_package
from generator.export.plain import Data, encoded
from generator.export.record_data import record_data
from generator.export.schema import API_VERSION, api_schema
from generator.model.catalog import Catalog
from generator.plan.contexts import Download
from generator.plan.rows import Lines
from generator.plan.urls import API, record_json_url

_RECORDS = Table(
    "records", "记录（CSV）", "一份表一行：表头各项、主要金额、总分、等级和年度总体目标。", RECORD_COLUMNS, ("id",)
)
_FUNDING = Table(
    "funding", "资金（CSV）", "一种资金一行：各栏金额照原表，另有折算为元的数字。", FUNDING_COLUMNS, ("id", "number")
)
_INDICATORS = Table(
    "indicators", "指标（CSV）", "一项指标一行：指标值、完成值、分值、得分和偏差原因照原表，另有解析出的数字。",
    INDICATOR_COLUMNS, ("id", "number"),
)  # fmt: skip
_DEVIATIONS = Table(
    "deviations", "偏差（CSV）", "被扣分或未达到指标值的指标，连同填报的原因；没有填报原因的也列出。",
    DEVIATION_COLUMNS, ("id", "number"),
)  # fmt: skip

TABLES = (_RECORDS, _FUNDING, _INDICATORS, _DEVIATIONS)

RECORDS_PATH = f"{API}/records.json"
SCHEMA_PATH = f"{API}/schema.json"

DATA_FILES = (
    *(Download(table.title, table.path, table.description) for table in TABLES),
    Download("全部记录（JSON）", RECORDS_PATH, "每份记录的全部内容，印出的数字为文本，与原表一字不差。"),
    Download("JSON 的结构（JSON Schema）", SCHEMA_PATH, "JSON 里每个字段的含义和取值，可用来校验。"),
    Download(
        "CSV 的字段说明（Data Package）", PACKAGE_PATH, f"CSV 每一列的中英文名称、类型和说明。{UNSAFE_CELLS_NOTE}"
    ),
)
"""Every file of the open data except those of single records, for the page about the data."""


def export_artifacts(
    catalog: Catalog, lines: Mapping[str, Lines], *, site_url: str, site_name: str
) -> Iterator[Artifact]:
    """Make every file of the open data; `lines` has the rows of every record by id."""
    site = Site(site_name, site_url)
    tables = {table: CsvTable(table.columns, site_url) for table in TABLES}
    written: list[bytes] = []
    for record in catalog.records:
        data = record_data(lines[record.id], catalog)
        written.append(encoded(data))
        yield Artifact(record_json_url(record), written[-1] + b"\n")
        _add_rows(tables, data, lines[record.id])
    records = Artifact(RECORDS_PATH, _all_records(written, site))
    yield records
    yield Artifact(SCHEMA_PATH, _readable(api_schema()))
    files = {table: Artifact(table.path, collected.content()) for table, collected in tables.items()}
    yield from files.values()
    yield Artifact(PACKAGE_PATH, _readable(data_package(files, records, site)))


def _add_rows(tables: Mapping[Table, CsvTable], data: Data, lines: Lines) -> None:
    tables[_RECORDS].add(data, data)
    for row in data["funding"]:
        tables[_FUNDING].add(data, row)
    for row, indicator in zip(data["indicators"], lines.indicators, strict=True):
        tables[_INDICATORS].add(data, row)
        if indicator.is_deviation:
            tables[_DEVIATIONS].add(data, row)


def _all_records(written: list[bytes], site: Site) -> bytes:
    """Join the records as they were written, one a line, so that none is built or encoded twice."""
    head = encoded({"api_version": API_VERSION, "site": {"name": site.name, "url": site.url}, "count": len(written)})
    return b"".join((head.removesuffix(b"}"), b',"records":[\n', b",\n".join(written), b"\n]}\n"))


def _readable(data: Data) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
