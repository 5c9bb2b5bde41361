"""The report of changed records: as text, as Markdown for a merge request, as JSON, as a page."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.check.report.terminal import plain
from generator.exchange.beside_form import BESIDE
from generator.exchange.correction_entries import entries_between, format_entries
from generator.exchange.record_changes import Kind, RecordChange, rows_of
from generator.exchange.record_difference import STEP, Change
from generator.exchange.shown_change import shown
from generator.render.environment import make_environment
from generator.text import as_markdown

_HEADS = {Kind.ADDED: "新增", Kind.REMOVED: "删去", Kind.MOVED: "移动", Kind.CHANGED: "改动"}
_UNCHANGED = {Kind.MOVED: "内容没有变化", Kind.CHANGED: "印出的内容没有变化，变的是写法、注释或次序"}
"""What is said where a record says the same as before."""


def heading_of(change: RecordChange) -> str:
    """Return in words what became of a record."""
    path = f"{change.former_path} → {change.path}" if change.kind is Kind.MOVED else change.path
    return f"{_HEADS[change.kind]} {path}"


def lines_of(change: RecordChange) -> list[str]:
    """Return what changed of a record, row by row."""
    return [*(str(row) for row in rows_of(change.differences)), *_notes(change)]


def _notes(change: RecordChange) -> list[str]:
    """Return what is to be said of a record besides what changed on its form."""
    notes = [f"{BESIDE}：{one}" for one in change.beside]
    if not (notes or change.differences or change.unreadable) and change.kind in _UNCHANGED:
        notes.append(_UNCHANGED[change.kind])
    return [*notes, *([change.unreadable] if change.unreadable else [])]


def summary_of(changes: Sequence[RecordChange]) -> str:
    """Return how much changed, in one sentence."""
    if not changes:
        return "没有一份表的内容有变化。"
    counts = [(word, sum(one.kind is kind for one in changes)) for kind, word in _HEADS.items()]
    words = "，".join(f"{word} {count} 份" for word, count in counts if count)
    fields = sum(len(one.differences) for one in changes)
    others = sum(len(one.beside) for one in changes)
    told = [f"共 {fields} 处内容有变化"] * bool(fields) + [f"不在表上的有 {others} 处变化"] * bool(others)
    return f"{'；'.join([words, *told])}。"


def format_text(changes: Sequence[RecordChange]) -> str:
    """Return the report for the terminal."""
    return "".join(f"{format_change(change)}\n" for change in changes) + f"{summary_of(changes)}\n"


def format_change(change: RecordChange) -> str:
    """Return what became of one record, for the terminal."""
    title = [f"  {change.title}"] if change.title else []
    return "\n".join([heading_of(change), *title, *(f"    {line}" for line in lines_of(change))]) + "\n"


def format_markdown(changes: Sequence[RecordChange]) -> str:
    """Return the report for the comment of a merge request; nothing of a record acts as Markdown in it."""
    lines = ["### 绩效表的变化", "", _inert(summary_of(changes)), ""]
    for change in changes:
        lines += [f"**{_inert(change.title) or '读不出来的表'}**  ", _inert(heading_of(change)), ""]
        lines += [f"- {_inert(line)}" for line in lines_of(change)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _inert(text: str) -> str:
    return as_markdown(plain(text))


def format_json(changes: Sequence[RecordChange]) -> str:
    """Return the report for programs."""
    data = [
        {
            "kind": change.kind.value,
            "path": change.path,
            "former_path": change.former_path,
            "title": change.title,
            "unreadable": change.unreadable,
            "beside": [str(one) for one in change.beside],
            "differences": [
                {
                    "path": list(one.path),
                    "field": one.name,
                    "change": one.change.value,
                    "before": one.before,
                    "after": one.after,
                }
                for one in change.differences
            ],
        }
        for change in changes
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def format_corrections(changes: Sequence[RecordChange]) -> str:
    """Return the corrections that the changed figures ask for, record by record, ready to be pasted."""
    found = []
    for change in changes:
        if change.versions is None:
            continue
        entries = entries_between(*change.versions)
        if entries.corrections or entries.lost or not entries.is_proved:
            found.append(f"# {change.path}  {change.title}\n{format_entries(entries)}")
    return "\n".join(found) or "# 没有数字有变化，不用写更正。\n"


class _Line(NamedTuple):
    place: str
    before: str
    after: str
    is_added: bool
    is_removed: bool


class _Shown(NamedTuple):
    title: str
    heading: str
    differences: tuple[_Line, ...]
    notes: tuple[str, ...]


def format_html(changes: Sequence[RecordChange], template_dirs: Sequence[Path], about: str) -> str:
    """Return the report as a page of its own; `about` says what is compared with what."""
    template = make_environment(template_dirs).get_template("reports/record_changes.html")
    return template.render(changes=[_shown(change) for change in changes], summary=summary_of(changes), about=about)


def _shown(change: RecordChange) -> _Shown:
    lines = [
        _Line(STEP.join(one.path), *texts, one.change is Change.ADDED, one.change is Change.REMOVED)
        for one in change.differences
        for texts in [shown(one.before, one.after)]
    ]
    return _Shown(change.title, heading_of(change), tuple(lines), tuple(_notes(change)))
