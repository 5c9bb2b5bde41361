"""A built site in one ZIP file, to be carried where there is no network; same site, same bytes."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.build.built_files import BuiltFile, refuse_busy
from generator.build.names import MANIFEST
from generator.errors import JixiaoError, disk_reason

START, GUIDE, SUMS = "打开网站.html", "说明.txt", "SHA256SUMS.txt"
FOLDER = "site"
"""Where the site stands in the pack: a name that no program garbles, for the start file leads there."""

_CHUNK = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name."""


class Packed(NamedTuple):
    """What was packed."""

    files: int
    size: int
    """Of all files together, unpacked."""


def folder_name(title: str) -> str:
    """Return the name of a site as the name of a folder on any system."""
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "_", title).strip(" .")[:_LONGEST].strip(" .")
    return f"_{name}" if _DEVICE.fullmatch(name) else name or "网站"


_LONGEST = 60
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def pack(
    site: Path,
    files: Iterable[BuiltFile],
    expected: Mapping[str, str],
    title: str,
    target: Path,
    moment: datetime | None,
    progress: Callable[[int], None],
) -> Packed:
    """Write the pack; raise JixiaoError where a file is not as expected, or the site changes meanwhile.

    `expected` has SHA-256 digests of files by path, `moment` is the time that all files get, `progress` takes how many are done.
    """
    root, when = folder_name(title), _moment(moment)
    before = (site / MANIFEST).stat().st_mtime_ns
    sums: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(target, "w", allowZip64=True) as made:
        for name, content in ((START, start_page(title)), (GUIDE, guide(title))):
            sums[name] = _add(made, _entry(f"{root}/{name}", when), content)
        for number, file in enumerate(files, 1):
            info = _entry(f"{root}/{FOLDER}/{file.path}", when)
            info.file_size = file.size
            digest = sums[f"{FOLDER}/{file.path}"] = _copy(made, info, site / file.path)
            if expected.get(file.path, digest) != digest:
                raise JixiaoError(
                    f"{site / file.path} 与 datapackage.json 写的 SHA-256 不符：文件在网站生成之后被改过，或没有传全。"
                    "请用 jixiao build --full 重新生成网站，再运行这条命令。"
                )
            size += info.file_size
            progress(number)
        _add(made, _entry(f"{root}/{SUMS}", when), _sums(sums))
    refuse_busy(site)
    if (site / MANIFEST).stat().st_mtime_ns != before:
        raise JixiaoError(f"{site} 在打包时又生成了一次，没有做成文件。请再运行一次。")
    return Packed(len(sums) - 2, size)


def start_page(title: str) -> bytes:
    """Return the page that leads to the home page, without a script."""
    name = re.sub(r"[&<>\"]", lambda found: f"&#{ord(found[0])};", title)
    home = f"{FOLDER}/index.html"
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={home}">\n<title>{name}</title>\n</head>\n'
        f'<body>\n<h1>{name}</h1>\n<p><a href="{home}">打开网站</a></p>\n</body>\n</html>\n'
    ).encode()


def guide(title: str) -> bytes:
    """Return what there is to know, as Notepad of any Windows shows it."""
    lines = (
        title,
        "",
        f"这是整个网站，不用联网就能看。把压缩包全部解开，再双击“{START}”；不要在压缩包里直接打开。",
        f"网页都在 {FOLDER} 文件夹里。文件和文件夹请不要改名，也不要只复制一部分。",
        "",
        f"{SUMS} 列出了每个文件的 SHA-256。核对文件有没有缺损或改动，在本文件夹里运行：",
        f"  Linux：sha256sum -c {SUMS}",
        f"  macOS：shasum -a 256 -c {SUMS}",
        f"  Windows（PowerShell，逐个文件）：Get-FileHash {FOLDER}\\index.html",
        "",
    )
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()


def _moment(moment: datetime | None) -> tuple[int, int, int, int, int, int]:
    if moment is None:
        return _EARLIEST
    found = moment.timetuple()[:6]
    return max(_EARLIEST, found)


def _entry(name: str, when: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, when)
    info.compress_type = zipfile.ZIP_DEFLATED
    # Said to be from Unix wherever it is made, an ordinary file that everyone may read.
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def _add(made: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> str:
    made.writestr(info, content)
    return hashlib.sha256(content).hexdigest()


def _copy(made: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> str:
    """Copy a file into the pack and return the digest of what went in."""
    digest = hashlib.sha256()
    try:
        source = path.open("rb")
    except OSError as error:
        raise JixiaoError(f"读不出 {path}：{disk_reason(error)}。") from error
    with source, made.open(info, "w") as entry:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            entry.write(chunk)
    return digest.hexdigest()


def _sums(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
