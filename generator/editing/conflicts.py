"""A file that another program wrote while it was edited here: what each changed, for the user to choose; nothing is lost."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from generator.editing.desk import Desk
from generator.editing.draft import LEVEL_STEP
from generator.editing.joining import Joining, Posted
from generator.editing.messages import Response
from generator.editing.record_files import Version
from generator.exchange.beside_form import BESIDE, beside_changes
from generator.exchange.record_difference import Change, record_differences
from generator.model.records import Record

CONFLICT = 409


def address_of(version: Version) -> str:
    """Return the address of a record's page here."""
    return f"/record/{quote(version.address)}"


class _Conflict(NamedTuple):
    """A field that differs between what is on the disk and what was typed."""

    label: str
    before: str
    theirs: str
    mine: str
    is_both: bool


def conflict_page(desk: Desk, at: Posted, fault: str = "") -> Response:
    """Answer what the other program changed and what was typed, and let the user choose; nothing was written."""
    mine = at.draft.result.record if at.draft.result else None
    base, disk = at.base.present.record, at.disk.present.record
    # What is not there because a file cannot be read was not changed.
    theirs = differing(base, disk) if at.is_base_known and not at.fault else {}
    ours = differing(base, mine)
    conflicts = [
        _Conflict(label, *_before(label, theirs, ours), theirs.get(label, ("", ""))[1], ours.get(label, ("", ""))[1], _is_both(label, theirs, ours))
        for label in dict.fromkeys((*theirs, *ours))
    ]  # fmt: skip
    joining = Joining(at, desk.forms)
    where = address_of(at.base)
    return desk.draw(
        "conflict.html", CONFLICT,
        action=where, path=at.base.present.file.path, conflicts=conflicts, is_base_known=at.is_base_known,
        base=at.base.digest, disk=at.disk.digest, questions=() if at.fault else joining.questions, choices=at.choices,
        values=list(joining.carried.items()), rows="\n".join(map(str, at.typed.rows or at.draft.rows)),
        fault=at.draft.updated.fault, said=fault, unreadable=at.fault,
        has_mine=at.is_base_known and at.base.present.file.is_markdown == at.disk.present.file.is_markdown,
        dropped=f"{where}?note={desk.note('这是磁盘上的内容，你填的没有用上。')}&settled=1",
    )  # fmt: skip


def _is_both(label: str, *sides: Mapping[str, tuple[str, str]]) -> bool:
    """Tell whether both sides touched a field, or one took out the row that the other changed."""
    gone = [name for side in sides for name, (_, after) in side.items() if after == _WORDS[Change.REMOVED]]
    rows = [name for name in gone if f"{label}{LEVEL_STEP}".startswith(f"{name}{LEVEL_STEP}")]
    return all(
        label in side or any(f"{name}{LEVEL_STEP}".startswith(f"{row}{LEVEL_STEP}") for row in rows for name in side)
        for side in sides
    )


def _before(label: str, theirs: Mapping[str, tuple[str, str]], ours: Mapping[str, tuple[str, str]]) -> tuple[str]:
    return ((theirs.get(label) or ours[label])[0],)


_WORDS = {Change.ADDED: "（没有这一行）", Change.REMOVED: "（删去了这一行）"}


def differing(before: Record | None, after: Record | None) -> Mapping[str, tuple[str, str]]:
    """Return what became of each field that differs, by its path in words: as it was, as it is."""
    if before is None or after is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for one in record_differences(before, after):
        label = LEVEL_STEP.join(one.path)
        # Several rows may have one name.
        same = sum(name == label or name.startswith(f"{label}（第 ") for name in found)
        found[f"{label}（第 {same + 1} 处）" if same else label] = (
            one.before or (_WORDS[Change.ADDED] if one.change is Change.ADDED else "空白"),
            one.after or (_WORDS[Change.REMOVED] if one.change is Change.REMOVED else "空白"),
        )
    return found | {f"{BESIDE}{LEVEL_STEP}{one.head}": ("", str(one)) for one in beside_changes(before, after)}
