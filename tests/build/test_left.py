"""A process that builds again and again starts from what the last build left in memory, and tells of pages as they come."""

import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build import pipeline
from generator.build.left import Left
from generator.build.listeners import Listeners, PagesMade
from generator.cli.building import Call, build
from tests.bench.corpus import address
from tests.build.few_records import path_of, write_few_records
from tests.site_tools import PROJECT

NUMBER = 21
"""Of a record of the project."""
PAGE = "records/{}/{}/{}.html".format(*address(NUMBER))


class Resident(NamedTuple):
    """A process that stays, and what it remembers."""

    project: Path
    left: list[Left]
    told: list[PagesMade]

    def build(self) -> None:
        """Build once more."""
        listeners = Listeners(made=self.told.append, left=self.left.append)
        report = build(self.call, listeners, self.left[-1] if self.left else None).report
        assert report.published

    @property
    def call(self) -> Call:
        """The build it does."""
        return Call(self.project / "mkdocs.yml", jobs=1)

    def edit(self, figure: str) -> None:
        """Let the record print another result in its first row."""
        replace_in(path_of(self.project, NUMBER), r"(完成值: ).*", rf"\g<1>{figure}")

    def page(self) -> str:
        """The record's page as it is published."""
        return (self.project / "site" / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def resident(tmp_path: Path) -> Resident:
    """Built once, long enough ago for every stamp to be trusted."""
    write_few_records(tmp_path)
    found = Resident(tmp_path, [], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.inputs._RESOLUTION", 0)
        found.build()
    found.told.clear()
    return found


def test_a_page_is_told_of_before_the_next_one_is_made(resident: Resident) -> None:
    resident.edit("61.25")
    waiting: list[list[str]] = []

    def look(made: PagesMade) -> None:
        folder = Path(made.folder)
        waiting.append(sorted(str(file.relative_to(folder)) for file in folder.rglob("*.html")))

    build(resident.call, Listeners(made=look), resident.left[-1])

    assert waiting[0] == []  # the authored file came first
    assert waiting[1] == [PAGE]
    assert len(waiting[-1]) > len(waiting[2])
    assert "61.25" in resident.page()


def test_what_is_no_record_is_not_read_again_while_it_is_as_it_was(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident.edit("61.25")
    monkeypatch.setattr(pipeline, "load_sources", partial(pytest.fail, "something was read in vain"))
    resident.build()
    assert "61.25" in resident.page()


def test_each_build_shows_what_was_changed_beside_the_records(resident: Resident) -> None:
    """What is taken over from the last build is never older than that."""
    units, about = (resident.project / "content" / name for name in ("registry/units.yaml", "pages/about.md"))
    page = PROJECT / "templates/pages/record.html"
    own = resident.project / "templates/pages/record.html"

    replace_in(units, r"(dw-00000: {名称: )[^,}]*", r"\1改名以后的单位")
    resident.build()
    assert "改名以后的单位" in resident.page()
    resident.edit("61.25")
    resident.build()
    assert "61.25" in resident.page()

    about.write_text("# 换了题目\n", encoding="utf-8")
    resident.build()
    assert "换了题目" in resident.page()

    own.parent.mkdir(parents=True)
    own.write_text("<p>多印一行</p>" + page.read_text(encoding="utf-8"), encoding="utf-8")
    resident.edit("62.25")
    resident.build()
    assert "多印一行" in resident.page()
    assert "62.25" in resident.page()


def replace_in(file: Path, pattern: str, words: str) -> None:
    """Write a file anew with the first match replaced."""
    text, count = re.subn(pattern, words, file.read_text(encoding="utf-8"), count=1)
    assert count, pattern
    file.write_text(text, encoding="utf-8")
