"""What changed in the records, in the form's own words, between any two points of git's history."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_tools import PROJECT, copied

Say = Callable[..., str]

LIANGXIN = "content/records/2024/xinzhuang/liangxin.yaml"
YIZHAN = "content/records/2024/xidu/yizhan.md"
ROW = '产出指标 › 数量指标 › 开展"两新"党组织书记学习培训数量'


def git(project: Path, *words: str) -> str:
    identity = ("-c", "user.name=示例", "-c", "user.email=a@example.invalid", "-c", "core.autocrlf=false")
    return subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copied(PROJECT, tmp_path_factory.mktemp("diff") / "项目 一")
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "首次公开")
    return project


@pytest.fixture
def project(committed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(committed, tmp_path / "项目 一"))


@pytest.fixture
def say(project: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs `jixiao diff` and returns what it prints."""

    def run(*words: str, code: int = 0) -> str:
        assert main(["diff", *words, "-f", str(project / "mkdocs.yml")]) == code
        told = capsys.readouterr()
        return told.out if code != 2 else told.err

    return run


def edit(project: Path, path: str, before: str, after: str) -> None:
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8", newline="\n")


def test_nothing_changed(say: Say) -> None:
    assert say("--exit-code") == "没有一份表的内容有变化。\n"


def test_a_figure_and_a_new_reason_stand_on_the_line_of_their_row(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n        偏差原因: 年中新增两期\n")

    assert say().splitlines() == [
        f"改动 {LIANGXIN}",
        "  两新党建工作（2024年度，财政项目支出绩效自评表）",
        f"    {ROW}：得分 8.00 → 7.00；新增偏差原因“年中新增两期”",
        "",
        "改动 1 份；共 2 处内容有变化。",
    ]
    assert say("--exit-code", code=1)


def test_a_blank_a_dash_and_a_zero_are_three_different_things(project: Path, say: Say) -> None:
    edit(project, "content/records/2023/jiuliting/zizhi.yaml", "    分值: —\n", "    分值: 0\n")

    assert "分值 — → 0" in say()


def test_moved_and_reformatted_files_of_equal_content_have_no_difference(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "总分: {分值: 100.00, 得分: 97.00}", "总分:\n  得分: '97.00'   # 照原表\n  分值: 100.00")
    record = project / LIANGXIN
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes().replace(b"\n", b"\r\n"))
    assert say("--exit-code") == "没有一份表的内容有变化。\n"

    git(project, "mv", YIZHAN, YIZHAN.replace("yizhan", "yizhan-2024"))
    moved = say()
    assert f"移动 {YIZHAN} → {YIZHAN.replace('yizhan', 'yizhan-2024')}" in moved
    assert "    内容没有变化\n" in moved
    assert moved.endswith("移动 1 份。\n")


def test_a_file_moved_by_git_or_by_hand_and_changed_is_one_record_that_moved(project: Path, say: Say) -> None:
    new = LIANGXIN.replace("liangxin", "liang-xin")
    git(project, "mv", LIANGXIN, new)
    edit(project, new, "        得分: 8.00\n", "        得分: 7.00\n")
    (project / YIZHAN).rename(project / YIZHAN.replace("yizhan", "一站"))
    told = say()

    assert f"移动 {LIANGXIN} → {new}\n" in told
    assert f"    {ROW}：得分 8.00 → 7.00\n" in told
    assert told.endswith("移动 2 份；共 1 处内容有变化。\n")
    git(project, "reset", "-q")
    assert say() == told
    assert "移动" in say("--only", str(project / new))


def test_what_stands_beside_the_form_is_told_apart_from_it(project: Path, say: Say) -> None:
    waiver = "  - {规则: IND020, 原因: 已批复, 批准人: 预算处, 有效期至: 2099-12-31}\n"
    edit(
        project, LIANGXIN, "总分:", f"规则包: hubei\n豁免:\n{waiver}待确认:\n  - {{栏: 评分等级, 依据: 看不清}}\n总分:"
    )
    lines = say().splitlines()

    assert lines[2:] == [
        "    不在表上：规则包 空白 → hubei",
        "    不在表上：新增豁免 IND020（原因 已批复，批准人 预算处，有效期至 2099-12-31）",
        "    不在表上：新增待确认 评分等级（依据 看不清）",
        "",
        "改动 1 份；不在表上的有 3 处变化。",
    ]
    assert say("--exit-code", code=1)
    (change,) = json.loads(say("--format", "json"))
    assert change["beside"][0] == "规则包 空白 → hubei"
    assert "不在表上：新增豁免 IND020" in say("--format", "html")
    git(project, "commit", "-qam", "豁免")
    edit(project, LIANGXIN, "2099-12-31", "2098-12-31")
    edit(project, LIANGXIN, "待确认:\n  - {栏: 评分等级, 依据: 看不清}\n", "")
    assert say().splitlines()[2:4] == [
        "    不在表上：改动豁免 IND020：有效期至 2099-12-31 → 2098-12-31",
        "    不在表上：删去待确认 评分等级（依据 看不清）",
    ]


def test_new_and_removed_records_are_named(project: Path, say: Say) -> None:
    (project / LIANGXIN).unlink()
    shutil.copy(project / "content/records/2024/xidu/zhuanhu.yaml", project / "content/records/2024/xidu/新.yaml")
    told = say()

    assert f"删去 {LIANGXIN}\n  两新党建工作" in told
    assert "新增 content/records/2024/xidu/新.yaml\n  专户项目经费" in told
    assert told.endswith("新增 1 份，删去 1 份。\n")


def test_staged_content_and_any_two_revisions_can_be_compared(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n")
    git(project, "add", "-A")
    edit(project, LIANGXIN, "        得分: 7.00\n", "        得分: 6.00\n")

    assert "得分 8.00 → 7.00" in say("--staged")
    assert "得分 8.00 → 6.00" in say()
    git(project, "commit", "-qm", "更正")
    assert "得分 7.00 → 6.00" in say()
    assert "得分 8.00 → 7.00" in say("HEAD~1", "HEAD")
    assert "得分 7.00 → 8.00" in say("HEAD", "HEAD~1")
    assert "得分 8.00 → 6.00" in say("HEAD~1")


def test_only_the_files_asked_for_are_listed(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n")

    assert "没有一份表" in say("--only", str(project / "content/records/2023"))
    assert "得分 8.00 → 7.00" in say("--only", str(project / "content/records/2024"))


def test_before_the_first_commit_everything_is_new(project: Path, say: Say) -> None:
    shutil.rmtree(project / ".git")
    git(project, "init", "-q")

    assert say().endswith("新增 8 份。\n")


def test_a_record_that_cannot_be_read_says_so(project: Path, say: Say) -> None:
    (project / LIANGXIN).write_text("表样: [", encoding="utf-8")
    told = say()

    assert f"{LIANGXIN} 读不出来，没有逐项比较" in told or f"{LIANGXIN} 有错误" in told


def test_a_link_is_not_followed(project: Path, say: Say, tmp_path: Path) -> None:
    shutil.copy(project / LIANGXIN, tmp_path / "机密.yaml")
    edit(tmp_path, "机密.yaml", "        得分: 8.00\n", "        得分: 7.00\n")
    (project / LIANGXIN).unlink()
    (project / LIANGXIN).symlink_to(tmp_path / "机密.yaml")

    assert "7.00" not in say()
    assert "没有逐项比较" in say()


def test_nothing_of_a_record_acts_as_markdown(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 8.00\n        偏差原因: '**@all** <b>[a](b)</b>'\n")
    edit(
        project, YIZHAN, "项目名称: ", '项目名称: "甲\\n\\n1. 乙 @all https://evil.example $x$ www.evil.example #1" # '
    )
    report = say("--format", "markdown")

    assert r"新增偏差原因“\*\*@&#8203;all\*\* \<b\>\[a\](b)\</b\>”" in report
    assert "@all" not in report
    inert = r"甲⏎⏎1. 乙 @&#8203;all https:&#8203;//evil.example &#36;&#8203;x&#36; www&#8203;.evil.example \#&#8203;1"
    assert f"\n**{inert}（" in report
    assert report.startswith("### 绩效表的变化\n\n改动 2 份；共 2 处内容有变化。\n")


def test_a_program_reads_where_what_changed(project: Path, say: Say) -> None:
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n")
    (change,) = json.loads(say("--format", "json"))

    assert (change["kind"], change["path"]) == ("changed", LIANGXIN)
    (difference,) = change["differences"]
    assert difference["path"][-1] == "得分"
    assert (difference["before"], difference["after"]) == ("8.00", "7.00")
    assert difference["field"].endswith(".score")


def test_the_page_shows_both_figures_and_escapes_what_it_quotes(project: Path, say: Say, tmp_path: Path) -> None:
    edit(
        project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n        偏差原因: '<script>alert(1)</script>'\n"
    )
    assert "改动 1 份" in say("--format", "html", "--output", str(tmp_path / "a.html"))
    page = (tmp_path / "a.html").read_text(encoding="utf-8")

    assert "<del>8.00</del>" in page
    assert "<ins>7.00</ins>" in page
    assert "<script>" not in page
    assert "比较的是最后一次提交与现在的文件。" in page


def test_what_git_cannot_do_is_said(project: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "git 里没有“nope”这个版本" in say("nope", code=2)
    assert "最多写两个版本" in say("a", "b", "c", code=2)
    shutil.rmtree(project / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert "不在 git 仓库里。比较版本要用 git。" in say(code=2)
    monkeypatch.setenv("PATH", "")
    assert "找不到 git 命令。比较版本要用 git。请先安装 git。" in say(code=2)


def test_a_merge_in_progress_is_not_compared(project: Path, say: Say) -> None:
    git(project, "switch", "-qc", "other")
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n")
    git(project, "commit", "-qam", "甲")
    git(project, "switch", "-q", "main")
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 6.00\n")
    git(project, "commit", "-qam", "乙")
    with pytest.raises(subprocess.CalledProcessError):
        git(project, "merge", "-q", "other")

    assert f"{LIANGXIN} 有还没有解决的合并冲突" in say(code=2)


def test_a_folder_is_no_place_for_the_report(project: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    for place in (".", "content"):
        assert "是文件夹" in say("--output", place, code=2)


def test_a_program_named_in_the_projects_own_configuration_is_not_run(project: Path, say: Say, tmp_path: Path) -> None:
    script, mark = tmp_path / "watch.sh", tmp_path / "ran"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    script.chmod(0o755)
    git(project, "config", "core.fsmonitor", str(script))
    edit(project, LIANGXIN, "        得分: 8.00\n", "        得分: 7.00\n")
    mark.unlink(missing_ok=True)

    assert "得分 8.00 → 7.00" in say()
    assert not mark.exists()
