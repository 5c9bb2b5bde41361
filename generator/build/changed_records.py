"""The records that differ between two points in git's history, or between one and what is on the disk."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.build.renamed_files import renamed_files
from generator.build.repository import FILES, LINK, Blob, commit_of, contents_of, output_of, refuse_outside, run_git
from generator.errors import JixiaoError, disk_reason
from generator.exchange.record_changes import RecordChange, Version, is_record_path, record_change
from generator.model.forms import FormLibrary

_WHY = "比较版本要用 git。"


class Span(NamedTuple):
    """What is compared with what."""

    before: str = ""
    """A revision; empty for the last commit."""
    after: str = ""
    """A revision; empty for the files as they are on the disk, or as they are staged."""
    staged: bool = False


class _File(NamedTuple):
    """One side of a changed file."""

    path: str
    identifier: str
    """Of git's copy; empty where the disk has it."""


def changed_records(
    project: Path, records_dir: Path, forms: FormLibrary, span: Span, *, with_silent: bool = False
) -> tuple[RecordChange, ...]:
    """Return what became of every record between the two, by path.

    Files that say the same as before, written in another way, are among them only where `with_silent` asks for them.

    Raises JixiaoError where git is missing, the project is in no repository, a revision does not exist or a file is
    in the midst of a merge.
    """
    records = records_dir.relative_to(project).as_posix()
    pairs = [
        (before, after)
        for before, after in _pairs(project, records, span)
        if any(is_record_path(file.path, records) for file in (before, after) if file)
    ]
    contents = _contents(project, pairs)
    if not span.after and not span.staged:
        pairs = _with_renames(pairs, contents)
    found = []
    for before, after in pairs:
        old, new = (Version(file.path, contents[file]) if file else None for file in (before, after))
        if old is None or old != new:
            found.append(record_change(old, new, records, forms))
    wanted = (one for one in found if with_silent or one.says_something)
    return tuple(sorted(wanted, key=lambda one: one.path))


def _pairs(project: Path, records: str, span: Span) -> Iterator[tuple[_File | None, _File | None]]:
    """Yield the two sides of every file that git takes for changed."""
    after = commit_of(span.after, project, _WHY) if span.after else ""
    before = _tree(span.before, project, after or "HEAD")
    _refuse_unmerged(project, records)
    words = [
        "--raw",
        "--no-ext-diff",
        "--no-textconv",
        "--no-abbrev",
        "-z",
        "-M",
        "--relative",
        *(["--cached"] if span.staged else []),
        before,
    ]
    words += [after] if after else []

    def is_on_disk(path: str, mode: str) -> bool:
        # Git names what a renamed file holds on the disk by a digest of it, and keeps no copy.
        return not span.after and not span.staged and mode != LINK and (project / path).is_file()

    fields = iter(output_of(project, "diff", *words, "--", records).split(b"\0"))
    for facts in fields:
        if not facts:
            continue
        old_mode, new_mode, old, new, status = facts.decode().lstrip(":").split(" ")
        path = os.fsdecode(next(fields))
        other = os.fsdecode(next(fields)) if status[:1] in "RC" else path
        yield (
            _File(path, old) if old_mode in FILES and status[:1] != "C" else None,
            _File(other, "" if _is_none(new) or is_on_disk(other, new_mode) else new) if new_mode in FILES else None,
        )
    if not span.after and not span.staged:
        listed = output_of(project, "ls-files", "--others", "--exclude-standard", "-z", "--", records)
        for name in listed.split(b"\0"):
            if name:
                yield None, _File(os.fsdecode(name), "")


_Pair = tuple[_File | None, _File | None]


def _with_renames(pairs: Sequence[_Pair], contents: Mapping[_File, bytes]) -> list[_Pair]:
    """Join what is gone with what is new where a file was renamed without telling git."""
    gone = [before for before, after in pairs if before and not after]
    new = [after for before, after in pairs if after and not before]
    # A file that git alone forgot is at its place still.
    places = {file.path: file for file in new}
    later = {file: places[file.path] for file in gone if file.path in places}
    gone, new = [file for file in gone if file not in later], [file for file in new if file not in later.values()]
    found = renamed_files([contents[file] for file in gone], [contents[file] for file in new])
    later |= {gone[old]: new[other] for old, other in found.items()}
    used = set(later.values())
    return [
        (before, later[before]) if before in later and not after else (before, after)
        for before, after in pairs
        if before or after not in used
    ]


def _refuse_unmerged(project: Path, records: str) -> None:
    for line in output_of(project, "ls-files", "--unmerged", "-z", "--", records).split(b"\0"):
        if line:
            path = os.fsdecode(line.partition(b"\t")[2])
            raise JixiaoError(f"{path} 有还没有解决的合并冲突，请先改好并 git add，再比较。")


def _is_none(identifier: str) -> bool:
    """Tell whether git has no copy of a file as it is on the disk."""
    return not identifier.strip("0")


def _tree(name: str, project: Path, beside: str) -> str:
    """Return the commit a name stands for, see `commit_of`; before the first commit, the last one is an empty tree."""
    refuse_outside(project, _WHY)
    if not name and run_git(project, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return output_of(project, "hash-object", "-t", "tree", "--stdin").decode().strip()
    return commit_of(name or "HEAD", project, _WHY, beside=beside)


def _contents(project: Path, pairs: list[tuple[_File | None, _File | None]]) -> dict[_File, bytes]:
    files = list(dict.fromkeys(file for pair in pairs for file in pair if file))
    kept = [file for file in files if file.identifier]
    blobs = [Blob(FILES[0], file.identifier, file.path) for file in kept]
    found = dict(zip(kept, contents_of(blobs, project), strict=True)) if blobs else {}
    return found | {file: _on_disk(project / file.path) for file in files if not file.identifier}


def _on_disk(place: Path) -> bytes:
    try:
        if place.is_symlink():
            # What git keeps of a link is where it leads, and no record; what stands there may be nobody's business.
            return os.fsencode(place.readlink())
        return place.read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {place}：{disk_reason(error)}。") from error
