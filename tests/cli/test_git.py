"""Two people change one record: git joins what both did, row by row and field by field, or asks in the form's words."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import git_setup
from generator.cli import main
from tests.site_tools import PROJECT, copied

Edit = tuple[str, str]

LIANGXIN = "content/records/2024/xinzhuang/liangxin.yaml"
DANGJIAN = "content/records/2024/xidu/dangjian.md"
ROW = '产出指标 › 数量指标 › 开展"两新"党组织书记学习培训数量'
FIRST = "        分值: 8.00\n        得分: 8.00\n"
IDENTITY = "GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL".split()


@pytest.fixture(scope="module", autouse=True)
def identity() -> Iterator[None]:
    """Let git know who commits, and keep the settings of whoever runs the tests out of it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in IDENTITY:
            patch.setenv(name, "a@example.invalid")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


def git(folder: Path, *words: str, code: int = 0) -> str:
    """Run git and return all it says."""
    done = subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True, encoding="utf-8")
    told = done.stdout + done.stderr
    assert done.returncode == code, told
    return told


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = tmp_path_factory.mktemp("git") / "仓 库"
    copied(PROJECT, repository / "项目 一")
    git(repository, "init", "-q", "-b", "main")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "首次公开")
    return repository / "项目 一"


@pytest.fixture(scope="module")
def installed(committed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("installed") / "仓 库/项目 一"
    shutil.copytree(committed.parent, project.parent)
    assert main(["git", "install", "-f", str(project / "mkdocs.yml")]) == 0
    return project


@pytest.fixture
def bare(committed: Path, tmp_path: Path) -> Path:
    """Return a project in which nothing is set up, in a folder of its repository."""
    shutil.copytree(committed.parent, tmp_path / "仓 库")
    return tmp_path / "仓 库/项目 一"


@pytest.fixture
def project(installed: Path, tmp_path: Path) -> Path:
    """Return a project with everything set up, in a folder of its repository."""
    shutil.copytree(installed.parent, tmp_path / "仓 库")
    return tmp_path / "仓 库/项目 一"


def edit(project: Path, path: str, *edits: Edit) -> None:
    text = (project / path).read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    (project / path).write_text(text, encoding="utf-8", newline="\n")


def commit(project: Path, path: str, *edits: Edit) -> None:
    edit(project, path, *edits)
    git(project, "commit", "-qam", "改", "--no-verify")


def diverged(project: Path, path: str, ours: tuple[Edit, ...], theirs: tuple[Edit, ...]) -> None:
    """Let two branches change one record, each in its own way."""
    git(project, "switch", "-qc", "other")
    commit(project, path, *theirs)
    git(project, "switch", "-q", "main")
    commit(project, path, *ours)


def text_of(project: Path, path: str = LIANGXIN) -> str:
    return (project / path).read_text(encoding="utf-8")


def said(project: Path, *words: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    capsys.readouterr()
    assert main(["git", *words, "-f", str(project / "mkdocs.yml")]) == code
    told = capsys.readouterr()
    return told.out + told.err


# Merging


def test_two_clones_change_neighbouring_figures_of_one_row_and_both_are_kept(project: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(project.parent), "another")
    commit(tmp_path / "another/项目 一", LIANGXIN, ("实际完成值: 2.00(次)", "实际完成值: 3.00(次)"))
    commit(project, LIANGXIN, (FIRST, FIRST.replace("得分: 8.00", "得分: 7.00\n        偏差原因: 年中新增两期")))
    git(project, "pull", "-q", "--no-rebase", "--no-edit", str(tmp_path / "another"), "main")

    row = text_of(project).partition("学习培训数量'\n")[2].split("      - ")[0].splitlines()
    assert [line.strip() for line in row] == [
        "年度指标值: =2.00(次)", "实际完成值: 3.00(次)", "分值: 8.00", "得分: 7.00", "偏差原因: 年中新增两期",
    ]  # fmt: skip


def test_new_rows_of_both_sides_at_one_place_both_stand_there(project: Path) -> None:
    place = "    质量指标:\n"
    new = "      - 三级指标: {}\n        年度指标值: ≥1\n        分值: 0.00\n        得分: 0.00\n"
    rows = [new.format("参观次数"), new.format("走访户数")]
    diverged(project, LIANGXIN, ((place, rows[0] + place),), ((place, rows[1] + place),))
    git(project, "merge", "-q", "other")

    assert rows[0] + rows[1] + place in text_of(project)


def test_one_figure_changed_in_two_ways_is_left_to_choose_under_the_name_it_has_in_the_form(project: Path) -> None:
    diverged(
        project, LIANGXIN, ((FIRST, FIRST.replace("得分: 8", "得分: 7")),),
        (("实际完成值: 2.00(次)", "实际完成值: 3.00(次)"), (FIRST, FIRST.replace("得分: 8", "得分: 6"))),
    )  # fmt: skip
    told = git(project, "merge", "-q", "other", code=1)

    assert f"冲突：项目 一/{LIANGXIN}：{ROW} › 得分：原来 8.00，我方 7.00，对方 6.00" in told
    assert (
        "        实际完成值: 3.00(次)\n"
        "        分值: 8.00\n"
        f"<<<<<<< 我方：{ROW} › 得分\n"
        "        得分: 7.00\n"
        "=======\n"
        "        得分: 6.00\n"
        ">>>>>>> 对方\n"
        "      - 三级指标: "
    ) in text_of(project)
    assert git(project, "status", "--short", "--", ".").startswith("UU ")


def test_figures_in_braces_on_one_line_are_joined_and_a_conflict_shows_the_whole_line(project: Path) -> None:
    before = "年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 61.05, 分数: 10.00"
    ours = before.replace("94.60", "95.00").replace("执行数: 61.05", "执行数: 60.00")
    theirs = before.replace("10.00", "11.00").replace("执行数: 61.05", "执行数: 59.00")
    diverged(project, LIANGXIN, ((before, ours),), ((before, theirs),))
    git(project, "merge", "-q", "other", code=1)

    assert (
        "<<<<<<< 我方：项目资金 › 年度资金总额 › 全年执行数\n"
        "  年度资金总额: {年初预算数: 95.00, 全年预算数: 61.05, 全年执行数: 60.00, 分数: 11.00, 执行率: 100.00, 得分: 10.00}\n"
        "=======\n"
        "  年度资金总额: {年初预算数: 95.00, 全年预算数: 61.05, 全年执行数: 59.00, 分数: 11.00, 执行率: 100.00, 得分: 10.00}\n"
        ">>>>>>> 对方\n"
    ) in text_of(project)


def test_a_row_removed_here_and_changed_there_is_left_to_choose_as_a_whole(project: Path) -> None:
    row = text_of(project).partition("    数量指标:\n")[2].split("      - ")[1]
    diverged(
        project, LIANGXIN, (("      - " + row, ""),), ((row, row.replace("2.00(次)", "5.00(次)")),)
    )  # fmt: skip
    told = git(project, "merge", "-q", "other", code=1)

    assert f"冲突：项目 一/{LIANGXIN}：{ROW}" in told
    changed = row.replace("2.00(次)", "5.00(次)")
    assert f"<<<<<<< 我方：{ROW}\n=======\n      - {changed}>>>>>>> 对方\n" in text_of(project)


def test_keys_put_in_another_order_here_and_figures_changed_there_are_joined(project: Path) -> None:
    total = "总分: {分值: 100.00, 得分: 97.00}\n评分等级: 优\n"
    diverged(
        project, LIANGXIN, ((total, "评分等级: 优\n总分:\n  得分: 97.00 # 照原表\n  分值: 100.00\n"),),
        ((total, total.replace("97.00", "96.00")),),
    )  # fmt: skip
    git(project, "merge", "-q", "other")

    assert "评分等级: 优\n总分:\n  得分: 96.00 # 照原表\n  分值: 100.00\n来源:\n" in text_of(project)


def test_texts_of_both_sides_are_joined_line_by_line(project: Path) -> None:
    diverged(
        project, LIANGXIN, (("    - 打造鑫泽云天", "    - 建成鑫泽云天"),), (("    - 遴选46名", "    - 遴选64名"),)
    )
    git(project, "merge", "-q", "other")
    assert "    - 遴选64名" in text_of(project)
    assert "    - 建成鑫泽云天" in text_of(project)


def test_a_conflict_in_a_markdown_section_names_the_section(project: Path) -> None:
    line = text_of(project, DANGJIAN).partition("## 预期目标\n\n")[2].split("\n")[0]
    diverged(
        project, DANGJIAN, ((line, "甲的目标。"), ("版式: C1", "版式: C1 # 甲")), ((line, "乙的目标。"),)
    )  # fmt: skip
    git(project, "merge", "-q", "other", code=1)

    assert "<<<<<<< 我方：预期目标\n甲的目标。\n=======\n乙的目标。\n>>>>>>> 对方\n" in text_of(project, DANGJIAN)
    assert "版式: C1 # 甲\n" in text_of(project, DANGJIAN)


def test_line_ends_and_the_mark_of_ours_stay_whatever_theirs_has(project: Path) -> None:
    git(project, "switch", "-qc", "other")
    commit(project, LIANGXIN, ("评分等级: 优", "评分等级: 良"))
    git(project, "switch", "-q", "main")
    edit(project, LIANGXIN, (FIRST, FIRST.replace("得分: 8", "得分: 7")))
    (project / LIANGXIN).write_bytes(b"\xef\xbb\xbf" + (project / LIANGXIN).read_bytes().replace(b"\n", b"\r\n"))
    git(project, "commit", "-qam", "甲", "--no-verify")
    git(project, "merge", "-q", "other")

    data = (project / LIANGXIN).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "评分等级: 良\r\n".encode() in data
    assert "得分: 7.00\r\n".encode() in data


def test_rebase_and_cherry_pick_join_the_same_way(project: Path) -> None:
    total = "总分: {分值: 100.00, 得分: 97.00}"
    diverged(project, LIANGXIN, ((total, total.replace("97", "96")),), (("评分等级: 优", "评分等级: 良"),))
    git(project, "branch", "copy")
    git(project, "cherry-pick", "other")
    picked = text_of(project)
    git(project, "switch", "-q", "copy")
    git(project, "rebase", "-q", "other")

    assert picked == text_of(project)
    assert "得分: 96.00}\n评分等级: 良\n" in picked


def test_a_side_that_cannot_be_read_is_joined_as_text_and_that_is_said(project: Path) -> None:
    diverged(
        project, LIANGXIN, ((FIRST, FIRST.replace("得分: 8", "得分: 7")),), (("评分等级: 优", '评分等级: "优'),)
    )  # fmt: skip
    told = git(project, "merge", "-q", "other", "--no-verify")

    assert f"{LIANGXIN} 对方的版本读不出来，按文字一行一行合并，合并的结果没有核对。" in told
    assert '评分等级: "优\n' in text_of(project)
    assert "得分: 7.00\n" in text_of(project)


def test_of_a_side_that_cannot_be_read_just_the_lines_that_differ_are_left_to_choose(project: Path) -> None:
    broken = ("评分等级: 优", '评分等级: "优')
    diverged(
        project, LIANGXIN, ((FIRST, FIRST.replace("得分: 8", "得分: 7")), broken),
        ((FIRST, FIRST.replace("得分: 8", "得分: 6")),),
    )  # fmt: skip
    told = git(project, "merge", "-q", "other", code=1)

    assert "我方的版本读不出来" in told
    assert "<<<<<<< 我方\n        得分: 7.00\n=======\n        得分: 6.00\n>>>>>>> 对方\n" in text_of(project)


def test_a_file_that_both_sides_made_has_no_common_version_and_that_is_said(project: Path) -> None:
    new = "content/records/2024/xinzhuang/新.yaml"
    git(project, "switch", "-qc", "other")
    for branch, grade in (("other", "良"), ("main", "中")):
        git(project, "switch", "-q", branch)
        (project / new).write_text(text_of(project).replace("评分等级: 优", f"评分等级: {grade}"), encoding="utf-8")
        git(project, "add", "-A")
        git(project, "commit", "-qm", grade, "--no-verify")
    told = git(project, "merge", "-q", "other", code=1)

    assert f"{new} 两边各自新建了这个文件，没有共同的版本，按文字一行一行合并。" in told
    assert "<<<<<<< 我方\n评分等级: 中\n=======\n评分等级: 良\n>>>>>>> 对方\n" in text_of(project, new)


def test_an_unsettled_conflict_is_one_clear_message_of_the_check(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diverged(project, LIANGXIN, (("评分等级: 优", "评分等级: 良"),), (("评分等级: 优", "评分等级: 中"),))
    git(project, "merge", "-q", "other", code=1)
    capsys.readouterr()
    assert main(["check", str(project / LIANGXIN), "-f", str(project / "mkdocs.yml")]) == 1

    told = capsys.readouterr().out
    assert "SRC028 错误：合并冲突还没有解决" in told
    assert "现为：我方：评分等级" in told
    assert told.count(" 错误：") == 1
    assert "我方：评分等级" in git(project, "diff")
    git(project, "commit", "-qam", "忘了改好", "--no-verify")
    assert "里有还没有解决的合并冲突，没有逐项比较" in git(project, "show", "--ext-diff", "-m")


# Comparing


def test_git_diff_and_log_speak_the_words_of_the_form(project: Path) -> None:
    edit(project, LIANGXIN, (FIRST, FIRST.replace("得分: 8", "得分: 7")))
    assert git(project, "diff").splitlines()[:3] == [
        f"改动 {LIANGXIN}",
        "  两新党建工作（2024年度，财政项目支出绩效自评表）",
        f"    {ROW}：得分 8.00 → 7.00",
    ]
    assert "-        得分: 8.00\n+        得分: 7.00\n" in git(project, "diff", "--no-ext-diff")
    git(project, "mv", DANGJIAN, DANGJIAN.replace("dangjian", "党建 新"))
    git(project, "commit", "-qam", "改名", "--no-verify")
    told = git(project / "content", "log", "-1", "-p", "--ext-diff", "-M")
    assert f"移动 {DANGJIAN} → {DANGJIAN.replace('dangjian', '党建 新')}" in told
    assert "得分 8.00 → 7.00" in told


def test_comparing_and_joining_run_nothing_that_a_work_tree_names(project: Path) -> None:
    (project / "hook.py").write_text("open('ran', 'w')", encoding="utf-8")
    edit(project, "mkdocs.yml", ("site_name:", "hooks: [hook.py]\nsite_name:"))
    edit(project, LIANGXIN, ("评分等级: 优", "评分等级: 良"))

    assert "评分等级 优 → 良" in git(project, "diff", "--", LIANGXIN)
    assert not (project / "ran").exists()
    assert not (project.parent / "ran").exists()


def test_what_is_not_printed_is_said_to_have_changed_and_what_cannot_be_read_is_shown_as_text(project: Path) -> None:
    edit(project, LIANGXIN, ("评分等级: 优", "评分等级: '优'  # 照原表"))
    assert "印出的内容没有变化" in git(project, "diff")
    edit(project, LIANGXIN, ("表样: 财政", "表样: [财政"))
    told = git(project, "diff")
    assert "+表样: [财政项目支出绩效自评表" in told


# The check before a commit


def test_a_commit_with_a_new_error_in_a_record_is_stopped_with_the_message(project: Path) -> None:
    edit(project, LIANGXIN, (FIRST, FIRST.replace("得分: 8", "得分: 9")))
    told = git(project / "content", "commit", "-qam", "错", code=1)

    assert f"{LIANGXIN}:" in told
    assert "没有提交" in told
    assert "git commit --no-verify" in told
    git(project, "commit", "-qam", "错", "--no-verify")
    edit(project, LIANGXIN, ("评分等级: 优", "评分等级: 优 # 错误原来就有"))
    git(project, "commit", "-qam", "以前的错不再拦")


def test_two_right_changes_with_a_wrong_total_are_told_by_the_merge_and_not_committed(project: Path) -> None:
    total = ("得分: 97.00}", "得分: 96.00}")
    ours = (FIRST, FIRST.replace("得分: 8", "得分: 7"))
    second = "发放完成数'\n" + text_of(project).partition("发放完成数'\n")[2].partition(FIRST)[0] + FIRST
    theirs = (second, second.replace("得分: 8", "得分: 7"))
    diverged(project, LIANGXIN, (ours, total), (theirs, total))
    told = git(project, "merge", "other", code=1)

    assert f"{LIANGXIN} 两边的改动合在一起有 1 处错误，两边原来都没有，请核对：" in told
    assert "有 1 处新的错误，没有提交" in told
    git(project, "merge", "--abort")
    git(project, "switch", "-q", "other")
    assert "合在一起有 1 处错误" in git(project, "rebase", "main")


def test_a_merge_brings_in_errors_that_the_other_branch_had_before(project: Path) -> None:
    diverged(
        project, LIANGXIN, (("评分等级: 优", "评分等级: 优 # 甲"),), ((FIRST, FIRST.replace("得分: 8", "得分: 9")),)
    )  # fmt: skip
    git(project, "merge", "-q", "--no-edit", "other")
    git(project, "reset", "-q", "--hard", "HEAD~1")
    git(project, "merge", "-q", "--no-commit", "other")
    git(project, "commit", "-qm", "合并")


def test_before_the_first_commit_errors_are_told_and_stop_nothing(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed.parent, tmp_path / "仓 库")
    project = tmp_path / "仓 库/项目 一"
    git(project, "update-ref", "-d", "HEAD")
    told = git(project, "commit", "-qam", "首次公开")

    assert "SCO003" in told
    assert "绩效表里有 1 处错误。第一次提交没有可比的旧版本，照样提交" in told


def test_only_what_is_staged_is_checked(project: Path) -> None:
    edit(project, LIANGXIN, ("评分等级: 优", "评分等级: [优"))
    edit(project, DANGJIAN, ("版式: C1", "版式: C1 # 照原表"))
    git(project, "add", DANGJIAN)
    git(project, "commit", "-qm", "只提交一份")


# Setting up


def files_of(project: Path) -> dict[str, bytes]:
    folder = project.parent / ".git"
    wanted = [folder / "config", *(folder / "info").glob("*"), *(folder / "hooks").glob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in wanted}


def test_nothing_remains_of_what_was_set_up_and_setting_up_twice_changes_nothing(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (bare.parent / ".git/config").open("ab") as config:
        config.write(b"[alias]\n\tst = status # no line end")
    before = files_of(bare)
    assert "提交之前检查：没有装" in said(bare, "status", capsys=capsys)
    assert "提交之前检查：已装好" in said(bare, "install", capsys=capsys)
    once = files_of(bare)
    assert once != before
    assert "没有改动。" in said(bare, "install", capsys=capsys)
    assert files_of(bare) == once
    said(bare, "uninstall", capsys=capsys)
    assert files_of(bare) == before
    assert "没有改动。" in said(bare, "uninstall", capsys=capsys)


def test_what_others_set_up_meanwhile_stays(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attributes = bare.parent / ".git/info/attributes"
    attributes.write_bytes(b"*.png binary")
    said(bare, "install", capsys=capsys)
    git(bare, "config", "alias.st", "status")
    with attributes.open("ab") as stream:
        stream.write(b"*.jpg binary\n")
    said(bare, "uninstall", capsys=capsys)

    assert attributes.read_bytes() == b"*.png binary\n*.jpg binary\n"
    assert "status" in git(bare, "config", "alias.st")
    assert "jixiao" not in (bare.parent / ".git/config").read_text(encoding="utf-8")


def test_another_hook_is_left_alone_and_the_line_to_add_is_named(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = bare.parent / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    told = said(bare, "install", capsys=capsys)
    assert f"提交之前检查：不是 jixiao 装的（已经有 {os.path.realpath(hook)}，没有改动" in told
    assert "没有冲突的合并，提交之前检查：已装好" in told
    assert "-m generator.cli git pre-commit" in told
    said(bare, "uninstall", capsys=capsys)
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"

    hook.unlink()
    git(bare, "config", "core.hooksPath", "../hooks of all")
    assert "core.hooksPath 指向 ../hooks of all，没有改动" in said(bare, "install", capsys=capsys)
    assert not (bare.parent.parent / "hooks of all").exists()


def test_two_projects_of_one_clone_are_set_up_and_undone_by_themselves(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = copied(PROJECT, bare.parent / "项目 [二]")
    git(bare.parent, "add", "-A")
    git(bare, "commit", "-qm", "第二个项目")
    before = files_of(bare)
    said(bare, "install", capsys=capsys)
    said(second, "install", capsys=capsys)
    said(bare, "uninstall", capsys=capsys)
    edit(second, LIANGXIN, ("评分等级: 优", "评分等级: 良"))
    edit(bare, LIANGXIN, ("评分等级: 优", "评分等级: 中"))

    told = git(second, "diff")
    assert "评分等级 优 → 良" in told
    assert "+评分等级: 中" in told
    said(second, "uninstall", capsys=capsys)
    assert files_of(bare) == before


def test_a_driver_that_somebody_else_named_like_ours_is_not_replaced(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(bare, "config", "diff.jixiao.command", "mine")
    before = files_of(bare)
    assert "已经有叫 jixiao 的设置" in said(bare, "install", capsys=capsys, code=2)
    assert files_of(bare) == before


def test_where_there_is_no_repository_or_git_is_at_work_that_is_said(
    bare: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = bare.parent / ".git/config.lock"
    lock.touch()
    assert "正被另一个 git 命令改动" in said(bare, "install", capsys=capsys, code=2)
    lock.unlink()
    shutil.rmtree(bare.parent / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(bare.parent.parent))
    assert "不在 git 仓库里" in said(bare, "install", capsys=capsys, code=2)
    monkeypatch.setenv("PATH", "")
    assert "找不到 git 命令" in said(bare, "install", capsys=capsys, code=2)


def test_a_program_that_is_gone_leaves_git_to_compare_and_join_by_itself(
    bare: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(bare / "100% 没有/python 'x'"))
    said(bare, "install", capsys=capsys)
    assert "100%%" in git_setup.command().replace("%", "%%")
    diverged(bare, LIANGXIN, (("评分等级: 优", "评分等级: 良"),), (("评分等级: 优", "评分等级: 中"),))
    git(bare, "merge", "-q", "other", code=1)

    assert "<<<<<<< 我方\n评分等级: 良\n=======\n评分等级: 中\n>>>>>>> 对方\n" in text_of(bare)
    git(bare, "checkout", "-q", "--ours", LIANGXIN)
    git(bare, "add", LIANGXIN)
    edit(bare, LIANGXIN, ("评分等级: 良", "评分等级: 差"))
    assert "+评分等级: 差" in git(bare, "diff")
    assert "找不到 jixiao，没有检查绩效表" in git(bare, "commit", "-qam", "改")


def test_what_only_git_writes_behind_a_command_is_not_guessed(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "由 git 自己调用" in said(bare, "merge-file", "a", "b", capsys=capsys, code=2)
