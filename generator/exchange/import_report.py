"""What an import did, for people: file by file, cell by cell, and at the end what a person has to do."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from generator.exchange.imported import CellFinding, ImportedDraft, ImportedFile
from generator.exchange.placing import NEEDS_A_PERSON, Outcome, Placed
from generator.finding import SEVERITY_LABELS, Severity
from generator.importers.document import Remark
from generator.importers.doubts import doubts_of
from generator.importers.draft import Certainty, Filled, Leftover

_PRIVATE = re.compile(r"\d(?:[ \-]?\d){9,}[Xx]?|[\w.+-]{1,64}@[\w.-]+")
_PRIVATE_FAMILY = "PRI"
_LONGEST = 60
_NOTHING_NEW = (Outcome.UNCHANGED, Outcome.DUPLICATE)
"""Outcomes of drafts whose content is known already."""

KINDS = {"xlsx": "Excel 工作簿", "xls": "Excel 97-2003 工作簿", "docx": "Word 文档", "pdf": "PDF", "html": "网页"}
OUTCOMES = {
    Outcome.SHOWN: "只显示，没有写入",
    Outcome.NEW: "新建",
    Outcome.UNCHANGED: "没有变化",
    Outcome.UPDATED: "已更新",
    Outcome.DUPLICATE: "内容重复，没有另写",
    Outcome.DIFFERENT: "与现有记录不同，没有改动",
    Outcome.CLAIMED: "与另一份争用同一个文件，没有写入",
    Outcome.UNPLACED: "不知道放在哪里，没有写入",
    Outcome.REFUSED: "没有写入",
}


class FileReport(Struct, frozen=True):
    """One file, and where its drafts went."""

    name: str
    """As the user named it."""
    file: ImportedFile
    placed: tuple[Placed, ...] = ()
    """One for each draft."""
    is_known: bool = False
    """Whether it was imported before and its records are as they were left."""
    was_read: bool = False
    """Whether an earlier import had read it, so that it was not read again."""


class ImportReport(Struct, frozen=True):
    """All that an import did."""

    files: tuple[FileReport, ...]
    skipped: Mapping[str, int]
    """How many files were left out, by why."""
    left_out: tuple[str, ...] = ()
    """Names of those that somebody may look for."""
    is_trial: bool = False
    """Whether nothing was to be written."""


class ImportCounts(NamedTuple):
    """What an import comes to."""

    files: int
    drafts: int
    known: int
    """Files that were imported before."""
    read_before: int
    """Files that were only read before, such as those of an import that was interrupted."""
    failed: int
    """Files that could not be read."""
    unconfirmed_drafts: int
    """Drafts with values to confirm."""
    unconfirmed: int
    """Values to confirm."""
    undone: int
    """Drafts that were not written for a reason that a person must settle."""
    outcomes: Mapping[Outcome, int]


def count(report: ImportReport) -> ImportCounts:
    """Count what an import did."""
    drafts = [draft for file in report.files for draft in file.file.drafts]
    outcomes = Counter(placed.outcome for file in report.files for placed in file.placed)
    open_values = [len(placed.unconfirmed) for file in report.files for placed in file.placed]
    return ImportCounts(
        files=len(report.files),
        drafts=len(drafts),
        known=sum(1 for file in report.files if file.is_known),
        read_before=sum(1 for file in report.files if file.was_read and not file.is_known),
        failed=sum(1 for file in report.files if file.file.fault),
        unconfirmed_drafts=sum(1 for number in open_values if number),
        unconfirmed=sum(open_values),
        undone=sum(outcomes[outcome] for outcome in NEEDS_A_PERSON),
        outcomes=outcomes,
    )


def needs_a_person(report: ImportReport) -> bool:
    """Tell whether anything was left undone: a file that cannot be read, a draft that was not written."""
    counts = count(report)
    return bool(counts.failed or counts.undone)


def hides(draft: ImportedDraft) -> bool:
    """Tell whether a draft holds personal data that no report may repeat: reports go to terminals, logs and mails."""
    return any(finding.code.startswith(_PRIVATE_FAMILY) for finding in draft.findings)


def without_numbers(text: str) -> str:
    """Return a text with long numbers and mail addresses covered."""
    return _PRIVATE.sub(lambda match: "*" * len(match[0]), text)


def format_import(report: ImportReport) -> str:
    """Return the report as text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ImportReport) -> Iterator[str]:
    # Of one file every cell is listed, of several only what needs a look.
    in_full = len(report.files) == 1
    for file in report.files:
        lines = list(_file_lines(file, in_full=in_full, is_trial=report.is_trial))
        # Of many files those that went as they should are only counted.
        if in_full or len(lines) > 1:
            yield from (*lines, "")
    yield from _summary(report)


def _file_lines(report: FileReport, *, in_full: bool, is_trial: bool) -> Iterator[str]:
    file = report.file
    kind = KINDS.get(file.kind, file.kind)
    yield f"{report.name}" + (f"（{kind}，{len(file.drafts)} 份表）" if kind else "")
    if file.fault:
        yield f"  没有导入：{_sentence(file.fault)}"
    if in_full or not report.is_known:
        yield from (f"  说明：{_remark(remark)}" for remark in file.remarks)
    for draft, placed in zip(file.drafts, report.placed, strict=True):
        is_news = placed.outcome not in _NOTHING_NEW
        written = placed.path if placed.outcome is Outcome.NEW and not is_trial else ""
        lines = tuple(_draft_lines(draft, placed, in_full=in_full, is_news=is_news, written=written))
        hidden = map(without_numbers, lines) if hides(draft) else lines
        # The first two say what it is and where it went.
        if in_full or len(lines) > 2 or placed.outcome in NEEDS_A_PERSON:  # noqa: PLR2004
            yield from hidden


def _draft_lines(draft: ImportedDraft, placed: Placed, *, in_full: bool, is_news: bool, written: str) -> Iterator[str]:
    """Yield what is said of a draft; `written` is the file that holds it as it is, empty where none does."""
    year = f"{draft.fiscal_year} 年度" if draft.fiscal_year else "没有年度"
    yield f"  {draft.title or '没有标题的表'}（版式 {draft.layout}，{year}）：{draft.project or draft.unit or '没有名称'}"
    yield f"    {f'{placed.path}：' if placed.path else ''}{OUTCOMES[placed.outcome]}"
    if placed.why:
        yield f"    {_sentence(placed.why)}"
    yield from (f"      {difference}" for difference in placed.differences)
    yield from _block("待确认（对照原件核对，改正后从文件末尾的“待确认”里删去）", _open_lines(draft, placed))
    if not is_news:
        return
    likely = (value for value in draft.filled if value.certainty is Certainty.LIKELY) if in_full else ()
    yield from _block("较有把握", map(_unsure, likely))
    yield from _block("没有用上的文字", map(_leftover, draft.leftover))
    yield from _block("说明", map(_remark, draft.remarks))
    grave = (one for one in draft.findings if in_full or one.severity is Severity.ERROR)
    yield from _block("检查", (line for finding in grave for line in _finding_lines(finding, written)))
    if in_full:
        certain = (value for value in draft.filled if value.certainty is Certainty.CERTAIN)
        yield from _block("各栏的来处", map(_certain, certain))


def _open_lines(draft: ImportedDraft, placed: Placed) -> Iterator[str]:
    """Yield the values to confirm, those too that somebody noted in the record that is there."""
    values = {value.path: value for value in draft.unconfirmed}
    many = {doubt.path: doubt.why for doubt in doubts_of(draft.filled) if doubt.path not in values}
    for path in placed.unconfirmed:
        yield _unsure(values[path]) if path in values else f"{path}（{many[path]}）" if path in many else path


def _sentence(words: str) -> str:
    return words if words.endswith("。") else f"{words}。"


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = tuple(lines)
    if listed:
        yield f"    {title}："
        yield from (f"      {line}" for line in listed)


def _unsure(value: Filled) -> str:
    why = f"（{value.why}）" if value.why else ""
    return f"{_certain(value)}{why}"


def _certain(value: Filled) -> str:
    printed = f"，原文“{_short(value.printed)}”" if value.printed and value.printed != value.text else ""
    return f"{value.place or '没有单独的格'} → {value.path}：{_short(value.text) or '空白'}{printed}"


def _leftover(leftover: Leftover) -> str:
    return f"{leftover.place}：{_short(leftover.text)}（{leftover.why}）"


def _remark(remark: Remark) -> str:
    return f"{remark.place}：{remark.text}" if remark.place else remark.text


def _finding_lines(finding: CellFinding, written: str) -> Iterator[str]:
    line = f"{written} 第 {finding.line} 行" if written and finding.line > 1 else ""
    place = finding.place or line or finding.field or "整份表"
    yield f"{place}：{finding.code} {SEVERITY_LABELS[finding.severity]}：{finding.message}"
    facts = (f"现为：{finding.found}" if finding.found else "", f"应为：{finding.expected}" if finding.expected else "")
    if any(facts):
        yield "  " + "；".join(fact for fact in facts if fact)
    if finding.hint:
        yield f"  提示：{finding.hint}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _summary(report: ImportReport) -> Iterator[str]:
    counts = count(report)
    done = "，".join(
        f"{OUTCOMES[outcome]} {number} 份" for outcome in Outcome if (number := counts.outcomes.get(outcome, 0))
    )
    trial = "（只试算，什么也没有写）" if report.is_trial else ""
    yield f"共 {counts.files} 个文件，{counts.drafts} 份表{f'：{done}' if done else ''}{trial}。"
    if counts.known:
        yield f"其中 {counts.known} 个文件以前导入过，记录没有动过，没有再读。"
    if counts.read_before:
        yield f"其中 {counts.read_before} 个文件以前读过，没有再读。"
    if report.skipped:
        yield "跳过：" + "，".join(f"{why} {number} 个" for why, number in sorted(report.skipped.items())) + "。"
        yield from (f"  {name}" for name in report.left_out)
    todo = tuple(_todo(counts))
    if todo:
        yield f"需要人处理：{'，'.join(todo)}。"
    if counts.unconfirmed:
        yield "核对之前 jixiao build 不生成网站；要先公开其余的，用 jixiao build --keep-going。"


def _todo(counts: ImportCounts) -> Iterator[str]:
    if counts.failed:
        yield f"{counts.failed} 个文件没有导入"
    words = {
        Outcome.UNPLACED: "不知道放在哪里",
        Outcome.CLAIMED: "争用同一个文件",
        Outcome.DIFFERENT: "与现有记录不同",
        Outcome.REFUSED: "没能写入",
    }
    for outcome, what in words.items():
        if counts.outcomes.get(outcome):
            yield f"{counts.outcomes[outcome]} 份表{what}"
    if counts.unconfirmed:
        yield f"{counts.unconfirmed_drafts} 份表有 {counts.unconfirmed} 个值待确认"
