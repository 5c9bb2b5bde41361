"""What a file may ask of us: limits on its size and on what it unpacks to, and no doors to the outside."""

import zipfile
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import IO
from xml.parsers import expat

from generator.importers.document import Remark, UnreadableError

MIB = 1024 * 1024

MAX_FILE_BYTES = 64 * MIB
"""Of a file as it is; forms have some hundred kilobytes, scans some megabytes."""
MAX_MEMBERS = 5_000
"""Parts of a package, pictures among them."""
MAX_UNPACKED_BYTES = 512 * MIB
"""Of all parts of a package together."""
MAX_XML_BYTES = 256 * MIB
"""Of one part that holds XML."""
MAX_RATIO = 400
"""How many times larger a part may be than in its package; a million empty rows stay under 200."""
RATIO_COUNTS_FROM = 16 * MIB
"""Small parts may be packed as well as they like."""
MAX_PROLOG_BYTES = 64 * 1024
"""Of what stands before the first element of XML."""

MAX_SHEETS = 500
MAX_ROWS = 100_000
"""Rows of a worksheet down to the last one with text; empty rows behind it do not count."""
MAX_COLUMNS = 1_000
"""Columns of a worksheet up to the last one with text."""
MAX_CELLS = 300_000
"""Cells with text in one file."""
MAX_PLACES = 500_000
"""Places that the merged cells of a worksheet cover together."""
MAX_CELL_CHARACTERS = 100_000
"""A spreadsheet's own limit is 32,767."""
MAX_TEXT_CHARACTERS = 20_000_000
"""Of all cells of a file together."""

_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_CUT = "文件不完整或已损坏：{found}。请重新下载或重新复制这份文件；能用办公软件打开的，打开后另存一份再导入。"


def check_size(data: bytes) -> None:
    """Refuse an empty file and one that is too large to be a form."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableError("文件是空的，没有任何内容。请检查文件是否复制完整，重新下载后再导入。")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError(
            f"文件太大：有 {len(data) // MIB} MB，最多读取 {MAX_FILE_BYTES // MIB} MB。"
            "请删去其中的图片，或只留下绩效表，另存后再导入。"
        )


def opened_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive, or refuse a damaged one."""
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(_CUT.format(found="压缩包的目录读不出来")) from error


def check_archive(archive: zipfile.ZipFile) -> tuple[Remark, ...]:
    """Refuse a package that would unpack to too much or that brings entities; remark what is embedded in it."""
    members = archive.infolist()
    _check_directory(members)
    embedded = []
    for member in members:
        if member.is_dir():
            continue
        with _opened(archive, member) as file:
            start = _read(file, 256, member.filename)
            if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
                embedded.append(member.filename)
            elif _is_xml(start):
                _check_xml(file, start, member)
    if not embedded:
        return ()
    return (Remark(f"文件里嵌入了 {len(embedded)} 个别的文件（如 {embedded[0]}），没有读取。"),)


def _check_directory(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableError(
            f"文件里有 {len(members)} 个部分，最多 {MAX_MEMBERS} 个，不像是一份绩效表。请另存一份只含绩效表的文件再导入。"
        )
    unpacked = sum(member.file_size for member in members)
    worst = max(members, key=_ratio, default=None)
    if unpacked > MAX_UNPACKED_BYTES or (worst and _ratio(worst) > MAX_RATIO):
        raise UnreadableError(
            f"文件解开后有 {unpacked // MIB} MB，比文件本身大得太多，可能是有意做坏的压缩文件，没有打开。"
            "请核对来源；确实是绩效表的，把内容复制到新建的文件里再导入。"
        )
    twice = [name for name, count in Counter(member.filename for member in members).items() if count > 1]
    if twice:
        raise UnreadableError(_CUT.format(found=f"其中的“{twice[0]}”有两份"))
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableError("文件设有密码，读不出内容。请用办公软件打开，取消密码，另存后再导入。")
    if any(member.compress_type not in _PACKED for member in members):
        raise UnreadableError(_CUT.format(found="压缩方式不是办公软件所用的"))


def _ratio(member: zipfile.ZipInfo) -> float:
    return member.file_size / max(member.compress_size, 1) if member.file_size > RATIO_COUNTS_FROM else 0


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(member)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(member.filename) from error


def _read(file: IO[bytes], count: int, name: str) -> bytes:
    try:
        return file.read(count)
    except MemoryError:
        raise
    # zlib.error is no subclass of anything narrower, and a damaged stream may end anywhere.
    except Exception as error:
        raise damaged(name) from error


def damaged(part: str) -> UnreadableError:
    """Return the error for a part of a package that cannot be read."""
    return UnreadableError(_CUT.format(found=f"其中的“{part}”读不出来"))


def _is_xml(start: bytes) -> bool:
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


class _RootReachedError(Exception):
    """The prolog is over."""


def check_xml_size(member: zipfile.ZipInfo) -> None:
    """Refuse a part that is too large to be parsed."""
    if member.file_size > MAX_XML_BYTES:
        raise UnreadableError(
            f"文件里的“{member.filename}”有 {member.file_size // MIB} MB，最多读取 {MAX_XML_BYTES // MIB} MB。"
            "请删去没有内容的行和列，另存后再导入。"
        )


def _check_xml(file: IO[bytes], start: bytes, member: zipfile.ZipInfo) -> None:
    check_xml_size(member)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = _stop
    read = len(start)
    try:
        while start and read <= MAX_PROLOG_BYTES:
            parser.Parse(start, False)
            start = _read(file, 4096, member.filename)
            read += len(start)
    except _RootReachedError:
        return
    except expat.ExpatError as error:
        raise damaged(member.filename) from error
    raise damaged(member.filename)


def _stop(_name: str, _attributes: dict[str, str]) -> None:
    raise _RootReachedError


def refuse_doctype(*_of: object) -> None:
    """Refuse a part that declares entities."""
    raise UnreadableError(
        "文件里有办公软件从不写入的实体声明（DOCTYPE），可能是有意做坏的文件，没有打开。"
        "请核对来源；确实是绩效表的，把内容复制到新建的文件里再导入。"
    )
