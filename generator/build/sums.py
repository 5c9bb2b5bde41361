"""The list of a site's files with their SHA-256, as sha256sum writes and checks it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>[^\r\n]+)")


class Sums(NamedTuple):
    """A list as it was read."""

    digests: Mapping[str, str]
    """By path, from the folder of the list."""
    faults: tuple[str, ...]
    """What of it cannot be understood, in Chinese."""


def format_sums(digests: Mapping[str, str]) -> bytes:
    """Return the list in the order of the paths."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def parse_sums(content: bytes) -> Sums:
    """Read a list strictly: whatever is changed in it makes it another one, or none."""
    digests: dict[str, str] = {}
    faults = []
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Sums({}, ("不是 UTF-8 编码的文本",))
    lines = text.split("\n")
    if lines[-1]:
        faults.append("最后一行没有写完")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, 1):
        found = _LINE.fullmatch(line)
        if found is None or not _stays_inside(found["path"]):
            faults.append(f"第 {number} 行读不懂")
        elif found["path"] in digests:
            faults.append(f"第 {number} 行与前面的重复：{found['path']}")
        else:
            digests[found["path"]] = found["digest"]
    if not faults and list(digests) != sorted(digests):
        faults.append("各行没有照路径排列")
    return Sums(digests, tuple(faults))


def _stays_inside(path: str) -> bool:
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts)
