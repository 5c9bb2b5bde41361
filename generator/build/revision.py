"""The content as it was at a revision of git, read without touching the work tree."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.errors import JixiaoError
from generator.settings import Settings

_LINK = "120000"
_FILES = ("100644", "100755", _LINK)


class Entry(NamedTuple):
    """One file of a revision."""

    mode: str
    identifier: str
    path: str
    """Relative to the project folder."""


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
    project = settings.project_dir
    commit = _commit(name, project)
    folders = [
        folder.relative_to(project).as_posix()
        for folder in (settings.records_dir, settings.registry_dir, settings.pages_dir)
        if folder.is_relative_to(project)
    ]
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as made:
        # The real path: what leaves the content is judged by real paths, and a temporary folder may be a link.
        target = Path(os.path.realpath(made))
        _lay_out(_entries(commit, folders, project), project, target)
        for folder in folders:
            (target / folder).mkdir(parents=True, exist_ok=True)
        moved = {
            key: target / getattr(settings, key).relative_to(project)
            for key in ("records_dir", "registry_dir", "pages_dir")
            if getattr(settings, key).is_relative_to(project)
        }
        yield Revision(replace(settings, project_dir=target, **moved), _renamed(commit, folders, project))


def _commit(name: str, project: Path) -> str:
    """Return the commit a name stands for."""
    inside = _run(project, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        said = inside.stderr.decode("utf-8", "replace").strip()
        cure = "--new-since 要和 git 里的版本比较。"
        if "dubious ownership" in said:
            raise JixiaoError(f"git 不信任 {project} 所在的仓库，因为它属于另一个用户。{cure}\n{said}")
        raise JixiaoError(f"{project} 不在 git 仓库里。{cure}")
    found = _run(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not found.returncode:
        return found.stdout.decode().strip()
    shallow = _run(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    cure = (
        "这是浅克隆，较早的版本不在本机；先运行 git fetch --unshallow，或在 CI 的检出步骤里取回全部历史。"
        if shallow
        else "写分支、标签或提交，例如 main、HEAD~1、v1.0；远程的分支写成 origin/main。"
    )
    raise JixiaoError(f"git 里没有“{name}”这个版本。{cure}")


def _entries(commit: str, folders: Sequence[str], project: Path) -> tuple[Entry, ...]:
    listed = _run(project, "ls-tree", "-r", "-z", commit, "--", *folders)
    if listed.returncode:
        raise _failed("ls-tree", listed)
    entries = []
    for line in listed.stdout.split(b"\0"):
        if line:
            facts, _, path = line.partition(b"\t")
            mode, _, identifier = facts.decode().split(" ")
            entries.append(Entry(mode, identifier, os.fsdecode(path)))
    return tuple(entry for entry in entries if entry.mode in _FILES and _stays_inside(entry.path))


def _stays_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


def _lay_out(entries: Sequence[Entry], project: Path, target: Path) -> None:
    """Write the files of a revision below a folder."""
    for entry, content in zip(entries, _contents(entries, project), strict=True):
        place = target / entry.path
        # A name this system cannot hold is a file it has not checked out either.
        with contextlib.suppress(OSError, ValueError):
            place.parent.mkdir(parents=True, exist_ok=True)
            if entry.mode == _LINK:
                place.symlink_to(os.fsdecode(content))
            else:
                place.write_bytes(content)


def _contents(entries: Sequence[Entry], project: Path) -> Iterator[bytes]:
    """Yield the bytes of each file, all from one run of git."""
    wanted = "".join(f"{entry.identifier}\n" for entry in entries).encode()
    done = _run(project, "cat-file", "--batch", given=wanted)
    if done.returncode:
        raise _failed("cat-file", done)
    position = 0
    for entry in entries:
        end = done.stdout.index(b"\n", position)
        head = done.stdout[position:end].split(b" ")
        if len(head) != 3:  # noqa: PLR2004  identifier, kind and size
            raise JixiaoError(f"git 取不出 {entry.path} 当时的内容；部分克隆的仓库请先取回全部文件。")
        start, size = end + 1, int(head[2])
        yield done.stdout[start : start + size]
        position = start + size + 1


def _renamed(commit: str, folders: Sequence[str], project: Path) -> dict[str, str]:
    """Return what git takes for a rename between a revision and the work tree."""
    done = _run(project, "diff", "--name-status", "-z", "-M", "--diff-filter=R", "--relative", commit, "--", *folders)
    if done.returncode:
        raise _failed("diff", done)
    parts = [os.fsdecode(part) for part in done.stdout.split(b"\0") if part]
    return {before: after for _, before, after in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}


def _failed(command: str, done: subprocess.CompletedProcess[bytes]) -> JixiaoError:
    return JixiaoError(f"git {command} 没有成功：{done.stderr.decode('utf-8', 'replace').strip()}")


def _run(project: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the project folder; without git there is nothing to compare with."""
    command = ["git", "-c", "core.quotepath=off", *arguments]
    try:
        return subprocess.run(command, cwd=project, input=given, capture_output=True, check=False, timeout=300)  # noqa: S603  fixed words and our own paths
    except FileNotFoundError as error:
        raise JixiaoError("找不到 git 命令。--new-since 要和 git 里的版本比较，请先安装 git。") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JixiaoError(f"git 运行不了：{error}。") from error
