"""A disk that is full, cannot be written to, or is taken by another build: one message, and the old site as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from generator.build.names import CACHE, LOCK, STAGING
from generator.cli import main
from tests.build.few_records import build_command, path_of, take_them_for_many, write_few_records
from tests.site_tools import PROJECT, TESTS, build, copied, files_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits are those of Linux"),
    pytest.mark.timeout(300),
]

RECORD = "content/records/2024/xinzhuang/dangqun.yaml"


def is_root() -> bool:
    return os.geteuid() == 0


def mount(*arguments: str | Path) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False, text=True)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder one that nobody can write to, root neither."""
    if is_root():
        mount("--bind", folder, folder)
        try:
            mount("-o", "remount,bind,ro", folder)
            yield
        finally:
            unmount(folder)
        return
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    modes = {path: path.stat().st_mode for path in folders}
    for path in reversed(folders):
        path.chmod(0o555)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


class Disk:
    """A disk of its own, whose size can be set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "site"
        folder.mkdir()
        mount("-t", "tmpfs", "-o", "size=256m", "tmpfs", folder)

    def leave(self, free: int) -> None:
        """Leave so many bytes free."""
        found = os.statvfs(self.folder)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize
        # Nothing at all would mean no limit.
        mount("-o", f"remount,size={max(used + free, 4096)}", self.folder)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if not is_root():
        pytest.skip("only root may mount a disk")
    made = Disk(tmp_path / "disk")
    yield made
    unmount(made.folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(PROJECT, tmp_path / "project")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with more records than one process works off alone; its tests leave it as it is."""
    folder = tmp_path_factory.mktemp("disk") / "corpus"
    write_few_records(folder)
    return folder


@pytest.fixture(scope="module")
def clean(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the corpus's site, as one process makes them."""
    site = tmp_path_factory.mktemp("disk-clean") / "site"
    build(corpus, site)
    return files_of(site)


@pytest.fixture(autouse=True)
def few_records_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have them worked off by several processes."""
    take_them_for_many(monkeypatch)


def edit(project: Path) -> None:
    path = project / RECORD
    text = path.read_text(encoding="utf-8")
    assert text.count("得分: 97.97") == 1
    path.write_text(text.replace("得分: 97.97", "得分: 97.96"), encoding="utf-8")


def jixiao_build(project: Path, site: Path, *more: str) -> int:
    return main(["build", "-q", "-f", str(project / "mkdocs.yml"), "-d", str(site), *more])


def assert_refused(code: int, told: str, place: Path, *, because: str = "写不进") -> None:
    """One message, in Chinese, that names the place; and nothing that sounds like a fault of the program."""
    assert code == 2
    assert because in told
    assert str(place) in told
    assert "程序内部出错" not in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize(("jobs", "free"), [(1, 1), (1, 16), (1, 256), (2, 1), (2, 256), (2, 2048)])
def test_a_first_build_onto_a_full_disk_leaves_nothing(
    corpus: Path, project: Path, disk: Disk, capsys: pytest.CaptureFixture[str], jobs: int, free: int
) -> None:
    disk.leave(free * 4096)
    code = jixiao_build(corpus if jobs > 1 else project, disk.site, "-j", str(jobs))

    assert_refused(code, capsys.readouterr().err, disk.site)
    assert list(disk.folder.iterdir()) == []


def change_every_page(project: Path) -> None:
    """Give the site another name, and a record more."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("site_name: ", "site_name: 新"), encoding="utf-8")
    shutil.copy(project / RECORD, (project / RECORD).with_name("xin.yaml"))


@pytest.fixture(scope="module")
def changed_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the site after that, built from nothing."""
    folder = tmp_path_factory.mktemp("changed")
    project = copied(PROJECT, folder / "project")
    change_every_page(project)
    build(project, folder / "site")
    return files_of(folder / "site")


@pytest.mark.parametrize("free", [0, 4, 48, 192])
def test_a_full_disk_leaves_the_old_site_as_it_was(
    project: Path, disk: Disk, capsys: pytest.CaptureFixture[str], free: int, changed_site: dict[str, bytes]
) -> None:
    assert jixiao_build(project, disk.site) == 0
    before = files_of(disk.site)
    disk.leave(free * 4096)
    change_every_page(project)
    code = jixiao_build(project, disk.site)

    assert_refused(code, capsys.readouterr().err, disk.site)
    assert files_of(disk.site) == before
    assert not (disk.site / STAGING).exists()
    assert not (disk.site / LOCK).exists()
    disk.leave(64 << 20)
    assert jixiao_build(project, disk.site) == 0
    assert files_of(disk.site) == changed_site


@pytest.mark.parametrize("limit", [0, 3_000, 10_000, 40_000])
@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_cannot_be_written_whole_leave_the_old_site_as_it_was(
    corpus: Path, tmp_path: Path, limit: int, jobs: int
) -> None:
    """What anybody may try: a limit to the size of files refuses as a full disk does."""
    resource = pytest.importorskip("resource")
    site = tmp_path / "site"
    shutil.copytree(corpus, tmp_path / "project")
    site.mkdir()
    (site / ".jixiao-manifest.json").write_text('{"format": 1, "files": ["index.html"]}', encoding="utf-8")
    (site / "index.html").write_text("旧", encoding="utf-8")
    before = files_of(site)
    done = subprocess.run(
        build_command(tmp_path / "project", site, jobs), cwd=PROJECT, check=False, capture_output=True, text=True, encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip

    assert_refused(done.returncode, done.stderr, tmp_path, because="写")
    assert files_of(site) == before


@pytest.mark.parametrize("stage", ["first", "again"])
def test_a_site_folder_that_cannot_be_written_to_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    site = tmp_path / "there/site"
    site.mkdir(parents=True)
    if stage == "again":
        assert jixiao_build(project, site) == 0
        edit(project)
    before = files_of(site)
    with read_only(site):
        code = jixiao_build(project, site)

    assert_refused(code, capsys.readouterr().err, site)
    assert files_of(site) == before


def test_a_place_where_no_site_folder_can_be_made_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "there"
    place.mkdir()
    with read_only(place):
        code = jixiao_build(project, place / "site")

    assert_refused(code, capsys.readouterr().err, place / "site")


def test_a_site_that_cannot_be_written_to_but_is_up_to_date_is_no_fault(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert jixiao_build(project, site) == 0
    time.sleep(3.1)  # files changed within the last seconds are looked at again
    assert jixiao_build(project, site) == 0
    with read_only(site):
        assert jixiao_build(project, site) == 0


def read_only_cache(project: Path) -> AbstractContextManager[None]:
    (project / CACHE).mkdir(exist_ok=True)
    return read_only(project / CACHE)


@contextmanager
def file_for_cache(project: Path) -> Iterator[None]:
    shutil.rmtree(project / CACHE, ignore_errors=True)
    (project / CACHE).write_text("", encoding="utf-8")
    yield


@pytest.mark.parametrize("hinder", [read_only_cache, read_only, file_for_cache])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_cache_that_cannot_be_written_keeps_nobody_from_building(
    corpus: Path, clean: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    hinder: Callable[[Path], AbstractContextManager[None]], jobs: int,
) -> None:  # fmt: skip
    project = tmp_path / "project"
    shutil.copytree(corpus, project)
    with hinder(project):
        code = jixiao_build(project, tmp_path / "site", "-j", str(jobs))
        told = capsys.readouterr()
        again = jixiao_build(project, tmp_path / "site", "-j", str(jobs))

    assert "程序内部出错" not in told.err
    assert (code, again) == (0, 0)
    assert files_of(tmp_path / "site") == clean


@pytest.mark.parametrize("full", [False, True])
def test_what_a_cache_kept_before_it_was_locked_is_never_believed_for_long(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, full: bool
) -> None:
    site = tmp_path / "site"
    text = (project / RECORD).read_text(encoding="utf-8")
    assert jixiao_build(project, site) == 0
    first = files_of(site)
    edit(project)
    build(project, tmp_path / "clean")
    second = files_of(tmp_path / "clean")
    how = ("--full",) if full else ()
    with read_only_cache(project):
        assert jixiao_build(project, site, *how) == 0, capsys.readouterr().err
        assert files_of(site) == second
        (project / RECORD).write_text(text, encoding="utf-8")
        assert jixiao_build(project, site, *how) == 0
        assert files_of(site) == first
        edit(project)
        assert jixiao_build(project, site, *how) == 0
        assert files_of(site) == second
    assert jixiao_build(project, site) == 0
    assert files_of(site) == second


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_second_build_into_a_site_says_that_another_is_at_work(
    corpus: Path, clean: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    site = tmp_path / "site"
    other = copied(TESTS / "sites/own_form", tmp_path / "other")
    with started(corpus, site, jobs) as first:
        wait_for(site / STAGING)
        first.send_signal(signal.SIGSTOP)
        code = jixiao_build(other, site)
        first.send_signal(signal.SIGCONT)
        told = capsys.readouterr().err
        assert first.wait() == 0, "the first one goes on undisturbed"

    assert code == 2
    assert told == f"另一个 jixiao 正在写 {site}，这一次没有写入。请等它结束后再生成。\n"
    assert files_of(site) == clean


def test_builds_of_one_project_into_two_sites_at_once_do_not_disturb_each_other(corpus: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(corpus, project)
    sites = (tmp_path / "one", tmp_path / "two")
    edited = path_of(project, 61)
    for grade in ("优", "良"):
        text = edited.read_text(encoding="utf-8")
        edited.write_text(text.replace("评分等级: 优", f"评分等级: {grade}"), encoding="utf-8")
        with started(project, sites[0], 2) as one, started(project, sites[1], 1) as two:
            assert (one.wait(), two.wait()) == (0, 0)
        build(project, tmp_path / f"clean-{grade}")
        clean = files_of(tmp_path / f"clean-{grade}")

        assert files_of(sites[0]) == clean
        assert files_of(sites[1]) == clean


def started(project: Path, site: Path, jobs: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(build_command(project, site, jobs), cwd=PROJECT)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.001)
