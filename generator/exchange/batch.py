"""Work through many files in processes of their own, so that a file that kills or hangs its worker harms no other.

A pool of the standard library breaks as a whole where one of its workers dies, and cannot end a worker that hangs.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

from generator.errors import JixiaoError

Task = TypeVar("Task")

_TOO_LONG = (
    "读了 {seconds:g} 秒还没有读完，已放弃；文件可能有问题，或者过大：请只留绩效表所在的页或工作表，另存后再导入"
)
_OUT_OF_MEMORY = "读它用的内存超过了限度，已放弃；文件可能有问题，或者过大：请只留绩效表所在的页或工作表，另存后再导入"
_DIED = "读它的进程意外结束，文件可能已损坏；请用 Office 或 WPS 打开，另存后再导入"
_BROKE = "读它时程序内部出错（{error}）；这不一定是文件的错，请把这个文件和这句话报告给维护者"

_FILES_PER_WORKER = 200
"""Libraries for office documents keep more and more memory; a fresh worker starts with none."""

_START_SECONDS = 120.0
"""A worker that needs longer to begin will never do so."""


class Limits(NamedTuple):
    """What one file may cost."""

    seconds: float = 60.0
    memory: int = 3 * 1024**3
    """Bytes of address space of its worker, where the system knows such a limit."""


class Done(NamedTuple):
    """What came of one task."""

    number: int
    """Its place among the tasks."""
    data: bytes = b""
    """What the work gave."""
    fault: str = ""
    """In Chinese: why it gave nothing; empty where it did."""


def work_through(
    tasks: Sequence[Task], work: Callable[[Task], bytes], *, jobs: int, limits: Limits | None = None
) -> Generator[Done, None, None]:
    """Do the work for every task in up to `jobs` processes, and give what came of each as it is done.

    `work` and the tasks must be such that they can be sent to a process.
    """
    crew = _Crew(tasks, work, limits or Limits())
    try:
        yield from crew.run(max(1, min(jobs, len(tasks))))
    finally:
        crew.end()


class _Worker(NamedTuple):
    """One process with what it is doing."""

    process: SpawnProcess
    connection: Connection


class _State:
    """What a worker is at."""

    def __init__(self) -> None:
        self.task: int | None = None
        self.is_ready = False
        self.files = 0
        self.deadline = time.monotonic() + _START_SECONDS


class _Crew(Generic[Task]):
    """The workers of one batch."""

    def __init__(self, tasks: Sequence[Task], work: Callable[[Task], bytes], limits: Limits) -> None:
        self._tasks, self._work, self._limits = tasks, work, limits
        self._waiting = deque(range(len(tasks)))
        self._workers: dict[_Worker, _State] = {}
        self._context: SpawnContext = multiprocessing.get_context("spawn")

    def run(self, jobs: int) -> Iterator[Done]:
        """Give what came of each task."""
        while self._waiting or any(state.task is not None for state in self._workers.values()):
            while len(self._workers) < jobs and len(self._workers) < len(self._waiting) + self._busy():
                self._start()
            yield from self._step()

    def _busy(self) -> int:
        return sum(1 for state in self._workers.values() if state.task is not None)

    def _start(self) -> None:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(there, self._work, self._limits.memory), name="jixiao-import", daemon=True
        )
        with _interrupts_held():
            process.start()
        there.close()
        self._workers[_Worker(process, here)] = _State()

    def _step(self) -> Iterator[Done]:
        """Wait for any worker to say something, to end, or to take too long."""
        first = min(state.deadline for state in self._workers.values())
        ready = wait([worker.connection for worker in self._workers], timeout=max(0.0, first - time.monotonic()))
        for worker, state in list(self._workers.items()):
            if worker.connection in ready:
                yield from self._heard(worker, state)
            elif time.monotonic() >= state.deadline and _has_spoken(worker.connection):
                # Its answer came while whoever listens was busy with those of others.
                yield from self._heard(worker, state)
            elif time.monotonic() >= state.deadline:
                yield from self._lost(worker, state, _TOO_LONG.format(seconds=self._limits.seconds))

    def _heard(self, worker: _Worker, state: _State) -> Iterator[Done]:
        try:
            said = worker.connection.recv_bytes()
        except (EOFError, OSError):
            yield from self._lost(worker, state, _DIED)
            return
        number, state.task, state.is_ready = state.task, None, True
        if number is not None:
            yield _told(number, said)
            state.files += 1
        if not self._waiting or state.files >= _FILES_PER_WORKER:
            self._dismiss(worker)
            return
        state.task = self._waiting.popleft()
        state.deadline = time.monotonic() + self._limits.seconds
        # A worker that has just died is found out when its answer is read.
        with contextlib.suppress(OSError):
            worker.connection.send(self._tasks[state.task])

    def _lost(self, worker: _Worker, state: _State, why: str) -> Iterator[Done]:
        """Give up a worker that died or hangs, and the task it had."""
        self._dismiss(worker)
        if not state.is_ready:
            raise JixiaoError(
                "读取文件的进程启动不了。常见原因是内存不足，可用 --jobs 1 再试；反复出现请报告给维护者。"
            )
        if state.task is not None:
            yield Done(state.task, fault=why)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.pop(worker, None)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        worker.process.close()

    def end(self) -> None:
        """End every worker, whatever it is doing."""
        for worker in list(self._workers):
            self._dismiss(worker)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a worker be born deaf to Ctrl-C, which goes to all processes of a terminal; here it is only put off."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    # It would start with the first worker, and let signals through again when it does; Windows has none of it.
    from multiprocessing import resource_tracker  # noqa: PLC0415

    resource_tracker.ensure_running()
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def _has_spoken(connection: Connection) -> bool:
    try:
        return connection.poll()
    except OSError:
        return True


_RESULT, _MEMORY, _ERROR = b"=", b"m", b"e"


def _told(number: int, said: bytes) -> Done:
    mark, data = said[:1], said[1:]
    if mark == _RESULT:
        return Done(number, data)
    if mark == _MEMORY:
        return Done(number, fault=_OUT_OF_MEMORY)
    return Done(number, fault=_BROKE.format(error=data.decode("utf-8", "replace")))


def serve(connection: Connection, work: Callable[[Task], bytes], memory: int) -> None:
    """Do one task after the other for as long as there are any; the life of a worker."""
    # Whoever presses Ctrl-C is answered by the command itself, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a broken document makes a library say would be taken for a message of ours.
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    # Libraries that are not written in Python know nothing of those names.
    for descriptor in (1, 2):
        os.dup2(sys.stdout.fileno(), descriptor)
    Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(memory)
    connection.send_bytes(b"")
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send_bytes(_answer(work, task))


def _answer(work: Callable[[Task], bytes], task: Task) -> bytes:
    try:
        return _RESULT + work(task)
    except MemoryError:
        return _MEMORY
    except RecursionError:
        return _ERROR + "嵌套过深".encode()
    except Exception as error:  # noqa: BLE001  whatever a file does to a library must not stop the others
        return _ERROR + f"{type(error).__name__}: {error}"[:200].encode("utf-8", "replace")


def _limit_memory(memory: int) -> None:
    """Let this process have no more memory than this, where the system knows such a limit; Windows does not."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _end_with_parent() -> None:
    """End with the command that started this process, even where it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
