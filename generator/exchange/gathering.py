"""Which files an import reads: those named, and all below the folders named; what they are their bytes tell."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import JixiaoError
from generator.text import printable

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store"})
_SYSTEM_FOLDERS = frozenset({
    "__macosx", "$recycle.bin", "system volume information", ".git", ".svn", ".jixiao-cache", ".venv", ".cache",
    ".idea", ".vscode", ".trash", ".trashes", ".spotlight-v100", ".fseventsd",
})  # fmt: skip

SYSTEM_FILE = "系统文件"
LOCK_FILE = "文档打开时的临时文件"
HIDDEN_FILE = "隐藏的文件"
HIDDEN_FOLDER = "隐藏的文件夹"
TEMPORARY_FILE = "临时文件"
LINK = "指到别处的链接"
NO_FILE = "不是普通文件"
_NOT_NAMED = (SYSTEM_FILE, LOCK_FILE)
"""What programs leave behind by themselves; nobody looks for a form in it."""


class Source(NamedTuple):
    """One file to read."""

    path: Path
    name: str
    """As printed in messages: the way the user named it."""


class Gathered(NamedTuple):
    """What was found."""

    sources: tuple[Source, ...]
    skipped: Counter[str]
    """How many files and folders were left out, by why."""
    left_out: tuple[str, ...] = ()
    """Names of those that somebody may look for."""


class _Skipped:
    """What is left out on the way."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: list[str] = []

    def add(self, path: Path, why: str) -> None:
        """Count something, and keep its name where somebody may look for it."""
        self.counts[why] += 1
        if why not in _NOT_NAMED:
            self.names.append(printable(path.as_posix()))


def gather(paths: Iterable[Path]) -> Gathered:
    """Return the files to read, in order; raise JixiaoError where something named does not exist."""
    sources: dict[str, Source] = {}
    skipped = _Skipped()
    for path in paths:
        if not path.exists():
            raise JixiaoError(f"找不到 {printable(str(path))}。请检查路径有没有写错。")
        if not path.is_dir() and not path.is_file():
            raise JixiaoError(f"{printable(str(path))} 不是普通文件，不能读取。请写文件或文件夹。")
        found = _below(path, skipped) if path.is_dir() else (path,)
        for file in found:
            sources.setdefault(os.path.realpath(file), Source(file, printable(file.as_posix())))
    return Gathered(tuple(sources.values()), skipped.counts, tuple(skipped.names))


def _below(folder: Path, skipped: _Skipped) -> Iterator[Path]:
    """Yield the files below a folder, by path, whatever they are called; links to folders are not followed."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name.lower() not in _SYSTEM_FOLDERS)
        for path in (Path(top, name) for name in tuple(folders)):
            why = HIDDEN_FOLDER if _is_hidden(path.name) else LINK if path.is_symlink() else ""
            if why:
                skipped.add(path, why)
                folders.remove(path.name)
        for path in (Path(top, name) for name in sorted(files)):
            why = _why_not(path.name) or ("" if path.is_file() else NO_FILE)
            if why:
                skipped.add(path, why)
            else:
                yield path


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _why_not(name: str) -> str:
    """Return why a file below a folder is not read, empty where it is; its ending says nothing."""
    if name.startswith(("~$", ".~lock.", "~WRL")):
        return LOCK_FILE
    if name.lower() in _SYSTEM or name.startswith("._"):
        return SYSTEM_FILE
    if name.lower().endswith(".tmp"):
        return TEMPORARY_FILE
    return HIDDEN_FILE if _is_hidden(name) else ""
