"""Whose program is at the other end of a connection on this machine, as far as the system tells."""

import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
_ESTABLISHED = "01"
_OWNERLESS = -1
_LOCAL, _REMOTE, _STATE, _OWNER = 1, 2, 3, 7
"""Columns of these tables."""


def is_same_user(client: tuple[str, int], server: tuple[str, int]) -> bool:
    """Tell whether a program of this user or of the system is connected; true where the system does not tell."""
    lines = []
    for table in _TABLES:
        try:
            lines += Path(table).read_text(encoding="ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
    owner = owner_of(lines, client, server)
    return owner is None or owner in (os.getuid(), 0)


def owner_of(lines: Iterable[str], client: tuple[str, int], server: tuple[str, int]) -> int | None:
    """Return who owns the client's end, by the kernel's tables; a number of nobody where it was let go of, else None."""
    ends = tuple(_written(end) for end in (client, server))
    for line in lines:
        fields = line.split()
        # A socket for both kinds of addresses has this one behind zeros.
        if len(fields) > _OWNER and fields[_LOCAL].endswith(ends[0]) and fields[_REMOTE].endswith(ends[1]):
            return int(fields[_OWNER]) if fields[_STATE] == _ESTABLISHED else _OWNERLESS
    return None


def _written(end: tuple[str, int]) -> str:
    number = int.from_bytes(socket.inet_aton(end[0]), sys.byteorder)
    return f"{number:08X}:{end[1]:04X}"
