"""Put a large file together from parts of others without reading what did not change."""

import hashlib
import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generator.build.staging import writing


class Piece(NamedTuple):
    """A part of a file."""

    path: str
    start: int
    size: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.size


def splice(target: Path, head: bytes, pieces: Iterable[Piece], separator: bytes, tail: bytes) -> None:
    """Write head, the pieces with the separator between them, and tail.

    Pieces that follow each other in their file with the separator between them are copied in one go.
    """
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb", buffering=0) as file:
            file.write(head)
            for number, piece in enumerate(joined(pieces, len(separator))):
                if number:
                    file.write(separator)
                _copy(piece, file)
            file.write(tail)


def joined(pieces: Iterable[Piece], between: int) -> list[Piece]:
    """Return pieces as few as they can be: those that follow each other in their file are one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.path == piece.path and last.end + between == piece.start:
            found[-1] = Piece(last.path, last.start, last.size + between + piece.size)
        else:
            found.append(piece)
    return found


def hold_the_same(one: Piece, other: Piece) -> bool:
    """Tell whether two parts of files are known to hold the same bytes; not to be asked of large ones."""
    try:
        return one.size == other.size and _content(one) == _content(other)
    except OSError:
        # Whoever copies one of them says what is wrong with it.
        return False


def _content(piece: Piece) -> bytes:
    with Path(piece.path).open("rb", buffering=0) as file:
        file.seek(piece.start)
        return file.read(piece.size)


def _copy(piece: Piece, target: BinaryIO) -> None:
    with Path(piece.path).open("rb") as source:
        source.seek(piece.start)
        left = piece.size
        copy_range = getattr(os, "copy_file_range", None)
        while copy_range is not None and left:
            try:
                done = copy_range(source.fileno(), target.fileno(), left, offset_src=piece.end - left)
            except OSError:
                # Not every file system and not every pair of them can.
                break
            if not done:
                break
            left -= done
        if left:
            source.seek(piece.end - left)
            _copy_by_hand(source, target, left)


def _copy_by_hand(source: BinaryIO, target: BinaryIO, size: int) -> None:
    while size:
        block = source.read(min(size, _BLOCK))
        if not block:
            raise OSError(f"{source.name} is shorter than expected")
        target.write(block)
        size -= len(block)


_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return hashlib.sha256(b"").hexdigest()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return hashlib.sha256(content).hexdigest()
