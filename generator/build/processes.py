"""Processes of this machine that take jobs."""

import gc
import os
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from generator.build.breadcrumb import leave_breadcrumbs


def start_processes(number: int, folder: str) -> Executor:
    """Start processes that note in a folder what they are at work on, and end with this one."""
    return ProcessPoolExecutor(number, initializer=_start, initargs=(folder,))


def _start(folder: str) -> None:
    """Make this process a worker, which ends with the process that started it."""
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
