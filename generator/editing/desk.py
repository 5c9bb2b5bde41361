"""What all pages of one run share: the project, what was read of it, and how pages are drawn."""

import contextlib
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

from generator.build.published_list import list_of, read_history
from generator.check.packs.pack_library import load_packs
from generator.editing.draft_check import Checker
from generator.editing.messages import Response, page
from generator.editing.record_files import RecordFiles
from generator.exchange.form_grids import form_environment
from generator.forms.definitions import load_forms
from generator.load.registry import load_registry
from generator.render.environment import make_environment
from generator.settings import Settings

_MOST_NOTICES = 100


class Desk:
    """The project on the desk of one person."""

    def __init__(self, settings: Settings, form_secret: str, today: Callable[[], date]) -> None:
        self.settings = settings
        self.forms = load_forms(settings.template_dirs)
        self.files = RecordFiles(settings, self.forms)
        self.form_environment = form_environment(settings.template_dirs)
        self.environment = make_environment(settings.template_dirs)
        self.writing = Lock()
        """Held while a file is written or git is asked to commit: browsers send what they like at once."""
        self.touched: set[str] = set()
        """Addresses of the records that were written in this run."""
        self._form_secret = form_secret
        self._today = today
        self._checker: tuple[tuple[object, ...], Checker] | None = None
        self._notices: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    @property
    def checker(self) -> Checker:
        """What decides how a record is checked, read anew where the registry, a pack or what was published is another."""
        settings, today = self.settings, self._today()
        place = list_of(settings.project_dir)
        stamps = (today, *_stamps(settings.registry_dir), *_stamps(settings.rule_packs_dir), *_stamps(place.parent))
        if self._checker is None or self._checker[0] != stamps:
            packs = load_packs(settings.rule_packs_dir, settings.project_dir)
            registry = load_registry(settings.registry_dir, settings.project_dir).registry
            published = read_history(place)
            self._checker = stamps, Checker(self.forms, packs, settings.rule_packs, registry, today, published)
        return self._checker[1]

    @cached_property
    def _project(self) -> str:
        """What a browser keeps is kept for a project: the next one may have the same port."""
        return hashlib.sha256(str(self.settings.project_dir.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[
            :16
        ]

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """Names of the styles that every page of the site links, the project's own among them: forms look the same."""
        names = {path.name for folder in self.settings.template_dirs for path in (folder / "assets").glob("*.css")}
        return tuple(sorted(names))

    def draw(self, template: str, status: int = 200, **facts: object) -> Response:
        """Answer a page of ours."""
        shared = {
            "token": self._form_secret, "site_name": self.settings.site_name, "styles": self.styles,
            "project": self._project,
        }  # fmt: skip
        html = self.environment.get_template(f"editing/{template}").render(**shared, **facts)
        return page(html, status)

    def message(self, words: str, status: int = 200, back: str = "/") -> Response:
        """Answer a page that says one thing."""
        return self.draw("message.html", status, words=words, back=back)

    def note(self, *lines: str) -> str:
        """Keep some words for the next page and return the key to ask for them by."""
        key = secrets.token_urlsafe(8)
        self._notices[key] = lines
        while len(self._notices) > _MOST_NOTICES:
            self._notices.popitem(last=False)
        return key

    def noted(self, key: str) -> tuple[str, ...]:
        """Return the words kept under a key, once."""
        return self._notices.pop(key, ())


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            stat = path.stat()
            yield str(path), stat.st_mtime_ns, stat.st_size
