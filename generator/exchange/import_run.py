"""A whole import: files are read in processes of their own, then every draft is put where it belongs.

Addresses are given once all files are read, in the order of the files, so that the outcome depends neither on the number
of processes nor on which was faster, and two forms that claim one address are both known before anything is written.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.errors import JixiaoError
from generator.exchange.batch import Limits, work_through
from generator.exchange.gathering import Gathered, Source
from generator.exchange.import_report import FileReport, ImportReport, hides
from generator.exchange.imported import ImportedDraft, ImportedFile
from generator.exchange.importing import Surroundings, import_path, open_fields
from generator.exchange.journal import Journal, is_as_left
from generator.exchange.placing import NEEDS_A_PERSON, Claim, Outcome, Placed, Target, place, shown_path
from generator.importers.guard import MAX_FILE_BYTES

Progress = Callable[[str, int, int], None]
READING, WRITING = "读取文件", "写入记录"
"""What an import is at, as its progress says."""


class Order(NamedTuple):
    """One import."""

    gathered: Gathered
    around: Surroundings
    target: Target | None
    """None where drafts are only to be shown."""
    cache_dir: Path
    jobs: int = 1
    limits: Limits = Limits()


def run_import(order: Order, progress: Progress) -> ImportReport:
    """Do an import and tell what came of every file."""
    sources = order.gathered.sources
    journal = Journal(order.cache_dir, order.around)
    # What is only shown or tried leaves nothing on the disk.
    writes = order.target is not None and not order.target.dry_run
    keys = [_key(source, journal) if writes else "" for source in sources]
    files, were_read = _read(order, journal, keys, progress)
    keys = [key if _may_be_kept(file) else "" for key, file in zip(keys, files, strict=True)]
    settled = [_settled(key, file, journal, order.target) for key, file in zip(keys, files, strict=True)]
    claims = [
        Claim(source.name, draft)
        for source, file, done in zip(sources, files, settled, strict=True)
        if done is None
        for draft in file.drafts
    ]
    if order.target is not None and order.target.wishes.name and len(claims) > 1:
        raise JixiaoError(f"--as 只用于导入一份表，这里有 {len(claims)} 份，没有写入。")
    if order.target is None:
        outcomes: Iterator[Placed] = iter(
            [Placed(Outcome.SHOWN, unconfirmed=claim.draft.unconfirmed_paths) for claim in claims]
        )
    else:
        total = len(claims)
        outcomes = iter(place(claims, order.target, lambda number: progress(WRITING, number, total)))
    placed = [
        done if done is not None else tuple(next(outcomes) for _ in file.drafts)
        for file, done in zip(files, settled, strict=True)
    ]
    if order.target is not None and not order.target.dry_run:
        _note_what_is_left(order.target, journal, zip(keys, placed, settled, strict=True))
    reports = (
        FileReport(source.name, file, outcome, done is not None, was_read)
        for source, file, outcome, done, was_read in zip(sources, files, placed, settled, were_read, strict=True)
    )
    return ImportReport(
        tuple(reports),
        dict(order.gathered.skipped),
        order.gathered.left_out,
        is_trial=order.target is not None and order.target.dry_run,
    )


def _key(source: Source, journal: Journal) -> str:
    """Return what the journal knows a file by, empty where nobody can know."""
    with contextlib.suppress(OSError):
        if not source.path.is_file():
            return ""
        with source.path.open("rb") as handle:
            data = handle.read(MAX_FILE_BYTES + 1)
        if len(data) <= MAX_FILE_BYTES:
            return journal.key_of(data, source.name)
    return ""


def _read(
    order: Order, journal: Journal, keys: Sequence[str], progress: Progress
) -> tuple[list[ImportedFile], list[bool]]:
    """Read every file that the journal does not know; tell which it knew."""
    sources = order.gathered.sources
    files: list[ImportedFile | None] = [journal.read(key) if key else None for key in keys]
    were_read = [file is not None for file in files]
    open_ = [number for number, file in enumerate(files) if file is None]
    total = len(sources)
    progress(READING, total - len(open_), total)
    work = partial(_work, order.around)
    done = work_through([sources[number] for number in open_], work, jobs=order.jobs, limits=order.limits)
    with contextlib.closing(done):
        for count, result in enumerate(done, 1):
            number = open_[result.number]
            # A file that was given up may do better next time, with more memory or a newer version.
            if result.fault:
                files[number] = ImportedFile(fault=result.fault)
            else:
                files[number] = found = msgspec.msgpack.decode(result.data, type=ImportedFile)
                if keys[number] and _may_be_kept(found):
                    journal.note(keys[number], found)
            progress(READING, total - len(open_) + count, total)
    return [file or ImportedFile(fault="没有读取") for file in files], were_read


def _may_be_kept(file: ImportedFile) -> bool:
    """Tell whether the next import may know a file from this one.

    Personal data does not belong on the disk once more, and why a file could not be read may be gone next time.
    """
    return bool(file.kind) and not any(map(hides, file.drafts))


def _work(around: Surroundings, source: Source) -> bytes:
    """Read one file in a worker."""
    return msgspec.msgpack.encode(import_path(source.path, source.name, around))


def _settled(key: str, file: ImportedFile, journal: Journal, target: Target | None) -> tuple[Placed, ...] | None:
    """Return the outcome for a file that was imported before and whose records are as they were left, else None."""
    if target is None or target.wishes.name or not file.drafts:
        return None
    left = journal.left(key, target.folder) if key else None
    if left is None or len(left) != len(file.drafts) or not is_as_left(left):
        return None
    return tuple(_as_left(Path(path), target) for path, _ in left)


def _as_left(path: Path, target: Target) -> Placed:
    text = path.read_text(encoding="utf-8", errors="replace")
    return Placed(Outcome.UNCHANGED, shown_path(path, target), unconfirmed=open_fields(text, target.forms))


def _note_what_is_left(
    target: Target, journal: Journal, done: Iterable[tuple[str, tuple[Placed, ...], tuple[Placed, ...] | None]]
) -> None:
    for key, placed, settled in done:
        if key and placed and settled is None and not any(one.outcome in NEEDS_A_PERSON for one in placed):
            journal.leave(key, target.folder, [target.project_dir / one.path for one in placed])


def drafts_of(report: ImportReport) -> Iterator[ImportedDraft]:
    """Return every draft of an import in the order of the files."""
    return (draft for file in report.files for draft in file.file.drafts)
