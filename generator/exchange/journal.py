"""What was read of files before, so that an import that was interrupted goes on where it was.

Kept below `.jixiao-cache/import`, by the digest of each file's bytes: what was understood, and the records it gave as
they were left. Nothing of it is run; what is damaged, or made by another version or other forms, is not there.
A project may come from anywhere: where a folder is a link, nothing is kept, so that nothing outside is touched.
"""

import contextlib
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from generator.exchange.imported import ImportedFile
from generator.exchange.importing import Surroundings

Left = tuple[tuple[str, bytes], ...]
"""Path and digest of the record of each draft of a file."""

_DIGEST = 16
_PACKAGE = Path(__file__).parents[1]
_FOLDER_NAME = re.compile("[0-9a-f]{16}")
_LIBRARIES = ("lxml", "xlrd", "pypdfium2", "pdfplumber", "pdfminer.six")
"""What documents are read with."""


class Journal:
    """The files of one project that were read under the same circumstances."""

    def __init__(self, folder: Path, around: Surroundings) -> None:
        """Name the journal below a cache folder; what other versions or other forms gave is not in it."""
        self._top = folder / "import"
        self._folder = self._top / _circumstances(around).hex()
        self._wishes = f"{around.year}\0{around.unit}"

    def key_of(self, data: bytes, name: str) -> str:
        """Return what a file is known by: its bytes, its name, and what the user said of it."""
        words = hashlib.blake2b(f"{name}\0{self._wishes}".encode("utf-8", "surrogatepass"), digest_size=_DIGEST)
        words.update(data)
        return words.hexdigest()

    def read(self, key: str) -> ImportedFile | None:
        """Return what was understood of a file, or None where it is not known."""
        data = self._kept(f"{key}.file")
        if data is None:
            return None
        try:
            return msgspec.msgpack.decode(data, type=ImportedFile)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def note(self, key: str, found: ImportedFile) -> None:
        """Keep what was understood of a file."""
        self._keep(f"{key}.file", msgspec.msgpack.encode(found))

    def left(self, key: str, target: Path) -> "Left | None":
        """Return how the records were left that a file gave below a folder, or None where it was not imported there."""
        data = self._kept(f"{key}.{_short(target)}")
        if data is None:
            return None
        try:
            return msgspec.msgpack.decode(data, type=Left)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def leave(self, key: str, target: Path, records: Iterable[Path]) -> None:
        """Keep how the records that a file gave were left."""
        left: Left = tuple((str(path), digest_of_file(path)) for path in records)
        self._keep(f"{key}.{_short(target)}", msgspec.msgpack.encode(left))

    def _kept(self, name: str) -> bytes | None:
        try:
            data = (self._folder / name).read_bytes() if self._is_ours() else b""
        except OSError:
            return None
        digest, content = data[:_DIGEST], data[_DIGEST:]
        return content if digest == _digest(content) else None

    def _keep(self, name: str, content: bytes) -> None:
        """Keep something; a disk that is full or closed only makes the next import slower."""
        unfinished = self._folder / f".{name}.{os.getpid()}.tmp"
        with contextlib.suppress(OSError):
            if not self._is_ours():
                return
            if not self._folder.is_dir():
                self._open()
            # What another process with this number left behind when it was killed; a link goes, not what it leads to.
            unfinished.unlink(missing_ok=True)
            with unfinished.open("xb") as file:
                file.write(_digest(content) + content)
            unfinished.replace(self._folder / name)

    def _is_ours(self) -> bool:
        """Tell whether the folder, as far as it is there, is where its name says and not where a link leads."""
        project = self._top.parent.parent
        return self._folder.resolve() == project.resolve() / self._folder.relative_to(project)

    def _open(self) -> None:
        for old in self._top.iterdir() if self._top.is_dir() else ():
            if _FOLDER_NAME.fullmatch(old.name) and old.is_dir() and not old.is_symlink():
                shutil.rmtree(old, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        with (
            contextlib.suppress(FileExistsError),
            (self._top.parent / ".gitignore").open("x", encoding="utf-8") as file,
        ):
            file.write("*\n")


def is_as_left(left: Left) -> bool:
    """Tell whether every record a file gave is there as it was left."""
    return all(digest and digest_of_file(Path(path)) == digest for path, digest in left)


def digest_of_file(path: Path) -> bytes:
    """Return the digest of a file's bytes, empty where it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return b""


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _short(folder: Path) -> str:
    return _digest(os.fsencode(folder.absolute())).hex()[:_DIGEST]


def _circumstances(around: Surroundings) -> bytes:
    """Return the digest of what decides what is understood of a file.

    It is made of this program, the libraries, the forms, packs and registry.
    """
    digest = hashlib.blake2b(repr((sys.version, [_version(name) for name in _LIBRARIES])).encode(), digest_size=8)
    for path in _deciding(around):
        with contextlib.suppress(OSError):
            digest.update(f"{path}\0".encode("utf-8", "surrogatepass") + path.read_bytes())
    digest.update(repr((around.registry, around.rule_packs)).encode("utf-8", "surrogatepass"))
    return digest.digest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _deciding(around: Surroundings) -> Iterator[Path]:
    yield from sorted(_PACKAGE.rglob("*.py"))
    for folder in around.template_dirs:
        yield from sorted((folder / "forms").glob("*.yaml"))
    for folder in (around.rule_packs_dir, _PACKAGE / "check" / "packs"):
        yield from sorted(folder.glob("*.y*ml"))
