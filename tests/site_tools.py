"""Build whole sites in tests, and read the pages that come out."""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from generator.build.order import Order
from generator.build.pipeline import build_site
from generator.build.report import BuildReport
from generator.configuration import load_settings

PROJECT = Path(__file__).parent.parent
TESTS = Path(__file__).parent
TODAY = date(2025, 3, 31)
"""On which tests build, whatever the clock says."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INLINE = frozenset("a abbr b code em small span strong svg time title wbr use rect i sup sub".split())


def order_for(project: Path, site: Path, *, keep_going: bool = False, jobs: int = 1) -> Order:
    """Return the order to build the site of a project folder, with what is kept of it beside the site."""
    kept = site.parent / f"{site.name}.kept"
    settings = load_settings(project / "mkdocs.yml")
    return Order(
        settings=settings,
        site_dir=site,
        keep_going=keep_going,
        live=False,
        today=TODAY,
        kept=kept / "site",
        cache_dir=kept,
        jobs=jobs,
        watched=(str((project / "mkdocs.yml").absolute()),),
    )


def build(project: Path, site: Path, *, keep_going: bool = False) -> BuildReport:
    """Build the site of a project folder, or bring it up to date."""
    return build_site(order_for(project, site, keep_going=keep_going))


_EXPORTS = re.compile(r"\n(?: +#.*\n)* +exports: .*$", re.MULTILINE)
"""The option as the project's own configuration has it, last below the plugin."""


def copied(project: Path, target: Path) -> Path:
    """Copy a project's configuration, content and templates, so that a test may change them.

    The copy offers no documents for download, for they take longer to make than all the rest of a site.
    """
    target.mkdir(parents=True)
    configuration = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (target / "mkdocs.yml").write_text(_EXPORTS.sub("", configuration), encoding="utf-8")
    for name in ("content", "templates"):
        if (project / name).is_dir() and project != PROJECT:
            shutil.copytree(project / name, target / name)
    if project == PROJECT:
        shutil.copytree(PROJECT / "content", target / "content")
    return target


def write_files(folder: Path, files: Iterable[tuple[str, str]]) -> Path:
    """Write text files below a folder."""
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def files_of(site: Path) -> dict[str, bytes]:
    """Return every file of a site by path."""
    names = (f"{folder}/{name}" for folder, _, names in os.walk(site) for name in names)
    files = filter(os.path.isfile, sorted(names))
    return {name.removeprefix(f"{site}/"): Path(name).read_bytes() for name in files}


class Link(NamedTuple):
    """Something a page refers to."""

    tag: str
    target: str
    rel: str = ""


class Document(HTMLParser):
    """One page: its text, its ids and what it refers to.

    Blocks and cells stand on lines of their own; the authored file shown at the end of a record's page is left out,
    for it holds every figure whatever the page itself does.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.text = ""
        self.places: dict[str, int] = {}
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.lang = ""
        self.title = ""
        self._open: list[str] = []
        self._hidden_at: int | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
            self.places[values["id"]] = len(self.text)
        self.links += [
            Link(tag, values[key], values.get("rel", ""))
            for key in ("href", "src", "action", "data", "poster")
            if values.get(key)
        ]
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag not in _INLINE:
            self.text += "\n"
        if tag in _VOID:
            return
        self._open.append(tag)
        hidden = tag in ("script", "style", "head", "svg") or "source" in values.get("class", "").split()
        if hidden and self._hidden_at is None:
            self._hidden_at = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if self._hidden_at is not None and len(self._open) < self._hidden_at:
            self._hidden_at = None
        if tag not in _INLINE:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "head" in self._open:
            self.title += data
        if self._hidden_at is None:
            self.text += data

    def between(self, start: str, end: str) -> str:
        """Return the text from one id to another."""
        return self.text[self.places[start] : self.places[end]]


@cache
def document(path: Path) -> Document:
    """Read a page."""
    return Document(path.read_text(encoding="utf-8"))


def lines_of(text: str) -> list[str]:
    """Return the lines that say something, without superfluous blanks."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def squeezed(text: str) -> str:
    """Return the text without blanks, for comparing what may be broken over lines."""
    return "".join(text.split())
