"""Find the office program that the tests convert documents with, or install it: `python -m tests.office.libreoffice`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.browser.chromium import apt_command, install

OFFICE_VARIABLE = "JIXIAO_SOFFICE"
PACKAGES = ["libreoffice-calc-nogui", "libreoffice-writer-nogui"]

_COMMANDS = ("soffice", "libreoffice")
_APPLICATIONS = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)

HOW_TO_GET = (
    f"install LibreOffice Calc and Writer (Debian, Ubuntu: apt-get install {' '.join(PACKAGES)}), "
    f"or name its program in {OFFICE_VARIABLE}"
)


def find_office(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the program named by the environment or else the first one installed.

    A name in the environment that leads nowhere gives None: another program than the wanted one would mislead.
    """
    path = environment.get("PATH", "")
    if wanted := environment.get(OFFICE_VARIABLE):
        found = shutil.which(wanted, path=path)
        return Path(found) if found else None
    for command in _COMMANDS:
        if found := shutil.which(command, path=path):
            return Path(found)
    return next((path for path in _APPLICATIONS if path.is_file()), None)


def convert(office: Path, files: Sequence[Path], ending: str, folder: Path) -> None:
    """Save some files in another format into a folder, all in one run of the program: starting it takes a second."""
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    command: list[str | Path] = [office, profile, "--headless", "--convert-to", ending, "--outdir", folder, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> int:
    """Make the machine ready for the tests that need an office program, or say in one line why they will be skipped.

    Never fails: whether a missing program is a failure is for the tests to say, which know about CI.
    """
    apt = None if find_office() else apt_command()
    # A program asked for by name is for its user to mend.
    if apt and not os.environ.get(OFFICE_VARIABLE):
        print(f"Installing {' and '.join(PACKAGES)} for the tests of documents ...", flush=True)
        try:
            install(PACKAGES, apt)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"Could not install them: {error}", file=sys.stderr)
    if find_office() is None:
        print(f"No LibreOffice, so the tests that need it will be skipped: {HOW_TO_GET}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
