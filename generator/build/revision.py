"""The content as it was at a revision of git, read without touching the work tree."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from msgspec.structs import replace

from generator.build.repository import LINK, Blob, blobs_of, commit_of, contents_of, output_of
from generator.settings import Settings

WHY = "--new-since 要和 git 里的版本比较。"


class Revision(NamedTuple):
    """The content of a revision, laid out in a folder of its own."""

    settings: Settings
    """Those of today with the folders of the revision; rules, packs and forms are today's."""
    renamed: Mapping[str, str]
    """Today's path of each file that git knows by another name at the revision, relative to the project folder."""


@contextlib.contextmanager
def content_at(name: str, settings: Settings) -> Iterator[Revision]:
    """Lay out the content of a revision in a temporary folder.

    Raises JixiaoError where there is no git, no repository or no such revision.
    """
    commit = commit_of(name, settings.project_dir, WHY)
    with laid_out(commit, settings) as then:
        yield Revision(then, _renamed(commit, content_folders(settings), settings.project_dir))


@contextlib.contextmanager
def laid_out(tree: str, settings: Settings, is_wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Settings]:
    """Lay out the content of a commit or tree in a temporary folder, or the files of it that are wanted."""
    project, folders = settings.project_dir, content_folders(settings)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as made:
        # The real path: what leaves the content is judged by real paths, and a temporary folder may be a link.
        target = Path(os.path.realpath(made))
        _lay_out([blob for blob in blobs_of(tree, folders, project) if is_wanted(blob.path)], project, target)
        for folder in folders:
            (target / folder).mkdir(parents=True, exist_ok=True)
        moved = {
            key: target / getattr(settings, key).relative_to(project)
            for key in ("records_dir", "registry_dir", "pages_dir")
            if getattr(settings, key).is_relative_to(project)
        }
        yield replace(settings, project_dir=target, **moved)


def content_folders(settings: Settings) -> list[str]:
    """Return the folders of the content, relative to the project folder."""
    return [
        folder.relative_to(settings.project_dir).as_posix()
        for folder in (settings.records_dir, settings.registry_dir, settings.pages_dir)
        if folder.is_relative_to(settings.project_dir)
    ]


def _stays_inside(path: str) -> bool:
    """Tell whether a path leads nowhere else on any system; no record may have such a name as those that do."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and not any(mark in path for mark in "\\:\0")


def _lay_out(blobs: Sequence[Blob], project: Path, target: Path) -> None:
    """Write the files of a revision below a folder."""
    # A link that is not there yet leads no other file away.
    entries = sorted((blob for blob in blobs if _stays_inside(blob.path)), key=lambda blob: blob.mode == LINK)
    for entry, content in zip(entries, contents_of(entries, project), strict=True):
        place = target / entry.path
        # A name this system cannot hold is a file it has not checked out either.
        with contextlib.suppress(OSError, ValueError):
            if not Path(os.path.realpath(place.parent)).is_relative_to(target):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            if entry.mode == LINK:
                place.symlink_to(os.fsdecode(content))
            else:
                place.write_bytes(content)


def _renamed(commit: str, folders: Sequence[str], project: Path) -> dict[str, str]:
    """Return what git takes for a rename between a revision and the work tree."""
    words = ("--name-status", "-z", "-M", "--diff-filter=R", "--relative")
    listed = output_of(project, "diff", *words, commit, "--", *folders)
    parts = [os.fsdecode(part) for part in listed.split(b"\0") if part]
    return {before: after for _, before, after in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}
