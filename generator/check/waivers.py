"""Waivers set a finding aside, replies stand beside it; both say so where nothing answers to them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.check.codes import nearest_code
from generator.check.corrections import CORRECTION_FAULTS
from generator.check.outcome import Outcome, Verdict
from generator.finding import Finding, Severity
from generator.load.faults import Fault
from generator.load.record_faults import RECORD_FAULTS
from generator.model.records import Record, Reply, Waiver
from generator.origin import Origin
from generator.text import folded, nearest
from generator.vocabulary import Place

EXPIRED_WAIVER = Fault("REC090", "expired-waiver", Severity.WARNING, "豁免过了有效期")
UNUSED_WAIVER = Fault("REC091", "unused-waiver", Severity.WARNING, "豁免没有用上")
UNKNOWN_RULE = Fault("REC092", "unknown-rule-code", Severity.ERROR, "豁免或答复写了不存在的规则")
UNMATCHED_REPLY = Fault("REC093", "reply-without-finding", Severity.NOTE, "答复没有对应的检查结果")

JUDGEMENT_FAULTS: dict[str, Fault] = {
    fault.code: fault for fault in (EXPIRED_WAIVER, UNUSED_WAIVER, UNKNOWN_RULE, UNMATCHED_REPLY)
}
"""Every fault of waivers and replies by its code; the check finds them, for they depend on what rules find."""

WAIVER_FAULTS = frozenset({EXPIRED_WAIVER.code, UNUSED_WAIVER.code, UNKNOWN_RULE.code})
"""Those that the public sees, as it sees every waiver."""


class Codes(NamedTuple):
    """Which rules there are, and which of them are asked."""

    known: Collection[str]
    asked: Collection[str]


def is_about(field: str, path: str) -> bool:
    """Tell whether words name a part of a field's path: `甲 › 得分` names `产出指标 › 数量指标 › 甲 › 得分`.

    Whole parts are compared, blanks and width aside; empty words name every path.
    """
    wanted, there = _parts(field), _parts(path)
    return not wanted or any(
        there[start : start + len(wanted)] == wanted for start in range(len(there) - len(wanted) + 1)
    )


def _parts(path: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in path.split("›") if part.strip())


def waived(code: str, verdict: Verdict, waivers: Sequence[Waiver], today: date) -> Verdict:
    """Return a fault as waived where a waiver covers it that still counts; everything else as it is."""
    if verdict.outcome is not Outcome.FAIL:
        return verdict
    for waiver in waivers:
        if waiver.rule == code and today <= waiver.valid_until and is_about(waiver.field, verdict.spot.field):
            return verdict._replace(outcome=Outcome.WAIVED, reason=reason_of(waiver))
    return verdict


def reason_of(waiver: Waiver) -> str:
    """Say why a finding is waived, who agreed and until when."""
    return f"{waiver.reason}（{waiver.approver}批准，有效期至 {waiver.valid_until.isoformat()}）"


def replies_to(finding: Finding, record: Record) -> tuple[Reply, ...]:
    """Return what the record's author replies to a finding."""
    return tuple(
        reply for reply in record.replies if reply.rule == finding.code and is_about(reply.field, finding.field)
    )


def judgement_findings(
    record: Record, fields: Mapping[str, Collection[str]], codes: Codes, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong with the waivers and replies of a record.

    `fields` has the field paths of every fault that rules found, waived or not, by code.
    """
    return (*_waiver_findings(record, fields, codes, today), *_reply_findings(record, fields, codes))


def _waiver_findings(
    record: Record, fields: Mapping[str, Collection[str]], codes: Codes, today: date
) -> Iterator[Finding]:
    for number, waiver in enumerate(record.waivers, 1):
        where = f"{record.label(Place.RECORD, 'waivers')} › 第 {number} 条"
        origin = Origin(record.path, *waiver.span)
        until = waiver.valid_until.isoformat()
        answered = any(is_about(waiver.field, field) for field in fields.get(waiver.rule, ()))
        if waiver.rule not in codes.known:
            yield _unknown(waiver.rule, origin, where, codes, "豁免")
        elif waiver.rule not in codes.asked and today <= waiver.valid_until:
            continue
        elif today > waiver.valid_until:
            yield EXPIRED_WAIVER.at(
                origin, f"对 {waiver.rule} 的豁免已过有效期，不再起作用", found=f"有效期至 {until}",
                expected=f"{today.isoformat()} 或以后",
                hint="问题还在就改正它，或经批准后延长有效期" if answered else "检查结果已经没有这一条，删去这条豁免", field=where,
            )  # fmt: skip
        elif not answered:
            yield UNUSED_WAIVER.at(
                origin, f"{_named(waiver.rule, waiver.field)}没有检查结果，这条豁免没有用上",
                found=_named(waiver.rule, waiver.field).strip(), expected=_expected(waiver.rule, fields),
                hint=_hint(waiver.field, waiver.rule, fields, "豁免"), field=where,
            )  # fmt: skip


def _reply_findings(record: Record, fields: Mapping[str, Collection[str]], codes: Codes) -> Iterator[Finding]:
    for number, reply in enumerate(record.replies, 1):
        where = f"{record.label(Place.RECORD, 'replies')} › 第 {number} 条"
        origin = Origin(record.path, *reply.span)
        if reply.rule not in codes.known:
            yield _unknown(reply.rule, origin, where, codes, "答复")
        elif reply.rule in codes.asked and not any(is_about(reply.field, at) for at in fields.get(reply.rule, ())):
            yield UNMATCHED_REPLY.at(
                origin, f"{_named(reply.rule, reply.field)}没有检查结果，这条答复没有对应的问题",
                found=_named(reply.rule, reply.field).strip(), expected=_expected(reply.rule, fields),
                hint=_hint(reply.field, reply.rule, fields, "答复"), field=where,
            )  # fmt: skip


def _unknown(code: str, origin: Origin, where: str, codes: Codes, what: str) -> Finding:
    near = nearest_code(code, codes.known)
    if code in RECORD_FAULTS or code.startswith("SRC"):
        hint = f"{code} 是读取问题，只能改正文件；删去这条{what}"
    elif code in CORRECTION_FAULTS:
        hint = f"{code} 不能豁免，公开之后改了数字只能写更正；删去这条{what}"
    else:
        hint = f"改为 {near}；全部代码见 jixiao rules" if near else "全部代码见 jixiao rules"
    return UNKNOWN_RULE.at(
        origin,
        f"没有规则 {code}，这条{what}不起作用",
        found=code,
        expected="jixiao rules 列出的代码之一",
        hint=hint,
        field=where,
    )


def _named(code: str, field: str) -> str:
    return f"{code} 对“{field}”" if field else f"{code} "


def _expected(code: str, fields: Mapping[str, Collection[str]]) -> str:
    listed = "、".join(f"“{field}”" for field in fields.get(code, ()) if field)
    return f"{code} 现在报出的对象：{listed}" if listed else f"{code} 报出的检查结果"


def _hint(field: str, code: str, fields: Mapping[str, Collection[str]], what: str) -> str:
    parts = {part.strip() for path in fields.get(code, ()) for part in path.split("›")}
    near = nearest(field, parts) if field else None
    return f"对象改为“{near}”" if near else f"问题已经改正的，删去这条{what}"


def fields_found(decided: Iterable[tuple[str, Sequence[Verdict]]]) -> dict[str, tuple[str, ...]]:
    """Return the field paths of every fault, waived or not, by code of the rule."""
    found: dict[str, dict[str, None]] = {}
    for code, verdicts in decided:
        for verdict in verdicts:
            if verdict.outcome in (Outcome.FAIL, Outcome.WAIVED):
                found.setdefault(code, {})[verdict.spot.field] = None
    return {code: tuple(fields) for code, fields in found.items()}
