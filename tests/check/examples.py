"""The examples on a rule's page, made into records: what a page shows is what the tests run."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.check.pack import Pack
from generator.check.rule import Rule
from generator.check.runner import RecordCheck
from generator.finding import Finding
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.model.catalog import Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.model.publications import NOTHING_PUBLISHED, Publications
from generator.model.records import Record
from tests.checked import check_catalog

_IMPLIED = {
    "表样": "财政项目支出绩效自评表",
    "年度": "2024",
    "项目名称": "示例项目",
    "主管部门": "示例街道办事处",
    "实施单位": "示例街道社区服务中心",
    "所属部门": "示例街道社区服务中心",
    "项目资金": "{单位: 元, 年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}}",
    "整体支出规模": "{单位: 元, 年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}}",
    "年度总体目标": "开展示例服务 12 次。",
    "绩效指标": "{产出指标: {数量指标: [{三级指标: 示例服务次数, 年度指标值: ≥12次}]}}",
    "总分": "{分值: 100}",
}
"""What an example need not say, by label; added behind it, so that its own lines keep their numbers."""

_FILE_NAME = re.compile(r"^# (?:content/records/)?(?P<id>\d{4}/[^/\s]+/[^/\s]+?)(?:\.yaml|\.md)?\s*$", re.MULTILINE)


_DAY = date(2025, 3, 31)
"""On which waivers of an example are judged, whatever the clock says."""


class ExampleError(ValueError):
    """An example that is no record."""

    def __init__(self, text: str, findings: Sequence[Finding]) -> None:
        found = "\n".join(f"{finding.origin.line}: {finding.code} {finding.message}" for finding in findings)
        super().__init__(f"not a record:\n{text}\n{found}")


class Example(NamedTuple):
    """The records of one example with what a check says of them."""

    records: tuple[Record, ...]
    checks: Mapping[str, RecordCheck]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, record by record."""
        return tuple(finding for check in self.checks.values() for finding in check.findings)


def run_example(
    text: str,
    rules: Mapping[str, Rule],
    forms: FormLibrary,
    pack: Pack,
    *,
    today: date = _DAY,
    published: Publications = NOTHING_PUBLISHED,
) -> Example:
    """Check the records of an example by some rules; raises ExampleError where it is none."""
    records = tuple(
        _record(part, number, forms) for number, part in enumerate(re.split(r"^---\n", text, flags=re.MULTILINE))
    )
    units = {record.unit: Unit(record.unit, "示例街道社区服务中心") for record in records}
    catalog = make_catalog(records, Registry(units, {}), forms)
    return Example(records, check_catalog(catalog, rules, lambda _: pack, today=today, published=published))


def _record(text: str, number: int, forms: FormLibrary) -> Record:
    named = _FILE_NAME.search(text)
    identifier = named["id"] if named else f"2024/shili/{'ABCDEFGH'[number].lower()}"
    title = re.search(r"^表样: *(\S+)", text, re.MULTILINE)
    layout = re.search(r"^版式: *(\S+)", text, re.MULTILINE)
    definition = forms.choose(title[1] if title else _IMPLIED["表样"], layout[1] if layout else "")
    wanted = definition.required if definition else ("表样", "年度")
    implied = {**_IMPLIED, "年度": identifier[:4]}
    lines = [f"{label}: {implied[label]}" for label in wanted if not re.search(rf"^{label}:", text, re.MULTILINE)]
    whole = text.rstrip("\n") + "\n" + "".join(f"{line}\n" for line in lines)
    tree = parse_tree(whole, f"content/records/{identifier}.yaml")
    if tree.node is None:
        raise ExampleError(whole, tree.findings)
    path = f"content/records/{identifier}.yaml"
    decoded = decode_record(tree.node, identifier=identifier, path=path, forms=forms)
    if decoded.record is None:
        raise ExampleError(whole, decoded.findings)
    return decoded.record
