"""The open data as databases: what their files are called, and who writes them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.errors import JixiaoError
from generator.export.about_files import About
from generator.export.data_files import FOLDER
from generator.export.published import PublishedTable, Read

SQLITE = About(
    f"{FOLDER}/jixiao.sqlite", "sqlite", "全部数据（SQLite）",
    "各张 CSV 表在一个数据库里，有中文名的视图；印出的内容为文本，金额另有以分为单位的整数，相加没有误差。",
)  # fmt: skip


def parquet_about(table: PublishedTable) -> About:
    """Return what the Parquet file of a table is called."""
    return About(
        f"{FOLDER}/{table.name}.parquet", f"{table.name}-parquet", f"{table.title}（Parquet）",
        f"与“{table.title}”的 CSV 同样的行和列，列名为英文；印出的内容为文本，折算为元的金额为十进制数。",
    )  # fmt: skip


def parquet_writer() -> Callable[[PublishedTable, Read, Path], int]:
    """Return what writes a table to a Parquet file; raise JixiaoError where pyarrow is not installed."""
    try:
        # Large, and only for who asks for such files.
        from generator.export.parquet_file import write_parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "pyarrow":
            raise
        raise JixiaoError(
            "写 Parquet 文件要用 pyarrow，这里没有安装。请运行 pip install 'jixiao[parquet]'，或只要 SQLite。"
        ) from error
    return write_parquet


def sqlite_writer() -> Callable[[Sequence[PublishedTable], Read, Path], int]:
    """Return what writes all tables to one SQLite database, and says how many rows these are."""
    from generator.export.sqlite_file import write_sqlite  # noqa: PLC0415  as above

    return lambda tables, read, target: sum(write_sqlite(tables, read, target).rows.values())
