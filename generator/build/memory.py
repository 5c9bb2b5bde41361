"""How much memory a build took, and how it does without the garbage collector."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def peak_memory() -> int:
    """Return the most that this process, or any it waited for, held at a time, in bytes; 0 where nobody counts."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  Windows has none

    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return used if sys.platform == "darwin" else used * 1024


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage alone: reading and checking make next to none, and looking for it costs a fifth to a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
