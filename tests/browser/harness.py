"""A folder served like a website, and a page that remembers everything that went wrong in it."""

import functools
import http.server
import io
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

_REPORT_POLICY_VIOLATION = """
document.addEventListener("securitypolicyviolation", (event) =>
    reportPolicyViolation(`${event.effectiveDirective} ${event.blockedURI}`));
"""

_INSIDE_SCHEMES = frozenset({"about", "blob", "data", "file"})

# Chromium writes the radical into a PDF where radical and character share a glyph: 目 comes back as U+2F6C.
# These have no decomposition in Unicode, or one to a character that is not written so here; the others do.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾⾭",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户青",
)
_DECOMPOSING_RADICAL = re.compile("[\u2e80-\u2fdf]")


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    # Connections stay open, as on a real server; the default makes a new one for each file.
    protocol_version = "HTTP/1.1"
    # Head and body go out apart; without this the system holds the second back for forty milliseconds.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing: a missing file shows in the page's console errors."""


class _Server(http.server.ThreadingHTTPServer):
    # A browser keeps connections open; closing the server must not wait for it to let go.
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that closes a page drops its connections in the middle of answers."""


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine and give its address, without a slash at the end."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page in a browser context of its own, with what happened in it since it was opened."""

    page: Page
    host: str
    """Host and port that the page may ask; empty for a page opened from a folder."""
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    policy_violations: list[str] = field(default_factory=list)
    """What the Content-Security-Policy forbade. Without JavaScript they show in `console_errors` alone."""
    outside_requests: list[str] = field(default_factory=list)
    """Addresses on other hosts that the page asked for, even where its own policy stopped it."""

    def faults(self) -> list[str]:
        """Return all that went wrong so far, one line each."""
        # Events arrive only while Playwright runs: one round trip lets those under way come in.
        self.page.title()
        return [
            *(f"console error: {text}" for text in self.console_errors),
            *(f"uncaught error: {text}" for text in self.page_errors),
            *(f"Content-Security-Policy violation: {text}" for text in self.policy_violations),
            *(f"outside request: {text}" for text in self.outside_requests),
        ]

    def assert_clean(self) -> None:
        """Fail unless nothing went wrong."""
        __tracebackhide__ = True
        faults = self.faults()
        assert not faults, "\n".join([self.page.url, *faults])


def open_in(context: BrowserContext, url: str) -> OpenPage:
    """Open an address in a new page of the context and wait until it has loaded."""
    opened = OpenPage(page=context.new_page(), host=urlsplit(url).netloc)
    context.on("console", lambda message: _note(opened.console_errors, message.text, when=message.type == "error"))
    context.on("weberror", lambda error: opened.page_errors.append(str(error.error)))
    context.on(
        "request",
        lambda request: _note(opened.outside_requests, request.url, when=_is_outside(request.url, opened.host)),
    )
    context.expose_binding(
        "reportPolicyViolation", lambda _source, violation: opened.policy_violations.append(violation)
    )
    context.add_init_script(_REPORT_POLICY_VIOLATION)
    opened.page.goto(url, wait_until="load")
    return opened


def _note(notes: list[str], text: str, *, when: bool) -> None:
    if when:
        notes.append(text)


def _is_outside(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in _INSIDE_SCHEMES and parts.netloc != host


def horizontal_overflow(page: Page) -> int:
    """Return by how many CSS pixels the page is wider than its window; 0 means no sideways scrolling."""
    overflow = page.evaluate(
        "() => { const root = document.scrollingElement; return root.scrollWidth - root.clientWidth; }"
    )
    return int(overflow)


def pdf_pages(page: Page) -> list[str]:
    """Print the page on A4 and return the text of each sheet, without blanks between characters and lines."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    return [_as_typed(sheet.extract_text()) for sheet in reader.pages]


def pdf_text(page: Page) -> str:
    """Print the page on A4 and return its text, all sheets in one."""
    return "".join(pdf_pages(page))


def _as_typed(text: str) -> str:
    # Where a line of Chinese is broken says nothing, and neither do the blanks that extraction puts between cells.
    joined = "".join(text.translate(_RADICALS).split())
    return _DECOMPOSING_RADICAL.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), joined)
