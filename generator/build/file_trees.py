"""A site that may have come from anywhere, in a folder or in a ZIP file, read without trusting it."""

import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from generator.errors import JixiaoError, disk_reason

_CHUNK = 1 << 20
_AT_ONCE = 256
"""Files that are handed to the threads together: most are small."""


class FileTree(Protocol):
    """Files by their path."""

    name: str
    """As messages call it."""
    files: frozenset[str]
    links: frozenset[str]
    """What is neither file nor folder: it may lead anywhere."""
    astray: Mapping[str, str]
    """What may be unpacked to another place than its name says, and why that is so; never to be passed over."""

    def open(self, path: str) -> IO[bytes]:
        """Open one of the files; raises OSError or BadZipFile where it cannot be read."""


class Digested(NamedTuple):
    """What the files of a tree hold."""

    digests: dict[str, str]
    """SHA-256 by path."""
    unreadable: dict[str, str]
    """Why a file cannot be read, by path."""
    size: int


class Folder:
    """A folder."""

    def __init__(self, place: Path) -> None:
        """List all that is below; raise JixiaoError where a folder cannot be read."""
        self.name = str(place)
        self._place = str(place)
        files: list[str] = []
        links: list[str] = []
        try:
            for path, status in _below(self._place):
                (files if stat.S_ISREG(status.st_mode) else links).append(path)
        except OSError as error:
            raise JixiaoError(f"读不出 {error.filename or place}：{disk_reason(error)}。") from error
        self.files, self.links = frozenset(files), frozenset(links)
        self.astray: Mapping[str, str] = {}

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        return open(f"{self._place}/{path}", "rb")  # noqa: PTH123  ten thousands of times; the caller closes it


class Archive:
    """A ZIP file."""

    def __init__(self, place: Path) -> None:
        """List all that is in it; raise JixiaoError where it is none or is cut off."""
        self.name = str(place)
        try:
            self._archive = zipfile.ZipFile(place)
        except OSError as error:
            raise JixiaoError(f"读不出 {place}：{disk_reason(error)}。") from error
        except (zipfile.BadZipFile, ValueError) as error:
            raise JixiaoError(f"{place} 不是完整的 ZIP 文件：没有下载完，或被改动过。") from error
        entries = self._archive.infolist()
        places = Counter(_place(one) for one in entries if not one.is_dir())
        places.update({_place(one) for one in entries if one.is_dir()})
        astray = {one.filename: _astray(one, places) for one in entries}
        self.astray: Mapping[str, str] = {name: why for name, why in astray.items() if why}
        self.files = frozenset(one.filename for one in entries if not one.is_dir()) - self.astray.keys()
        self.links = frozenset[str]()

    def open(self, path: str) -> IO[bytes]:
        """Open a file; what it holds is compared with its checksum as it is read."""
        return self._archive.open(path)


_ABROAD = re.compile(r"/|[A-Za-z]:|.*[\\\0]", re.DOTALL)
"""How a name begins, or what it has in it, that some system takes for the way to another folder."""
_OTHER_NAME = 0x7075
"""Field of an entry that gives its name a second time; some programs unpack it by that one."""


def _place(entry: zipfile.ZipInfo) -> str:
    """Return where an entry is unpacked, as systems see it that tell no case or drop dots and blanks at the end."""
    parts = (part.rstrip(" .") for part in unicodedata.normalize("NFC", entry.filename).casefold().split("/"))
    return "/".join(part for part in parts if part)


def _astray(entry: zipfile.ZipInfo, places: Mapping[str, int]) -> str:
    """Return why nobody can tell where an entry is unpacked, or what stands there afterwards; empty where it is plain."""
    # What is read of a name may be less than what stands there.
    name = entry.orig_filename
    if (
        name != entry.filename
        or _ABROAD.match(name)
        or not all(part.strip(" .") for part in name.removesuffix("/").split("/"))
    ):
        return "名称可能解到别的文件夹，或盖住别的文件"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "是链接"
    if any(other != name for other in _other_names(entry.extra)):
        return "有两个名称"
    return "与别的文件同名" if places[_place(entry)] > 1 else ""


def _other_names(extra: bytes) -> Iterable[str]:
    while extra:
        kind, size = (int.from_bytes(extra[at : at + 2], "little") for at in (0, 2))
        if kind == _OTHER_NAME:
            # Before the name stand a version and a checksum.
            yield extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]


class Below:
    """One folder of a tree, seen as a tree."""

    def __init__(self, tree: FileTree, folder: str) -> None:
        """Take the folder with a slash at its end, or nothing for the whole tree."""
        self.name = f"{tree.name} 里的 {folder.rstrip('/')}" if folder else tree.name
        self._tree, self._folder = tree, folder
        self.files = frozenset(path.removeprefix(folder) for path in tree.files if path.startswith(folder))
        self.links = frozenset(path.removeprefix(folder) for path in tree.links if path.startswith(folder))
        # Wherever such an entry stands, it may end up in here.
        self.astray = tree.astray

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        return self._tree.open(self._folder + path)


def tree_at(place: Path) -> FileTree:
    """Return what stands at a place; raise JixiaoError where that is neither folder nor ZIP file."""
    if place.is_dir():
        return Folder(place)
    if place.is_file():
        return Archive(place)
    raise JixiaoError(f"没有 {place}。请写网站的文件夹，或 jixiao pack 做的 ZIP 文件。")


def content_of(tree: FileTree, path: str) -> bytes:
    """Return what a file holds; raise JixiaoError where it cannot be read."""
    try:
        with tree.open(path) as file:
            return file.read()
    except OSError as error:
        raise JixiaoError(f"读不出 {tree.name} 的 {path}：{disk_reason(error)}。") from error
    except _DAMAGED as error:
        raise JixiaoError(f"读不出 {tree.name} 的 {path}：压缩包损坏。") from error


def digested(tree: FileTree, paths: Iterable[str], progress: Callable[[str, int, int], None]) -> Digested:
    """Read files as streams, in threads, and return their digests."""
    wanted = sorted(paths)
    found = Digested({}, {}, 0)
    size = 0
    parts = [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as threads:
        done = 0
        for part, results in zip(
            parts, threads.map(lambda part: [_digest(tree, path) for path in part], parts), strict=True
        ):
            for path, (digest, why, read) in zip(part, results, strict=True):
                (found.unreadable if why else found.digests)[path] = why or digest
                size += read
            done += len(part)
            progress("核对文件", done, len(wanted))
    return found._replace(size=size)


_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged archive raises; zlib's own error is one of no base of theirs, and caught by its name."""


def _digest(tree: FileTree, path: str) -> tuple[str, str, int]:
    """Return the digest of a file, or else why it cannot be read, and how much was read."""
    import zlib  # noqa: PLC0415  for its error alone

    digest = hashlib.sha256()
    read = 0
    try:
        with tree.open(path) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                read += len(chunk)
    except OSError as error:
        return "", disk_reason(error), read
    except (*_DAMAGED, zlib.error):
        return "", "压缩包在这里损坏", read
    return digest.hexdigest(), "", read


def _below(root: str, folder: str = "") -> Iterable[tuple[str, os.stat_result]]:
    with os.scandir(f"{root}/{folder}" if folder else root) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path)
        else:
            yield path, entry.stat(follow_symlinks=False)
