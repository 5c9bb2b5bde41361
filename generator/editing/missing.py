"""A record whose file is not there any more: deleted, moved or renamed by another program while it was edited here."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from generator.authoring.files import write_new_text
from generator.authoring.new_record import refuse_to_leave
from generator.editing.conflicts import CONFLICT, address_of, differing
from generator.editing.desk import Desk
from generator.editing.draft import LEVEL_STEP, Draft, Typed
from generator.editing.joining import values_of
from generator.editing.messages import Response
from generator.editing.record_files import Version
from generator.exchange.replacing import encoded
from generator.load.discover import SourceFile, discover
from generator.vocabulary import TERMS, Place


class _Typed(NamedTuple):
    """A field that was typed into."""

    label: str
    before: str
    mine: str


def gone_page(desk: Desk, base: Version, draft: Draft, fault: str = "") -> Response:
    """Answer that the file is gone, with what was typed, and offer to write it again; nothing was written."""
    result = draft.result
    ours = differing(base.present.record, result.record if result else None)
    typed = Typed(values_of(draft), draft.rows)
    return desk.draw(
        "gone.html", CONFLICT,
        action=address_of(base), path=base.present.file.path, base=base.digest, said=fault, fault=draft.updated.fault,
        typed=[_Typed(label, *texts) for label, texts in ours.items()], text=draft.updated.text,
        values=list(typed.values.items()), rows="\n".join(map(str, draft.rows)),
        moved=[(f"/record/{file.id}", file.path) for file in _same_content(desk, base)],
    )  # fmt: skip


def write_again(desk: Desk, base: Version, draft: Draft) -> str:
    """Write a file that is gone with what was typed; return why it was not, or nothing."""
    if draft.updated.fault:
        return f"没有写回：{draft.updated.fault}"
    file = base.present.file
    refuse_to_leave(desk.settings.records_dir, file.location)
    # As it was: with its mark and its line ends.
    text = encoded(draft.updated.text, base.present.data).decode("utf-8")
    if not write_new_text(file.location, text):
        return f"没有写回：{file.path} 这个名称现在是别的文件或链接。"
    desk.touched.add(base.address)
    return ""


def lost_page(desk: Desk, typed: Typed, why: str, status: int = CONFLICT) -> Response:
    """Answer what was typed over a version that is forgotten, where there is nothing now to lay it over."""
    return desk.draw("lost.html", status, why=why, typed=_spoken(typed.values))


def _same_content(desk: Desk, base: Version) -> Iterator[SourceFile]:
    """Yield the records whose files are what this one was, byte by byte."""
    settings, data = desk.settings, base.present.data
    for file in discover(settings.records_dir, settings.project_dir).files:
        with suppress(OSError):
            if file.location.stat().st_size == len(data) and file.location.read_bytes() == data:
                yield file


def _spoken(values: Mapping[str, str]) -> Sequence[_Typed]:
    """Return what was typed in the words of the vocabulary, for there is no form to ask for its own."""
    words = {term.identifier: term.label for place in reversed(Place) for term in TERMS.get(place, ())}
    found = []
    for name, text in values.items():
        key, _, identifier = name.partition(".")
        row = values.get(f"{key}.name", "") if identifier != "name" else ""
        label = words.get(identifier.rpartition(".")[2], identifier or name)
        if text:
            found.append(_Typed(LEVEL_STEP.join(part for part in (row, label) if part), "", text))
    return found
