"""What files held at earlier commits, from one git that answers as long as a process needs it."""

import atexit
import contextlib
import os
import subprocess
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from threading import Lock

from generator.build.repository import start_git
from generator.load.text_file import SIZE_LIMIT

_PIECE = 1 << 20
_lock = Lock()
_running: tuple[int, Path, subprocess.Popen[bytes]] | None = None
"""In which process, for which project."""
_listing: tuple[object, frozenset[str]] | None = None
"""All that the clone has, as it was at a build."""


class Absent(StrEnum):
    """Why there is no content."""

    NOT_HERE = "not here"
    """Git has it not, as in a clone that left it out; it may come."""
    NOT_READ = "not read"
    """Git gave no answer, even when asked again; it may do so another time."""
    TOO_LARGE = "too large"
    """It is no record's size."""


def old_content(project: Path, blob: str, build: object) -> bytes | Absent:
    """Return what a file held, or why that is not known.

    Where a clone has left out what it may fetch, git ends at the first content that is not here; then it is asked for
    all that is here, once in each `build`.
    """
    global _listing  # noqa: PLW0603  as the git that answers
    with _lock:
        for _ in range(2):
            if _listing is not None and _listing[0] is build and blob not in _listing[1]:
                return Absent.NOT_HERE
            try:
                return _asked(_git_of(project), blob)
            except OSError:
                _stop()
            if _listing is None or _listing[0] is not build:
                _listing = (build, _all_here(project))
        return Absent.NOT_READ


def absent_here(project: Path, blobs: Iterable[str]) -> frozenset[str]:
    """Return those of some contents that this clone does not have, or of which git says nothing."""
    return frozenset(blobs) - _all_here(project)


def _all_here(project: Path) -> frozenset[str]:
    """Return the names of all that a clone has."""
    words = ("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
    try:
        with start_git(project, *words) as git:
            return frozenset(git.communicate()[0].decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def _git_of(project: Path) -> subprocess.Popen[bytes]:
    global _running  # noqa: PLW0603  one process has one git that answers
    if _running is None or _running[:2] != (os.getpid(), project):
        _stop()
        _running = (os.getpid(), project, start_git(project, "cat-file", "--batch"))
    return _running[2]


def _asked(git: subprocess.Popen[bytes], blob: str) -> bytes | Absent:
    """Ask for one content; raise OSError where git does not answer."""
    assert git.stdin is not None  # noqa: S101  as it was started
    assert git.stdout is not None  # noqa: S101  as above
    git.stdin.write(f"{blob}\n".encode())
    git.stdin.flush()
    head = git.stdout.readline().split()
    if head[1:] == [b"missing"]:
        return Absent.NOT_HERE
    if len(head) != 3:  # noqa: PLR2004  identifier, kind and size
        raise OSError("no answer")
    size, content = int(head[2]), bytearray()
    # What somebody once committed by mistake is not to fill the memory.
    is_kept = size <= SIZE_LIMIT
    for start in range(0, size + 1, _PIECE):
        wanted = min(_PIECE, size + 1 - start)
        piece = git.stdout.read(wanted)
        if len(piece) < wanted:
            raise OSError("half an answer")
        if is_kept:
            content += piece
    # A line end follows.
    return bytes(content[:size]) if is_kept else Absent.TOO_LARGE


def stop_asking() -> None:
    """Let the git go that answered this process."""
    global _listing  # noqa: PLW0603  as above
    with _lock:
        _stop()
        _listing = None


def _stop() -> None:
    global _running  # noqa: PLW0603  as above
    if _running is not None and _running[0] == os.getpid():
        git = _running[2]
        for pipe in (git.stdin, git.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        git.wait()
    _running = None


atexit.register(stop_asking)
