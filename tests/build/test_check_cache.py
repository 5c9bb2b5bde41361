"""A check says the same however many processes do it, whatever is kept, and reads again only what changed."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from generator.build import cache, inputs, processes, readers, unit_findings, unit_judging, unit_reading
from generator.build.check_cache import open_check_cache
from generator.build.entries import Entry
from generator.build.names import CACHE
from generator.check import runner
from generator.check.report.formats import FORMATS, WITH_LEDGER
from generator.cli import main
from generator.cli.building import Call, build
from generator.configuration import load_settings
from generator.load import walk
from generator.load.assemble import load_record
from generator.load.discover import SourceFile
from tests.build.few_records import NUMBERS, path_of, write_few_records
from tests.build.test_disk import read_only
from tests.build.test_kept_back import CITIZEN_ID

ALIKE = """\
表样: 项目自评表
年度: {year}
项目名称: 技能培训{number}
年度总体目标:
  预期目标: 面向辖区失业人员举办技能培训，组织学员参加考核鉴定，稳步提升培训质量，帮助学员实现就业，圆满完成年度任务。
"""
WAIVER = "豁免:\n  - {规则: SCO001, 原因: 例, 批准人: 例, 有效期至: 2099-12-31}\n"
STARTS = [name for name in ("fork", "spawn") if name in get_all_start_methods()]

Reports = dict[str, str]


@pytest.fixture(autouse=True)
def few_records_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have several processes work, where there are to be any, and trust the time of a file at once."""
    monkeypatch.setattr(readers, "FEW", 0)
    monkeypatch.setattr(inputs, "_RESOLUTION", 0)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which everything is wrong that a check tells in a way of its own."""
    project = tmp_path_factory.mktemp("check") / "project"
    write_few_records(project)
    # Two units say the same, which no job of one unit alone could see.
    for number in (NUMBERS[0], NUMBERS[-1]):
        unit = path_of(project, number).parent
        (unit / "zhaochao.yaml").write_text(ALIKE.format(year=unit.parent.name, number=number), encoding="utf-8")
    say(path_of(project, NUMBERS[2]), WAIVER)
    say(path_of(project, NUMBERS[3]), f"# {CITIZEN_ID}")
    say(path_of(project, NUMBERS[4]), "年初预算: [")
    unit = path_of(project, NUMBERS[5]).parent.with_name("mei-dengji")
    unit.mkdir()
    shutil.copy(path_of(project, NUMBERS[5]), unit / "xm.yaml")
    shutil.copy(path_of(project, NUMBERS[5]), unit / "Da Xie.yaml")
    (project / "content/registry/units.yaml").write_text(
        (project / "content/registry/units.yaml").read_text(encoding="utf-8") + "  _x: {}\n", encoding="utf-8"
    )
    (project / "content/pages/index.md").write_text("# 首页\n", encoding="utf-8")
    packs = project / "content/rule_packs"
    packs.mkdir()
    (packs / "jiu.yaml").write_text("标题: 旧\n继承: national\n适用: {年度: 2019}\n", encoding="utf-8")
    (packs / "xian.yaml").write_text("标题: 县\n继承: national\n规则: {SCO002: {程度: 提示}}\n", encoding="utf-8")
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("- jixiao", "- jixiao: {rule_packs: [jiu, xian]}"), encoding="utf-8"
    )
    return project


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "project", ignore=shutil.ignore_patterns(CACHE))


def say(record: Path, more: str) -> None:
    """Add to a record."""
    record.write_text(f"{record.read_text(encoding='utf-8')}{more}\n", encoding="utf-8")


def reports(project: Path, *words: str) -> Reports:
    """Return every report of one check, by format."""
    folder = project.parent / "reports"
    shutil.rmtree(folder, ignore_errors=True)
    also = [word for name in FORMATS for word in ("--also", f"{name}={folder / name}")]
    assert main(["check", "-f", str(project / "mkdocs.yml"), "--output", str(folder / "out"), *also, *words]) == 1
    return {name: (folder / name).read_text(encoding="utf-8") for name in FORMATS}


def anew(project: Path, *words: str) -> Reports:
    """Return the reports of a check that knows nothing, by this process alone."""
    there = shutil.copytree(project, project.parent / "anew", ignore=shutil.ignore_patterns(CACHE))
    try:
        return reports(there, "-j", "1", *words)
    finally:
        shutil.rmtree(there)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what takes the paths of the records that this process reads."""
    found: list[str] = []

    def noted(file: Any, *rest: Any) -> Any:  # noqa: ANN401  whatever it takes and gives
        found.append(file.path)
        return load_record(file, *rest)

    monkeypatch.setattr(unit_reading, "load_record", noted)
    return found


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what takes the units whose findings this process works out."""
    found: list[str] = []
    judge = unit_judging.judge_unit

    def noted(common: Any, unit: Any, *rest: Any) -> Any:  # noqa: ANN401  as above
        found.append(unit.slug)
        return judge(common, unit, *rest)

    monkeypatch.setattr(unit_findings, "judge_unit", noted)
    return found


@pytest.fixture(scope="module")
def expected(original: Path) -> Reports:
    return reports(original, "-j", "1")


def test_the_project_has_what_a_check_tells(expected: Reports) -> None:
    for word in ("SRC", "REC015", "PRI001", "PAK011", "XRF03", "mei-dengji/Da Xie.yaml"):
        assert word in expected["text"]


@pytest.mark.parametrize("start", STARTS)
def test_the_number_of_processes_and_what_is_kept_do_not_matter(
    project: Path, expected: Reports, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setattr(processes, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=get_context(start)))

    assert reports(project, "-j", "2") == expected
    assert reports(project, "-j", "2") == expected
    assert reports(project, "-j", "1") == expected


def test_a_second_check_reads_and_works_out_nothing(
    project: Path, expected: Reports, read: list[str], judged: list[str]
) -> None:
    reports(project, "-j", "1")
    assert len(read) == len(set(read)) == len(NUMBERS) + 3
    assert len(judged) == len(set(judged)) == 4
    read.clear()
    judged.clear()

    assert reports(project, "-j", "1") == expected
    assert read == []
    assert judged == []


def test_after_an_edit_the_record_is_read_and_its_unit_worked_out(
    project: Path, read: list[str], judged: list[str]
) -> None:
    reports(project, "-j", "1")
    read.clear()
    judged.clear()
    file = path_of(project, NUMBERS[7])
    say(file, f"# {CITIZEN_ID}")
    found = reports(project, "-j", "1")

    assert read == [file.relative_to(project).as_posix()]
    assert judged == [file.parent.name]
    assert found == anew(project)
    assert found["text"].count("PRI001") == 2


@pytest.mark.parametrize("change", ["rename", "remove", "registry", "pack", "page"])
def test_whatever_changes_is_seen(project: Path, expected: Reports, change: str) -> None:
    reports(project, "-j", "1")
    file = path_of(project, NUMBERS[-1])
    if change == "rename":
        file.rename(file.with_name("gaiming.yaml"))
    elif change == "remove":
        file.unlink()
    elif change == "registry":
        (project / "content/registry/units.yaml").unlink()
    elif change == "pack":
        (project / "content/rule_packs/xian.yaml").write_text(
            "标题: 县\n继承: national\n规则: {SCO002: {启用: 否}}\n", encoding="utf-8"
        )
    else:
        (project / "content/pages/index.md").unlink()
    found = reports(project, "-j", "1")

    assert found == anew(project)
    assert found != expected


def test_what_a_build_read_a_check_need_not_read_nor_the_other_way_round(
    project: Path, tmp_path: Path, expected: Reports, read: list[str]
) -> None:
    call = Call(project / "mkdocs.yml", site_dir=tmp_path / "site", keep_going=True, jobs=1)
    build(call)
    read.clear()

    assert reports(project, "-j", "1") == expected
    assert read == []
    for name in ("tool", "source"):
        assert (project / CACHE / "records" / name).is_file()
    assert len([one for one in (project / CACHE / "records").iterdir() if one.is_dir()]) == 2, "of one name"
    say(path_of(project, NUMBERS[7]), "# 又")
    reports(project, "-j", "1")
    read.clear()
    build(call)
    assert read == []


def kept_files(project: Path) -> list[Path]:
    return sorted(path for path in (project / CACHE / "records").rglob("*") if path.is_file())


def flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize("damage", [flip, lambda data: data[: len(data) // 2]])
@pytest.mark.parametrize("edited", [False, True])
def test_a_damaged_cache_is_noticed(project: Path, damage: Callable[[bytes], bytes], edited: bool) -> None:  # noqa: FBT001  one of two
    reports(project, "-j", "1")
    if edited:
        say(path_of(project, NUMBERS[-1]), "# 又")
    right = anew(project)
    files = kept_files(project)
    assert len(files) > 8
    for number in range(len(files)):
        whole = files[number].read_bytes()
        files[number].write_bytes(damage(whole))
        assert reports(project, "-j", "1") == right, files[number]
    for file in kept_files(project):
        file.write_bytes(damage(file.read_bytes()))
    assert reports(project, "-j", "1") == right


def test_what_another_project_kept_is_not_taken_for_our_own(
    project: Path, original: Path, tmp_path: Path, expected: Reports, read: list[str]
) -> None:
    other = shutil.copytree(original, tmp_path / "other", ignore=shutil.ignore_patterns(CACHE))
    for number in NUMBERS[7:]:
        say(path_of(other, number), f"# {CITIZEN_ID}")
    reports(other, "-j", "1")
    shutil.copytree(other / CACHE, project / CACHE)
    read.clear()

    assert reports(project, "-j", "1") == expected
    assert len(read) == len(NUMBERS) + 3


def forge(project: Path, by: bytes = b"") -> None:
    """Have what is kept say that no rule finds anything, sealed as our own or as somebody else's."""
    known = open_check_cache(project / CACHE, load_settings(project / "mkdocs.yml"))
    assert known is not None
    for file in [*known.records.iterdir()]:
        raw = msgspec.msgpack.decode(cache.kept(file, known.record_owner) or b"", type=dict[str, Entry])
        innocent = {name: replace(entry, decisions=()) for name, entry in raw.items()}
        cache.keep(file, msgspec.msgpack.encode(innocent), by or known.record_owner)
    shutil.rmtree(unit_findings._folder(known.records))  # noqa: SLF001  nobody else asks where it is


@pytest.mark.parametrize("is_writable", [True, False])
def test_what_came_with_the_project_is_not_trusted(project: Path, expected: Reports, is_writable: bool) -> None:  # noqa: FBT001  one of two
    reports(project, "-j", "1")
    forge(project)
    assert reports(project, "-j", "1") != expected, "what this very cache says is believed"

    # As a checkout leaves it: the same files, made anew.
    (project / CACHE).rename(project.parent / "committed")
    shutil.copytree(project.parent / "committed", project / CACHE)
    with nullcontext() if is_writable else read_only(project):
        assert reports(project, "-j", "1") == expected
        assert reports(project, "-j", "1") == expected


def test_what_is_put_beside_our_own_is_not_trusted(project: Path, expected: Reports) -> None:
    """As a pull does with ignored files: whoever knows version and path knows all but what this folder alone says."""
    reports(project, "-j", "1")
    known = open_check_cache(project / CACHE, load_settings(project / "mkdocs.yml"))
    assert known is not None
    forge(project, known.owner)

    assert reports(project, "-j", "1") == expected


@pytest.mark.parametrize("what", ["file", "folder", "memory"])
def test_what_failed_once_is_tried_again(
    project: Path, expected: Reports, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        if what == "file":
            patch.setattr(unit_reading, "load_record", failing_to_open(NUMBERS[7], project))
        elif what == "folder":
            patch.setattr(walk, "_is_ignored", no_folder)
        else:
            patch.setattr(runner, "_asked", out_of_memory(runner._asked))  # noqa: SLF001  no rule can be had to fail so
        assert reports(project, "-j", "1") != expected

    assert reports(project, "-j", "1") == expected


def failing_to_open(number: int, project: Path) -> Callable[..., Any]:
    """Return what reads records, but for one whose disk fails."""
    victim = path_of(project, number)

    def read(file: SourceFile, *rest: Any) -> Any:  # noqa: ANN401  whatever it takes and gives
        lost = replace(file, location=victim.with_name("nothing.yaml"))
        return load_record(lost if file.location == victim else file, *rest)

    return read


def no_folder(_name: str) -> bool:
    """Fail as a folder does that cannot be read to its end."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def out_of_memory(asked: Callable[..., Any]) -> Callable[..., Any]:
    """Return what asks rules, the first of which lacks memory."""
    left = iter([MemoryError()])

    def ask(check: Any, *rest: Any) -> Any:  # noqa: ANN401  as above
        error = next(left, None)

        def lacking(_given: object) -> None:
            raise error or AssertionError

        return asked(lacking if error else check, *rest)

    return ask


def test_a_folder_that_python_would_leave_is_seen_among_records(project: Path) -> None:
    reports(project, "-j", "1")
    strange = path_of(project, NUMBERS[0]).parent / "__pycache__"
    strange.mkdir()
    shutil.copy(path_of(project, NUMBERS[0]), strange)
    found = reports(project, "-j", "1")

    assert found == anew(project)
    assert "__pycache__" in found["text"]


def test_a_stamp_vouches_for_no_other_bytes(project: Path) -> None:
    """A build that began before the last edit may keep what it read then after a check has kept newer stamps."""
    record = path_of(project, NUMBERS[7])
    say(record, WAIVER)
    reports(project, "-j", "1")
    (entries,) = (
        path for path in (project / CACHE / "records").glob(f"*/{record.parent.name}") if path.parent.suffix != ".found"
    )
    late = entries.read_bytes()
    say(record, f"# {CITIZEN_ID}")
    assert reports(project, "-j", "1")["text"].count("PRI001") == 2
    entries.write_bytes(late)

    assert reports(project, "-j", "1") == anew(project)


@pytest.mark.parametrize("is_known", [False, True])
def test_a_project_that_cannot_be_written_to_is_checked_too(
    project: Path,
    expected: Reports,
    read: list[str],
    is_known: bool,  # noqa: FBT001  one of two
) -> None:
    if is_known:
        reports(project, "-j", "1")
        read.clear()
    with read_only(project):
        assert reports(project, "-j", "1") == expected

    assert (len(read) == 0) == is_known


def test_what_cannot_be_kept_is_kept_for_this_check_alone(
    project: Path, expected: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = cache.keep

    def keep_elsewhere(path: Path, *rest: bytes) -> None:
        if not path.is_relative_to(project):
            keep(path, *rest)

    monkeypatch.setattr(cache, "keep", keep_elsewhere)

    assert reports(project, "-j", "1") == expected


def test_two_checks_at_once_do_no_harm(project: Path, expected: Reports) -> None:
    command = [sys.executable, "-m", "generator.cli", "check", "-f", str(project / "mkdocs.yml"), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as one:
        found = reports(project, "-j", "2")
        told, _ = one.communicate()

    assert found == expected
    assert told.decode() == expected["json"]
    assert reports(project, "-j", "1") == expected


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if "fork" not in STARTS:
        pytest.skip("workers see nothing of this process")
    monkeypatch.setattr(processes, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=get_context("fork")))
    return iter(())


@pytest.mark.usefixtures("forked")
def test_a_worker_that_dies_names_the_record_it_was_at(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = path_of(project, NUMBERS[7]).relative_to(project).as_posix()

    def dies(file: Any, *rest: Any) -> Any:  # noqa: ANN401  as above
        return os._exit(9) if file.path == victim else load_record(file, *rest)

    monkeypatch.setattr(unit_reading, "load_record", dies)

    assert main(["check", "-j", "2", "-f", str(project / "mkdocs.yml")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("一个工作进程意外结束，当时在处理 content/records/")
    assert victim in told


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - WITH_LEDGER))
def test_what_became_of_each_rule_is_gathered_only_for_reports_that_tell_it(
    project: Path, expected: Reports, name: str
) -> None:
    file = project.parent / "alone"
    main(["check", "-f", str(project / "mkdocs.yml"), "--format", name, "--output", str(file)])

    assert file.read_text(encoding="utf-8") == expected[name]


def state_of(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in kept_files(project)}


def test_a_pack_on_trial_reads_no_record_again_and_adds_nothing(
    project: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    pack = project.parent / "shiyan.yaml"
    pack.write_text("标题: 试\n继承: national\n规则: {SCO002: {启用: 否}}\n", encoding="utf-8")
    command = ["check", "-j", "1", "-f", str(project / "mkdocs.yml"), "--try-pack", str(pack)]
    reports(project, "-j", "1")
    before = state_of(project)
    read.clear()
    capsys.readouterr()

    assert main(command) == 0
    known = capsys.readouterr().out
    assert read == []
    assert state_of(project) == before
    shutil.rmtree(project / CACHE)
    assert main(command) == 0
    assert capsys.readouterr().out == known
    assert "SCO002：少" in known


def git(project: Path, *words: str) -> None:
    identity = ("-c", "user.name=示例", "-c", "user.email=a@example.invalid", "-c", "core.autocrlf=false")
    subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)


def test_what_a_revision_said_is_looked_up_and_not_kept(
    project: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "一")):
        git(project, *words)
    file = path_of(project, NUMBERS[7])
    say(file, f"# {CITIZEN_ID}")
    reports(project, "-j", "1")
    before = state_of(project)
    read.clear()
    capsys.readouterr()

    assert main(["check", "-j", "1", "-f", str(project / "mkdocs.yml"), "--new-since", "HEAD"]) == 1
    known = capsys.readouterr()
    assert read == [file.relative_to(project).as_posix()]
    assert state_of(project) == before
    assert known.out.count("PRI001") == 1
    shutil.rmtree(project / CACHE)
    main(["check", "-j", "1", "-f", str(project / "mkdocs.yml"), "--new-since", "HEAD"])
    assert capsys.readouterr() == known
