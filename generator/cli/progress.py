"""How far a command is: a bar on a terminal, a line now and then in a log."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO
from unicodedata import east_asian_width

_WIDTH = 20
_REFRESH = 0.1
_LINES = 10
"""Lines that a log gets for each thing done."""
_FEW = 500
"""Records of which a log is told nothing before they are done."""


@contextmanager
def progress_for(stream: TextIO, *, quiet: bool, few: int | None = None) -> Iterator[Callable[[str, int, int], None]]:
    """Give what takes progress: what is being done, how many are done, how many there are.

    A log is told nothing of what has less than `few` parts.
    """
    if quiet:
        yield _nothing
    elif stream.isatty():
        bar = _Bar(stream)
        try:
            yield bar
        finally:
            bar.clear()
    else:
        yield _Log(stream, _FEW if few is None else few)


def _nothing(what: str, done: int, total: int) -> None:
    """Show nothing."""


class _Bar:
    """One line that is written over and over."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._what = ""
        self._since = self._shown = 0.0
        self._first = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is, with the rate and what is left."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._since, self._shown, self._first = what, now, 0.0, done
        if not total or (done < total and now - self._shown < _REFRESH):
            return
        self._shown = now
        filled = _WIDTH * done // total
        line = f"{what} [{'#' * filled}{'-' * (_WIDTH - filled)}] {done}/{total}{_pace(done - self._first, total - self._first, now - self._since)}"
        self._stream.write(f"\r\x1b[K{_cut(line, shutil.get_terminal_size().columns - 1)}")
        self._stream.flush()

    def clear(self) -> None:
        """Leave nothing of the bar behind."""
        self._stream.write("\r\x1b[K")
        self._stream.flush()


class _Log:
    """A line for every tenth of what is to be done."""

    def __init__(self, stream: TextIO, few: int) -> None:
        self._stream, self._few = stream, few
        self._what = ""
        self._since = 0.0
        self._told = self._first = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Write a line where another tenth is done."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._since, self._told, self._first = what, now, 0, done
        tenth = _LINES * done // total if total else 0
        if total >= self._few and tenth > self._told:
            self._told = tenth
            self._stream.write(
                f"{what}：{done}/{total}{_pace(done - self._first, total - self._first, now - self._since)}\n"
            )
            self._stream.flush()


def _cut(line: str, columns: int) -> str:
    """Return as much of a line as fits on a terminal, where a Chinese character takes two columns."""
    for end, character in enumerate(line):
        columns -= 2 if east_asian_width(character) in "WF" else 1
        if columns < 0:
            return line[:end]
    return line


def _pace(done: int, total: int, seconds: float) -> str:
    """Say how fast it goes and how long it will take."""
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    left = (total - done) / rate
    return f"，每秒 {rate:,.{0 if rate >= 1 else 1}f} 份" + (f"，还要约 {_span(left)}" if done < total else "")


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{max(rest, 1)} 秒"
