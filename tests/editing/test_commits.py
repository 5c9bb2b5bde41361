"""Changed records are handed to git by name, in the user's name, with the hooks of the repository; nothing is pushed."""

import os
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.editing.office import Answer, Office
from tests.site_tools import PROJECT, copied

ADDRESS = "2024/xinzhuang/liangxin"
PATH = f"content/records/{ADDRESS}.yaml"


@pytest.fixture(autouse=True)
def _own_git_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "EMAIL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def git(project: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=project, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture
def office(tmp_path: Path, office_on: Callable[[Path], Office]) -> Office:
    project = copied(PROJECT, tmp_path / "项 目")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "config", "user.name", "张 三")
    git(project, "config", "user.email", "zhang@example.com")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "开始")
    return office_on(project)


def edit(office: Office, text: str = "良", address: str = ADDRESS) -> None:
    page = office.get(f"/record/{address}")
    answer = office.post(f"/record/{address}", page.fields | {page.name_of("评分等级"): text, "act": "save"})
    assert answer.status == 303


def hand_over(office: Office, page: Answer, *paths: str, **fields: str) -> Answer:
    given = {"token": page.fields["token"], "seen": page.fields["seen"], "message": "复核后改正", **fields}
    return office.post("/commit", [*given.items(), *(("path", path) for path in paths)])


def test_the_page_says_what_will_be_committed_in_the_words_of_the_form(office: Office) -> None:
    edit(office)

    page = office.get("/commit")

    assert f'name="path" value="{PATH}" checked' in page.text
    assert "评分等级 优 → 良" in unescape(page.text)


def test_what_no_form_prints_can_be_committed_too(office: Office) -> None:
    waiver = "豁免:\n  - {规则: IND020, 原因: 已批复, 批准人: 预算处, 有效期至: 2099-12-31}\n"
    for path, new in ((PATH, waiver), ("content/records/2024/xinzhuang/dangqun.yaml", "# 照原表\n")):
        file = office.project / path
        file.write_text(file.read_text(encoding="utf-8") + new, encoding="utf-8", newline="\n")

    page = office.get("/commit")

    assert "不在表上：新增豁免 IND020（原因 已批复" in page.text
    assert "印出的内容没有变化，变的是写法、注释或次序" in page.text
    office.follow(hand_over(office, page, PATH))
    assert git(office.project, "show", "--name-only", "--format=", "HEAD").split() == [PATH]


def test_only_the_chosen_files_are_committed(office: Office) -> None:
    edit(office)
    other = office.record("2024/xinzhuang/dangqun")
    other.write_text(other.read_text(encoding="utf-8").replace("得分: 8.00", "得分: 7.00", 1), encoding="utf-8")
    (office.project / "notes.txt").write_text("staged", encoding="utf-8")
    git(office.project, "add", "notes.txt")

    answer = office.follow(hand_over(office, office.get("/commit"), PATH, message="复核后改正\n\n# 不是注释"))

    assert "已提交，还没有推送到别处" in answer.text
    assert git(office.project, "show", "--name-only", "--format=%an <%ae>|%B", "HEAD").split("\n") == [
        "张 三 <zhang@example.com>|复核后改正", "", "# 不是注释", "", "", PATH, "",
    ]  # fmt: skip
    assert git(office.project, "diff", "--cached", "--name-only").split() == ["notes.txt"]
    assert git(office.project, "diff", "--name-only").split() == ["content/records/2024/xinzhuang/dangqun.yaml"]


def test_a_new_record_is_committed(office: Office) -> None:
    new = office.record("2025/xinzhuang/liangxin")
    copy = {"token": office.server.guard.secrets.form, "act": "copy", "source": ADDRESS, "year": "2025"}
    assert office.post("/new", copy).status == 303

    office.follow(hand_over(office, office.get("/commit"), new.relative_to(office.project).as_posix()))

    assert git(office.project, "show", "--name-status", "--format=", "HEAD").split() == [
        "A", "content/records/2025/xinzhuang/liangxin.yaml",
    ]  # fmt: skip
    assert git(office.project, "status", "--short") == ""


def test_a_hook_that_refuses_is_heard_and_nothing_is_left_behind(office: Office) -> None:
    hook = office.project / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho '总分不等于各项之和' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    new = {"token": office.server.guard.secrets.form, "act": "copy", "source": ADDRESS, "year": "2025"}
    office.post("/new", new)

    answer = hand_over(office, office.get("/commit"), "content/records/2025/xinzhuang/liangxin.yaml")

    assert answer.status == 422
    assert "总分不等于各项之和" in answer.text
    assert "复核后改正" in answer.text
    assert git(office.project, "status", "--short") == "?? content/records/2025/\n"


def test_hooks_may_use_patterns(office: Office) -> None:
    hook = office.project / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho \"[$(git diff --cached --name-only -- '*.yaml')]\"\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    edit(office)

    assert f"[{PATH}]" in unescape(hand_over(office, office.get("/commit"), PATH).text)


def test_who_is_unknown_to_git_is_asked(office: Office) -> None:
    git(office.project, "config", "--unset", "user.name")
    git(office.project, "config", "--unset", "user.email")
    edit(office)
    page = office.get("/commit")
    assert "git 还不知道你是谁" in page.text

    for identity in ({"name": "李四", "email": ""}, {"name": "--unset", "email": "a@b"}, {"name": "a", "email": "-@b"}):
        assert "请写姓名和电子邮箱" in hand_over(office, page, PATH, **identity).text
    office.follow(hand_over(office, page, PATH, name="李四", email="li@example.com"))

    assert git(office.project, "log", "-1", "--format=%an %ae") == "李四 li@example.com\n"


def test_what_changed_since_it_was_shown_is_shown_again(office: Office) -> None:
    edit(office)
    page = office.get("/commit")
    edit(office, "中")

    answer = hand_over(office, page, PATH)

    assert (answer.status, "又有改动，没有提交" in answer.text) == (422, True)
    assert git(office.project, "rev-list", "--count", "HEAD") == "1\n"


@pytest.mark.parametrize(("fields", "said"), [({"message": " "}, "请写一句说明"), ({}, "没有选择要提交的表")])
def test_nothing_is_committed_without_a_message_or_a_choice(office: Office, fields: dict[str, str], said: str) -> None:
    edit(office)

    answer = hand_over(office, office.get("/commit"), *([PATH] if fields else []), **fields)

    assert (answer.status, said in answer.text) == (422, True)
    assert git(office.project, "rev-list", "--count", "HEAD") == "1\n"


def test_a_path_that_is_no_changed_record_is_not_committed(office: Office) -> None:
    (office.project / "mkdocs.yml").write_text("site_name: 别的\n", encoding="utf-8")
    edit(office)

    answer = hand_over(office, office.get("/commit"), "mkdocs.yml", ":(top)*")

    assert "没有选择要提交的表" in answer.text


def test_before_the_first_commit_everything_is_new(tmp_path: Path, office_on: Callable[[Path], Office]) -> None:
    project = copied(PROJECT, tmp_path / "unborn")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "config", "user.name", "a")
    git(project, "config", "user.email", "a@b")
    office = office_on(project)

    office.follow(hand_over(office, office.get("/commit"), PATH))

    assert git(project, "show", "--name-only", "--format=", "HEAD").split() == [PATH]


def test_a_detached_head_is_warned_of(office: Office) -> None:
    git(office.project, "checkout", "--quiet", "--detach")
    edit(office)

    assert "不在任何分支上" in office.get("/commit").text


def test_without_a_repository_there_is_nothing_to_commit_to(
    tmp_path: Path, office_on: Callable[[Path], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on(copied(PROJECT, tmp_path / "plain"))
    assert "不在 git 仓库里" in office.get("/commit").text

    monkeypatch.setenv("PATH", str(tmp_path))
    assert "不在 git 仓库里" in office.get("/commit").text
