"""What git knows of each unit's files, kept so that a build reads only what it needs of it.

At the same commit nothing is asked of git again; at a later one only what was committed since.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.build.cache import CacheLostError
from generator.build.file_versions import FileHistory, Place, changes_in, follow
from generator.build.history import NO_LOG, Head, Log, Segment, by_unit, changed_since, cut_commits, parted, slug_of
from generator.build.repository import LINK, blobs_of, output_of
from generator.build.staging import writing
from generator.errors import JixiaoError
from generator.text import printable

FILE = "histories"
"""Name of the file that holds them all."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, FileHistory])


class Histories:
    """What git knows of each unit's files, read from the disk where it is asked for."""

    def __init__(self, file: Path, units: Mapping[str, Segment]) -> None:
        self._file = file
        self._units = units

    def digest(self, slug: str) -> bytes:
        """Return the digest of what is known of a unit's files, empty where nothing is."""
        return self._units[slug].digest if slug in self._units else b""

    def of(self, slug: str) -> dict[str, FileHistory]:
        """Return what is known of a unit's files by path; raise CacheLostError where it was kept and is damaged."""
        if slug not in self._units:
            return {}
        try:
            return _DECODER.decode(self.raw(slug))
        except msgspec.DecodeError as error:
            raise self._lost() from error

    def raw(self, slug: str) -> bytes:
        """Return the same as it is kept."""
        segment, content = self._units[slug], b""
        with contextlib.suppress(OSError), self._file.open("rb") as file:
            file.seek(segment.start)
            content = file.read(segment.length)
        if _digest(content) != segment.digest:
            raise self._lost()
        return content

    def _lost(self) -> CacheLostError:
        return CacheLostError(f"{self._file} 里的中间结果读不回来，网站没有改动。请再生成一次。")


class Kept(NamedTuple):
    """Where histories are kept."""

    former: Path
    """As the last build left them."""
    new: Path
    """As this build makes them, where anything is new."""


def last_changes(project_dir: Path, folder: Path, head: str, former: Log, kept: Kept) -> tuple[Log, Histories]:
    """Return when and by what the files below a folder were changed, by path relative to the project.

    `head` is what `head_of` says; `former` is taken where it was made at the same commit. Of files with changes not yet
    committed no date is told, and in a shallow clone of none: a date that may be wrong is not shown. Where git does not
    answer, the log has no head, so that nobody takes it for one that was made at this commit.
    """
    now = parted(head)
    if now is None or not folder.is_relative_to(project_dir):
        return NO_LOG._replace(head=head), Histories(kept.former, {})
    where = folder.relative_to(project_dir).as_posix()
    place, changed = kept.former, changed_since(project_dir, where)
    if changed is None:
        return NO_LOG, Histories(kept.former, {})
    if former.head != head:
        made = _Making(project_dir, where, now).made(former, kept.former)
        if made is None:
            return NO_LOG, Histories(kept.former, {})
        former, place = made[0]._replace(head=head), kept.new
        with writing(place):
            place.write_bytes(made[1])
    since = frozenset(changed)
    dates = {path: day for path, day in former.committed.items() if path not in since}
    return former._replace(dates=dates, uncommitted=changed), Histories(place, former.units)


class _Making:
    """One look at a commit."""

    def __init__(self, project_dir: Path, where: str, head: Head) -> None:
        self._project_dir = project_dir
        self._where = where
        self._head = head

    def made(self, former: Log, file: Path) -> tuple[Log, bytes] | None:
        """Return what is known at the commit, and the histories one after the other; None where git does not answer."""
        try:
            blobs = blobs_of(self._head.commit, [self._where], self._project_dir)
        except JixiaoError:
            return None
        # A link says nothing of its own, and what it leads to may change without it.
        tree = {printable(blob.path): blob.identifier for blob in blobs if blob.mode != LINK}
        with contextlib.suppress(CacheLostError):
            grown = self._grown(tree, former, Histories(file, former.units))
            if grown is not None:
                return grown
        changes = changes_in(self._project_dir, self._head.commit, self._where, self._head.prefix)
        if changes is None:
            return None
        followed = follow(tree, changes, cut_commits(self._project_dir, self._head))
        histories = followed.histories
        days = {path: one.versions[0].day for path, one in histories.items() if one.versions}
        parts = {
            slug: _ENCODER.encode({path: histories[path] for path in paths})
            for slug, paths in by_unit(tree, self._where).items()
            if slug
        }
        committed = {} if self._head.is_shallow else days
        return Log("", committed, {}, (), _segments(parts), followed.removed), b"".join(parts.values())

    def _grown(self, tree: Mapping[str, str], former: Log, before: Histories) -> tuple[Log, bytes] | None:
        """Add what was committed since an earlier commit; None where that would not be the same as all over again."""
        then = parted(former.head)
        if then is None or not former.units or not self._continues(then):
            return None
        revisions = f"{then.commit}..{self._head.commit}"
        changes = changes_in(self._project_dir, revisions, self._where, self._head.prefix)
        if changes is None:
            return None
        listed = list(changes)
        followed = follow(tree, iter(listed))
        ends = _ends(followed.open, former)
        touched = {slug_of(place.path, self._where) for one in listed for place in (one.after, *one.before)}
        known = {slug: before.of(slug) for slug in touched}
        parts: dict[str, bytes] = {}
        days: dict[str, str] = {}
        for slug, paths in by_unit(tree, self._where).items():
            if not slug:
                continue
            if slug not in touched:
                parts[slug] = before.raw(slug)
                days |= {path: former.committed[path] for path in paths if path in former.committed}
                continue
            histories = {}
            for path in paths:
                earlier = self._earlier(ends.get(path), known, before)
                if earlier is None:
                    return None
                versions = followed.histories[path].versions + earlier.versions
                histories[path] = FileHistory(versions, is_cut=False)
                days |= {path: versions[0].day} if versions else {}
            parts[slug] = _ENCODER.encode(histories)
        removed = tuple(sorted({*former.removed, *followed.removed}))
        return Log("", days, {}, (), _segments(parts), removed), b"".join(parts.values())

    def _continues(self, then: Head) -> bool:
        """Tell whether everything since an earlier commit was made after it, so that its log is the end of this one."""
        if then.is_shallow or self._head.is_shallow or then.prefix != self._head.prefix:
            return False
        try:
            listed = output_of(
                self._project_dir, "rev-list", "--boundary", f"{then.commit}..{self._head.commit}"
            ).split()
        except JixiaoError:
            # The earlier commit is gone.
            return False
        return {line for line in listed if line.startswith(b"-")} == {f"-{then.commit}".encode()}

    def _earlier(
        self, end: Place | None, known: dict[str, dict[str, FileHistory]], before: Histories
    ) -> FileHistory | None:
        """Return the history that goes on where a file's later changes end; None where that is not known."""
        if end is None:
            return None
        if not end.blob:
            return FileHistory((), is_cut=False)
        slug = slug_of(end.path, self._where)
        if slug not in known:
            known[slug] = before.of(slug)
        found = known[slug].get(end.path)
        return found if found and found.versions and found.versions[0].after == end else None


def _ends(wanted: Mapping[Place, list[str]], former: Log) -> dict[str, Place]:
    """Return where the later changes of each file end, of those files that have one such end.

    A file that is new where another was removed long ago goes on there, which only the whole log tells.
    """
    ends: dict[str, Place] = {}
    several: set[str] = set()
    for place, owners in wanted.items():
        for owner in owners:
            if owner in ends or (not place.blob and place.path in former.removed):
                several.add(owner)
            ends[owner] = place
    return {owner: place for owner, place in ends.items() if owner not in several}


def _segments(parts: Mapping[str, bytes]) -> dict[str, Segment]:
    return dict(_placed(parts))


def _placed(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Segment]]:
    start = 0
    for slug, content in parts.items():
        yield slug, Segment(start, len(content), _digest(content))
        start += len(content)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
