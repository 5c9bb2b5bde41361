"""The open data of a site, file by file."""

import json
from collections.abc import Iterator, Mapping

from generator.artifact import Artifact
from generator.check.report.data import format_report_schema
from generator.export.check_data import rule_data
from generator.export.columns import (
    DEVIATION_COLUMNS,
    FINDING_COLUMNS,
    FUNDING_COLUMNS,
    INDICATOR_COLUMNS,
    RECORD_COLUMNS,
)
from generator.export.csv_table import UNSAFE_CELLS_NOTE, CsvTable
from generator.export.data_package import PATH as PACKAGE_PATH
from generator.export.data_package import JsonFile, Site, Table, data_package
from generator.export.plain import Data, encoded
from generator.export.record_data import record_data
from generator.export.schema import API_VERSION, api_schema
from generator.model.catalog import Catalog
from generator.plan.contexts import Download
from generator.plan.rows import Lines
from generator.plan.site_check import SiteCheck
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

_FINDINGS = Table(
    "findings", "检查结果（CSV）", "一处与规则不符一行：哪条规则、哪一处、原表印的是什么、按规则应是什么。",
    FINDING_COLUMNS, ("id", "number"),
)  # fmt: skip

TABLES = (_RECORDS, _FUNDING, _INDICATORS, _DEVIATIONS, _FINDINGS)

_STRUCTURE = "结构见同一文件夹的 schema.json。"
_RECORDS_JSON = JsonFile(
    "records-json", "全部记录（JSON）", f"每份记录的全部内容，印出的数字为文本，与原表一字不差；{_STRUCTURE}", f"{API}/records.json"
)  # fmt: skip
_FINDINGS_JSON = JsonFile(
    "findings-json", "检查结果（JSON）", f"全部可公开的检查结果，附所在记录和填报单位的答复；{_STRUCTURE}", f"{API}/findings.json"
)  # fmt: skip
_RULES_JSON = JsonFile(
    "rules-json", "检查规则（JSON）", f"每条规则查什么、为什么、怎样算、依据是什么，附两个例子；{_STRUCTURE}", f"{API}/rules.json"
)  # fmt: skip
SCHEMA_PATH = f"{API}/schema.json"
REPORT_SCHEMA_PATH = f"{API}/check_report.schema.json"

DATA_FILES = (
    *(Download(table.title, table.path, table.description) for table in TABLES),
    *(Download(file.title, file.path, file.description) for file in (_RECORDS_JSON, _FINDINGS_JSON, _RULES_JSON)),
    Download("JSON 的结构（JSON Schema）", SCHEMA_PATH, "JSON 里每个字段的含义和取值，可用来校验。"),
    Download(
        "检查报告的结构（JSON Schema）", REPORT_SCHEMA_PATH, "jixiao check --format json 的报告里每个字段的含义和取值。"
    ),
    Download(
        "CSV 的字段说明（Data Package）", PACKAGE_PATH, f"CSV 每一列的中英文名称、类型和说明。{UNSAFE_CELLS_NOTE}"
    ),
)
"""Every file of the open data except those of single records, for the page about the data."""


def export_artifacts(
    catalog: Catalog, lines: Mapping[str, Lines], check: SiteCheck, *, site_url: str, site_name: str
) -> Iterator[Artifact]:
    """Make every file of the open data; `lines` has the rows of every record by id."""
    site = Site(site_name, site_url)
    tables = {table: CsvTable(table.columns, site_url) for table in TABLES}
    written: list[bytes] = []
    findings: list[bytes] = []
    for record in catalog.records:
        data = record_data(lines[record.id], catalog, check)
        written.append(encoded(data))
        yield Artifact(record_json_url(record), written[-1] + b"\n")
        _add_rows(tables, data, lines[record.id])
        findings += [encoded({"id": record.id} | finding) for finding in data["check"]["findings"]]
    rules = [encoded(rule_data(rule, check)) for rule in check.rules.values()]
    json_files = {
        _RECORDS_JSON: Artifact(_RECORDS_JSON.path, _joined("records", written, _head(site))),
        _FINDINGS_JSON: Artifact(_FINDINGS_JSON.path, _joined("findings", findings, _head(site, check))),
        _RULES_JSON: Artifact(_RULES_JSON.path, _joined("rules", rules, _head(site, check))),
    }
    yield from json_files.values()
    yield Artifact(SCHEMA_PATH, _readable(api_schema()))
    yield Artifact(REPORT_SCHEMA_PATH, format_report_schema().encode())
    files = {table: Artifact(table.path, collected.content()) for table, collected in tables.items()}
    yield from files.values()
    yield Artifact(PACKAGE_PATH, _readable(data_package(files, json_files, site)))


def _add_rows(tables: Mapping[Table, CsvTable], data: Data, lines: Lines) -> None:
    tables[_RECORDS].add(data, data)
    for row in data["funding"]:
        tables[_FUNDING].add(data, row)
    for row, indicator in zip(data["indicators"], lines.indicators, strict=True):
        tables[_INDICATORS].add(data, row)
        if indicator.is_deviation:
            tables[_DEVIATIONS].add(data, row)
    for row in data["check"]["findings"]:
        tables[_FINDINGS].add(data, row)


def _head(site: Site, check: SiteCheck | None = None) -> Data:
    head: Data = {"api_version": API_VERSION, "site": {"name": site.name, "url": site.url}}
    return head | ({"fingerprint": check.fingerprint, "public_findings": _shown(check)} if check else {})


def _shown(check: SiteCheck) -> str:
    return "internal" if check.policy.internal else check.policy.public.value


def _joined(name: str, written: list[bytes], head: Data) -> bytes:
    """Join values as they were written, one a line, so that none is built or encoded twice."""
    start = encoded(head | {"count": len(written)}).removesuffix(b"}")
    return b"".join((start, f',"{name}":[\n'.encode(), b",\n".join(written), b"\n]}\n"))


def _readable(data: Data) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
