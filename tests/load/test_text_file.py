"""What an editor or a spreadsheet program can do to a text file."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.finding import Severity
from generator.load.discover import SourceFile
from generator.load.text_file import SIZE_LIMIT, LoadedText, decode_text, load_text
from generator.text import is_printable

SAMPLE = "项目名称: 示例项目\n主管部门: 示例街道\n"


def load(tmp_path: Path, data: bytes) -> LoadedText:
    location = tmp_path / "a.yaml"
    location.write_bytes(data)
    return load_text(SourceFile("content/a.yaml", location, "2024/u/a", is_markdown=False))


def places(loaded: LoadedText) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.origin.line, finding.origin.column) for finding in loaded.findings]


def test_utf8_is_read_as_it_is(tmp_path: Path) -> None:
    assert load(tmp_path, SAMPLE.encode()) == LoadedText(SAMPLE, SAMPLE.encode(), ())


def test_windows_line_ends_are_accepted_and_the_bytes_kept(tmp_path: Path) -> None:
    data = SAMPLE.replace("\n", "\r\n").encode()

    assert load(tmp_path, data) == LoadedText(SAMPLE, data, ())


def test_a_lone_carriage_return_ends_a_line_with_a_warning(tmp_path: Path) -> None:
    loaded = load(tmp_path, "甲: 1\r\n乙: 2\r丙: 3\n".encode())

    assert loaded.text == "甲: 1\n乙: 2\n丙: 3\n"
    assert places(loaded) == [("SRC027", 2, 5)]
    assert loaded.findings[0].severity is Severity.WARNING


def test_a_byte_order_mark_is_accepted_with_a_note(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + SAMPLE.encode()
    loaded = load(tmp_path, data)

    assert loaded.text == SAMPLE
    assert loaded.data == data
    assert places(loaded) == [("SRC025", 1, 1)]
    assert loaded.findings[0].severity is Severity.NOTE


def test_gbk_is_named_and_still_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, b"# a\n" + SAMPLE.encode("gbk"))

    assert loaded.text == "# a\n" + SAMPLE
    assert places(loaded) == [("SRC023", 2, 1)]
    assert "看起来是 GBK 编码" in loaded.findings[0].message
    assert "请另存为 UTF-8" in loaded.findings[0].hint


def test_a_damaged_byte_is_found_by_line_and_column(tmp_path: Path) -> None:
    loaded = load(tmp_path, "甲: 1\n乙: 好".encode() + b"\xff\xff" + "\n丙: 3\n".encode())

    assert places(loaded) == [("SRC023", 2, 5)]
    assert loaded.text is not None
    assert loaded.text.endswith("丙: 3\n")
    assert "GBK" not in loaded.findings[0].message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_named_and_still_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff".encode(encoding)
    loaded = load(tmp_path, mark + SAMPLE.encode(encoding))

    assert loaded.text == SAMPLE
    assert places(loaded) == [("SRC024", 1, 1)]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_reported(tmp_path: Path, data: bytes) -> None:
    loaded = load(tmp_path, data)

    assert loaded.text is None
    assert loaded.findings[-1].code == "SRC022"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x7f", "\x85", "\u2028", "\ufeff"])
def test_a_control_character_is_found_and_read_as_a_blank(tmp_path: Path, character: str) -> None:
    loaded = load(tmp_path, f"甲: 1\n乙: 好{character}了\n".encode())

    assert loaded.text == "甲: 1\n乙: 好 了\n"
    assert places(loaded) == [("SRC026", 2, 5)]


def test_many_control_characters_are_summed_up(tmp_path: Path) -> None:
    loaded = load(tmp_path, ("甲" + "\x00" * 25).encode())

    assert len(loaded.findings) == 10
    assert "还有 15 处" in loaded.findings[-1].message


def test_a_file_just_within_the_limit_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, b"a" * SIZE_LIMIT).findings == ()


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, b"a" * (SIZE_LIMIT + 1))

    assert loaded.text is None
    assert loaded.data == b""
    assert places(loaded) == [("SRC021", 1, 1)]


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    loaded = load_text(SourceFile("content/a.yaml", tmp_path / "gone.yaml", "2024/u/a", is_markdown=False))

    assert loaded.text is None
    assert places(loaded) == [("SRC020", 1, 1)]


def test_a_file_the_system_refuses_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    loaded = load_text(SourceFile("content/a.yaml", tmp_path, "2024/u/a", is_markdown=False))

    assert "没有权限" in loaded.findings[0].message


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    text, findings = decode_text(data, "f.yaml")

    assert text is not None or findings
    assert text is None or "\r" not in text


def test_no_character_that_is_reported_passes_for_one_that_can_be_seen() -> None:
    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    reported = [character for character in characters if _is_reported(character)]

    assert len(reported) > 60
    assert not any(is_printable(character) for character in reported)


def _is_reported(character: str) -> bool:
    return re.fullmatch("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", character) is not None


def test_a_file_with_an_unsettled_conflict_says_so_once_for_each_place_and_is_not_read(tmp_path: Path) -> None:
    conflict = "<<<<<<< 我方：总分 › 得分\n得分: 7\n=======\n得分: 6\n>>>>>>> 对方\n"
    loaded = load(tmp_path, f"{SAMPLE}{conflict}评分等级: 优\n{conflict}".encode())

    assert loaded.text is None
    assert places(loaded) == [("SRC028", 3, 1), ("SRC028", 9, 1)]
    assert loaded.findings[0].found == "我方：总分 › 得分"
    assert "留下对的" in loaded.findings[0].hint


@pytest.mark.parametrize("text", ["标题\n=======\n正文\n", "  <<<<<<< 甲\n=======\n>>>>>>> 乙\n", "<<<<<<< 甲\n完\n"])
def test_what_merely_looks_like_marks_of_a_conflict_is_text(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text.encode()).text == text
