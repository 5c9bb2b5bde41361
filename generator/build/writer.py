"""Write the site: only files that differ, each one whole or not at all, and remove what no longer belongs."""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from generator.artifact import Artifact
from generator.errors import JixiaoError

MANIFEST = ".jixiao-manifest.json"
"""Names the files that we wrote, so that nobody else's file is ever removed."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of the files of a site."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def write_site(site_dir: Path, artifacts: Iterable[Artifact]) -> WriteReport:
    """Write every artifact that differs from what is there, then remove our own files that are no longer made.

    Raises JixiaoError where two artifacts want one path or the disk refuses.
    """
    written, seen = [], dict[str, str]()
    unchanged = 0
    previous = _read_manifest(site_dir)
    try:
        for artifact in artifacts:
            _claim(artifact.path, seen)
            if _write(site_dir / artifact.path, artifact.content):
                written.append(artifact.path)
            else:
                unchanged += 1
        paths = sorted(seen.values())
        removed = _remove(site_dir, sorted(previous - set(paths)))
        # Last, so that a build cut short leaves a manifest that still names every file of the build before it.
        _write(site_dir / MANIFEST, _manifest(paths))
    except OSError as error:
        where = error.filename or site_dir
        _keep_in_mind(site_dir, previous, seen)
        raise JixiaoError(f"写不进 {where}：{error.strerror or error}。请检查磁盘空间和文件夹的权限。") from error
    except BaseException:
        _keep_in_mind(site_dir, previous, seen)
        raise
    return WriteReport(tuple(written), unchanged, tuple(removed))


def _keep_in_mind(site_dir: Path, previous: set[str], seen: Mapping[str, str]) -> None:
    """Name what a build cut short has written beside what was there, so that a later build can remove it."""
    if seen:
        with contextlib.suppress(OSError):
            _write(site_dir / MANIFEST, _manifest(sorted(previous | set(seen.values()))))


def _claim(path: str, seen: dict[str, str]) -> None:
    """Refuse two files at one address; Windows and macOS do not tell case apart."""
    key = path.lower()
    if key in seen:
        raise JixiaoError(f"两个页面或文件同一网址：{seen[key]} 与 {path}。请给其中一个改名。")
    if path.startswith(("/", "..")) or ".." in path.split("/"):
        raise JixiaoError(f"文件不能写到站点文件夹之外：{path}。")
    seen[key] = path


def _write(path: Path, content: bytes) -> bool:
    """Write a file beside its place and move it there, unless the same bytes are there already."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _remove(site_dir: Path, paths: Iterable[str]) -> list[str]:
    removed = []
    for name in paths:
        path = site_dir / name
        if path.is_file():
            path.unlink()
            removed.append(name)
        parent = path.parent
        # Folders that hold nothing any more go too, but never the site folder itself.
        while parent != site_dir and site_dir in parent.parents and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
    return removed


def _manifest(paths: list[str]) -> bytes:
    return (json.dumps({"format": 1, "files": paths}, ensure_ascii=False, indent=0) + "\n").encode()


def _read_manifest(site_dir: Path) -> set[str]:
    """Return the files of the last build; an unreadable manifest names none, so nothing is removed by mistake."""
    try:
        data = json.loads((site_dir / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return set()
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list):
        return set()
    return {name for name in files if isinstance(name, str) and _stays_inside(name)}


def _stays_inside(name: str) -> bool:
    # Windows' rules know both kinds of slash and drive letters; what they call inside is inside everywhere.
    path = PureWindowsPath(name)
    return bool(path.parts) and not path.drive and not path.root and ".." not in path.parts
