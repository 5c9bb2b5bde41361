"""What another rule pack would change on the same records."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.check.result import CheckReport
from generator.finding import SEVERITY_LABELS, Finding


class Change(NamedTuple):
    """One finding with what it was before."""

    before: Finding
    after: Finding


class Trial(NamedTuple):
    """Two checks of the same records compared."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    changed: tuple[Change, ...]
    """Of another severity, or waived in one of the two only."""
    kept: int
    """Findings that are the same in both."""


def compare(before: CheckReport, after: CheckReport) -> Trial:
    """Compare what rules found in two checks, finding by finding.

    Two findings are the same where rule, record, place and what stands there are; numbers of a pack in the message
    may differ.
    """
    earlier, later = _by_identity(before), _by_identity(after)
    pairs = [(finding, later[key]) for key, finding in earlier.items() if key in later]
    changed = [Change(one, other) for one, other in pairs if _weight(one) != _weight(other)]
    return Trial(
        gone=tuple(finding for key, finding in earlier.items() if key not in later),
        new=tuple(finding for key, finding in later.items() if key not in earlier),
        changed=tuple(changed),
        kept=len(pairs) - len(changed),
    )


def _weight(finding: Finding) -> tuple[str, str]:
    return finding.severity, finding.outcome


def _by_identity(report: CheckReport) -> dict[tuple[object, ...], Finding]:
    found: dict[tuple[object, ...], Finding] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for findings in report.records.values():
        for finding in findings:
            place = (finding.code, finding.record, finding.origin, finding.field, finding.found)
            # A rule may say two things of one cell.
            seen[place] += 1
            found[*place, seen[place]] = finding
    return found


def format_trial(trial: Trial, name: str, *, most: int = 20) -> str:
    """Return the comparison as text: counts by rule, then the findings themselves, `most` of each kind."""
    if not (trial.gone or trial.new or trial.changed):
        return f"规则包 {name}：与现在的检查结果没有差别，{trial.kept} 处都相同。"
    counts = f"少 {len(trial.gone)} 处，多 {len(trial.new)} 处，程度改变 {len(trial.changed)} 处，相同 {trial.kept} 处"
    lines = [f"规则包 {name}：{counts}。", *_counts(trial)]
    lines += _listed("不再报出", [_line(finding) for finding in trial.gone], most)
    lines += _listed("新报出", [_line(finding) for finding in trial.new], most)
    changes = [f"{_line(change.after)}（原为{_named(change.before)}）" for change in trial.changed]
    return "\n".join((*lines, *_listed("程度改变", changes, most)))


def _counts(trial: Trial) -> list[str]:
    gone = Counter(finding.code for finding in trial.gone)
    new = Counter(finding.code for finding in trial.new)
    changed = Counter(change.after.code for change in trial.changed)
    lines = []
    for code in sorted({*gone, *new, *changed}):
        parts = ((gone, "少"), (new, "多"), (changed, "程度改变"))
        lines.append(f"  {code}：" + "，".join(f"{word} {counts[code]}" for counts, word in parts if counts[code]))
    return lines


def _listed(title: str, lines: Sequence[str], most: int) -> list[str]:
    if not lines:
        return []
    left = [f"  ……另有 {len(lines) - most} 处"] if len(lines) > most else []
    return ["", f"{title}（{len(lines)}）：", *(f"  {line}" for line in lines[:most]), *left]


def _line(finding: Finding) -> str:
    return f"{finding.origin}: {finding.code} {_named(finding)}：{finding.message}"


def _named(finding: Finding) -> str:
    waived = "（已豁免）" if finding.outcome == "waived" else ""
    return f"{SEVERITY_LABELS[finding.severity]}{waived}"
