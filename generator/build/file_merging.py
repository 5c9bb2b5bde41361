"""Join two changes of one record's file, as git asks its merge drivers to."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from generator.build.merged_check import new_errors
from generator.build.repository import run_git
from generator.errors import JixiaoError
from generator.exchange.merging import Marks, Sides, is_readable, merged
from generator.exchange.part_merging import Conflict
from generator.exchange.replacing import encoded, is_even
from generator.finding import Finding
from generator.load.discover import SourceFile
from generator.load.text_file import decode_text
from generator.model.forms import FormLibrary

_MARKS = Marks()
_MARK = b"\xef\xbb\xbf"


class Versions(NamedTuple):
    """Three versions of one file."""

    base: bytes
    ours: bytes
    theirs: bytes


class Joined(NamedTuple):
    """What the file is to hold."""

    data: bytes
    conflicts: tuple[Conflict, ...]
    """What somebody has to choose, where that is known field by field."""
    is_clean: bool
    fault: str = ""
    """Why git's own merge of lines was taken, in Chinese; empty where it was not."""
    new_errors: tuple[Finding, ...] = ()
    """What is wrong with the outcome and with neither side, where nothing is left to choose."""


def joined(versions: Versions, file: SourceFile, forms: FormLibrary, size: int, folder: Path) -> Joined:
    """Return both changes in one file, field by field where all three versions can be read, else line by line."""
    if not versions.base.strip():
        fault = f"{file.path} 两边各自新建了这个文件，没有共同的版本，按文字一行一行合并"
        return joined_by_lines(versions, size, folder, fault)
    texts = [_text_of(data, file.path) for data in versions]
    base, ours, theirs = texts
    if base is None or ours is None or theirs is None:
        return _unreadable(versions, file, forms, size, folder)
    if not is_even(ours, versions.ours):
        fault = f"{file.path} 我方的换行符不是一种，按文字一行一行合并，合并的结果没有核对"
        return joined_by_lines(versions, size, folder, fault)
    lines = _by_lines(Versions(*(text.encode() for text in (base, ours, theirs))), size, folder)
    by_lines = lines.stdout.decode() if lines.returncode == 0 else None
    sides = Sides(base, ours, theirs)
    outcome = merged(sides, file, forms, by_lines, _MARKS._replace(size=size))
    if outcome is None:
        return _unreadable(versions, file, forms, size, folder)
    errors = () if outcome.conflicts else new_errors(sides, outcome.text, file, forms)
    return Joined(
        encoded(outcome.text, versions.ours), outcome.conflicts, not outcome.conflicts, new_errors=errors
    )  # fmt: skip


def _unreadable(versions: Versions, file: SourceFile, forms: FormLibrary, size: int, folder: Path) -> Joined:
    """Return git's own merge of lines where some of the versions cannot be read, and say which."""
    texts = zip(("原来", _MARKS.ours, _MARKS.theirs), (_text_of(data, file.path) for data in versions), strict=True)
    whose = "、".join(name for name, text in texts if text is None or not is_readable(text, file, forms))
    return joined_by_lines(
        versions, size, folder, f"{file.path} {whose}的版本读不出来，按文字一行一行合并，合并的结果没有核对"
    )  # fmt: skip


def joined_by_lines(versions: Versions, size: int, folder: Path, fault: str) -> Joined:
    """Return git's own merge of lines; `fault` says why."""
    # Line ends are no change to choose about, but where a file has two kinds each line keeps its own.
    kinds = versions.ours.count(b"\r\n"), versions.ours.count(b"\n")
    is_mixed = 0 < kinds[0] < kinds[1]
    plain = Versions(*(data.replace(b"\r\n", b"\n") for data in versions))
    done = _by_lines(versions if is_mixed else plain, size, folder)
    if done.returncode < 0 or done.returncode > 127:  # noqa: PLR2004  what git says where it cannot merge at all
        said = done.stderr.decode("utf-8", "replace").strip()
        return Joined(versions.ours, (), is_clean=False, fault=f"{fault}；git 也合并不了，留下我方的：{said}")
    data = done.stdout.replace(b"\n", b"\r\n") if kinds[0] and not is_mixed else done.stdout
    return Joined(data, (), is_clean=not done.returncode, fault=fault)


class _Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


def _by_lines(versions: Versions, size: int, folder: Path) -> _Done:
    try:
        with tempfile.TemporaryDirectory(prefix="jixiao-") as made:
            paths = [Path(made) / name for name in ("ours", "base", "theirs")]
            for path, data in zip(paths, (versions.ours, versions.base, versions.theirs), strict=True):
                path.write_bytes(data)
            names = [word for name in (_MARKS.ours, "原来", _MARKS.theirs) for word in ("-L", name)]
            done = run_git(folder, "merge-file", "-p", f"--marker-size={size}", *names, *map(str, paths))
    except OSError as error:
        raise JixiaoError(f"写不进临时文件夹：{error}。") from error
    return _Done(done.returncode, done.stdout, done.stderr)


def _text_of(data: bytes, path: str) -> str | None:
    """Return a file's text; None where anything of it would not come out again as it is."""
    text, _ = decode_text(data, path)
    if text is None:
        return None
    is_same = text.encode() == data.removeprefix(_MARK).replace(b"\r\n", b"\n")
    return text if is_same else None
