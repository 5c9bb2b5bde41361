"""`jixiao serve`: what is saved is on the page by the time the browser is told to load it again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from generator.build.listeners import PagesMade
from generator.cli.preview import PreviewServer
from tests.site_tools import PROJECT, copied

PATIENCE = 60
"""Seconds, on a machine that has much else to do."""
RECORD = "records/2024/xinzhuang/liangxin"
STYLE = "templates/assets/jixiao.css"
SCORE = "得分: 97.00"


class Preview(NamedTuple):
    address: str
    project: Path
    process: "subprocess.Popen[str]"
    said: Path
    """What it said so far."""

    def get(self, path: str, asked_by: str = "") -> str:
        asking = {"Referer": f"{self.address}/{asked_by}"} if asked_by else {}
        request = Request(f"{self.address}/{path}", headers=asking)  # noqa: S310  our own server
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  as above
            return str(answer.read().decode("utf-8"))

    def wait_for_news(self, page: str, seen: str) -> str:
        """Wait as the script of a page does that was `seen`, and load the page again when it is told to."""
        self.wait_until_told(page, seen)
        return self.get(page)

    def wait_until_told(self, page: str, seen: str) -> None:
        waits_for = re.search(r"livereload\((\d+), (\d+)\)", seen)
        assert waits_for is not None
        assert int(self.get(f"livereload/{waits_for[1]}/{waits_for[2]}", page)) > int(waits_for[1])

    def words_for_missing(self, path: str) -> str:
        """Wait until there is no such page, and return what is said instead."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                self.get(path)
            except HTTPError as error:
                return error.read().decode("utf-8")
        pytest.fail(f"{path} is still there")

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


@contextmanager
def serving(project: Path) -> Iterator[Preview]:
    """Start a preview, and end it as its user does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    said = project.parent / f"said {port}"
    # As at a terminal that sees only what is sent at once.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "generator.cli", "serve", "--address", f"127.0.0.1:{port}"]
    with (
        said.open("w") as out,
        subprocess.Popen(
            command, cwd=project, text=True, stdout=out, stderr=out, env={**own, "PYTHONPATH": str(PROJECT)}
        ) as process,
    ):
        found = Preview(f"http://127.0.0.1:{port}", project, process, said)
        try:
            found.wait_until_it_answers()
            yield found
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    found = copied(PROJECT, tmp_path / "project")
    (found / STYLE).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT / STYLE, found / STYLE)
    return found


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    with serving(project) as found:
        yield found


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


def test_each_page_is_told_once_it_shows_what_was_saved(preview: Preview) -> None:
    """The record's own page is made before lists of the whole site, and need not wait for them."""
    record, listed = f"{RECORD}.html", "years/2024.html"
    before = {page: preview.get(page) for page in (record, listed)}
    text = (preview.project / f"content/{RECORD}.yaml").read_text(encoding="utf-8")

    with ThreadPoolExecutor(2) as browsers:
        told = {page: browsers.submit(preview.wait_for_news, page, before[page]) for page in before}
        preview.save(text.replace(SCORE, "得分: 87.65"))
        after = {page: one.result(PATIENCE) for page, one in told.items()}

    assert "87.65" in after[record]
    assert "87.65" in after[listed]
    # Neither has to be loaded a second time.
    preview.wait_until_it_says("个页面：写入", times=2)
    assert re.search(r"livereload\((\d+)", after[record])[1] == re.search(r"livereload\((\d+)", after[listed])[1]  # type: ignore[index]  # found above


def test_what_nobody_told_of_is_found_right_after(preview: Preview) -> None:
    """A folder that was moved here is told of as a folder alone; its files are found when another file is saved."""
    elsewhere = shutil.copytree(preview.project / "content/records/2024", preview.project.parent / "2031")
    for record in elsewhere.rglob("*.yaml"):
        record.write_text(record.read_text(encoding="utf-8").replace("年度: 2024", "年度: 2031"), encoding="utf-8")
    elsewhere.rename(preview.project / "content/records/2031")

    text = (preview.project / f"content/{RECORD}.yaml").read_text(encoding="utf-8")
    preview.save(text.replace(SCORE, "得分: 87.65"))

    years = preview.get("years.html")
    while "2031年度" not in years:
        years = preview.wait_for_news("years.html", years)
    assert "87.65" in preview.get(f"{RECORD}.html")


def test_a_save_is_not_lost_where_more_has_happened_than_was_told(preview: Preview) -> None:
    page = preview.get(f"{RECORD}.html")
    # Of what is below a folder that is moved away nobody tells.
    (preview.project / "content/records/2023").rename(preview.project.parent / "2023")

    text = (preview.project / f"content/{RECORD}.yaml").read_text(encoding="utf-8")
    preview.save(text.replace(SCORE, "得分: 87.65"))

    assert "87.65" in preview.wait_for_news(f"{RECORD}.html", page)
    years = preview.get("years.html")
    while "2023年度" in years:
        years = preview.wait_for_news("years.html", years)


def test_a_page_comes_with_the_style_it_asks_for(preview: Preview) -> None:
    page = preview.get(f"{RECORD}.html")
    style = preview.project / STYLE
    style.write_text(style.read_text(encoding="utf-8") + "\n:root { --new: 1; }\n", encoding="utf-8")

    page = preview.wait_for_news(f"{RECORD}.html", page)

    asked_for = re.search(r"assets/jixiao/jixiao\.\w+\.css", page)
    assert asked_for is not None
    assert "--new: 1" in preview.get(asked_for[0])


def test_what_the_theme_takes_from_the_project_is_watched_too(project: Path) -> None:
    config, footer = project / "mkdocs.yml", project / "frame/partials/footer.html"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: frame\n"), encoding="utf-8")
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>依申请公开</footer>", encoding="utf-8")
    with serving(project) as preview:
        page = preview.get("index.html")
        assert "依申请公开" in page

        footer.write_text("<footer>主动公开</footer>", encoding="utf-8")

        assert "主动公开" in preview.wait_for_news("index.html", page)


def test_the_list_of_publications_is_watched_too(project: Path) -> None:
    published = project / "releases/published.txt"
    published.parent.mkdir()
    published.write_text("", encoding="utf-8")
    with serving(project) as preview:
        published.write_text("no list of ours\n", encoding="utf-8")

        preview.wait_until_it_says("published.txt 第 1 行读不懂")


def test_what_was_shown_in_vain_is_taken_back(tmp_path: Path) -> None:
    server = PreviewServer(lambda: None, "127.0.0.1", 0, tmp_path, poll=False)
    server.server_close()
    (tmp_path / "stage").mkdir()
    for folder, text in ((tmp_path, "旧"), (tmp_path / "stage", "新")):
        (folder / "record.html").write_text(f"<body>{text}</body>", encoding="utf-8")

    def shown() -> str:
        return b"".join(server.serve_request({"PATH_INFO": "/record.html"}, lambda *_: None)).decode()

    def version(page: str) -> int:
        found = re.search(r"livereload\((\d+)", page)
        assert found is not None
        return int(found[1])

    server._wanted_epoch += 1  # noqa: SLF001  as MkDocs does when something was saved
    server.show(PagesMade(str(tmp_path / "stage"), frozenset({"record.html"})))
    early = shown()
    server.settle()

    assert "新" in early
    assert "旧" in shown()
    assert version(shown()) > version(early)


def test_only_files_of_the_site_are_served(preview: Preview) -> None:
    assert "livereload" in preview.get("")
    assert "livereload" not in preview.get("data/records.csv")
    for path in ("../project/mkdocs.yml", "%2e%2e/project/mkdocs.yml", "no-such-page.html", "data"):
        with pytest.raises(HTTPError, match="404"):
            preview.get(path)


def test_the_page_of_a_folder_is_found_without_its_last_slash(tmp_path: Path) -> None:
    (tmp_path / "说明").mkdir()
    (tmp_path / "说明/index.html").write_text("<body>说明</body>", encoding="utf-8")
    server = PreviewServer(lambda: None, "127.0.0.1", 0, tmp_path, poll=False)
    said: list[object] = []

    server.server_close()
    server.serve_request({"PATH_INFO": "/说明".encode().decode("latin-1")}, lambda *what: said.append(what))

    assert said == [("302 Found", [("Location", "/%E8%AF%B4%E6%98%8E/")])]


def test_a_slip_is_told_and_put_right_by_the_next_save(preview: Preview) -> None:
    file = preview.project / f"content/{RECORD}.yaml"
    good = file.read_text(encoding="utf-8")
    preview.save(good + "得分 100\n")
    preview.wait_until_it_says(f"content/{RECORD}.yaml:")
    missing = preview.words_for_missing(f"{RECORD}.html")
    assert "没有这个页面" in missing

    preview.save(good.replace(SCORE, "得分: 87.65"))
    assert "87.65" in preview.wait_for_news(f"{RECORD}.html", missing)


def test_reading_what_was_saved_is_no_reason_to_build_again(preview: Preview) -> None:
    file = preview.project / f"content/{RECORD}.yaml"
    preview.save(file.read_text(encoding="utf-8") + "得分 100\n")
    preview.wait_until_it_says(f"content/{RECORD}.yaml:")
    time.sleep(1)

    assert preview.said.read_text(encoding="utf-8").count("Detected file changes") == 1


def test_the_next_preview_finds_its_site_as_the_last_one_left_it(project: Path) -> None:
    record = project / f"content/{RECORD}.yaml"
    text = record.read_text(encoding="utf-8")
    with serving(project) as first:
        page = first.get(f"{RECORD}.html")
        first.save(text.replace(SCORE, "得分: 87.65"))
        assert "87.65" in first.wait_for_news(f"{RECORD}.html", page)
        first.wait_until_it_says("个页面：写入", times=2)

    with serving(project) as second:
        second.wait_until_it_says("写入 0 个文件")
        page = second.get(f"{RECORD}.html")
        assert "87.65" in page
        second.save(text.replace(SCORE, "得分: 76.54"))
        assert "76.54" in second.wait_for_news(f"{RECORD}.html", page)
        second.wait_until_it_says("个页面：写入", times=2)

    # What happens in between is seen at the start.
    record.write_text(text.replace(SCORE, "得分: 65.43"), encoding="utf-8")
    with serving(project) as third:
        assert "65.43" in third.get(f"{RECORD}.html")
    assert (project / ".jixiao-cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_two_previews_of_one_project_show_the_same(project: Path) -> None:
    text = (project / f"content/{RECORD}.yaml").read_text(encoding="utf-8")
    with serving(project) as one, serving(project) as other:
        seen = {preview: preview.get(f"{RECORD}.html") for preview in (one, other)}
        one.save(text.replace(SCORE, "得分: 87.65"))
        for preview, page in seen.items():
            assert "87.65" in preview.wait_for_news(f"{RECORD}.html", page)


def test_ctrl_c_ends_it(preview: Preview) -> None:
    preview.process.send_signal(signal.SIGINT)

    assert preview.process.wait(PATIENCE) == 130
