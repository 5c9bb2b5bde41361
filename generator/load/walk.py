"""Walk a folder of authored files: links that leave the content and what cannot be opened are reported, not followed."""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.address import ALLOWED, address_fault, fit_part
from generator.errors import disk_reason
from generator.finding import Finding
from generator.load import faults
from generator.origin import START, Origin
from generator.text import printable

DirEntry = os.DirEntry[str]
_IGNORED_NAMES = frozenset(("thumbs.db", "desktop.ini"))


class Walk(Struct, frozen=True):
    """What one walk knows and what it found wrong."""

    content_root: str
    """Resolved path of the content folder; no link may lead out of it."""
    base: str
    """The folder walked, as printed in messages."""
    findings: list[Finding]

    @classmethod
    def below(cls, folder: Path, project_dir: Path) -> "Walk":
        """Start a walk of one of the folders inside the content folder."""
        return cls(os.path.realpath(folder.parent), printed_path(folder, project_dir), [])

    def report(self, fault: faults.Fault, path: str, message: str, **facts: str) -> None:
        """Note a fault of a whole file or folder."""
        shown = {name: printable(fact) for name, fact in facts.items()}
        self.findings.append(fault.at(Origin(printable(path), *START), printable(message), **shown))

    def takes(self, path: str, real_path: str, ancestors: Iterable[str] = ()) -> bool:
        """Tell whether what stands at a path may be read; report a link that leaves, loops or leads nowhere."""
        if not self._inside(real_path):
            self.report(
                faults.LINK_LEAVES_CONTENT,
                path,
                "符号链接指到内容文件夹之外，没有读取",
                found=real_path,
                expected="内容文件夹之内的文件",
                hint="把文件本身复制到这里，不要用链接",
            )
            return False
        loops = real_path in ancestors
        # A path that is still a link once resolved leads back to itself; these two never raise.
        if loops or not os.path.lexists(real_path) or os.path.islink(real_path):  # noqa: PTH114
            self.report(
                faults.BROKEN_LINK,
                path,
                "符号链接指回自己的上级文件夹" if loops else "符号链接指向的文件不存在",
                hint="删去这个链接，或把文件本身放到这里",
            )
            return False
        return True

    def is_fit(self, path: str, stem: str, suffix: str = "") -> bool:
        """Check one part of an address; report how to rename it."""
        fault = address_fault(stem)
        if not fault and suffix == suffix.lower():
            return True
        proposal = fit_part(stem)
        self.report(
            faults.UNFIT_ADDRESS,
            path,
            f"名称“{stem}{suffix}”不能用作网址：{fault or '扩展名有大写字母'}",
            found=stem + suffix,
            expected=ALLOWED,
            hint=f"改名为 {proposal}{suffix.lower()}"
            if proposal
            else f"用拼音或英文另起一个名称，如 dangqun-fuwu{suffix.lower()}；中文名称写在文件里面",
        )
        return False

    def _inside(self, real_path: str) -> bool:
        return real_path == self.content_root or real_path.startswith(self.content_root.rstrip(os.sep) + os.sep)


class Folder(Struct, frozen=True):
    """One folder on the way down."""

    location: Path
    parts: tuple[str, ...]
    """Names from the folder walked down to this one."""
    ancestors: tuple[str, ...]
    """The resolved paths from the folder walked down to this one; a link back to any of them is a loop."""

    @classmethod
    def top(cls, location: Path) -> "Folder":
        """Return the folder a walk begins with."""
        return cls(location, (), (os.path.realpath(location),))


class Listing(Struct, frozen=True):
    """What a folder holds."""

    folders: tuple[Folder, ...]
    files: tuple[DirEntry, ...]


def list_folder(walk: Walk, folder: Folder) -> Listing:
    """Return the folders and files in a folder by name; report what may not or cannot be read."""
    path = "/".join((walk.base, *folder.parts))
    try:
        with os.scandir(folder.location) as scan:
            entries = sorted((entry for entry in scan if not _is_ignored(entry.name)), key=lambda entry: entry.name)
    except OSError as error:
        walk.report(
            faults.UNREADABLE_FOLDER,
            path,
            f"文件夹打不开：{disk_reason(error)}",
            hint="检查文件夹的访问权限，或是否被其他程序占用",
        )
        return Listing((), ())
    folders: list[Folder] = []
    files: list[DirEntry] = []
    for entry in entries:
        real_path = f"{folder.ancestors[-1]}{os.sep}{entry.name}"
        if is_link(entry):
            real_path = os.path.realpath(entry.path)
            if not walk.takes(f"{path}/{entry.name}", real_path, folder.ancestors):
                continue
        if entry.is_dir():
            folders.append(Folder(Path(entry.path), (*folder.parts, entry.name), (*folder.ancestors, real_path)))
        elif entry.is_file():
            files.append(entry)
        else:
            walk.report(faults.NOT_A_FILE, f"{path}/{entry.name}", "这不是普通文件，没有读取", hint="删去它")
    return Listing(tuple(folders), tuple(files))


def is_link(entry: DirEntry | Path) -> bool:
    """Tell whether an entry is a symbolic link or, on Windows, a junction."""
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def printed_path(path: Path, project_dir: Path) -> str:
    """Return the path as printed: relative to the project where it is inside it."""
    try:
        return path.absolute().relative_to(project_dir.absolute()).as_posix()
    except ValueError:
        return path.as_posix()


def _is_ignored(name: str) -> bool:
    """Tell whether a name is one that systems and editors leave behind."""
    return (
        name[0] in ".~" or name[-1] == "~" or name.lower().endswith((".tmp", ".swp")) or name.lower() in _IGNORED_NAMES
    )
