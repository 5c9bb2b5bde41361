"""`jixiao data`: the open data of a built site as one SQLite database, or as Parquet files."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator.cli.built_site import (
    beside,
    bytes_of,
    configured_site,
    format_size,
    move,
    refuse_existing,
    refuse_homeless,
    refuse_internal,
)  # fmt: skip
from generator.errors import JixiaoError, disk_reason
from generator.export.about_files import PACKAGE_PATH as PACKAGE
from generator.export.databases import parquet_writer
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
    site = arguments.site or configured_site(arguments.config)
    tables = published_tables(bytes_of(site / PACKAGE, site))
    refuse_internal(site, allowed=arguments.internal)
    read = _reader((site / PACKAGE).parent)
    if arguments.sqlite is not None:
        print(_make_sqlite(tables, read, arguments.sqlite, force=arguments.force))
    if arguments.parquet is not None:
        print(_make_parquet(tables, read, arguments.parquet, force=arguments.force))
    return 0


def _reader(folder: Path) -> Read:
    def read(file: PublishedFile) -> bytes:
        return bytes_of(folder / file.path, folder.parent)

    return read


def _make_sqlite(tables: Sequence[PublishedTable], read: Read, target: Path, *, force: bool) -> str:
    from generator.export.sqlite_file import NOT_IN_FEN, write_sqlite  # noqa: PLC0415  only where it is asked for

    refuse_existing([target], force=force)
    refuse_homeless(target)
    with beside(target) as folder:
        made = folder / "made.sqlite"
        loaded = write_sqlite(tables, read, made)
        move(made, target)
    lines = [f"已写入 {target}（{format_size(target.stat().st_size)}）：{_counted(tables, loaded.rows)}。"]
    if loaded.not_in_fen:
        lines.append(
            f"有 {loaded.not_in_fen} 个金额不是整分，对应的“（分）”一栏为空，相加时要另外算上；它们列在 {NOT_IN_FEN} 里。"
        )
    return "\n".join(lines)


def _make_parquet(tables: Sequence[PublishedTable], read: Read, target: Path, *, force: bool) -> str:
    write_parquet = parquet_writer()
    files = {table.name: target / f"{table.name}.parquet" for table in tables}
    refuse_existing(files.values(), force=force)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JixiaoError(f"建不了文件夹 {target}：{disk_reason(error)}。") from error
    with beside(target / "made") as folder:
        rows = {table.name: write_parquet(table, read, folder / f"{table.name}.parquet") for table in tables}
        for path in files.values():
            move(folder / path.name, path)
    return f"已写入 {target} 里的 {len(files)} 个 Parquet 文件：{_counted(tables, rows)}。"


def _counted(tables: Sequence[PublishedTable], rows: dict[str, int]) -> str:
    return "，".join(f"{table.title} {rows[table.name]} 行" for table in tables)
