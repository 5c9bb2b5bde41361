"""Detached signatures, made and checked with the programs and keys that git signs with."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from generator.build.names import SIGNATURES
from generator.build.repository import run_git
from generator.errors import JixiaoError

SSH_SIGNATURE, GPG_SIGNATURE = SIGNATURES

_PURPOSE = "jixiao"
"""What SSH signatures are for: one made for something else, such as a commit, does not count here."""
_LITERAL = re.compile(r"(?:key::)?(?P<key>(?:ssh|ecdsa|sk-)[\w@.-]+ \S.*)", re.DOTALL)
_SSH_KEY = re.compile(r"with (?P<kind>\S+) key (?P<fingerprint>SHA256:\S+)")
_WHY = "签名要用 git 里设好的密钥。"


class Signature(NamedTuple):
    """A signature and what its file is called beside the list."""

    name: str
    content: bytes


class Trust(Enum):
    """What is known of a signature."""

    KNOWN = "known"
    """It is right, and so is who made it."""
    UNKNOWN = "unknown"
    """It is right, but nobody said whose key it is."""
    UNCHECKED = "unchecked"
    """It could not be checked here."""
    WRONG = "wrong"


class Checked(NamedTuple):
    """What came of checking a signature."""

    trust: Trust
    who: str
    """Who signed, or which key; or why it could not be checked."""


def sign(data: bytes, project: Path) -> Signature:
    """Sign as `git config` says: gpg.format, user.signingkey and the programs; raise JixiaoError where that fails."""
    kind = _setting(project, "gpg.format") or "openpgp"
    key = _setting(project, "user.signingkey", "--type=path")
    if kind == "ssh":
        return Signature(SSH_SIGNATURE, _sign_ssh(data, key, _setting(project, "gpg.ssh.program") or "ssh-keygen"))
    if kind == "openpgp":
        program = _setting(project, "gpg.openpgp.program") or _setting(project, "gpg.program") or "gpg"
        words = [program, "--armor", "--detach-sign", *(["--local-user", key] if key else [])]
        return Signature(GPG_SIGNATURE, _signed(words, data))
    raise JixiaoError(f"git 设的签名方式是 {kind}，这里只能用 ssh 或 openpgp。请改 git config gpg.format。")


def _sign_ssh(data: bytes, key: str, program: str) -> bytes:
    if not key:
        raise JixiaoError(
            "没有设签名的密钥。请先运行 git config user.signingkey ~/.ssh/id_ed25519.pub（换成自己的密钥文件）。"
        )
    words = [program, "-Y", "sign", "-n", _PURPOSE, "-f"]
    literal = _LITERAL.fullmatch(key)
    if not literal:
        return _signed([*words, key], data)
    # The key itself stands in the setting: its other half is with the agent.
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "key.pub"
        place.write_text(literal["key"].strip() + "\n", encoding="utf-8")
        return _signed([*words, str(place), "-U"], data)


def _signed(words: Sequence[str], data: bytes) -> bytes:
    done = _run(words, data)
    if done is None:
        raise JixiaoError(f"找不到 {words[0]}，没有签名。{_WHY}")
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise JixiaoError(f"{words[0]} 没有签成：{said}\n{_WHY}请先用 git commit -S 试一试。")
    return done.stdout.replace(b"\r\n", b"\n")


def configured_signers(tree: Path, project: Path | None) -> Path | None:
    """Return the file of allowed signers that the user told git of, or None where there is none.

    What is verified has no say in who may have signed it: of repositories only that of the project counts, where the
    user named one, and neither a repository nor a file counts that is the tree or lies inside it.
    """
    tree = tree.resolve()
    try:
        project = project if project and project.is_dir() and not _top(project).is_relative_to(tree) else None
        words = ("--show-scope", "-z", "--type=path", "--get-all", "gpg.ssh.allowedSignersFile")
        told = run_git(project or Path(tree.anchor), "config", *words).stdout.split(b"\0")
    except JixiaoError:
        # Whoever checks a copy need not have git.
        return None
    scopes = _OF_USER | (_OF_REPOSITORY if project else frozenset())
    named = [Path(os.fsdecode(place)) for scope, place in zip(told[::2], told[1::2], strict=False) if scope in scopes]
    if not named or not (project or named[-1].is_absolute()):
        return None
    found = Path(project or "", named[-1]).resolve()
    return found if found.is_file() and not found.is_relative_to(tree) else None


_OF_USER = frozenset((b"system", b"global", b"command"))
_OF_REPOSITORY = frozenset((b"local", b"worktree"))


def _top(project: Path) -> Path:
    """Return the folder of the repository that a project stands in, or its own."""
    found = run_git(project, "rev-parse", "--show-toplevel")
    top = Path(os.fsdecode(found.stdout).rstrip("\n")) if not found.returncode else project
    return top.resolve()


def check(data: bytes, signature: Signature, signers: Path | None) -> Checked:
    """Check a signature; `signers` has the keys that count: allowed signers for SSH, public keys for OpenPGP."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "signature"
        place.write_bytes(signature.content)
        if signature.name == SSH_SIGNATURE:
            return _check_ssh(data, place, signers)
        return _check_gpg(data, place, signers, folder)


def _check_ssh(data: bytes, place: Path, signers: Path | None) -> Checked:
    words = ["ssh-keygen", "-Y"]
    bare = _run([*words, "check-novalidate", "-n", _PURPOSE, "-s", str(place)], data)
    if bare is None:
        return Checked(Trust.UNCHECKED, "本机没有 ssh-keygen")
    if bare.returncode:
        return Checked(Trust.WRONG, "")
    found = _SSH_KEY.search((bare.stdout + bare.stderr).decode("utf-8", "replace"))
    key = f"{found['kind']} 密钥，指纹 {found['fingerprint']}" if found else "SSH 密钥"
    if signers is None:
        return Checked(Trust.UNKNOWN, key)
    listed = _run([*words, "find-principals", "-s", str(place), "-f", str(signers)], b"")
    names = listed.stdout.decode("utf-8", "replace").split("\n") if listed and not listed.returncode else []
    for name in filter(None, (one.strip() for one in names)):
        done = _run([*words, "verify", "-f", str(signers), "-I", name, "-n", _PURPOSE, "-s", str(place)], data)
        if done and not done.returncode:
            return Checked(Trust.KNOWN, f"{name}（{key}）")
    return Checked(Trust.UNKNOWN, key)


def _check_gpg(data: bytes, place: Path, signers: Path | None, folder: Path) -> Checked:
    words = ["gpg", "--batch", "--no-tty"]
    if signers is not None:
        home = folder / "keys"
        home.mkdir(mode=0o700)
        words += ["--homedir", str(home)]
        taken = _run([*words, "--import", str(signers)], b"")
        if taken is not None and taken.returncode:
            return Checked(Trust.UNCHECKED, f"{signers} 里没有可用的公钥")
    done = _run([*words, "--status-fd", "1", "--verify", str(place), "-"], data)
    if done is None:
        return Checked(Trust.UNCHECKED, "本机没有 gpg")
    status: dict[str, str] = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        word, _, rest = line.removeprefix("[GNUPG:] ").partition(" ")
        status.setdefault(word, rest)
    if "GOODSIG" in status and "VALIDSIG" in status and not done.returncode:
        who = status["GOODSIG"].partition(" ")[2]
        known = signers is not None or "TRUST_FULLY" in status or "TRUST_ULTIMATE" in status
        said = f"{who}（OpenPGP 密钥，指纹 {status['VALIDSIG'].split(' ')[0]}）"
        return Checked(Trust.KNOWN if known else Trust.UNKNOWN, said)
    if "EXPKEYSIG" in status and "VALIDSIG" in status:
        return Checked(Trust.UNKNOWN, f"{status['EXPKEYSIG'].partition(' ')[2]}，密钥已经过期")
    if "NO_PUBKEY" in status and "BADSIG" not in status:
        return Checked(Trust.UNCHECKED, f"没有 {status['NO_PUBKEY']} 的公钥")
    return Checked(Trust.WRONG, "")


def _setting(project: Path, name: str, *words: str) -> str:
    return run_git(project, "config", *words, "--get", name, why=_WHY).stdout.decode("utf-8", "replace").strip()


def _run(words: Sequence[str], data: bytes) -> subprocess.CompletedProcess[bytes] | None:
    """Run a program, or return None where there is none."""
    try:
        return subprocess.run(list(words), input=data, capture_output=True, check=False, timeout=300)  # noqa: S603  fixed words, and what the user set up for git
    except FileNotFoundError:
        return None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JixiaoError(f"{words[0]} 运行不了：{error}。") from error
