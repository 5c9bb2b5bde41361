"""Write the site: make everything first, then move what differs into place, then remove what no longer belongs."""

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from generator.artifact import Artifact
from generator.build.manifest import MANIFEST, make_manifest, read_manifest
from generator.build.staging import staging, writing
from generator.errors import JixiaoError

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of the files of a site."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Staged:
    """What is to be done once every file is made."""

    paths: dict[str, str] = field(default_factory=dict)
    """Every file of the new site, by its path in lower case: Windows and macOS do not tell case apart."""
    changed: list[str] = field(default_factory=list)
    """Those that differ from what is there; each waits under its number in this list."""


def write_site(site_dir: Path, artifacts: Iterable[Artifact]) -> WriteReport:
    """Bring a folder to hold exactly these files of ours; others' files stay untouched.

    Nothing in the site changes before the last artifact is made, so an artifact that cannot be made leaves the site as
    it was. Raises JixiaoError where two artifacts want one path, where a file of somebody else's is in the way, where
    another build is at work or the disk refuses.
    """
    if site_dir.is_dir():
        _owned(site_dir)
    with staging(site_dir) as folder:
        # Again, for now nobody else writes here.
        previous = _owned(site_dir)
        staged = _stage(site_dir, folder, artifacts)
        _refuse_taken(site_dir, staged, previous)
        with writing(site_dir):
            removed = _publish(site_dir, folder, staged, previous)
    return WriteReport(tuple(staged.changed), len(staged.paths) - len(staged.changed), removed)


def _owned(site_dir: Path) -> frozenset[str]:
    """Return our own files in a folder; refuse one that holds others' files and none of ours."""
    previous = read_manifest(site_dir)
    if previous is not None:
        return previous
    foreign = list(islice(_foreign_files(site_dir), _SHOWN))
    if foreign:
        raise JixiaoError(
            f"{site_dir} 里有不是 jixiao 生成的文件，没有写入：\n{_listed(foreign)}\n请另选一个文件夹，或先把它清空。"
        )
    return frozenset()


def _foreign_files(site_dir: Path) -> Iterable[str]:
    """Yield files that belong to somebody, except those by which hosts and git are told what to do."""
    for folder, below, names in os.walk(site_dir):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name != "CNAME":
                yield (Path(folder) / name).relative_to(site_dir).as_posix()


def _stage(site_dir: Path, folder: Path, artifacts: Iterable[Artifact]) -> _Staged:
    """Make every file, and lay aside those that differ from what is in the site."""
    staged = _Staged()
    # What goes wrong while an artifact is made is not ours to explain, so only writing is.
    for artifact in artifacts:
        _claim(artifact.path, staged.paths)
        with writing(site_dir):
            if not _holds(site_dir / artifact.path, artifact.content):
                (folder / str(len(staged.changed))).write_bytes(artifact.content)
                staged.changed.append(artifact.path)
    return staged


def _claim(path: str, paths: dict[str, str]) -> None:
    """Refuse two files at one address; the last guard, for the check of the content names the files."""
    if path.startswith(("/", "..")) or ".." in path.split("/"):
        raise JixiaoError(f"文件不能写到站点文件夹之外：{path}。")
    other = paths.get(path.lower())
    if other is not None:
        twice = f"{path}（两次）" if other == path else f"{other} 与 {path}"
        raise JixiaoError(f"两个页面或文件同一网址：{twice}。请给其中一个改名。")
    paths[path.lower()] = path


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file has these bytes already."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _refuse_taken(site_dir: Path, staged: _Staged, previous: Collection[str]) -> None:
    """Refuse to go on where a path is taken: by another file of this build, by somebody else's, by a way outside."""
    folders = sorted(
        {parent.as_posix() for path in staged.paths.values() for parent in PurePosixPath(path).parents if parent.name}
    )
    for name in folders:
        if name.lower() in staged.paths:
            raise JixiaoError(f"{name} 既是文件又是文件夹。请给其中一个改名。")
    root = site_dir.resolve()
    outside = [name for name in folders if not (site_dir / name).resolve().is_relative_to(root)]
    if outside:
        raise JixiaoError(
            f"{site_dir} 里有指到外面的符号链接，没有写入：\n{_listed(outside[:_SHOWN])}\n请删去这些链接。"
        )
    # In lower case: where case does not count, our own file is found under its former spelling too.
    ours = {name.lower() for name in previous}
    taken = [name for name in folders if name.lower() not in ours and (site_dir / name).is_file()]
    taken += [path for path in staged.changed if path.lower() not in ours and _is_taken(site_dir, path, ours)]
    if taken:
        raise JixiaoError(
            f"{site_dir} 里有同名的文件，不是 jixiao 生成的，没有写入：\n{_listed(taken[:_SHOWN])}\n"
            "请把它们移走，或另选一个文件夹。"
        )


def _is_taken(site_dir: Path, path: str, ours: Collection[str]) -> bool:
    """Tell whether somebody else's file, or a folder with such a file, stands where ours is to be."""
    place = site_dir / path
    if not place.is_dir() or place.is_symlink():
        return os.path.lexists(place)
    below = (file.relative_to(site_dir).as_posix() for file in place.rglob("*") if not file.is_dir())
    return any(name.lower() not in ours for name in below)


def _publish(site_dir: Path, folder: Path, staged: _Staged, previous: frozenset[str]) -> tuple[str, ...]:
    """Move the files into place, remove those that are gone, and return the names of the latter."""
    planned = set(staged.paths.values())
    gone = sorted(previous - planned)
    if staged.changed:
        # Before the first move: should this build be killed, the next one knows every file it may have left.
        _save_manifest(site_dir, folder, previous | planned)
    blocking = _in_the_way(gone, staged.paths)
    removed = _remove(site_dir, blocking, staged.paths)
    for number, path in enumerate(staged.changed):
        target = site_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / str(number), target)  # noqa: PTH105  the name that tests stand in for
    removed += _remove(site_dir, (name for name in gone if name not in blocking), staged.paths)
    _save_manifest(site_dir, folder, planned)
    return tuple(sorted(removed))


def _save_manifest(site_dir: Path, folder: Path, paths: Iterable[str]) -> None:
    content = make_manifest(paths)
    if not _holds(site_dir / MANIFEST, content):
        (folder / "manifest").write_bytes(content)
        (folder / "manifest").replace(site_dir / MANIFEST)


def _in_the_way(gone: Iterable[str], paths: Mapping[str, str]) -> set[str]:
    """Return files to be removed first: where a file becomes a folder, or a folder a file."""
    folders = {str(parent) for path in paths.values() for parent in PurePosixPath(path).parents}
    return {
        name
        for name in gone
        if name in folders or any(str(parent).lower() in paths for parent in PurePosixPath(name).parents)
    }


def _remove(site_dir: Path, names: Iterable[str], paths: Mapping[str, str]) -> list[str]:
    removed = []
    for name in names:
        path = site_dir / name
        leaves = not path.parent.resolve().is_relative_to(site_dir.resolve())
        if leaves or _is_respelled(path, name, site_dir, paths):
            continue
        if path.is_file() or path.is_symlink():
            path.unlink()
            removed.append(name)
        parent = path.parent
        # Folders that hold nothing any more go too, but never the site folder itself.
        while parent != site_dir and site_dir in parent.parents and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
    return removed


def _is_respelled(path: Path, name: str, site_dir: Path, paths: Mapping[str, str]) -> bool:
    """Tell whether a file lives on under a name that differs in case alone, on a disk that makes no difference."""
    other = paths.get(name.lower())
    return other is not None and path.exists() and path.samefile(site_dir / other)


def _listed(paths: Iterable[str]) -> str:
    return "\n".join(f"  {path}" for path in paths)
