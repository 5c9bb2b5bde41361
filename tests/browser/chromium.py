"""Find the browser that the tests drive and a Chinese font, or install them: `python -m tests.browser.chromium`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

CHROMIUM_VARIABLE = "JIXIAO_CHROMIUM"

_SHELL = "chromium-headless-shell"
"""The same engine without the windows around it, which take half of the time of the tests."""

_COMMANDS = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
    Path("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
)
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
_PACKAGES = f"^(chromium|{_SHELL})$"
"""A pattern, for not every system has the second, and a name that it does not know would end the installation."""
_CHINESE_FONT_NAMES = ("*CJK*", "*SourceHan*", "wqy*", "*Droid*Fallback*", "*uming*", "*simsun*", "*msyh*")

HOW_TO_GET = (
    f"install Chromium and a Chinese font (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk), "
    f"or name a browser of the Chromium kind in {CHROMIUM_VARIABLE}"
)


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the browser named by the environment or else the first one installed.

    A name in the environment that leads nowhere gives None: another browser than the wanted one would mislead.
    """
    if wanted := environment.get(CHROMIUM_VARIABLE):
        found = shutil.which(wanted, path=environment.get("PATH", ""))
        return Path(found) if found else None
    for command in _COMMANDS:
        if found := shutil.which(command, path=environment.get("PATH", "")):
            return Path(found)
    return next((path for path in _APPLICATIONS if path.is_file()), None)


def has_chinese_font(folders: tuple[Path, ...] = _FONT_FOLDERS) -> bool:
    """Tell whether Chinese text is drawn as such; Windows and macOS always bring a font."""
    if not sys.platform.startswith("linux"):
        return True
    return any(next(folder.rglob(name), None) for folder in folders for name in _CHINESE_FONT_NAMES)


def missing_packages(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the Debian packages that the browser tests still need."""
    return [
        *([] if find_chromium(environment) else [_PACKAGES]),
        *([] if has_chinese_font() else ["fonts-noto-cjk"]),
    ]


def quicker_packages(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the Debian package of a browser that takes less time than the one found, where there is one to have."""
    found = find_chromium(environment)
    lists = shutil.which("apt-cache", path=environment.get("PATH", ""))
    if found is None or found.name == _SHELL or environment.get(CHROMIUM_VARIABLE) or lists is None:
        return []
    known = subprocess.run([lists, "show", _SHELL], capture_output=True, check=False).returncode == 0
    return [_SHELL] if known else []


def apt_command(environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """Return how packages are installed here without a password, or None where they cannot be."""
    path = environment.get("PATH", "")
    apt = shutil.which("apt-get", path=path)
    if apt is None:
        return None
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo", path=path)
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n", apt] if sudo and allowed else None


def run_unattended(command: list[str]) -> None:
    """Run a command that must succeed and may ask nothing."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env=environment)


def install(packages: list[str], apt: list[str], run: Callable[[list[str]], None] = run_unattended) -> None:
    """Install Debian packages."""
    # A fresh container has no package lists at all.
    run([*apt, "update", "-qq"])
    run([*apt, "install", "-y", "-qq", "--no-install-recommends", *packages])


def main() -> int:
    """Make the machine ready for the browser tests, or say in one line why they will be skipped.

    Never fails: whether a missing browser is a failure is for the tests to say, which know about CI.
    """
    packages = [*missing_packages(), *quicker_packages()]
    apt = apt_command() if packages else None
    # A browser asked for by name is for its user to mend.
    if packages and apt and not os.environ.get(CHROMIUM_VARIABLE):
        print(f"Installing {' and '.join(packages)} for the browser tests ...", flush=True)
        try:
            install(packages, apt)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"Could not install them: {error}", file=sys.stderr)
    if find_chromium() is None:
        print(f"No Chromium, so the browser tests will be skipped: {HOW_TO_GET}", file=sys.stderr)
    elif not has_chinese_font():
        print(f"No Chinese font, so the browser tests see boxes for characters: {HOW_TO_GET}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
