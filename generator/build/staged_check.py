"""What is wrong with the records that are about to be committed, and was not before."""

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from generator.build.checking import check_content
from generator.build.proved_list import history_to_commit
from generator.build.repository import output_of, run_git
from generator.build.revision import content_folders, laid_out
from generator.build.today import this_day
from generator.check.selection import fails, new_since, renamed
from generator.finding import Finding, Severity
from generator.settings import Settings

_MERGED = "GITHEAD_"


class StagedCheck(Struct, frozen=True):
    """What a check of the staged files found."""

    files: int
    """How many staged files were looked at."""
    findings: tuple[Finding, ...] = ()
    """Errors that stand in these files and were not in the last commit."""
    lines: Mapping[str, tuple[str, ...]] = {}
    """The staged text of the files with findings, line by line."""
    is_first: bool = False
    """Whether there is no commit yet to compare with, so that every error is told as new."""


def check_staged(settings: Settings) -> StagedCheck:
    """Check the files that are staged, beside all records of their units and the registry.

    Rules that compare one unit with others see less here than `jixiao check` does.
    """
    project = settings.project_dir
    is_first = bool(run_git(project, "rev-parse", "--verify", "--quiet", "HEAD").returncode)
    before = output_of(project, "hash-object", "-t", "tree", "--stdin").decode().strip() if is_first else "HEAD"
    staged, names = _staged(before, settings)
    if not staged:
        return StagedCheck(0)
    units = frozenset(unit for path in (*staged, *names) if (unit := _unit(path, settings)))
    is_needed, published = _needed(units, settings), history_to_commit(project, is_first=is_first)
    tree = output_of(project, "write-tree").decode().strip()
    with laid_out(tree, settings, is_needed) as then:
        found = check_content(then, today=this_day(), published=published).check.findings
        wanted = tuple(one for one in found if one.origin.path in staged and fails([one], Severity.ERROR))
        lines = {path: _lines(then, path) for path in {one.origin.path for one in wanted}}
    records = settings.records_dir.relative_to(project).as_posix()
    identifiers = {_identifier(old, records): _identifier(new, records) for old, new in names.items()}
    for parent in () if is_first else (before, *_merged_in(settings)):
        if wanted:
            with laid_out(parent, settings, is_needed) as then:
                earlier = check_content(then, today=this_day(), published=published).check.findings
            wanted = new_since(wanted, renamed(earlier, names, identifiers))
    return StagedCheck(len(staged), wanted, lines, is_first)


def _merged_in(settings: Settings) -> tuple[str, ...]:
    """Return the commits that a merge in progress brings in: what was wrong there before is not new either."""
    place = os.fsdecode(output_of(settings.project_dir, "rev-parse", "--git-path", "MERGE_HEAD")).rstrip("\n")
    with contextlib.suppress(FileNotFoundError):
        return tuple((settings.project_dir / place).read_text(encoding="ascii").split())
    # Before a merge that had no conflict is committed, git names them to its hooks alone.
    return tuple(sorted(name.removeprefix(_MERGED) for name in os.environ if name.startswith(_MERGED)))


def _staged(before: str, settings: Settings) -> tuple[frozenset[str], dict[str, str]]:
    """Return the staged files of the content, and the present name of each by its former one."""
    words = (
        "--cached",
        "--name-status",
        "-z",
        "-M",
        "--diff-filter=AMRT",
        "--relative",
        before,
        "--",
        *content_folders(settings),
    )
    parts = iter(os.fsdecode(part) for part in output_of(settings.project_dir, "diff", *words).split(b"\0"))
    staged, names = set(), {}
    for status in parts:
        if not status:
            continue
        path = next(parts)
        if status.startswith("R"):
            former, path = path, next(parts)
            names[former] = path
        staged.add(path)
    return frozenset(staged), names


def _unit(path: str, settings: Settings) -> str:
    """Return the unit folder a record's file stands in; empty for other files."""
    records = settings.records_dir.relative_to(settings.project_dir)
    pure = PurePosixPath(path)
    if not pure.is_relative_to(records.as_posix()):
        return ""
    parts = pure.relative_to(records.as_posix()).parts
    return parts[1] if len(parts) > 2 else ""  # noqa: PLR2004  year, unit and file


def _needed(units: frozenset[str], settings: Settings) -> Callable[[str], bool]:
    records = settings.records_dir.relative_to(settings.project_dir).as_posix()

    def is_needed(path: str) -> bool:
        return not PurePosixPath(path).is_relative_to(records) or _unit(path, settings) in (*units, "")

    return is_needed


def _lines(settings: Settings, path: str) -> tuple[str, ...]:
    try:
        return tuple((settings.project_dir / path).read_text(encoding="utf-8").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()


def _identifier(path: str, records: str) -> str:
    return path.removeprefix(f"{records}/").rpartition(".")[0]
