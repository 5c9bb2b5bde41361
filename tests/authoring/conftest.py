"""A project to run commands in, as a user would."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.resources import packaged

Run = Callable[..., int]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project folder with a registry of two units and no records."""
    folder = tmp_path / "project"
    (folder / "content" / "registry").mkdir(parents=True)
    (folder / "content" / "records").mkdir()
    (folder / "content" / "pages").mkdir()
    shutil.copy(packaged("templates") / "site" / "mkdocs.yml", folder)
    shutil.copy(packaged("templates") / "site" / "content" / "registry" / "units.yaml", folder / "content" / "registry")
    return folder


@pytest.fixture
def jixiao(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `jixiao(...)`, which runs a command in the project and gives its exit code."""
    monkeypatch.chdir(project)

    def run(*words: str) -> int:
        return main(words)

    return run
