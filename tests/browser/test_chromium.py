"""How the browser of the tests is found, and what happens where there is none."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.chromium import (
    apt_command,
    find_chromium,
    has_chinese_font,
    install,
    missing_packages,
    quicker_packages,
)


def _command(folder: Path, name: str, *, exit_code: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def _no_applications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_APPLICATIONS", ())


def test_a_browser_on_the_path_is_found(tmp_path: Path) -> None:
    installed = _command(tmp_path, "google-chrome")
    assert find_chromium({"PATH": str(tmp_path)}) == installed


def test_the_browser_named_in_the_environment_comes_first(tmp_path: Path) -> None:
    _command(tmp_path, "chromium")
    wanted = _command(tmp_path / "other", "my-chromium")
    assert find_chromium({"PATH": str(tmp_path), "JIXIAO_CHROMIUM": str(wanted)}) == wanted


def test_a_named_browser_that_is_not_there_is_not_replaced(tmp_path: Path) -> None:
    _command(tmp_path, "chromium")
    assert find_chromium({"PATH": str(tmp_path), "JIXIAO_CHROMIUM": str(tmp_path / "gone")}) is None


def test_a_machine_without_a_browser_needs_the_package(tmp_path: Path) -> None:
    assert find_chromium({"PATH": str(tmp_path)}) is None
    wanted = missing_packages({"PATH": str(tmp_path)})[0]
    assert [name for name in ("chromium", "chromium-headless-shell", "chromium-l10n") if re.search(wanted, name)] == [
        "chromium",
        "chromium-headless-shell",
    ]


def test_the_shell_without_windows_comes_before_the_whole_browser(tmp_path: Path) -> None:
    _command(tmp_path, "chromium")
    shell = _command(tmp_path, "chromium-headless-shell")
    assert find_chromium({"PATH": str(tmp_path)}) == shell


@pytest.mark.parametrize(("exit_code", "wanted"), [(0, ["chromium-headless-shell"]), (100, [])])
def test_the_shell_is_fetched_beside_a_whole_browser_where_the_system_has_it(
    tmp_path: Path, exit_code: int, wanted: list[str]
) -> None:
    _command(tmp_path, "chromium")
    _command(tmp_path, "apt-cache", exit_code=exit_code)
    assert quicker_packages({"PATH": str(tmp_path)}) == wanted


def test_nothing_quicker_is_fetched_beside_the_shell_or_a_browser_that_was_named(tmp_path: Path) -> None:
    _command(tmp_path, "apt-cache")
    named = _command(tmp_path, "chromium")
    assert quicker_packages({"PATH": str(tmp_path), "JIXIAO_CHROMIUM": str(named)}) == []
    _command(tmp_path, "chromium-headless-shell")
    assert quicker_packages({"PATH": str(tmp_path)}) == []


def test_a_chinese_font_is_told_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    (tmp_path / "DejaVuSans.ttf").touch()
    assert not has_chinese_font((tmp_path,))
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert has_chinese_font((tmp_path,))


def test_without_apt_nothing_is_installed(tmp_path: Path) -> None:
    assert apt_command({"PATH": str(tmp_path)}) is None


def test_root_installs_directly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = _command(tmp_path, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert apt_command({"PATH": str(tmp_path)}) == [str(apt)]


@pytest.mark.parametrize(("exit_code", "allowed"), [(0, True), (1, False)])
def test_others_install_only_where_sudo_asks_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_code: int, *, allowed: bool
) -> None:
    apt = _command(tmp_path, "apt-get")
    sudo = _command(tmp_path, "sudo", exit_code=exit_code)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert apt_command({"PATH": str(tmp_path)}) == ([str(sudo), "-n", str(apt)] if allowed else None)


def test_the_list_of_packages_is_refreshed_before_installing() -> None:
    commands: list[list[str]] = []
    install(["chromium"], ["apt-get"], commands.append)
    assert [command[:2] for command in commands] == [["apt-get", "update"], ["apt-get", "install"]]
    assert commands[1][-1] == "chromium"


def test_a_failed_installation_is_told_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _command(tmp_path, "apt-get", exit_code=100)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JIXIAO_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "find_chromium", lambda *_: None)
    monkeypatch.setattr(chromium, "apt_command", lambda: [str(tmp_path / "apt-get")])
    assert chromium.main() == 0
    told = capfd.readouterr().err
    assert "exit status 100" in told
    assert "browser tests will be skipped" in told
    assert "apt-get install chromium fonts-noto-cjk" in told


@pytest.mark.parametrize(("ci", "outcome"), [("", "skipped"), ("true", "errors")])
def test_without_a_browser_the_tests_are_skipped_but_fail_in_ci(ci: str, outcome: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    test = "tests/browser/test_harness.py::test_the_audit_names_rule_and_element"
    run = subprocess.run(
        # Into a folder of its own: it would clear away what earlier runs left.
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'run'}", test],
        cwd=root,
        env=os.environ | {"JIXIAO_CHROMIUM": "/nowhere/chromium", "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    summary = run.stdout.splitlines()[-1]
    assert outcome.rstrip("s") in summary
    assert (run.returncode == 0) == (outcome == "skipped")
    assert "install Chromium" in run.stdout
