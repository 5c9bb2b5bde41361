"""Who does the work never shows in the site, and whoever fails says at which record."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from generator.build import peer_building, peer_making, processes, unit_building, unit_reading
from generator.build.glance_state import read_glance
from generator.build.names import LOCK, STAGING
from generator.build.peer_cache import file_of
from generator.build.pipeline import build_site
from generator.build.site_state import read_site
from generator.build.tool import owner_of
from generator.cli import main
from generator.errors import JixiaoError
from generator.export.peer_rows import peer_rows
from generator.export.record_export import export_record
from generator.load.assemble import load_record
from generator.plan.peer_pages import peer_pages, peer_url
from generator.plan.peers import PeerIndicator
from generator.plan.planned import Planned
from generator.render.renderer import Renderer
from tests.build.few_records import take_them_for_many, write_few_records
from tests.build.peer_project import PEOPLE, RECORD
from tests.site_tools import PROJECT, build, files_of, order_for, write_files

pytestmark = pytest.mark.timeout(300)

VICTIM = "content/records/2023/dw-00001/xm-07.yaml"
METHODS = get_all_start_methods()


class Elsewhere(Executor):
    """Run each job in a process of its own that gets and gives nothing but bytes, as another machine would."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: ANN401  as the base
        future: Future[Any] = Future()
        job = pickle.dumps((fn, args, kwargs))
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE], cwd=PROJECT, input=job, capture_output=True, check=False
        )
        if done.returncode:
            future.set_exception(BrokenExecutor(done.stderr.decode()))
        else:
            future.set_result(pickle.loads(done.stdout))  # noqa: S301  made a line above
        return future


_ELSEWHERE = """
import pickle, sys
fn, args, kwargs = pickle.load(sys.stdin.buffer)
result = fn(*args, **kwargs)
sys.stdout.buffer.write(pickle.dumps(result))
"""


@pytest.fixture(autouse=True)
def few_records_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have them worked off by several processes."""
    take_them_for_many(monkeypatch)


@dataclass(frozen=True)
class Corpus:
    """A project, and the files of its site as one process makes them."""

    project: Path
    clean: dict[str, bytes]
    peers: dict[str, bytes]
    """See `peers_kept`."""


def peers_kept(project: Path, site: Path) -> dict[str, bytes]:
    """Return what the next build of the pages that put units side by side starts from."""
    kept = order_for(project, site).kept
    glance = read_glance(kept)
    state = read_site(kept, owner_of(glance.tool, project)) if glance else None
    assert state
    files = {path.name: path.read_bytes() for path in kept.glob(file_of("*"))}
    return files | {"state": msgspec.msgpack.encode(state.peers)}


def write_project(project: Path) -> None:
    """Write a project whose units answer the same, so that they stand side by side."""
    write_few_records(project)
    for unit in sorted(path.name for path in (project / "content/records/2022").iterdir()):
        text = RECORD.format(people="12人次", share="95%", year=2022)
        write_files(project, [(f"content/records/2022/{unit}/px.yaml", text)])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("workers")
    write_project(folder / "project")
    build(folder / "project", folder / "clean")
    return Corpus(folder / "project", files_of(folder / "clean"), peers_kept(folder / "project", folder / "clean"))


@contextmanager
def pool(method: str) -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as executor:
        yield executor


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many processes were started, each time."""
    counts = []

    def noted(count: int, **more: Any) -> Executor:  # noqa: ANN401  whatever else it takes
        counts.append(count)
        return ProcessPoolExecutor(count, **more)

    monkeypatch.setattr(processes, "ProcessPoolExecutor", noted)
    return counts


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_does_not_matter(corpus: Corpus, tmp_path: Path, started: list[int], jobs: int) -> None:
    build_site(order_for(corpus.project, tmp_path / "site", jobs=jobs))

    assert started == [jobs, jobs], "the same processes read and make the pages of units, fresh ones those of peers"
    assert files_of(tmp_path / "site") == corpus.clean
    assert peers_kept(corpus.project, tmp_path / "site") == corpus.peers


@pytest.mark.parametrize("method", METHODS)
def test_the_way_processes_start_does_not_matter(corpus: Corpus, tmp_path: Path, method: str) -> None:
    with pool(method) as executor:
        build_site(replace(order_for(corpus.project, tmp_path / "site"), executor=executor))

    assert files_of(tmp_path / "site") == corpus.clean
    assert peers_kept(corpus.project, tmp_path / "site") == corpus.peers


def test_threads_may_do_the_work(corpus: Corpus, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        build_site(replace(order_for(corpus.project, tmp_path / "site"), executor=executor))

    assert files_of(tmp_path / "site") == corpus.clean
    assert peers_kept(corpus.project, tmp_path / "site") == corpus.peers


def test_jobs_may_go_to_where_only_bytes_go(corpus: Corpus, tmp_path: Path) -> None:
    build_site(replace(order_for(corpus.project, tmp_path / "site"), executor=Elsewhere()))

    assert files_of(tmp_path / "site") == corpus.clean
    assert peers_kept(corpus.project, tmp_path / "site") == corpus.peers


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("mkdocs.yml", "测速", "新名", id="every page looks otherwise"),
        pytest.param(
            "content/registry/units.yaml", "东溪镇第1社区事务中心", "东溪镇第一社区事务中心", id="a unit says all anew"
        ),
        pytest.param("content/records/2022/dw-00002/px.yaml", "95%", "好", id="an indicator is gone"),
    ],
)
def test_what_changed_is_brought_up_to_date_by_several_processes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[int], file: str, old: str, new: str
) -> None:
    monkeypatch.setattr(peer_building, "LOT", 1)
    project, site = tmp_path / "project", tmp_path / "site"
    write_project(project)
    build(project, site)
    text = (project / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    build_site(order_for(project, site, jobs=2))
    build(project, tmp_path / "clean")

    assert started
    assert files_of(site) == files_of(tmp_path / "clean")
    assert peers_kept(project, site) == peers_kept(project, tmp_path / "clean")


@pytest.mark.parametrize("kind", ["threads", METHODS[0]])
def test_workers_that_stay_for_a_second_build_see_what_changed_since(tmp_path: Path, kind: str) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    write_few_records(project)
    units = project / "content/registry/units.yaml"
    with ThreadPoolExecutor(2) if kind == "threads" else pool(kind) as executor:
        build_site(replace(order_for(project, site), executor=executor))
        text = units.read_text(encoding="utf-8")
        assert text.count("东溪镇第1社区事务中心") == 1
        units.write_text(text.replace("东溪镇第1社区事务中心", "东溪镇第一社区事务中心"), encoding="utf-8")
        build_site(replace(order_for(project, site), executor=executor))
    build(project, tmp_path / "clean")

    assert files_of(site) == files_of(tmp_path / "clean")


# What follows changes this process before workers are forked from it.
forked = pytest.mark.skipif("fork" not in METHODS, reason="workers see nothing of this process")


def exits() -> None:
    os._exit(3)


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def runs_out_of_memory() -> None:
    raise MemoryError


def goes_wrong() -> None:
    raise ValueError("boom")


def is_refused() -> None:
    raise JixiaoError("模板写错了。")


@pytest.fixture
def at_victim(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], None]], None]:
    """Return what makes something happen at one record, while it is read or while its data is made, or at one page."""
    monkeypatch.setattr(processes, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=get_context("fork")))
    read, export, rows = load_record, export_record, peer_rows

    def arrange(stage: str, happen: Callable[[], None]) -> None:
        def read_or_not(source: Any, *rest: Any) -> Any:  # noqa: ANN401  whatever it takes and gives
            if source.path == VICTIM:
                happen()
            return read(source, *rest)

        def export_or_not(lines: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  as above
            if lines.record.path == VICTIM:
                happen()
            return export(lines, *rest, **more)

        def compare_or_not(found: Any, *rest: Any) -> Any:  # noqa: ANN401  as above
            if any(peer_url(one).startswith(PEOPLE) for one in found):
                happen()
            return rows(found, *rest)

        if stage == "read":
            monkeypatch.setattr(unit_reading, "load_record", read_or_not)
        elif stage == "data":
            monkeypatch.setattr(unit_building, "export_record", export_or_not)
        else:
            monkeypatch.setattr(peer_making, "peer_rows", compare_or_not)

    return arrange


@dataclass(frozen=True)
class Standing:
    """A project whose site stands, and whose caches do not."""

    project: Path
    site: Path
    before: dict[str, bytes]

    def build(self, jobs: int) -> int:
        return main(["build", "-q", "-j", str(jobs), "-f", str(self.project / "mkdocs.yml"), "-d", str(self.site)])


@pytest.fixture
def standing(tmp_path: Path, corpus: Corpus) -> Standing:
    project, site = tmp_path / "project", tmp_path / "site"
    write_project(project)
    # As an earlier build left it, with another name of the site in every page.
    for path, content in corpus.clean.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("测速", "新名"), encoding="utf-8")
    return Standing(project, site, corpus.clean)


@forked
@pytest.mark.parametrize("happen", [exits, is_killed, runs_out_of_memory])
@pytest.mark.parametrize(("stage", "place"), [("read", VICTIM), ("data", VICTIM), ("peers", PEOPLE)])
def test_a_worker_that_dies_names_the_record_or_page_it_was_at(
    standing: Standing,
    at_victim: Callable[[str, Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str],
    stage: str,
    place: str,
    happen: Callable[[], None],
) -> None:
    at_victim(stage, happen)
    code = standing.build(jobs=2)
    told = capsys.readouterr()

    assert code == 2
    assert place in told.err
    assert ("content/" in told.err) == (place == VICTIM), "nothing that was done before and went well"
    assert "内存" in told.err
    assert "程序内部出错" not in told.err
    assert told.out == ""
    assert files_of(standing.site) == standing.before
    assert not (standing.site / STAGING).exists()
    assert not (standing.site / LOCK).exists()


@forked
@pytest.mark.parametrize("jobs", [1, 2])
def test_two_jobs_that_make_one_address_are_refused(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    def at_one_address(bucket: str, found: Sequence[PeerIndicator]) -> Iterator[Planned]:
        return (replace(page, url="peers/one.html") for page in peer_pages(bucket, found))

    monkeypatch.setattr(processes, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=get_context("fork")))
    monkeypatch.setattr(peer_building, "LOT", 1)
    monkeypatch.setattr(peer_making, "peer_pages", at_one_address)
    with pytest.raises(JixiaoError, match=r"同一网址：peers/one\.html"):
        build_site(order_for(corpus.project, tmp_path / "site", jobs=jobs))


@forked
def test_a_worker_that_dies_at_a_page_names_whose_page_it_is(
    standing: Standing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=get_context("fork")))
    render = Renderer.render
    url = VICTIM.removeprefix("content/").replace(".yaml", ".html")

    def dies(self: Any, page: Any) -> Any:  # noqa: ANN401  whatever it takes and gives
        if page.url == url:
            exits()
        return render(self, page)

    monkeypatch.setattr(Renderer, "render", dies)
    code = standing.build(jobs=2)

    assert code == 2
    assert "2023/dw-00001/xm-07" in capsys.readouterr().err
    assert files_of(standing.site) == standing.before


@forked
@pytest.mark.parametrize("happen", [runs_out_of_memory, goes_wrong, is_refused])
@pytest.mark.parametrize("stage", ["read", "data", "peers"])
def test_what_goes_wrong_in_a_worker_is_told_as_without_workers(
    standing: Standing,
    at_victim: Callable[[str, Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str],
    stage: str,
    happen: Callable[[], None],
) -> None:
    at_victim(stage, happen)
    codes, told = [], []
    for jobs in (1, 2):
        codes.append(standing.build(jobs))
        told.append(capsys.readouterr().err)

    assert codes == [2, 2]
    assert told[0] == told[1]
    assert files_of(standing.site) == standing.before


@forked
def test_after_a_worker_died_the_next_build_is_a_clean_one(
    standing: Standing,
    at_victim: Callable[[str, Callable[[], None]], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    at_victim("data", exits)
    assert standing.build(jobs=2) == 2
    monkeypatch.undo()
    assert standing.build(jobs=2) == 0
    build(standing.project, tmp_path / "clean")

    assert files_of(standing.site) == files_of(tmp_path / "clean")


def test_an_executor_that_breaks_down_is_no_fault_of_the_program(corpus: Corpus, tmp_path: Path) -> None:
    class Broken(Elsewhere):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: ARG002, ANN401
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("the machine is gone"))
            return future

    with pytest.raises(JixiaoError, match="意外结束"):
        build_site(replace(order_for(corpus.project, tmp_path / "site"), executor=Broken()))
    assert not (tmp_path / "site").exists()
