"""The corrections that a change of figures asks for, ready to be pasted into the record; proved by taking them back."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from msgspec.structs import replace

from generator.exchange.correction_steps import StepsBack
from generator.load.corrections import BLANK_WORD, TO_WRITE, is_spelt_blank
from generator.load.quoting import yaml_text
from generator.model.figure_groups import UNREADABLE
from generator.model.figure_search import DiffersError, UndoingError
from generator.model.figure_sheet import Sheet
from generator.model.records import Correction, Record, Side
from generator.model.undoing import in_order, undo
from generator.vocabulary import Place, term_of


class Entries(NamedTuple):
    """What is to be written."""

    corrections: tuple[Correction, ...]
    """In the order in which they are to stand."""
    is_proved: bool
    """Whether taking them back gives the figures as they were, to the digit."""
    lost: tuple[Correction, ...] = ()
    """Those that the earlier version has and the next one has not, or has otherwise."""
    is_added_to: bool = False
    """Whether the next version has any already."""
    are_older: bool = False
    """Whether they have to be dated before those that are written already."""


def entries_between(before: Record, after: Record) -> Entries:
    """Return the corrections that lead from one version of a record to the next, but for those the next one has.

    What the earlier version says of corrections that the next one has not is as if neither had been made.
    """
    known = [one for one in in_order(after.corrections) if not _is_in(one, before.corrections)]
    lost = tuple(one for one in in_order(before.corrections) if not _is_in(one, after.corrections))
    old, work = Sheet(before), Sheet(after)
    fixes: list[Correction] = []
    try:
        for one in reversed(lost):
            undo(old, one)
        for one in reversed(known):
            _undo_known(work, one, fixes)
        back = StepsBack(old, before, work, after)
    except UndoingError:
        # Whoever reads the check is told what is wrong with the corrections there are.
        return Entries((), is_proved=False, lost=lost)
    with suppress(UndoingError):
        back.go()
    steps = tuple(reversed(back.steps))
    is_proved, are_older = _proof(after, old, (known, steps, tuple(reversed(fixes))))
    return Entries((*steps, *reversed(fixes)), is_proved, lost, bool(after.corrections), are_older)


def _undo_known(work: Sheet, correction: Correction, fixes: list[Correction]) -> None:
    """Take back a correction that is written already; where its figure was changed once more, that is one to be written."""
    try:
        undo(work, correction)
    except DiffersError as error:
        if correction.is_about_row or error.later is not None:
            raise
        fixes.append(
            replace(correction, old=correction.new, new=Side(error.printed), reason="", decided_by="", date="")
        )
        undo(work, fixes[-1])
        undo(work, correction)


def _proof(after: Record, old: Sheet, made: tuple[Sequence[Correction], ...]) -> tuple[bool, bool]:
    """Return whether taking corrections back leads to a sheet, and whether only with the new ones before the known."""
    known, steps, fixes = made
    for order in ((*known, *steps, *fixes), (*steps, *known, *fixes)):
        trial = Sheet(after)
        try:
            for one in reversed(order):
                undo(trial, one)
        except UndoingError:
            continue
        if trial.digest() == old.digest():
            return True, order[: len(steps)] == steps and bool(steps and known)
    return False, False


def format_entries(entries: Entries) -> str:
    """Return the corrections as they stand in a record's file."""
    label = term_of(Place.RECORD, "corrections").label
    lines = []
    if entries.lost:
        lines.append(f"# 原来有 {len(entries.lost)} 条“{label}”，现在没有了，或者改了；公开过的，照原样写回去：")
        lines += [f"# {line}" for one in entries.lost for line in _lines(one)]
    if not entries.corrections:
        if not entries.is_proved:
            lines.append(f"# 数字有变化，而文件里已有的“{label}”对不上；先照 jixiao check 的提示改正它们。")
        return "".join(f"{line}\n" for line in lines)
    lines.append(f"# 文件里已有“{label}”，接着它的最后一条贴：" if entries.is_added_to else f"{label}:")
    if entries.are_older:
        lines.append("# 这几条早于文件里已有的，日期要写在它们之前。")
    lines += [line for one in entries.corrections for line in _lines(one)]
    if not entries.is_proved:
        lines.append("# 这些更正撤销之后与原来的数字不完全相同，请逐项核对；也可与最近一次发布比较，再列一次。")
    return "\n".join(lines) + "\n"


def _lines(correction: Correction) -> Iterator[str]:
    yield f"  - {_label('item')}: {yaml_text(correction.item)}"
    yield from (*_side("old", correction.old), *_side("new", correction.new))
    if correction.position:
        yield f"    {_label('position')}: {correction.position}"
    for name in ("reason", "decided_by", "date"):
        text = getattr(correction, name)
        yield f"    {_label(name)}: {_value(text) if text else TO_WRITE}"


def _label(identifier: str) -> str:
    return term_of(Place.CORRECTION, identifier).label


def _side(identifier: str, side: Side) -> Iterator[str]:
    if not side.cells:
        yield f"    {_label(identifier)}: {_value(side.text)}"
        return
    yield f"    {_label(identifier)}:"
    yield from (f"      {yaml_text(title)}: {_value(text)}" for title, text in side.cells.items())


def _value(text: str) -> str:
    if not text:
        return BLANK_WORD
    if is_spelt_blank(text):
        return yaml_text(f"\\{text}")
    if text.startswith(UNREADABLE):
        return f"{{{UNREADABLE[:-1]}: {yaml_text(text.removeprefix(UNREADABLE))}}}"
    if "\n" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return yaml_text(text)


def _is_in(correction: Correction, others: Sequence[Correction]) -> bool:
    return any((one.item, one.old, one.new) == (correction.item, correction.old, correction.new) for one in others)
