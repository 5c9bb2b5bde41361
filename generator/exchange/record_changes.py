"""What a change of files says about records, in the form's own words."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.exchange.beside_form import BesideChange, Open, beside_changes
from generator.exchange.existing import read_again
from generator.exchange.importing import is_sound
from generator.exchange.record_difference import STEP, Change, Difference, record_differences
from generator.exchange.shown_change import shown
from generator.load.discover import SourceFile
from generator.load.text_file import conflict_findings, decode_text
from generator.load.unconfirmed import open_values
from generator.model.forms import FormLibrary
from generator.model.records import Record


class Kind(StrEnum):
    """What became of a record."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """Under another address; it may be changed as well."""


class Version(NamedTuple):
    """A record's file at one point of its life."""

    path: str
    """Relative to the project folder."""
    content: bytes


class RecordChange(NamedTuple):
    """What became of one record."""

    kind: Kind
    path: str
    """Of its file now, or where it has none any more as it was."""
    former_path: str
    """As it was; the same where it was not moved, empty where there was none."""
    title: str
    """Project, year and form, as far as they can be read."""
    differences: tuple[Difference, ...]
    """None for a record that is new or gone."""
    unreadable: str
    """Why the two cannot be compared, in Chinese; empty where they can."""
    versions: tuple[Record, Record] | None = None
    """Both, where they could be compared."""
    beside: tuple[BesideChange, ...] = ()
    """What changed that the form does not print: waivers, replies, corrections."""

    @property
    def says_something(self) -> bool:
        """Tell whether anything a record says, or its address, is another one."""
        return self.kind is not Kind.CHANGED or bool(self.differences or self.beside or self.unreadable)


class Row(NamedTuple):
    """What changed of one row or part of a form."""

    place: str
    """Such as 产出指标 › 数量指标 › 开展培训次数; empty for the head of the form."""
    changes: tuple[str, ...]
    """Such as 得分 8.00 → 7.00."""

    def __str__(self) -> str:
        words = "；".join(self.changes)
        return f"{self.place}：{words}" if self.place else words


def record_change(before: Version | None, after: Version | None, records: str, forms: FormLibrary) -> RecordChange:
    """Compare two versions of a record; `records` is the folder of all records, relative to the project."""
    old, new = (read_version(version, records, forms) if version else None for version in (before, after))
    version = after or before
    if version is None:
        raise ValueError("neither a former nor a later version")
    paths = version.path, before.path if before else ""
    title = _title(new.record if new and new.record else old.record if old else None)
    if before is None or after is None or old is None or new is None:
        kind = Kind.ADDED if before is None else Kind.REMOVED
        found = new or old
        return RecordChange(kind, *paths, title, (), found.fault if found else "")
    kind = Kind.CHANGED if before.path == after.path else Kind.MOVED
    faults = "；".join(dict.fromkeys(one.fault for one in (old, new) if one.fault))
    if old.record is None or new.record is None:
        return RecordChange(kind, *paths, title, (), "" if before.content == after.content else faults)
    differences = record_differences(old.record, new.record)
    unread = faults if before.content != after.content else ""
    return RecordChange(
        kind, *paths, title, differences, unread, (old.record, new.record), beside_of(old, new)
    )  # fmt: skip


def beside_of(before: "VersionRead", after: "VersionRead") -> tuple[BesideChange, ...]:
    """Return what changed beside the form; nothing where one of the versions cannot be read."""
    if before.record is None or after.record is None:
        return ()
    return beside_changes(
        before.record, after.record, open_before=before.unconfirmed, open_after=after.unconfirmed
    )  # fmt: skip


def rows_of(differences: Iterable[Difference]) -> Iterator[Row]:
    """Yield differences row by row, in the order of the form."""
    # Several rows of one form may have the same words.
    for (place, _), found in groupby(differences, key=lambda one: (tuple(_row_path(one)), _row_name(one))):
        yield Row(STEP.join(place), tuple(_said(difference) for difference in found))


def is_record_path(path: str, records: str) -> bool:
    """Tell whether a path below the project is that of a record's file."""
    pure = PurePosixPath(path)
    return pure.suffix.lower() in _ENDINGS and pure.is_relative_to(records) and not pure.name.startswith(".")


_ENDINGS = (".yaml", ".yml", ".md")
_BLOCKS = 1
"""The outermost step, 绩效指标, says nothing that the next ones do not."""


class VersionRead(NamedTuple):
    """A version, read as far as it can be."""

    record: Record | None
    """None where it cannot be read at all."""
    fault: str
    """What of it is not compared and why, in Chinese, beginning with its path; empty where all of it is."""
    unconfirmed: tuple[Open, ...] = ()
    """What is still to be compared with the original."""


def read_version(version: Version, records: str, forms: FormLibrary) -> VersionRead:
    """Read a version of a record; `records` as in `record_change`."""
    path = PurePosixPath(version.path)
    identifier = path.relative_to(records).with_suffix("").as_posix()
    file = SourceFile(version.path, Path(version.path), identifier, path.suffix.lower() == ".md")
    text, _ = decode_text(version.content, version.path)
    record, findings = read_again(text, file, forms) if text is not None else (None, ())
    if text is not None and conflict_findings(text, version.path):
        return VersionRead(None, f"{version.path} 里有还没有解决的合并冲突，没有逐项比较")
    if record is None:
        return VersionRead(None, f"{version.path} 读不出来，没有逐项比较")
    # Whatever could not be read of it is missing from the comparison.
    fault = "" if is_sound(findings) else f"{version.path} 有错误，读不出来的栏没有比较"
    return VersionRead(record, fault, tuple(Open(*one) for one in open_values(findings)))


def _title(record: Record | None) -> str:
    return f"{record.name}（{record.fiscal_year}年度，{record.form}）" if record else ""


def _row_path(difference: Difference) -> Sequence[str]:
    """Return the row that a field stands in, or the row itself where it came or went as a whole."""
    path = difference.path if difference.change is not Change.CHANGED else difference.path[:-1]
    is_row_of_block = len(path) > _BLOCKS and difference.name.startswith("i-")
    if difference.change is not Change.CHANGED:
        is_row_of_block = len(path) > _BLOCKS + 1
    return path[_BLOCKS:] if is_row_of_block else path


def _row_name(difference: Difference) -> str:
    """Return the anchor of the row that a field stands in, empty where it has none."""
    return difference.name.partition(".")[0] if difference.name.startswith("i-") else difference.change.value


def _said(difference: Difference) -> str:
    before, after = shown(difference.before, difference.after)
    if difference.change is Change.ADDED:
        return f"新增{_quoted(after)}"
    if difference.change is Change.REMOVED:
        return f"删去{_quoted(before)}"
    label = difference.path[-1]
    if not before:
        return f"新增{label}“{after}”"
    if not after:
        return f"删去{label}（原为“{before}”）"
    return f"{label} {before} → {after}"


def _quoted(words: str) -> str:
    return f"（{words}）" if words else ""
