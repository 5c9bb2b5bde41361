"""How the office program of the tests is found, and what happens where there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import libreoffice
from tests.office.libreoffice import find_office


@pytest.fixture(autouse=True)
def _no_applications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "_APPLICATIONS", ())


def command(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\nexit 100\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_program_on_the_path_is_found(tmp_path: Path) -> None:
    installed = command(tmp_path, "libreoffice")

    assert find_office({"PATH": str(tmp_path)}) == installed
    assert find_office({"PATH": str(tmp_path / "elsewhere")}) is None


def test_the_program_named_in_the_environment_is_the_only_one(tmp_path: Path) -> None:
    command(tmp_path, "soffice")
    wanted = command(tmp_path / "other", "my-office")

    assert find_office({"PATH": str(tmp_path), "JIXIAO_SOFFICE": str(wanted)}) == wanted
    assert find_office({"PATH": str(tmp_path), "JIXIAO_SOFFICE": str(tmp_path / "gone")}) is None


def test_a_failed_installation_is_told_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    apt = command(tmp_path, "apt-get")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JIXIAO_SOFFICE", raising=False)
    monkeypatch.setattr(libreoffice, "apt_command", lambda: [str(apt)])

    assert libreoffice.main() == 0
    told = capfd.readouterr()
    assert "Installing libreoffice-calc-nogui and libreoffice-writer-nogui" in told.out
    assert "exit status 100" in told.err
    assert "the tests that need it will be skipped" in told.err


@pytest.mark.parametrize(("ci", "outcome"), [("", "skipped"), ("true", "error")])
def test_without_the_program_the_tests_are_skipped_but_fail_in_ci(ci: str, outcome: str, tmp_path: Path) -> None:
    test = "tests/exchange/test_round_trips_office.py::test_figures_survive_another_program"
    run = subprocess.run(
        # Into a folder of its own: it would clear away what earlier runs left.
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'run'}", test],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"JIXIAO_SOFFICE": "/nowhere/soffice", "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome in run.stdout.splitlines()[-1]
    assert (run.returncode == 0) == (outcome == "skipped")
    assert "install LibreOffice" in run.stdout
