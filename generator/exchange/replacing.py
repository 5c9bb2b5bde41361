"""Write a record's file anew, unless somebody changed it meanwhile."""

import contextlib
import os
import shutil
from pathlib import Path

from generator.errors import JixiaoError, disk_reason
from generator.load.discover import SourceFile

_MARK = b"\xef\xbb\xbf"


def replace_text(file: SourceFile, before: bytes, text: str) -> None:
    """Write a text in the place of a file's bytes, with the mark and line ends they had; see `replace_bytes`."""
    replace_bytes(file, before, encoded(text, before))


def replace_bytes(file: SourceFile, before: bytes, after: bytes) -> None:
    """Write a file as a whole; raise JixiaoError where it no longer holds `before` or the disk refuses."""
    # Where the record is a link, what it leads to is written, not the link replaced.
    target = Path(os.path.realpath(file.location))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_bytes(after)
        shutil.copymode(target, unfinished)
        if target.read_bytes() != before:
            unfinished.unlink()
            raise JixiaoError(f"{file.path} 刚刚被别的程序改动，没有写入。请再运行一次。")
        unfinished.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise JixiaoError(
            f"写不进 {file.path}：{disk_reason(error)}。请检查文件夹的权限，文件是否被其他程序打开。"
        ) from error


UNEVEN = "编码、换行符不是一种，或有看不见的控制字符，写回去会改动别的行；请先在编辑器里另存为 UTF-8，换行符只用一种"
"""Why a file is not written, in Chinese."""


def is_even(text: str, data: bytes) -> bool:
    """Tell whether a file's bytes come back from its text, so that lines nobody changed stay as they are."""
    return encoded(text, data) == data


def encoded(text: str, before: bytes) -> bytes:
    """Return a text with the mark and the line ends that the file had."""
    data = text.encode("utf-8")
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    return _MARK + data if before.startswith(_MARK) else data
