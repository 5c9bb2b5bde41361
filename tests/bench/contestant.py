"""A generator that takes part: a project of its own made of the same records, its commands and its edits."""

import json
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from tests.bench.corpus import PER_UNIT, PER_YEAR, address, make_record, unit_name
from tests.bench.sheets import make_sheet


class Step(StrEnum):
    """What is measured, in the order of a round; each builds on what the one before left behind."""

    COLD = "cold"
    UNCHANGED = "unchanged"
    RECORD = "record"
    PREVIEW = "preview"
    TEMPLATE = "template"
    PACK = "pack"
    CHECK = "check"
    RECHECK = "recheck"
    PAGES = "pages"


BUILDS_ON = {
    Step.UNCHANGED: Step.COLD,
    Step.RECORD: Step.COLD,
    Step.PREVIEW: Step.COLD,
    Step.TEMPLATE: Step.COLD,
    Step.PACK: Step.COLD,
    Step.RECHECK: Step.CHECK,
}
"""Steps that make nothing from nothing, and the step that has to come before."""

ONLY_OURS = frozenset({Step.PACK, Step.CHECK, Step.RECHECK, Step.PAGES})
"""What no other generator does."""


class VoidError(Exception):
    """A comparison would be worthless: a generator does not show what it should."""


class Contestant(ABC):
    """A generator with a project of `count` records in a folder."""

    key: str
    title: str
    template: Path
    """The template of the self-evaluation form, relative to the project."""
    caches: tuple[str, ...] = ()
    """What it keeps between builds, relative to the project."""
    output: str

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The folders that a build writes to."""
        return tuple(self.folder / name for name in (self.output, *self.caches))

    @property
    def edited(self) -> int:
        """The record that is edited: a self-evaluation in the middle of the corpus."""
        return self.count // 2 // PER_UNIT * PER_UNIT + PER_YEAR + 3

    @abstractmethod
    def version(self) -> str:
        """Return what it says of its version."""

    @abstractmethod
    def command(self, step: Step) -> Sequence[str] | None:
        """Return the command of a step, None where it has none."""

    @abstractmethod
    def preview_command(self, port: int) -> Sequence[str]:
        """Return the command that serves the project on this machine and follows what is saved."""

    @abstractmethod
    def make(self) -> None:
        """Make the project in an empty folder."""

    @abstractmethod
    def record_file(self, number: int) -> tuple[Path, str]:
        """Return where a record stands, relative to the project, and what the file says."""

    @abstractmethod
    def changed_record(self, number: int, text: str) -> str:
        """Return what the file says of a record of the corpus that has been edited."""

    @abstractmethod
    def page(self, number: int) -> Path:
        """Return the page of a record."""

    @abstractmethod
    def indicator_pages(self, number: int) -> Sequence[Path]:
        """Return where a record's indicators may be listed."""

    @abstractmethod
    def json_index(self) -> Path:
        """Return the file that lists all records for programs."""

    def prepare(self) -> None:
        """Make the project anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.make()

    def wipe(self) -> None:
        """Remove all that builds have left."""
        for path in self.outputs:
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)

    def reset(self) -> None:
        """Take all edits back."""
        path, text = self.record_file(self.edited)
        (self.folder / path).write_text(text, encoding="utf-8")
        self.write_template("")

    def edit_record(self, turn: int) -> str:
        """Correct one result in one record; return it as it is then."""
        text, result = corrected(make_record(self.edited), turn)
        path, _ = self.record_file(self.edited)
        (self.folder / path).write_text(self.changed_record(self.edited, text), encoding="utf-8")
        return result

    def edit_template(self, turn: int) -> None:
        """Add a line to the template of the self-evaluation form."""
        self.write_template(f"<p>{template_mark(turn)}</p>\n")

    @abstractmethod
    def write_template(self, more: str) -> None:
        """Write the template with something more at its end."""

    def edit_pack(self, turn: int) -> None:
        """Change a limit in the rule pack; those without rules are never asked to."""
        raise NotImplementedError(f"{self.title} has no rule packs (turn {turn})")

    def verify_pages(self) -> None:
        """Raise VoidError unless pages, lists and index show what the records say."""
        for number in sorted({0, 1, 3, self.count // 3, self.count // 2, self.count - 1, PER_YEAR - 1}):
            sheet = make_sheet(number)
            page = self._read(self.page(number))
            if lost := [*sheet.missing_in(page), *([] if sheet.title in page else [sheet.title])]:
                raise VoidError(f"{self.title} does not show of record {number}: {'; '.join(lost[:5])}")
        if missing := [str(path) for number in range(self.count) if not (path := self.page(number)).exists()]:
            raise VoidError(f"{self.title} has no {missing[0]} and {len(missing) - 1} more pages of records")
        listed = len(json.loads(self._read(self.json_index()))["records"])
        if listed != self.count:
            raise VoidError(f"{self.title} lists {listed} records in its index, not {self.count}")

    def verify_record_edit(self, turn: int) -> None:
        """Raise VoidError unless the record's page and the list of indicators show the corrected result."""
        _, wanted = corrected(make_record(self.edited), turn)
        listed = [path for path in self.indicator_pages(self.edited) if path.exists()]
        for pages in ([self.page(self.edited)], listed):
            if not any(wanted in self._read(path) for path in pages):
                raise VoidError(f"{self.title} does not show the edit of a record in {', '.join(map(str, pages))}")

    def verify_template_edit(self, turn: int) -> None:
        """Raise VoidError unless the first and the last self-evaluation show the edited template."""
        for number in (1, self.edited):
            if template_mark(turn) not in self._read(self.page(number)):
                raise VoidError(f"{self.title} does not show the edit of a template in {self.page(number)}")

    def _read(self, path: Path) -> str:
        if not path.exists():
            raise VoidError(f"{self.title} has not made {path}")
        return path.read_text(encoding="utf-8")


def units(count: int) -> dict[str, str]:
    """Return the folder and the name of each unit of a corpus."""
    folders = dict.fromkeys(address(number)[1] for number in range(0, count, PER_UNIT))
    return {folder: unit_name(place) for place, folder in enumerate(folders)}


def corrected(text: str, turn: int) -> tuple[str, str]:
    """Return a record's text with its first result in numbers given to more places, and that result.

    It says the same of the target, so that nothing but the figure changes, and it stands nowhere else.
    """
    found = re.search(r"\n    数量指标:\n.*?实际完成值: ([\d.]+)", text, re.DOTALL)
    if found is None:
        raise VoidError("the record to edit has no result in numbers")
    result = f"{found[1]}{turn:02d}"
    return f"{text[: found.start(1)]}{result}{text[found.end(1) :]}", result


def template_mark(turn: int) -> str:
    """Return the line that an edit adds to the template."""
    return f"测速时改动模板第{turn}次"
