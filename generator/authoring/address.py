"""The address of a record that does not exist yet, held to the reader's own rules."""

import re
from pathlib import Path
from typing import NamedTuple

from generator.address import ALLOWED, address_fault
from generator.errors import JixiaoError
from generator.load.discover import RECORD_DEPTH, RECORD_SUFFIXES

_EXAMPLE = "2024/xinzhuang/liangxin"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class RecordAddress(NamedTuple):
    """Where a record stands below the records folder."""

    year: str
    unit: str
    name: str
    """File name without its ending."""
    suffix: str = ""
    """The ending as typed, or nothing."""

    def __str__(self) -> str:
        return f"{self.year}/{self.unit}/{self.name}"


def parse_address(text: str, *, records: str = "content/records") -> RecordAddress:
    """Return the address a user typed, a path of Windows or one below the records folder among them.

    Raises JixiaoError where the reader would not take a file of that name.
    """
    path = text.strip().replace("\\", "/").removeprefix("./").removeprefix(f"{records}/")
    suffix = next((known for known in RECORD_SUFFIXES if path.endswith(known)), "")
    parts = path.removesuffix(suffix).split("/")
    if len(parts) != RECORD_DEPTH or not all(parts):
        raise JixiaoError(f"地址“{text}”应有三段：年度/单位/项目，例如 {_EXAMPLE}。")
    year, unit, name = parts
    address = RecordAddress(year, unit, name, suffix)
    if not _YEAR.fullmatch(address.year):
        raise JixiaoError(f"地址“{text}”的第一段应是四位数字的年度，现在是“{address.year}”，例如 {_EXAMPLE}。")
    for part, kind in ((address.unit, "单位文件夹"), (address.name, "文件名")):
        fault = address_fault(part)
        if fault:
            raise JixiaoError(
                f"{kind}“{part}”不能用作网址：{fault}。只能用{ALLOWED}，例如 {_EXAMPLE}；中文名称写在文件里面。"
            )
    return address


def file_with_this_address(records_dir: Path, address: RecordAddress) -> Path | None:
    """Return the file that already has this address, whatever its ending and case, or None."""
    folder = records_dir / address.year / address.unit
    names = {f"{address.name}{suffix}" for suffix in RECORD_SUFFIXES}
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((path for path in files if path.name.casefold() in names), None)
