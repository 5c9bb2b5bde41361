"""The one place where git is run: what it knows of the content, and the plain commands that others give it.

The questions of this module change neither the repository nor the work tree.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.errors import JixiaoError

LINK = "120000"
FILES = ("100644", "100755", LINK)
"""Modes of what is a file; the others are folders and other repositories."""
_PARTED = "..."
_RANGE = ".."


class Blob(NamedTuple):
    """One file as git keeps it."""

    mode: str
    identifier: str
    path: str
    """Relative to the project folder."""


# What a project's own configuration names as a watcher of its files would be run by many of git's commands.
_GIT = ("git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false")


def start_git(project: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command of git in the project folder that goes on answering, and never asks the network.

    Raises OSError where there is no git.
    """
    return subprocess.Popen(  # noqa: S603  fixed words
        [*_GIT, *arguments], cwd=project, env={**os.environ, "GIT_NO_LAZY_FETCH": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def run_git(project: Path, *arguments: str, given: bytes = b"", why: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run git in the project folder and return what it said, whether it succeeded or not.

    `why` is what git is needed for, as a sentence; raises JixiaoError where there is no git.
    """
    try:
        return subprocess.run(  # noqa: S603  fixed words and our own paths
            [*_GIT, *arguments], cwd=project, input=given, capture_output=True, check=False, timeout=300
        )
    except FileNotFoundError as error:
        raise JixiaoError(f"找不到 git 命令。{why}请先安装 git。") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JixiaoError(f"git 运行不了：{error}。") from error


def output_of(project: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what a command of git prints; raise JixiaoError where it does not succeed."""
    done = run_git(project, *arguments, given=given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        command = next((word for word in arguments if not word.startswith("-")), "")
        raise JixiaoError(f"git {command} 没有成功：{said}")
    return done.stdout


def refuse_outside(project: Path, why: str) -> None:
    """Refuse a project that stands in no repository, or in one that git does not trust; `why` as in `run_git`."""
    inside = run_git(project, "rev-parse", "--is-inside-work-tree", why=why)
    if inside.returncode == 0 and inside.stdout.strip() == b"true":
        return
    said = inside.stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in said:
        raise JixiaoError(f"git 不信任 {project} 所在的仓库，因为它属于另一个用户。{why}\n{said}")
    raise JixiaoError(f"{project} 不在 git 仓库里。{why}")


def is_inside(project: Path, why: str = "") -> bool:
    """Tell whether a project stands in a repository; `why` as in `run_git`.

    Raises JixiaoError where it does, and git is missing or does not trust it.
    """
    if not any((folder / ".git").exists() for folder in (project, *project.parents)):
        return False
    refuse_outside(project, why)
    return True


def commit_of(name: str, project: Path, why: str, *, beside: str = "HEAD") -> str:
    """Return the commit a name stands for; `why` as in `run_git`.

    A name and three dots, as `git diff` takes them, stand for where that one and another parted: the one `beside` it,
    which is the work tree's unless said otherwise.
    Raises JixiaoError where there is no git, no repository or no such revision.
    """
    _refuse_two(name)
    if name.endswith(_PARTED):
        return _parted(commit_of(name.removesuffix(_PARTED), project, why), name, beside, project)
    refuse_outside(project, why)
    found = run_git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not found.returncode:
        return found.stdout.decode().strip()
    shallow = run_git(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    cure = (
        "这是浅克隆，较早的版本不在本机；先运行 git fetch --unshallow，或在 CI 的检出步骤里取回全部历史。"
        if shallow
        else "写分支、标签或提交，例如 main、HEAD~1、v1.0；远程的分支写成 origin/main。"
    )
    raise JixiaoError(f"git 里没有“{name}”这个版本。{cure}")


def _refuse_two(name: str) -> None:
    """Refuse what `git diff` takes for two revisions, or for one that is not written: no revision has such a name."""
    first, dots, second = name.partition(_RANGE)
    second = second.removeprefix(".")
    if dots and second:
        three = _PARTED if name.startswith(f"{first}{_PARTED}") else ""
        two = f"{first or 'HEAD'}{three} {second}"
        raise JixiaoError(f"“{name}”写了两个版本。一次写一个；jixiao diff 写两个时中间空一格：{two}")
    if dots and not first:
        raise JixiaoError(f"“{name}”前面没有写版本，例如 main...，指与 main 分开的地方。")


def has_commit(name: str, project: Path) -> bool:
    """Tell whether git is here and knows a commit by this name."""
    try:
        found = run_git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except JixiaoError:
        return False
    return not found.returncode


def _parted(commit: str, name: str, beside: str, project: Path) -> str:
    """Return the last commit that a commit and the one beside it have in common."""
    found = run_git(project, "merge-base", commit, beside)
    if found.returncode:
        other = "当前的提交" if beside == "HEAD" else "另一个版本"
        raise JixiaoError(
            f"找不到“{name.removesuffix(_PARTED)}”与{other}是从哪里分开的。浅克隆先运行 git fetch --unshallow，"
            "或在 CI 的检出步骤里取回全部历史；历史确实不相干的，写出要比较的版本，不加三个点。"
        )
    return found.stdout.decode().strip()


def blobs_of(commit: str, folders: Sequence[str], project: Path) -> tuple[Blob, ...]:
    """Return the files of a commit below some folders."""
    blobs = []
    for line in output_of(project, "ls-tree", "-r", "-z", commit, "--", *folders).split(b"\0"):
        if line:
            facts, _, path = line.partition(b"\t")
            mode, _, identifier = facts.decode().split(" ")
            blobs.append(Blob(mode, identifier, os.fsdecode(path)))
    return tuple(blob for blob in blobs if blob.mode in FILES)


def contents_of(blobs: Sequence[Blob], project: Path) -> Iterator[bytes]:
    """Yield the bytes of each file, all from one run of git."""
    wanted = "".join(f"{blob.identifier}\n" for blob in blobs).encode()
    found = output_of(project, "cat-file", "--batch", given=wanted)
    position = 0
    for blob in blobs:
        end = found.index(b"\n", position)
        head = found[position:end].split(b" ")
        if len(head) != 3:  # noqa: PLR2004  identifier, kind and size
            raise JixiaoError(f"git 取不出 {blob.path} 当时的内容；部分克隆的仓库请先取回全部文件。")
        start, size = end + 1, int(head[2])
        yield found[start : start + size]
        position = start + size + 1
