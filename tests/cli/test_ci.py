"""The files of CI that `jixiao init` writes, and those other projects name: valid, and their steps do what they say."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import __version__
from generator.authoring.ci import package_source
from generator.cli import build_parser, main
from tests.check.small_site import RIGHT_RATE, WRONG_RATE, make_site
from tests.cli.ci_host import READ_ONLY, WRITER, Host, running_host
from tests.cli.ci_steps import Runner, load_workflow, run_steps
from tests.published_schemas import published_schema
from tests.site_tools import PROJECT

SITE = "公开 站"
RECORD = f"{SITE}/content/records/2024/shili/dui.yaml"
BEFORE = RIGHT_RATE.replace("分值: 10", "分值: 8.00").replace("得分: 10", "得分: 8.00")
AFTER = BEFORE.replace("得分: 8.00", "得分: 7.00").replace("95.00", "97.00")
ROW = "产出指标 › 数量指标 › 示例服务次数：得分 8.00 → 7.00"
NEW = f"{RECORD} 第 9 行："
FILES = {
    "github": [".github/workflows/jixiao.yml"],
    "gitlab": [".gitlab-ci.yml"],
    "gitea": [".gitea/workflows/jixiao.yml"],
    "gitee": [".workflow/jixiao-check.yml", ".workflow/jixiao-publish.yml"],
}
PULL = {
    "!cancelled()": True,
    "github.token": WRITER,
    "vars.SITE_TARGET != ''": True,
    "vars.SITE_TARGET": "web@example.invalid:/srv/site/",
    "vars.SITE_HOST_KEYS": "example.invalid ssh-ed25519 AAAA",
    "secrets.SITE_KEY": "a key of two\nlines",
}

PACKAGE = "git+https://example.invalid/jixiao.git@v9"
WRITTEN = ("--package", PACKAGE)

Checkout = Callable[..., Runner]


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=甲", "-c", "user.email=jia@example.invalid", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def commit(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text(text, encoding="utf-8", newline="\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "改")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with a merge request: one old error, one new one and a changed score; meanwhile `trunk` went on."""
    origin, work = tmp_path_factory.mktemp("ci") / "origin.git", tmp_path_factory.mktemp("ci") / "仓 库"
    git(origin.parent, "init", "-q", "--bare", "-b", "trunk", str(origin))
    git(origin.parent, "clone", "-q", str(origin), str(work))
    git(work, "switch", "-qc", "trunk")
    make_site(work / SITE, cuo=WRONG_RATE, dui=BEFORE)
    (work / ".gitignore").write_text("site/\n.jixiao-cache/\npublic/\njixiao-report/\n", encoding="utf-8")
    assert main(["init", str(work / SITE), *WRITTEN, *(word for name in FILES for word in ("--ci", name))]) == 0
    git(work, "add", "-A")
    git(work, "commit", "-qm", "一")
    git(work, "switch", "-qc", "change")
    commit(work, RECORD, AFTER)
    git(work, "switch", "-q", "trunk")
    commit(work, f"{SITE}/content/records/2024/shili/san.yaml", BEFORE.replace("另一个项目", "第三个项目"))
    git(work, "push", "-q", "origin", "trunk", "change")
    git(work, "remote", "set-head", "origin", "trunk")
    # What GitHub checks out of a merge request.
    git(work, "switch", "-q", "--detach", "trunk")
    git(work, "merge", "-q", "--no-ff", "-m", "合", "change")
    git(work, "branch", "merged")
    return work


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs that a machine of CI has; those that would fetch or send something only say what they were told."""
    folder = tmp_path_factory.mktemp("commands")
    jixiao = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m generator.cli "$@"\n'
    telling = '#!/bin/sh\nprintf "%s was told:" "$(basename "$0")"; printf " [%s]" "$@"; echo\n'
    shown = "for file in site_key site_host_keys; do stat -c %a $file; cat $file; done\n"
    for name, text in {"jixiao": jixiao, "python": telling, "python3": telling, "rsync": telling + shown}.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def host() -> Iterator[Host]:
    with running_host() as made:
        yield made


@pytest.fixture
def checkout(clone: Path, commands: Path, tmp_path: Path) -> Checkout:
    """Return what checks a version out on a machine with some variables."""

    def of(version: str, **variables: str) -> Runner:
        git(clone, "switch", "-q", "--detach", version)
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "CI": "true",
            "JIXIAO_PACKAGE": "jixiao.whl",
        }
        return Runner(clone, commands, given | variables)

    return of


def on_pull_request(host: Host, temporary: Path, **others: str) -> dict[str, str]:
    """Return the variables of GitHub, which are those of Gitea too."""
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": host.address,
        "GITHUB_REPOSITORY": "shili/gongkai",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_BASE_REF": "trunk",
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "RUNNER_TEMP": str(temporary),
        **others,
    }


def job_of(clone: Path, name: str, job: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = load_workflow(clone / FILES[name][0])["jobs"][job]["steps"]
    return steps


def assert_built(folder: Path) -> None:
    assert "另一个项目" in (folder / "records/2024/shili/dui.html").read_text(encoding="utf-8")


def assert_says_what_is_new(told: str) -> None:
    """Assert that a comment names the new finding and the changed figures, and nothing that was there before."""
    assert NEW in told
    assert ROW in told
    assert "cuo.yaml" not in told
    assert "第三个项目" not in told


# What the steps do.


def test_github_marks_the_new_finding_and_comments_and_builds(
    clone: Path, checkout: Checkout, host: Host, tmp_path: Path
) -> None:
    runner = checkout("merged", **on_pull_request(host, tmp_path))
    used = run_steps(job_of(clone, "github", "check"), runner, PULL, SITE)

    assert "python was told: [-m] [pip] [install] [jixiao.whl]" in runner.said
    # Only the error fails; what weighs less is marked as well.
    marks = re.findall(r"^::error file=(.*?),line=(\d+),.*?title=(\w+)", runner.said, re.MULTILINE)
    assert marks == [(RECORD, "9", "BUD001")]
    assert [name for name, code in runner.codes.items() if code] == ["检查新出现的问题"]
    (comment,) = host.kept["/repos/shili/gongkai/issues/7/comments"]
    assert_says_what_is_new(comment["body"])
    assert_says_what_is_new((tmp_path / "summary.md").read_text(encoding="utf-8"))
    assert used[-1]["path"] == f"{SITE}/site"
    assert_built(clone / used[-1]["path"])


def test_a_token_that_may_not_write_leaves_the_comment_to_the_summary(
    clone: Path, checkout: Checkout, host: Host, tmp_path: Path
) -> None:
    runner = checkout("merged", **on_pull_request(host, tmp_path))
    for name in ("problems.md", "changes.md"):
        (tmp_path / name).write_text(f"{name} 说的", encoding="utf-8")
    steps = [step for step in job_of(clone, "github", "check") if step.get("name") == "评论"]
    run_steps(steps, runner, PULL | {"github.token": READ_ONLY}, SITE)

    assert runner.codes == {"评论": 0}
    assert "没有写评论的权限" in runner.said
    assert "problems.md 说的" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_github_publishes_what_is_merged(clone: Path, checkout: Checkout, tmp_path: Path) -> None:
    runner = checkout("trunk", RUNNER_TEMP=str(tmp_path))
    used = run_steps(job_of(clone, "github", "build"), runner, PULL, SITE)

    assert set(runner.codes.values()) == {0}
    assert used[-1]["uses"].startswith("actions/upload-pages-artifact@")
    assert_built(clone / used[-1]["path"])
    (deploy,) = job_of(clone, "github", "publish")
    assert deploy["uses"].startswith("actions/deploy-pages@")


def test_gitea_puts_remarks_beside_the_lines(clone: Path, checkout: Checkout, host: Host, tmp_path: Path) -> None:
    told = on_pull_request(host, tmp_path, GITEA_ACTIONS="true", GITHUB_REF="refs/pull/7/head")
    runner = checkout("change", **told)
    used = run_steps(job_of(clone, "gitea", "check"), runner, PULL, SITE)

    assert [name for name, code in runner.codes.items() if code] == ["检查新出现的问题"]
    assert_says_what_is_new(host.kept["/repos/shili/gongkai/issues/7/comments"][0]["body"])
    (review,) = host.kept["/repos/shili/gongkai/pulls/7/reviews"]
    assert {one["path"] for one in review["comments"]} == {RECORD}
    assert review["comments"][0]["new_position"] == 9
    assert "BUD001" in review["comments"][0]["body"]
    assert_built(clone / used[-1]["path"])


def test_gitea_sends_what_is_merged_to_the_web_server(clone: Path, checkout: Checkout, tmp_path: Path) -> None:
    runner = checkout("trunk", RUNNER_TEMP=str(tmp_path))
    used = run_steps(job_of(clone, "gitea", "publish"), runner, PULL | {"runner.temp": str(tmp_path)}, SITE)

    assert set(runner.codes.values()) == {0}
    assert "[--] [site/] [web@example.invalid:/srv/site/]" in runner.said
    # Where the site is sent the key is there for its owner alone, and afterwards it is gone.
    assert "600\na key of two\nlines\n600\nexample.invalid ssh-ed25519 AAAA\n" in runner.said
    assert not list(tmp_path.glob("site_*"))
    assert_built(Path(used[-1]["path"]))


def test_gitlab_reports_the_new_finding_and_comments_though_the_check_fails(
    clone: Path, checkout: Checkout, host: Host
) -> None:
    told = load_workflow(clone / ".gitlab-ci.yml")
    runner = checkout(
        "change", GITLAB_CI="true", CI_API_V4_URL=f"{host.address}/api/v4", CI_MERGE_REQUEST_PROJECT_ID="12",
        CI_MERGE_REQUEST_IID="7", CI_MERGE_REQUEST_DIFF_BASE_SHA=git(clone, "merge-base", "trunk", "change"),
        CI_PROJECT_DIR=str(clone), JIXIAO_PROJECT=told["variables"]["JIXIAO_PROJECT"], JIXIAO_TOKEN=WRITER,
    )  # fmt: skip
    before = told["default"]["before_script"]

    assert runner.run("检查", "\n".join([*before, *told["检查"]["script"]])) == 1
    assert runner.run("之后", "\n".join(told["检查"]["after_script"])) == 0
    report = clone / told["检查"]["artifacts"]["reports"]["codequality"]
    assert set(re.findall(r'"path": "(.*?)"', report.read_text(encoding="utf-8"))) == {RECORD}
    assert_says_what_is_new(host.kept["/api/v4/projects/12/merge_requests/7/notes"][0]["body"])
    assert runner.run("预览", "\n".join([*before, *told["预览"]["script"]])) == 0
    assert_built(clone / told["预览"]["artifacts"]["paths"][0])

    shutil.rmtree(clone / "public", ignore_errors=True)
    assert runner.run("pages", "\n".join([*before, *told["pages"]["script"]])) == 0
    assert_built(clone / told["pages"]["artifacts"]["paths"][0])


def test_gitee_shows_what_is_new_and_builds_before_it_fails(clone: Path, checkout: Checkout) -> None:
    check, publish = (load_workflow(clone / name)["stages"][0]["steps"] for name in FILES["gitee"])
    runner = checkout("change", GITEE_PULL_ID="7", GITEE_BRANCH="trunk")

    assert runner.run("检查", check[0]["commands"]) == 1
    assert "没有设 JIXIAO_TOKEN" in runner.said
    assert_says_what_is_new("".join(line[2:] for line in runner.said.splitlines(keepends=True) if line[:1] == "│"))
    assert_built(clone / check[0]["artifacts"][0]["path"][0])
    runner = checkout("trunk")
    assert runner.run("公开", publish[0]["commands"]) == 0
    assert_built(clone / publish[0]["artifacts"][0]["path"][0])
    assert publish[1]["dependArtifact"] == publish[0]["artifacts"][0]["name"]


@pytest.fixture
def action() -> dict[str, Any]:
    told: dict[str, Any] = load_workflow(PROJECT / "action.yml")
    return told


def inputs_of(action: dict[str, Any], **given: str) -> dict[str, Any]:
    """Return what the expressions of the action stand for on a pull request of `trunk`, or where `given` says so."""
    values = {name: told["default"] for name, told in action["inputs"].items()} | {"token": WRITER, "project": SITE}
    values |= {name.replace("_", "-"): value for name, value in given.items()}
    target = "" if given.get("target") == "" else "trunk"
    base = values["base"] or (f"origin/{target}..." if target else "")
    pull = bool(target)
    return {
        **{f"inputs.{name}": value for name, value in values.items()},
        "inputs.base != '' || github.base_ref != ''": bool(base),
        "inputs.base || format('origin/{0}...', github.base_ref)": base,
        "inputs.base || (github.base_ref && format('origin/{0}...', github.base_ref))": base,
        "!cancelled() && inputs.comment == 'true' && github.event_name == 'pull_request'": (
            values["comment"] == "true" and pull
        ),
        "!cancelled() && inputs.site != ''": bool(values["site"]),
    }


def test_the_action_checks_what_is_new(
    clone: Path, action: dict[str, Any], checkout: Checkout, host: Host, tmp_path: Path
) -> None:
    runner = checkout("merged", **on_pull_request(host, tmp_path, GITHUB_ACTION_PATH="/action"))
    run_steps(action["runs"]["steps"], runner, inputs_of(action, fail_on="never"))

    assert set(runner.codes.values()) == {0}
    assert "[install] [--constraint] [/action/constraints.txt] [/action]" in runner.said
    assert re.findall(r"^::error file=(.*?),line=(\d+)", runner.said, re.MULTILINE) == [(RECORD, "9")]
    assert_says_what_is_new(host.kept["/repos/shili/gongkai/issues/7/comments"][0]["body"])
    assert_built(clone / SITE / "site")


def test_the_action_lists_everything_where_there_is_nothing_to_compare_with(
    action: dict[str, Any], checkout: Checkout, host: Host, tmp_path: Path
) -> None:
    runner = checkout("trunk", **on_pull_request(host, tmp_path, GITHUB_ACTION_PATH="/action"))
    run_steps(action["runs"]["steps"], runner, inputs_of(action, target="", site=""))

    assert runner.codes == {"安装 jixiao": 0, "检查": 1}
    assert "cuo.yaml" in runner.said
    assert host.asked == []


def test_each_input_of_the_action_is_used(action: dict[str, Any]) -> None:
    steps = str(action["runs"]["steps"])

    assert [name for name in action["inputs"] if f"inputs.{name}" not in steps] == []


def test_a_source_that_the_files_cannot_carry_is_refused_and_a_file_that_is_not_there_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in ("${{ secrets.WHEEL }}", "a\nb", "jixiao #1"):
        assert main(["init", str(tmp_path / "no"), "--ci", "github", "--package", source]) == 2
        assert "--package" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    assert main(["init", str(tmp_path / "new"), "--ci", "github", "--package", "tools/jixiao.whl"]) == 0
    assert "里没有 tools/jixiao.whl" in capsys.readouterr().err


def test_what_is_merged_into_the_usual_branch_is_published_whichever_is_checked_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "master")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "一")
    git(tmp_path, "switch", "-qc", "feature")

    assert main(["init", str(tmp_path / "site"), "--ci", "github", *WRITTEN]) == 0
    workflow = load_workflow(tmp_path / ".github/workflows/jixiao.yml")
    assert workflow["on"]["push"]["branches"] == ["master"]


@pytest.mark.parametrize("words", ["check --also markdown=", "check --output=", "diff --output="])
def test_no_report_is_written_over_what_people_write(
    clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    checkout("trunk")
    config = str(clone / SITE / "mkdocs.yml")

    for target in (config, str(clone / RECORD), str(clone / SITE / "content/pages/new.md")):
        *command, option = words.split()
        assert main([*command, f"{option}{target}", "-f", config]) == 2
        assert "报告不能写在那里" in capsys.readouterr().err
    assert git(clone, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("trunk...change", "trunk... change"), ("trunk..change", "：trunk change"), ("..trunk", "：HEAD trunk"),
        ("...", "前面没有写版本"),
    ],
)  # fmt: skip
def test_two_revisions_in_one_word_are_told_apart(
    clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    checkout("trunk")

    assert main(["diff", words, "-f", str(clone / SITE / "mkdocs.yml")]) == 2
    assert told in capsys.readouterr().err


def test_where_two_branches_parted_is_seen_from_the_second(
    clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout("trunk")

    assert main(["diff", "trunk...", "change", "-f", str(clone / SITE / "mkdocs.yml")]) == 0
    said = capsys.readouterr().out
    assert ROW in said
    assert "第三个项目" not in said


def test_no_change_passes(clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    checkout("trunk")
    config = str(clone / SITE / "mkdocs.yml")

    assert main(["check", "--new-since", "origin/trunk...", "-f", config]) == 0
    assert main(["diff", "origin/trunk...", "-f", config]) == 0
    assert "没有一份表的内容有变化" in capsys.readouterr().out


def test_a_target_branch_that_is_not_there_is_told(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "origin/gone...", "-f", str(clone / SITE / "mkdocs.yml")]) == 2
    assert "git 里没有“origin/gone”这个版本" in capsys.readouterr().err


def test_histories_that_never_met_are_told(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = git(clone, "commit-tree", "-m", "孤", git(clone, "rev-parse", "HEAD^{tree}"))

    assert main(["diff", f"{alone}...", "-f", str(clone / SITE / "mkdocs.yml")]) == 2
    assert "从哪里分开的" in capsys.readouterr().err


# The files themselves.


@pytest.mark.parametrize(
    ("name", "schema"),
    [("github", "github-workflow.json"), ("gitea", "github-workflow.json"), ("gitlab", "ci.json")],
)
def test_a_workflow_file_keeps_to_its_schema(clone: Path, name: str, schema: str) -> None:
    validate(load_workflow(clone / FILES[name][0]), schema)


def validate(told: Any, schema: str) -> None:  # noqa: ANN401  any JSON
    published = published_schema(schema)
    jsonschema.validators.validator_for(published)(published).validate(told)


def test_the_pipelines_of_gitee_have_the_keys_its_manual_names(clone: Path) -> None:
    # Gitee publishes no schema.
    step = {
        "build@python": {"step", "name", "displayName", "pythonVersion", "commands", "artifacts"},
        "publish@general_artifacts": {"step", "name", "displayName", "dependArtifact", "artifactName", "dependsOn"},
    }
    for file in FILES["gitee"]:
        told = load_workflow(clone / file)
        assert set(told) == {"version", "name", "displayName", "triggers", "variables", "stages"}
        assert told["version"] == "1.0"
        assert set(told["triggers"]) in ({"trigger", "pr"}, {"trigger", "push"})
        for stage in told["stages"]:
            assert set(stage) == {"name", "displayName", "strategy", "trigger", "steps"}
            assert all(set(one) == step[one["step"]] for one in stage["steps"])


def test_the_action_and_the_hooks_keep_to_their_schemas(action: dict[str, Any]) -> None:
    validate(action, "github-action.json")
    # A hook of one's own is written like those that others name.
    hooks = load_workflow(PROJECT / ".pre-commit-hooks.yaml")
    validate({"repos": [{"repo": "local", "hooks": hooks}]}, "pre-commit-config.json")


@pytest.mark.parametrize("file", [*(name for names in FILES.values() for name in names), "action.yml"])
def test_nothing_others_wrote_becomes_a_part_of_a_script(clone: Path, file: str) -> None:
    text = ((PROJECT if file == "action.yml" else clone) / file).read_text(encoding="utf-8")

    assert [script for script in scripts_in(yaml.safe_load(text)) if "${{" in script] == []
    assert "pull_request_target" not in text
    assert all(re.search(r"@v\d+$", used) for used in re.findall(r"uses: (.*)", text))


def scripts_in(told: object) -> Iterator[str]:
    if isinstance(told, dict):
        for key, value in told.items():
            if key in ("run", "commands", "script", "before_script", "after_script"):
                yield str(value)
            yield from scripts_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from scripts_in(value)


@pytest.mark.parametrize("file", [name for names in FILES.values() for name in names])
def test_a_file_names_what_wrote_it_what_it_installs_and_what_it_publishes(clone: Path, file: str) -> None:
    text = (clone / file).read_text(encoding="utf-8")

    assert f"（jixiao {__version__}）" in text
    assert PACKAGE in text
    assert re.search(r"@[A-Z_]+@", text) is None
    assert ("trunk" in text) == (file not in (".gitlab-ci.yml", ".workflow/jixiao-check.yml"))


# Writing them.


@pytest.mark.parametrize(
    ("told", "package"),
    [
        # From a registry nothing is told.
        (None, f"jixiao=={__version__}"),
        (
            {"url": "https://ren:mima@example.invalid/jixiao.git", "vcs_info": {"vcs": "git", "commit_id": "4d20"}},
            "git+https://example.invalid/jixiao.git@4d20",
        ),
        ({"url": "https://example.invalid/jixiao.whl", "archive_info": {}}, "https://example.invalid/jixiao.whl"),
        ({"url": "file:///home/ren/jixiao", "dir_info": {"editable": True}}, ""),
    ],
)
def test_ci_installs_from_where_this_machine_did(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: dict[str, Any] | None, package: str
) -> None:
    about = tmp_path / "jixiao-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: jixiao\nVersion: 0\n", encoding="utf-8")
    if told is not None:
        (about / "direct_url.json").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    assert package_source() == package


def test_a_package_that_only_this_machine_has_is_left_to_a_variable(
    clone: Path, checkout: Checkout, host: Host, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), "--ci", "github", "--package", ""]) == 0
    assert "设变量 JIXIAO_PACKAGE" in capsys.readouterr().out
    assert "JIXIAO_PACKAGE || '' }}" in (tmp_path / "new/.github/workflows/jixiao.yml").read_text(encoding="utf-8")

    runner = checkout("merged", **on_pull_request(host, tmp_path, JIXIAO_PACKAGE=""))
    run_steps(job_of(clone, "github", "build"), runner, PULL, SITE)
    assert [name for name, code in runner.codes.items() if code] == ["安装 jixiao"]
    assert "JIXIAO_PACKAGE: 要设这个变量" in runner.said


def test_a_file_that_differs_is_kept_unless_forced(
    clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout("trunk")
    file = clone / ".gitlab-ci.yml"
    ours = file.read_text(encoding="utf-8")
    file.write_text("mine", encoding="utf-8")

    assert main(["init", str(clone / SITE), "--ci", "gitlab", "--ci", "github", *WRITTEN]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert main(["init", str(clone / SITE), "--ci", "gitlab", "--ci", "github", "--force", *WRITTEN]) == 0
    assert file.read_text(encoding="utf-8") == ours
    said = capsys.readouterr().out
    assert "没有改动的 CI 文件：\n  .github/workflows/jixiao.yml\n" in said
    assert "JIXIAO_TOKEN" in said
    assert git(clone, "status", "--porcelain") == ""


def test_a_new_site_outside_a_repository_gets_its_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new"), "--ci", "github"]) == 0
    assert "main 分支" in capsys.readouterr().out
    assert (tmp_path / "new/mkdocs.yml").is_file()
    workflow = load_workflow(tmp_path / "new/.github/workflows/jixiao.yml")
    assert workflow["on"]["push"]["branches"] == ["main"]
    assert workflow["defaults"]["run"]["working-directory"] == "."


def test_a_site_written_outside_the_repository_is_refused(
    clone: Path, checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout("trunk")
    config = clone / SITE / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}site_dir: ../../elsewhere\n", encoding="utf-8")
    try:
        assert main(["init", str(clone / SITE), "--ci", "github", *WRITTEN]) == 2
    finally:
        config.write_text(text, encoding="utf-8", newline="\n")
    assert "site_dir" in capsys.readouterr().err


# Hooks.


@pytest.fixture
def staged(clone: Path, checkout: Checkout) -> Iterator[Runner]:
    """A machine on which the change of the merge request is staged."""
    runner = checkout("trunk")
    (clone / RECORD).write_text(AFTER, encoding="utf-8", newline="\n")
    git(clone, "add", "-A")
    yield runner
    git(clone, "reset", "-q", "--hard")


def entry_of(identifier: str) -> str:
    hooks: list[dict[str, Any]] = load_workflow(PROJECT / ".pre-commit-hooks.yaml")
    return str(next(hook["entry"] for hook in hooks if hook["id"] == identifier))


def test_the_hook_stops_a_new_error_in_the_project_it_is_given(staged: Runner) -> None:
    assert staged.run("hook", f"{entry_of('jixiao-check')} -f '{SITE}/mkdocs.yml'") == 1
    assert f"{RECORD.removeprefix(f'{SITE}/')}:9:" in staged.said
    assert "cuo.yaml" not in staged.said


def test_the_hook_says_where_there_is_no_project(staged: Runner) -> None:
    assert staged.run("hook", entry_of("jixiao-check")) == 2
    assert "mkdocs.yml" in staged.said


def test_the_formatting_hook_mends_the_files_it_is_given(clone: Path, staged: Runner) -> None:
    text = AFTER.replace("年度: 2024\n", "").replace("项目名称:", "年度: 2024\n项目名称:")
    moved = text.replace("年度: 2024\n", "") + "年度: 2024\n"
    (clone / RECORD).write_text(moved, encoding="utf-8", newline="\n")

    command = f"{entry_of('jixiao-fmt')} -f '{SITE}/mkdocs.yml' '{RECORD}'"
    assert staged.run("hook", command) == 0
    assert (clone / RECORD).read_text(encoding="utf-8") == text


# The container.


def test_the_container_is_made_of_files_that_are_sent_and_runs_as_nobody_in_particular() -> None:
    told = re.sub(r"\\\n", "", (PROJECT / "Containerfile").read_text(encoding="utf-8"))
    steps = [tuple(line.split(maxsplit=1)) for line in told.splitlines() if line and not line.startswith("#")]
    sent = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    copied = [words.split()[:-1] for step, words in steps if step == "COPY" and "--from" not in words]
    names = {name for group in copied for name in group}
    assert {line.removeprefix("!") for line in sent if line.startswith("!")} == names
    assert all((PROJECT / name).exists() for name in names)
    assert [words for step, words in steps if step == "USER"] == ["jixiao"]
    after = [step for step, _ in steps[[step for step, _ in steps].index("USER") :]]
    assert "RUN" not in after
    assert ("ENTRYPOINT", '["jixiao"]') in steps
    assert all(re.search(r"python:3\.\d+", words) for step, words in steps if step == "FROM")


# What the page about it says.

PAGE = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_page_are_written_as_the_steps_above_run_them() -> None:
    commands = [shlex.split(line)[1:] for block in blocks("sh") for line in block.splitlines()]

    assert [build_parser().parse_args(words).command for words in commands] == "init comment check diff build".split()


def test_the_page_names_every_file_that_is_written() -> None:
    for name, files in FILES.items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*?) \|", PAGE, re.MULTILINE)
        assert re.findall("`(.*?)`", row) == files


def test_the_examples_of_the_page_name_what_there_is(action: dict[str, Any]) -> None:
    workflow, hooks = (yaml.safe_load(block) for block in blocks("yaml"))

    validate(
        {"on": "pull_request", "jobs": {"check": {"runs-on": "ubuntu-latest", **workflow}}}, "github-workflow.json"
    )
    assert set(workflow["steps"][-1]["with"]) <= set(action["inputs"])
    assert all(f"`{name}`" in PAGE for name in action["inputs"])
    validate(hooks, "pre-commit-config.json")
    named = {hook["id"] for hook in hooks["repos"][0]["hooks"]}
    assert named == {hook["id"] for hook in load_workflow(PROJECT / ".pre-commit-hooks.yaml")}
