"""The files of the open data that are made whole, and the list of all files for the page about the data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from generator.artifact import Artifact
from generator.export.about_files import (
    COVERAGE_JSON,
    PACKAGE_PATH,
    REPORT_SCHEMA_PATH,
    RULES,
    SCHEMA_PATH,
    About,
    about,
)
from generator.export.check_data import rule_data
from generator.export.coverage_data import COVERAGE_FILE
from generator.export.csv_table import UNSAFE_CELLS_NOTE
from generator.export.data_files import API_VERSION, DataFile, Site, data_files, head_of, listed_in
from generator.export.data_package import readable
from generator.export.plain import encoded
from generator.export.record_data import body_data
from generator.export.record_export import COMMA
from generator.model.catalog import Department, Unit
from generator.plan.contexts import Download
from generator.plan.site_check import SiteCheck
from generator.plan.urls import API


def unit_json_url(slug: str) -> str:
    """Return the JSON of all records of a unit."""
    return f"{API}/units/{slug}.json"


def unit_document(unit: Unit, department: Department | None, records: Sequence[bytes]) -> bytes:
    """Return a unit's file: its records, each as in the file of its own, in the order of the catalog."""
    head = {"api_version": API_VERSION, "unit": body_data(unit), "department": body_data(department)}
    start, end = listed_in(head, "records", len(records))
    # Without the end of its line, and without a copy of each.
    return b"".join((start, COMMA.join([memoryview(record)[:-1] for record in records]), end))


def constant_files(check: SiteCheck, site: Site) -> Iterator[Artifact]:
    """Make the files that no record changes: the rules, which come first, and the schemas."""
    # Only a new version of jixiao makes them again, and the schemas are all it needs these for.
    from generator.check.report.data import format_report_schema  # noqa: PLC0415
    from generator.export.schema import api_schema  # noqa: PLC0415

    rules = [encoded(rule_data(rule, check)) for rule in check.rules.values()]
    start, end = listed_in(head_of(site, checked=True), "rules", len(rules))
    yield Artifact(RULES.path, b"".join((start, COMMA.join(rules), end)))
    yield Artifact(SCHEMA_PATH, readable(api_schema()))
    yield Artifact(REPORT_SCHEMA_PATH, format_report_schema().encode())


def downloads(files: Iterable[DataFile], sizes: Mapping[str, int] = MappingProxyType({})) -> tuple[Download, ...]:
    """Return the files of the open data except those of single records and units, as readers are told of them.

    `sizes` has how many bytes files have, by path, as far as that is known.
    """
    listed = (*map(about, files), about(COVERAGE_FILE), RULES, COVERAGE_JSON)
    return (
        *(Download(one.title, one.path, one.description + _size(sizes.get(one.path))) for one in listed),
        Download("JSON 的结构（JSON Schema）", SCHEMA_PATH, "JSON 里每个字段的含义和取值，可用来校验。"),
        Download(
            "检查报告的结构（JSON Schema）",
            REPORT_SCHEMA_PATH,
            "jixiao check --format json 的报告里每个字段的含义和取值。",
        ),
        Download(
            "CSV 的字段说明（Data Package）", PACKAGE_PATH, f"CSV 每一列的中英文名称、类型和说明。{UNSAFE_CELLS_NOTE}"
        ),
    )


def database_downloads(files: Iterable[tuple[About, int]]) -> tuple[Download, ...]:
    """Return databases as readers are told of them; each with how many bytes it has."""
    return tuple(Download(one.title, one.path, one.description + _size(size)) for one, size in files)


def _size(size: int | None) -> str:
    """Return in words how large a file is; nothing where that is not known."""
    if size is None:
        return ""
    tenths, unit = (size // _TENTH_OF_MEGABYTE, "MB") if size >= _MEGABYTE else (size // _TENTH_OF_KILOBYTE, "KB")
    return f"大小 {max(tenths, 1) // 10}.{max(tenths, 1) % 10} {unit}。"


_TENTH_OF_KILOBYTE = 100
_TENTH_OF_MEGABYTE = 100_000
_MEGABYTE = 1_000_000

DATA_FILES = downloads(data_files({}, Site()))
"""Every file of a site none of whose tables is so long that it has a file for each year."""
