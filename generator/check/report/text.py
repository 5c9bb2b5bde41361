"""The report for people at a terminal: each finding with the line it stands on, a mark below the place, and the cure."""

import re
from collections.abc import Sequence

from generator.check.report.contents import Counts, Lines, ReportContents, count, is_broken, is_waived
from generator.check.report.terminal import clipped, plain, width
from generator.finding import SEVERITY_LABELS, Finding
from generator.origin import START, Origin

_INDENT = " " * 8
_COLUMNS = 100
"""Longest excerpt, in columns of the terminal."""
_BEFORE = 40
"""How much of a long line is shown before the place."""
_LONGEST = 160
_WORD = re.compile(r"[^\s:：,，、。；;（）(){}\[\]\"“”#]+")
"""What is marked where a finding is about more than it quotes."""
_FINGERPRINT = 12
"""So many characters of it tell two apart; programs get all of it."""


def format_text(contents: ReportContents) -> str:
    """Return the report as text for a terminal."""
    parts = [format_finding(finding, contents.lines) for finding in contents.findings]
    return "".join(f"{part}\n" for part in (*parts, format_summary(contents)))


def format_summary(contents: ReportContents) -> str:
    """Return one line: how many records were checked, by which rules, and what was found."""
    counts = count(contents.findings)
    rules = f"规则指纹 {contents.fingerprint[:_FINGERPRINT]}。" if contents.fingerprint else ""
    return f"检查了 {contents.records} 份可公开的记录：{_counted(counts)}。{rules}"


def _counted(counts: Counts) -> str:
    found = ((counts.error, "处错误"), (counts.warning, "处警告"), (counts.note, "处提示"))
    named = "，".join(f"{number} {label}" for number, label in found if number) or "没有发现问题"
    others = ((counts.waived, "处已豁免"), (counts.broken, "处规则出错"))
    return named + "".join(f"；另有 {number} {label}" for number, label in others if number)


def format_finding(finding: Finding, lines_of: Lines) -> str:
    """Return one finding, over several lines; `lines_of` gives the lines of a file."""
    label = "规则出错" if is_broken(finding) else SEVERITY_LABELS[finding.severity]
    waived = "（已豁免）" if is_waived(finding) else ""
    lines = [plain(f"{finding.origin}: {finding.code} {label}{waived}：{finding.message}")]
    lines += excerpt(lines_of(finding.origin.path), finding.origin, finding.found)
    stands = (("现为", finding.found), ("应为", finding.expected))
    parts = [f"{title}：{clipped(plain(words), _LONGEST)}" for title, words in stands if words]
    if finding.field:
        lines.append(f"{_INDENT}栏目：{plain(finding.field)}")
    if parts:
        lines.append(_INDENT + "；".join(parts))
    if finding.hint:
        lines.append(f"{_INDENT}提示：{plain(finding.hint)}")
    if waived:
        lines.append(f"{_INDENT}豁免：{plain(finding.reason) or '没有写明理由'}")
    for related in finding.related:
        words = f"：{clipped(plain(related.words), _LONGEST)}" if related.words else ""
        lines.append(f"{_INDENT}相关：{plain(str(related.origin))}{words}")
        lines += excerpt(lines_of(related.origin.path), related.origin, "")
    return "\n".join(lines)


def excerpt(source: Sequence[str], origin: Origin, found: str) -> list[str]:
    """Return the line of a place and a line with a mark below it; nothing where there is no such line to show."""
    if not 0 < origin.line <= len(source) or not source[origin.line - 1].strip():
        return []
    line = source[origin.line - 1]
    if (origin.line, origin.column) == START and not (found and line.startswith(found)):
        # What has no place of its own is about the file as a whole.
        return []
    column = min(origin.column - 1, len(line))
    before, rest = plain(line[:column]), plain(line[column:])
    cut = width(before) - _BEFORE
    if cut > 0 and width(before) + width(rest) > _COLUMNS:
        before = _end_of(before)
    shown = clipped(rest, _COLUMNS - width(before))
    first, word = plain(found.split("\n", maxsplit=1)[0]), _WORD.match(rest)
    marked = first if first and rest.startswith(first) else word[0] if word else rest[:1]
    length = max(1, min(width(marked), width(shown)))
    number = f"{origin.line:>6} | "
    return [f"{number}{before}{shown}".rstrip(), " " * 7 + "| " + " " * width(before) + "^" * length]


def _end_of(text: str) -> str:
    """Return the end of a text that is too long to be shown before the place."""
    kept = ""
    for character in reversed(text):
        if width(kept) + width(character) > _BEFORE:
            break
        kept = character + kept
    return "…" + kept
