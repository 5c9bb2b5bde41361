"""Find the record files below `content/records`; the path of a file is its address."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.finding import Finding, in_reading_order
from generator.load import faults
from generator.origin import START, Origin

RECORD_SUFFIXES = (".yaml", ".yml", ".md")
RECORD_DEPTH = 3

_ADDRESS_PART = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?")
_YEAR = re.compile(r"[0-9]{4}")
_WINDOWS_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{number}" for number in range(10)), *(f"lpt{number}" for number in range(10)))
)
_IGNORED_NAMES = frozenset(("thumbs.db", "desktop.ini"))
_Entry = os.DirEntry[str]
_IMPORTABLE = (".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One record file, not yet read."""

    path: str
    """POSIX path relative to the project folder, as printed in messages."""
    location: Path
    """Where it stands on this disk."""
    id: str
    """Its path below the records folder without suffix: 2024/xinzhuang/liangxin."""
    is_markdown: bool
    """Whether it is a Markdown record; otherwise it is YAML."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found below the records folder."""

    files: tuple[SourceFile, ...]
    """The records that have a sound address of their own, by address."""
    findings: tuple[Finding, ...]
    """Faults of names, places and links."""
    set_aside: tuple[SourceFile, ...] = ()
    """Records with a faulty address: not to be published, but their content can be checked in the same run."""


def discover(records_dir: Path, project_dir: Path) -> Discovery:
    """Find every record file below the records folder and every fault of its place."""
    walk = _Walk(content_root=os.path.realpath(records_dir.parent), base=_relative(records_dir, project_dir))
    if not records_dir.is_dir():
        walk.report(
            faults.RECORDS_FOLDER_MISSING,
            walk.base,
            "找不到记录文件夹",
            expected="放有 <年度>/<单位>/<项目>.yaml 的文件夹",
            hint=f"新建文件夹 {walk.base}，或在 mkdocs.yml 中改正记录文件夹的位置",
        )
    elif not walk.inside(os.path.realpath(records_dir)):
        walk.report_leaving(walk.base, os.path.realpath(records_dir))
    else:
        _walk_folder(walk, _Folder(records_dir, (), sound=True, ancestors=(os.path.realpath(records_dir),)))
    return Discovery(
        files=tuple(sorted(walk.files, key=lambda file: file.id)),
        findings=in_reading_order(walk.findings),
        set_aside=tuple(sorted(walk.set_aside, key=lambda file: file.path)),
    )


@dataclass(slots=True)
class _Walk:
    """What one walk gathers."""

    content_root: str
    base: str
    files: list[SourceFile] = field(default_factory=list)
    set_aside: list[SourceFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, fault: faults.Fault, path: str, message: str, **facts: str) -> None:
        """Note a fault of a whole file or folder."""
        self.findings.append(fault.at(Origin(path, *START), message, **facts))

    def report_leaving(self, path: str, target: str) -> None:
        """Note a link that leads out of the content folder."""
        self.report(
            faults.LINK_LEAVES_CONTENT,
            path,
            "符号链接指到内容文件夹之外，没有读取",
            found=target,
            expected="内容文件夹之内的文件",
            hint="把文件本身复制到这里，不要用链接",
        )

    def inside(self, real_path: str) -> bool:
        """Tell whether a resolved path is within the content folder."""
        return real_path == self.content_root or real_path.startswith(self.content_root.rstrip(os.sep) + os.sep)


@dataclass(frozen=True, slots=True)
class _Folder:
    """One folder on the way down."""

    location: Path
    parts: tuple[str, ...]
    sound: bool
    ancestors: tuple[str, ...]
    """The resolved paths from the records folder down to this one; a link back to any of them is a loop."""


def _relative(path: Path, project_dir: Path) -> str:
    """Return the path as printed: relative to the project where it is inside it."""
    try:
        return path.absolute().relative_to(project_dir.absolute()).as_posix()
    except ValueError:
        return path.as_posix()


def _walk_folder(walk: _Walk, folder: _Folder) -> None:
    """Take in one folder and those below it."""
    path = "/".join((walk.base, *folder.parts))
    try:
        with os.scandir(folder.location) as scan:
            entries = sorted((entry for entry in scan if not _is_ignored(entry.name)), key=lambda entry: entry.name)
    except OSError as error:
        walk.report(
            faults.UNREADABLE_FOLDER,
            path,
            f"文件夹打不开：{error.strerror or error}",
            hint="检查文件夹的访问权限，或是否被其他程序占用",
        )
        return
    folders, files = _sorted_out(walk, folder, path, entries)
    clashing = _report_clashes(walk, path, folders, files)
    for entry in files:
        _take_file(walk, folder, entry, sound=folder.sound and entry.name not in clashing)
    for entry, real_path in folders:
        depth = len(folder.parts)
        sound = depth >= RECORD_DEPTH - 1 or _is_sound_folder(walk, f"{path}/{entry.name}", entry.name, depth)
        below = _Folder(
            Path(entry.path),
            (*folder.parts, entry.name),
            sound=sound and folder.sound and entry.name not in clashing,
            ancestors=(*folder.ancestors, real_path),
        )
        _walk_folder(walk, below)


def _is_ignored(name: str) -> bool:
    """Tell whether a name is one that systems and editors leave behind."""
    return (
        name[0] in ".~" or name[-1] == "~" or name.lower().endswith((".tmp", ".swp")) or name.lower() in _IGNORED_NAMES
    )


def _sorted_out(
    walk: _Walk, folder: _Folder, path: str, entries: Iterable[_Entry]
) -> tuple[list[tuple[_Entry, str]], list[_Entry]]:
    """Return the folders with their resolved paths, and the files; report what is neither."""
    folders: list[tuple[_Entry, str]] = []
    files: list[_Entry] = []
    for entry in entries:
        real_path = f"{folder.ancestors[-1]}{os.sep}{entry.name}"
        if _is_link(entry):
            real_path = os.path.realpath(entry.path)
            if not walk.inside(real_path):
                walk.report_leaving(f"{path}/{entry.name}", real_path)
                continue
            if real_path in folder.ancestors or not Path(real_path).exists():
                walk.report(
                    faults.BROKEN_LINK,
                    f"{path}/{entry.name}",
                    "符号链接指回自己的上级文件夹" if real_path in folder.ancestors else "符号链接指向的文件不存在",
                    hint="删去这个链接，或把文件本身放到这里",
                )
                continue
        if entry.is_dir():
            folders.append((entry, real_path))
        elif entry.is_file():
            files.append(entry)
        else:
            walk.report(faults.NOT_A_FILE, f"{path}/{entry.name}", "这不是普通文件，没有读取", hint="删去它")
    return folders, files


def _is_link(entry: _Entry) -> bool:
    """Tell whether an entry is a symbolic link or, on Windows, a junction."""
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def _report_clashes(
    walk: _Walk, path: str, folders: Iterable[tuple[_Entry, str]], files: Iterable[_Entry]
) -> frozenset[str]:
    """Report records with one address and names that differ only in case; return the names to set aside."""
    clashing: set[str] = set()
    for names in _alike(entry.name for entry in files if _record_suffix(entry.name)):
        first, *others = names
        if len({Path(name).stem for name in names}) == 1:
            walk.report(
                faults.SAME_ADDRESS,
                f"{path}/{others[-1]}",
                f"{len(names)} 个文件是同一个网址：{'、'.join(names)}",
                expected="一个网址只有一个记录文件",
                hint="只留一个，其余删去或改名",
            )
            clashing.update(names)
        else:
            _report_case(walk, path, others, first)
            clashing.update(others)
    for first, *others in _alike(entry.name for entry, _ in folders):
        _report_case(walk, path, others, first)
        clashing.update(others)
    return frozenset(clashing)


def _alike(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the groups of names that give one address on a system that ignores case, the best name first."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        suffix = _record_suffix(name)
        groups[name[: len(name) - len(suffix)].casefold()].append(name)
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda name: (name != name.lower(), name))


def _report_case(walk: _Walk, path: str, names: Iterable[str], first: str) -> None:
    """Report names that on Windows would overwrite the first."""
    for name in names:
        walk.report(
            faults.DIFFERS_IN_CASE,
            f"{path}/{name}",
            f"“{name}”与“{first}”只有大小写不同，在 Windows 上会互相覆盖",
            found=name,
            expected="大小写之外也不相同的名称",
            hint="改用另一个小写的名称，或合并后删去一个",
        )


def _record_suffix(name: str) -> str:
    """Return the suffix of a record file as written, or nothing."""
    suffix = name[name.rfind(".") :] if "." in name[1:] else ""
    return suffix if suffix.lower() in RECORD_SUFFIXES else ""


def _is_sound_folder(walk: _Walk, path: str, name: str, depth: int) -> bool:
    """Check the name of a year or unit folder; a clash of case is reported on its own."""
    if depth > 0:
        return _is_fit(walk, path, name, "")
    if _YEAR.fullmatch(name):
        return True
    walk.report(
        faults.WRONG_YEAR_FOLDER,
        path,
        f"年度文件夹“{name}”不是四位数字",
        found=name,
        expected="四位数字的年度，如 2024",
        hint="把文件夹改名为年度，如 2024",
    )
    return False


def _take_file(walk: _Walk, folder: _Folder, entry: _Entry, *, sound: bool) -> None:
    """Take one file as a record, set it aside, or report why it is none."""
    name = entry.name
    path = "/".join((walk.base, *folder.parts, name))
    suffix = _record_suffix(name)
    if not suffix:
        _report_foreign(walk, path, name)
        return
    if len(folder.parts) != RECORD_DEPTH - 1:
        walk.report(
            faults.WRONG_DEPTH,
            path,
            "记录文件放错了层次，没有读取",
            found="/".join((*folder.parts, name)),
            expected="<年度>/<单位>/<项目>.yaml",
            hint="移到“年度/单位”文件夹里，如 2024/xinzhuang/liangxin.yaml；说明文字请放到 content/pages",
        )
        return
    stem = name[: -len(suffix)]
    fit = _is_fit(walk, path, stem, suffix)
    file = SourceFile(path, Path(entry.path), "/".join((*folder.parts, stem)), is_markdown=suffix.lower() == ".md")
    (walk.files if sound and fit else walk.set_aside).append(file)


def _is_fit(walk: _Walk, path: str, stem: str, suffix: str) -> bool:
    """Check one part of an address; report how to rename it."""
    reserved = stem.partition(".")[0] in _WINDOWS_RESERVED
    if _ADDRESS_PART.fullmatch(stem) and not reserved and suffix == suffix.lower():
        return True
    proposal = _proposal(stem)
    walk.report(
        faults.UNFIT_ADDRESS,
        path,
        f"名称“{stem}{suffix}”不能用作网址" + ("：这是 Windows 保留的名称" if reserved else ""),
        found=stem + suffix,
        expected="小写字母、数字、连字符 - 、下划线 _ 和点，以字母或数字开头，不以点结尾",
        hint=f"改名为 {proposal}{suffix.lower()}"
        if proposal
        else f"用拼音或英文另起一个名称，如 dangqun-fuwu{suffix.lower()}；中文名称写在文件里面",
    )
    return False


def _proposal(stem: str) -> str:
    """Return a fit name like this one, or nothing where too little of it is left."""
    if not stem.isascii():
        return ""
    name = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("._-")
    return f"{name}-1" if name.partition(".")[0] in _WINDOWS_RESERVED else name


def _report_foreign(walk: _Walk, path: str, name: str) -> None:
    """Report a file that is no record, with what to do about it."""
    stem, suffix = Path(name).stem, Path(name).suffix
    if _record_suffix(stem):
        walk.report(
            faults.HIDDEN_SUFFIX,
            path,
            f"记录文件多了扩展名“{suffix}”，没有读取",
            found=name,
            expected=stem,
            hint=f"改名为 {stem}；Windows 上请先在“查看”中勾选“文件扩展名”",
        )
        return
    walk.report(
        faults.FOREIGN_FILE,
        path,
        "这不是记录文件，没有读取",
        found=name,
        expected="扩展名为 .yaml、.yml 或 .md 的文件",
        hint="照它的内容填写一份记录（jixiao new 生成空表），原件移到别处"
        if suffix.lower() in _IMPORTABLE
        else "如果是记录，请改扩展名；否则移到别处",
    )
