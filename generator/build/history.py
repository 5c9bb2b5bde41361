"""When each file was last changed, from one pass over git's log; nothing where git cannot know."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build.repository import run_git
from generator.errors import JixiaoError

_MARK = "\x01"


class Log(NamedTuple):
    """What git knows of the files at a commit."""

    head: str
    """See `head_of`."""
    committed: dict[str, str]
    """Date of the last commit of each file, by path."""
    dates: dict[str, str]
    """The same without files that were changed since."""


NO_LOG = Log("", {}, {})


def last_changes(project_dir: Path, folder: Path, head: str, former: Log) -> Log:
    """Return the ISO date of the last commit of each file below a folder, by path relative to the project.

    Files with changes not yet committed are left out, and so is everything where there is no git or no repository,
    or where a shallow clone has cut the log off: a date that may be wrong is not shown.
    `head` is what `head_of` says; `former` is taken where it was made at the same commit.
    """
    if not folder.is_relative_to(project_dir) or not head.endswith(" false"):
        return Log(head, {}, {})
    where = folder.relative_to(project_dir).as_posix()
    committed = former.committed if former.head == head else _committed(project_dir, where)
    changed = {*_names(project_dir, "diff", "--relative", "--name-only", "HEAD", "--", where)}
    return Log(head, committed, {path: day for path, day in committed.items() if path not in changed})


def _committed(project_dir: Path, where: str) -> dict[str, str]:
    log = _git(project_dir, "log", "--no-renames", "--relative", "--name-only", f"--format={_MARK}%cs", "--", where)
    dates: dict[str, str] = {}
    date = ""
    for line in log:
        if line.startswith(_MARK):
            date = line[1:]
        elif line:
            dates.setdefault(line, date)
    return dates


def _names(project_dir: Path, *arguments: str) -> Iterable[str]:
    return (line for line in _git(project_dir, *arguments) if line)


def _git(project_dir: Path, *arguments: str) -> list[str]:
    """Run git and return its lines, or none where there is no git, no repository or no commit yet."""
    try:
        done = run_git(project_dir, *arguments)
    except JixiaoError:
        return []
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else []


def head_of(project_dir: Path) -> str:
    """Return which commit a repository stands at, and whether its log is cut off; nothing where git cannot tell."""
    return " ".join(_git(project_dir, "rev-parse", "HEAD", "--is-shallow-repository"))
