"""Run the jobs of a build: here, in processes of this machine, or wherever an executor takes them."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property
from typing import NamedTuple

from generator.build import readers
from generator.build.common import Common
from generator.build.listeners import Listeners
from generator.build.old_contents import stop_asking
from generator.build.peer_making import PeerJob, PeersMade, make_peers
from generator.build.readers import Readers, naming_the_record, settled
from generator.build.stage import Stage
from generator.build.unit_building import UnitBuilt, build_unit
from generator.build.unit_checking import BuildingJob

FEW_DOCUMENTS = 8
"""As `readers.FEW`, where each record becomes documents too."""
FEW_ANSWERS = 4 << 20
"""The same by the weight of jobs that put units side by side."""


class Place(NamedTuple):
    """Where a worker finds what all jobs share; it needs to see the site's disk."""

    common_file: str
    stage: Stage


def build_there(place: Place, job: BuildingJob, former: bytes) -> UnitBuilt:
    """Do a second job in a worker."""
    with naming_the_record():
        return build_unit(_common(place), job, place.stage, former=former)


def compare_there(place: Place, job: PeerJob) -> PeersMade:
    """Do a third job in a worker."""
    with naming_the_record():
        return make_peers(_common(place), job, place.stage)


def _common(place: Place) -> Common:
    common = settled(place.common_file)
    assert isinstance(common, Common)  # noqa: S101  a build writes nothing else there
    return common


class Crew(Readers[Common]):
    """Whoever does the jobs of a build; used with `with`, for its processes end with it."""

    def __init__(
        self, common: Common, stage: Stage, jobs: int, executor: Executor | None, listeners: Listeners
    ) -> None:
        """Take `jobs` processes of this machine, 1 for none but this one, unless an executor takes the jobs."""
        super().__init__(common, stage.folder, jobs, executor, progress=listeners.progress)
        self._stage = stage
        self._made = listeners.made

    def relieve(self) -> None:
        """End the processes, for they remember much; others start where there are jobs again."""
        super().relieve()
        stop_asking()

    def build(self, found: Sequence[BuildingJob], former: Mapping[str, bytes]) -> Iterator[UnitBuilt]:
        """Do the second jobs, in any order; `former` as in `build_unit`, by slug."""
        return self._run(
            "生成页面",
            found,
            min(readers.FEW, FEW_DOCUMENTS) if self._common.settings.exports else readers.FEW,
            lambda job: len(job.files),
            lambda job: len(job.files),
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

    @cached_property
    def _place(self) -> Place:
        return Place(self._common_file, self._stage)
