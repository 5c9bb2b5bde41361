"""When each file was last changed, from one pass over git's log; nothing where git cannot know."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

_MARK = "\x01"


def last_changes(project_dir: Path, folder: Path) -> dict[str, str]:
    """Return the ISO date of the last commit of each file below a folder, by path relative to the project.

    Files with changes not yet committed are left out, and so is everything where there is no git or no repository,
    or where a shallow clone has cut the log off: a date that may be wrong is not shown.
    """
    if not folder.is_relative_to(project_dir):
        return {}
    where = folder.relative_to(project_dir).as_posix()
    if _git(project_dir, "rev-parse", "--is-shallow-repository") != ["false"]:
        return {}
    log = _git(project_dir, "log", "--no-renames", "--relative", "--name-only", f"--format={_MARK}%cs", "--", where)
    changed = {*_names(project_dir, "diff", "--relative", "--name-only", "HEAD", "--", where)}
    dates: dict[str, str] = {}
    date = ""
    for line in log:
        if line.startswith(_MARK):
            date = line[1:]
        elif line:
            dates.setdefault(line, date)
    return {path: day for path, day in dates.items() if path not in changed}


def _names(project_dir: Path, *arguments: str) -> Iterable[str]:
    return (line for line in _git(project_dir, *arguments) if line)


def _git(project_dir: Path, *arguments: str) -> list[str]:
    """Run git and return its lines, or none where there is no git, no repository or no commit yet."""
    command = ["git", "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, cwd=project_dir, capture_output=True, check=False, timeout=120)  # noqa: S603  fixed words and our own paths
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else []
