"""`jixiao comment`: reports as the one comment of a merge request, from a job of CI."""

import argparse
import json
import os
import sys
from pathlib import Path

from generator.authoring.files import read_text
from generator.build.merge_requests import TOKEN, NotPostedError, Remark, fitted, merge_request_of, post, remark
from generator.build.repository import run_git
from generator.check.report.terminal import plain
from generator.errors import JixiaoError, disk_reason
from generator.text import as_markdown

HELP = "在 CI 里把报告写成合并请求的评论；再次运行就更新那一条，不另发"

_SUMMARY = "GITHUB_STEP_SUMMARY"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `comment`."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="文件", help="Markdown 文件，依次合成一条；前面的步骤没有写出的略过"
    )
    parser.add_argument(
        "--lines", type=Path, metavar="文件",
        help="把这份检查报告（check 的 gitlab 格式）逐条标在行旁；只用于 Gitea，别的平台自己标或没有这样的接口",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Post the reports; a host that does not take them is told of, but fails nobody's job."""
    texts = {file: read_text(file) for file in arguments.files}
    for file in (file for file, text in texts.items() if text is None):
        print(plain(f"没有 {file}，略过。"), file=sys.stderr)
    text = "\n".join(text for text in texts.values() if text)
    remarks = _remarks(arguments.lines) if arguments.lines else None
    if not text:
        print("没有可写的，没有发评论。", file=sys.stderr)
        return 0
    summary = os.environ.get(_SUMMARY)
    if summary:
        _append(Path(summary), text)
    place = _said_by_git("rev-parse", "--show-prefix")
    request = merge_request_of(os.environ, _said_by_git("remote", "get-url", "origin"))
    if remarks is not None and not request.reviews:
        raise JixiaoError(
            "--lines 只用于 Gitea 的合并请求。GitHub 用 check --format github，GitLab 用 check --format gitlab。"
        )
    elsewhere = (
        "内容在任务摘要里。" if summary and not os.environ.get("GITEA_ACTIONS") else f"内容如下：\n{_quoted(text)}"
    )
    if not os.environ.get(TOKEN):
        print(f"没有发评论：没有设 {TOKEN}。{elsewhere}")
        return 0
    # Each project of a repository has a comment of its own.
    marker = f"<!-- jixiao {place.replace('--', '- -')}-->"
    try:
        post(request, marker, text)
        if remarks is not None:
            remark(request, marker, remarks)
    except NotPostedError as error:
        print(f"没有发评论：{error}。{elsewhere}")
    else:
        print("评论已发到合并请求。")
    return 0


def _remarks(report: Path) -> list[Remark]:
    """Return what a report says beside lines; nothing where the step before did not write it."""
    text = read_text(report)
    if text is None:
        return []
    try:
        return [
            Remark(
                one["location"]["path"],
                one["location"]["lines"]["begin"],
                as_markdown(plain(f"{one['check_name']}：{one['description']}")),
            )
            for one in json.loads(text)
        ]
    except (ValueError, TypeError, LookupError) as error:
        raise JixiaoError(f"{report} 不是 jixiao check 的 gitlab 格式的报告。") from error


def _quoted(text: str) -> str:
    """Return a text for the log of a job, where no line may be taken for a command to the runner."""
    return "\n".join(f"│ {plain(line)}" for line in fitted(text).splitlines())


def _said_by_git(*words: str) -> str:
    done = run_git(Path.cwd(), *words)
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else ""


def _append(file: Path, text: str) -> None:
    try:
        with file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise JixiaoError(f"写不进 {file}：{disk_reason(error)}。") from error
