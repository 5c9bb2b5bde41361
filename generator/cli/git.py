"""`jixiao git`: set git up for records in one clone, and what git then runs."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from generator.build.git_setup import CONFLICTED, Project, Standing, install, projects, standing, uninstall
from generator.check.report.terminal import plain
from generator.cli import FAILED
from generator.errors import JixiaoError, disk_reason
from generator.resources import template_dirs_of
from generator.settings import Settings

HELP = "让 git 用表里的话比较绩效表、逐行逐栏合并，并在提交之前检查；只设在这一个克隆里，可以撤销"

_ACTIONS = {
    "install": "装上比较、合并和提交前的检查",
    "uninstall": "撤销装上的",
    "status": "列出装了什么",
    "diff-file": "由 git 调用：比较一个文件的两个版本",
    "merge-file": "由 git 调用：合并一个文件",
    "pre-commit": "由 git 调用：检查已经 git add 的绩效表，有新错误时退出码为 1",
}
_NO_FILE = "/dev/null"
_MOST_TOLD = 10
"""Errors that are listed before the first commit, which they do not stop."""
_FILES = {"diff-file": (1, 7, 8, 9), "merge-file": (5,)}
"""How many words git writes behind these."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `git`."""
    about = "；".join(f"{name} {words}" for name, words in _ACTIONS.items())
    parser.add_argument("action", choices=tuple(_ACTIONS), metavar="做什么", help=about)
    parser.add_argument("files", nargs="*", metavar="文件", help="git 写在后面的文件和记号")


def run(arguments: argparse.Namespace) -> int:
    """Set up, undo, tell, or do what git asks."""
    action: str = arguments.action
    files: list[str] = arguments.files
    if len(files) not in _FILES.get(action, (0,)):
        raise JixiaoError(f"jixiao git {action} 后面的文件不对。它由 git 自己调用；先运行 jixiao git install。")
    match action:
        case "diff-file":
            return _diff_file(files)
        case "merge-file":
            return _merge_file(files)
        case "pre-commit":
            return _pre_commit(arguments.config)
        case _:
            return _set_up(_SET_UPS[action], arguments.config)


_SetUp = Callable[[Settings, Path], Sequence[Standing]]
_SET_UPS: Mapping[str, _SetUp] = {"install": install, "uninstall": uninstall, "status": standing}


def _set_up(step: _SetUp, config_file: Path) -> int:
    from generator.configuration import load_settings  # noqa: PLC0415  what git calls must not read a work tree's

    settings = load_settings(config_file)
    before = standing(settings, config_file)
    after = step(settings, config_file)
    for one in after:
        print(plain(f"{one.what}：{one.state}{f'（{one.note}）' if one.note else ''}"))
    if step is not standing and before == after:
        print("没有改动。")
    elif step is install:
        print("只设在这一个克隆里；撤销：jixiao git uninstall。看原样的文字比较：git diff --no-ext-diff。")
    return 0


def _diff_file(files: Sequence[str]) -> int:
    """Print what changed of one record, as `git diff` shows it."""
    from generator.exchange.change_report import format_change  # noqa: PLC0415  not where git is only set up
    from generator.exchange.record_changes import Version, is_record_path, record_change  # noqa: PLC0415
    from generator.forms.definitions import load_forms  # noqa: PLC0415

    if len(files) == 1:
        print(f"冲突 {files[0]}\n    合并冲突还没有解决\n")
        return 0
    path, old, _, _, new, *_ = files
    later = files[7] if len(files) > 7 else path  # noqa: PLR2004  git writes the new name behind all else
    project = _project_of(later)
    records = _records_of(project)
    names = [_inside(name, project) for name in (path, later)]
    if not all(is_record_path(name, records) for name in names):
        raise JixiaoError(f"{later} 不是绩效表的记录。")
    before, after = (
        None if file == _NO_FILE else Version(name, _read(file)) for name, file in zip(names, (old, new), strict=True)
    )
    change = record_change(before, after, records, load_forms(template_dirs_of(project.folder)))
    if change.unreadable:
        # What cannot be told field by field is shown as text, by git itself.
        print(plain(f"{change.unreadable}："))
        return FAILED
    print("".join(f"{plain(line)}\n" for line in format_change(change).split("\n")), end="")
    return 0


def _merge_file(files: Sequence[str]) -> int:
    """Join two versions of one record into ours; `CONFLICTED` where somebody has to choose."""
    from generator.build.file_merging import Versions, joined, joined_by_lines  # noqa: PLC0415  not where git is only set up
    from generator.forms.definitions import load_forms  # noqa: PLC0415
    from generator.load.discover import SourceFile  # noqa: PLC0415

    base, ours, theirs, length, path = files
    versions = Versions(*(_read(file) for file in (base, ours, theirs)))
    size = int(length) if length.isascii() and length.isdecimal() else 7
    try:
        project = _project_of(path)
        name = Path(_inside(path, project))
        identifier = name.relative_to(_records_of(project)).with_suffix("")
        file = SourceFile(name.as_posix(), name, identifier.as_posix(), name.suffix.lower() == ".md")
        outcome = joined(versions, file, load_forms(template_dirs_of(project.folder)), size, Path.cwd())
    except JixiaoError as error:
        outcome = joined_by_lines(versions, size, Path.cwd(), f"{path} 按文字一行一行合并：{error}")
    Path(ours).write_bytes(outcome.data)
    if outcome.fault:
        print(plain(f"{outcome.fault}。"), file=sys.stderr)
    for conflict in outcome.conflicts:
        print(plain(f"冲突：{path}：{conflict}"), file=sys.stderr)
    if outcome.new_errors:
        print(
            plain(f"{path} 两边的改动合在一起有 {len(outcome.new_errors)} 处错误，两边原来都没有，请核对："),
            file=sys.stderr,
        )
    for finding in outcome.new_errors:
        print(plain(f"  {finding.code} {finding.message}"), file=sys.stderr)
    return 0 if outcome.is_clean else CONFLICTED


def _pre_commit(config_file: Path) -> int:
    """Check what is staged of every project that is set up here, or of the one named; 1 where that brings new errors."""
    from generator.build.staged_check import check_staged  # noqa: PLC0415  not where git is only set up
    from generator.check.report.contents import hiding_personal_data  # noqa: PLC0415
    from generator.check.report.text import format_finding  # noqa: PLC0415

    # Git names its files from the top of the work tree, and we go into folders below it.
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())
    from generator.configuration import load_settings  # noqa: PLC0415

    errors = told = 0
    configs = [project.config for project in projects(Path.cwd())]
    # A branch may be without a project that is set up; where none is, other programs ask for the one they name.
    for config in [file for file in configs if file.is_file()] if configs else [config_file]:
        found = check_staged(load_settings(config))
        lines = hiding_personal_data(partial(_lines_in, found.lines), found.findings)
        for finding in found.findings[: _MOST_TOLD if found.is_first else None]:
            print(format_finding(finding, lines), file=sys.stderr)
        errors += 0 if found.is_first else len(found.findings)
        told += len(found.findings) if found.is_first else 0
    if told:
        more = f"这里列出前 {_MOST_TOLD} 处。" if told > _MOST_TOLD else ""
        print(
            f"绩效表里有 {told} 处错误。{more}第一次提交没有可比的旧版本，照样提交；以后只拦新的错误，全部错误见 jixiao check。",
            file=sys.stderr,
        )
    if errors:
        print(
            f"已经 git add 的绩效表里有 {errors} 处新的错误，没有提交。"
            "请改好并 git add；这一次不检查：git commit --no-verify。",
            file=sys.stderr,
        )
    return FAILED if errors else 0


def _lines_in(files: Mapping[str, Sequence[str]], path: str) -> Sequence[str]:
    return files.get(path, ())


def _project_of(path: str) -> Project:
    """Return the project that a path, from the top of the work tree, belongs to."""
    place = Path(os.path.realpath(path))
    for project in projects(Path.cwd()):
        if place.is_relative_to(os.path.realpath(project.records)):
            return project
    raise JixiaoError(f"{path} 不在设好的项目里；请在项目文件夹里运行 jixiao git install。")


def _records_of(project: Project) -> str:
    """Return the folder of all records, relative to the project's."""
    return Path(os.path.relpath(project.records, project.folder)).as_posix()


def _inside(path: str, project: Project) -> str:
    """Return a path of the work tree relative to the project folder."""
    below = Path(os.path.realpath(path)).relative_to(os.path.realpath(project.records))
    return (Path(_records_of(project)) / below).as_posix()


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise JixiaoError(f"读不出 {file}：{disk_reason(error)}。") from error
