"""Run the jobs of a build: here, in processes of this machine, or wherever an executor takes them."""

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from functools import cached_property, lru_cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple, Self, TypeVar

from generator.build.breadcrumb import last_places, leave_breadcrumbs, place_of_work
from generator.build.common import Common
from generator.build.old_contents import stop_asking
from generator.build.stage import Stage
from generator.build.staging import writing
from generator.build.unit_building import UnitBuilt, build_unit
from generator.build.unit_checking import BuildingJob
from generator.build.unit_reading import ReadingJob, UnitRead, read_unit
from generator.errors import JixiaoError

Job = TypeVar("Job", ReadingJob, BuildingJob)
Result = TypeVar("Result")

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how many records are done, and how many there are."""

FEW = 120
"""Records that one process works off sooner than further ones start."""
FEW_DOCUMENTS = 8
"""The same where each record becomes documents too."""


class Place(NamedTuple):
    """Where a worker finds what all jobs share; it needs to see the site's disk."""

    common_file: str
    stage: Stage


@lru_cache(maxsize=1)
def _settled(common_file: str) -> Common:
    """Load once in each process what all its jobs share."""
    # Threads have one process, whose note would be closed under the hands of another thread.
    if parent_process() is not None:
        leave_breadcrumbs(Path(common_file).parent)
    # Made by this very build, in a folder it keeps others out of.
    common = pickle.loads(Path(common_file).read_bytes())  # noqa: S301
    assert isinstance(common, Common)  # noqa: S101  nothing else is ever written there
    return common


def read_there(place: Place, job: ReadingJob) -> UnitRead:
    """Do a first job in a worker."""
    with _naming_the_record():
        return read_unit(_settled(place.common_file), job)


def build_there(place: Place, job: BuildingJob, former: bytes) -> UnitBuilt:
    """Do a second job in a worker."""
    with _naming_the_record():
        common = _settled(place.common_file)
        return build_unit(common, job, place.stage, common.renderer, former=former)


@contextmanager
def _naming_the_record() -> Iterator[None]:
    """Say at which record the memory ran out."""
    try:
        yield
    except MemoryError as error:
        place = place_of_work()
        at = f"，当时在处理 {place}" if place else ""
        raise JixiaoError(f"内存不足{at}。网站没有改动。请用 --jobs 1 再试，或在内存更大的机器上生成。") from error


def _start(folder: str) -> None:
    """Make this process a worker, which ends with the build that started it."""
    # A build makes next to nothing that refers to itself; looking for it again and again costs a third of the time.
    gc.freeze()
    gc.disable()
    leave_breadcrumbs(Path(folder))
    # A build that is killed cannot end its workers, and they would hold its lock for ever.
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Crew:
    """Whoever does the jobs of a build; used with `with`, for its processes end with it."""

    def __init__(self, common: Common, stage: Stage, jobs: int, executor: Executor | None, progress: Progress) -> None:
        """Take `jobs` processes of this machine, 1 for none but this one, unless an executor takes the jobs."""
        self._common = common
        self._stage = stage
        self._jobs = jobs
        self._given = executor
        self._progress = progress
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()
        stop_asking()

    def read(self, found: Sequence[ReadingJob]) -> Iterator[UnitRead]:
        """Do the first jobs, in any order."""
        return self._run(
            "读取检查",
            found,
            FEW,
            lambda job: read_unit(self._common, job),
            lambda executor, job: executor.submit(read_there, self._place, job),
        )

    def build(self, found: Sequence[BuildingJob], former: Mapping[str, bytes]) -> Iterator[UnitBuilt]:
        """Do the second jobs, in any order; `former` as in `build_unit`, by slug."""
        common = self._common
        return self._run(
            "生成页面",
            found,
            min(FEW, FEW_DOCUMENTS) if self._common.settings.exports else FEW,
            lambda job: build_unit(common, job, self._stage, common.renderer, former=former.get(job.unit.slug, b"")),
            lambda executor, job: executor.submit(build_there, self._place, job, former.get(job.unit.slug, b"")),
        )

    def _run(
        self,
        what: str,
        found: Sequence[Job],
        few: int,
        here: Callable[[Job], Result],
        there: Callable[[Executor, Job], "Future[Result]"],
    ) -> Iterator[Result]:
        total = sum(len(job.files) for job in found)
        done = 0
        self._progress(what, 0, total)
        if self._given is None and (self._jobs < 2 or total <= few or len(found) < 2):  # noqa: PLR2004  alone
            for job in found:
                with _naming_the_record():
                    result = here(job)
                yield result
                done += len(job.files)
                self._progress(what, done, total)
            return
        # The longest first, so that no process is left with one at the end.
        ordered = sorted(found, key=lambda job: len(job.files), reverse=True)
        futures: dict[Future[Result], int] = {}
        try:
            with writing(Path(self._stage.folder)):
                for job in ordered:
                    futures[there(self._executor, job)] = len(job.files)
            for future in as_completed(futures):
                yield future.result()
                done += futures[future]
                self._progress(what, done, total)
        except BrokenExecutor as error:
            raise JixiaoError(self._lost()) from error
        finally:
            for future in futures:
                future.cancel()

    @cached_property
    def _executor(self) -> Executor:
        """Return who takes the jobs; the same processes do both kinds, for they remember what they have worked out."""
        if self._given is not None:
            return self._given
        pool = ProcessPoolExecutor(self._jobs, initializer=_start, initargs=(self._stage.folder,))
        return self._ending.enter_context(pool)

    @cached_property
    def _place(self) -> Place:
        # Another name for each build: workers that stay for the next one must not take this one's for it.
        file = Path(self._stage.folder) / f"common-{os.urandom(8).hex()}"
        with writing(file):
            file.write_bytes(pickle.dumps(self._common, protocol=pickle.HIGHEST_PROTOCOL))
        return Place(str(file), self._stage)

    def _lost(self) -> str:
        places = last_places(Path(self._stage.folder))
        at = f"，当时在处理 {'、'.join(places)}" if places else ""
        return (
            f"一个工作进程意外结束{at}。网站没有改动。常见原因是内存不足，可用 --jobs 1 再试；反复出现请报告给维护者。"
        )


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
