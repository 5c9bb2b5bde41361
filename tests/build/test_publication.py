"""All or nothing: what a build that fails, is killed, or meets others' files leaves behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.artifact import Artifact
from generator.build import inputs, peer_building, peer_making, pipeline, site_building, unit_building
from generator.build.common import Common
from generator.build.making import Making
from generator.build.names import LOCK, MANIFEST, STAGING
from generator.build.page_making import page_maker
from generator.build.pipeline import build_site
from generator.build.publish import Change, claim, owned, publish, refuse_taken
from generator.build.reading import Reading, read_all
from generator.build.stage import FileState, Stage
from generator.build.staging import staging
from generator.cli import serve
from generator.cli.building import Call
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.plan.page import Page
from generator.plan.planned import Planned
from generator.plan.planner import plan_unit
from generator.render.renderer import Renderer
from tests.site_tools import PROJECT, build, copied, files_of, order_for, write_files

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


def write_site(site: Path, *names: str, content: bytes = b"x") -> None:
    """Bring a folder to hold these files of ours, in the steps of a build."""
    with staging(site) as folder:
        previous = owned(site)
        making = Making(Stage(str(site), str(folder)), {})
        for name in names:
            making.make(name, b"", lambda: content)
        planned = frozenset(names)
        change = Change(previous, planned - previous, previous - planned, frozenset(making.changed))
        claim(names)
        refuse_taken(site, change)
        publish(site, folder, change)


def test_a_template_that_fails_late_leaves_the_site_as_it_was(project: Path, site: Path) -> None:
    build(project, site)
    before = files_of(site)
    write_files(project, [(NEW, RECORD), ("templates/pages/record.html", "<h1>{{ page.no_such_name }}</h1>")])

    with pytest.raises(JixiaoError, match="no_such_name"):
        build(project, site)
    assert files_of(site) == before


@pytest.mark.parametrize("fault", [ValueError("no page"), PermissionError(13, "denied", "template.html")])
def test_a_first_build_that_fails_leaves_no_folder_and_says_what_failed(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    render = Renderer.render

    def failing(self: Renderer, page: Page) -> Artifact:
        if page.url == "years/2023.html":
            # What cannot be read is not called a fault of writing.
            raise fault
        return render(self, page)

    monkeypatch.setattr(Renderer, "render", failing)
    with pytest.raises(type(fault)) as caught:
        build(project, site)
    assert caught.value is fault
    assert not site.exists()


@pytest.mark.parametrize("last", ["", MANIFEST, "records/2024/xidu/xin.html"])
def test_a_build_killed_between_two_moves_leaves_no_file_for_ever(
    project: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    build(project, site)
    write_files(project, [(NEW, RECORD)])
    move = os.replace

    def killed(source: str | Path, target: str | Path) -> None:
        place = Path(target)
        name = place.relative_to(site).as_posix() if place.is_relative_to(site) else STAGING
        if name.startswith(STAGING):
            return move(source, target)
        if last:
            move(source, target)
        if name == last or not last:
            raise Killed
        return None

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(Killed):
        build(project, site)
    monkeypatch.undo()
    assert any("xidu/xin." in name for name in files_of(site)) == last.startswith("records"), (
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


def test_a_second_build_at_the_same_time_is_refused_and_changes_nothing(project: Path, site: Path) -> None:
    build(project, site)
    before = files_of(site)
    write_files(project, [(NEW, RECORD)])

    with staging(site), pytest.raises(JixiaoError, match="另一个 jixiao 正在写"):
        build(project, site)
    assert files_of(site) == before


def test_the_lock_of_a_dead_build_locks_nobody_out(project: Path, site: Path) -> None:
    write_files(site, [(LOCK, ""), (f"{STAGING}/tree/left.html", "over"), (f"{STAGING}/cache/xidu.rows", "over")])
    report = build(project, site)

    assert set(files_of(site)) == {*report.written, MANIFEST}
    assert "left.html" not in report.written


def test_what_a_dead_build_left_goes_even_where_nothing_else_is_to_be_done(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that files written just now count as settled.
    monkeypatch.setattr(inputs, "_RESOLUTION", 0)
    build(project, site)
    before = files_of(site)
    write_files(site, [(LOCK, ""), (f"{STAGING}/tree/records/2024/xidu/withdrawn.html", "left over")])

    assert build(project, site).written == ()
    assert files_of(site) == before


def test_a_folder_with_others_files_is_refused_before_anything_is_made(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(site, [("thesis.docx", "mine"), ("photos/one.jpg", "mine")])
    monkeypatch.setattr(pipeline, "load_sources", partial(pytest.fail, "something was read in vain"))

    with pytest.raises(JixiaoError, match=r"thesis\.docx"):
        build(project, site)
    assert set(files_of(site)) == {"thesis.docx", "photos/one.jpg"}


def test_what_tells_hosts_and_git_what_to_do_may_stand_in_the_folder(project: Path, site: Path) -> None:
    kept = dict.fromkeys((".gitignore", ".git/config", ".nojekyll", "CNAME"), b"kept")
    write_files(site, [(name, "kept") for name in kept])
    build(project, site)
    write_files(project, [(NEW, RECORD)])
    build(project, site)

    assert kept.items() <= files_of(site).items()


@pytest.mark.parametrize(("theirs", "ours"), [("a.html", "a.html"), ("a", "a/b.html"), ("a.html/theirs.txt", "a.html")])
def test_a_file_of_others_is_never_overwritten(site: Path, theirs: str, ours: str) -> None:
    write_site(site, "index.html")
    write_files(site, [(theirs, "theirs")])
    before = files_of(site)

    with pytest.raises(JixiaoError, match="不是 jixiao 生成的"):
        write_site(site, "index.html", ours, content=b"new")
    assert files_of(site) == before


@pytest.mark.parametrize("theirs", ["records/2024/xidu/xin.html", "projects/xidu/xin.html/theirs.txt"])
def test_a_record_that_comes_later_overwrites_no_file_of_others_either(project: Path, site: Path, theirs: str) -> None:
    build(project, site)
    write_files(site, [(theirs, "theirs")])
    write_files(project, [(NEW, RECORD)])
    before = files_of(site)

    with pytest.raises(JixiaoError, match="不是 jixiao 生成的"):
        build(project, site)
    assert files_of(site) == before


def test_a_link_that_leads_outside_is_not_followed(site: Path, tmp_path: Path) -> None:
    write_site(site, "index.html")
    (tmp_path / "outside").mkdir()
    (site / "units").symlink_to(tmp_path / "outside")

    with pytest.raises(JixiaoError, match="符号链接"):
        write_site(site, "index.html", "units/a.html")
    assert list((tmp_path / "outside").iterdir()) == []


def test_our_own_file_may_become_a_folder_and_back(site: Path) -> None:
    for names in (["a"], ["a/b"], ["a"]):
        write_site(site, *names)
        assert set(files_of(site)) == {*names, MANIFEST}


@pytest.mark.parametrize("names", [("a.html", "A.html"), ("a.html", "a.html"), ("a", "A/b")])
def test_two_files_never_share_an_address(site: Path, names: tuple[str, str]) -> None:
    with pytest.raises(JixiaoError, match="请给其中一个改名"):
        write_site(site, *names)
    assert not site.exists()


@pytest.mark.parametrize(
    "name", ["index.md", "records/x.md", "units/x.md", "data/x.md", "assets/logo.png", "API/x.txt", "sitemap.xml",
             "404.md", "Index.html", "deviations/x.md"],
)  # fmt: skip
def test_a_page_at_an_address_of_our_own_is_found_by_the_check(project: Path, site: Path, name: str) -> None:
    write_files(project / "content/pages", [(name, "# 标题\n\n文字\n")])
    report = build(project, site)

    assert [finding.origin.path for finding in report.findings if finding.code == "SRC007"] == [f"content/pages/{name}"]
    assert not report.published


def test_a_page_and_a_file_beside_it_never_share_an_address(project: Path, site: Path) -> None:
    write_files(project / "content/pages", [("help.md", "# 标题\n"), ("help.html", "<p>"), ("more/HELP.TXT", "x"),
                                            ("more/help.txt", "x")])  # fmt: skip
    found = [finding.origin.path for finding in build(project, site).findings if finding.code == "SRC007"]

    assert found[:1] == ["content/pages/help.html"]


def test_two_sources_never_take_turns_at_one_address(project: Path, site: Path) -> None:
    build(project, site)
    before = files_of(site)
    picture = "images/logo.svg"
    write_files(project, [(f"content/pages/{picture}", "<svg>pages</svg>"), (f"theme/{picture}", "<svg>theme</svg>")])
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    themed = config.replace("  name: material\n", f"  name: material\n  custom_dir: theme\n  logo: {picture}\n")
    assert themed != config
    write_files(project, [("mkdocs.yml", themed)])

    with pytest.raises(JixiaoError, match=rf"同一网址：{picture}"):
        build(project, site)
    assert files_of(site) == before


def test_what_is_published_is_what_was_checked(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "content/records/2024/xidu/zhuanhu.yaml"
    build(project, site)
    before = files_of(site)

    def change() -> None:
        path.write_bytes(path.read_bytes() + b"\n")

    for meddle, told in ((change, "在生成过程中被改动"), (path.unlink, "读不出")):
        change()
        _while_building(monkeypatch, meddle)
        with pytest.raises(JixiaoError, match=told):
            build(project, site)
        assert files_of(site) == before
        monkeypatch.undo()


def test_what_changes_while_nothing_of_it_is_made_again_is_published_by_the_next_build(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project / "content/records/2024/xidu/zhuanhu.yaml"
    build(project, site)
    before = files_of(site)

    # A blank line that shows nowhere gives the build a reason to look.
    page = project / "content/pages/about.md"
    page.write_bytes(page.read_bytes() + b"\n")
    _while_building(monkeypatch, lambda: path.write_bytes(path.read_bytes() + b"\n"))
    assert build(project, site).written == ()
    assert files_of(site) == before
    monkeypatch.undo()
    assert "records/2024/xidu/zhuanhu.yaml" in build(project, site).written
    assert (site / "records/2024/xidu/zhuanhu.yaml").read_bytes() == path.read_bytes()


def _while_building(monkeypatch: pytest.MonkeyPatch, meddle: Callable[[], object]) -> None:
    """Do something between the check and the writing."""

    def then(*arguments: object) -> Reading:
        result = read_all(*arguments)  # type: ignore[arg-type]
        meddle()
        return result

    monkeypatch.setattr(pipeline, "read_all", then)


def test_pages_are_not_all_kept_in_memory(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    render, put = Renderer.render, Stage.put

    def noted(page: Planned) -> Planned:
        def make() -> Page:
            events.append("planned")
            return page.make()

        return replace(page, make=make)

    def planning(plan: Callable[..., Iterable[Planned]], *arguments: object, **options: object) -> Iterator[Planned]:
        return map(noted, plan(*arguments, **options))

    def making(common: Common, files: Making) -> Callable[[Planned], None]:
        make = page_maker(common, files)
        return lambda page: make(noted(page))

    def rendered(self: Renderer, page: Page) -> Artifact:
        events.append("rendered")
        return render(self, page)

    def laid_aside(self: Stage, path: str, content: bytes, key: bytes) -> tuple[FileState, bool]:
        if path.endswith(".html"):
            events.append("laid aside")
        return put(self, path, content, key)

    monkeypatch.setattr(unit_building, "plan_unit", partial(planning, plan_unit))
    for module in (site_building, peer_building, peer_making):
        monkeypatch.setattr(module, "page_maker", making)
    monkeypatch.setattr(Renderer, "render", rendered)
    monkeypatch.setattr(Stage, "put", laid_aside)
    report = build(project, site)

    assert events == ["planned", "rendered", "laid aside"] * report.pages


@pytest.mark.parametrize("new", [NEW, "content/pages/help.md"])
def test_a_site_built_in_two_ways_by_turns_keeps_nothing_that_was_withdrawn(
    project: Path, site: Path, tmp_path: Path, new: str
) -> None:
    def build_in(way: str) -> None:
        order = order_for(project, site)
        build_site(replace(order, kept=tmp_path / way, cache_dir=tmp_path / way))

    for way in ("own command", "MkDocs", "own command", "MkDocs"):
        build_in(way)
    write_files(project, [(new, RECORD if new == NEW else "# 说明\n")])
    build_in("MkDocs")
    (project / new).unlink()
    build_in("own command")
    build(project, tmp_path / "afresh")

    assert files_of(site) == files_of(tmp_path / "afresh")


def test_the_preview_survives_any_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    faults: list[Exception | None] = [None, JixiaoError("模板写法有误。"), ValueError("a fault of ours")]

    class Server:
        def __init__(self, builder: Callable[[], None], *_places: object, **_options: object) -> None:
            self.builder = builder

        def watch(self, path: str) -> None: ...

        def touched(self) -> frozenset[str]:
            return frozenset()

        def show(self, _made: object) -> None: ...

        def reload(self) -> None: ...

        def settle(self) -> None: ...

        def serve(self, *, open_in_browser: bool) -> None:  # noqa: ARG002
            self.builder()
            self.builder()

        def shutdown(self) -> None: ...

    def failing(*_arguments: object) -> None:
        if fault := faults.pop(0):
            raise fault

    monkeypatch.setattr(serve, "PreviewServer", Server)
    monkeypatch.setattr(serve._Builds, "build", failing)  # noqa: SLF001
    monkeypatch.setattr(serve._Builds, "get_ready", lambda _: None)  # noqa: SLF001
    call = Call(PROJECT / "mkdocs.yml")
    serve._serve(call, load_settings(call.config), "127.0.0.1", 8000, open_in_browser=False, poll=False)  # noqa: SLF001

    told = capsys.readouterr().err
    assert "模板写法有误。" in told
    assert "a fault of ours" in told
