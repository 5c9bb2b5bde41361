"""Work that goes wrong in the ways that hostile files make a library go wrong; done in a worker process."""

import ctypes
import os
import time


def work(task: str) -> bytes:
    """Do what the task says."""
    if task == "hang":
        time.sleep(600)
    if task == "die":
        os._exit(3)
    if task == "crash":
        ctypes.string_at(0)
    if task == "memory":
        return bytes(64 * 1024**3)
    if task == "break":
        raise KeyError("xl/workbook.xml")
    if task == "deep":
        return work_deeper(task)
    if task == "shout":
        print("library talks")  # noqa: T201
        os.write(1, b"library shouts\n")
        os.write(2, b"library complains\n")
    return task.upper().encode()


def work_deeper(task: str) -> bytes:
    """Call itself for ever."""
    return work_deeper(task) + b"."
