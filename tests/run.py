"""Run pytest, writing in memory where there is plenty of it.

The tests write gigabytes of small files, which on a disk takes as long as all that they ask.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

_SHARED = Path("/dev/shm")  # noqa: S108  pytest makes folders of its own in it
_ROOM = 6 * 2**30
_LEFT = 12 * 2**30
"""Bytes of memory that others leave."""


def may_write_in_memory() -> bool:
    """Tell whether there is a folder in memory with room for all; one that the user names by TMPDIR comes first."""
    if "TMPDIR" in os.environ or not os.access(_SHARED, os.W_OK):
        return False
    found = os.statvfs(_SHARED)
    # Tests write little programs and run them.
    is_runnable = not found.f_flag & os.ST_NOEXEC
    return is_runnable and found.f_bavail * found.f_frsize >= _ROOM and _available() >= _LEFT


def _available() -> int:
    """Return the bytes of memory that may be taken."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def main() -> int:
    """Run what the command line says."""
    more = []
    if may_write_in_memory():
        os.environ["TMPDIR"] = tempfile.tempdir = str(_SHARED)
        # Memory is given back.
        more = ["--override-ini", "tmp_path_retention_policy=failed"]
    return pytest.main([*sys.argv[1:], *more])


if __name__ == "__main__":
    sys.exit(main())
