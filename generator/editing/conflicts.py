"""A file that another program wrote while it was edited here: what each changed, for the user to choose; nothing is lost."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from generator.editing.desk import Desk
from generator.editing.draft import LEVEL_STEP, Draft, Row, Typed
from generator.editing.messages import Response
from generator.editing.record_files import Version
from generator.exchange.record_difference import Change, record_differences
from generator.model.records import Record

CONFLICT = 409


class Posted(NamedTuple):
    """A draft, with the file on the disk."""

    draft: Draft
    base: Version
    disk: Version
    is_base_known: bool
    """Whether the version that the form began with is still known."""


def address_of(version: Version) -> str:
    """Return the address of a record's page here."""
    return f"/record/{quote(version.address)}"


def values_of(draft: Draft) -> Mapping[str, str]:
    """Return what was typed anew, by field."""
    new = {f"{key}.{cell}": text for key, cells in draft.new_rows.items() for cell, text in cells.items()}
    return {**draft.changed, **new}


def merged(at: Posted, typed: Typed) -> Typed:
    """Return what was typed anew, for the file as it is now; fields that were not touched are those of the file."""
    if not at.is_base_known:
        return Typed(typed.values)
    now = at.disk.present.record
    anchors = {row.anchor for row in now.indicators} if now else set()
    rows = [Row(row.anchor) for row in (now.indicators if now else ()) if row.anchor not in at.draft.removed]
    paths = {row.anchor: row.path for row in at.draft.record.indicators}
    for row in at.draft.rows:
        if row.is_new and (row.levels or row.origin in anchors):
            place = next((n for n, one in enumerate(rows) if one.key == row.origin), len(rows) - 1)
            rows.insert(place + 1, row)
        elif row.is_new and paths.get(row.origin):
            rows.append(Row(row.key, f"={LEVEL_STEP.join(paths[row.origin])}"))
    return Typed(values_of(at.draft), tuple(rows))


class _Conflict(NamedTuple):
    """A field that differs between what is on the disk and what was typed."""

    label: str
    before: str
    theirs: str
    mine: str
    is_both: bool


def conflict_page(desk: Desk, at: Posted) -> Response:
    """Answer what the other program changed and what was typed, and let the user choose; nothing was written."""
    mine = at.draft.result.record if at.draft.result else None
    base, disk = at.base.present.record, at.disk.present.record
    theirs = _changes(base, disk) if at.is_base_known else {}
    ours = _changes(base, mine)
    conflicts = [
        _Conflict(label, *_before(label, theirs, ours), theirs.get(label, ("", ""))[1], ours.get(label, ("", ""))[1], label in theirs and label in ours)
        for label in dict.fromkeys((*theirs, *ours))
    ]  # fmt: skip
    typed = Typed(values_of(at.draft), at.draft.rows)
    return desk.draw(
        "conflict.html", CONFLICT,
        action=address_of(at.base), path=at.base.present.file.path, conflicts=conflicts, theirs=set(theirs), ours=set(ours),
        is_base_known=at.is_base_known, base=at.base.digest, disk=at.disk.digest,
        values=list(typed.values.items()), rows="\n".join(map(str, at.draft.rows)), fault=at.draft.updated.fault,
    )  # fmt: skip


def _before(label: str, theirs: Mapping[str, tuple[str, str]], ours: Mapping[str, tuple[str, str]]) -> tuple[str]:
    return ((theirs.get(label) or ours[label])[0],)


_WORDS = {Change.ADDED: "（没有这一行）", Change.REMOVED: "（删去了这一行）"}


def _changes(before: Record | None, after: Record | None) -> Mapping[str, tuple[str, str]]:
    """Return what became of each field that differs, by its path in words: as it was, as it is."""
    if before is None or after is None:
        return {}
    return {
        LEVEL_STEP.join(one.path): (
            one.before or (_WORDS[Change.ADDED] if one.change is Change.ADDED else "空白"),
            one.after or (_WORDS[Change.REMOVED] if one.change is Change.REMOVED else "空白"),
        )
        for one in record_differences(before, after)
    }
