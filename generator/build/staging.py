"""One build at a time in a site's folder, and a place in it where files wait until all of them are made."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.build.names import LOCK, STAGING
from generator.errors import JixiaoError, disk_reason

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say in Chinese what the disk refuses while we write."""
    try:
        yield
    except OSError as error:
        raise refused(error, place) from error


def refused(error: OSError, place: Path | str) -> JixiaoError:
    """Return in Chinese what the disk refuses while we write at a place."""
    where = error.filename2 or error.filename or place
    return JixiaoError(f"写不进 {where}：{disk_reason(error)}。请检查磁盘空间和文件夹的权限。")


def empty(folder: Path) -> None:
    """Make a folder anew with nothing in it."""
    with writing(folder):
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()


@contextlib.contextmanager
def staging(site_dir: Path) -> Iterator[Path]:
    """Give an empty folder on the file system of the site, and keep other builds out until it is done with.

    It stands inside the site, for a rename must not cross to another disk, and is gone afterwards.
    Raises JixiaoError where another build is at work or the disk refuses.
    """
    with writing(site_dir):
        is_new = not site_dir.exists()
        site_dir.mkdir(parents=True, exist_ok=True)
    folder = site_dir / STAGING
    try:
        with locked(site_dir):
            try:
                # A build that was killed leaves its files here, and its lock ended with it.
                empty(folder)
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        if is_new:
            # Fails where something was written, as it should.
            with contextlib.suppress(OSError):
                site_dir.rmdir()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out of a folder that is there; raises JixiaoError where one of them is in it or the disk refuses."""
    with writing(folder):
        lock = _lock(folder)
    try:
        yield
    finally:
        _unlock(folder / LOCK, lock)


def _lock(site_dir: Path) -> int:
    """Take the lock, which the system takes back from a process that dies."""
    path = site_dir / LOCK
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            raise JixiaoError(f"另一个 jixiao 正在写 {site_dir}，这一次没有写入。请等它结束后再生成。") from error
        # The build before may have removed the file between our opening and locking it.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)


def _unlock(path: Path, handle: int) -> None:
    # While the lock is still held, so that nobody else's is removed; Windows lets no open file go.
    if sys.platform == "win32":
        os.close(handle)
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)
