"""A file that kills, hangs or fills its worker is named, and the others are read all the same."""

import sys
import time

import pytest

from generator.exchange.batch import Limits, work_through
from tests.exchange.hostile_work import work


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
    start = time.monotonic()

    found = done(["hang", "a", "b"], jobs=1, seconds=1.5)

    assert "读了 1.5 秒还没有读完" in found["hang"]
    assert (found["a"], found["b"]) == ("A", "B")
    assert time.monotonic() - start < 30


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_worker_may_not_take_all_memory() -> None:
    found = done(["memory", "a"], jobs=1)

    assert "内存" in found["memory"]
    assert found["a"] == "A"


def test_whoever_stops_listening_leaves_no_worker_behind() -> None:
    results = work_through(["a", "hang", "hang"], work, jobs=2)

    assert next(results).data == b"A"
    results.close()
    with pytest.raises(StopIteration):
        next(results)


def test_nothing_to_do_starts_nothing() -> None:
    assert done([]) == {}
