"""Where git stands, and what it knows of the files of records; nothing where git cannot know.

Light on purpose: a build with nothing to do asks only where git stands.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build.repository import run_git
from generator.errors import JixiaoError

_WHOLE = "false"


class Head(NamedTuple):
    """Where git stands, taken apart; see `head_of`."""

    commit: str
    shallow: str
    """Digest of where a shallow clone has cut the log off; `false` where it has not."""
    prefix: str
    """The project folder within the repository, with a slash at its end; empty where it is all of it."""
    cut_list: str
    """Path of git's own list of the commits where the log is cut off."""

    @property
    def is_shallow(self) -> bool:
        """Tell whether the log is cut off."""
        return self.shallow != _WHOLE


class Segment(NamedTuple):
    """Where the histories of one unit's files are kept."""

    start: int
    length: int
    digest: bytes
    """Of what is there."""


class Log(NamedTuple):
    """What git knows of the files at a commit."""

    head: str
    """See `head_of`."""
    committed: dict[str, str]
    """Date of the last commit of each file, by path; nothing in a shallow clone, where it might be wrong."""
    dates: dict[str, str]
    """The same without files that were changed since."""
    uncommitted: tuple[str, ...]
    """Paths of files that were changed since."""
    units: dict[str, Segment]
    """Where what is known of each unit's files is kept, by slug; see `unit_histories`."""
    removed: tuple[str, ...]
    """Paths at which a file was removed once, whether or not there is another by now."""


NO_LOG = Log("", {}, {}, (), {}, ())


def head_of(project_dir: Path) -> str:
    """Return which commit a repository stands at, how far its log goes, and where in it the project stands.

    Nothing where there is no git, no repository or no commit yet. `parted` takes it apart.
    """
    asked = ("HEAD", "--is-shallow-repository", "--show-prefix", "--git-path", "shallow")
    lines = _answer(project_dir, "rev-parse", *asked)
    if lines is None or len(lines) != len(Head._fields):
        return ""
    commit, is_shallow, prefix, place = lines
    shallow = _WHOLE if is_shallow == _WHOLE else _digest(project_dir / place)
    return "\n".join(Head(commit, shallow, prefix, place))


def parted(head: str) -> Head | None:
    """Take apart what `head_of` says; None where git knows nothing."""
    return Head(*head.split("\n")) if head else None


def changed_since(project_dir: Path, where: str) -> tuple[str, ...] | None:
    """Return the files below a folder that are not as the last commit has them; None where git does not say."""
    lines = _answer(project_dir, "diff", "--relative", "--name-only", "HEAD", "--", where)
    return tuple(sorted(lines)) if lines is not None else None


def cut_commits(project_dir: Path, head: Head) -> frozenset[str]:
    """Return the commits whose parents a shallow clone does not have."""
    if not head.is_shallow:
        return frozenset()
    try:
        return frozenset((project_dir / head.cut_list).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return frozenset()


def _digest(place: Path) -> str:
    try:
        return hashlib.blake2b(place.read_bytes(), digest_size=8).hexdigest()
    except OSError:
        return "true"


def _answer(project_dir: Path, *arguments: str) -> list[str] | None:
    """Run git and return its lines, None where it does not succeed."""
    try:
        done = run_git(project_dir, *arguments)
    except JixiaoError:
        return None
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else None


def slug_of(path: str, where: str) -> str:
    """Return the unit whose folder a file stands in, empty where it stands in none; `where` holds all records."""
    parts = (path if where == "." else path.removeprefix(f"{where}/")).split("/")
    return parts[1] if len(parts) > 2 else ""  # noqa: PLR2004  year, unit, file


def by_unit(paths: Iterable[str], where: str) -> dict[str, list[str]]:
    """Return paths by the unit whose folder they stand in, each unit's in order."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        found.setdefault(slug_of(path, where), []).append(path)
    return found
