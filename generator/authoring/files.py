"""Write small authored or generated files, each as a whole, without losing anybody's work."""

import contextlib
import os
from pathlib import Path

from generator.errors import JixiaoError


def write_text(path: Path, text: str) -> None:
    """Write a file as UTF-8 with LF line ends; whoever reads it meanwhile sees the old file or the new one."""
    # Names that begin with a dot are no records to the reader, so a leftover of a killed command does no harm.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise JixiaoError(
            f"写不进 {path}：{error.strerror or error}。请检查文件夹的权限，文件是否被其他程序打开。"
        ) from error


def read_text(path: Path) -> str | None:
    """Return a file's text with LF line ends, or None where there is no such file or it is no UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    except OSError as error:
        raise JixiaoError(f"打不开 {path}：{error.strerror or error}。请检查它是不是普通文件、有没有权限。") from error
