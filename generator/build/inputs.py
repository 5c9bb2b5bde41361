"""Everything a build reads, by how the file system stamps it: what changed is known without opening a file.

Light on purpose: a build with nothing to do imports this module and little else.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

Stamp = tuple[int, int, int]
"""Time of the last change of content, time of the last change of the entry, both in nanoseconds, and size in bytes.

The second time tells a file that was put in the place of another together with its times.
"""

Stamps = dict[str, Stamp]
"""By path."""

MISSING: Stamp = (-1, -1, -1)
_UNSURE = 0
"""Stands for the time of a file that was changed so lately that another change might leave it as it is."""


CODE = "code"
"""What a folder of source files is watched as; what Python leaves there is none of them."""


class Watched(NamedTuple):
    """Where the inputs of a build stand."""

    folders: Mapping[str, str]
    """By what they hold: records, registry, pages ..."""
    files: tuple[str, ...]
    """Single files; they need not exist."""


def stamps_of(watched: Watched) -> dict[str, Stamps]:
    """Return the stamps of all inputs, by what the folder holds; single files are under the empty name."""
    found = {
        name: dict(_below(folder, left_out="__pycache__" if name == CODE else ""))
        for name, folder in watched.folders.items()
    }
    found[""] = {path: stamp_of(path) for path in watched.files}
    return {name: {plain(path): stamp for path, stamp in stamps.items()} for name, stamps in found.items()}


def to_keep(stamps: dict[str, Stamps], now: int) -> dict[str, Stamps]:
    """Return stamps as they are kept; `now` is a time of the same file system shortly after they were taken.

    A file that was changed just before may change again within the resolution of the clock, which no stamp would tell,
    so what is kept of it is a digest of its content. To be called before anything is read.
    """
    return {
        name: {
            path: (_UNSURE, _digest(path), stamp[2]) if max(stamp[0], stamp[1]) > now - _RESOLUTION else stamp
            for path, stamp in of_one.items()
        }
        for name, of_one in stamps.items()
    }


def _digest(path: str) -> int:
    """Return a digest of a file's content, never 0; 0 where it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  pathlib is not needed here for anything else
            # Piece by piece, for it may be any file that somebody left there.
            digest = hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=7)).digest()
    except OSError:
        return 0
    return int.from_bytes(digest, "big") or 1


_RESOLUTION = 3_000_000_000
"""Nanoseconds; no file system in use counts in steps of more than two seconds."""


def plain(path: str) -> str:
    """Return a path as text that can be written down, whatever bytes a file system allows."""
    return path if path.isprintable() else path.encode("utf-8", "backslashreplace").decode()


def _below(folder: str, above: tuple[str, ...] = (), *, left_out: str) -> Iterator[tuple[str, Stamp]]:
    """Yield every file below a folder, through links too; folders are told by a slash, for an empty one counts.

    Folders of the name `left_out` are not looked into.
    """
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError:
        yield folder + "/", MISSING
        return
    for entry in entries:
        if entry.is_symlink():
            # Where a link leads, and whether anything is there, decides as much as what is in the file.
            yield f"{entry.path} -> {os.path.realpath(entry.path)}", _LINK if os.path.exists(entry.path) else MISSING  # noqa: PTH110  pathlib is slow to make, and there are many files
        if entry.is_dir():
            # A link may lead back to a folder above.
            real = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if real and (real in above or len(above) > _DEEPEST):
                continue
            if entry.name != left_out:
                yield entry.path + "/", (0, 0, 0)
                yield from _below(entry.path, (*above, real) if real else above, left_out=left_out)
        else:
            yield entry.path, _stamp_of(entry)


_LINK: Stamp = (0, 0, 0)

_DEEPEST = 20
"""Links that may be followed one below the other."""


def _stamp_of(entry: os.DirEntry[str]) -> Stamp:
    try:
        return _of_file(entry.stat())
    except OSError:
        return MISSING


def stamp_of(path: str) -> Stamp:
    """Return the stamp of a file, or of what a link leads to; that of what is missing where there is nothing."""
    try:
        return _of_file(os.stat(path))  # noqa: PTH116  in the same way as above
    except OSError:
        return MISSING


def _of_file(found: os.stat_result) -> Stamp:
    """Return the stamp of a file or folder; nothing else has one, for whoever opens a pipe may wait for ever."""
    is_known = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size) if is_known else MISSING


def same_places(one: Stamps, other: Stamps) -> bool:
    """Tell whether the same files and folders are there at two times, and links lead to the same places."""
    missing = ({path for path, stamp in stamps.items() if stamp == MISSING} for stamps in (one, other))
    return one.keys() == other.keys() and next(missing) == next(missing)


def are_equal(kept: Mapping[str, Stamps], now: Mapping[str, Stamps]) -> bool:
    """Tell whether nothing changed since stamps were kept."""
    if kept.keys() != now.keys():
        return False
    return all(
        stamps.keys() == now[name].keys()
        and all(stamp == now[name][path] or _is_same(path, stamp, now[name][path]) for path, stamp in stamps.items())
        for name, stamps in kept.items()
    )


def _is_same(path: str, kept: Stamp, now: Stamp) -> bool:
    """Tell whether a file that was young when its stamp was kept has the same content still."""
    return kept[0] == _UNSURE and kept[1] != 0 and kept[2] == now[2] and kept[1] == _digest(path)


def changed(before: Stamps, after: Stamps) -> frozenset[str]:
    """Return the paths whose files are new, gone, or may have changed."""
    return frozenset((*(path for path, _ in before.items() ^ after.items()), *unsure({"": after})))


def unsure(stamps: Mapping[str, Stamps]) -> list[str]:
    """Return the paths of files that were so young when their stamps were kept that only their content tells of a change."""
    return [path for of_one in stamps.values() for path, stamp in of_one.items() if stamp[0] == _UNSURE and stamp[2]]


def installed_at() -> tuple[str, ...]:
    """Return the folders of installed packages, whose time changes when a package comes, goes or is renewed."""
    return tuple(path for path in sys.path if path.endswith(("site-packages", "dist-packages")))


def digest_of_files(paths: Iterable[str]) -> bytes:
    """Return a digest of the content of files, in the order of their paths."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(paths):
        try:
            with open(path, "rb") as file:  # noqa: PTH123  pathlib is not needed here for anything else
                content = file.read()
        except OSError:
            content = b""
        digest.update(f"{Path(path).name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()
