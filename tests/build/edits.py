"""What may happen to a project and its site between two builds, and the builds themselves."""

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from generator.build.left import Left
from generator.build.listeners import Listeners
from generator.build.order import Order
from generator.build.pipeline import build_site
from generator.build.report import BuildReport
from generator.cli.building import Call, build
from generator.configuration import load_settings
from generator.errors import JixiaoError
from tests.build.small_project import CHOICES, START, State, files_of_project
from tests.site_tools import files_of

DAYS = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 7, 1))
"""Around the end of the waivers in the small project."""


class Edit(NamedTuple):
    """Something in a place of the project becomes another thing."""

    place: str
    to: str
    how: str = "written"
    """written, replaced (by another file), or quietly: with the times and, where it can be, the size it had before."""


class Touch(NamedTuple):
    """A file of the project gets another time, or is written anew with the very same content."""

    number: int
    how: str
    """touched or rewritten."""


class Site(NamedTuple):
    """Somebody does something to a file of the site."""

    number: int
    how: str
    """deleted, replaced, overwritten, or its folder deleted."""
    below: str = ""
    """Only the files whose paths start so are counted."""


class Kept(NamedTuple):
    """Somebody does something to a file of the cache."""

    number: int
    how: str
    """deleted, flipped, cut, or all deleted."""


class Elsewhere(NamedTuple):
    """Another site of the same project is built, with what is kept of records in common."""

    how: str
    """preview, internal, or other: by another configuration."""


class Commit(NamedTuple):
    """What authors wrote is committed to git, so that pages show its date."""

    day: int


class Build(NamedTuple):
    """A build of the site."""

    day: int = 0
    jobs: int = 1
    keep_going: bool = True
    internal: bool = False
    stays: bool = False
    """Whether by the process that built last, which remembers what it left."""


Step = Edit | Touch | Site | Kept | Elsewhere | Commit | Build


class Outcome(NamedTuple):
    """What a build came to."""

    report: BuildReport | None
    error: str
    """Why there was no build at all."""

    @property
    def is_published(self) -> bool:
        return self.report is not None and self.report.published


class Workshop:
    """A project, its site, and what is done to them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = folder / "project"
        self.site = folder / "site"
        self.folder = folder
        self.state: State = dict(START)
        self._monkeypatch = monkeypatch
        self.files: dict[str, bytes] = {}
        """What the project consists of, by path."""
        self._cleaned = 0
        self._left: Left | None = None
        self.write("written")

    def take(self, step: Step) -> None:
        """Do what a step says; nothing where it does not apply."""
        match step:
            case Edit(place, to, how):
                self.state[place] = to
                self.write(how)
            case Touch(number, how):
                self._touch(number, how)
            case Site(number, how, below):
                self._meddle(number, how, below)
            case Kept(number, how):
                self._damage_cache(number, how)
            case Elsewhere(how):
                self._build_elsewhere(how)
            case Commit(day):
                self._commit(day)
            case Build():
                self.build(step)

    def edit(self, place: str, to: str, how: str = "written") -> None:
        """Change something in the project."""
        assert to in CHOICES[place]
        self.take(Edit(place, to, how))

    def write(self, how: str) -> None:
        """Bring the files of the project to what its state says."""
        wanted = files_of_project(self.state)
        for path in self.files.keys() - wanted.keys():
            (self.project / path).unlink()
            _remove_empty((self.project / path).parent, self.project / "content/records")
        for path, content in wanted.items():
            if self.files.get(path) != content:
                _write(self.project / path, content, how)
        self.files = wanted

    def build(self, how: Build) -> Outcome:
        """Build the site as somebody would who built it before."""
        call = Call(self.project / "mkdocs.yml", self.site, how.keep_going, how.internal, jobs=how.jobs)
        return self._attempted(lambda: self._called(call, how))

    def build_clean(self, how: Build) -> tuple[Outcome, Path]:
        """Build the same site into a new folder, with nothing known from before."""
        self._cleaned += 1
        site = self.folder / f"clean {self._cleaned}"
        return self._attempted(lambda: self._fresh(how, site)), site

    def _fresh(self, how: Build, site: Path) -> BuildReport:
        settings = load_settings(self.project / "mkdocs.yml")
        settings = replace(settings, internal=settings.internal or how.internal)
        return build_site(
            Order(
                settings=settings,
                site_dir=site,
                keep_going=how.keep_going or settings.keep_going,
                live=False,
                today=DAYS[how.day],
                kept=self.folder / f"kept {self._cleaned}" / "site",
                cache_dir=self.folder / f"kept {self._cleaned}",
                jobs=1,
            )
        )

    def forget_clean(self) -> None:
        """Remove what clean builds left."""
        for number in range(1, self._cleaned + 1):
            for name in ("clean", "kept"):
                shutil.rmtree(self.folder / f"{name} {number}", ignore_errors=True)

    def _called(self, call: Call, how: Build) -> BuildReport:
        seconds = datetime.combine(DAYS[how.day], datetime.min.time(), UTC).timestamp()
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))
        return build(call, Listeners(left=self._keep), self._left if how.stays else None).report

    def _keep(self, left: Left) -> None:
        self._left = left

    @staticmethod
    def _attempted(make: Callable[[], BuildReport]) -> Outcome:
        try:
            return Outcome(make(), "")
        except JixiaoError as error:
            return Outcome(None, str(error))
        finally:
            # A command ends after its build, and leaves collecting garbage off.
            gc.enable()

    def _build_elsewhere(self, how: str) -> None:
        site = self.folder / f"elsewhere {how}"
        name = "other.yml" if how == "other" else "mkdocs.yml"
        call = Call(
            self.project / name, site, keep_going=True, internal=how == "internal", live=how == "preview", jobs=1
        )
        self._attempted(lambda: self._called(call, Build()))

    def _commit(self, day: int) -> None:
        when = f"2025-0{1 + day}-15T12:00:00Z"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        nobody = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid"]
        for command in (["init", "-q"], ["add", "content"], [*nobody, "commit", "-q", "--allow-empty", "-m", "表"]):
            subprocess.run(["git", *command], cwd=self.project, env={**os.environ, **dates}, check=True)

    def _touch(self, number: int, how: str) -> None:
        path = self.project / sorted(self.files)[number % len(self.files)]
        if how == "touched":
            path.touch()
        else:
            path.write_bytes(path.read_bytes())

    def _meddle(self, number: int, how: str, below: str) -> None:
        paths = [path for path in files_of(self.site) if path.startswith(below) and not path.startswith(".")]
        if not paths:
            return
        path = self.site / paths[number % len(paths)]
        if how == "folder deleted" and path.parent != self.site:
            shutil.rmtree(path.parent)
            return
        content = path.read_bytes()
        if how in ("deleted", "folder deleted", "replaced"):
            path.unlink()
        if how in ("replaced", "overwritten"):
            path.write_bytes(content[: len(content) // 2] + b"?")

    def _damage_cache(self, number: int, how: str) -> None:
        cache = self.project / ".jixiao-cache"
        paths = sorted(path for path in cache.rglob("*") if path.is_file())
        if not paths:
            return
        path = paths[number % len(paths)]
        content = path.read_bytes()
        if how == "all deleted":
            shutil.rmtree(cache)
        elif how == "deleted":
            path.unlink()
        elif how == "cut":
            path.write_bytes(content[: len(content) // 2])
        else:
            middle = len(content) * 2 // 3
            path.write_bytes(content[:middle] + bytes([content[middle] ^ 0x41]) + content[middle + 1 :])


def _write(path: Path, content: bytes, how: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat() if path.exists() else None
    if how == "replaced":
        other = path.with_name(f".{path.name}~")
        other.write_bytes(content)
        other.replace(path)
    else:
        path.write_bytes(content)
    if how == "quietly" and before is not None:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield what is not the same in two sites."""
    ours, theirs = files_of(one), files_of(other)
    for path in sorted(ours.keys() | theirs.keys()):
        if path not in theirs:
            yield f"{path} should not be there"
        elif path not in ours:
            yield f"{path} is missing"
        elif ours[path] != theirs[path]:
            yield f"{path} differs"


def stamped(site: Path) -> dict[str, tuple[int, bytes]]:
    """Return when each file of a site was written, and what it says; our own notes aside."""
    files = files_of(site) if site.is_dir() else {}
    return {
        path: ((site / path).stat().st_mtime_ns, content)
        for path, content in files.items()
        if not path.startswith(".jixiao")
    }
