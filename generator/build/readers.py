"""Have records read and checked: here, in processes of this machine, or wherever an executor takes the jobs."""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Generic, Self, TypeVar

from generator.build.breadcrumb import forget_places, last_places, leave_breadcrumbs, place_of_work
from generator.build.grounds import Grounds
from generator.build.listeners import Progress
from generator.build.staging import writing
from generator.build.unit_findings import FindingsJob, find_in_unit
from generator.build.unit_reading import ReadingJob, UnitRead, read_unit
from generator.errors import JixiaoError

Shared = TypeVar("Shared", bound=Grounds)
Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 120
"""Records that one process works off sooner than further ones start."""


@lru_cache(maxsize=1)
def settled(common_file: str) -> Grounds:
    """Load once in each process what all its jobs share."""
    from multiprocessing import parent_process  # noqa: PLC0415  most commands start no process

    # Threads have one process, whose note would be closed under the hands of another thread.
    if parent_process() is not None:
        leave_breadcrumbs(Path(common_file).parent)
    # Made by this very run, in a folder it keeps others out of.
    common = pickle.loads(Path(common_file).read_bytes())  # noqa: S301
    assert isinstance(common, Grounds)  # noqa: S101  nothing else is ever written there
    return common


def read_there(common_file: str, job: ReadingJob) -> UnitRead:
    """Do a first job in a worker."""
    with naming_the_record():
        return read_unit(settled(common_file), job)


def find_there(common_file: str, job: FindingsJob) -> bytes:
    """Do a second job of a check in a worker."""
    with naming_the_record():
        return find_in_unit(settled(common_file), job)


@contextmanager
def naming_the_record() -> Iterator[None]:
    """Say at which record or page the memory ran out."""
    try:
        yield
    except MemoryError as error:
        place = place_of_work()
        at = f"，当时在处理 {place}" if place else ""
        raise JixiaoError(f"内存不足{at}。网站没有改动。请用 --jobs 1 再试，或换一台内存更大的机器。") from error


def _to_be_read(job: ReadingJob) -> int:
    """Return how many records of a unit may have to be read; what is known of the others costs next to nothing."""
    return len(job.files) if job.known is None else sum(file.may_have_changed for file in job.files)


class Readers(Generic[Shared]):
    """Whoever reads and checks records; used with `with`, for the processes end with it."""

    def __init__(
        self, common: Shared, folder: str, jobs: int, executor: Executor | None = None, *, progress: Progress
    ) -> None:
        """Take `jobs` processes of this machine, 1 for none but this one, unless an executor takes the jobs.

        `folder` is one that no other run writes to.
        """
        self._common = common
        self._folder = Path(folder)
        self._jobs = jobs
        self._given = executor
        self._progress = progress
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.relieve()

    def relieve(self) -> None:
        """End the processes, for they remember much; others start where there are jobs again."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
            forget_places(self._folder)

    def read(self, found: Sequence[ReadingJob]) -> Iterator[UnitRead]:
        """Do the first jobs, in any order."""
        return self._run(
            "读取检查",
            found,
            FEW,
            _to_be_read,
            lambda job: len(job.files),
            lambda job: read_unit(self._common, job),
            lambda executor, job: executor.submit(read_there, self._common_file, job),
        )

    def find(self, found: Sequence[FindingsJob]) -> Iterator[bytes]:
        """Do the second jobs of a check, in any order; each gives what `unit_findings.findings_of` takes."""
        return self._run(
            "汇总检查结果",
            found,
            FEW,
            lambda job: len(job.keys),
            lambda job: len(job.keys),
            lambda job: find_in_unit(self._common, job),
            lambda executor, job: executor.submit(find_there, self._common_file, job),
        )

    def _run(
        self,
        what: str,
        found: Sequence[Job],
        few: int,
        weight: Callable[[Job], int],
        count: Callable[[Job], int],
        here: Callable[[Job], Result],
        there: Callable[[Executor, Job], "Future[Result]"],
    ) -> Iterator[Result]:
        """Do jobs; few of them are done here, by their `weight` in all, and progress is told by their `count`."""
        total = sum(map(count, found))
        done = 0
        self._progress(what, 0, total)
        if self._given is None and (self._jobs < 2 or sum(map(weight, found)) <= few or len(found) < 2):  # noqa: PLR2004  alone
            for job, result in zip(found, self._here(found, here), strict=True):
                yield result
                done += count(job)
                self._progress(what, done, total)
            return
        # The heaviest first, so that no process is left with one at the end.
        ordered = sorted(found, key=weight, reverse=True)
        futures: dict[Future[Result], int] = {}
        try:
            with writing(self._folder):
                for job in ordered:
                    futures[there(self._executor, job)] = count(job)
            for future in as_completed(futures):
                yield future.result()
                done += futures[future]
                self._progress(what, done, total)
        except BrokenExecutor as error:
            raise JixiaoError(self._lost()) from error
        finally:
            for future in futures:
                future.cancel()

    def _here(self, found: Iterable[Job], do: Callable[[Job], Result]) -> Iterator[Result]:
        for job in found:
            with naming_the_record():
                result = do(job)
            yield result

    @property
    def _executor(self) -> Executor:
        """Return who takes the jobs; the same processes do the first two kinds, for they remember what they worked out."""
        if self._given is not None:
            return self._given
        if self._pool is None:
            from generator.build.processes import start_processes  # noqa: PLC0415  few records are worked off without

            self._pool = start_processes(self._jobs, str(self._folder))
        return self._pool

    @cached_property
    def _common_file(self) -> str:
        # Another name for each run: workers that stay for the next one must not take this one's for it.
        file = self._folder / f"common-{os.urandom(8).hex()}"
        with writing(file):
            file.write_bytes(pickle.dumps(self._common, protocol=pickle.HIGHEST_PROTOCOL))
        return str(file)

    def _lost(self) -> str:
        places = last_places(self._folder)
        at = f"，当时在处理 {'、'.join(places)}" if places else ""
        return (
            f"一个工作进程意外结束{at}。网站没有改动。常见原因是内存不足，可用 --jobs 1 再试；反复出现请报告给维护者。"
        )


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
