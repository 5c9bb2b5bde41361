"""Which files of a folder are a site that was built whole and left alone since."""

import json
import os
import stat
from pathlib import Path
from typing import NamedTuple

from generator.build.glance import BUILT
from generator.build.glance_state import Glance, read_glance
from generator.build.last_build import kept_files
from generator.build.manifest import read_manifest
from generator.build.names import LOCK, MANIFEST, OF_RELEASE, STAGING
from generator.build.stage import FileState, Stage
from generator.build.tool import owner_of
from generator.errors import JixiaoError

_SHOWN = 5
_REBUILD = "请先用 jixiao build --full 重新生成网站，再运行这条命令。"


class BuiltFile(NamedTuple):
    """One file of a site."""

    path: str
    """From the folder of the site, with slashes."""
    size: int


class BuiltFiles(NamedTuple):
    """The files of a site."""

    files: tuple[BuiltFile, ...]
    """In the order of their paths."""
    others: tuple[str, ...]
    """Files that stand there too and are not ours, hidden ones aside."""
    is_traced: bool
    """Tell whether what the build left behind was found, so that every file could be compared with it."""


def built_files(site: Path, cache: Path) -> BuiltFiles:
    """Return the files of a site; raise JixiaoError where it is not whole, or was changed since it was built.

    `cache` is the folder of what builds leave behind, whether or not this site is one of theirs.
    """
    ours = _manifest(site)
    files, missing = _found(site, ours)
    if missing:
        raise JixiaoError(f"{site} 不完整，少了 {len(missing)} 个文件：\n{_listed(missing)}\n{_REBUILD}")
    states = _states(site, cache)
    stage = Stage(str(site), "")
    changed = [
        one.path
        for one in files
        if states and one.path not in OF_RELEASE
        if not (one.path in states and stage.is_intact(one.path, states[one.path]))
    ]
    if changed:
        raise JixiaoError(f"{site} 里有 {len(changed)} 个文件在生成之后被改过：\n{_listed(changed)}\n{_REBUILD}")
    return BuiltFiles(files, tuple(_others(site, ours)), states is not None)


def refuse_busy(site: Path) -> None:
    """Refuse a site that a build is writing, or in which one was cut off."""
    if any((site / name).exists() for name in (STAGING, LOCK)):
        raise JixiaoError(
            f"{site} 正在生成，或上一次生成被打断，只换了一半。请等它结束；没有在生成的，请再运行一次 jixiao build。"
        )


def _manifest(site: Path) -> frozenset[str]:
    refuse_busy(site)
    known = read_manifest(site)
    if known is None:
        raise JixiaoError(
            f"{site} 不是 jixiao 生成的网站（没有 {MANIFEST}）。请先运行 jixiao build；"
            "网站在别处的，把它的文件夹写在命令后面。"
        )
    if not _is_readable(site / MANIFEST) or "index.html" not in known:
        raise JixiaoError(f"{site / MANIFEST} 损坏了，不知道哪些文件是网站的。{_REBUILD}")
    # What begins with a dot is for the server or for us.
    ours = {path for path in known if not any(part.startswith(".") for part in path.split("/"))}
    return frozenset(ours.union(name for name in OF_RELEASE if (site / name).is_file()))


def _is_readable(manifest: Path) -> bool:
    try:
        return isinstance(json.loads(manifest.read_bytes())["files"], list)
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        return False


def _found(site: Path, paths: frozenset[str]) -> tuple[tuple[BuiltFile, ...], list[str]]:
    files, missing = [], []
    root = site.resolve()
    for path in sorted(paths):
        place = site / path
        try:
            status = os.lstat(place)
        except OSError:
            missing.append(path)
            continue
        # A link may lead to what was never meant to leave this machine.
        if not stat.S_ISREG(status.st_mode) or not place.parent.resolve().is_relative_to(root):
            raise JixiaoError(f"{place} 是链接或文件夹，不是网站的文件。{_REBUILD}")
        files.append(BuiltFile(path, status.st_size))
    return tuple(files), missing


def _states(site: Path, cache: Path) -> dict[str, FileState] | None:
    """Return every file as the last build of this very site left it, or None where nothing is known of it."""
    last = last_glance(site, cache)
    return kept_files(last[0], owner_of(last[1].tool, Path(last[1].project_dir))) if last else None


def last_glance(site: Path, cache: Path) -> tuple[Path, Glance] | None:
    """Return what the last build of this very site left, and the folder it is kept in; None where nothing is known."""
    built = (site / MANIFEST).stat().st_mtime_ns
    for folder in sorted((cache / "sites").glob("*")):
        glance = read_glance(folder)
        if glance and Path(glance.site_dir).resolve() == site.resolve() and glance.site.get(BUILT) == built:
            return folder, glance
    return None


def _others(site: Path, ours: frozenset[str]) -> list[str]:
    found = []
    for folder, below, names in os.walk(site):
        below[:] = [name for name in below if not name.startswith(".")]
        paths = ((Path(folder) / name).relative_to(site).as_posix() for name in names if not name.startswith("."))
        found += [path for path in paths if path not in ours]
    return sorted(found)


def _listed(paths: list[str]) -> str:
    more = f"\n  …… 共 {len(paths)} 个" if len(paths) > _SHOWN else ""
    return "\n".join(f"  {path}" for path in paths[:_SHOWN]) + more
