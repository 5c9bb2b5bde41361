"""The page about the check: every command on it can be typed as it stands."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from generator.check.report.formats import FORMATS
from generator.cli import main
from tests.site_tools import PROJECT, copied

PAGE = (PROJECT / "docs/check.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("jixiao check")
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed copy of the project's own site, with a rule pack to try."""
    folder = copied(PROJECT, tmp_path_factory.mktemp("docs") / "project")
    (folder / "content/rule_packs").mkdir(exist_ok=True)
    (folder / "content/rule_packs/shiyong.yaml").write_text(
        "继承: national\n标题: 试用\n来源: 试用\n核实: 否\n规则:\n  BUD001: {启用: 否}\n", encoding="utf-8"
    )
    git = ["git", "-c", "user.name=甲", "-c", "user.email=jia@example.invalid", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "一"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True, capture_output=True)
    return folder


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) > 15


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_works(command: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)

    assert main(shlex.split(command)[1:]) in (0, 1)


def test_the_page_names_every_format() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(FORMATS)
