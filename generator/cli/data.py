"""`jixiao data`: the open data of a built site as one SQLite database, or as Parquet files."""

import argparse
import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.errors import JixiaoError, disk_reason
from generator.export.about_files import RULES
from generator.export.data_package import PATH as PACKAGE
from generator.export.published import PublishedFile, PublishedTable, Read, published_tables

HELP = "把网站的开放数据做成一个 SQLite 数据库，或 Parquet 文件"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `data`."""
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="网站", help="已经生成的网站的文件夹，默认照配置文件的 site_dir"
    )
    parser.add_argument("--sqlite", type=Path, metavar="文件", help="写成一个 SQLite 数据库")
    parser.add_argument("--parquet", type=Path, metavar="文件夹", help="一张表写成一个 Parquet 文件，放在这个文件夹里")
    parser.add_argument("--internal", action="store_true", help="网站是内部版也照做；做成的文件同样不得公开")
    parser.add_argument("--force", action="store_true", help="覆盖已有的文件")


def run(arguments: argparse.Namespace) -> int:
    """Make the files that were asked for."""
    if arguments.sqlite is None and arguments.parquet is None:
        raise JixiaoError("没有说要做什么。请写 --sqlite 文件，或 --parquet 文件夹，也可以两样都写。")
    site = arguments.site or _configured(arguments.config)
    tables = published_tables(_bytes_of(site / PACKAGE, site))
    _refuse_internal(site, allowed=arguments.internal)
    read = _reader((site / PACKAGE).parent)
    if arguments.sqlite is not None:
        print(_make_sqlite(tables, read, arguments.sqlite, force=arguments.force))
    if arguments.parquet is not None:
        print(_make_parquet(tables, read, arguments.parquet, force=arguments.force))
    return 0


def _configured(config: Path) -> Path:
    from generator.configuration import load_settings  # noqa: PLC0415  MkDocs is slow and not needed for a given site

    return load_settings(config).site_dir


def _bytes_of(path: Path, site: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise JixiaoError(
            f"{site} 里没有 {path.relative_to(site).as_posix()}：这里还没有生成网站，或生成时没有开放数据。"
            "请先运行 jixiao build；网站在别处的，写在命令后面：jixiao data 网站的文件夹 --sqlite 文件。"
        ) from error
    except OSError as error:
        raise JixiaoError(f"读不出 {path}：{disk_reason(error)}。") from error


def _reader(folder: Path) -> Read:
    def read(file: PublishedFile) -> bytes:
        return _bytes_of(folder / file.path, folder.parent)

    return read


class _Rules(msgspec.Struct):
    """Of the list of rules, what it says of its site."""

    public_findings: str


def _refuse_internal(site: Path, *, allowed: bool) -> None:
    """Refuse a site for the publisher's own eyes, whose data must not get among what is published."""
    try:
        shown = msgspec.json.decode(_bytes_of(site / RULES.path, site), type=_Rules).public_findings
    except msgspec.DecodeError as error:
        raise JixiaoError(f"{site / RULES.path} 读不懂：{error}。请用 jixiao build --full 重新生成网站。") from error
    if shown == "internal" and not allowed:
        raise JixiaoError(
            f"{site} 是内部版，里面有不得公开的检查结果，没有做成文件。"
            "要公开的，请先用 jixiao build（不加 --internal）生成公开的网站；只供内部使用的，加上 --internal。"
        )


def _make_sqlite(tables: Sequence[PublishedTable], read: Read, target: Path, *, force: bool) -> str:
    from generator.export.sqlite_file import NOT_IN_FEN, write_sqlite  # noqa: PLC0415  only where it is asked for

    _refuse_existing([target], force=force)
    if not target.absolute().parent.is_dir():
        raise JixiaoError(f"没有 {target.absolute().parent} 这个文件夹，{target.name} 没有写成。请先建好文件夹。")
    with _beside(target) as folder:
        made = folder / "made.sqlite"
        loaded = write_sqlite(tables, read, made)
        _move(made, target)
    lines = [f"已写入 {target}（{_size(target)}）：{_counted(tables, loaded.rows)}。"]
    if loaded.not_in_fen:
        lines.append(
            f"有 {loaded.not_in_fen} 个金额不是整分，对应的“（分）”一栏为空，相加时要另外算上；它们列在 {NOT_IN_FEN} 里。"
        )
    return "\n".join(lines)


def _make_parquet(tables: Sequence[PublishedTable], read: Read, target: Path, *, force: bool) -> str:
    write_parquet = _parquet_writer()
    files = {table.name: target / f"{table.name}.parquet" for table in tables}
    _refuse_existing(files.values(), force=force)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JixiaoError(f"建不了文件夹 {target}：{disk_reason(error)}。") from error
    with _beside(target / "made") as folder:
        rows = {table.name: write_parquet(table, read, folder / f"{table.name}.parquet") for table in tables}
        for path in files.values():
            _move(folder / path.name, path)
    return f"已写入 {target} 里的 {len(files)} 个 Parquet 文件：{_counted(tables, rows)}。"


def _parquet_writer() -> Callable[[PublishedTable, Read, Path], int]:
    try:
        from generator.export.parquet_file import write_parquet  # noqa: PLC0415  large, and only where it is asked for
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "pyarrow":
            raise
        raise JixiaoError(
            "写 Parquet 文件要用 pyarrow，这里没有安装。请运行 pip install 'jixiao[parquet]'，或改用 --sqlite。"
        ) from error
    return write_parquet


def _refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    found = [str(path) for path in paths if os.path.lexists(path)]
    if found and not force:
        raise JixiaoError(f"{'、'.join(found)} 已经存在，没有改动。要覆盖，加上 --force。")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a folder on the same disk as the target, so that a finished file takes its place in one move."""
    try:
        with tempfile.TemporaryDirectory(prefix=".jixiao-data-", dir=target.absolute().parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise JixiaoError(f"写不了 {target}：{_fault(error, target.absolute().parent)}。") from error


def _fault(error: OSError, folder: Path) -> str:
    """Return what the disk refused and what to do: a folder that is there but takes no file is at fault itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{disk_reason(error)}。请腾出空间，或写到别的磁盘"
    why = "" if error.errno == errno.ENOENT else f"（{disk_reason(error)}）"
    return f"文件夹 {folder} 里不能建文件{why}。请写到别的文件夹，或检查它的权限"


def _move(made: Path, target: Path) -> None:
    if target.is_dir():
        raise JixiaoError(f"{target} 是文件夹，不能用作文件名。")
    made.replace(target)


def _size(path: Path) -> str:
    tenths = max(path.stat().st_size // 100_000, 1)
    return f"{tenths // 10}.{tenths % 10} MB"


def _counted(tables: Sequence[PublishedTable], rows: dict[str, int]) -> str:
    return "，".join(f"{table.title} {rows[table.name]} 行" for table in tables)
