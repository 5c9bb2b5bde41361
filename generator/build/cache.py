"""Values kept from one build to the next, each in a file that says whether it is whole and whose it is."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from generator.errors import JixiaoError


class CacheLostError(JixiaoError):
    """Something that was kept cannot be had back; a build that starts from nothing does without it."""


_MARK = b"jixiao1\n"
_DIGEST = 16
_HEAD = len(_MARK) + 2 * _DIGEST


def keep(path: Path, content: bytes, owner: bytes) -> None:
    """Write a value, as a whole or not at all; `owner` is the digest of what made it, 16 bytes.

    A disk that refuses only costs the next build its time, so nothing is raised.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(sealed(content, owner))
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def sealed(content: bytes, owner: bytes) -> bytes:
    """Return a value as it stands in its file."""
    return _MARK + owner + _digest(owner, content) + content


def kept(path: Path | str, owner: bytes) -> bytes | None:
    """Return a value that the same owner kept, or None where there is none, or it is damaged."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  a page of the whole site reads hundreds
            data = file.read()
    except OSError:
        return None
    if not data.startswith(_MARK + owner):
        return None
    content = data[_HEAD:]
    return content if data[_HEAD - _DIGEST : _HEAD] == _digest(owner, content) else None


def take_in(folder: Path, into: Path) -> bool:
    """Move all values of a folder into another, on whichever disk it is; tell whether that was done."""
    try:
        into.mkdir(parents=True, exist_ok=True)
        for value in folder.iterdir():
            shutil.move(value, into / value.name)
    except OSError:
        return False
    return True


def forget(path: Path) -> None:
    """Remove a value, where the disk allows it."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _digest(owner: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST, key=owner).digest()
