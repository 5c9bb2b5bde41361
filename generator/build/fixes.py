"""Mend record files on disk: show what would change, or write it."""

import contextlib
import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.exchange.replacing import replace_bytes
from generator.load.discover import SourceFile, discover
from generator.load.mend import Mended, mend
from generator.settings import Settings


class Fix(NamedTuple):
    """One file that can be mended, or that could but for a reason."""

    file: SourceFile
    before: bytes
    mended: Mended

    @property
    def is_safe(self) -> bool:
        """Tell whether there is something to write."""
        return self.mended.data != self.before


def find_fixes(settings: Settings, is_wanted_path: Callable[[str], bool]) -> tuple[Fix, ...]:
    """Return what can be mended in the record files asked for, by path."""
    found = discover(settings.records_dir, settings.project_dir)
    files = (file for file in (*found.files, *found.set_aside) if is_wanted_path(file.path))
    return tuple(_fixes(sorted(files, key=lambda file: file.path)))


def _fixes(files: Iterable[SourceFile]) -> Iterator[Fix]:
    for file in files:
        # A file that cannot be read is reported by the check itself.
        with contextlib.suppress(OSError):
            before = file.location.read_bytes()
            mended = mend(before, file.path, is_markdown=file.is_markdown)
            if mended.data != before or mended.reason:
                yield Fix(file, before, mended)


def format_diff(fix: Fix) -> str:
    """Return the change as a unified diff that shows the ends of lines too where they change."""
    before, after = (data.decode("utf-8", "replace") for data in (fix.before, fix.mended.data))
    lines = difflib.unified_diff(
        _lines(before), _lines(after), f"a/{fix.file.path}", f"b/{fix.file.path}", n=1, lineterm=""
    )
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def apply_fix(fix: Fix) -> None:
    """Write a mended file as a whole; raise JixiaoError where it was changed meanwhile or the disk refuses."""
    replace_bytes(fix.file, fix.before, fix.mended.data)
