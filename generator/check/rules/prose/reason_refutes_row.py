"""PRO034: a reason that says the contrary of another row, or of its own."""

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, Row, Subject
from generator.check.wording.text_matching import bare, core
from generator.finding import Related, Severity
from generator.model.achievement import Outcome as Achieved
from generator.model.values import Quantity, Words
from generator.origin import Origin
from generator.patterns import lazy_pattern

_LATE = lazy_pattern("推迟|延期|延迟|延后|滞后|顺延|逾期|未按时|未能按时|未及时")
_STOPPED = lazy_pattern("关闭|停办|停业|停用|取消|暂停|停止|未开展|未举办|未实施|未能开展")
_TIMELINESS = lazy_pattern("(?:完成|开展|举办|实施|建设)?(?:及时|按时|准时)(?:性|率|完成率|完成情况|开展率)?$")
_RUNNING = lazy_pattern("(?:的)?(?:正常)?(?:运营|运行|运转|开放|使用)(?:率|情况|天数)?$")
_ENSURE = lazy_pattern("^(?:保障|确保|保证|维持)")
_SHORTEST = 4
_FULL = 100


class _Claim(Struct, frozen=True):
    row: Row
    thing: str
    """What the row is about, bare."""
    refuted_by: re.Pattern[str]


@rule(
    "PRO034",
    "reason-refutes-row",
    reads="indicator.deviation_reason",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE,),
    formula="一行的偏差原因说推迟、关闭、取消的，同一对象的另一行或得满分的本行不写“及时”或正常运行 100%",
    otherwise="没有偏差原因提到推迟、关闭、取消",
    record_types=EVALUATIONS | {"Other"},
)
def reason_refutes_row(subject: Subject) -> Iterator[Verdict]:
    """一行的偏差原因否定了另一行或者本行的完成值。

    原因里说活动推迟到下一年度，另一行却写同一活动“及时”；原因里说场地关闭，另一行却写正常运营 100%。
    本行写着及时、得满分，原因里却说推迟的，也是矛盾。
    只看名称说的是同一对象、明明白白写着及时或 100% 的；是否矛盾请填报单位说明。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区特色活动次数, 年度指标值: =10次, 实际完成值: 8次, 分值: 10, 得分: 8, 偏差原因: 两次活动推迟至下一年度}
            时效指标:
              - {三级指标: 特色活动完成及时性, 年度指标值: 及时, 实际完成值: 及时, 分值: 10, 得分: 10}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区特色活动次数, 年度指标值: =10次, 实际完成值: 8次, 分值: 10, 得分: 8, 偏差原因: 两次活动推迟至下一年度}
            时效指标:
              - {三级指标: 志愿服务完成及时性, 年度指标值: 及时, 实际完成值: 及时, 分值: 10, 得分: 10}
    """
    reasons = [
        row for row in subject.scored if row.reason and (_LATE.search(row.reason) or _STOPPED.search(row.reason))
    ]
    if not reasons:
        return
    refuted = False
    for claim in filter(None, map(_claim, subject.scored)):
        against = next((row for row in reasons if row is not claim.row and _refutes(row, claim)), None)
        if against is None:
            continue
        refuted = True
        yield _fault(subject, claim, against)
    for row in reasons:
        if _refutes_itself(row):
            refuted = True
            yield _own_fault(row)
    if not refuted:
        yield PASSED


def _claim(row: Row) -> _Claim | None:
    """Return what a row plainly claims: that something was in time, or that it ran."""
    if row.reason:
        return None
    name = bare(row.name)
    if _says_yes(row) and (match := _TIMELINESS.search(name)):
        return _made(row, name[: match.start()], _LATE)
    if _says_yes(row) and (match := _RUNNING.search(name)):
        return _made(row, _ENSURE.sub("", name[: match.start()]), _STOPPED)
    return None


def _made(row: Row, thing: str, refuted_by: re.Pattern[str]) -> _Claim | None:
    return _Claim(row, thing, refuted_by) if len(thing) >= _SHORTEST else None


def _says_yes(row: Row) -> bool:
    if not row.is_readable:
        return False
    actual = row.actual
    if isinstance(actual, Quantity):
        return actual.normalised_unit == "%" and actual.number == _FULL
    if isinstance(actual, Words):
        return any("及时" in word or "正常" in word or "按时" in word for word in actual.words)
    return row.achieved is Achieved.MET and not row.actual_cell.text[:1].isdigit()


def _refutes(row: Row, claim: _Claim) -> bool:
    return claim.refuted_by.search(row.reason) is not None and claim.thing in core(row.name)


def _refutes_itself(row: Row) -> bool:
    """Tell whether a row with full points claims what its own reason denies; 没有推迟 denies nothing."""
    if row.lost != 0 or not row.points or not _says_yes(row):
        return False
    name, found = bare(row.name), None
    if _TIMELINESS.search(name):
        found = _LATE.search(row.reason) or _STOPPED.search(row.reason)
    elif _RUNNING.search(name):
        found = _STOPPED.search(row.reason)
    return found is not None and not row.reason[: found.start()].endswith(("未", "无", "不", "没", "没有", "避免"))


def _own_fault(row: Row) -> Verdict:
    return failed(
        row.spot("actual"),
        f"“{row.name}”写的是“{row.actual_cell.text}”，得满分，本行的偏差原因却是“{row.reason}”",
        found=row.actual_cell.text,
        expected=f"与“{row.reason}”相符",
        hint="按实际情况改正完成值和得分；确实没有耽误的，改写偏差原因",
    )


def _fault(subject: Subject, claim: _Claim, against: Row) -> Verdict:
    row = claim.row
    reason = against.spot("deviation_reason")
    return failed(
        row.spot("actual"),
        f"“{row.name}”写的是“{row.actual_cell.text}”，“{against.name}”的偏差原因却是“{against.reason}”",
        found=row.actual_cell.text,
        expected=f"与“{against.reason}”相符",
        hint="核对两行说的是不是同一件事：是的，改正完成值和得分；不是的，在偏差原因里说清",
        related=(Related(Origin(subject.record.path, *reason.span), f"{against.name}：{against.reason}", subject.id),),
    )
