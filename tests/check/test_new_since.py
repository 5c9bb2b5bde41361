"""`jixiao check --new-since`: only what a revision of git did not have yet."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build.revision import laid_out
from generator.cli import main
from generator.configuration import load_settings
from tests.check.small_site import RIGHT_RATE, WRONG_RATE, make_site

WRONG = "content/records/2024/shili/cuo.yaml"
RIGHT = "content/records/2024/shili/dui.yaml"
OTHER_WRONG = RIGHT_RATE.replace("95.00", "97.00")

New = Callable[..., list[tuple[str, str]]]


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=甲", "-c", "user.email=jia@example.invalid", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, "-c", "commit.gpgsign=false", *arguments], cwd=folder, check=True, capture_output=True
    )
    return done.stdout.decode()


def committed(folder: Path) -> Path:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "一")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A committed site with a wrong rate and a sound record, below the top of its repository."""
    project = make_site(tmp_path / "仓库/zhandian", cuo=WRONG_RATE, dui=RIGHT_RATE)
    committed(tmp_path / "仓库")
    return project


@pytest.fixture
def new(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> New:
    """Return the files and codes of the new findings about money."""
    monkeypatch.chdir(site)

    def run(*arguments: str, since: str = "HEAD") -> list[tuple[str, str]]:
        main(["check", "--format", "json", "--select", "BUD001", "--new-since", since, *arguments])
        data: dict[str, Any] = json.loads(capsys.readouterr().out)
        return [(finding["path"], finding["code"]) for finding in data["findings"]]

    return run


def test_no_file_of_a_revision_is_laid_out_elsewhere(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()

    def keep(words: list[str], text: str) -> str:
        done = subprocess.run(["git", *words], cwd=site, input=text.encode(), check=True, capture_output=True)
        return done.stdout.decode().strip()

    def tree(*entries: str) -> str:
        return keep(["mktree"], "".join(f"{entry}\n" for entry in entries))

    link = keep(["hash-object", "-w", "--stdin"], str(outside))
    there = tree(f"100644 blob {link}\tx.yaml", f"100644 blob {link}\t..\\..\\x.bat", f"100644 blob {link}\tC:x")
    made = tree(f"120000 blob {link}\ta", f"040000 tree {there}\ta")
    for name in ("records", "content", site.name):
        made = tree(f"040000 tree {made}\t{name}")

    with laid_out(made, load_settings(site / "mkdocs.yml")) as then:
        assert [path.name for path in then.records_dir.rglob("*") if path.is_file()] == ["x.yaml"]
    assert not list(outside.iterdir())


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")


def test_what_was_there_before_is_not_listed(new: New) -> None:
    assert new() == []


def test_a_fault_that_came_since_is_listed_and_fails(site: Path, new: New) -> None:
    write(site, RIGHT, OTHER_WRONG)

    assert new() == [(RIGHT, "BUD001")]
    assert main(["check", "--select", "BUD001", "--new-since", "HEAD"]) == 1


def test_what_was_there_before_does_not_fail(new: New) -> None:
    assert new() == []
    assert main(["check", "--select", "BUD001", "--new-since", "HEAD"]) == 0


def test_moved_lines_make_no_new_fault(site: Path, new: New) -> None:
    write(site, WRONG, "# 又\n# 加\n# 三行\n" + WRONG_RATE)

    assert new() == []


def test_another_figure_in_the_same_place_is_a_new_fault(site: Path, new: New) -> None:
    write(site, WRONG, WRONG_RATE.replace("96.00", "98.00"))

    assert new() == [(WRONG, "BUD001")]


def test_a_renamed_record_keeps_its_faults(site: Path, new: New) -> None:
    git(site, "mv", WRONG, "content/records/2024/shili/cuo2.yaml")

    assert new() == []


def test_a_copy_that_git_knows_nothing_of_is_new(site: Path, new: New) -> None:
    write(site, "content/records/2024/shili/xin.yaml", WRONG_RATE)

    assert new() == [("content/records/2024/shili/xin.yaml", "BUD001")]


def test_a_mended_fault_is_gone_and_says_nothing(site: Path, new: New) -> None:
    write(site, WRONG, RIGHT_RATE)

    assert new() == []


def test_a_waiver_that_was_taken_away_brings_the_fault_back(site: Path, new: New) -> None:
    waiver = "豁免:\n  - {规则: BUD001, 原因: 甲, 批准人: 乙, 有效期至: 2099-12-31}\n"
    write(site, WRONG, WRONG_RATE + waiver)
    git(site, "commit", "-q", "-a", "-m", "二")
    assert new() == []
    write(site, WRONG, WRONG_RATE)

    assert new() == [(WRONG, "BUD001")]


def test_content_that_a_revision_did_not_have_at_all_is_new(site: Path, new: New) -> None:
    git(site, "rm", "-q", "-r", "--cached", "content")
    git(site, "commit", "-q", "-m", "二")

    assert new() == [(WRONG, "BUD001")]


def test_the_work_tree_and_the_index_are_not_touched(site: Path, new: New) -> None:
    write(site, RIGHT, OTHER_WRONG)
    git(site, "add", RIGHT)
    write(site, "mei-tijiao.txt", "不动")
    before = git(site, "status", "--porcelain=v2")
    new()

    assert git(site, "status", "--porcelain=v2") == before


def test_paths_narrow_what_is_listed(site: Path, new: New) -> None:
    write(site, WRONG, WRONG_RATE.replace("96.00", "98.00"))
    write(site, RIGHT, OTHER_WRONG)

    assert new(RIGHT) == [(RIGHT, "BUD001")]


def test_it_is_said_how_many_are_not_listed(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    main(["check", "--select", "BUD001", "--new-since", "HEAD"])

    assert "与 HEAD 相比：新出现 0 处，原来就有的 1 处没有列出。" in capsys.readouterr().err


# What cannot be done.


def refused(site: Path, capsys: pytest.CaptureFixture[str], revision: str = "HEAD") -> str:
    assert main(["check", "-f", str(site / "mkdocs.yml"), "--new-since", revision]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("revision", ["meiyou", "--all", "-1", "HEAD:content", ""])
def test_an_unknown_revision_is_refused(site: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    assert main(["check", "-f", str(site / "mkdocs.yml"), f"--new-since={revision}"]) == 2
    assert f"git 里没有“{revision}”这个版本" in capsys.readouterr().err


def test_a_folder_without_repository_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "不在 git 仓库里" in refused(make_site(tmp_path / "zhandian", dui=RIGHT_RATE), capsys)


def test_a_machine_without_git_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(site))

    assert "找不到 git 命令" in refused(site, capsys)


def test_a_shallow_clone_says_how_to_get_the_rest(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = git(site, "rev-parse", "HEAD").strip()
    write(site, RIGHT, OTHER_WRONG)
    git(site, "commit", "-q", "-a", "-m", "二")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.parent}", "qian")

    assert "git fetch --unshallow" in refused(tmp_path / "qian/zhandian", capsys, first)


def test_a_repository_without_commits_has_no_revision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path, dui=RIGHT_RATE)
    git(site, "init", "-q")

    assert "git 里没有“HEAD”这个版本" in refused(site, capsys)


def test_odd_file_names_are_read_from_the_revision_too(site: Path, new: New) -> None:
    write(site, "content/pages/说明 一\t.md", "# 甲\n")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "二")

    assert new() == []
