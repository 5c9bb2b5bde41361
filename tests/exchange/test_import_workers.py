"""A file that kills, hangs or fills its worker is named, and the others are read all the same."""

# ruff: noqa: SLF001  when a worker speaks can be decided only from within

import multiprocessing
import os
import subprocess
import sys
import time
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

import pytest

from generator.exchange import batch
from generator.exchange.batch import Done, Limits, work_through
from tests.exchange.hostile_work import work
from tests.site_tools import PROJECT


def done(tasks: list[str], *, jobs: int = 2, seconds: float = 60.0) -> dict[str, str]:
    results = work_through(tasks, work, jobs=jobs, limits=Limits(seconds=seconds))
    return {tasks[one.number]: one.fault or one.data.decode() for one in results}


def test_every_task_is_done_once_whatever_happens_to_others() -> None:
    found = done(["a", "die", "crash", "b", "break", "deep", "shout", "c"])

    assert {task: found[task] for task in ("a", "b", "c", "shout")} == {"a": "A", "b": "B", "c": "C", "shout": "SHOUT"}
    assert "意外结束" in found["die"]
    assert "意外结束" in found["crash"]
    assert "程序内部出错（KeyError: 'xl/workbook.xml'）" in found["break"]
    assert "嵌套过深" in found["deep"]


def test_a_worker_that_hangs_is_ended() -> None:
    found = done(["hang", "a", "b"], jobs=1, seconds=1.5)

    assert "读了 1.5 秒还没有读完" in found["hang"]
    assert (found["a"], found["b"]) == ("A", "B")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_worker_may_not_take_all_memory() -> None:
    found = done(["memory", "a"], jobs=1)

    assert "内存" in found["memory"]
    assert found["a"] == "A"


def test_whoever_stops_listening_leaves_no_worker_behind() -> None:
    results = work_through(["a", "hang", "hang"], work, jobs=2)

    assert next(results).data == b"A"
    results.close()

    assert multiprocessing.active_children() == []


class NoProcess:
    """Stands for a worker's process, so that the test decides when it speaks."""

    def kill(self) -> None: ...
    def join(self) -> None: ...
    def close(self) -> None: ...


def test_an_answer_that_came_while_another_was_heard_is_heard_too() -> None:
    crew = batch._Crew(["a", "b"], work, Limits())
    crew._waiting.clear()
    workers = []
    for number in range(2):
        here, there = multiprocessing.Pipe()
        state = batch._State()
        state.task, state.is_ready, state.deadline = number, True, time.monotonic() + 0.2
        crew._workers[batch._Worker(cast(SpawnProcess, NoProcess()), here)] = state
        workers.append(there)
    workers[0].send_bytes(b"=A")

    step = crew._step()
    first = next(step)
    workers[1].send_bytes(b"=B")
    time.sleep(0.3)

    assert [first, *step] == [Done(0, b"A"), Done(1, b"B")]


def test_what_a_library_says_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    assert done(["shout"]) == {"shout": "SHOUT"}
    assert capfd.readouterr() == ("", "")


def test_nothing_to_do_starts_nothing() -> None:
    assert done([]) == {}


_UNDER_FIRE = """
import os, signal, threading, time
from generator.exchange.batch import work_through
from tests.exchange.hostile_work import work

def fire():
    while True:
        os.killpg(0, signal.SIGINT)
        time.sleep(0.002)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=fire, daemon=True).start()
    print(sorted(done.data.decode() or done.fault for done in work_through(["a", "b"], work, jobs=2)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of Ctrl-C to a whole group")
def test_workers_leave_ctrl_c_to_the_command_from_their_first_moment_on(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_UNDER_FIRE, encoding="utf-8")

    done_ = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False,
        start_new_session=True, timeout=60,
    )  # fmt: skip

    assert done_.stdout == "['A', 'B']\n", done_.stderr
    assert done_.stderr == ""
