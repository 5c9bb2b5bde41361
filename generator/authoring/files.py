"""Write small authored or generated files, each as a whole, without losing anybody's work."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import JixiaoError, disk_reason


def write_text(path: Path, text: str) -> None:
    """Write a file as UTF-8 with LF line ends; whoever reads it meanwhile sees the old file or the new one."""
    if path.is_dir():
        raise JixiaoError(f"{path} 是文件夹，请写一个文件名。")
    with _unfinished(path, text) as unfinished:
        unfinished.replace(path)


def write_new_text(path: Path, text: str) -> bool:
    """Write a file the same way where there is none; tell whether it was, and leave alone what is there."""
    with _unfinished(path, text) as unfinished:
        return _is_named(unfinished, path)


def _is_named(unfinished: Path, path: Path) -> bool:
    """Give a file its name unless something has that name already."""
    try:
        # Unlike a check before, this cannot be overtaken by another program.
        os.link(unfinished, path)
    except FileExistsError:
        return False
    except OSError:
        # Some disks have no links.
        try:
            path.open("x").close()
        except FileExistsError:
            return False
        unfinished.replace(path)
    return True


@contextlib.contextmanager
def _unfinished(path: Path, text: str) -> Iterator[Path]:
    """Write a text beside the file it is for, and take that away again if it is still there in the end."""
    # Names that begin with a dot are no records to the reader, so a leftover of a killed command does no harm.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        yield unfinished
    except OSError as error:
        raise JixiaoError(
            f"写不进 {path}：{disk_reason(error)}。请检查文件夹的权限，文件是否被其他程序打开。"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def read_text(path: Path) -> str | None:
    """Return a file's text with LF line ends, or None where there is no such file or it is no UTF-8 text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    except OSError as error:
        raise JixiaoError(f"打不开 {path}：{disk_reason(error)}。请检查它是不是普通文件、有没有权限。") from error
