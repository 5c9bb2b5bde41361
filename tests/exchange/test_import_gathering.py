"""Which files of a folder are read, and what is kept of those that were."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.errors import JixiaoError
from generator.exchange.gathering import LOCK_FILE, NO_DOCUMENT, SYSTEM_FILE, gather
from generator.exchange.imported import ImportedFile
from generator.exchange.journal import Journal, is_as_left
from tests.exchange.import_forms import project_in, surroundings
from tests.site_tools import write_files


def test_documents_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write_files(tmp_path, [(name, "x") for name in ("b.xlsx", "a/2.PDF", "a/1.docx", "c.HTML")])

    names = [source.path.relative_to(tmp_path).as_posix() for source in gather([tmp_path]).sources]

    assert names == ["b.xlsx", "c.HTML", "a/1.docx", "a/2.PDF"]


def test_what_is_no_document_is_counted(tmp_path: Path) -> None:
    names = ("Thumbs.db", ".DS_Store", "desktop.ini", "~$a.xlsx", ".~lock.a.docx#", "~WRL0001.tmp", "a.jpg", "read.me")
    write_files(tmp_path, [*((name, "x") for name in names), ("__MACOSX/._a.xlsx", "x"), (".git/a.xlsx", "x")])

    found = gather([tmp_path])

    assert found.sources == ()
    assert dict(found.skipped) == {SYSTEM_FILE: 3, LOCK_FILE: 3, NO_DOCUMENT: 2}


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    write_files(tmp_path, [("表", "x")])

    assert [source.path.name for source in gather([tmp_path / "表"]).sources] == ["表"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write_files(tmp_path, [("a.xlsx", "x")])

    assert len(gather([tmp_path, tmp_path / "a.xlsx"]).sources) == 1


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
