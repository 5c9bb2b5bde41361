"""The server behind `jixiao serve`: MkDocs' own, which shows a page as soon as it is made.

MkDocs lets every request wait until a build has ended. Our builds put the whole site in its place at once and leave the
old one readable until then, so that no page has to wait, and one that is made already need not wait for the others.
"""

import io
import os
import posixpath
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote, unquote, urlsplit
from wsgiref.util import FileWrapper

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from generator.build.listeners import PagesMade

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileAttribEvent, FileMovedEvent, FileDeletedEvent,
]  # fmt: skip
"""A file that may be read again by who may not before has changed too."""

_DELAY = 0.01
"""Seconds to wait after a change for further ones: what an editor writes in two steps, it writes within a moment."""

_POLL = re.compile(r"/livereload/([0-9]+)/[0-9]+")
"""How a page asks whether there is a newer version of it than the one it came with."""


_NOTHING = PagesMade("", frozenset())


class PreviewServer(LiveReloadServer):
    """Serves a site and tells each page to load again as soon as there is a new version of it."""

    def __init__(self, builder: Callable[[], None], host: str, port: int, site_dir: Path, *, poll: bool) -> None:
        """Serve a site that `builder` builds; `poll` looks for changes now and then, where the system tells of none."""
        super().__init__(builder=builder, host=host, port=port, root=str(site_dir))
        self.build_delay = _DELAY
        self.error_handler = self._error_page
        self._made = _NOTHING
        self._touched: set[str] = set()
        if not poll:
            # MkDocs asks every half second for the state of all files; the system tells at once what changed.
            self.observer = Observer()  # type: ignore[assignment]  # MkDocs names one kind, any will do
        self._schedule = self.observer.schedule
        self.observer.schedule = self._scheduled  # type: ignore[method-assign, assignment]  # MkDocs offers no other way in

    def _scheduled(self, handler: FileSystemEventHandler, path: str, *, recursive: bool) -> ObservedWatch:
        """Watch a folder as MkDocs asks to, and note what is touched in it before MkDocs hears of it."""
        tell = handler.dispatch

        def note(event: FileSystemEvent) -> None:
            if not event.is_directory:
                with self._epoch_cond:
                    self._touched |= {os.fsdecode(one) for one in (event.src_path, event.dest_path) if one}
            tell(event)

        handler.dispatch = note  # type: ignore[method-assign]  # as above
        # A build opens the files it reads; told of that too, the preview would build again, and again.
        return self._schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    def touched(self) -> frozenset[str]:
        """Return the files that were touched since this was asked the last time."""
        with self._epoch_cond:
            touched, self._touched = frozenset(self._touched), set()
        return touched

    def show(self, made: PagesMade) -> None:
        """Show pages that are made but not yet in their place; no folder says that those made so far are no more."""
        with self._epoch_cond:
            self._expect_news(after_all=not made.folder)
            self._made = PagesMade(made.folder, self._made.paths | made.paths) if made.folder else _NOTHING
            self._epoch_cond.notify_all()

    def reload(self) -> None:
        """Show the site that has just been published; what its build does after that, no reader need wait for."""
        with self._epoch_cond:
            self._expect_news()
            self._end()

    def settle(self) -> None:
        """Show the site as it is, now that nothing more is built; pages that were made in vain are taken back."""
        with self._epoch_cond:
            if self._made.paths:
                self._expect_news(after_all=True)
            self._end()

    def _expect_news(self, *, after_all: bool = False) -> None:
        """Take the next version for another one, where the last one is shown already or `after_all` was not to be."""
        if self._visible_epoch >= self._wanted_epoch or after_all:
            self._wanted_epoch += 1

    def _end(self) -> None:
        self._made = _NOTHING
        self._visible_epoch = self._wanted_epoch
        self._epoch_cond.notify_all()

    def _serve_request(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if asked := _POLL.fullmatch(path):
            version = self._version_after(int(asked[1]), _page_of(environ.get("HTTP_REFERER", "")))
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"%d" % version]
        page = _file_of(path)
        with self._epoch_cond:
            version, made = self._version_of(page), self._made
        file = _opened([f"{made.folder}/{page}"] * (page in made.paths) + [f"{self.root}/{page}"])
        if file is None:
            return self._redirected(path, page, start_response) or self._missing(page, version, start_response)
        if page.endswith(".html"):
            with file:
                file = io.BytesIO(self._inject_js_into_html(file.read(), version))  # type: ignore[no-untyped-call]  # MkDocs gives it no types
        kind = self._guess_type(page)  # type: ignore[no-untyped-call]  # nor this
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(_size_of(file)))])
        return FileWrapper(file)

    def _version_of(self, page: str) -> int:
        return self._wanted_epoch if page in self._made.paths else self._visible_epoch

    def _version_after(self, known: int, page: str) -> int:
        """Wait until there is a newer version of a page than the one known, a minute at most; return the version there is."""
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._version_of(page) > known, timeout=self.poll_response_timeout)
            return self._version_of(page)

    def _redirected(self, path: str, page: str, start_response: "StartResponse") -> Iterable[bytes] | None:
        """Send a reader who left off the last slash to the page of a folder; return None where there is none."""
        if path.endswith("/") or not Path(self.root, page, "index.html").is_file():
            return None
        start_response("302 Found", [("Location", f"{quote(path)}/")])
        return [b""]

    def _missing(self, page: str, version: int, start_response: "StartResponse") -> Iterable[bytes] | None:
        """Say that there is no such page, in words that give way to it when it comes; None where there are no words."""
        words = self._error_page(404) if page.endswith(".html") else None
        if words is None:
            return None
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [self._inject_js_into_html(words, version)]  # type: ignore[no-untyped-call]  # as above

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root, f"{code}.html")
        return page.read_bytes() if page.is_file() else None


def _page_of(address: str) -> str:
    return _file_of(unquote(urlsplit(address).path))


def _file_of(path: str) -> str:
    """Return the file of the site that a path stands for, which never leads out of it."""
    return posixpath.normpath("/" + (f"{path}index.html" if path.endswith("/") else path)).lstrip("/")


def _opened(places: Iterable[str]) -> BinaryIO | None:
    """Open the first of several files that is there: what is made moves into its place at any moment."""
    for place in places:
        with suppress(OSError):
            return Path(place).open("rb")
    return None


def _size_of(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size
