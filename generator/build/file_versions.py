"""The versions of every file, from one pass over git's log.

A file's versions are found by following what it holds: from what the last commit has, each listed change is taken whose
outcome is still looked for, and what it was made from is looked for next. So the log may be read in one pass for all
files, in any order that has children before parents:

- a file that was moved without a change keeps its history; one moved and changed in the same commit begins there;
- of branches that were merged, both sides' changes count; a merge is a version of a file of its own only where it made
  something that none of its parents has, and what a merge threw away is no version;
- a change that was made alike on two branches counts once;
- where a shallow clone cuts the log off, what is there is known, but not how it came about.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.build.repository import FILES, LINK, run_git
from generator.errors import JixiaoError


class Place(NamedTuple):
    """A file with what it held."""

    path: str
    """Relative to the project folder."""
    blob: str
    """Empty where there was no such file."""


class Version(Struct, frozen=True, array_like=True, gc=False):
    """What one commit made of a file."""

    commit: str
    day: str
    """Of the commit, ISO."""
    subject: str
    """As its author wrote it: text to be escaped, of any length."""
    after: Place
    """Without a blob where the file was removed."""
    before: tuple[Place, ...]
    """What it was before, in each parent that had it; none where the file is new."""


class FileHistory(Struct, frozen=True, array_like=True, gc=False):
    """What git knows of one file."""

    versions: tuple[Version, ...]
    """The newest first."""
    is_cut: bool
    """Whether the clone has not its earlier versions, or not all of them."""


class Followed(NamedTuple):
    """What a pass over the log found."""

    histories: dict[str, FileHistory]
    """By path as it is now."""
    open: dict[Place, list[str]]
    """What is still looked for at the end of the log, and of which files."""
    removed: tuple[str, ...]
    """Paths at which a file was removed."""


def follow(tree: Mapping[str, str], changes: Iterator[Version], cut: Collection[str] = ()) -> Followed:
    """Follow every file of a tree, which names blobs by path, through changes listed with children before parents.

    `cut` are the commits whose parents are not known.
    """
    wanted = {Place(path, blob): [path] for path, blob in tree.items()}
    found: dict[str, list[Version]] = {path: [] for path in tree}
    cut_files: set[str] = set()
    removed: set[str] = set()
    for change in changes:
        if not change.after.blob:
            removed.add(change.after.path)
        owners = wanted.pop(change.after, None)
        if owners is None:
            continue
        if change.commit in cut:
            cut_files.update(owners)
            continue
        for owner in owners:
            found[owner].append(change)
        # Something may have been removed from here before.
        for place in change.before or (Place(change.after.path, ""),):
            others = wanted.setdefault(place, [])
            others += [owner for owner in owners if owner not in others]
    histories = {path: FileHistory(tuple(versions), path in cut_files) for path, versions in found.items()}
    return Followed(histories, wanted, tuple(sorted(removed)))


_MARK = "\x01"
_HEAD = f"{_MARK}%H %cs %s"
_WORDS = (
    "log", "-z", "--raw", "--root", "--no-abbrev", "-M100%", "-c", "--combined-all-paths", "--date-order",
    "--no-show-signature", "--encoding=UTF-8", f"--format={_HEAD}",
)  # fmt: skip


def changes_in(project_dir: Path, revisions: str, where: str, prefix: str) -> Iterator[Version] | None:
    """Read the changes of files below a folder, newest first; None where git does not succeed.

    `prefix` is the way from the top of the repository to the project.
    """
    try:
        # Of merges git names files from the top of the repository, whatever is asked, so everything is named so.
        options = ("-c", "diff.relative=false", "-c", "log.follow=false")
        done = run_git(project_dir, *options, *_WORDS, revisions, "--", where)
    except JixiaoError:
        return None
    return _read(done.stdout, prefix) if done.returncode == 0 else None


def _read(output: bytes, prefix: str) -> Iterator[Version]:
    commit = day = subject = ""
    fields = iter(output.split(b"\0"))
    for field in fields:
        text = os.fsdecode(field).lstrip("\n")
        if text.startswith(_MARK):
            commit, day, subject = field.decode("utf-8", "replace").lstrip(f"\n{_MARK}").split(" ", 2)
        elif text.startswith(":"):
            # One colon and one path for each parent; a file that was not moved is named once where it has one parent.
            parents = len(text) - len(text.lstrip(":"))
            *facts, status = text[parents:].split(" ")
            modes, blobs = facts[: parents + 1], facts[parents + 1 :]
            is_named_twice = parents > 1 or status[0] in "RC"
            count = parents + 1 if is_named_twice else 1
            paths = [_below(next(fields), prefix) for _ in range(count)]
            paths = paths if is_named_twice else paths * 2
            places = [Place(path, _blob(mode, blob)) for path, mode, blob in zip(paths, modes, blobs, strict=True)]
            before = tuple(dict.fromkeys(place for place in places[:-1] if place.blob))
            yield Version(commit, day, subject, places[-1], before)


def _below(path: bytes, prefix: str) -> str:
    return path.decode("utf-8", "replace").removeprefix(prefix)


def _blob(mode: str, blob: str) -> str:
    """Return what a file held; a link holds nothing of its own, and neither does another repository."""
    return blob if mode in FILES and mode != LINK else ""
