"""Which files of a folder are read, and what is kept of those that were."""

import os
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.errors import JixiaoError
from generator.exchange.gathering import (
    HIDDEN_FILE,
    HIDDEN_FOLDER,
    LINK,
    LOCK_FILE,
    NO_FILE,
    SYSTEM_FILE,
    TEMPORARY_FILE,
    gather,
)
from generator.exchange.imported import ImportedFile
from generator.exchange.journal import Journal, is_as_left
from tests.exchange.import_forms import project_in, surroundings
from tests.site_tools import write_files


def test_documents_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write_files(tmp_path, [(name, "x") for name in ("b.xlsx", "a/2.PDF", "a/1.docx", "c.HTML")])

    names = [source.path.relative_to(tmp_path).as_posix() for source in gather([tmp_path]).sources]

    assert names == ["b.xlsx", "c.HTML", "a/1.docx", "a/2.PDF"]


def test_what_programs_leave_behind_is_counted(tmp_path: Path) -> None:
    names = ("Thumbs.db", ".DS_Store", "desktop.ini", "~$a.xlsx", ".~lock.a.docx#", "~WRL0001.tmp")
    write_files(tmp_path, [*((name, "x") for name in names), ("__MACOSX/._a.xlsx", "x"), (".git/a.xlsx", "x")])

    found = gather([tmp_path])

    assert found.sources == ()
    assert dict(found.skipped) == {SYSTEM_FILE: 3, LOCK_FILE: 3}
    assert found.left_out == ()


def test_the_ending_of_a_file_does_not_decide_whether_it_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, [(name, "x") for name in ("noext", "pic.png", "t.txt", "表.bak")])

    assert [source.path.name for source in gather([tmp_path]).sources] == ["noext", "pic.png", "t.txt", "表.bak"]


def test_what_is_left_out_and_may_be_missed_is_named(tmp_path: Path) -> None:
    write_files(tmp_path / "报来", [("a.tmp", "x"), (".隐.xlsx", "x"), (".藏/b.xlsx", "x")])
    write_files(tmp_path, [("别处/c.xlsx", "x")])
    (tmp_path / "报来/链").symlink_to(tmp_path / "别处")

    found = gather([tmp_path / "报来"])

    assert found.sources == ()
    assert dict(found.skipped) == {TEMPORARY_FILE: 1, HIDDEN_FILE: 1, HIDDEN_FOLDER: 1, LINK: 1}
    assert {Path(name).name for name in found.left_out} == {"a.tmp", ".隐.xlsx", ".藏", "链"}


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    write_files(tmp_path, [("表", "x")])

    assert [source.path.name for source in gather([tmp_path / "表"]).sources] == ["表"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write_files(tmp_path, [("a.xlsx", "x")])

    assert len(gather([tmp_path, tmp_path / "a.xlsx"]).sources) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").symlink_to("/dev/zero")

    found = gather([tmp_path])

    assert found.sources == ()
    assert dict(found.skipped) == {NO_FILE: 2}
    with pytest.raises(JixiaoError, match="不是普通文件"):
        gather([tmp_path / "a.xlsx"])


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    with pytest.raises(JixiaoError, match="找不到"):
        gather([tmp_path / "没有"])


def test_a_journal_knows_a_file_by_its_bytes_its_name_and_what_the_user_said(tmp_path: Path) -> None:
    around = surroundings(project_in(tmp_path))
    journal = Journal(tmp_path / "cache", around)
    key = journal.key_of(b"1", "a.xlsx")
    journal.note(key, ImportedFile("xlsx"))

    assert Journal(tmp_path / "cache", around).read(key) == ImportedFile("xlsx")
    others = (journal.key_of(b"2", "a.xlsx"), journal.key_of(b"1", "b.xlsx"))
    assert [journal.read(other) for other in others] == [None, None]
    said = Journal(tmp_path / "cache", replace(around, year="2023"))
    assert said.read(said.key_of(b"1", "a.xlsx")) is None


def test_a_journal_forgets_what_other_circumstances_gave(tmp_path: Path) -> None:
    around = surroundings(project_in(tmp_path))
    before = Journal(tmp_path / "cache", around)
    before.note(before.key_of(b"1", "a"), ImportedFile("xlsx"))

    now = Journal(tmp_path / "cache", replace(around, rule_packs=("hubei",)))
    now.note(now.key_of(b"2", "b"), ImportedFile("pdf"))

    assert now.read(now.key_of(b"1", "a")) is None
    assert len(list((tmp_path / "cache/import").iterdir())) == 1


@pytest.mark.parametrize("linked", [".jixiao-cache", ".jixiao-cache/import"])
def test_a_journal_that_leads_elsewhere_is_not_kept(tmp_path: Path, linked: str) -> None:
    around = surroundings(project_in(tmp_path))
    write_files(
        tmp_path / "home", [("import/0123456789abcdef/a", "x"), ("0123456789abcdef/a", "x"), ("letters/a", "x")]
    )
    before = sorted(tmp_path.joinpath("home").rglob("*"))
    link = tmp_path / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "home")

    journal = Journal(tmp_path / ".jixiao-cache", around)
    journal.note(journal.key_of(b"1", "a"), ImportedFile("xlsx"))

    assert journal.read(journal.key_of(b"1", "a")) is None
    assert sorted(tmp_path.joinpath("home").rglob("*")) == before


def test_a_journal_removes_only_its_own_folders(tmp_path: Path) -> None:
    around = surroundings(project_in(tmp_path))
    own, other = "0123456789abcdef", "fedcba9876543210"
    top = tmp_path / "cache/import"
    write_files(tmp_path, [(f"cache/import/{own}/a.file", "x"), ("cache/import/letters/a", "x"), ("home/a", "x")])
    (top / other).symlink_to(tmp_path / "home")
    ignored = tmp_path / "cache/.gitignore"
    ignored.symlink_to(tmp_path / "made")

    journal = Journal(tmp_path / "cache", around)
    journal.note(journal.key_of(b"1", "a"), ImportedFile("xlsx"))

    assert journal.read(journal.key_of(b"1", "a")) == ImportedFile("xlsx")
    assert not (top / own).exists()
    assert (top / "letters/a").exists()
    assert (tmp_path / "home/a").exists()
    assert not (tmp_path / "made").exists()


def test_a_journal_forgets_what_other_versions_of_the_libraries_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = surroundings(project_in(tmp_path))
    before = Journal(tmp_path / "cache", around)
    before.note(before.key_of(b"1", "a"), ImportedFile("xlsx"))
    monkeypatch.setattr("generator.exchange.journal.version", lambda name: "99" if name == "pypdfium2" else "1")

    assert Journal(tmp_path / "cache", around).read(before.key_of(b"1", "a")) is None


def test_a_journal_tells_whether_records_are_as_they_were_left(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "cache", surroundings(project_in(tmp_path)))
    record = tmp_path / "a.yaml"
    record.write_text("1", encoding="utf-8")
    journal.leave("key", tmp_path, [record])
    left = journal.left("key", tmp_path)
    assert left is not None

    assert is_as_left(left)
    record.write_text("2", encoding="utf-8")
    assert not is_as_left(left)
    record.unlink()
    assert not is_as_left(left)
    assert journal.left("key", tmp_path / "elsewhere") is None
