"""What changed since the last build: by a look at everything, beside loading the program, or where files were touched."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.glance import last_glance, look, seen_where_touched
from generator.build.today import this_day
from generator.cli.building import Call, build
from tests.build.few_records import path_of, write_few_records
from tests.site_tools import PROJECT

NUMBER = 21
"""Of a record of the project."""
ANOTHER = 45

_COMPARE = """
import os, sys
from pathlib import Path
from generator.build import side_look
from generator.build.glance import look
from generator.build.today import this_day
from generator.cli.building import Call
side_look._gains_by_a_second_process = lambda: True
if sys.argv[2:] == ["dies"]:
    side_look._tell = lambda *_: os._exit(1)
call = Call(Path(sys.argv[1]))
seen = side_look.look_while_loading(call.kept, call.options, this_day())
here = look(call.kept, call.options, this_day())
assert seen.is_unchanged == here.is_unchanged
assert seen.is_unchanged or seen == here, seen
print("as it was" if seen.is_unchanged else "changed")
"""


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """A project that has been built."""
    write_few_records(tmp_path)
    call = Call(tmp_path / "mkdocs.yml", jobs=1)
    assert build(call).report.published
    return call


def say_more(record: Path) -> None:
    record.write_text(record.read_text(encoding="utf-8") + "# 另起一行\n", encoding="utf-8")


def nothing(_project: Path) -> None:
    """Leave the project as it is."""


def edit(project: Path) -> None:
    say_more(path_of(project, NUMBER))


def add(project: Path) -> None:
    path_of(project, NUMBER).with_name("new.yaml").write_text("年度: 2023\n", encoding="utf-8")
    (project / "templates/forms").mkdir(parents=True)


def remove(project: Path) -> None:
    path_of(project, NUMBER).unlink()


def remove_from_the_site(project: Path) -> None:
    next((project / "site/records").rglob("*.html")).unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no second process looks")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (nothing, "as it was"),
        (edit, "changed"),
        (add, "changed"),
        (remove, "changed"),
        (remove_from_the_site, "changed"),
    ],
)
@pytest.mark.parametrize("child", ["tells", "dies"])
def test_what_a_second_process_sees_is_what_this_one_would(
    call: Call, change: Callable[[Path], None], said: str, child: str
) -> None:
    change(call.config.parent)

    command = [sys.executable, "-c", _COMPARE, str(call.config), child]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert (found.stdout.strip(), found.stderr) == (said, "")


def test_a_build_after_a_second_process_looked_writes_what_changed(call: Call) -> None:
    edit(call.config.parent)

    command = [sys.executable, "-m", "generator.cli", "build", "-q", "-f", str(call.config)]
    subprocess.run(command, cwd=PROJECT, check=True)

    record = path_of(call.config.parent, NUMBER)
    published = call.config.parent / "site" / record.relative_to(call.config.parent / "content")
    assert "另起一行" in published.read_text(encoding="utf-8")


def test_where_a_known_file_was_touched_nothing_else_is_looked_at(call: Call) -> None:
    project = call.config.parent
    edit(project)
    say_more(path_of(project, ANOTHER))
    glance = last_glance(call.kept, call.options)
    assert glance is not None

    seen = seen_where_touched(glance, [str(path_of(project, NUMBER)), str(project / "content/records/.came-and-went")])

    assert seen is not None
    assert not seen.is_unchanged
    everything = look(call.kept, call.options, this_day())
    assert everything is not None
    told = {path for path, stamp in seen.stamps["records"].items() if glance.stamps["records"][path] != stamp}
    assert told == {str(path_of(project, NUMBER))}
    assert (
        seen.stamps["records"][str(path_of(project, NUMBER))]
        == everything.stamps["records"][str(path_of(project, NUMBER))]
    )


@pytest.mark.parametrize("what", ["new", "gone", "link"])
def test_what_comes_or_goes_takes_a_look_at_everything(call: Call, what: str) -> None:
    touched = path_of(call.config.parent, NUMBER)
    glance = last_glance(call.kept, call.options)
    assert glance is not None
    if what == "new":
        touched = touched.with_name("new.yaml")
        touched.write_text("年度: 2023\n", encoding="utf-8")
    else:
        touched.unlink()
    if what == "link":
        touched.symlink_to(path_of(call.config.parent, ANOTHER))

    assert seen_where_touched(glance, [str(touched)]) is None


def test_two_records_of_two_units_are_read_by_the_process_that_builds(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starting others takes longer than reading two records, however many records their units have."""
    monkeypatch.setattr("generator.build.readers.FEW", 3)
    monkeypatch.setattr("generator.build.inputs._RESOLUTION", 0)
    edit(call.config.parent)
    assert build(call).report.written

    # A process could not be given this to do, for it stands nowhere but here.
    monkeypatch.setattr("generator.build.readers.read_there", lambda *_: None)
    say_more(path_of(call.config.parent, NUMBER))
    say_more(path_of(call.config.parent, 80))

    assert build(call._replace(jobs=2)).report.written
