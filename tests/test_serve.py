"""`jixiao serve`: what is saved is on the page by the time the browser is told to load it again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site_tools import PROJECT, copied

PATIENCE = 60
"""Seconds, on a machine that has much else to do."""
RECORD = "records/2024/xinzhuang/liangxin"
SCORE = "得分: 97.00"


class Preview(NamedTuple):
    address: str
    project: Path
    process: "subprocess.Popen[str]"
    said: Path
    """What it said so far."""

    def get(self, path: str) -> str:
        with urlopen(f"{self.address}/{path}", timeout=PATIENCE) as answer:  # noqa: S310  our own server
            return str(answer.read().decode("utf-8"))

    def save(self, text: str) -> None:
        """Save the record in one step, as careful editors do."""
        aside = self.project.parent / "aside"
        aside.write_text(text, encoding="utf-8")
        aside.replace(self.project / f"content/{RECORD}.yaml")

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                self.get("index.html")
            except URLError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the preview does not answer")

    def wait_until_it_says(self, words: str, times: int = 1) -> None:
        until = time.monotonic() + PATIENCE
        while self.said.read_text(encoding="utf-8").count(words) < times:
            assert time.monotonic() < until, self.said.read_text(encoding="utf-8")
            time.sleep(0.05)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    project = copied(PROJECT, tmp_path / "project")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    # As at a terminal that sees only what is sent at once.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "generator.cli", "serve", "--address", f"127.0.0.1:{port}"]
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(
            command, cwd=project, text=True, stdout=said, stderr=said, env={**own, "PYTHONPATH": str(PROJECT)}
        ) as process,
    ):
        found = Preview(f"http://127.0.0.1:{port}", project, process, tmp_path / "said")
        try:
            found.wait_until_it_answers()
            yield found
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()


def test_the_browser_is_told_to_reload_when_the_page_has_what_was_saved(preview: Preview) -> None:
    before = preview.get(f"{RECORD}.html")
    waits_for = re.search(r"livereload\((\d+), (\d+)\)", before)
    assert waits_for is not None
    assert "97.00" in before
    file = preview.project / f"content/{RECORD}.yaml"

    with ThreadPoolExecutor(1) as browser:
        told = browser.submit(preview.get, f"livereload/{waits_for[1]}/{waits_for[2]}")
        preview.save(file.read_text(encoding="utf-8").replace(SCORE, "得分: 87.65"))
        assert int(told.result(PATIENCE)) > int(waits_for[1])

    after = preview.get(f"{RECORD}.html")
    assert "87.65" in after
    assert "87.65" in preview.get("years/2024.html")


def test_a_slip_is_told_and_put_right_by_the_next_save(preview: Preview) -> None:
    file = preview.project / f"content/{RECORD}.yaml"
    good = file.read_text(encoding="utf-8")
    preview.save(good + "得分 100\n")
    preview.wait_until_it_says(f"content/{RECORD}.yaml:")

    preview.save(good.replace(SCORE, "得分: 87.65"))
    preview.wait_until_it_says("个页面：写入", times=3)

    assert "87.65" in preview.get(f"{RECORD}.html")


def test_reading_what_was_saved_is_no_reason_to_build_again(preview: Preview) -> None:
    file = preview.project / f"content/{RECORD}.yaml"
    preview.save(file.read_text(encoding="utf-8") + "得分 100\n")
    preview.wait_until_it_says(f"content/{RECORD}.yaml:")
    time.sleep(1)

    assert preview.said.read_text(encoding="utf-8").count("Detected file changes") == 1


def test_ctrl_c_ends_it(preview: Preview) -> None:
    preview.process.send_signal(signal.SIGINT)

    assert preview.process.wait(PATIENCE) == 130
