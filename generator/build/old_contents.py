"""What files held at earlier commits, from one git that answers as long as a process needs it."""

import atexit
import os
import subprocess
from pathlib import Path
from threading import Lock

from generator.build.repository import start_git
from generator.load.text_file import SIZE_LIMIT

_PIECE = 1 << 20
_lock = Lock()
_running: tuple[int, Path, subprocess.Popen[bytes]] | None = None
"""In which process, for which project."""


def old_content(project: Path, blob: str) -> bytes | None:
    """Return what a file held; None where git has it not, as in a clone that left it out, or it is no record's size."""
    global _running  # noqa: PLW0603  one process has one git that answers
    with _lock:
        try:
            if _running is None or _running[:2] != (os.getpid(), project):
                _running = (os.getpid(), project, start_git(project, "cat-file", "--batch"))
            return _asked(_running[2], blob)
        except OSError:
            _running = None
            return None


def _asked(git: subprocess.Popen[bytes], blob: str) -> bytes | None:
    assert git.stdin is not None  # noqa: S101  as it was started
    assert git.stdout is not None  # noqa: S101  as above
    git.stdin.write(f"{blob}\n".encode())
    git.stdin.flush()
    head = git.stdout.readline().split()
    if len(head) != 3:  # noqa: PLR2004  identifier, kind and size
        return None
    size, content = int(head[2]), bytearray()
    # What somebody once committed by mistake is not to fill the memory.
    is_kept = size <= SIZE_LIMIT
    for start in range(0, size + 1, _PIECE):
        piece = git.stdout.read(min(_PIECE, size + 1 - start))
        if is_kept:
            content += piece
    # A line end follows.
    return bytes(content[:size]) if is_kept else None


def stop_asking() -> None:
    """Let the git go that answered this process."""
    global _running  # noqa: PLW0603  as above
    with _lock:
        if _running is not None and _running[0] == os.getpid():
            git = _running[2]
            for pipe in (git.stdin, git.stdout):
                if pipe is not None:
                    pipe.close()
            git.wait()
        _running = None


atexit.register(stop_asking)
