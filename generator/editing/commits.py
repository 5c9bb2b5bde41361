"""Hand changed records to git: only those that were chosen, with a message, in the user's name; nothing is sent on."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.build.repository import output_of, run_git
from generator.errors import JixiaoError

_STRICT = ("-c", "user.useConfigOnly=true")
"""Git would otherwise make a name up from that of the machine."""


class Identity(NamedTuple):
    """In whose name git commits."""

    name: str
    email: str


class Commit(NamedTuple):
    """What became of a commit."""

    is_made: bool
    said: str
    """What git and the hooks of the repository said."""


def is_repository(project: Path) -> bool:
    """Tell whether the project stands in the work tree of a repository; a machine without git has none."""
    try:
        found = run_git(project, "rev-parse", "--is-inside-work-tree")
    except JixiaoError:
        return False
    return found.returncode == 0 and found.stdout.strip() == b"true"


def has_identity(project: Path) -> bool:
    """Tell whether git knows in whose name to commit."""
    return run_git(project, *_STRICT, "var", "GIT_COMMITTER_IDENT").returncode == 0


def remember_identity(project: Path, identity: Identity) -> None:
    """Write a name and an address into the repository's own configuration."""
    is_taken_for_option = any(part.startswith("-") for part in identity)
    if (
        not identity.name
        or "@" not in identity.email
        or is_taken_for_option
        or re.search(r"[<>\0\n]", "".join(identity))
    ):
        raise JixiaoError("请写姓名和电子邮箱：git 在每次提交里记下是谁改的。")
    output_of(project, "config", "user.name", identity.name)
    output_of(project, "config", "user.email", identity.email)


def branch_of(project: Path) -> str:
    """Return the branch that a commit goes to, empty where there is none (detached head)."""
    return run_git(project, "symbolic-ref", "--short", "--quiet", "HEAD").stdout.decode("utf-8", "replace").strip()


def commit_files(project: Path, paths: Sequence[str], message: str) -> Commit:
    """Commit some files as they are on the disk and nothing else, whatever is staged beside them."""
    if not message.strip():
        raise JixiaoError("请写一句说明：这次改了什么，为什么。")
    if not paths:
        raise JixiaoError("没有选择要提交的表。")
    new = _untracked(project, paths)
    if new:
        # A file that git has never seen must be announced before it can be committed by name.
        output_of(project, "add", "--intent-to-add", "--", *_literal(new))
    words = ("commit", "--only", "--cleanup=whitespace", "--file=-", "--", *_literal(paths))
    done = run_git(project, *_STRICT, *words, given=f"{message.strip()}\n".encode())
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    if done.returncode:
        if new:
            run_git(project, "reset", "--quiet", "--", *_literal(new))
        return Commit(is_made=False, said=said)
    return Commit(is_made=True, said=said)


def _literal(paths: Sequence[str]) -> list[str]:
    """Return paths so that none of their characters stand for others.

    Git's option for all paths at once would hold for the hooks of the repository too.
    """
    return [f":(literal){path}" for path in paths]


def _untracked(project: Path, paths: Sequence[str]) -> list[str]:
    listed = output_of(project, "ls-files", "-z", "--", *_literal(paths)).decode("utf-8", "surrogateescape")
    known = set(listed.split("\0"))
    return [path for path in paths if path not in known and (project / path).exists()]


def fingerprint(project: Path, paths: Sequence[str]) -> str:
    """Return a digest of files as they are on the disk, gone ones too."""
    digest = hashlib.sha256()
    for path in paths:
        place = project / path
        content = place.read_bytes() if place.is_file() else b"\0"
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()
