"""Where files wait until all of them are made; a worker writes here, only the build itself moves them into the site."""

import os

from msgspec import Struct

from generator.build.staging import refused


class FileState(Struct, frozen=True, array_like=True, gc=False):
    """A file of the site as we left it."""

    key: bytes
    """Digest of what it was made from."""
    size: int
    modified: int
    """In nanoseconds."""


class Stage(Struct, frozen=True):
    """A site and the folder for what is to come into it."""

    site_dir: str
    folder: str
    """Inside the site, so that a file moves by renaming."""

    @property
    def tree(self) -> str:
        """Folder of the staged files, each at its path in the site."""
        return f"{self.folder}/tree"

    def put(self, path: str, content: bytes, key: bytes) -> tuple[FileState, bool]:
        """Make a file wait, unless the site has the very same already; say whether it waits."""
        present = self._present(path, content)
        if present is not None:
            return FileState(key, len(content), present), False
        target = f"{self.tree}/{path}"
        try:
            return FileState(key, len(content), _put_aside(target, content)), True
        except OSError as error:
            raise refused(error, self.site_dir) from error

    def is_intact(self, path: str, state: FileState) -> bool:
        """Tell whether a file of the site is as we left it."""
        try:
            found = os.stat(f"{self.site_dir}/{path}")  # noqa: PTH116  asked for every file of a site
        except OSError:
            return False
        return found.st_size == state.size and found.st_mtime_ns == state.modified

    def _present(self, path: str, content: bytes) -> int | None:
        """Return the time of the site's file where it holds just this content."""
        place = f"{self.site_dir}/{path}"
        try:
            found = os.stat(place)  # noqa: PTH116  as above
            if found.st_size != len(content):
                return None
            with open(place, "rb") as file:  # noqa: PTH123  as above
                return found.st_mtime_ns if file.read() == content else None
        except OSError:
            return None


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _put_aside(target: str, content: bytes) -> int:
    """Write a file; return its time."""
    try:
        handle = os.open(target, _NEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120  as above
        handle = os.open(target, _NEW, 0o666)
    try:
        # The system may take less at once.
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        return os.fstat(handle).st_mtime_ns
    finally:
        os.close(handle)
