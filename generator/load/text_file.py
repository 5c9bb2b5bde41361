"""Read one record file as text, whatever an editor or a spreadsheet program made of it."""

import os
import re

from msgspec import Struct

from generator.errors import disk_reason
from generator.finding import Finding
from generator.load import faults
from generator.load.discover import SourceFile
from generator.origin import START, Origin, Span
from generator.patterns import lazy_pattern
from generator.text import is_printable

SIZE_LIMIT = 1024 * 1024
_SHOWN_PLACES = 10

# U+0085, U+2028 and U+2029 are line ends to a YAML parser but not to an editor, so line numbers would part ways.
CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONFLICT_MARK = lazy_pattern("^(?:<{7,} (?P<about>.*)|={7,}|>{7,}(?: .*)?)$", re.MULTILINE)
_SAVE_AS_UTF8 = "在记事本或 WPS 中“另存为”，编码选“UTF-8”"


class LoadedText(Struct, frozen=True):
    """The content of one file."""

    text: str | None
    """The text with LF line ends; None where there is nothing to go on with."""
    data: bytes
    """The bytes as on disk; this is what is published."""
    findings: tuple[Finding, ...]
    """Faults of size, encoding and characters."""


def load_text(file: SourceFile) -> LoadedText:
    """Read a record file; where the text is damaged but readable, return it beside its findings."""
    start = Origin(file.path, *START)
    try:
        with file.location.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            data = handle.read(size + 1) if size <= SIZE_LIMIT else b""
            if len(data) > size:
                # The file has grown between the two calls.
                data += handle.read(SIZE_LIMIT - size)
    except OSError as error:
        reason = f"文件打不开：{disk_reason(error)}"
        hint = "检查文件是否存在、是否有权限、是否被其他程序占用"
        return LoadedText(None, b"", (faults.UNREADABLE_FILE.at(start, reason, hint=hint),))
    if size > SIZE_LIMIT or len(data) > SIZE_LIMIT:
        finding = faults.FILE_TOO_LARGE.at(
            start,
            "文件过大，没有读取",
            found=f"{max(size, len(data)):,} 字节",
            expected=f"不超过 {SIZE_LIMIT:,} 字节",
            hint="一个文件只写一个项目；附件和图片不要放进记录文件",
        )
        return LoadedText(None, b"", (finding,))
    text, findings = decode_text(data, file.path)
    conflicts = conflict_findings(text, file.path) if text and "<<<<<<<" in text else ()
    return LoadedText(None if conflicts else text, data, (*findings, *conflicts))


def conflict_findings(text: str, path: str) -> tuple[Finding, ...]:
    """Return a finding for each place where git left two versions to choose from; nobody can tell which one counts."""
    findings = []
    begun: re.Match[str] | None = None
    is_divided = False
    for mark in _CONFLICT_MARK.finditer(text):
        if mark["about"] is not None:
            begun, is_divided = mark, False
        elif mark[0].startswith("="):
            is_divided = begun is not None
        elif begun is not None and is_divided:
            hint = "<<<<<<< 与 ======= 之间是我方的，======= 与 >>>>>>> 之间是对方的：留下对的，删去这三行标记"
            origin = Origin(path, *place(text, begun.start()))
            message = "合并冲突还没有解决，整个文件没有读取"
            findings.append(faults.UNSETTLED_CONFLICT.at(origin, message, found=begun["about"], hint=hint))
            begun, is_divided = None, False
    return tuple(findings)


def decode_text(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """Turn the bytes of a file into text with LF line ends, and the findings on the way."""
    start = Origin(path, *START)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        finding = faults.UTF16.at(start, "文件是 UTF-16 编码", found="UTF-16", expected="UTF-8", hint=_SAVE_AS_UTF8)
        return _normalised(data.decode("utf-16", "replace"), path, (finding,))
    findings: tuple[Finding, ...] = ()
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        hint = "不影响使用；可在“另存为”时选“UTF-8”而不是“带有 BOM 的 UTF-8”"
        findings = (faults.BYTE_ORDER_MARK.at(start, "文件开头带有 BOM 标记", expected="不带 BOM 的 UTF-8", hint=hint),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, finding = _foreign_encoding(data, path, error.start)
        findings = (*findings, finding)
    return _normalised(text, path, findings)


def _foreign_encoding(data: bytes, path: str, offset: int) -> tuple[str, Finding]:
    """Return the best reading of bytes that are not UTF-8, and what to tell their author."""
    before = data[:offset]
    line_start = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rpartition(b"\n")[2]
    line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    origin = Origin(path, line, len(line_start.decode("utf-8", "replace")) + 1)
    found = f"字节 {data[offset : offset + 4].hex(' ').upper()}（第 {offset + 1} 个字节起）"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        message = f"文件不是 UTF-8 编码，有 {damaged} 处读不出来"
        return text, faults.NOT_UTF8.at(origin, message, found=found, expected="UTF-8", hint=_SAVE_AS_UTF8)
    message = "文件不是 UTF-8 编码：看起来是 GBK 编码"
    hint = f"请另存为 UTF-8：{_SAVE_AS_UTF8}"
    return text, faults.NOT_UTF8.at(origin, message, found=found, expected="UTF-8", hint=hint)


def _normalised(text: str, path: str, findings: tuple[Finding, ...]) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text with one kind of line end and without control characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            origin = Origin(path, *place(text.replace("\r", "\n"), text.index("\r")))
            returns = text.count("\r")
            message = f"有 {returns} 处换行符是旧式的单个回车"
            hint = "在编辑器中把换行符改为 LF 或 CRLF 后保存"
            findings = (*findings, faults.LONE_CARRIAGE_RETURN.at(origin, message, found="CR", hint=hint))
            text = text.replace("\r", "\n")
    if not is_printable(text) and CONTROL.search(text):
        findings = (*findings, *_control_characters(text, path))
        text = CONTROL.sub(" ", text)
    if not text or text.isspace():
        hint = "填写内容，或删去这个文件"
        findings = (*findings, faults.EMPTY_FILE.at(Origin(path, *START), "文件是空的", hint=hint))
        return None, findings
    return text, findings


def _control_characters(text: str, path: str) -> list[Finding]:
    """Return a finding for each of the first control characters."""
    places = list(CONTROL.finditer(text))
    findings = []
    for number, match in enumerate(places[:_SHOWN_PLACES], start=1):
        code = f"U+{ord(match[0]):04X}"
        more = len(places) - _SHOWN_PLACES if number == _SHOWN_PLACES else 0
        message = f"文中有看不见的控制字符 {code}" + (f"（此后还有 {more} 处）" if more > 0 else "")
        hint = (
            "这是从 Word 或 WPS 粘贴来的软换行，删去它，需要时另起一行"
            if match[0] in "\x0b\u2028\u2029\x85"
            else "删去它；通常是粘贴时带进来的"
        )
        origin = Origin(path, *place(text, match.start()))
        findings.append(faults.CONTROL_CHARACTER.at(origin, message, found=code, expected="看得见的文字", hint=hint))
    return findings


def place(text: str, offset: int) -> Span:
    """Return the line and column of a character of a text with LF line ends."""
    return Span(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
