"""What git tells of each file: every version once, whatever was moved, merged or cut off, and nothing it cannot know."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import unit_histories
from generator.build.file_versions import Version, changes_in
from generator.build.history import NO_LOG
from tests.build.history_repository import RECORDS, Known, commit, git, new_repository, put, silenced, subjects

A, B = "2024/jia/a.yaml", "2024/yi/b.yaml"
TEN = [f"{number}\n" for number in range(10)]


def text(**lines: str) -> str:
    """Return ten lines, some of them replaced."""
    return "".join(lines.get(f"l{number}", line.strip()) + "\n" for number, line in enumerate(TEN))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "项目 一")


@pytest.fixture
def known(project: Path, tmp_path: Path) -> Known:
    return Known(project, tmp_path / "kept")


def test_every_version_is_told_with_its_day_and_subject(project: Path, known: Known) -> None:
    commit(project, "首次公开", {A: "1\n", B: "1\n"}, day="2025-01-02")
    commit(project, "改正得分", {A: "2\n"}, day="2025-02-03")
    (history, other) = known.histories().values()

    assert [(one.day, one.subject) for one in history.versions] == [
        ("2025-02-03", "改正得分"),
        ("2025-01-02", "首次公开"),
    ]
    assert history.versions[0].before == (history.versions[1].after,)
    assert subjects(other) == ["首次公开"]
    assert known.log.dates == {f"{RECORDS}/{A}": "2025-02-03", f"{RECORDS}/{B}": "2025-01-02"}


def test_a_moved_file_keeps_its_history_and_one_put_in_its_place_does_not_take_it(project: Path, known: Known) -> None:
    moved = "2024/yi/名称 有空格的.yaml"
    commit(project, "一", {A: "1\n"})
    commit(project, "二", {A: "2\n"})
    commit(project, "移动", {A: None, moved: "2\n"})
    commit(project, "别的", {A: "另一份\n"})

    assert {name: subjects(one) for name, one in known.histories().items()} == {
        A: ["别的"],
        moved: ["移动", "二", "一"],
    }


def test_both_sides_of_a_merge_count_and_the_merge_where_it_joined_them(project: Path, known: Known) -> None:
    commit(project, "一", {A: text(), B: text()})
    git(project, "switch", "-qc", "other")
    commit(project, "甲改", {A: text(l1="甲"), B: text(l1="甲")}, day="2025-01-02")
    git(project, "switch", "-q", "main")
    commit(project, "乙改", {A: text(l8="乙")}, day="2025-01-03")
    git(project, "merge", "-q", "other", "-m", "合并", day="2025-01-04")
    histories = known.histories()

    assert subjects(histories[A]) == ["合并", "乙改", "甲改", "一"]
    assert len(histories[A].versions[0].before) == 2
    # Only one side changed it, so the merge says nothing about it.
    assert subjects(histories[B]) == ["甲改", "一"]


def test_what_a_merge_threw_away_is_no_version_and_the_same_change_twice_is_one(project: Path, known: Known) -> None:
    commit(project, "一", {A: "1\n", B: "1\n"})
    git(project, "switch", "-qc", "other")
    commit(project, "丢弃的", {A: "丢弃\n", B: "2\n"}, day="2025-01-09")
    git(project, "switch", "-q", "main")
    commit(project, "留下的", {A: "留下\n", B: "2\n"}, day="2025-01-03")
    git(project, "merge", "-q", "-X", "ours", "other", "-m", "合并", day="2025-01-10")
    histories = known.histories()

    assert subjects(histories[A]) == ["留下的", "一"]
    assert len(subjects(histories[B])) == 2


def test_a_file_that_came_back_remembers_that_it_was_gone(project: Path, known: Known) -> None:
    commit(project, "一", {A: "1\n", B: "1\n"})
    commit(project, "删", {A: None})
    known.histories()
    commit(project, "又来", {A: "2\n"})

    assert subjects(known.histories()[A]) == ["又来", "删", "一"]


def test_a_shallow_clone_tells_what_it_has_and_that_it_has_not_all(project: Path, tmp_path: Path) -> None:
    commit(project, "一", {A: "1\n", B: "1\n"}, day="2025-01-02")
    commit(project, "二", {A: "2\n"}, day="2025-01-03")
    commit(project, "三", {A: "3\n"}, day="2025-01-04")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{project}", str(clone))
    known = Known(clone, tmp_path / "kept")
    histories = known.histories()

    assert (subjects(histories[A]), histories[A].is_cut) == (["三"], True)
    assert (subjects(histories[B]), histories[B].is_cut) == ([], True)
    # Feeds and the site map name a day for all files or for none.
    assert known.log.dates == {}
    before = known.log.head
    git(clone, "fetch", "-q", "--unshallow")
    histories = known.histories()
    assert known.log.head != before
    assert (subjects(histories[A]), histories[A].is_cut) == (["三", "二", "一"], False)


def test_nothing_is_known_without_a_repository_or_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    put(folder, A, "1\n")
    assert Known(folder, tmp_path / "kept").look()[0] == NO_LOG
    new_repository(folder)
    assert Known(folder, tmp_path / "kept").look()[0] == NO_LOG
    commit(folder, "一")
    assert Known(folder, tmp_path / "kept").look()[0] != NO_LOG
    monkeypatch.setenv("PATH", "")
    assert Known(folder, tmp_path / "kept").look()[0] == NO_LOG


def test_changes_not_yet_committed_are_told_apart(project: Path, known: Known) -> None:
    commit(project, "一", {A: "1\n2\n", B: "1\n"})
    put(project, A, "1\n3\n")
    put(project, "2024/jia/new.yaml", "1\n")
    histories = known.histories()

    assert known.log.uncommitted == (f"{RECORDS}/{A}",)
    assert known.log.dates == {f"{RECORDS}/{B}": "2025-01-01"}
    assert list(histories) == [A, B]
    # Line ends that git converts are no change.
    put(project, A, "1\r\n2\r\n")
    git(project, "config", "core.autocrlf", "true")
    known.look()
    assert not known.log.uncommitted


def test_a_project_may_be_a_folder_of_a_repository_a_submodule_and_at_a_detached_head(tmp_path: Path) -> None:
    inner = new_repository(tmp_path / "inner")
    below = inner / "下级 文件夹"
    commit(inner, "外面", {A: "外\n"})
    commit(below, "一", {A: text()})
    git(inner, "switch", "-qc", "other")
    commit(below, "甲改", {A: text(l1="甲")})
    git(inner, "switch", "-q", "main")
    commit(below, "乙改", {A: text(l8="乙")})
    git(inner, "merge", "-q", "other", "-m", "合并")
    wanted = ["合并", "乙改", "甲改", "一"]
    assert sorted(subjects(Known(below, tmp_path / "kept").histories()[A])) == sorted(wanted)

    outer = new_repository(tmp_path / "outer")
    git(outer, "submodule", "add", "-q", str(inner), "内")
    git(outer / "内", "checkout", "-q", "--detach", "HEAD~1")
    assert subjects(Known(outer / "内" / "下级 文件夹", tmp_path / "kept").histories()[A]) == ["乙改", "一"]


def test_git_is_told_what_it_must_not_take_from_a_projects_own_configuration(project: Path, known: Known) -> None:
    commit(project, "一", {A: "1\n"})
    commit(project, "移动", {A: None, B: "1\n"})
    for name, value in (
        ("diff.renames", "false"), ("log.showRoot", "false"), ("log.showSignature", "true"), ("diff.relative", "true"),
        ("log.diffMerges", "off"), ("log.follow", "true"), ("i18n.logOutputEncoding", "GBK"), ("format.pretty", "oneline"), ("color.ui", "always"),
    ):  # fmt: skip
        git(project, "config", name, value)

    assert subjects(known.histories()[B]) == ["移动", "一"]


def test_a_later_look_reads_only_what_came_since_and_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = new_repository(tmp_path / "project")
    asked: list[str] = []

    def noting(folder: Path, revisions: str, where: str, prefix: str) -> Iterator[Version] | None:
        asked.append(revisions)
        return changes_in(folder, revisions, where, prefix)

    monkeypatch.setattr(unit_histories, "changes_in", noting)
    choices = random.Random(7)  # noqa: S311  the same changes each time
    names = ["2023/jia/a.yaml", A, B, "2024/yi/c.md", "2024/bing/d.yaml"]
    known = Known(project, tmp_path / "kept")
    for number in range(30):
        _change_something(project, number, names, choices)
        if number % 3 == 0:
            fresh = Known(project, tmp_path / f"fresh {number}")
            assert known.histories() == fresh.histories()
            assert known.log == fresh.log
    # Ten fresh looks and the first one read all; of the nine later ones no more than one had to.
    assert len([revisions for revisions in asked if ".." not in revisions]) <= 10 + 1 + 1


def _change_something(project: Path, number: int, names: list[str], choices: random.Random) -> None:
    """Change, add, remove or move files, on a branch now and then."""
    is_branch = choices.random() < 0.3 and number > 0
    if is_branch:
        git(project, "switch", "-qc", f"branch-{number}", choices.choice(["HEAD", "HEAD~1"]) if number > 3 else "HEAD")
    present = [name for name in names if (project / RECORDS / name).exists()]
    files: dict[str, str | None] = {choices.choice(names): text(**{f"l{choices.randrange(10)}": str(number)})}
    if choices.random() < 0.3 and len(present) > 1:
        source, target = choices.choice(present), choices.choice(names)
        if not (project / RECORDS / target).exists():
            files = {target: (project / RECORDS / source).read_text(encoding="utf-8"), source: None}
    elif choices.random() < 0.2 and len(present) > 2:
        files[choices.choice(present)] = None
    commit(project, f"第 {number} 次", files, day=f"2025-01-{1 + choices.randrange(28):02}")
    if is_branch:
        git(project, "switch", "-q", "main")
        git(project, "merge", "-q", "--no-ff", "-X", "theirs", "--no-edit", f"branch-{number}", day="2025-02-01")


@pytest.mark.parametrize("word", ["diff", "log", "ls-tree"])
def test_where_git_does_not_answer_nothing_is_known_and_nothing_kept(
    project: Path, known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    commit(project, "一", {A: "1\n"})
    with monkeypatch.context() as patch:
        patch.setenv("PATH", silenced(tmp_path / "bin", word))
        assert known.histories() == {}
    assert known.log == NO_LOG
    assert subjects(known.histories()[A]) == ["一"]


def test_nothing_damaged_is_believed(project: Path, known: Known, tmp_path: Path) -> None:
    commit(project, "一", {A: "1\n", B: "1\n"})
    known.histories()
    data = bytearray(known.kept.former.read_bytes())
    data[len(data) // 4] ^= 1
    known.kept.former.write_bytes(bytes(data))
    commit(project, "二", {B: "2\n"})

    assert known.histories() == Known(project, tmp_path / "fresh").histories()
    shutil.rmtree(tmp_path / "kept")
