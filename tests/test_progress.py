"""What a build shows while it works, and what it tells programs afterwards."""

import io
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main, progress
from generator.cli.progress import progress_for
from tests.bench.corpus import write_corpus
from tests.site_tools import PROJECT, TESTS, copied, files_of

KEYS = [
    "records", "pages", "written", "unchanged", "removed", "published", "failed", "findings", "rule_findings", "seconds",
    "peak_memory",
]  # fmt: skip
ERASE = "\r\x1b[K"
OWN_FORM = TESTS / "sites/own_form"


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """What the one line showed, one time after the other."""
        return self.getvalue().split(ERASE)[1:]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return what lets so many seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def shown(stream: io.StringIO, steps: Sequence[tuple[str, int, int]], wait: Callable[[float], None]) -> None:
    with progress_for(stream, quiet=False) as tell:
        for what, done, total in steps:
            tell(what, done, total)
            wait(1)


def test_a_terminal_sees_how_far_it_is_how_fast_and_what_is_left(clock: Callable[[float], None]) -> None:
    screen = Screen()
    shown(screen, [("读取检查", 0, 480), ("读取检查", 120, 480), ("读取检查", 480, 480)], clock)

    assert screen.lines == [
        f"读取检查 [{'-' * 20}] 0/480",
        f"读取检查 [{'#' * 5}{'-' * 15}] 120/480，每秒 120 份，还要约 3 秒",
        f"读取检查 [{'#' * 20}] 480/480，每秒 240 份",
        "",
    ]


def test_the_bar_is_gone_when_the_build_ends_even_badly() -> None:
    screen = Screen()

    def fail() -> None:
        with progress_for(screen, quiet=False) as tell:
            tell("读取检查", 1, 2)
            raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        fail()

    assert screen.getvalue().endswith(ERASE)


def test_a_terminal_is_not_written_to_more_often_than_one_can_read(clock: Callable[[float], None]) -> None:
    screen = Screen()
    with progress_for(screen, quiet=False) as tell:
        for done in range(1000):
            tell("生成页面", done, 1000)
            clock(0.001)
        tell("生成页面", 1000, 1000)

    assert 5 < len(screen.lines) < 20
    assert "1000/1000" in screen.lines[-2], "the last one is shown in any case"


@pytest.mark.parametrize("seconds", [0.01, 1, 600, 36_000])
def test_the_bar_fits_into_eighty_columns_of_a_chinese_terminal(clock: Callable[[float], None], seconds: float) -> None:
    """A line that is broken cannot be written over: every further one would stay."""
    screen = Screen()
    with progress_for(screen, quiet=False) as tell:
        tell("读取检查", 0, 1_000_000)
        clock(seconds)
        tell("读取检查", 123_456, 1_000_000)

    assert max(map(columns, screen.lines)) < 80, screen.lines


def columns(line: str) -> int:
    """Return the columns a line takes where, as in China, characters of ambiguous width are wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def test_nothing_to_do_shows_nothing(clock: Callable[[float], None]) -> None:
    screen, log = Screen(), io.StringIO()
    for stream in (screen, log):
        shown(stream, [("读取检查", 0, 0)], clock)

    assert screen.getvalue() in ("", ERASE)
    assert log.getvalue() == ""


def test_a_log_gets_a_line_for_every_tenth(clock: Callable[[float], None]) -> None:
    log = io.StringIO()
    shown(log, [("读取检查", done, 2000) for done in range(0, 2001, 50)], clock)
    lines = log.getvalue().splitlines()

    assert len(lines) == 10
    assert lines[0] == "读取检查：200/2000，每秒 50 份，还要约 36 秒"
    assert lines[-1] == "读取检查：2000/2000，每秒 50 份"
    assert "\x1b" not in log.getvalue()
    assert "\r" not in log.getvalue()


def test_a_log_counts_each_thing_done_afresh(clock: Callable[[float], None]) -> None:
    log = io.StringIO()
    shown(log, [("读取检查", 0, 600), ("读取检查", 600, 600), ("生成页面", 0, 600), ("生成页面", 600, 600)], clock)

    assert log.getvalue() == "读取检查：600/600，每秒 600 份\n生成页面：600/600，每秒 600 份\n"


def test_a_log_is_spared_the_progress_of_few_records(clock: Callable[[float], None]) -> None:
    log = io.StringIO()
    shown(log, [("读取检查", done, 499) for done in range(500)], clock)

    assert log.getvalue() == ""


def test_quiet_is_quiet_on_a_terminal_too(clock: Callable[[float], None]) -> None:
    screen = Screen()
    with progress_for(screen, quiet=True) as tell:
        tell("读取检查", 5, 10)
        clock(1)
        tell("读取检查", 10, 10)

    assert screen.getvalue() == ""


def on_a_terminal(*arguments: str) -> tuple[int, str, str]:
    """Run the command with its messages on a terminal; return the exit code, what was printed, and the terminal's."""
    pty = pytest.importorskip("pty", reason="Windows has other terminals")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "generator.cli", *arguments], cwd=PROJECT, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:
                break  # how Linux says that nobody is at the other end any more
            if not block:
                break
            seen += block
        os.close(ours)
        printed = process.stdout.read().decode() if process.stdout else ""
        code = process.wait()
    return code, printed, seen.decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_on_a_terminal_shows_both_halves_and_cleans_up(tmp_path: Path, jobs: str) -> None:
    write_corpus(tmp_path / "project", 130)
    config = str(tmp_path / "project/mkdocs.yml")
    code, printed, seen = on_a_terminal("build", "-j", jobs, "-f", config, "-d", str(tmp_path / "site"))

    assert code == 0
    assert re.search(r"读取检查 \[[#-]{20}\] 130/130，每秒 [\d,]+ 份", seen)
    assert re.search(r"生成页面 \[[#-]{20}\] 130/130，每秒 [\d,]+ 份", seen)
    assert seen.endswith(ERASE)
    assert "\n" not in seen, "all in one line"
    assert printed.startswith("读入 130 份记录\n")
    assert "\x1b" not in printed


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_neither_quiet_nor_json_show_a_bar(tmp_path: Path, option: str) -> None:
    config = str(copied(OWN_FORM, tmp_path / "project") / "mkdocs.yml")
    code, _, seen = on_a_terminal("build", option, "-f", config, "-d", str(tmp_path / "site"))

    assert (code, seen) == (0, "")


def test_a_log_gets_lines_and_no_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_FEW", 1)
    config = str(copied(PROJECT, tmp_path / "project") / "mkdocs.yml")
    assert main(["build", "-j", "1", "-f", config, "-d", str(tmp_path / "site")]) == 0
    told = capsys.readouterr()

    assert re.search(r"^读取检查：(\d+)/\1", told.err, re.MULTILINE)
    assert re.search(r"^生成页面：(\d+)/\1", told.err, re.MULTILINE)
    assert "\x1b" not in told.err
    assert "读取检查" not in told.out


def summary_of(capsys: pytest.CaptureFixture[str], project: Path, site: Path, *more: str, code: int = 0) -> Any:  # noqa: ANN401  as JSON
    assert main(["build", "--json", "-f", str(project / "mkdocs.yml"), "-d", str(site), *more]) == code
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return json.loads(printed)


def test_the_summary_for_programs_counts_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, site = copied(PROJECT, tmp_path / "project"), tmp_path / "site"
    first = summary_of(capsys, project, site)
    files = [path for path in files_of(site) if not path.startswith(".")]
    records = [path for path in (project / "content/records").rglob("*") if path.suffix in (".yaml", ".md")]

    assert list(first) == KEYS
    assert first["records"] == len(records)
    assert first["pages"] == sum(path.endswith(".html") for path in files)
    assert (first["written"], first["unchanged"], first["removed"]) == (len(files), 0, 0)
    assert first["published"] is True
    assert first["failed"] == []
    assert first["findings"] == {"error": 0, "warning": 0, "note": 0}
    assert list(first["seconds"]) == ["read", "build", "site", "write"]
    assert all(0 <= seconds < 100 for seconds in first["seconds"].values())
    assert first["seconds"]["build"] > 0


def test_the_rules_findings_are_those_that_the_check_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "project"
    write_corpus(project, 60)
    counted = summary_of(capsys, project, tmp_path / "site")["rule_findings"]
    main(["check", "-f", str(project / "mkdocs.yml"), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]

    assert sum(counted.values()) > 10
    assert counted == {name: sum(one["severity"] == name for one in found) for name in counted}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody counts there")
def test_the_summary_says_how_much_memory_it_took(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    peak = summary_of(capsys, copied(OWN_FORM, tmp_path / "project"), tmp_path / "site")["peak_memory"]

    assert 10 << 20 < peak < 4 << 30, "in bytes"


def test_the_summary_tells_what_a_second_build_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, site = copied(PROJECT, tmp_path / "project"), tmp_path / "site"
    first = summary_of(capsys, project, site)
    second = summary_of(capsys, project, site)
    before = files_of(site)
    (project / "content/records/2024/xidu/zhuanhu.yaml").unlink()
    third = summary_of(capsys, project, site)
    after = files_of(site)
    changed = [path for path, content in after.items() if before.get(path) != content and not path.startswith(".")]

    assert (second["written"], second["unchanged"], second["removed"]) == (0, first["written"], 0)
    assert second["records"] == first["records"]
    assert second["pages"] == first["pages"]
    assert second["rule_findings"] == first["rule_findings"]
    assert third["records"] == first["records"] - 1
    assert third["removed"] == len(before.keys() - after.keys()) == 5
    assert third["written"] == len(changed)
    assert third["written"] + third["unchanged"] + third["removed"] == first["written"]


def test_a_build_that_found_nothing_to_do_says_the_same_as_the_one_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.build.inputs._RESOLUTION", 0)  # as if the files were old
    project, site = copied(PROJECT, tmp_path / "project"), tmp_path / "site"
    first = summary_of(capsys, project, site)
    second = summary_of(capsys, project, site)

    assert list(second) == KEYS
    assert second | {"seconds": 0, "peak_memory": 0} == first | {
        "written": 0, "unchanged": first["written"], "seconds": 0, "peak_memory": 0,
    }  # fmt: skip


def test_the_summary_names_what_could_not_be_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, site = copied(PROJECT, tmp_path / "project"), tmp_path / "site"
    name = "content/records/2024/xidu/zhuanhu.yaml"
    (project / name).write_text("表样: [\n", encoding="utf-8")
    refused = summary_of(capsys, project, site, code=1)

    assert refused["published"] is False
    assert refused["failed"] == [name]
    assert refused["findings"]["error"] > 0
    assert (refused["pages"], refused["written"], refused["unchanged"], refused["removed"]) == (0, 0, 0, 0)
    assert not site.exists()

    others = summary_of(capsys, project, site, "--keep-going", code=1)
    assert others["published"] is True
    assert others["failed"] == [name]
    assert others["records"] == refused["records"]
    assert others["pages"] > 0
