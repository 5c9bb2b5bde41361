"""A build killed at any moment: every file of the site stays whole, and the next build puts everything right.

So many kills come with every run; for more, set JIXIAO_KILLS to their number.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

from generator.build.names import CACHE, LOCK, STAGING
from generator.cli.building import Call
from generator.cli.building import build as build_as_called
from tests.bench.corpus import make_record
from tests.build.few_records import NUMBERS, STARTING, build_command, path_of, write_few_records
from tests.site_tools import PROJECT, build, files_of

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor groups of processes"),
    pytest.mark.timeout(600),
]

EDITED, GONE = NUMBERS[::3], NUMBERS[1]
"""Numbers of records: of every unit some that are written anew, and one that goes."""
ELSEWHERE = 180
"""Number of a record of a unit that has no other."""
KILLS = int(os.environ.get("JIXIAO_KILLS", "6"))
BATCH = 5
"""Kills in one test, so that a test that fails names few moments."""

Files = dict[str, bytes]


@dataclass
class Ground:
    """A project with two editions of its content, the clean site of each, and the site that is built and killed."""

    project: Path
    site: Path
    editions: tuple[Files, Files]
    """The files of the clean sites."""
    seconds: dict[bool, float]
    """How long a build takes, by whether it starts from nothing."""

    @property
    def command(self) -> list[str]:
        return build_command(self.project, self.site, 2)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start a build, and wait until Python has loaded what it takes."""
        # All processes of the build hold the pipe: when it ends, so have they.
        process = subprocess.Popen(self.command, cwd=PROJECT, stdout=subprocess.PIPE, start_new_session=True)
        assert process.stdout is not None
        assert process.stdout.readline() == STARTING
        return process

    def timed(self, edition: int) -> float:
        write_edition(self.project, edition)
        with self.start() as process:
            start = time.monotonic()
            assert process.wait() == 0
        return time.monotonic() - start

    def forget(self) -> None:
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.rmtree(self.project / CACHE, ignore_errors=True)


def write_edition(project: Path, edition: int) -> None:
    """Write the first edition of the content, or the second: other figures, a record gone, a unit and a page more."""
    for number in EDITED:
        path_of(project, number).write_text(make_record(number, 1 + edition), encoding="utf-8")
    gone, added = path_of(project, GONE), path_of(project, ELSEWHERE)
    page = project / "content/pages/explained.md"
    if edition:
        gone.unlink(missing_ok=True)
        added.parent.mkdir(parents=True, exist_ok=True)
        added.write_text(make_record(ELSEWHERE), encoding="utf-8")
        page.write_text("# 说明\n\n虚构内容的说明。\n", encoding="utf-8")
    else:
        gone.write_text(make_record(GONE), encoding="utf-8")
        shutil.rmtree(added.parent, ignore_errors=True)
        page.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("killed")
    project = folder / "project"
    write_few_records(project)
    clean = []
    for edition in (0, 1):
        write_edition(project, edition)
        build(project, folder / f"clean-{edition}")
        clean.append(files_of(folder / f"clean-{edition}"))
    made = Ground(project, folder / "site", (clean[0], clean[1]), {})
    made.seconds[True] = made.timed(0)
    made.seconds[False] = made.timed(1)
    return made


def moments() -> Iterator[tuple[bool, float]]:
    """Yield whether to start from nothing, and the part of a build to let pass: spread evenly, in random order."""
    chance = random.Random(20_240_331)  # noqa: S311
    spread = [(number % 2 == 0, (number // 2 + chance.random()) / ((KILLS + 1) // 2)) for number in range(KILLS)]
    chance.shuffle(spread)
    yield from spread


def batches() -> list[list[tuple[bool, float]]]:
    spread = list(moments())
    return [spread[start : start + BATCH] for start in range(0, len(spread), BATCH)]


def kill(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Kill a build and all its workers after so many seconds, and wait until they are gone."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def shown(files: Files) -> Files:
    """Return the files of a site that hosts show: hidden ones are our own notes."""
    return {path: content for path, content in files.items() if not path.startswith(".")}


def assert_whole(found: Files, *, old: Files, new: Files, when: str) -> None:
    torn = [path for path, content in found.items() if content not in (old.get(path), new.get(path))]
    missing = sorted((old.keys() & new.keys()) - found.keys())

    assert torn == [], f"neither old nor new, {when}"
    assert missing == [], f"there before and after, but not now, {when}"


@pytest.mark.parametrize("batch", range(len(batches())))
def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_a_clean_site(
    ground: Ground, batch: int
) -> None:
    chance = random.Random(batch)  # noqa: S311
    after = 1
    call = Call(config=ground.project / "mkdocs.yml", site_dir=ground.site, jobs=1)
    for is_cold, part in batches()[batch]:
        when = f"{part:.3f} of {ground.seconds[is_cold]:.1f} s {'from nothing' if is_cold else 'after edits'}"
        edition = 1 - after
        if is_cold:
            ground.forget()
        elif files_of(ground.site) != ground.editions[1 - edition]:
            write_edition(ground.project, 1 - edition)
            build_as_called(call)
        write_edition(ground.project, edition)
        kill(ground.start(), part * ground.seconds[is_cold])
        new = shown(ground.editions[edition])
        old = {} if is_cold else shown(ground.editions[1 - edition])
        assert_whole(shown(files_of(ground.site)), old=old, new=new, when=when)

        # What the killed build was for may have been taken back since.
        after = chance.randrange(2)
        write_edition(ground.project, after)
        build_as_called(call)

        assert files_of(ground.site) == ground.editions[after], when
        assert not (ground.site / STAGING).exists()
        assert not (ground.site / LOCK).exists()


def test_builds_killed_one_after_the_other_are_put_right_by_one(ground: Ground) -> None:
    chance = random.Random(3)  # noqa: S311
    for number in range(4):
        write_edition(ground.project, number % 2)
        kill(ground.start(), chance.uniform(0.4, 0.9) * ground.seconds[False])
        one, other = map(shown, ground.editions)
        assert_whole(shown(files_of(ground.site)), old=one, new=other, when=f"kill {number}")
    write_edition(ground.project, 0)
    with ground.start() as process:
        assert process.wait() == 0

    assert files_of(ground.site) == ground.editions[0]


def test_workers_end_with_the_build_that_started_them(ground: Ground) -> None:
    """Where the system is short of memory it kills the process that holds most, and none besides."""
    ground.forget()
    write_edition(ground.project, 0)
    at_work = ground.site / STAGING / "at-work"
    with ground.start() as process:
        try:
            deadline = time.monotonic() + 60
            while not (at_work.is_dir() and len(list(at_work.iterdir())) > 1) and time.monotonic() < deadline:
                time.sleep(0.002)
            assert process.poll() is None
            process.kill()
            ended = Thread(target=process.communicate, daemon=True)
            ended.start()
            ended.join(20)
            assert not ended.is_alive(), "the workers of a build that was killed are still there"
            with ground.start() as again:
                assert again.wait() == 0, "the next build is not kept out"
        finally:
            # The workers alone may be left of the group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    assert files_of(ground.site) == ground.editions[0]
