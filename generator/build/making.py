"""Make files one after the other, leaving alone those that were made from the same before."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.build.splice import sha256_of
from generator.build.stage import FileState, Stage
from generator.errors import JixiaoError


class Making:
    """Notes of each file how it was left, and which ones wait on the stage."""

    def __init__(self, stage: Stage, before: Mapping[str, FileState]) -> None:
        """Take the files as the last build left them; nothing where that cannot be trusted."""
        self.stage = stage
        self.files: dict[str, FileState] = {}
        self.changed: list[str] = []
        self._before = before

    def make(self, path: str, key: bytes, content: Callable[[], bytes]) -> None:
        """Make a file, unless it was made from what has this key and nobody touched it since."""
        if not self.keep(path, key):
            self.note(path, *self.stage.put(path, content(), key))

    def keep(self, path: str, key: bytes) -> bool:
        """Leave a file as it is where it was made from what has this key and nobody touched it since."""
        self._claim(path)
        before = self._before.get(path)
        if before is None or before.key != key or not self.stage.is_intact(path, before):
            return False
        self.files[path] = before
        return True

    def keep_all_of(self, key: bytes) -> bool:
        """Leave all files as they are that were made from what has this key; tell whether there are any, all as left."""
        found = {path: state for path, state in self._before.items() if state.key == key}
        if not found or not all(self.stage.is_intact(path, state) for path, state in found.items()):
            return False
        return all([self.keep(path, key) for path in found])  # noqa: C419  each is to be noted

    def note(self, path: str, state: FileState, waits: bool) -> None:  # noqa: FBT001  as `Stage.put` gives it
        """Note a file that is made, and whether it waits on the stage."""
        self._claim(path)
        self.files[path] = state
        if waits:
            self.changed.append(path)

    def take(self, files: Mapping[str, FileState], changed: Iterable[str]) -> None:
        """Note files that were made elsewhere, and which of them wait on the stage."""
        for path, state in files.items():
            self._claim(path)
            self.files[path] = state
        self.changed += changed

    def former(self, paths: Iterable[str]) -> dict[str, FileState]:
        """Return some files as the last build left them, as far as it did."""
        return {path: self._before[path] for path in paths if path in self._before}

    def note_spliced(self, path: str, key: bytes, staged: Path, sha256: str, *, differs: bool) -> None:
        """Note a large file that was put on the stage; it goes no further where the site has the very same.

        `differs` where the site is known to have another.
        """
        found, present = staged.stat(), Path(self.stage.site_dir) / path
        with contextlib.suppress(OSError):
            there = present.stat()
            if not differs and there.st_size == found.st_size and sha256_of(present) == sha256:
                staged.unlink()
                self.note(path, FileState(key, there.st_size, there.st_mtime_ns), waits=False)
                return
        self.note(path, FileState(key, found.st_size, found.st_mtime_ns), waits=True)

    def _claim(self, path: str) -> None:
        if path in self.files:
            raise JixiaoError(f"两个页面或文件同一网址：{path}（两次）。请给其中一个改名。")
