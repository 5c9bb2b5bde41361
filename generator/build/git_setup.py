"""What `jixiao git install` sets up in one clone: how git compares and joins records, and a check before each commit.

Nothing of it is part of the repository, and nothing else of the clone is touched: each change is a block or a file
that says whose it is.
"""

import os
import re
import shlex
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from generator.build.marked_block import block_lines, block_names, has_block, with_block, without_block
from generator.build.repository import output_of, refuse_outside, run_git
from generator.errors import JixiaoError, disk_reason
from generator.load.discover import RECORD_SUFFIXES
from generator.settings import Settings

DRIVER = "jixiao"
CONFLICTED = 3
"""Exit code of the merge driver where somebody has to choose: Python itself ends with 1 where it cannot begin."""
_WHY = "比较、合并和提交前的检查都由 git 来做。"
_DRIVERS = "比较和合并"
_RECORDS = "# 记录文件夹："
_HOOK = """\
#!/bin/sh
# 由 jixiao git install 写入，jixiao git uninstall 删去：提交之前检查已经 git add 的绩效表。
# 这一次不检查：git commit --no-verify
if [ -x {python} ]; then
  exec {command} git pre-commit
fi
echo '找不到 jixiao，没有检查绩效表。请重新运行 jixiao git install。' >&2
"""


_HOOKS = {"pre-commit": "提交之前检查", "pre-merge-commit": "没有冲突的合并，提交之前检查"}
"""What each hook does; git runs the first for no merge that it joins by itself."""


class State(StrEnum):
    """How one thing stands."""

    SET = "已装好"
    STALE = "要更新"
    MISSING = "没有装"
    FOREIGN = "不是 jixiao 装的"


class Standing(NamedTuple):
    """One thing that is set up, and how it stands."""

    what: str
    state: State
    note: str = ""
    """What else is to be known of it."""


class Project(NamedTuple):
    """A project that is set up in a clone, as it was then.

    Comparing and joining ask no `mkdocs.yml`: that of a work tree may be anybody's, and MkDocs runs what it names.
    """

    config: Path
    folder: Path
    records: Path


class _Clone(NamedTuple):
    """Where things of a clone stand."""

    top: Path
    config: Path
    attributes: Path
    hooks: Path
    """Folder of the hooks."""
    hooks_path: str
    """What `core.hooksPath` says; empty where it says nothing."""


def install(settings: Settings, config_file: Path) -> tuple[Standing, ...]:
    """Set everything up that is not yet; return how it stands then.

    Raises JixiaoError where there is no git or no clone, or another driver has our name.
    """
    clone = _clone(settings)
    name = _name(config_file, clone)
    _refuse_foreign_driver(clone)
    _replace(clone.config, with_block(_bytes_of(clone.config), _DRIVERS, _driver_lines()))
    _replace(clone.attributes, with_block(_bytes_of(clone.attributes), name, _attribute_lines(settings, clone)))
    for hook in (clone.hooks / one for one in _HOOKS):
        if _hook_state(hook) in (State.MISSING, State.STALE) and not clone.hooks_path:
            _write_hook(hook)
    return _standings(settings, name, clone)


def uninstall(settings: Settings, config_file: Path) -> tuple[Standing, ...]:
    """Take back all that `install` did; what serves another project of the same clone stays until that one goes."""
    clone = _clone(settings)
    name = _name(config_file, clone)
    attributes = _bytes_of(clone.attributes)
    if attributes is not None:
        _replace(clone.attributes, without_block(attributes, name))
    if not block_names(_bytes_of(clone.attributes)):
        _replace(clone.config, without_block(_bytes_of(clone.config) or b"", _DRIVERS))
        for hook in (clone.hooks / one for one in _HOOKS):
            if _hook_state(hook) in (State.SET, State.STALE):
                _remove(hook)
    return _standings(settings, name, clone)


def standing(settings: Settings, config_file: Path) -> tuple[Standing, ...]:
    """Return how everything stands."""
    clone = _clone(settings)
    return _standings(settings, _name(config_file, clone), clone)


def projects(folder: Path) -> tuple[Project, ...]:
    """Return the projects that are set up in the clone around a folder."""
    top = _top(folder)
    attributes = _bytes_of(_git_path(folder, "info/attributes"))
    return tuple(
        Project(top / name, (top / name).parent, top / line.removeprefix(_RECORDS))
        for name in block_names(attributes)
        for line in block_lines(attributes, name)
        if line.startswith(_RECORDS)
    )


def _clone(settings: Settings) -> _Clone:
    # The records may be a repository of their own inside the project's.
    folder = settings.records_dir if settings.records_dir.is_dir() else settings.project_dir
    refuse_outside(folder, _WHY)
    told = run_git(folder, "config", "--type=path", "--get", "core.hooksPath")
    return _Clone(
        top=_top(folder),
        config=_git_path(folder, "config"),
        attributes=_git_path(folder, "info/attributes"),
        hooks=_git_path(folder, "hooks"),
        hooks_path=os.fsdecode(told.stdout).rstrip("\n") if told.returncode == 0 else "",
    )


def _top(folder: Path) -> Path:
    return Path(os.fsdecode(output_of(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))


def _git_path(folder: Path, name: str) -> Path:
    place = folder / os.fsdecode(output_of(folder, "rev-parse", "--git-path", name)).rstrip("\n")
    # Messages name the place without ways up and down; what is itself a link stays one.
    return Path(os.path.realpath(place.parent)) / place.name


def _name(config_file: Path, clone: _Clone) -> str:
    """Return the name of a project's block: its configuration, from the top of the work tree."""
    return Path(os.path.relpath(os.path.realpath(config_file), clone.top)).as_posix()


def command() -> str:
    """Return how a shell runs this program, wherever it stands."""
    # What the work tree holds is never to be taken for the program: -P.
    return f"{_python()} -P -m generator.cli"


def _python() -> str:
    return shlex.quote(Path(sys.executable).as_posix())


def _driver_lines() -> list[str]:
    run = command()
    # Where this program cannot even begin, git's own comparison and merge take its place.
    compare = f'f() {{ {run} git diff-file -- "$@" || git diff --no-index --no-ext-diff -- "$2" "$5"; true; }}; f'
    join = (
        f"{run.replace('%', '%%')} git merge-file -- %O %A %B %L %P; c=$?; "
        f"case $c in 0|{CONFLICTED}) exit $c;; esac; "
        "git merge-file --marker-size=%L -L 我方 -L 原来 -L 对方 %A %O %B"
    )
    return [
        f'[diff "{DRIVER}"]',
        f"\tcommand = {_config_value(compare)}",
        f'[merge "{DRIVER}"]',
        "\tname = 绩效表逐行逐栏合并",
        f"\tdriver = {_config_value(join)}",
    ]


def _config_value(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _attribute_lines(settings: Settings, clone: _Clone) -> list[str]:
    records = Path(os.path.realpath(settings.records_dir))
    if not records.is_relative_to(clone.top):
        raise JixiaoError(f"记录文件夹 {records} 不在仓库 {clone.top} 里，git 不管它。")
    place = records.relative_to(clone.top).as_posix()
    # The records may be a whole repository.
    way = place.removeprefix(".")
    folder = re.sub(r"([*?\[\\])", r"\\\1", f"/{way}/" if way else "/")
    patterns = (f"{folder}**/*{suffix}".replace("\\", "\\\\").replace('"', '\\"') for suffix in RECORD_SUFFIXES)
    return [f"{_RECORDS}{place}", *(f'"{pattern}" diff={DRIVER} merge={DRIVER}' for pattern in patterns)]


def _refuse_foreign_driver(clone: _Clone) -> None:
    others = without_block(_bytes_of(clone.config) or b"", _DRIVERS) or b""
    if re.search(rb'^[ \t]*\[(?:diff|merge)[ \t]+"jixiao"\]', others, re.MULTILINE):
        raise JixiaoError(f"{clone.config} 里已经有叫 jixiao 的设置，不是本命令写的，没有改动。请先删去或改名。")


def _standings(settings: Settings, name: str, clone: _Clone) -> tuple[Standing, ...]:
    blocks = ((clone.config, _DRIVERS, _driver_lines()), (clone.attributes, name, _attribute_lines(settings, clone)))
    states = [_block_state(_bytes_of(file), of, lines) for file, of, lines in blocks]
    drivers = State.SET if set(states) == {State.SET} else State.MISSING if State.MISSING in states else State.STALE
    return (
        Standing("git diff 用表里的话", drivers),
        Standing("合并逐行逐栏", drivers),
        *(_hook_standing(clone, hook, what) for hook, what in _HOOKS.items()),
    )


def _hook_standing(clone: _Clone, hook: str, what: str) -> Standing:
    state, note = _hook_state(clone.hooks / hook), ""
    if state not in (State.SET, State.STALE) and (clone.hooks_path or state is State.FOREIGN):
        where = f"core.hooksPath 指向 {clone.hooks_path}" if clone.hooks_path else f"已经有 {clone.hooks / hook}"
        note = f"{where}，没有改动；要在那时检查，请在那里的 {hook} 里加一行：{command()} git pre-commit"
    return Standing(what, state, note)


def _block_state(data: bytes | None, name: str, lines: Sequence[str]) -> State:
    if not has_block(data, name):
        return State.MISSING
    return State.SET if with_block(data, name, lines) == data else State.STALE


def _hook_state(hook: Path) -> State:
    data = _bytes_of(hook)
    if data is None:
        return State.MISSING
    text = data.decode("utf-8", "replace")
    if text == _hook_text():
        return State.SET
    pattern = re.escape(_HOOK).replace(r"\{python\}", "[^\n]*").replace(r"\{command\}", "[^\n]*")
    return State.STALE if re.fullmatch(pattern, text) else State.FOREIGN


def _hook_text() -> str:
    return _HOOK.format(python=_python(), command=command())


def _write_hook(hook: Path) -> None:
    try:
        hook.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JixiaoError(f"建不了文件夹 {hook.parent}：{disk_reason(error)}。") from error
    _replace(hook, _hook_text().encode())
    hook.chmod(0o755)


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JixiaoError(f"读不出 {file}：{disk_reason(error)}。") from error


def _replace(file: Path, data: bytes | None) -> None:
    """Write a file as a whole, or remove it, unless git is writing it just now."""
    if _bytes_of(file) == data:
        return
    if data is None:
        _remove(file)
        return
    # Git's own lock: while it is there git writes nothing of the sort, nor does another of us.
    lock = file.with_name(f"{file.name}.lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("xb") as stream:
            stream.write(data)
        if file.exists():
            lock.chmod(file.stat().st_mode & 0o777)
        lock.replace(Path(os.path.realpath(file)))
    except FileExistsError as error:
        raise JixiaoError(f"{file} 正被另一个 git 命令改动（有 {lock.name}）。请等它结束再运行一次。") from error
    except OSError as error:
        lock.unlink(missing_ok=True)
        raise JixiaoError(f"写不进 {file}：{disk_reason(error)}。") from error


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise JixiaoError(f"删不掉 {file}：{disk_reason(error)}。") from error
