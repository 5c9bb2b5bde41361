"""Find the record files below `content/records`; the path of a file is its address."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.finding import Finding, in_reading_order
from generator.load import faults
from generator.load.walk import DirEntry, Folder, Walk, list_folder
from generator.patterns import lazy_pattern
from generator.text import printable

RECORD_SUFFIXES = (".yaml", ".yml", ".md")
RECORD_DEPTH = 3

_YEAR = lazy_pattern(r"[0-9]{4}")
_IMPORTABLE = (".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf")


class SourceFile(Struct, frozen=True):
    """One record file, not yet read."""

    path: str
    """POSIX path relative to the project folder, as printed in messages."""
    location: Path
    """Where it stands on this disk."""
    id: str
    """Its path below the records folder without suffix: 2024/xinzhuang/liangxin."""
    is_markdown: bool
    """Whether it is a Markdown record; otherwise it is YAML."""


class Discovery(Struct, frozen=True):
    """What was found below the records folder."""

    files: tuple[SourceFile, ...]
    """The records that have a sound address of their own, by address."""
    findings: tuple[Finding, ...]
    """Faults of names, places and links."""
    set_aside: tuple[SourceFile, ...] = ()
    """Records with a faulty address: not to be published, but their content can be checked in the same run."""


def discover(records_dir: Path, project_dir: Path) -> Discovery:
    """Find every record file below the records folder and every fault of its place."""
    walk = Walk.below(records_dir, project_dir)
    found = _Found(walk, [], [])
    if not records_dir.is_dir():
        walk.report(
            faults.RECORDS_FOLDER_MISSING,
            walk.base,
            "找不到记录文件夹",
            expected="放有 <年度>/<单位>/<项目>.yaml 的文件夹",
            hint=f"新建文件夹 {walk.base}，或在 mkdocs.yml 中改正记录文件夹的位置",
        )
    elif walk.takes(walk.base, os.path.realpath(records_dir)):
        _walk_folder(found, Folder.top(records_dir), sound=True)
    return Discovery(
        files=tuple(sorted(found.files, key=lambda file: file.id)),
        findings=in_reading_order(walk.findings),
        set_aside=tuple(sorted(found.set_aside, key=lambda file: file.path)),
    )


class _Found(Struct, frozen=True):
    """What one walk gathers."""

    walk: Walk
    files: list[SourceFile]
    set_aside: list[SourceFile]


def _walk_folder(found: _Found, folder: Folder, *, sound: bool) -> None:
    """Take in one folder and those below it."""
    walk, depth = found.walk, len(folder.parts)
    path = "/".join((walk.base, *folder.parts))
    listing = list_folder(walk, folder)
    clashing = _report_clashes(walk, path, listing.folders, listing.files)
    for entry in listing.files:
        _take_file(found, folder, entry, sound=sound and entry.name not in clashing)
    for below in listing.folders:
        name = below.parts[-1]
        fit = depth >= RECORD_DEPTH - 1 or _is_sound_folder(walk, f"{path}/{name}", name, depth)
        _walk_folder(found, below, sound=sound and fit and name not in clashing)


def _report_clashes(walk: Walk, path: str, folders: Iterable[Folder], files: Iterable[DirEntry]) -> frozenset[str]:
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
    for first, *others in _alike(folder.parts[-1] for folder in folders):
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


def _report_case(walk: Walk, path: str, names: Iterable[str], first: str) -> None:
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


def _is_sound_folder(walk: Walk, path: str, name: str, depth: int) -> bool:
    """Check the name of a year or unit folder; a clash of case is reported on its own."""
    if depth > 0:
        return walk.is_fit(path, name)
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


def _take_file(found: _Found, folder: Folder, entry: DirEntry, *, sound: bool) -> None:
    """Take one file as a record, set it aside, or report why it is none."""
    walk, name = found.walk, entry.name
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
    fit = walk.is_fit(path, stem, suffix)
    identifier = printable("/".join((*folder.parts, stem)))
    file = SourceFile(printable(path), Path(entry.path), identifier, is_markdown=suffix.lower() == ".md")
    (found.files if sound and fit else found.set_aside).append(file)


def _report_foreign(walk: Walk, path: str, name: str) -> None:
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
