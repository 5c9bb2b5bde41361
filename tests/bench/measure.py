"""Run a command and tell what it took: time, processor, memory, and what it wrote."""

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.03
# Reading the proportional set walks a process's page tables; it may take one part in twenty of the time and no more.
_SPARING = 20

Snapshot = Mapping[str, tuple[int, int, int]]
"""Path of each file to its time of change, number and size."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of a command took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of all its processes, in user and system mode."""
    peak: int
    """Largest memory of all its processes together, in bytes; pages they share count once."""
    files: int
    """Files written, caches included."""
    bytes: int
    """The size of these files."""
    load: float
    """Load average of the last minute when it began: above zero, others used the machine too."""


class CommandFailedError(Exception):
    """A measured command ended as it should not."""


def run_measured(
    command: Sequence[str],
    *,
    folder: Path,
    outputs: Iterable[Path],
    log: Path,
    environment: Mapping[str, str] | None = None,
    accepted: tuple[int, ...] = (0,),
) -> Usage:
    """Run a command in a folder and measure it; `outputs` are the folders it writes to.

    Raises CommandFailedError where it ends with an exit code that is not accepted.
    """
    outputs = tuple(outputs)
    before, load = _snapshot(outputs), os.getloadavg()[0]
    with log.open("ab") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT
        )
        watch = _MemoryWatch(process.pid)
        watch.start()
        # The children that a process has waited for are in its own account.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        peak = watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise CommandFailedError(f"exit code {process.returncode}: {' '.join(command)} (see {log})")
    written = [entry for path, entry in _snapshot(outputs).items() if before.get(path) != entry]
    return Usage(
        wall=round(wall, 3),
        cpu=round(used.ru_utime + used.ru_stime, 3),
        peak=peak or used.ru_maxrss * 1024,
        files=len(written),
        bytes=sum(size for _, _, size in written),
        load=round(load, 2),
    )


class _MemoryWatch(threading.Thread):
    """Looks at the memory of a process and all below it until told to stop."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self._peak = 0

    def run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            began = time.perf_counter()
            self._peak = max(self._peak, memory_below(self._process))
            pause = max(_INTERVAL, (time.perf_counter() - began) * _SPARING)

    def stop(self) -> int:
        """Return the largest sum seen, 0 where the system does not tell."""
        self._ended.set()
        self.join()
        return self._peak


def memory_below(process: int) -> int:
    """Return the memory of a process and all below it, in bytes; pages they share count once."""
    return sum(map(_memory_of, _tree(process)))


def cpu_of(process: int) -> float:
    """Return the seconds that a process and all below it have taken so far, in user and system mode."""
    return sum(map(_ticks_of, _tree(process))) / os.sysconf("SC_CLK_TCK")


def _ticks_of(process: int) -> int:
    try:
        # The second field is a name in parentheses, which may hold anything.
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))
    except OSError:
        return  # it has ended meanwhile


def _memory_of(process: int) -> int:
    """Return the proportional set, or the resident set where the kernel does not tell the former."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _snapshot(folders: Iterable[Path]) -> Snapshot:
    return {path: entry for folder in folders if folder.is_dir() for path, entry in _files(str(folder))}


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                yield entry.path, (found.st_mtime_ns, found.st_ino, found.st_size)
