"""Move what was made into the site, then remove what no longer belongs there."""

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from generator.build.manifest import make_manifest, read_manifest
from generator.build.names import MANIFEST, OF_RELEASE
from generator.build.staging import writing
from generator.errors import JixiaoError

_SHOWN = 5


class Change(NamedTuple):
    """What is to become of a site."""

    previous: frozenset[str]
    """Our files before, as far as they matter: all of them where any file comes or goes."""
    added: frozenset[str]
    """Paths that are new."""
    gone: frozenset[str]
    """Paths of ours that no longer belong."""
    changed: frozenset[str]
    """Paths that wait below the staged tree, new ones among them."""

    @property
    def planned(self) -> frozenset[str]:
        """Our files afterwards."""
        return (self.previous - self.gone) | self.added


def owned(site_dir: Path) -> frozenset[str]:
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


def claim(paths: Iterable[str]) -> None:
    """Refuse two files at one address; the last guard, for the check of the content names the files."""
    taken: dict[str, str] = {}
    for path in paths:
        if path.startswith(("/", "..")) or ".." in path.split("/"):
            raise JixiaoError(f"文件不能写到站点文件夹之外：{path}。")
        if path in OF_RELEASE:
            raise JixiaoError(f"{path} 这个名称留给 jixiao release 写的文件，页面旁边的文件请改名。")
        # In lower case: Windows and macOS do not tell case apart.
        other = taken.get(path.lower())
        if other is not None:
            twice = f"{path}（两次）" if other == path else f"{other} 与 {path}"
            raise JixiaoError(f"两个页面或文件同一网址：{twice}。请给其中一个改名。")
        taken[path.lower()] = path


def refuse_taken(site_dir: Path, change: Change) -> None:
    """Refuse to go on where a path is taken: by another file of this build, by somebody else's, by a way outside."""
    folders = sorted(_folders_of(change.changed))
    planned = {path.lower() for path in change.planned}
    for name in folders:
        if name.lower() in planned:
            raise JixiaoError(f"{name} 既是文件又是文件夹。请给其中一个改名。")
    root = site_dir.resolve()
    # Most folders of a new site are not there yet, and nothing in them can be taken or lead outside.
    outside, absent = list[str](), set[str]()
    for name in folders:
        above = name.rpartition("/")[0]
        if above in absent or (above not in outside and not os.path.lexists(site_dir / name)):
            absent.add(name)
        elif not (site_dir / name).resolve().is_relative_to(root):
            outside.append(name)
    if outside:
        raise JixiaoError(
            f"{site_dir} 里有指到外面的符号链接，没有写入：\n{_listed(outside[:_SHOWN])}\n请删去这些链接。"
        )
    # In lower case: where case does not count, our own file is found under its former spelling too.
    ours = {name.lower() for name in change.previous}
    there = (name for name in folders if name not in absent)
    taken = [name for name in there if name.lower() not in ours and (site_dir / name).is_file()]
    taken += [
        path
        for path in sorted(change.added & change.changed)
        if path.rpartition("/")[0] not in absent and path.lower() not in ours and _is_taken(site_dir, path, ours)
    ]
    if taken:
        raise JixiaoError(
            f"{site_dir} 里有同名的文件，不是 jixiao 生成的，没有写入：\n{_listed(taken[:_SHOWN])}\n"
            "请把它们移走，或另选一个文件夹。"
        )


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that files stand in, and the folders above these."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _is_taken(site_dir: Path, path: str, ours: Collection[str]) -> bool:
    """Tell whether somebody else's file, or a folder with such a file, stands where ours is to be."""
    place = site_dir / path
    if not place.is_dir() or place.is_symlink():
        return os.path.lexists(place)
    below = (file.relative_to(site_dir).as_posix() for file in place.rglob("*") if not file.is_dir())
    return any(name.lower() not in ours for name in below)


def publish(site_dir: Path, folder: Path, change: Change) -> tuple[str, ...]:
    """Move the files into place, remove those that are gone, and return the names of the latter.

    `folder` holds the staged tree.
    """
    with writing(site_dir):
        if change.changed or change.gone:
            # From the first move on the site is no longer the one that was released.
            for name in OF_RELEASE:
                (site_dir / name).unlink(missing_ok=True)
        if change.added or change.gone:
            # Before the first move: should this build be killed, the next one knows every file it may have left.
            _save_manifest(site_dir, folder, change.previous | change.planned)
        planned = {path.lower(): path for path in change.planned}
        gone = sorted(change.gone)
        blocking = _in_the_way(gone, planned)
        removed = _remove(site_dir, blocking, planned)
        _move(folder / "tree", site_dir)
        removed += _remove(site_dir, (name for name in gone if name not in blocking), planned)
        if change.added or change.gone:
            _save_manifest(site_dir, folder, change.planned)
        elif change.changed:
            # Its time says when the site was last changed, to whoever knows another time.
            os.utime(site_dir / MANIFEST)
    return tuple(sorted(removed))


def _move(staged: Path, place: Path) -> None:
    """Move a staged folder's content: a folder that the site does not have yet goes as a whole."""
    with contextlib.suppress(FileNotFoundError), os.scandir(staged) as scan:
        for entry in scan:
            target = place / entry.name
            if entry.is_dir() and target.is_dir():
                _move(Path(entry.path), target)
            else:
                os.replace(entry.path, target)  # noqa: PTH105  the name that tests stand in for


def _save_manifest(site_dir: Path, folder: Path, paths: Iterable[str]) -> None:
    content = make_manifest(paths)
    (folder / "manifest").write_bytes(content)
    (folder / "manifest").replace(site_dir / MANIFEST)


def _in_the_way(gone: Collection[str], paths: Mapping[str, str]) -> set[str]:
    """Return files to be removed first: where a file becomes a folder, or a folder a file."""
    folders = _folders_of(paths.values()) if gone else set()
    return {name for name in gone if name in folders or any(above.lower() in paths for above in _folders_of((name,)))}


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
