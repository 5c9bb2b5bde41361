"""All or nothing: what a build that fails, is killed, or meets others' files leaves behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.artifact import Artifact
from generator.build import pipeline
from generator.build.manifest import MANIFEST
from generator.build.pipeline import check_content
from generator.build.staging import LOCK, STAGING, staging
from generator.build.writer import write_site
from generator.cli import serve
from generator.errors import JixiaoError
from generator.plan.page import Page
from generator.plan.planner import plan_site
from generator.render.renderer import Renderer
from generator.settings import Settings
from tests.site_tools import PROJECT, build, copied, files_of, write_files

NEW = "content/records/2024/xidu/xin.yaml"
RECORD = "表样: 项目自评表\n年度: 2024\n项目名称: 新的一份\n"


class Killed(BaseException):
    """Stand in for what ends a process."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(PROJECT, tmp_path / "project")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def made(*names: str, content: bytes = b"x") -> list[Artifact]:
    return [Artifact(name, content) for name in names]


def test_a_template_that_fails_late_leaves_the_site_as_it_was(project: Path, site: Path) -> None:
    build(project, site)
    before = files_of(site)
    write_files(project, [(NEW, RECORD), ("templates/pages/record.html", "<h1>{{ page.no_such_name }}</h1>")])

    with pytest.raises(JixiaoError, match="no_such_name"):
        build(project, site)
    assert files_of(site) == before


def test_a_first_build_that_fails_leaves_no_folder(site: Path) -> None:
    def broken() -> Iterator[Artifact]:
        yield from made("a.html")
        raise ValueError("no page")

    with pytest.raises(ValueError, match="no page"):
        write_site(site, broken())
    assert not site.exists()


def test_what_cannot_be_read_is_not_called_a_fault_of_writing(site: Path) -> None:
    def unreadable() -> Iterator[Artifact]:
        yield from made("a.html")
        raise PermissionError(13, "denied", "template.html")

    with pytest.raises(PermissionError):
        write_site(site, unreadable())


@pytest.mark.parametrize("moves", [0, 5, 15])
def test_a_build_killed_between_two_moves_leaves_no_file_for_ever(
    project: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    build(project, site)
    write_files(project, [(NEW, RECORD)])
    replace, left = os.replace, [moves]

    def killed(source: Path, target: Path) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(Killed):
        build(project, site)
    monkeypatch.undo()
    assert any("xidu/xin." in name for name in files_of(site)) == (moves > 10), (
        "the last case leaves files of the new record"
    )
    (project / NEW).unlink()
    build(project, site)
    build(project, tmp_path / "afresh")

    assert files_of(site) == files_of(tmp_path / "afresh")


def test_a_build_really_killed_is_put_right_by_the_next(project: Path, site: Path, tmp_path: Path) -> None:
    build(project, site)
    command = [sys.executable, "-m", "generator.cli", "build", "-q", "-f", str(project / "mkdocs.yml"), "-d", str(site)]
    chance = random.Random(7)  # noqa: S311
    for _ in range(3):
        write_files(project, [(NEW, RECORD)])
        process = subprocess.Popen(command, cwd=PROJECT)
        deadline = time.monotonic() + 10
        while not (site / STAGING).exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        (project / NEW).unlink()
        build(project, site)
    build(project, tmp_path / "afresh")

    assert files_of(site) == files_of(tmp_path / "afresh")


def test_a_second_build_at_the_same_time_is_refused_and_changes_nothing(site: Path) -> None:
    write_site(site, made("a.html"))
    before = files_of(site)

    with staging(site), pytest.raises(JixiaoError, match="另一个 jixiao 正在写"):
        write_site(site, made("b.html"))
    assert files_of(site) == before


def test_the_lock_of_a_dead_build_locks_nobody_out(site: Path) -> None:
    write_files(site, [(LOCK, ""), (f"{STAGING}/0", "left over")])
    write_site(site, made("a.html"))

    assert set(files_of(site)) == {"a.html", MANIFEST}


def test_a_folder_with_others_files_is_refused_before_anything_is_made(site: Path) -> None:
    write_files(site, [("thesis.docx", "mine"), ("photos/one.jpg", "mine")])

    asked = iter(made("a.html"))
    with pytest.raises(JixiaoError, match=r"thesis\.docx"):
        write_site(site, asked)
    assert len(list(asked)) == 1, "nothing was made in vain"
    assert set(files_of(site)) == {"thesis.docx", "photos/one.jpg"}


def test_what_tells_hosts_and_git_what_to_do_may_stand_in_the_folder(site: Path) -> None:
    kept = dict.fromkeys((".gitignore", ".git/config", ".nojekyll", "CNAME"), b"kept")
    write_files(site, [(name, "kept") for name in kept])
    write_site(site, made("a.html"))

    assert kept.items() <= files_of(site).items()


@pytest.mark.parametrize(("theirs", "ours"), [("a.html", "a.html"), ("a", "a/b.html"), ("a.html/theirs.txt", "a.html")])
def test_a_file_of_others_is_never_overwritten(site: Path, theirs: str, ours: str) -> None:
    write_site(site, made("index.html"))
    write_files(site, [(theirs, "theirs")])
    before = files_of(site)

    with pytest.raises(JixiaoError, match="不是 jixiao 生成的"):
        write_site(site, made("index.html", ours, content=b"new"))
    assert files_of(site) == before


def test_a_link_that_leads_outside_is_not_followed(site: Path, tmp_path: Path) -> None:
    write_site(site, made("index.html"))
    (tmp_path / "outside").mkdir()
    (site / "units").symlink_to(tmp_path / "outside")

    with pytest.raises(JixiaoError, match="符号链接"):
        write_site(site, made("index.html", "units/a.html"))
    assert list((tmp_path / "outside").iterdir()) == []


def test_our_own_file_may_become_a_folder_and_back(site: Path) -> None:
    for names in (["a"], ["a/b"], ["a"]):
        write_site(site, made(*names))
        assert set(files_of(site)) == {*names, MANIFEST}


@pytest.mark.parametrize("names", [("a.html", "A.html"), ("a.html", "a.html"), ("a", "A/b")])
def test_two_files_never_share_an_address(site: Path, names: tuple[str, str]) -> None:
    with pytest.raises(JixiaoError, match="请给其中一个改名"):
        write_site(site, made(*names))
    assert not site.exists()


@pytest.mark.parametrize(
    "name", ["index.md", "records/x.md", "units/x.md", "data/x.md", "assets/logo.png", "API/x.txt", "sitemap.xml",
             "404.md", "Index.html", "deviations/x.md"],
)  # fmt: skip
def test_a_page_at_an_address_of_our_own_is_found_by_the_check(project: Path, site: Path, name: str) -> None:
    write_files(project / "content/pages", [(name, "# 标题\n\n文字\n")])
    report = build(project, site)

    assert [finding.origin.path for finding in report.check.reading if finding.code == "SRC007"] == [
        f"content/pages/{name}"
    ]
    assert not report.published


def test_a_page_and_a_file_beside_it_never_share_an_address(project: Path, site: Path) -> None:
    write_files(project / "content/pages", [("help.md", "# 标题\n"), ("help.html", "<p>"), ("more/HELP.TXT", "x"),
                                            ("more/help.txt", "x")])  # fmt: skip
    found = [finding.origin.path for finding in build(project, site).check.reading if finding.code == "SRC007"]

    assert found[:1] == ["content/pages/help.html"]


def test_what_is_published_is_what_was_checked(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "content/records/2024/xidu/zhuanhu.yaml"
    build(project, site)
    before = files_of(site)

    def change() -> None:
        path.write_bytes(path.read_bytes() + b"\n")

    for meddle, told in ((change, "在生成过程中被改动"), (path.unlink, "读不出")):
        _while_building(monkeypatch, meddle)
        with pytest.raises(JixiaoError, match=told):
            build(project, site)
        assert files_of(site) == before
        monkeypatch.undo()


def _while_building(monkeypatch: pytest.MonkeyPatch, meddle: Callable[[], object]) -> None:
    """Do something between the check and the writing."""
    check = check_content

    def then(settings: Settings, *, today: date) -> object:
        result = check(settings, today=today)
        meddle()
        return result

    monkeypatch.setattr(pipeline, "check_content", then)


def test_pages_are_not_all_kept_in_memory(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    plan, render = plan_site, Renderer.render

    def planned(*arguments: object, **options: object) -> Iterator[object]:
        for page in plan(*arguments, **options):  # type: ignore[arg-type]
            events.append("planned")
            yield page

    def rendered(self: Renderer, page: Page) -> Artifact:
        events.append("rendered")
        return render(self, page)

    monkeypatch.setattr(pipeline, "plan_site", planned)
    monkeypatch.setattr(Renderer, "render", rendered)
    build(project, site)

    assert events == ["planned", "rendered"] * (len(events) // 2)


def test_the_preview_survives_any_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    faults: list[Exception | None] = [None, JixiaoError("模板写法有误。"), ValueError("a fault of ours")]

    class Server:
        def __init__(self, builder: Callable[[], None], **_options: object) -> None:
            self.builder = builder

        def watch(self, path: str) -> None: ...

        def serve(self, *, open_in_browser: bool) -> None:  # noqa: ARG002
            self.builder()
            self.builder()

        def shutdown(self) -> None: ...

    def failing(*_arguments: object) -> None:
        if fault := faults.pop(0):
            raise fault

    monkeypatch.setattr(serve, "LiveReloadServer", Server)
    monkeypatch.setattr(serve, "_build", failing)
    serve._serve(PROJECT / "mkdocs.yml", Path("unused"), "127.0.0.1", 8000, open_in_browser=False)  # noqa: SLF001

    told = capsys.readouterr().err
    assert "模板写法有误。" in told
    assert "a fault of ours" in told
