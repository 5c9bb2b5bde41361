"""What an import did, for programs: JSON, with its published schema."""

import json
from typing import Any

from generator import __version__
from generator.check.report.data import closed, said_of
from generator.check.report.terminal import escaped
from generator.exchange.import_report import FileReport, ImportReport, count, hides, without_numbers
from generator.exchange.imported import CellFinding, ImportedDraft
from generator.exchange.placing import Outcome, Placed
from generator.finding import Severity
from generator.importers.document import Remark
from generator.importers.draft import Certainty, Filled

Data = dict[str, Any]


def format_import_json(report: ImportReport) -> str:
    """Return the report as JSON."""
    return escaped(_dumped(import_data(report)))


def import_data(report: ImportReport) -> Data:
    """Return the report as plain values."""
    counts = count(report)
    return {
        "tool": "jixiao",
        "version": __version__,
        "dry_run": report.is_trial,
        "summary": {
            "files": counts.files,
            "drafts": counts.drafts,
            "known_files": counts.known,
            "files_read_before": counts.read_before,
            "failed_files": counts.failed,
            "drafts_to_confirm": counts.unconfirmed_drafts,
            "values_to_confirm": counts.unconfirmed,
            "outcomes": {outcome.value: counts.outcomes.get(outcome, 0) for outcome in Outcome},
            "skipped": dict(sorted(report.skipped.items())),
            "skipped_names": list(report.left_out),
        },
        "files": [_file(file) for file in report.files],
    }


def _file(report: FileReport) -> Data:
    return {
        "file": report.name,
        "kind": report.file.kind,
        "fault": report.file.fault,
        "known": report.is_known,
        "remarks": [_remark(remark) for remark in report.file.remarks],
        "drafts": [
            _hidden(_draft(draft, placed)) if hides(draft) else _draft(draft, placed)
            for draft, placed in zip(report.file.drafts, report.placed, strict=True)
        ],
    }


def _hidden(value: Any) -> Any:  # noqa: ANN401  any JSON
    """Return plain values with long numbers and mail addresses covered."""
    if isinstance(value, str):
        return without_numbers(value)
    if isinstance(value, dict):
        return {key: _hidden(one) for key, one in value.items()}
    return [_hidden(one) for one in value] if isinstance(value, list) else value


def _draft(draft: ImportedDraft, placed: Placed) -> Data:
    return {
        "title": draft.title,
        "layout": draft.layout,
        "record_type": draft.kind,
        "fiscal_year": draft.fiscal_year,
        "project_name": draft.project,
        "unit": draft.unit,
        "outcome": placed.outcome.value,
        "path": placed.path,
        "why": placed.why,
        "differences": list(placed.differences),
        "unconfirmed": list(placed.unconfirmed),
        "filled": [_filled(value) for value in draft.filled],
        "leftover": [{"place": one.place, "text": one.text, "why": one.why} for one in draft.leftover],
        "remarks": [_remark(remark) for remark in draft.remarks],
        "findings": [_finding(finding) for finding in draft.findings],
        "record": draft.text,
    }


def _filled(value: Filled) -> Data:
    return {
        "place": value.place,
        "path": value.path,
        "field": value.field,
        "text": value.text,
        "printed": value.printed,
        "certainty": value.certainty.value,
        "why": value.why,
    }


def _finding(finding: CellFinding) -> Data:
    return {
        "place": finding.place,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "hint": finding.hint,
        "line": finding.line,
    }


def _remark(remark: Remark) -> Data:
    return {"place": remark.place, "text": remark.text}


_TEXT: Data = {"type": "string"}
_COUNT: Data = {"type": "integer", "minimum": 0}


def import_schema() -> Data:
    """Return the JSON Schema of the report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jixiao:import-report:v1",
        "title": "jixiao import report",
        "description": "`jixiao import --format json` 的输出。",
        **closed(
            {
                "tool": {"const": "jixiao"},
                "version": said_of("jixiao 的版本。", _TEXT),
                "dry_run": said_of("是否只试算，不写文件。", {"type": "boolean"}),
                "summary": said_of("各种结果的数目。", _summary_schema()),
                "files": said_of("每个文件，按读取的次序。", _list(_file_schema())),
            }
        ),
    }


def format_import_schema() -> str:
    """Return the JSON Schema of the report as text."""
    return _dumped(import_schema())


def _dumped(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _list(items: Data) -> Data:
    return {"type": "array", "items": items}


def _summary_schema() -> Data:
    return closed(
        {
            "files": said_of("读取的文件数。", _COUNT),
            "drafts": said_of("认出的表数。", _COUNT),
            "known_files": said_of("以前导入过、记录没有动过的文件数。", _COUNT),
            "files_read_before": said_of("以前读过、这次没有再读的文件数，不含 known_files。", _COUNT),
            "failed_files": said_of("没有导入的文件数。", _COUNT),
            "drafts_to_confirm": said_of("有待确认的值的表数。", _COUNT),
            "values_to_confirm": said_of("待确认的值的数目。", _COUNT),
            "outcomes": said_of("各种结果的表数。", closed({outcome.value: _COUNT for outcome in Outcome})),
            "skipped": said_of("跳过的文件数，按原因。", {"type": "object", "additionalProperties": _COUNT}),
            "skipped_names": said_of("跳过的文件和文件夹的名称，系统文件和打开时的临时文件除外。", _list(_TEXT)),
        }
    )


def _file_schema() -> Data:
    return closed(
        {
            "file": said_of("文件。", _TEXT),
            "kind": said_of("格式：xlsx、xls、docx、pdf 或 html；没有读出来时为空。", _TEXT),
            "fault": said_of("为什么没有导入、怎样办；导入了时为空。", _TEXT),
            "known": said_of("是否以前导入过，记录没有动过。", {"type": "boolean"}),
            "remarks": said_of("关于这个文件的说明。", _list(_remark_schema())),
            "drafts": said_of("认出的表。", _list(_draft_schema())),
        }
    )


def _remark_schema() -> Data:
    return closed({"place": said_of("原件里的位置；关于整份文件时为空。", _TEXT), "text": said_of("说明。", _TEXT)})


def _draft_schema() -> Data:
    leftover = {
        "place": said_of("原件里的位置。", _TEXT),
        "text": said_of("文字。", _TEXT),
        "why": said_of("为什么没有用上。", _TEXT),
    }
    return closed(
        {
            "title": said_of("表的标题，没有时为空。", _TEXT),
            "layout": said_of("版式。", _TEXT),
            "record_type": said_of("表的种类。", _TEXT),
            "fiscal_year": said_of("年度，没有时为 0。", _COUNT),
            "project_name": said_of("项目名称。", _TEXT),
            "unit": said_of("实施单位，或表所评价的单位。", _TEXT),
            "outcome": said_of("结果。", {"enum": [outcome.value for outcome in Outcome]}),
            "path": said_of("记录文件；没有时为空。", _TEXT),
            "why": said_of("什么妨碍了写入、怎样办；没有妨碍时为空。", _TEXT),
            "differences": said_of("与现有记录不同的各处，或改动的各处。", _list(_TEXT)),
            "unconfirmed": said_of("还要与原件核对的栏，用表上的字样，以 › 相连。", _list(_TEXT)),
            "filled": said_of("填入的各栏和它们的来处。", _list(_filled_schema())),
            "leftover": said_of("没有用上的文字。", _list(closed(leftover))),
            "remarks": said_of("说明。", _list(_remark_schema())),
            "findings": said_of("检查的结果，指到原件的格。", _list(_finding_schema())),
            "record": said_of("记录文件的全文。", _TEXT),
        }
    )


def _filled_schema() -> Data:
    return closed(
        {
            "place": said_of("原件里的位置；没有单独的格时为空。", _TEXT),
            "path": said_of("栏目，用表上的字样，以 › 相连。", _TEXT),
            "field": said_of("栏目的标识。", _TEXT),
            "text": said_of("填入的内容。", _TEXT),
            "printed": said_of("原件的文字与填入的不同时，原件的文字；相同时为空。", _TEXT),
            "certainty": said_of(
                "certain 确定，likely 较有把握，inferred 待确认。", {"enum": [one.value for one in Certainty]}
            ),
            "why": said_of("为什么不能确定；确定时为空。", _TEXT),
        }
    )


def _finding_schema() -> Data:
    return closed(
        {
            "place": said_of("原件里的位置；没有单独的格时为空。", _TEXT),
            "code": said_of("规则代码。", _TEXT),
            "severity": said_of("程度。", {"enum": [severity.value for severity in Severity]}),
            "message": said_of("哪里不对，一句话。", _TEXT),
            "field": said_of("栏目，用表上的字样，以 › 相连。", _TEXT),
            "found": said_of("现为什么。", _TEXT),
            "expected": said_of("应为什么。", _TEXT),
            "hint": said_of("怎样改。", _TEXT),
            "line": said_of("在记录文件的第几行。", _COUNT),
        }
    )
