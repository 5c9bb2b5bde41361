"""A site that was built before, as commands take it up that make something of it, and the files they make."""

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.errors import JixiaoError, disk_reason
from generator.export.about_files import RULES


def configured_site(config: Path) -> Path:
    """Return the folder of the site that a configuration describes."""
    from generator.configuration import load_settings  # noqa: PLC0415  MkDocs is slow and not needed for a given site

    return load_settings(config).site_dir


def bytes_of(path: Path, site: Path) -> bytes:
    """Return a file of a site; say what to do where it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise JixiaoError(
            f"{site} 里没有 {path.relative_to(site).as_posix()}：这里还没有生成网站，或生成时没有开放数据。"
            "请先运行 jixiao build；网站在别处的，把它的文件夹写在命令后面。"
        ) from error
    except OSError as error:
        raise JixiaoError(f"读不出 {path}：{disk_reason(error)}。") from error


class _Rules(msgspec.Struct):
    """Of the list of rules, what it says of its site."""

    public_findings: str


def refuse_internal(site: Path, *, allowed: bool) -> None:
    """Refuse a site for the publisher's own eyes, whose data must not get among what is published."""
    try:
        shown = msgspec.json.decode(bytes_of(site / RULES.path, site), type=_Rules).public_findings
    except msgspec.DecodeError as error:
        raise JixiaoError(f"{site / RULES.path} 读不懂：{error}。请用 jixiao build --full 重新生成网站。") from error
    if shown == "internal" and not allowed:
        raise JixiaoError(
            f"{site} 是内部版，里面有不得公开的检查结果，没有做成文件。"
            "要公开的，请先用 jixiao build（不加 --internal）生成公开的网站；只供内部使用的，加上 --internal。"
        )


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Refuse to take the place of files that are there."""
    found = [str(path) for path in paths if os.path.lexists(path)]
    if found and not force:
        raise JixiaoError(f"{'、'.join(found)} 已经存在，没有改动。要覆盖，加上 --force。")


def refuse_homeless(target: Path) -> None:
    """Refuse to make a file in a folder that is not there."""
    if not target.absolute().parent.is_dir():
        raise JixiaoError(f"没有 {target.absolute().parent} 这个文件夹，{target.name} 没有写成。请先建好文件夹。")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a folder on the same disk as the target, so that a finished file takes its place in one move."""
    try:
        with tempfile.TemporaryDirectory(prefix=".jixiao-made-", dir=target.absolute().parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise JixiaoError(f"写不了 {target}：{_fault(error, target.absolute().parent)}。") from error


def _fault(error: OSError, folder: Path) -> str:
    """Return what the disk refused and what to do: a folder that is there but takes no file is at fault itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{disk_reason(error)}。请腾出空间，或写到别的磁盘"
    why = "" if error.errno == errno.ENOENT else f"（{disk_reason(error)}）"
    return f"文件夹 {folder} 里不能建文件{why}。请写到别的文件夹，或检查它的权限"


def move(made: Path, target: Path) -> None:
    """Put a finished file in its place."""
    if target.is_dir():
        raise JixiaoError(f"{target} 是文件夹，不能用作文件名。")
    made.replace(target)


def format_size(size: int) -> str:
    """Return a number of bytes in MB with one place."""
    tenths = max(size // 100_000, 1)
    return f"{tenths // 10}.{tenths % 10} MB"
