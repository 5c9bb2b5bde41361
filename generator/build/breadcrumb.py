"""Which record this process is at work on, where another process can read it if this one dies."""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

_FOLDER = "at-work"
_handle: int | None = None
_here = threading.local()


def leave_breadcrumbs(folder: Path) -> None:
    """Write down from now on what this process is at work on, below a folder."""
    global _handle  # noqa: PLW0603  one process has one place of work
    stop_breadcrumbs()
    (folder / _FOLDER).mkdir(exist_ok=True)
    _handle = os.open(folder / _FOLDER / str(os.getpid()), os.O_RDWR | os.O_CREAT, 0o644)


def stop_breadcrumbs() -> None:
    """Write nothing down any more."""
    global _handle  # noqa: PLW0603  as above
    if _handle is not None:
        os.close(_handle)
        _handle = None


def at_work_on(path: str) -> None:
    """Note the file that is worked on from here."""
    _here.path = path
    if _handle is not None:
        # A full disk is for those to report who cannot do without what they write.
        with contextlib.suppress(OSError):
            os.lseek(_handle, 0, os.SEEK_SET)
            os.write(_handle, path.encode("utf-8", "replace").ljust(_WIDTH))


def place_of_work() -> str:
    """Return what this thread is at work on, or nothing."""
    path: str = getattr(_here, "path", "")
    return path


_WIDTH = 512


def forget_places(folder: Path) -> None:
    """Forget what processes were at work on, which have ended well."""
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)


def last_places(folder: Path) -> tuple[str, ...]:
    """Return what processes were at work on that did not end well."""
    return tuple(sorted(_read(folder)))


def _read(folder: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for file in (folder / _FOLDER).iterdir():
            text = file.read_bytes()[:_WIDTH].decode("utf-8", "replace").strip()
            if text:
                yield text
