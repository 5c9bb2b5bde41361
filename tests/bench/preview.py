"""Measure a resident preview: how long after a file is saved its page shows what was saved."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.contestant import Contestant, VoidError
from tests.bench.measure import CommandFailedError, Usage, cpu_of, memory_below

_PATIENCE = 900
"""Seconds; the first build of a preview is a cold one."""
_PAUSE = 0.02
"""Seconds between two looks at the page, which the preview has to answer beside its work."""
_QUIET = 2.0
"""Seconds a preview is left alone once it answers; what else it has to do after its first build is not measured."""


def run_preview(one: Contestant, edit: Callable[[], str], folder: Path) -> Usage:
    """Start the preview of a project, make an edit that returns what the page is to show, and wait until it does.

    What is written is not counted, for some previews write nothing and others to a folder of their own.
    Raises CommandFailedError where the preview ends, VoidError where the page never shows it.
    """
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with (folder / f"{one.key}.log").open("ab") as log, _running(one, port, log.fileno()) as process:
        _wait(process, lambda: _page(one, port) is not None)
        time.sleep(_QUIET)
        load, before = os.getloadavg()[0], cpu_of(process.pid)
        wanted = edit().encode()
        started = time.perf_counter()
        _wait(process, lambda: wanted in (_page(one, port) or b""))
        wall = time.perf_counter() - started
        cpu, peak = cpu_of(process.pid) - before, memory_below(process.pid)
    return Usage(wall=round(wall, 3), cpu=round(cpu, 3), peak=peak, files=0, bytes=0, load=round(load, 2))


@contextmanager
def _running(one: Contestant, port: int, log: int) -> "Iterator[subprocess.Popen[bytes]]":
    command = one.preview_command(port)
    process = subprocess.Popen(
        command, cwd=one.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        for sent in (signal.SIGINT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sent)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", is_there: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not is_there():
        if process.poll() is not None:
            raise CommandFailedError(f"exit code {process.returncode}: {process.args!r}")
        if time.monotonic() > until:
            raise VoidError(f"{process.args!r} does not show an edit")
        time.sleep(_PAUSE)


def _page(one: Contestant, port: int) -> bytes | None:
    """Return the page of the record that is edited, None where nobody answers."""
    path = one.page(one.edited).relative_to(one.folder / one.output).as_posix().removesuffix("index.html")
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else None
        except (OSError, HTTPException):
            return None
