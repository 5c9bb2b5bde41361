"""The records that differ between two points in git's history, or between one and what is on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.build.repository import FILES, Blob, commit_of, contents_of, output_of, refuse_outside, run_git
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


def changed_records(project: Path, records_dir: Path, forms: FormLibrary, span: Span) -> tuple[RecordChange, ...]:
    """Return what became of every record between the two, by path; those in which nothing printed differs left out.

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
    found = []
    for before, after in pairs:
        old, new = (Version(file.path, contents[file]) if file else None for file in (before, after))
        found.append(record_change(old, new, records, forms))
    return tuple(sorted((one for one in found if one.says_something), key=lambda one: one.path))


def _pairs(project: Path, records: str, span: Span) -> Iterator[tuple[_File | None, _File | None]]:
    """Yield the two sides of every file that git takes for changed."""
    before = _tree(span.before, project)
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
    words += [commit_of(span.after, project, _WHY)] if span.after else []
    fields = iter(output_of(project, "diff", *words, "--", records).split(b"\0"))
    for facts in fields:
        if not facts:
            continue
        old_mode, new_mode, old, new, status = facts.decode().lstrip(":").split(" ")
        path = os.fsdecode(next(fields))
        other = os.fsdecode(next(fields)) if status[:1] in "RC" else path
        yield (
            _File(path, old) if old_mode in FILES and status[:1] != "C" else None,
            _File(other, "" if _is_none(new) else new) if new_mode in FILES else None,
        )
    if not span.after and not span.staged:
        listed = output_of(project, "ls-files", "--others", "--exclude-standard", "-z", "--", records)
        for name in listed.split(b"\0"):
            if name:
                yield None, _File(os.fsdecode(name), "")


def _refuse_unmerged(project: Path, records: str) -> None:
    for line in output_of(project, "ls-files", "--unmerged", "-z", "--", records).split(b"\0"):
        if line:
            path = os.fsdecode(line.partition(b"\t")[2])
            raise JixiaoError(f"{path} 有还没有解决的合并冲突，请先改好并 git add，再比较。")


def _is_none(identifier: str) -> bool:
    """Tell whether git has no copy of a file as it is on the disk."""
    return not identifier.strip("0")


def _tree(name: str, project: Path) -> str:
    """Return the commit a name stands for; before the first commit, the last one is an empty tree."""
    refuse_outside(project, _WHY)
    if not name and run_git(project, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return output_of(project, "hash-object", "-t", "tree", "--stdin").decode().strip()
    return commit_of(name or "HEAD", project, _WHY)


def _contents(project: Path, pairs: list[tuple[_File | None, _File | None]]) -> dict[_File, bytes]:
    files = list(dict.fromkeys(file for pair in pairs for file in pair if file))
    kept = [file for file in files if file.identifier]
    blobs = [Blob(FILES[0], file.identifier, file.path) for file in kept]
    found = dict(zip(kept, contents_of(blobs, project), strict=True)) if blobs else {}
    return found | {file: _on_disk(project / file.path) for file in files if not file.identifier}


def _on_disk(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {place}：{disk_reason(error)}。") from error
