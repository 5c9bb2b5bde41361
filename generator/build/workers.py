"""Run the jobs of a build: here, in processes of this machine, or wherever an executor takes them."""

import gc
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cached_property, lru_cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple, Self, TypeVar

from generator.build.breadcrumb import forget_places, last_places, leave_breadcrumbs, place_of_work
from generator.build.common import Common
from generator.build.listeners import Listeners
from generator.build.old_contents import stop_asking
from generator.build.peer_making import PeerJob, PeersMade, make_peers
from generator.build.stage import Stage
from generator.build.staging import writing
from generator.build.unit_building import UnitBuilt, build_unit
from generator.build.unit_checking import BuildingJob
from generator.build.unit_reading import ReadingJob, UnitRead, read_unit
from generator.errors import JixiaoError

Job = TypeVar("Job", ReadingJob, BuildingJob, PeerJob)
Result = TypeVar("Result")

FEW = 120
"""Records that one process works off sooner than further ones start."""
FEW_DOCUMENTS = 8
"""The same where each record becomes documents too."""
FEW_ANSWERS = 4 << 20
"""The same by the weight of jobs that put units side by side."""


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
        return build_unit(_settled(place.common_file), job, place.stage, former=former)


def compare_there(place: Place, job: PeerJob) -> PeersMade:
    """Do a third job in a worker."""
    with _naming_the_record():
        return make_peers(_settled(place.common_file), job, place.stage)


@contextmanager
def _naming_the_record() -> Iterator[None]:
    """Say at which record or page the memory ran out."""
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


def _records_of(job: ReadingJob | BuildingJob) -> int:
    return len(job.files)


def _to_be_read(job: ReadingJob) -> int:
    """Return how many records of a unit may have to be read; what is known of the others costs next to nothing."""
    return len(job.files) if job.known is None else sum(file.may_have_changed for file in job.files)


class Crew:
    """Whoever does the jobs of a build; used with `with`, for its processes end with it."""

    def __init__(
        self, common: Common, stage: Stage, jobs: int, executor: Executor | None, listeners: Listeners
    ) -> None:
        """Take `jobs` processes of this machine, 1 for none but this one, unless an executor takes the jobs."""
        self._common = common
        self._stage = stage
        self._jobs = jobs
        self._given = executor
        self._progress, self._made = listeners.progress, listeners.made
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.relieve()

    def relieve(self) -> None:
        """End the processes, for they remember much; others start where there are jobs again."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
            forget_places(Path(self._stage.folder))
        stop_asking()

    def read(self, found: Sequence[ReadingJob]) -> Iterator[UnitRead]:
        """Do the first jobs, in any order."""
        return self._run(
            "读取检查",
            found,
            FEW,
            _to_be_read,
            _records_of,
            lambda job: read_unit(self._common, job),
            lambda executor, job: executor.submit(read_there, self._place, job),
        )

    def build(self, found: Sequence[BuildingJob], former: Mapping[str, bytes]) -> Iterator[UnitBuilt]:
        """Do the second jobs, in any order; `former` as in `build_unit`, by slug."""
        return self._run(
            "生成页面",
            found,
            min(FEW, FEW_DOCUMENTS) if self._common.settings.exports else FEW,
            _records_of,
            _records_of,
            lambda job: build_unit(
                self._common, job, self._stage, former=former.get(job.unit.slug, b""), made=self._made
            ),
            lambda executor, job: executor.submit(build_there, self._place, job, former.get(job.unit.slug, b"")),
        )

    def compare(self, found: Sequence[PeerJob]) -> Iterator[PeersMade]:
        """Do the third jobs, in any order."""
        # What follows from one record is done sooner than anybody else is asked.
        if sum(job.weight for job in found) <= FEW_ANSWERS:
            return self._here(found, self._compare)
        return self._run(
            "比较同类指标",
            found,
            0,  # fewer are done above, whoever the executor is
            lambda job: job.weight,
            lambda job: job.count,
            self._compare,
            lambda executor, job: executor.submit(compare_there, self._place, job),
        )

    def _compare(self, job: PeerJob) -> PeersMade:
        return make_peers(self._common, job, self._stage)

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
            with writing(Path(self._stage.folder)):
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
            with _naming_the_record():
                result = do(job)
            yield result

    @property
    def _executor(self) -> Executor:
        """Return who takes the jobs; the same processes do the first two kinds, for they remember what they worked out."""
        if self._given is not None:
            return self._given
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, initializer=_start, initargs=(self._stage.folder,))
        return self._pool

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
