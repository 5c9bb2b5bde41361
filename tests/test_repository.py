"""What a checkout promises: its commands exist, its folders hold what they should, it names no registry."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST_FILES

ROOT = Path(__file__).parents[1]

READMES = ["README.md", "README.zh.md"]

REGISTRY_HOSTS = [
    ".".join(labels)
    for labels in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("conda", "anaconda", "org"),
        ("crates", "io"),
    ]
]


def repository_files(folder: str = ".") -> list[str]:
    """Return what is committed or would be, in the folder, as POSIX paths from the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return sorted({name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()})


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    # Targets that a reader calls; files that make builds have a slash, a dot or a variable in their names.
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def fenced_commands(document: str) -> list[str]:
    """Return the lines of a document's shell blocks, without comments and prompts."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(?:sh|bash|shell|console|powershell)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    lines = (line.strip().removeprefix("$ ").split(" #")[0] for block in blocks for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_ci_runs_make_test_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith(("#", "set ", "cd ", "export "))]
    assert commands == ["exec make test < /dev/null"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_ci_stops_at_the_first_fault() -> None:
    assert "set -euo pipefail" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_make_target_is_listed_by_make_help() -> None:
    listing = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert make_targets() == set(re.findall(r"make ([a-z-]+) +\S", listing))


def test_every_make_target_is_phony() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert declared is not None
    assert make_targets() == set(declared[1].split())


def test_only_the_build_fills_the_site_folder() -> None:
    assert repository_files("site") == ["site/.gitignore"]


@pytest.mark.parametrize("document", READMES)
def test_every_make_command_of_the_readme_exists(document: str) -> None:
    named = {word for line in fenced_commands(document) for word in re.findall(r"\bmake ([a-z][a-z-]*)", line)}
    assert named
    assert named <= make_targets()


@pytest.mark.parametrize("document", READMES)
def test_every_jixiao_command_of_the_readme_exists(document: str) -> None:
    named = {word for line in fenced_commands(document) for word in re.findall(r"\bjixiao ([a-z][a-z-]*)", line)}
    assert named
    for command in sorted(named):
        entry_point = "import sys; from generator.cli import main; sys.exit(main())"
        run = subprocess.run([sys.executable, "-c", entry_point, command, "--help"], capture_output=True, check=False)
        assert run.returncode == 0, f"{document}: jixiao {command}"


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (fenced_commands(document) for document in READMES)
    assert english == chinese


def test_no_file_names_a_package_registry() -> None:
    naming = {
        f"{name}: {host}"
        for name in repository_files()
        for host in REGISTRY_HOSTS
        if host.encode() in (ROOT / name).read_bytes()
    }
    assert naming == set()


def test_every_text_file_ends_its_lines_the_same_way() -> None:
    text_files = [name for name in repository_files() if Path(name).suffix in {".py", ".md", ".yaml", ".yml", ".html"}]
    assert [name for name in text_files if b"\r\n" in (ROOT / name).read_bytes()] == []


def test_the_test_files_that_are_begun_first_exist() -> None:
    assert [name for name in LONGEST_FILES if not (ROOT / "tests" / name).is_file()] == []


def test_the_changelog_tells_the_kind_of_every_change() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    changes = [line for line in changelog.splitlines() if line.startswith("- ")]
    kinds = re.compile(r"- (Added|Changed|Deprecated|Removed|Fixed|Security): .+\.")
    assert changes
    assert [line for line in changes if not kinds.fullmatch(line)] == []
