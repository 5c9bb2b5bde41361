"""`jixiao pack`: a built site in one ZIP file, to be carried on a stick and read without a network."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.build.built_files import built_files
from generator.build.names import CACHE
from generator.build.packing import FOLDER, GUIDE, START, SUMS, pack
from generator.build.today import said_moment
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
from generator.cli.progress import progress_for
from generator.errors import JixiaoError
from generator.export.about_files import PACKAGE_PATH
from generator.export.published import published_files, site_title

HELP = "把生成的网站打成一个 ZIP 压缩包，拷到别处不用联网就能看"

_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `pack`."""
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="网站", help="已经生成的网站的文件夹，默认照配置文件的 site_dir"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="压缩包写到哪里，以 .zip 结尾")
    parser.add_argument("--internal", action="store_true", help="网站是内部版也照做；压缩包同样不得公开")
    parser.add_argument("--force", action="store_true", help="覆盖已有的文件")
    parser.add_argument("-q", "--quiet", action="store_true", help="不显示进度")


def run(arguments: argparse.Namespace) -> int:
    """Make the pack and say what is in it and how to check it."""
    site: Path = arguments.site or configured_site(arguments.config)
    target: Path = arguments.output
    _refuse_place(site, target)
    found = built_files(site, arguments.config.absolute().parent / CACHE)
    refuse_internal(site, allowed=arguments.internal)
    refuse_existing([target], force=arguments.force)
    refuse_homeless(target)
    descriptor = bytes_of(site / PACKAGE_PATH, site)
    folder = PACKAGE_PATH.rpartition("/")[0]
    expected = {f"{folder}/{one.path}": one.sha256 for one in published_files(descriptor)}
    with progress_for(sys.stderr, quiet=arguments.quiet) as progress, beside(target) as place:
        made = place / "made.zip"
        done = partial(_done, progress, len(found.files))
        packed = pack(site, found.files, expected, site_title(descriptor), made, said_moment(), done)
        with made.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        move(made, target)
    print(
        f"已写入 {target}（{format_size(target.stat().st_size)}）：网站的 {packed.files} 个文件，"
        f"解开后 {format_size(packed.size)}，都在 {FOLDER} 文件夹里。"
    )
    print(f"看网站：全部解开，双击“{START}”；怎样看、怎样核对，写在“{GUIDE}”里。")
    print(f"核对：在解开的文件夹里运行 sha256sum -c {SUMS}；压缩包本身的 SHA-256 是 {digest}")
    _say_left_out(site, found.others)
    if not found.is_traced:
        print("注意：没有找到生成这个网站时留下的记录，只核对了文件是否齐全和开放数据的 SHA-256，没有核对网页。")
    return 0


def _done(progress: Callable[[str, int, int], None], total: int, done: int) -> None:
    progress("打包", done, total)


def _refuse_place(site: Path, target: Path) -> None:
    if target.suffix.lower() != ".zip":
        raise JixiaoError(f"{target} 不以 .zip 结尾。请写成例如 -o 网站.zip。")
    if target.absolute().parent.resolve().is_relative_to(site.resolve()):
        raise JixiaoError(f"{target} 在网站的文件夹 {site} 里面，会混进网站。请写到别的文件夹。")


def _say_left_out(site: Path, others: Sequence[str]) -> None:
    if others:
        more = " 等" if len(others) > _SHOWN else ""
        print(
            f"注意：{site} 里另有 {len(others)} 个不是 jixiao 生成的文件，没有装进去：{'、'.join(others[:_SHOWN])}{more}"
        )
