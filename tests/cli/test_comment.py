"""`jixiao comment`: one comment on a merge request, brought up to date by each run, and never a job that fails for it."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.build.merge_requests import MergeRequest, NotPostedError, fitted, merge_request_of, post
from generator.cli import main
from generator.errors import JixiaoError
from tests.cli.ci_host import READ_ONLY, WRITER, Host, running_host

COMMENTS = "/repos/shili/gongkai/issues/7/comments"
REVIEWS = "/repos/shili/gongkai/pulls/7/reviews"
PROBLEM = {
    "description": "执行率与金额不符",
    "check_name": "BUD001 execution-rate-mismatch",
    "location": {"path": "content/records/2024/shili/dui.yaml", "lines": {"begin": 9}},
}

Say = Callable[..., str]


@pytest.fixture
def host() -> Iterator[Host]:
    with running_host() as made:
        yield made


@pytest.fixture
def job(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a job of GitHub on a merge request, in an empty folder."""
    for name in ("GITLAB_CI", "GITEE_PULL_ID", "GITEA_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    told = {
        "GITHUB_ACTIONS": "true", "GITHUB_API_URL": host.address, "GITHUB_REPOSITORY": "shili/gongkai",
        "GITHUB_REF": "refs/pull/7/merge", "JIXIAO_TOKEN": WRITER,
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def say(job: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that runs `jixiao comment` with a report and returns what it prints."""

    def run(text: str, *words: str, code: int = 0) -> str:
        (job / "report.md").write_text(text, encoding="utf-8")
        assert main(["comment", "report.md", *words]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return run


def bodies(host: Host) -> list[str]:
    return [comment["body"] for comment in host.kept.get(COMMENTS, [])]


def test_a_second_run_brings_the_first_comment_up_to_date(host: Host, say: Say) -> None:
    host.kept[COMMENTS] = [{"id": 1, "body": "别人的评论"}]
    assert say("先") == "评论已发到合并请求。\n"
    say("后")

    assert bodies(host) == ["别人的评论", "<!-- jixiao -->\n后"]
    assert host.changes == ["POST", "PATCH"]


@pytest.mark.parametrize("page", [0, 50])
def test_our_comment_is_found_behind_many_others(host: Host, say: Say, page: int) -> None:
    host.page = page
    host.kept[COMMENTS] = [{"id": number, "body": "别人的"} for number in range(150)]
    say("先")
    say("后")

    assert bodies(host)[150:] == ["<!-- jixiao -->\n后"]


def test_several_reports_become_one_comment_and_missing_ones_are_told(host: Host, job: Path, say: Say) -> None:
    (job / "changes.md").write_text("改动", encoding="utf-8")

    assert "没有 gone.md，略过。" in say("问题\n", "gone.md", "changes.md")
    assert bodies(host) == ["<!-- jixiao -->\n问题\n\n改动"]


def test_nothing_to_say_is_not_posted(host: Host, say: Say) -> None:
    assert "没有可写的" in say("")
    assert host.asked == []


@pytest.mark.parametrize(
    ("token", "why"), [(READ_ONLY, "没有写评论的权限"), ("wrong", "没有写评论的权限"), ("", "没有设 JIXIAO_TOKEN")]
)
def test_what_cannot_be_posted_is_shown_and_fails_nothing(
    host: Host, say: Say, token: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_TOKEN", token)
    told = say("第一行\n::error::不是命令\n")

    assert why in told
    # No line begins as a command to the runner does.
    assert "│ 第一行\n│ ::error::不是命令\n" in told
    assert bodies(host) == []


def test_a_host_that_is_away_fails_nothing(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:1")

    assert "没有可用的答复" in say("文")


def test_a_host_that_sends_us_elsewhere_is_not_followed(host: Host, say: Say) -> None:
    host.redirects = True

    assert "答复 302" in say("文")
    assert {path for _, path in host.asked} == {COMMENTS}


def test_the_summary_of_the_job_gets_it_too(host: Host, job: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(job / "summary.md"))
    (job / "summary.md").write_text("前面的步骤\n", encoding="utf-8")
    say("报告")

    assert (job / "summary.md").read_text(encoding="utf-8") == "前面的步骤\n报告"
    assert bodies(host) == ["<!-- jixiao -->\n报告"]


def test_outside_a_merge_request_there_is_nothing_to_comment_on(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REF", "refs/heads/main")

    assert "不是 CI 里的合并请求" in say("文", code=2)


def test_remarks_of_an_earlier_run_are_taken_away(
    host: Host, job: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITEA_ACTIONS", "true")
    host.kept[REVIEWS] = [{"id": 90, "body": "别人的评审"}]
    report = job / "problems.json"
    report.write_text(json.dumps([PROBLEM]), encoding="utf-8")
    say("文", "--lines", "problems.json")
    first = [one["id"] for one in host.kept[REVIEWS]]
    say("文", "--lines", "problems.json")

    assert [one["body"] for one in host.kept[REVIEWS]] == ["别人的评审", "<!-- jixiao -->\n新出现的问题标在行旁。"]
    assert host.kept[REVIEWS][1]["comments"] == [
        {
            "path": "content/records/2024/shili/dui.yaml",
            "new_position": 9,
            "body": "BUD001 execution-rate-mismatch：执行率与金额不符",
        }
    ]
    assert len(first) == 2
    report.write_text("[]", encoding="utf-8")
    say("文", "--lines", "problems.json")
    assert [one["body"] for one in host.kept[REVIEWS]] == ["别人的评审"]


@pytest.mark.parametrize("text", ["[1]", '[{"location": 1}]', "不是"])
def test_lines_are_read_from_a_report_of_ours_alone(
    job: Path, say: Say, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITEA_ACTIONS", "true")
    (job / "problems.json").write_text(text, encoding="utf-8")

    assert "不是 jixiao check 的 gitlab 格式的报告" in say("文", "--lines", "problems.json", code=2)


def test_lines_are_for_gitea_alone(job: Path, say: Say) -> None:
    (job / "problems.json").write_text("[]", encoding="utf-8")

    assert "--lines 只用于 Gitea" in say("文", "--lines", "problems.json", code=2)


def test_each_project_of_a_repository_has_its_own_comment(
    host: Host, job: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", str(job)], check=True)
    say("上面")
    (job / "下 面").mkdir()
    shutil.copyfile(job / "report.md", job / "下 面/report.md")
    monkeypatch.chdir(job / "下 面")
    assert main(["comment", "report.md"]) == 0

    assert bodies(host) == ["<!-- jixiao -->\n上面", "<!-- jixiao 下 面/-->\n上面"]


def test_a_comment_of_ours_that_is_not_ours_to_change_is_let_be(host: Host) -> None:
    host.kept["/list"], host.others = [{"id": 1, "body": "<!-- jixiao -->\n冒充的"}], {1}
    request = MergeRequest(f"{host.address}/list", f"{host.address}/list", headers={"Authorization": WRITER})
    post(request, "<!-- jixiao -->", "真的")

    assert [one["body"] for one in host.kept["/list"]] == ["<!-- jixiao -->\n冒充的", "<!-- jixiao -->\n真的"]
    # A host that is out of order has not said whose it is.
    with pytest.raises(NotPostedError, match="答复 501"):
        post(replace(request, update="BREW"), "<!-- jixiao -->", "又一次")
    assert len(host.kept["/list"]) == 2


def test_nothing_that_says_who_we_are_is_told(say: Say, job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_TOKEN", "secret\n")
    monkeypatch.setenv("GITHUB_API_URL", "http://me:secret@127.0.0.1:1")
    said = say("文")
    assert "127.0.0.1:1 没有可用的答复" in said
    assert "secret" not in said
    monkeypatch.setenv("JIXIAO_TOKEN", "sec\nret")
    said = say("文")
    assert "有换行" in said
    assert "ret" not in said

    subprocess.run(["git", "init", "-q", str(job)], check=True)
    subprocess.run(["git", "remote", "add", "origin", "https://me:secret@gitee.com/solo"], check=True, cwd=job)
    monkeypatch.setenv("GITEE_PULL_ID", "7")
    said = say("文", code=2)
    assert "哪个仓库" in said
    assert "secret" not in said


def test_a_job_that_says_not_enough_is_told_what_is_missing(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_API_URL")

    assert "没有变量 GITHUB_API_URL" in say("文", code=2)


def test_a_comment_is_cut_after_a_line_where_hosts_would_refuse_it() -> None:
    cut = fitted("一行很长的文字\n" * 10_000)

    assert len(cut.encode()) <= 60_000
    assert cut.rpartition("一行很长的文字\n")[2].startswith("\n（太长")


def test_no_line_is_a_command_to_the_host() -> None:
    assert fitted("- 正常/的\n/merge\n  /close") == "- 正常/的\n\\/merge\n  \\/close"


def test_gitee_is_asked_with_the_token_in_the_question(host: Host) -> None:
    told = {"GITEE_PULL_ID": "7", "JIXIAO_TOKEN": WRITER}
    for remote in (
        "https://gitee.com/shili/gongkai.git", "https://me:secret@gitee.com/shili/gongkai", "ssh://x/shili/gongkai/",
        "git@gitee.com:shili/gongkai.git",
    ):  # fmt: skip
        request = merge_request_of(told, remote)
        assert request.comments == "https://gitee.com/api/v5/repos/shili/gongkai/pulls/7/comments"
    here = request.comments.replace("https://gitee.com", host.address)
    post(replace(request, comments=here, comment=here), "<!-- jixiao -->", "文")

    assert host.asked == [(method, "/api/v5/repos/shili/gongkai/pulls/7/comments") for method in ("GET", "POST")]
    with pytest.raises(JixiaoError, match="哪个仓库"):
        merge_request_of(told, "")


def test_an_address_that_is_no_web_address_is_not_asked() -> None:
    with pytest.raises(NotPostedError, match="不认识的地址"):
        post(MergeRequest("file:///etc/passwd", ""), "<!-- jixiao -->", "文")
