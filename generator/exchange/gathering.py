"""Which files an import reads: those named, and the documents below the folders named."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import JixiaoError
from generator.text import printable

SUFFIXES = frozenset({
    ".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".docx", ".docm", ".doc", ".wps", ".pdf", ".html", ".htm", ".mht",
    ".ods", ".odt", ".rtf", ".csv", ".ofd",
})  # fmt: skip
"""Endings of files that are read, or told why they cannot be; what they really are their bytes tell."""

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})

SYSTEM_FILE = "系统文件"
LOCK_FILE = "文档打开时的临时文件"
NO_DOCUMENT = "不是文档"


class Source(NamedTuple):
    """One file to read."""

    path: Path
    name: str
    """As printed in messages: the way the user named it."""


class Gathered(NamedTuple):
    """What was found."""

    sources: tuple[Source, ...]
    skipped: Counter[str]
    """How many files were left out, by why."""


def gather(paths: Iterable[Path]) -> Gathered:
    """Return the files to read, in order; raise JixiaoError where something named does not exist."""
    sources: dict[str, Source] = {}
    skipped: Counter[str] = Counter()
    for path in paths:
        if not path.exists():
            raise JixiaoError(f"找不到 {printable(str(path))}。请检查路径有没有写错。")
        found = _below(path, skipped) if path.is_dir() else (path,)
        for file in found:
            sources.setdefault(os.path.realpath(file), Source(file, printable(file.as_posix())))
    return Gathered(tuple(sources.values()), skipped)


def _below(folder: Path, skipped: Counter[str]) -> Iterator[Path]:
    """Yield the documents below a folder, by path; links to folders are not followed."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and name.lower() not in _SYSTEM_FOLDERS)
        for name in sorted(files):
            why = _why_not(name)
            if why:
                skipped[why] += 1
            else:
                yield Path(top, name)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _why_not(name: str) -> str:
    """Return why a file below a folder is no document, empty where it may be one."""
    if name.startswith(("~$", ".~lock.", "~WRL")) or name.lower().endswith(".tmp"):
        return LOCK_FILE
    if name.lower() in _SYSTEM or _is_hidden(name):
        return SYSTEM_FILE
    return "" if Path(name).suffix.lower() in SUFFIXES else NO_DOCUMENT
