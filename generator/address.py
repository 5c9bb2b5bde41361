"""Addresses of the site: which names of files and folders can be a part of one, and where a written link leads."""

import posixpath
import re
from typing import NamedTuple

from generator.patterns import lazy_pattern

LONGEST = 100
"""Characters a part may have: file systems take 255 bytes for a name, some Windows programs 260 for a whole path."""

_RESERVED = lazy_pattern(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")
"""Names that Windows keeps for devices, with any ending too."""

PATTERN = rf"(?!{_RESERVED.pattern})[a-z0-9](?:[a-z0-9._-]{{0,{LONGEST - 2}}}[a-z0-9_-])?"
"""What a part looks like, for JSON Schema too."""

ALLOWED = "小写字母、数字、连字符 - 、下划线 _ 和点，以字母或数字开头，不以点结尾"
"""What a part may be made of, in Chinese."""

_PART = lazy_pattern(PATTERN)
_ELSEWHERE = lazy_pattern(r"//|[A-Za-z][A-Za-z0-9+.-]*:")
_FOREIGN = lazy_pattern(r"[^a-z0-9._-]")


def address_fault(part: str) -> str:
    """Return in Chinese why a name cannot be a part of an address, or nothing where it can."""
    if _PART.fullmatch(part):
        return ""
    foreign = _FOREIGN.search(part)
    if not part:
        return "是空白"
    if not part.isascii():
        return "有英文字母、数字以外的文字"
    if foreign:
        return "有大写字母" if foreign[0].isalpha() else f"有不能用的字符“{foreign[0]}”"
    if _RESERVED.match(part):
        return "这是 Windows 保留的名称"
    return f"超过 {LONGEST} 个字符" if len(part) > LONGEST else "开头或结尾的符号不能用"


def fit_part(name: str) -> str:
    """Return a fit name like this one, or nothing where too little of it is left."""
    if not name.isascii():
        return ""
    part = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("._-")[:LONGEST].rstrip(".")
    return f"{part}-1" if _RESERVED.match(part) else part


class LocalLink(NamedTuple):
    """Where a link of a hand-written page leads on its own site."""

    path: str
    """Relative to the root of the site."""
    tail: str
    """Query and fragment with their marks."""
    leaves: bool
    """Whether it climbs above the root of the site; the path is then what is left below it."""


def local_link(target: str, folder: str) -> LocalLink | None:
    """Resolve a link as written on a page of a folder; None for other hosts, other schemes and places on the page."""
    path, tail = target, ""
    for mark in "#?":
        path, found, rest = path.partition(mark)
        tail = found + rest + tail
    if not path or _ELSEWHERE.match(path):
        return None
    whole = path.removeprefix("/") if path.startswith("/") else f"{folder}/{path}"
    parts = posixpath.normpath(whole.lstrip("/")).split("/")
    inner = "/".join(part for part in parts if part not in ("..", "."))
    if not inner:
        inner = "index.html"
    elif path.rpartition("/")[2] in ("", ".", ".."):
        inner += "/"
    return LocalLink(page_url(inner), tail, leaves=parts[0] == "..")


def page_url(path: str) -> str:
    """Return the address of a Markdown page; other files keep theirs."""
    return path.removesuffix(".md") + ".html" if path.endswith(".md") else path
