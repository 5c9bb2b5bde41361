"""The file of a record by its address, never outside the folder of records, and what was read of it."""

import hashlib
import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from generator.authoring.address import RecordAddress, file_with_this_address, parse_address
from generator.errors import JixiaoError, disk_reason
from generator.exchange.existing import Present, read_again
from generator.exchange.importing import is_sound
from generator.load.discover import SourceFile
from generator.load.text_file import SIZE_LIMIT, decode_text
from generator.load.walk import printed_path
from generator.model.forms import FormLibrary
from generator.settings import Settings

_MOST_KEPT = 64 * 1024 * 1024
"""Bytes of former versions of files that are kept in memory."""


class NotThereError(Exception):
    """There is no such record; its text says so in Chinese."""


class GoneError(NotThereError):
    """No file has this address, where one may have been before."""


class Version(NamedTuple):
    """A record's file at one moment."""

    present: Present
    digest: str
    """Of its bytes."""

    @property
    def address(self) -> str:
        """The record's address: 2024/xinzhuang/liangxin."""
        return self.present.file.id


class RecordFiles:
    """Reads the files of records, and remembers what was read, so that a change by another program can be told."""

    def __init__(self, settings: Settings, forms: FormLibrary) -> None:
        self._settings = settings
        self._forms = forms
        self._seen: OrderedDict[tuple[str, str], tuple[SourceFile, bytes]] = OrderedDict()
        self._lock = Lock()

    def source(self, address: str) -> SourceFile:
        """Return the file of an address; raise NotThereError where there is none that may be edited."""
        try:
            parsed = parse_address(address)
        except JixiaoError as error:
            raise NotThereError(str(error)) from error
        return self._source(parsed)

    def _source(self, address: RecordAddress) -> SourceFile:
        path = file_with_this_address(self._settings.records_dir, address)
        if path is None or not path.is_file():
            raise GoneError(f"没有地址为 {address} 的记录。")
        self.refuse_to_leave(path)
        shown = printed_path(path, self._settings.project_dir)
        return SourceFile(shown, path, str(address), is_markdown=path.suffix.lower() == ".md")

    def refuse_to_leave(self, path: Path) -> None:
        """Refuse a file that a link leads to from the folder of records to somewhere else."""
        root = os.path.realpath(self._settings.records_dir)
        if not Path(os.path.realpath(path)).is_relative_to(root):
            raise NotThereError(
                f"{path.name} 是指到记录文件夹之外的链接，不能在这里修改。请把文件本身复制到这里，不要用链接。"
            )

    def read(self, address: str) -> Version:
        """Return a record's file as it is on the disk."""
        file = self.source(address)
        try:
            with file.location.open("rb") as handle:
                data = handle.read(SIZE_LIMIT + 1)
        except FileNotFoundError as error:
            raise GoneError(f"没有地址为 {address} 的记录。") from error
        except OSError as error:
            raise NotThereError(f"打不开 {file.path}：{disk_reason(error)}。") from error
        return self._remembered(self.version_of(file, data))

    def seen(self, address: str, digest: str) -> Version | None:
        """Return a record's file as it was when it was read, gone or not, or None where that is forgotten."""
        with self._lock:
            found = self._seen.get((address, digest))
        return self.version_of(*found) if found is not None else None

    def version_of(self, file: SourceFile, data: bytes) -> Version:
        """Return what a file's bytes say."""
        digest = hashlib.sha256(data).hexdigest()
        text, _ = decode_text(data, file.path) if len(data) <= SIZE_LIMIT else (None, ())
        if text is None:
            return Version(Present(file, "", data, None, is_sound=False), digest)
        record, findings = read_again(text, file, self._forms)
        return Version(Present(file, text, data, record, is_sound(findings)), digest)

    def _remembered(self, version: Version) -> Version:
        with self._lock:
            self._seen[version.address, version.digest] = version.present.file, version.present.data
            self._seen.move_to_end((version.address, version.digest))
            while sum(len(data) for _, data in self._seen.values()) > _MOST_KEPT and len(self._seen) > 1:
                self._seen.popitem(last=False)
        return version
